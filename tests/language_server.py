"""The editor's side of the Language Server Protocol, as far as the tests need it: open a file, see what is said."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

DEADLINE = 30.0
"""Seconds an answer may take; it only matters when something is wrong."""

SETTINGS = {
    "yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}},
    "http": {},
    "[yaml]": {},
    "editor": {},
    "files": {},
}
"""What the server is told when it asks: check and complete, and fetch no schemas from anywhere."""


class Editor:
    """A language server at work on a folder; a context manager that leaves no process behind."""

    def __init__(self, command: str, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._count = 0
        self._uri = ""
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        root = self._folder.as_uri()
        capabilities = {"workspace": {"configuration": True, "didChangeConfiguration": {}}, "textDocument": {}}
        self.ask("initialize", {"processId": None, "rootUri": root, "capabilities": capabilities})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": SETTINGS})
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def diagnostics(self, name: str, text: str) -> list[tuple[int, int, str]]:
        """Open a new file whose name ends like this; return line and column from 1, and message, of what is flagged."""
        self._count += 1
        self._uri = uri = (self._folder / f"{self._count}-{name}").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

        def is_ours(message: dict[str, Any]) -> bool:
            return message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri

        found = self._wait(is_ours)["params"]["diagnostics"]
        starts = [(entry["range"]["start"], entry["message"]) for entry in found]
        return [(start["line"] + 1, start["character"] + 1, message) for start, message in starts]

    def completions(self, line: int, column: int) -> dict[str, str]:
        """Return what is offered at a place, counted from 1, of the file opened last, and what is said about it."""
        answer = self._at("textDocument/completion", line, column)
        return {entry["label"]: _text(entry.get("documentation")) for entry in answer["items"]}

    def hover(self, line: int, column: int) -> str:
        """Return what is shown for the word at a place, counted from 1, of the file opened last."""
        return _text((self._at("textDocument/hover", line, column) or {}).get("contents"))

    def _at(self, method: str, line: int, column: int) -> Any:
        place = {"line": line - 1, "character": column - 1}
        return self.ask(method, {"textDocument": {"uri": self._uri}, "position": place})

    def ask(self, method: str, parameters: dict[str, Any]) -> Any:
        """Send a request and return its result."""
        self._count += 1
        number = self._count
        self._send({"id": number, "method": method, "params": parameters})
        return self._wait(lambda message: message.get("id") == number and "method" not in message)["result"]

    def tell(self, method: str, parameters: dict[str, Any]) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the next message that is wanted, answering what the server asks meanwhile."""
        while True:
            message = self._messages.get(timeout=DEADLINE)
            assert message is not None, "the language server ended"
            if wanted(message):
                return message
            if "method" in message and "id" in message:
                self._send({"id": message["id"], "result": _answer(message)})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._messages.put(json.loads(stream.read(length)))
        self._messages.put(None)


def _text(said: Any) -> str:
    return str(said["value"] if isinstance(said, dict) else said or "")


def _answer(request: dict[str, Any]) -> Any:
    """Return what an editor answers: the settings asked for, or nothing."""
    if request["method"] == "workspace/configuration":
        return [SETTINGS.get(item.get("section")) for item in request["params"]["items"]]
    return None
