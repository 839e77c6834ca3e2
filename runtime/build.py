"""Build the runtime: ``python -m runtime.build --out DIR``.

Two variants and a manifest. ``full`` is the package's own files, with the estimator beside them: it can do whatever Pyodide
can, and is fetched only when ``small`` meets something that it left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from runtime import package
from runtime.archive import archives, keep
from runtime.frozen import with_lean_modules
from runtime.package import ROOT, BuildError, run_node, sha256
from runtime.slim import read_profile, slim

HERE = Path(__file__).resolve().parent

# runtime/loader.mjs knows the same number.
FORMAT = 1

CACHE = ROOT / ".cache" / "runtime"


def build(out: Path, estimator_dir: Path = ROOT / "estimator", cache: Path = CACHE) -> dict[str, Any]:
    """Write both variants below ``out`` and return the manifest, which is also written as ``manifest.json``.

    In: the folder to write to, made if need be (files of an earlier build are removed from ``small/`` and ``full/``); the
    folder of the estimator's package; the folder that keeps what is slow to make.
    Out: the manifest; every file's name, size in bytes before any encoding, and SHA-256. The same input gives the same
    bytes. File names carry their hash, so they can be cached for ever.
    Raises BuildError when the npm package is not the pinned one, a tool is missing, or the estimator cannot be imported.
    """
    wasm, glue, library = (package.read(name) for name in ("pyodide.asm.wasm", "pyodide.asm.mjs", "python_stdlib.zip"))
    # Node makes the archives while the module is slimmed.
    with ThreadPoolExecutor(1) as beside:
        packing = beside.submit(archives, estimator_dir, cache)
        small_wasm = _small(wasm, cache)
        small_archive, full_archive = packing.result()
    variants: dict[str, dict[str, Any]] = {
        "small": {
            "glue": _file("small/host.mjs", (HERE / "host.mjs").read_bytes()),
            "wasm": _file("small/python.wasm", small_wasm),
            "archives": [_file("small/library.zip", small_archive, path="/lib/python314.zip")],
        },
        "full": {
            "glue": _file("full/pyodide.asm.mjs", glue),
            "wasm": _file("full/pyodide.asm.wasm", wasm),
            "archives": [
                _file("full/python_stdlib.zip", library, path="/lib/python314.zip"),
                _file("full/estimator.zip", full_archive, path="/lib/estimator.zip"),
            ],
        },
    }
    files = [file for variant in variants.values() for file in (variant["glue"], variant["wasm"], *variant["archives"])]
    wanted = {}
    for file in files:
        wanted[out / file["file"]] = file.pop("data")
    for path in [*out.glob("small/*"), *out.glob("full/*")]:
        if path not in wanted:
            path.unlink()
    for path, data in wanted.items():
        # Untouched where nothing changed, so that a server's and a browser's cache stay good.
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    small = variants["small"]
    _try([out / small["glue"]["file"], out / small["wasm"]["file"], out / small["archives"][0]["file"]], cache)
    manifest = {"format": FORMAT, "pyodide": package.PYODIDE, "python": package.PYTHON, "variants": variants}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest


def _small(wasm: bytes, cache: Path) -> bytes:
    """Return the slimmed module, from the cache if it is there."""
    inputs = [
        wasm,
        *(
            (HERE / name).read_bytes()
            for name in ("build.py", "slim.py", "wasm.py", "frozen.py", "python/frozen.py", "profile/functions.txt")
        ),
    ]
    kept = cache / f"{sha256(''.join(map(sha256, inputs)).encode())[:32]}.wasm"
    if not kept.is_file():
        keep(kept, slim(with_lean_modules(wasm), read_profile(wasm)))
    return kept.read_bytes()


def _try(files: list[Path], cache: Path) -> None:
    """Start the small runtime once, unless these very files have been tried.

    Raises BuildError when it does not start: every visitor would be sent to the complete runtime, and no one would notice.
    """
    tools = [HERE / "check.mjs", HERE / "loader.mjs"]
    tried = cache / f"{sha256(''.join(sha256(path.read_bytes()) for path in (*files, *tools)).encode())[:32]}.tried"
    if not tried.is_file():
        try:
            run_node([str(HERE / "check.mjs"), *map(str, files)])
        except BuildError as error:
            raise BuildError(
                f"the small runtime does not start with this estimator: {error}\n"
                "If the estimator now imports or does something new, run `python -m runtime.profile` and build again."
            ) from error
        keep(tried, b"")


def _file(name: str, data: bytes, **more: str) -> dict[str, Any]:
    """Describe one file for the manifest; its hash becomes part of its name."""
    stem, dot, suffix = name.rpartition(".")
    digest = sha256(data)
    return {"file": f"{stem}.{digest[:10]}{dot}{suffix}", "bytes": len(data), "sha256": digest, **more, "data": data}


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m runtime.build", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    parser.add_argument(
        "--estimator", type=Path, default=ROOT / "estimator", help="the folder of the estimator's package"
    )
    parser.add_argument("--cache", type=Path, default=CACHE, help="the folder that keeps what is slow to make")
    options = parser.parse_args(arguments)
    try:
        manifest = build(options.out, options.estimator, options.cache)
    except BuildError as error:
        print(f"runtime: {error}", file=sys.stderr)
        return 1
    for variant, files in manifest["variants"].items():
        print(variant)
        for file in (files["glue"], files["wasm"], *files["archives"]):
            print(f"  {file['bytes']:>9,} bytes  {file['file']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
