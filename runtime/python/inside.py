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
import types
import zipfile

LIBRARY = "/lib/python314.zip"

# Changes to the library's own sources, which are those of one exact release.
EDITS = {
    "dataclasses.py": [
        ("import re\n", "import re\nfrom _written import FUNCTIONS as _written\n"),
        ("exec(txt, self.globals, ns)", "exec(_written.get((hash(txt), len(txt)), txt), self.globals, ns)"),
    ],
}


def pyc(source: bytes, path: str) -> bytes:
    """Compile one module: no docstrings, no asserts, and a header that tells Python not to look for the source."""
    return pyc_of(compile(source, path, "exec", dont_inherit=True, optimize=2), source)


def without_lines(code: types.CodeType) -> types.CodeType:
    """Return code that does not know its lines. A report of the library's lines helps no one, and it is a sixth of the bytes."""
    constants = tuple(without_lines(each) if isinstance(each, types.CodeType) else each for each in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"")


def pyc_of(code: types.CodeType, source: bytes) -> bytes:
    """Write a module's code, with the hash of its source in its header."""
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
            for old, new in EDITS.get(path, ()):
                if text.count(old.encode()) != 1:
                    raise ValueError(f"{path} has {old!r} not once: is it another release?")
                text = text.replace(old.encode(), new.encode())
            code = compile(text, f"{LIBRARY}/{path}", "exec", dont_inherit=True, optimize=2)
            members[path + "c"] = pyc_of(without_lines(code), text)
    members["_written.pyc"] = written()
    with open("/out/library.zip", "wb") as out:
        out.write(archive(members))


def written() -> bytes:
    """Compile the functions that dataclasses writes as texts, from /in/texts.json, to a module: FUNCTIONS[hash, length].

    Compiling them is most of what it takes to import the estimator. The hashes are those of the seed that the loader sets; a
    text that is not there is compiled as ever.
    """
    with open("/in/texts.json") as file:
        texts = json.load(file)
    keys = tuple((hash(text), len(text)) for text in texts)
    codes = tuple(without_lines(compile(text, "<string>", "exec", dont_inherit=True, optimize=0)) for text in texts)
    source = "FUNCTIONS = dict(zip('keys', 'codes'))\n"
    module = compile(source, f"{LIBRARY}/_written.py", "exec", dont_inherit=True)
    constants = tuple({"keys": keys, "codes": codes}.get(value, value) for value in module.co_consts)
    return pyc_of(module.replace(co_consts=constants), source.encode())


def estimator() -> None:
    """Compile bridge and estimator to /out/estimator.zip."""
    members = {}
    for folder in ("/in/bridge", "/in/estimator"):
        for path in names_under(folder):
            with open(f"{folder}/{path}", "rb") as file:
                members[path + "c"] = pyc(file.read(), f"/lib/estimator.zip/{path}")
    with open("/out/estimator.zip", "wb") as out:
        out.write(archive(members))
