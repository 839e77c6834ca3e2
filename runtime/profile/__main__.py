"""``python -m runtime.profile [--estimator DIR]``: run everything in Node, Chromium and Firefox, and write functions.txt.

Needs Playwright, Chromium and Firefox, a quarter of an hour at most, and the tests' applicants. Do it again when the npm
package changes, when the estimator imports another module, or when the diagnostics count runs in the complete runtime.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from runtime import package, slim
from runtime.archive import archives
from runtime.build import CACHE
from runtime.frozen import with_lean_modules
from runtime.package import ROOT, BuildError, run_node
from runtime.profile.requests import requests

HERE = Path(__file__).resolve().parent
# The exercise asks everything of these, so nothing may stand in for them.
OWN = frozenset(["re", "typing"])
BROWSERS = {"chromium": "chromium", "firefox": "firefox-esr"}


def prepare(folder: Path, wasm: bytes, estimator_dir: Path) -> None:
    """Lay out what a session needs, for Node and for a server, below ``folder``."""
    place = folder / "profile"
    place.mkdir(parents=True)
    for name in ("session.mjs", "worker.mjs", "node.mjs"):
        shutil.copy(HERE / name, place)
    for name in ("loader.mjs", "host.mjs"):
        shutil.copy(HERE.parent / name, folder)
    (place / "python.wasm").write_bytes(wasm)
    (place / "exercise.zip").write_bytes(archives(HERE / "exercise", CACHE, without=OWN)[0])
    (place / "estimator.zip").write_bytes(archives(estimator_dir, CACHE)[0])
    (place / "requests.json").write_text(json.dumps(requests()), encoding="utf-8")
    (place / "marks.json").write_text(
        json.dumps({"at": slim.READ_MARKS, "count": slim.grains(package.read("pyodide.asm.wasm"))}), encoding="utf-8"
    )
    (place / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><script type="module" src="page.mjs"></script>', encoding="utf-8"
    )
    (place / "page.mjs").write_text(
        "const worker = new Worker('worker.mjs', { type: 'module' });\nworker.onmessage = ({ data }) => { window.found = data; };\n"
        "worker.onerror = (event) => { window.found = { failure: event.message }; };\n",
        encoding="utf-8",
    )


def in_node(folder: Path) -> dict[str, Any]:
    """Run a session in Node; return its findings, answers included."""
    place = folder / "profile"
    work = {
        "glue": str(folder / "host.mjs"),
        "wasm": str(place / "python.wasm"),
        "archives": {name: [["/lib/python314.zip", str(place / f"{name}.zip")]] for name in ("exercise", "estimator")},
        "requests": json.loads((place / "requests.json").read_text(encoding="utf-8")),
        "marks": json.loads((place / "marks.json").read_text(encoding="utf-8")),
    }
    (folder / "work.json").write_text(json.dumps(work), encoding="utf-8")
    run_node([str(place / "node.mjs"), str(folder / "work.json"), str(folder / "node.json")])
    findings: dict[str, Any] = json.loads((folder / "node.json").read_text(encoding="utf-8"))
    return findings


class _Files(http.server.SimpleHTTPRequestHandler):
    """Serves files with the types that browsers ask for, without a word."""

    extensions_map = {  # noqa: RUF012
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".html": "text/html",
        ".json": "application/json",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def in_browser(folder: Path, browser: str) -> dict[str, Any]:
    """Run a session in a browser's module worker; return its findings."""
    from playwright.sync_api import sync_playwright

    path = shutil.which(BROWSERS[browser])
    if path is None:
        raise BuildError(f"{BROWSERS[browser]} is not installed: a profile without it would miss what only it calls")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Files, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as playwright:
            if browser == "chromium":
                engine = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            else:
                engine = playwright.firefox.launch(channel="moz-firefox", executable_path=path)
            page = engine.new_page()
            page.goto(f"http://localhost:{server.server_port}/profile/index.html")
            page.wait_for_function("window.found", timeout=600_000)
            findings: dict[str, Any] = page.evaluate("window.found")
            engine.close()
    finally:
        server.shutdown()
    if "failure" in findings:
        raise BuildError(f"{browser}: {findings['failure']}")
    return findings


def main() -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m runtime.profile", description=__doc__)
    parser.add_argument("--estimator", type=Path, default=ROOT / "estimator")
    options = parser.parse_args()
    wasm = package.read("pyodide.asm.wasm")
    found: dict[str, set[int]] = {}
    read: set[int] = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        prepare(folder, slim.instrument(with_lean_modules(wasm)), options.estimator)
        for place in ("node", *BROWSERS):
            findings = in_node(folder) if place == "node" else in_browser(folder, place)
            found[place] = set(findings["functions"])
            read |= set(findings["read"])
            print(f"{place}: {len(found[place])} functions; ended early: {findings['trapped'] or 'never'}", flush=True)
    together = frozenset().union(*found.values())
    for place, functions in found.items():
        print(
            f"only in {place}: {len(functions - frozenset().union(*(other for name, other in found.items() if name != place)))}"
        )
    slim.write_profile(wasm, together, frozenset(read))
    print(f"{len(together)} functions called, {len(read) * slim.GRAIN:,} bytes of data read")
    return 0


if __name__ == "__main__":
    sys.exit(main())
