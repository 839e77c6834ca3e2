"""What the measurements load: the built site, compressed as for a release, and beside it the other ways to compute the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks import assets
from tools.release import compress

from . import micropython

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "bench"
PAGE = Path(__file__).resolve().parent / "page"
PACKAGES = {
    "pyodide": (
        "pyodide",
        ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"),
    ),
    "micropython": ("@micropython/micropython-webassembly-pyscript", ("micropython.mjs", "micropython.wasm")),
}
ANSWERS = {
    "on": "2026-11-21",
    "answers": {"birth_date": "1990-05-01", "education_level": "bachelor_with_degree", "si_months": 40},
}


@dataclass(frozen=True)
class Way:
    """One way to a first result: its page, and where the page says that it is there."""

    name: str
    page: str
    #: JavaScript that is true once the result is there.
    result: str


def site() -> Path:
    """The folder to serve: the site of this checkout, built and compressed now, and ``others/``."""
    site = FOLDER / "site"
    shutil.rmtree(site, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean", "--site-dir", str(site)]
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    others = site / "others"
    for way in ("stock", "micropython", "javascript", "small"):
        write(others, way)
    for file in PAGE.glob("*.*"):
        if file.name != "index.html":
            shutil.copyfile(file, others / file.name)
    for folder, (package, files) in PACKAGES.items():
        (others / folder).mkdir()
        for name in files:
            shutil.copyfile(ROOT / "node_modules" / package / name, others / folder / name)
    with zipfile.ZipFile(others / "estimator.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((ROOT / "estimator").glob("*.py")):
            archive.write(path, f"estimator/{path.name}")
    (others / "estimator.json").write_text(json.dumps(micropython.sources(), ensure_ascii=False), encoding="utf-8")
    compress(site)
    return site


def write(others: Path, way: str) -> None:
    """The page of one way, under others/."""
    made = assets.made()
    app = "../assets/app"
    rules = f"{app}/{made.rules['file']}"
    starts: dict[str, dict[str, Any]] = {
        "small": {"app": None, "runtime": made.runtime, "variant": "small", "rules": made.rules},
        "stock": {"archive": "estimator.zip", "rules": rules},
        "micropython": {"sources": "estimator.json", "rules": rules},
        "javascript": {"rules": rules},
    }
    worker = f"{app}/{made.modules}/estimator/worker.mjs" if way == "small" else f"./{way}.mjs"
    task = json.dumps({"worker": worker, "start": json.dumps(starts[way]), "payload": json.dumps(ANSWERS)})
    others.mkdir(exist_ok=True)
    page = (PAGE / "index.html").read_text(encoding="utf-8").replace("@TASK@", task.replace("</", "<\\/"))
    (others / f"{way}.html").write_text(page, encoding="utf-8")


def absolute(site: Path, address: str) -> None:
    """Our worker wants a whole address, which is known once the server runs."""
    for file in (site / "others").glob("small.html.*"):
        file.unlink()
    path = site / "others" / "small.html"
    text = path.read_text(encoding="utf-8")
    whole = f'\\\\"app\\\\": \\\\"{address}assets/app/\\\\"'
    path.write_text(re.sub(r'\\"app\\": (null|\\"[^"]*\\")', whole, text), encoding="utf-8")


IN_WORKER = "window.result"
WAYS = (
    Way("stock Pyodide", "others/stock.html", IN_WORKER),
    Way("ours", "others/small.html", IN_WORKER),
    Way(
        "the estimator's page",
        "estimator/#birth_date=1990-05-01",
        "document.querySelector('#result .total .figure')?.textContent.startsWith('30')",
    ),
    Way("MicroPython, same estimator", "others/micropython.html", IN_WORKER),
    Way("JavaScript, a sum", "others/javascript.html", IN_WORKER),
)
