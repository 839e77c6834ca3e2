"""Makes the archives of the library and the estimator, inside the very Python that will run them.

Runs in Pyodide under Node (see ../compile.mjs). Reads /in, writes /out. The bytecode of one Python is no use to another, so
the machine's own Python cannot do this.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors
# ruff: noqa: PTH118, PTH123



import importlib.util
import io
import json
import marshal
import os
import zipfile

LIBRARY = "/lib/python314.zip"


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


def library() -> None:
    """Compile the library's modules named in /in/names.json, as [where from, path], to /out/library.zip."""
    members = {}
    with zipfile.ZipFile(LIBRARY) as packed, open("/in/names.json") as names:
        for source, path in json.load(names):
            if source == LIBRARY:
                text = packed.read(path)
            else:
                with open(f"{source}/{path}", "rb") as file:
                    text = file.read()
            members[path + "c"] = pyc(text, f"{LIBRARY}/{path}")
    with open("/out/library.zip", "wb") as out:
        out.write(archive(members))


def estimator() -> None:
    """Compile bridge and estimator to /out/estimator.zip."""
    members = {}
    for folder in ("/in/bridge", "/in/estimator"):
        for path in names_under(folder):
            with open(f"{folder}/{path}", "rb") as file:
                members[path + "c"] = pyc(file.read(), f"/lib/estimator.zip/{path}")
    with open("/out/estimator.zip", "wb") as out:
        out.write(archive(members))
