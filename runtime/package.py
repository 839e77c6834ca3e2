"""The one release of the npm package ``pyodide`` that everything here was measured on, and the check that it is that one."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "node_modules" / "pyodide"

PYODIDE = "314.0.7"
PYTHON = "3.14.2"

# SHA-256 of the files that the build reads. The profile, the stand-ins, the host and the loader were all made against these
# bytes: function numbers, private names and the order of the start change with every release.
FILES = {
    "pyodide.asm.mjs": "f7cdc8ece80678ceb712f8e65ebe6d3a83203a180c399865f49612a051693635",
    "pyodide.asm.wasm": "cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6",
    "python_stdlib.zip": "fa1957e5777068fc4f7437f96d860ae2fbe9c19732ba06c84e004ec16dd7dd7a",
}


class BuildError(Exception):
    """The runtime cannot be built; the message says why and what to do."""


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read(name: str) -> bytes:
    """Return one file of the package.

    Raises BuildError when it is missing or not the pinned one.
    """
    path = FOLDER / name
    if not path.is_file():
        raise BuildError(f"node_modules/pyodide/{name} is missing: install the npm packages first (make install)")
    data = path.read_bytes()
    if sha256(data) != FILES[name]:
        raise BuildError(
            f"node_modules/pyodide/{name} is not that of pyodide {PYODIDE}. To move to another release: "
            "1. put the new version and hashes into runtime/package.py; "
            "2. run `python -m runtime.profile`, which finds the functions in use again; "
            "3. run tests/runtime and look at every difference between small and full."
        )
    return data


def run_node(arguments: list[str]) -> str:
    """Run Node and return what it printed.

    Raises BuildError with what it wrote to its error stream.
    """
    node = shutil.which("node")
    if node is None:
        raise BuildError("Node.js 20 or newer is needed to build the runtime, and `node` is not on the path")
    done = subprocess.run([node, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{Path(arguments[0]).name} failed:\n{done.stderr.strip()}")
    return done.stdout
