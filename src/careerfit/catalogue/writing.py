"""Files into a folder: whatever happens in between, each of them is there whole or not at all.

They are written into a folder beside first and then moved to where they belong. A folder that is not there yet is
moved as one, so that it is there with all of them or not at all.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from careerfit.errors import CannotWrite, message, system_reason


def write_files(folder: Path, files: Mapping[str, bytes], overwrite: bool = False) -> None:
    """Write files into a folder, which is made if it is not there, with the folders above it.

    Args:
        folder: Where the files go.
        files: Their contents by path below the folder, which is a name, or a folder's name and a name; in the order
            in which they are moved.
        overwrite: Whether they may take the place of files, or of links, that stand there already.

    Raises:
        CannotWrite: Something stands where the files belong, or the disk does not take them.
    """
    try:
        if os.path.lexists(folder):
            _refuse_obstacles(folder, files, overwrite)
            beside = folder / f".{secrets.token_hex(6)}.tmp"
        else:
            folder.parent.mkdir(parents=True, exist_ok=True)
            beside = folder.parent / f".{secrets.token_hex(6)}.tmp"
        try:
            _fill(beside, files)
            if beside.parent == folder:
                for name in files:
                    (folder / name).parent.mkdir(exist_ok=True)
                    (beside / name).replace(folder / name)
            else:
                beside.rename(folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise CannotWrite(
            message("{folder} could not be written: {reason}.", folder=folder, reason=system_reason(error))
        ) from None


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        with (folder / name).open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _refuse_obstacles(folder: Path, files: Mapping[str, bytes], overwrite: bool) -> None:
    """Raise CannotWrite for what stands in the way; a link is never followed."""
    above = {folder, *((folder / name).parent for name in files)}
    for place in sorted(above):
        is_link = place != folder and place.is_symlink()
        if os.path.lexists(place) and (is_link or not place.is_dir()):
            raise CannotWrite(message("{path} is not a folder.", path=place))
    there = [name for name in files if os.path.lexists(folder / name)]
    for name in there:
        if (folder / name).is_dir() and not (folder / name).is_symlink():
            raise CannotWrite(message("{path} is a folder.", path=folder / name))
    if there and not overwrite:
        raise CannotWrite(
            message("{folder} already has {files}; nothing was written.", folder=folder, files=", ".join(there)),
            message("Name another folder, or let --force overwrite them."),
        )
