"""Makes the archives of the library and the estimator, inside the very Python that will run them.

Runs in Pyodide under Node (see ../compile.mjs). Reads /in, writes /out. The bytecode of one Python is no use to another, so
the machine's own Python cannot do this.
"""

# ruff: noqa: PTH123, SIM115  (pathlib would be one more import that is not the estimator's)

import _imp
import importlib.util
import io
import json
import marshal
import os
import sys
import zipfile

LIBRARY = "/lib/python314.zip"
SOURCES = ("/in/standins", "/in/bridge", "/in/estimator", LIBRARY)


def pyc(source: bytes, path: str) -> bytes:
    """Compile one module: no docstrings, no asserts, and a header that tells Python not to look for the source."""
    code = compile(source, path, "exec", dont_inherit=True, optimize=2)
    unchecked_hash = 1
    header = importlib.util.MAGIC_NUMBER + unchecked_hash.to_bytes(4, "little") + importlib.util.source_hash(source)
    return header + marshal.dumps(code)


def archive(members: dict[str, bytes]) -> bytes:
    """Pack members, stored and in order: HTTP compression then sees the whole, and nothing is inflated at the start."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            packed.writestr(info, members[name])
    return out.getvalue()


def names_under(folder: str) -> list[str]:
    """List the .py files under a folder, relative to it, in order."""
    found = []
    for place, folders, files in os.walk(folder):
        folders.sort()
        found += [os.path.relpath(os.path.join(place, file), folder) for file in files if file.endswith(".py")]
    return sorted(found)


def imported_files() -> list[tuple[str, str]]:
    """List (where from, relative path) of every module in memory that came from a file of ours or of the library."""
    found = set()
    for name, module in list(sys.modules.items()):
        spec = getattr(module, "__spec__", None)
        origin = getattr(spec, "origin", None) or ""
        for source in SOURCES:
            if origin.startswith(source + "/") and not _imp.is_frozen(name):
                path = origin[len(source) + 1 :]
                found.add((source, path.removesuffix("c") if path.endswith(".pyc") else path))
    return sorted(found)


def library() -> None:
    """Compile the library's modules: /in/names.json, a list of [where from, path], to /out/library.json (path: hex)."""
    packed = zipfile.ZipFile(LIBRARY)
    compiled = {}
    for source, path in json.load(open("/in/names.json")):
        text = packed.read(path) if source == LIBRARY else open(f"{source}/{path}", "rb").read()
        compiled[path + "c"] = pyc(text, f"{LIBRARY}/{path}").hex()
    with open("/out/library.json", "w") as out:
        json.dump(compiled, out)


def estimator() -> None:
    """Compile bridge and estimator to /out/estimator.zip, and write to /out/names.json what of the library they import."""
    members = {}
    for folder, place in (("/in/bridge", ""), ("/in/estimator", "")):
        for path in names_under(folder):
            with open(f"{folder}/{path}", "rb") as file:
                members[place + path + "c"] = pyc(file.read(), f"/lib/estimator.zip/{path}")
    with open("/out/estimator.zip", "wb") as out:
        out.write(archive(members))

    # This script's own imports must not be counted: they are forgotten, and the estimator is imported afresh.
    with open("/in/before.json") as file:
        before = set(json.load(file))
    for name in set(sys.modules) - before:
        del sys.modules[name]
    sys.path[:0] = SOURCES[:3]
    for path in sorted(members):
        module = path.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".")
        importlib.import_module(module)
    with open("/in/extra.json") as file:
        for name in json.load(file):
            importlib.import_module(name)
    names = [(source, path) for source, path in imported_files() if source in (SOURCES[0], LIBRARY)]
    with open("/out/names.json", "w") as out:
        json.dump(names, out)
