"""Runs the exercise and the estimator's requests under Node, in either variant of the runtime."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from runtime.archive import archives
from runtime.build import CACHE
from runtime.package import FOLDER, ROOT
from runtime.profile.__main__ import OWN

RUNTIME = ROOT / "runtime"
LIBRARY, BESIDE = "/lib/python314.zip", "/lib/estimator.zip"


def run(variant: str, wasm: Path, estimator: Path, requests: list[tuple[str, str]], folder: Path) -> dict[str, Any]:
    """Return what session.mjs finds: the answers of every chapter and request, and what ended an instance early."""
    packed = {
        "exercise": archives(RUNTIME / "profile" / "exercise", CACHE, without=OWN),
        "estimator": archives(estimator, CACHE),
    }
    files = {}
    for name, (small, full) in packed.items():
        kept = folder / f"{variant}-{name}.zip"
        kept.write_bytes(small if variant == "small" else full)
        complete = [[LIBRARY, str(FOLDER / "python_stdlib.zip")], [BESIDE, str(kept)]]
        files[name] = [[LIBRARY, str(kept)]] if variant == "small" else complete
    work = {
        "glue": str(RUNTIME / "host.mjs" if variant == "small" else FOLDER / "pyodide.asm.mjs"),
        "wasm": str(wasm),
        "archives": files,
        "requests": requests,
        "marks": {"at": 0, "count": 0},
    }
    (folder / "work.json").write_text(json.dumps(work), encoding="utf-8")
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, str(RUNTIME / "profile" / "node.mjs"), str(folder / "work.json"), str(folder / "out.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return found
