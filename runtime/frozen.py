"""Rewrites the modules that are frozen into CPython's WebAssembly module: without docstrings, asserts and lines.

They are the largest part of its data. Each new code is put where the old one is, at whose start the table of frozen modules
points; what is left over becomes zero. A frozen module that the small runtime never imports becomes one line that looks for
a module that does not exist, so that the request runs again in the complete runtime.
"""

from __future__ import annotations

import json
import re
import struct
import tempfile
from pathlib import Path
from typing import NamedTuple

from runtime.package import FOLDER, BuildError, run_node
from runtime.wasm import Module

HERE = Path(__file__).resolve().parent

# Where the table of frozen modules lies, in three parts (start-up, library, tests): an entry is the addresses of the name and
# of the code, the code's size, and whether it is a package.
TABLES = range(3_782_176, 3_782_672, 4)
ENTRY = struct.Struct("<4I")
# The code that finds Python's files is frozen too, but not in the table.
GETPATH = (2_264_288, 2_279_248)
# What a marshalled code object of a module begins with: its letter, and no arguments of any kind.
CODE = b"c" + bytes(12)

IMPORTED = frozenset(
    [
        "_frozen_importlib",
        "_frozen_importlib_external",
        "zipimport",
        "abc",
        "codecs",
        "io",
        "_collections_abc",
        "genericpath",
        "posixpath",
        "os",
        "stat",
        "getpath",
    ]
)


class Frozen(NamedTuple):
    """One frozen module: its name, and where its code lies."""

    name: str
    start: int
    end: int


def frozen_modules(module: Module) -> list[Frozen]:
    """Return the frozen modules, each place once.

    Raises BuildError when the table is not where it should be.
    """
    memory = _memory(module)
    found = {GETPATH[0]: Frozen("getpath", *GETPATH)}
    for at in TABLES:
        name, start, size, package = ENTRY.unpack_from(memory, at)
        if package < 2 and size and memory[start : start + len(CODE)] == CODE:
            text = memory[name : memory.index(0, name)].decode()
            found.setdefault(start, Frozen(text, start, start + size))
    missing = IMPORTED - {each.name for each in found.values()}
    if missing or memory[GETPATH[0] : GETPATH[0] + len(CODE)] != CODE:
        raise BuildError(
            f"frozen modules are not where they were ({', '.join(sorted(missing)) or 'getpath'}): is it another release?"
        )
    return sorted(found.values(), key=lambda each: each.start)


def with_lean_modules(wasm: bytes) -> bytes:
    """Return CPython's module with its frozen modules rewritten. The same input gives the same bytes."""
    module = Module.parse(wasm)
    memory = _memory(module)
    modules = frozen_modules(module)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        tasks = [[each.name, each.name in IMPORTED, memory[each.start : each.end].hex()] for each in modules]
        (folder / "in" / "frozen.json").write_text(json.dumps(tasks), encoding="ascii")
        run_node([str(HERE / "compile.mjs"), str(FOLDER), str(folder), "frozen.py"])
        codes: dict[str, str] = json.loads((folder / "out" / "codes.json").read_text(encoding="ascii"))
    patched = bytearray(memory)
    for each in modules:
        code = bytes.fromhex(codes[each.name])
        if len(code) <= each.end - each.start:  # the interpreter's smallest tests are smaller than one line
            patched[each.start : each.start + len(code)] = code
    # Memory is zero before it is written, so runs of zeros that are longer than a segment's header need not be.
    segments = [(part.start(), part.group()) for part in re.finditer(rb"(?s)[^\0].*?(?=\0{16}|\Z)", bytes(patched))]
    module.set_data_segments(segments)
    return module.emit()


def _memory(module: Module) -> bytes:
    segments = module.data_segments()
    memory = bytearray(max(address + len(body) for address, body in segments))
    for address, body in segments:
        memory[address : address + len(body)] = body
    return bytes(memory)
