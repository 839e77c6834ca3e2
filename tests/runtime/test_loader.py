"""The loader in a module worker: what it says when a file is late, wrong, missing or forbidden."""

import functools
import http.server
import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from runtime.build import CACHE, build
from runtime.package import ROOT

pytestmark = pytest.mark.browser

DOOR = """
import json

def handle(kind, payload):
    if kind == "hole":
        import unicodedata
    return json.dumps([kind, json.loads(payload)], ensure_ascii=False)
"""
WORKER = """
import { boot } from './loader.mjs';
onmessage = async ({ data: { asked, ...options } }) => {
  const seen = [];
  try {
    const manifest = await (await fetch('rt/manifest.json')).json();
    const base = new URL('rt/', import.meta.url);
    const runtime = await boot({ base, manifest, onProgress: (progress) => seen.push(progress), ...options });
    const answers = asked.map((request) => {
      try { return runtime.handle(...request); } catch (error) { return error.name; }
    });
    postMessage({ answers, seen, ...runtime.diagnostics });
  } catch ({ name, code, file, detail }) {
    postMessage({ name, code, file, detail, seen });
  }
};
"""
PAGE = """
const options = JSON.parse(decodeURIComponent(location.hash.slice(1)));
const worker = new Worker('worker.mjs', { type: 'module' });
worker.onmessage = ({ data }) => { window.said = data; };
worker.postMessage(options);
"""


class Faulty(http.server.SimpleHTTPRequestHandler):
    """Serves /FAULT/...: the same files whatever the fault, but for the one that it is about."""

    extensions_map = {  # noqa: RUF012
        ".mjs": "text/javascript",
        ".wasm": "application/octet-stream",
        ".html": "text/html",
        ".zip": "application/zip",
    }

    def do_GET(self) -> None:
        _, fault, name = f"{self.path}/".split("/", 2)
        name = name.rstrip("/")
        path = Path(self.directory, name)
        data = path.read_bytes() if path.is_file() else b""
        kind = self.guess_type(name)
        if fault == "network" and name.endswith(".zip"):
            self.send_error(503)
            return
        if fault == "type" and "host" in name:
            kind, data = "text/html", b"<title>Sign in to the network</title>"
        if fault == "hash" and name.endswith(".wasm"):
            data = data[:-1] + bytes([data[-1] ^ 1])
        if fault == "short" and name.endswith(".wasm"):
            data = data[:-1000]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if fault == "policy" and name == "worker.mjs":  # a worker is under the policy of its own answer
            self.send_header(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'",
            )
        if fault not in ("no-length", "stall"):
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if fault == "stall" and name.endswith(".wasm"):
            self.wfile.write(data[:100_000])
            self.wfile.flush()
            time.sleep(5)
            return
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("site")
    door = tmp_path_factory.mktemp("estimator")
    (door / "entry.py").write_text(DOOR, encoding="utf-8")
    manifest = build(folder / "rt", door, CACHE)
    shutil.copy(ROOT / "runtime" / "loader.mjs", folder)
    (folder / "worker.mjs").write_text(WORKER, encoding="utf-8")
    (folder / "page.mjs").write_text(PAGE, encoding="utf-8")
    (folder / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><script type="module" src="page.mjs"></script>', encoding="utf-8"
    )
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Faulty, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}", manifest
    server.shutdown()


@pytest.fixture(scope="module")
def say(site: tuple[str, dict[str, Any]], browser: Browser) -> Any:
    """Returns what the worker says when it boots under a fault."""
    address, _ = site

    def ask(fault: str, **options: Any) -> Any:
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{address}/{fault}/index.html#{json.dumps({'asked': [], **options})}")
            page.wait_for_function("window.said", timeout=120_000)
            return page.evaluate("window.said")

    return ask


@pytest.mark.parametrize("fault", ["none", "no-length"])
def test_both_variants_answer(fault: str, say: Any, site: tuple[str, dict[str, Any]]) -> None:
    asked = [["k", '{"a":"漢😀"}'], ["hole", "1"], ["k", "2"]]
    small = say(fault, variant="small", asked=asked)
    full = say(fault, variant="full", asked=asked)
    assert small["answers"] == ['["k", {"a": "漢😀"}]', "TrapError", "TrapError"], small
    assert full["answers"] == ['["k", {"a": "漢😀"}]', '["hole", 1]', '["k", 2]'], full
    files = site[1]["variants"]["small"]
    total = sum(record["bytes"] for record in (files["glue"], files["wasm"], *files["archives"]))
    assert small["checked"] is True
    assert small["seen"][-1] == {"loaded": total, "total": total} and len(small["seen"]) > 2
    assert [step["loaded"] for step in small["seen"]] == sorted(step["loaded"] for step in small["seen"])


@pytest.mark.parametrize(
    ("fault", "code", "file"),
    [
        ("network", "network", "library"),
        ("type", "type", "host"),
        ("hash", "hash", "python"),
        ("short", "hash", "python"),
        ("stall", "timeout", ""),
        ("policy", "wasm", "python"),
    ],
)
def test_a_fault_is_named(fault: str, code: str, file: str, say: Any) -> None:
    said = say(fault, patience=2000)
    assert (said.get("name"), said.get("code")) == ("LoadError", code), said
    assert file in said["file"]


def test_another_format_is_refused(say: Any) -> None:
    assert say("none", variant="middle")["code"] == "hash"
