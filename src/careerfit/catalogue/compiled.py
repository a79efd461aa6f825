"""The compiled form of a catalogue, and the cache that makes `careerfit show` fast.

One file: 8 bytes with the length of the index, the index as JSON (name of a slice to its offset and length), the
slices as JSON. The slice ``directory`` lists what there is, ``role:<id>`` is one role, ``rest`` is everything else.
Finding a catalogue in the cache imports neither YAML nor msgspec.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from careerfit import __version__
from careerfit.catalogue.files import catalogue_hash, new_sha256, read_files, shipped_folder

if TYPE_CHECKING:
    from careerfit.catalogue.files import Content
    from careerfit.model import Catalogue

FORMAT = 2
"""Version of the compiled form, and of what its slices hold."""

_LENGTH_BYTES = 8
_CHECKSUM_BYTES = 4
_ROLE = "role:"
_SUFFIX = ".compiled"


class RoleEntry(TypedDict):
    """What the directory knows about a role."""

    id: str
    title: dict[str, str]
    aliases: list[str]
    family: str


class Directory(TypedDict):
    """What a list of roles, or the page of one, needs beside the role itself.

    `families` maps ids to titles, `traits` ids to names, `sources` ids to the rest of a source.
    """

    name: str
    hash: str
    languages: list[str]
    roles: list[RoleEntry]
    families: dict[str, dict[str, str]]
    sources: dict[str, dict[str, Any]]
    traits: dict[str, dict[str, str]]


class Compiled:
    """A compiled catalogue, of which each part is decoded when asked for."""

    def __init__(self, data: bytes) -> None:
        """Read the index.

        Raises:
            ValueError: The bytes are not the whole of a compiled catalogue.
        """
        index_end = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "big")
        # a view, because a slice of the whole is a copy of it
        body, checksum = memoryview(data)[:-_CHECKSUM_BYTES], data[-_CHECKSUM_BYTES:]
        if index_end > len(body) or zlib.crc32(body) != int.from_bytes(checksum, "big"):
            raise ValueError("not a compiled catalogue")
        self._data = data
        self._index: dict[str, list[int]] = json.loads(data[_LENGTH_BYTES:index_end])
        self._start = index_end

    @property
    def directory(self) -> Directory:
        """The roles by id, title, aliases and family; the families, sources and traits; name, hash and languages."""
        directory: Directory = json.loads(self._slice("directory"))
        return directory

    def role(self, role_id: str) -> dict[str, Any]:
        """Return one role as in roles.yaml, with every key that may be left out filled in; raises KeyError."""
        role: dict[str, Any] = json.loads(self._slice(_ROLE + role_id))
        return role

    def catalogue(self) -> Catalogue:
        """Return everything as typed values."""
        import msgspec

        from careerfit.model import Catalogue, Role

        rest = msgspec.json.decode(self._slice("rest"), type=Catalogue)
        decode = msgspec.json.Decoder(Role).decode
        roles = tuple(decode(self._slice(name)) for name in self._index if name.startswith(_ROLE))
        return msgspec.structs.replace(rest, roles=roles)

    def _slice(self, name: str) -> bytes:
        offset, length = self._index[name]
        return self._data[self._start + offset : self._start + offset + length]


def open_catalogue(folder: Path | None = None) -> Compiled:
    """Return the catalogue of a folder, or the shipped one; from the cache if its files are as they were.

    The cache is optional: whatever goes wrong with it, the files are read instead.

    Raises:
        InputRefused: Something in the files is wrong; carries every Problem found.
    """
    folder = shipped_folder() if folder is None else folder
    files = read_files(folder)
    digest = catalogue_hash(files)
    cached = _cached_path(folder, digest)
    with suppress(OSError, ValueError):
        if cached is not None:
            return Compiled(cached.read_bytes())
    data = _compile(folder, files)
    if cached is not None:
        with suppress(OSError):
            _write(cached, data)
    return Compiled(data)


def pack(slices: Mapping[str, bytes]) -> bytes:
    """Return the one file that holds the slices."""
    index, offset = {}, 0
    for name, content in slices.items():
        index[name] = (offset, len(content))
        offset += len(content)
    header = json.dumps(index, separators=(",", ":")).encode()
    parts = [len(header).to_bytes(_LENGTH_BYTES, "big"), header, *slices.values()]
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return b"".join((*parts, checksum.to_bytes(_CHECKSUM_BYTES, "big")))


def _compile(folder: Path, files: Mapping[str, Content]) -> bytes:
    """Return the compiled form of a catalogue's files."""
    from careerfit.catalogue.load import build_catalogue
    from careerfit.catalogue.slices import slices_of

    return pack(slices_of(build_catalogue(files, str(folder))))


def _cached_path(folder: Path, digest: str) -> Path | None:
    """Return where the cache keeps the compiled form of files with this digest, or None if there is no such place.

    The name begins with the folder, so that its older versions can be found, and goes on with what is in it.
    """
    try:
        place = new_sha256()
        place.update(os.fsencode(os.path.realpath(folder)))
        key = new_sha256()
        key.update(f"{FORMAT} {__version__} {digest}".encode())
        return cache_folder() / f"{place.hexdigest()[:16]}-{key.hexdigest()}{_SUFFIX}"
    except (OSError, ValueError, RuntimeError):
        return None


def cache_folder() -> Path:
    """Return where compiled catalogues are kept: in `$CAREERFIT_HOME`, or else the user's cache folder."""
    home = os.environ.get("CAREERFIT_HOME")
    if home:
        return Path(home, "cache")
    import platformdirs

    return platformdirs.user_cache_path("careerfit")


def _write(path: Path, data: bytes) -> None:
    """Write a file of the cache whole or not at all, and remove what the same folder left there before."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        temporary.touch(mode=0o600, exist_ok=False)
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    for older in path.parent.glob(f"{path.name.split('-')[0]}-*"):
        if older != path:
            older.unlink(missing_ok=True)
