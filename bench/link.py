"""A server that answers over a line of a given width and length, with everything compressed ahead and cached as a release is."""

from __future__ import annotations

import contextlib
import functools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.server import Handler
from tools.release import HASHED

#: What a line hands over at once, in bytes.
PIECE = 4_096


@dataclass(frozen=True)
class Line:
    """A way to the server: megabits a second (0 for no limit), seconds for a question to get there and back."""

    name: str
    megabits: float = 0
    delay: float = 0
    #: The part of the time in which the browser may run; see bench/chromium.py.
    share: float = 1


LINES = (Line("unthrottled"), Line("4G", 9, 0.06, 0.25), Line("slow 4G", 1.6, 0.15, 0.25))


class Wire:
    """One line with all that crosses it, one piece after the other."""

    def __init__(self) -> None:
        self.line = LINES[0]
        self.bytes = 0
        self._lock = threading.Lock()
        self._free = 0.0

    def use(self, line: Line) -> None:
        """Start counting on another line."""
        with self._lock:
            self.line, self.bytes, self._free = line, 0, 0.0

    def carry(self, size: int) -> None:
        """Wait until so many bytes have gone over."""
        with self._lock:
            self.bytes += size
            seconds = size * 8 / (self.line.megabits * 1e6) if self.line.megabits else 0
            self._free = max(self._free, time.monotonic()) + seconds
            until = self._free
        time.sleep(max(0.0, until - time.monotonic()))


class Writer:
    """A connection's end that sends at the wire's pace."""

    def __init__(self, file: Any, wire: Wire):
        self._file, self._wire = file, wire

    def write(self, data: bytes) -> int:
        """Send, piece by piece."""
        for at in range(0, len(data), PIECE):
            piece = data[at : at + PIECE]
            self._wire.carry(len(piece))
            self._file.write(piece)
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class Shaped(Handler):
    """The tests' server behind a wire. Files with a hash in their name, and those of other packages, are kept by the browser."""

    def __init__(self, *args: Any, wire: Wire, **kwargs: Any) -> None:
        self.wire = wire
        super().__init__(*args, headers_to_add={}, **kwargs)

    def setup(self) -> None:
        """Shake hands: once there and back."""
        super().setup()
        time.sleep(self.wire.line.delay)
        self.wfile = Writer(self.wfile, self.wire)  # type: ignore[assignment]

    def answer(self, with_body: bool) -> None:
        """Answer after the way there and back."""
        time.sleep(self.wire.line.delay)
        path = self.path.lstrip("/").partition("?")[0]
        kept = HASHED.match(path) or path.startswith("others/")
        self.headers_to_add = {"Cache-Control": "public, max-age=31536000, immutable" if kept else "no-cache"}
        super().answer(with_body)


@contextlib.contextmanager
def shaped(folder: Path) -> Iterator[tuple[str, Wire]]:
    """Serve a folder; gives its address, ending in a slash, and the wire."""
    wire = Wire()
    handler = functools.partial(Shaped, directory=str(folder), wire=wire)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    # A browser that is closed breaks off what it asked for.
    server.handle_error = lambda *_: None  # type: ignore[method-assign, assignment]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", wire
    finally:
        server.shutdown()
        server.server_close()
