"""The archives of bytecode: the library as far as it is imported, the bridge and the estimator.

The compiling is done by Pyodide's own Python under Node (``compile.mjs``, ``python/inside.py``).
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path

from runtime.package import FILES, FOLDER, BuildError, read, run_node, sha256

HERE = Path(__file__).resolve().parent

# Modules that the estimator may come to import only while it works, so that importing it does not show them.
EXTRA_MODULES: tuple[str, ...] = ()

# Scripts of ``python/`` in order; each finds what those before it have made.
STEPS = ("inside.py:estimator", "patterns.py", "imports.py", "inside.py:library")


def archives(estimator_dir: Path, cache: Path, without: frozenset[str] = frozenset()) -> tuple[bytes, bytes]:
    """Compile the estimator and what it imports.

    In: the folder of the estimator's package, which must have ``entry.py``; the cache's folder; the names of modules that
    are to be the library's own, where usually something stands in for them.
    Out: the archive for the small runtime (library, bridge, estimator) and the one for the complete runtime (bridge and
    estimator). The same input gives the same bytes.
    Raises BuildError when something does not compile or cannot be imported.
    """
    files = {f"in/estimator/estimator/{path.name}": path.read_bytes() for path in sorted(estimator_dir.glob("*.py"))}
    files.pop("in/estimator/estimator/__main__.py", None)
    if "in/estimator/estimator/entry.py" not in files:
        raise BuildError(f"{estimator_dir.name}/entry.py is missing: it is the door that the page knocks at")
    for path in sorted((HERE / "python" / "standins").glob("*.py")):
        if path.stem not in without:
            files[f"in/standins/{path.name}"] = path.read_bytes()
    files["in/bridge/bridge.py"] = (HERE / "python" / "bridge.py").read_bytes()
    files["in/extra.txt"] = "\n".join(EXTRA_MODULES).encode()

    tools = [HERE / "compile.mjs", HERE / "loader.mjs", HERE / "package.py", *(HERE / "python").glob("*.py")]
    inputs = [[name, sha256(data)] for name, data in (files | {path.name: path.read_bytes() for path in tools}).items()]
    key = sha256(json.dumps(sorted(inputs)).encode())[:32]
    kept_small, kept_full = cache / f"{key}-small.zip", cache / f"{key}-full.zip"
    if not (kept_small.is_file() and kept_full.is_file()):
        for name in FILES:
            read(name)
        with tempfile.TemporaryDirectory() as folder:
            for name, data in files.items():
                target = Path(folder, name)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            run_node([str(HERE / "compile.mjs"), str(FOLDER), folder, *STEPS])
            full, library = (Path(folder, "out", name).read_bytes() for name in ("estimator.zip", "library.zip"))
        keep(kept_full, full)
        keep(kept_small, pack(_members(library) | _members(full)))
    return kept_small.read_bytes(), kept_full.read_bytes()


def _members(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


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


def keep(path: Path, data: bytes) -> None:
    """Put a file into the cache whole or not at all, whatever other builds do at the same time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)
