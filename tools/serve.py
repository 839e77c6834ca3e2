"""Serve both languages while one edits: a change shows in the browser at once, and a mistake shows there too, with its place.

python tools/serve.py [port]

Only the pages that one looks at are built, each when it is asked for and again when something changed, so that an edit takes a
second and not a whole build. The search knows the pages as they were when the server began.
"""

from __future__ import annotations

import contextlib
import functools
import html
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
WATCHED = ("docs", "hooks", "rules", "estimator", "runtime", "mkdocs.yml", "mkdocs.en.yml")
CODE = ("rules", "estimator", "runtime", "hooks")
#: How often the sources are looked at, in seconds.
PAUSE = 0.2
RELOAD = """\
const script = new URL(import.meta.url);
const page = encodeURIComponent(location.pathname);
const wait = async () => {
  for (;;) {
    try {
      const answer = await fetch(`/__serve/wait?since=${script.searchParams.get("since")}&page=${page}`);
      if ((await answer.json()).changed) return location.reload();
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
};
wait();
"""
ERROR = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Not built</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1a1a1a; background: #fff }}
h1 {{ font-size: 1.3rem }} li {{ margin: .8rem 0 }} code, pre {{ font: 14px/1.45 ui-monospace, monospace }}
pre {{ background: #f4f4f4; padding: .6rem; overflow: auto; white-space: pre-wrap }} strong {{ color: #a11 }}
@media (prefers-color-scheme: dark) {{ body {{ color: #eee; background: #181818 }} pre {{ background: #242424 }} strong {{ color: #f99 }} }}
</style></head><body><h1>没有生成 · Not built</h1>
<p>改好并保存，这一页会自动刷新。 · Mend it and save; this page reloads by itself.</p>{faults}</body></html>
"""
_PLACE = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+)(?::(?P<column>\d+))?: (?P<message>.*)$")


def free_port(first: int) -> int:
    """The first port from `first` that nothing listens on."""
    for port in range(first, min(first + 50, 65536)):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)):
                return port
    sys.exit(f"serve: no free port from {first}; name another: python tools/serve.py 9000")


def explain(error: BaseException) -> str:
    """A failed build as HTML: each fault with its place and the line it is about; anything else as it was raised."""
    # MkDocs says “Aborted” and keeps the reason behind it.
    if str(error).startswith("Aborted") and error.__context__ is not None:
        error = error.__context__
    lines = str(error).splitlines() or [type(error).__name__]
    if not any(_PLACE.match(line) for line in lines):
        return f"<pre>{html.escape(''.join(traceback.format_exception(error)))}</pre>"
    return f"<ol>{''.join(map(_fault, lines))}</ol>"


def _fault(line: str) -> str:
    match = _PLACE.match(line)
    if not match:
        return f"<li>{html.escape(line)}</li>"
    shown = f"<li><code>{html.escape(line[: match.start('message') - 2])}</code>: <strong>{html.escape(match['message'])}</strong>"
    path, number = ROOT / match["file"], int(match["line"])
    with contextlib.suppress(OSError, IndexError, UnicodeDecodeError):
        text = path.read_text(encoding="utf-8").splitlines()
        before = "\n".join(text[max(0, number - 3) : number - 1])
        pointer = " " * (int(match["column"] or 1) - 1) + "^"
        shown += f"<pre>{html.escape(before)}\n<strong>{html.escape(text[number - 1])}</strong>\n{pointer}</pre>"
    return f"{shown}</li>"


class Site:
    """What is served: pages built when they are asked for, and again when something that they are made from has changed."""

    def __init__(self, folder: Path, address: str):
        self.folder = folder / "site"
        self.scratch = folder / "scratch"
        self.address = address
        self.edition = 0
        self.changed = threading.Condition()
        self._building = threading.Lock()
        self._fresh: set[str] = set()
        self._errors: dict[str, str] = {}
        #: The packages whose modules are older than their sources, or keep what they read.
        self._stale: tuple[str, ...] = ()
        #: The pages that browsers show at the moment, each with how many.
        self.shown: dict[str, int] = {}

    def page(self, url: str) -> str | None:
        """Make sure of a page, ``faq/``; gives the error page where it cannot be built."""
        with self._building:
            if url not in self._fresh:
                self._build(frozenset({url}))
            return self._errors.get(url)

    def _build(self, urls: frozenset[str]) -> None:
        from hooks import site as hook

        try:
            if self._stale:
                hook.forget(self._stale)
                self._stale = ()
            hook.build_some(self.folder, self.scratch, self.address, urls)
            for url in urls:
                self._errors.pop(url, None)
        except BaseException as error:
            self._errors.update(dict.fromkeys(urls, ERROR.format(faults=explain(error))))
            print(
                f"serve: {error.__context__ if str(error).startswith('Aborted') else error}",
                file=sys.stderr,
                flush=True,
            )
        self._fresh |= urls

    def renew(self, changed: set[str]) -> None:
        """These files changed: build what browsers show, then tell them."""
        with self._building:
            self._fresh.clear()
            self._errors.clear()
            # The hooks keep the policy; what a rule file says is kept by the rules, as long as the file stays the same.
            self._stale = CODE if any(name.endswith(".py") for name in changed) else ("hooks",)
            if self.shown:
                self._build(frozenset(self.shown))
        with self.changed:
            self.edition += 1
            self.changed.notify_all()

    def wait(self, since: int, url: str, seconds: float = 25) -> bool:
        """Wait until something changed since that edition; ``url`` is what the browser shows meanwhile."""
        with self.changed:
            self.shown[url] = self.shown.get(url, 0) + 1
            self.changed.wait_for(lambda: self.edition != since, seconds)
            self.shown[url] -= 1
            if not self.shown[url]:
                del self.shown[url]
            return self.edition != since


class Handler(SimpleHTTPRequestHandler):
    """Answers from the site; pages learn to reload themselves."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }
    site: Site
    search: Path

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        path = unquote(place.path)
        if path == "/__serve/wait":
            asked = parse_qs(place.query)
            changed = self.site.wait(int(asked["since"][0]), page_of(asked["page"][0]) or "")
            self.answer(200, json.dumps({"changed": changed}), "application/json")
        elif path == "/__serve/reload.mjs":
            self.answer(200, RELOAD, "text/javascript")
        elif path.endswith("search/search_index.json") or path.startswith("/assets/app/data/search."):
            file = self.search / path.lstrip("/")
            self.answer(
                200,
                file.read_text(encoding="utf-8") if file.is_file() else '{"config": {}, "docs": []}',
                "application/json",
            )
        elif (url := page_of(path)) is not None:
            self.page(url)
        else:
            super().do_GET()

    def page(self, url: str) -> None:
        """One page, or what is wrong with it."""
        edition = self.site.edition
        error = self.site.page(url)
        file = self.site.folder / url / "index.html"
        status = 500 if error else 200 if file.is_file() else 404
        if status == 404:
            file = self.site.folder / ("en" if url.startswith("en/") else "") / "404.html"
        text = error or file.read_text(encoding="utf-8")
        script = f'<script type="module" src="/__serve/reload.mjs?since={edition}"></script></body>'
        self.answer(status, text.replace("</body>", script), "text/html")

    def answer(self, status: int, text: str, kind: str) -> None:
        """Send text, not to be kept."""
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(data)


def page_of(path: str) -> str | None:
    """The page at an address of the site, ``faq/`` for ``/faq/``; ``None`` where a file is meant."""
    path = path.lstrip("/").removesuffix("index.html")
    return path if not path or path.endswith("/") else None


def stamps() -> Iterator[tuple[str, int, int]]:
    """What tells whether a source has changed."""
    for name in WATCHED:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                with contextlib.suppress(OSError):
                    found = path.stat()
                    yield str(path), found.st_mtime_ns, found.st_size


def watch(site: Site) -> None:
    """Look at the sources for ever; once they rest after a change, renew the site."""
    known = list(stamps())
    while True:
        threading.Event().wait(PAUSE)
        now = list(stamps())
        if now != known:
            threading.Event().wait(PAUSE / 2)
            if list(stamps()) == now:
                changed = {name for name, *_stamp in set(now) ^ set(known)}
                known = now
                site.renew(changed)


def index(folder: Path) -> None:
    """A whole build beside the server, for the search alone; it gives way to everything else."""
    nice = shutil.which("nice")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--no-strict", "--site-dir", str(folder)]
    with contextlib.suppress(OSError):
        subprocess.Popen(
            [nice, *command] if nice else command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def main(arguments: list[str]) -> None:
    """Serve until it is interrupted."""
    numbers = [word for word in arguments if word != "--no-search"]
    if len(numbers) > 1 or not all(word.isdecimal() and 0 < int(word) < 65536 for word in numbers):
        sys.exit("Usage: python tools/serve.py [--no-search] [port]")
    port = free_port(int(numbers[0]) if numbers else 8000)
    address = f"http://{HOST}:{port}/"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    sys.dont_write_bytecode = True
    folder = ROOT / "build" / "serve"
    shutil.rmtree(folder, ignore_errors=True)
    Handler.site = Site(folder, address)
    Handler.search = folder / "whole"
    Handler.site.folder.mkdir(parents=True)
    server = ThreadingHTTPServer((HOST, port), functools.partial(Handler, directory=str(Handler.site.folder)))
    server.daemon_threads = True
    threading.Thread(target=watch, args=(Handler.site,), daemon=True).start()
    if "--no-search" not in arguments:
        index(Handler.search)
    print(f"Chinese: {address}   English: {address}en/   (stop with Ctrl-C)", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
