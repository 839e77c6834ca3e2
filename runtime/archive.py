"""The archives of bytecode: the library as far as it is imported, the bridge and the estimator.

The compiling is done by Pyodide's own Python under Node (``compile.mjs``, ``python/inside.py``).
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from runtime.package import FOLDER, BuildError, read, sha256

HERE = Path(__file__).resolve().parent

# Modules that the estimator may come to import only while it works, so that importing it does not show them.
EXTRA_MODULES: tuple[str, ...] = ()


def archives(estimator_dir: Path, cache: Path) -> tuple[bytes, bytes]:
    """Compile the estimator and what it imports.

    In: the folder of the estimator's package, which must have ``entry.py``; the cache's folder.
    Out: the archive for the small runtime (library, bridge, estimator) and the one for the complete runtime (bridge and
    estimator). The same input gives the same bytes.
    Raises BuildError when something does not compile or cannot be imported.
    """
    sources = {f"in/estimator/estimator/{path.name}": path.read_bytes() for path in sorted(estimator_dir.glob("*.py"))}
    sources.pop("in/estimator/estimator/__main__.py", None)
    if "in/estimator/estimator/entry.py" not in sources:
        raise BuildError(f"{estimator_dir.name}/entry.py is missing: it is the door that the page knocks at")
    sources["in/bridge/bridge.py"] = (HERE / "python/bridge.py").read_bytes()
    sources["in/extra.json"] = json.dumps(EXTRA_MODULES).encode()
    standins = {f"in/standins/{path.name}": path.read_bytes() for path in sorted((HERE / "python/standins").glob("*.py"))}

    compiled = _compile("estimator", sources | standins, ("estimator.zip", "names.json"), cache)
    library = _compile("library", standins | {"in/names.json": compiled["names.json"]}, ("library.json",), cache)
    members = {name: bytes.fromhex(code) for name, code in json.loads(library["library.json"]).items()}
    with zipfile.ZipFile(io.BytesIO(compiled["estimator.zip"])) as packed:
        members |= {name: packed.read(name) for name in packed.namelist()}
    return pack(members), compiled["estimator.zip"]


def pack(members: dict[str, bytes]) -> bytes:
    """Pack members, stored and in order: HTTP compression then sees the whole, and nothing is inflated at the start."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            # What the machine's system would put here is no part of the input.
            info.create_system = 3
            packed.writestr(info, members[name])
    return out.getvalue()


def _compile(task: str, files: dict[str, bytes], results: tuple[str, ...], cache: Path) -> dict[str, bytes]:
    """Run one task of ``python/inside.py``, or take its results from the cache.

    Each task runs in an interpreter of its own: what was marshalled before must not show in the bytes.
    """
    for name in ("pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        read(name)
    tools = {name: (HERE / name).read_bytes() for name in ("compile.mjs", "loader.mjs", "python/inside.py", "package.py")}
    key = sha256(json.dumps([task, [[name, sha256(data)] for name, data in sorted((files | tools).items())]]).encode())
    kept = cache / f"{task}-{key[:32]}"
    if not kept.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            run_node([str(HERE / "compile.mjs"), str(FOLDER), folder, task])
            cache.mkdir(parents=True, exist_ok=True)
            # Made beside its place and renamed, so that two builds at once do not read each other's half.
            with tempfile.TemporaryDirectory(dir=cache) as near:
                whole = shutil.copytree(Path(folder, "out"), Path(near, "out"))
                try:
                    whole.rename(kept)
                except OSError:
                    if not kept.is_dir():
                        raise
    return {name: (kept / name).read_bytes() for name in results}


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
