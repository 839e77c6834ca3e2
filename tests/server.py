"""A small server for a built site, as a careful host would serve it: right types, precompressed files, nearest 404.

python -m tests.server [directory] [port]
"""

import contextlib
import functools
import sys
import threading
from collections.abc import Iterator, Mapping
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
ENCODINGS = {"br": ".br", "gzip": ".gz"}


class Handler(SimpleHTTPRequestHandler):
    """Serves one directory; `headers_to_add` go with every answer."""

    protocol_version = "HTTP/1.1"
    extensions_map = TYPES

    def __init__(self, *args: Any, headers_to_add: Mapping[str, str], **kwargs: Any) -> None:
        self.headers_to_add = headers_to_add
        super().__init__(*args, **kwargs)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def answer(self, with_body: bool) -> None:
        """Send the file, its precompressed twin if the browser takes it, or the nearest 404 page."""
        asked = Path(self.translate_path(self.path))
        if asked.is_dir() and not self.path.partition("?")[0].endswith("/"):
            self.send_response(301)
            self.send_header("Location", self.path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path = asked / "index.html" if asked.is_dir() else asked
        status = 200 if path.is_file() else 404
        if status == 404:
            root = Path(self.directory)
            path = next(
                (folder / "404.html" for folder in path.parents if (folder / "404.html").is_file()), root / "404.html"
            )
        encoding, body = None, path.read_bytes() if path.is_file() else b"not found"
        for name, suffix in ENCODINGS.items():
            twin = path.with_name(path.name + suffix)
            if name in self.headers.get("Accept-Encoding", "") and twin.is_file():
                encoding, body = name, twin.read_bytes()
                break
        self.send_response(status)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        for name, value in self.headers_to_add.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """Says nothing of browsers that end in the middle of an answer."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def serving(directory: Path, port: int = 0, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve `directory` on this machine; gives the address, ending in a slash."""
    handler = functools.partial(Handler, directory=str(directory), headers_to_add=headers or {})
    with Server(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    with serving(Path(sys.argv[1] if len(sys.argv) > 1 else "site"), int((sys.argv[2:] or ["0"])[0])) as address:
        print(address, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
