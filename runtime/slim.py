"""Slims CPython's WebAssembly module: functions that no one calls become traps, exports that no one uses go, data that only
those functions read goes with them.

What stays is decided by ``profile/functions.txt`` (see ``profile/``). A function that was left out is a single
``unreachable``: calling it ends the instance with an error, and the request is run again in the complete runtime. It can be
slow, it cannot be wrong.
"""

from __future__ import annotations

import base64
import zlib
from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

from runtime.package import BuildError, sha256
from runtime.wasm import (
    BR,
    CALL,
    END,
    FUNC_KIND,
    GLOBAL,
    GLOBAL_KIND,
    GLOBAL_SET,
    I32,
    I32_ADD,
    I32_CONST,
    I32_LT_U,
    I32_SHR_U,
    I32_STORE8,
    IF,
    LOAD_FIRST,
    LOAD_LAST,
    LOCAL_GET,
    LOCAL_SET,
    LOCAL_TEE,
    LOOP,
    MEMORY_COPY,
    REF_FUNC,
    RETURN_CALL,
    UNREACHABLE_BODY,
    Export,
    Module,
    assemble,
    code_start,
    encode,
    instructions,
    unsigned,
    with_locals,
)  # fmt: skip

PROFILE = Path(__file__).resolve().parent / "profile" / "functions.txt"

# What loader.mjs and host.mjs ask of the module.
EXPORTS = (
    "memory", "__indirect_function_table", "__wasm_call_ctors", "__main_argc_argv", "malloc", "free",
    "PyImport_ImportModule", "PyObject_GetAttrString", "PyObject_Call", "PyTuple_New", "PyTuple_SetItem", "PyErr_Print",
    "PyUnicode_FromStringAndSize", "PyBytes_AsString", "PyBytes_Size", "Py_DecRef",
    "PyThreadState_Get", "PyUnstable_ThreadState_SetStackProtection", "emscripten_stack_get_base",
)  # fmt: skip


class Profile(NamedTuple):
    """What was seen in use: functions, counted without imports, and parts of the data, in GRAINs from address 0."""

    functions: frozenset[int]
    read: frozenset[int]


def read_profile(wasm: bytes) -> Profile:
    """Return what was seen in use.

    Raises BuildError when the profile was not made from these very bytes.
    """
    fields = dict(line.split(": ", 1) for line in PROFILE.read_text(encoding="ascii").splitlines() if ": " in line)
    if fields["wasm"] != sha256(wasm):
        raise BuildError("runtime/profile/functions.txt is of another module: run `python -m runtime.profile`")
    return Profile(_unpack(fields["functions"]), _unpack(fields["read"]))


def write_profile(wasm: bytes, functions: frozenset[int], read: frozenset[int]) -> None:
    """Write what was seen in use."""
    PROFILE.write_text(
        "# What of CPython's module was used: bit n is function n (counted without imports), or the n-th 16 bytes of data.\n"
        "# Compressed with zlib, in base64. Written by `python -m runtime.profile`; not for editing.\n"
        f"wasm: {sha256(wasm)}\nfunctions: {_pack(functions)}\nread: {_pack(read)}\n",
        encoding="ascii",
    )


def _pack(numbers: frozenset[int]) -> str:
    bits = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        bits[number // 8] |= 1 << number % 8
    return base64.b64encode(zlib.compress(bits, 9)).decode()


def _unpack(packed: str) -> frozenset[int]:
    bits = zlib.decompress(base64.b64decode(packed))
    return frozenset(number for number in range(8 * len(bits)) if bits[number // 8] >> number % 8 & 1)


def grains(wasm: bytes) -> int:
    """Return how many GRAINs reach from address 0 to the end of the data."""
    return max(address + len(body) for address, body in Module.parse(wasm).data_segments()) // GRAIN + 1


# Where the instrumented module notes which 16 bytes of its data were read, a byte for each: in the middle of CPython's 10 MB
# stack, of which the loader lets it use the topmost 64 kB.
READ_MARKS = 6_000_000
GRAIN = 16


def instrument(wasm: bytes) -> bytes:
    """Return the module with a mark for each function that was called and for each part of the data that was read.

    A global ``p<number>`` is 1 once function <number> was called. The byte at READ_MARKS + n is 1 once anything in the n-th
    GRAIN bytes of memory was read, as far as there is data.
    """
    module = Module.parse(wasm)
    bodies = module.bodies()
    types = module.types()
    of_function = module.function_types()
    imported = sum(each.kind == FUNC_KIND for each in module.imports())
    end_of_data = max(address + len(body) for address, body in module.data_segments())

    first = sum(each.kind == GLOBAL_KIND for each in module.imports()) + module.globals_count()
    count, at = unsigned(module.section(GLOBAL), 0)
    mutable_i32_of_0 = b"\x7f\x01\x41\x00\x0b"
    module.replace(GLOBAL, encode(count + len(bodies)) + module.section(GLOBAL)[at:] + mutable_i32_of_0 * len(bodies))

    read, copied = imported + len(bodies), imported + len(bodies) + 1
    marked = []
    for number, body in enumerate(bodies):
        declared, had = with_locals(body, I32, 2)
        address = len(types[of_function[imported + number]][0]) + had
        size = address + 1
        out = bytearray(declared + assemble(I32_CONST, 1, GLOBAL_SET, first + number))
        done = code_start(body)
        for begin, end, opcode, offset in instructions(body):
            if LOAD_FIRST <= opcode <= LOAD_LAST:
                out += body[done:begin]
                out += (
                    assemble(LOCAL_TEE, address, I32_CONST, offset, I32_ADD, CALL, read, LOCAL_GET, address)
                    + body[begin:end]
                )
                done = end
            elif opcode == MEMORY_COPY:
                out += body[done:begin] + assemble(LOCAL_SET, size, LOCAL_TEE, address, LOCAL_GET, size, CALL, copied)
                out += assemble(LOCAL_GET, address, LOCAL_GET, size) + body[begin:end]
                done = end
        marked.append(bytes(out) + body[done:])

    mark = assemble(I32_CONST, GRAIN.bit_length() - 1, I32_SHR_U, I32_CONST, 1, I32_STORE8, 0, READ_MARKS)
    in_data = assemble(LOCAL_GET, 0, I32_CONST, end_of_data, I32_LT_U)
    # Both ends of the widest load, of 8 bytes.
    marked.append(
        b"\0"
        + in_data
        + assemble(IF)
        + assemble(LOCAL_GET, 0)
        + mark
        + assemble(LOCAL_GET, 0, I32_CONST, 7, I32_ADD)
        + mark
        + assemble(END, END)
    )
    # From the first byte to the one after the last, in steps no longer than a grain.
    marked.append(
        b"\0" + assemble(LOCAL_GET, 0, LOCAL_GET, 1, I32_ADD, LOCAL_SET, 1, LOOP) + in_data
        + assemble(IF, LOCAL_GET, 0) + mark
        + assemble(LOCAL_GET, 0, LOCAL_GET, 1, I32_LT_U, IF, LOCAL_GET, 0, I32_CONST, 8, I32_ADD, LOCAL_SET, 0, BR, 2, END, END, END, END)
    )  # fmt: skip
    one, two = module.add_type(bytes([I32]), b""), module.add_type(bytes([I32, I32]), b"")
    module.add_functions([one, two])
    module.set_bodies(marked)
    marks = [Export(f"p{number}", GLOBAL_KIND, first + number) for number in range(len(bodies))]
    module.set_exports([*(each for each in module.exports() if each.name in EXPORTS), *marks])
    return module.emit()


# Stretches of data that belong to functions that were left out, and to nothing else. Each begins 1 kB or more after the last
# address that a called function names or reads, behind the third that only others name, and ends before the next.
COLD_DATA = (
    (659_376, 705_216, "texts of the modules from _bz2 to _hmac"),
    (730_784, 739_360, "texts of _pickle and _zoneinfo"),
    (754_784, 2_097_152, "texts of the modules from _statistics on; tables of _codecs_* and unicodedata"),
    (2_113_680, 2_143_600, "texts of the modules from _socket to the interpreter's tests"),
    (2_714_752, 2_800_240, "tables and texts of liblzma, sqlite3, zlib and zstd"),
    (2_807_824, 2_820_528, "tables of crypt"),
    (2_823_696, 2_962_544, "tables of iconv"),
    (2_967_408, 2_971_408, "tables of iswpunct"),
    (3_000_800, 3_135_792, "tables and texts of libc++"),
    (3_136_864, 3_150_528, "names of libc++'s types, texts of Pyodide's proxies"),
    (3_584_624, 3_603_616, "method tables from _ctypes to _hmac"),
    (3_619_776, 3_652_416, "method tables of _decimal and _codecs_*"),
    (3_656_864, 3_733_840, "method tables from _codecs_jp to the interpreter's tests"),
    (3_783_824, 3_800_864, "method tables of sqlite3 and what comes after it"),
    (3_810_768, 3_820_736, "method tables of libc++"),
)
# Numbers in called functions that lie in those stretches and are no addresses: limits, masks and multipliers.
LITERALS = frozenset(
    [
        0xC0000,
        0xC0001,
        0xE2080,
        999_999,
        1_000_000,
        1_000_003,
        0xFFC00,
        0xFFFFF,
        0x100000,
        0x101000,
        0x10FFFF,
        0x110000,
        0x120000,
    ]
)


def slim(wasm: bytes, profile: Profile) -> bytes:
    """Return the module with traps for the functions that stay away, and without the exports and data that no one uses.

    What stays: every function that was called, and whatever those call by name, and so on; but not a function that was never
    called and names cold data. Raises BuildError when what was called or read contradicts COLD_DATA.
    """
    module = Module.parse(wasm)
    bodies = module.bodies()
    imported = sum(each.kind == FUNC_KIND for each in module.imports())
    exports = [each for each in module.exports() if each.name in EXPORTS]
    lost = set(EXPORTS) - {each.name for each in exports}
    if lost:
        raise BuildError(f"the module does not export {', '.join(sorted(lost))}: is it another release?")

    calls: dict[int, set[int]] = {}
    cold: set[int] = set()
    entrances = {each.number - imported for each in exports if each.kind == FUNC_KIND}
    kept: set[int] = set()
    more = set(profile.functions | entrances)
    while more:
        for number in more:
            calls[number] = called = set()
            for _, _, opcode, operand in instructions(bodies[number]):
                if opcode in (CALL, RETURN_CALL):
                    called.add(operand - imported)
                elif opcode not in (REF_FUNC, MEMORY_COPY) and _is_cold(operand) and operand not in LITERALS:
                    cold.add(number)
        contradicting = cold & (profile.functions | entrances)
        if contradicting:
            raise BuildError(
                f"functions {sorted(contradicting)} were called and name cold data: look at COLD_DATA in runtime/slim.py again"
            )
        more -= cold
        kept |= more
        more = {number for each in more for number in calls[each] if number >= 0} - kept - cold
    if any(_is_cold(grain * GRAIN) for grain in profile.read):
        raise BuildError("the profile has read cold data: look at COLD_DATA in runtime/slim.py again")
    trampoline = _trampoline(module, calls, imported)
    bodies[trampoline] = _dispatch(module)
    module.set_bodies([body if number in kept else UNREACHABLE_BODY for number, body in enumerate(bodies)])
    module.set_exports(exports)
    module.set_data_segments([*_without_cold(module.data_segments()), (DISPATCH_AT, _parameters_by_slot(module))])
    return module.emit()


# CPython calls functions with more arguments than they take, which WebAssembly forbids; Pyodide goes through JavaScript, or
# through a module that needs the newest engines, to leave the extra ones out: thousands of times in one estimate. But which
# function takes how many is known here. The table of it lies in cold data.
DISPATCH_AT = 1_060_000
_MOST = 3


def _trampoline(module: Module, calls: dict[int, set[int]], imported: int) -> int:
    """Return the number of the one function that calls JavaScript to leave arguments out."""
    names = [each.name for each in module.imports() if each.kind == FUNC_KIND]
    through = names.index("_PyEM_TrampolineCall_JS") - imported
    callers = [number for number, called in calls.items() if through in called]
    of_function = module.function_types()
    if len(callers) != 1 or module.types()[of_function[imported + callers[0]]] != (bytes([I32] * 4), bytes([I32])):
        raise BuildError(f"functions {callers} call _PyEM_TrampolineCall_JS, where one with four numbers was expected")
    return callers[0]


def _parameters_by_slot(module: Module) -> bytes:
    """Return a byte for each slot of the table: 1 + the number of its function's parameters, 0 where it does not fit."""
    types, of_function = module.types(), module.function_types()
    fitting = {types.index((bytes([I32] * count), bytes([I32]))): 1 + count for count in range(_MOST + 1)}
    entries = module.table_entries()
    return bytes(
        fitting.get(of_function[entries[slot]], 0) if slot in entries else 0 for slot in range(max(entries) + 1)
    )


def _dispatch(module: Module) -> bytes:
    """Return a body for (function, first, second, third): it calls the function with as many as it takes.

    A function of any other kind traps, as a wrong call does.
    """
    types = module.types()
    slots = max(module.table_entries()) + 1
    block, unreachable, br_if, br_table, return_, call_indirect, load8, at_least = (
        0x02,
        0x00,
        0x0D,
        0x0E,
        0x0F,
        0x11,
        0x2D,
        0x4F,
    )
    out = bytearray(b"\0" + bytes([block, 0x40]) * (_MOST + 2))
    out += assemble(LOCAL_GET, 0, I32_CONST, slots) + bytes([at_least, br_if, 0])
    out += (
        assemble(LOCAL_GET, 0)
        + bytes([load8, 0])
        + encode(DISPATCH_AT)
        + bytes([br_table, _MOST + 1, *range(_MOST + 2)])
    )
    out += assemble(END) + bytes([unreachable])
    for count in range(_MOST + 1):
        out += assemble(END)
        for argument in range(1, count + 1):
            out += assemble(LOCAL_GET, argument)
        kind = types.index((bytes([I32] * count), bytes([I32])))
        out += assemble(LOCAL_GET, 0) + bytes([call_indirect]) + encode(kind) + bytes([0, return_])
    return bytes(out) + assemble(END)


_COLD = sorted((start, end) for start, end, _ in COLD_DATA)
_COLD_STARTS = [start for start, _ in _COLD]


def _is_cold(address: int) -> bool:
    place = bisect_right(_COLD_STARTS, address)
    return place > 0 and address < _COLD[place - 1][1]


def _without_cold(segments: list[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    """Cut the cold stretches out of data segments; memory that is not written is zero."""
    for start, end, _ in COLD_DATA:
        kept = []
        for address, body in segments:
            kept += [(address, body[: max(0, start - address)]), (max(address, end), body[max(0, end - address) :])]
        segments = [(address, body) for address, body in kept if body]
    return segments
