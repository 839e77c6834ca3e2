"""Read and rewrite a WebAssembly module, as far as slimming one needs it. Standard library only, no knowledge of Python.

A module is kept as its sections' bytes; only what is looked at is decoded. Numbers of functions count imports first, as
everywhere in WebAssembly; bodies are counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

TYPE, IMPORT, FUNCTION, TABLE, MEMORY, GLOBAL, EXPORT, START, ELEMENT, CODE, DATA, DATA_COUNT, TAG = range(1, 14)

FUNC_KIND, TABLE_KIND, MEMORY_KIND, GLOBAL_KIND, TAG_KIND = range(5)

_MAGIC = b"\0asm\1\0\0\0"
UNREACHABLE_BODY = b"\x00\x00\x0b"  # no locals; unreachable; end


class Import(NamedTuple):
    """One import: from where, its name, and for a function the number of its type."""

    module: str
    name: str
    kind: int
    type: int | None


class Export(NamedTuple):
    """One export: its name, kind and number."""

    name: str
    kind: int
    number: int


@dataclass
class Module:
    """The sections of a module in order: (number, bytes). Custom sections have the number 0."""

    sections: list[tuple[int, bytes]]

    @classmethod
    def parse(cls, data: bytes) -> Module:
        """Split a module into its sections. Raises ValueError when it is none."""
        if not data.startswith(_MAGIC):
            raise ValueError("not a WebAssembly module of version 1")
        sections = []
        at = len(_MAGIC)
        while at < len(data):
            number = data[at]
            size, at = unsigned(data, at + 1)
            sections.append((number, data[at : at + size]))
            at += size
        return cls(sections)

    def emit(self) -> bytes:
        """Return the module's bytes."""
        out = bytearray(_MAGIC)
        for number, body in self.sections:
            out.append(number)
            out += encode(len(body)) + body
        return bytes(out)

    def section(self, number: int) -> bytes:
        """Return the bytes of one section, as if it had no entries where there is none."""
        return next((body for found, body in self.sections if found == number), b"\0")

    def replace(self, number: int, body: bytes | None) -> None:
        """Replace a section, or take it out with None."""
        self.sections = [
            (found, body if found == number else old)  # type: ignore[misc]
            for found, old in self.sections
            if found != number or body is not None
        ]

    def imports(self) -> list[Import]:
        """Return the imports in order."""
        data = self.section(IMPORT)
        count, at = unsigned(data, 0)
        out = []
        for _ in range(count):
            module, at = _name(data, at)
            name, at = _name(data, at)
            kind = data[at]
            at += 1
            type_index = None
            if kind == FUNC_KIND:
                type_index, at = unsigned(data, at)
            elif kind == GLOBAL_KIND:
                at += 2
            elif kind == TAG_KIND:
                _, at = unsigned(data, at + 1)
            else:
                raise ValueError(f"import {module}.{name}: kind {kind} is not handled")
            out.append(Import(module, name, kind, type_index))
        return out

    def exports(self) -> list[Export]:
        """Return the exports in order."""
        data = self.section(EXPORT)
        count, at = unsigned(data, 0)
        out = []
        for _ in range(count):
            name, at = _name(data, at)
            index, after = unsigned(data, at + 1)
            out.append(Export(name, data[at], index))
            at = after
        return out

    def set_exports(self, exports: list[Export]) -> None:
        """Replace the exports."""
        out = bytearray(encode(len(exports)))
        for name, kind, number in exports:
            out += encode(len(name.encode())) + name.encode() + bytes([kind]) + encode(number)
        self.replace(EXPORT, bytes(out))

    def bodies(self) -> list[bytes]:
        """Return the functions' bodies, each with its declarations of locals."""
        data = self.section(CODE)
        count, at = unsigned(data, 0)
        out = []
        for _ in range(count):
            size, at = unsigned(data, at)
            out.append(data[at : at + size])
            at += size
        return out

    def set_bodies(self, bodies: list[bytes]) -> None:
        """Replace all bodies."""
        self.replace(CODE, encode(len(bodies)) + b"".join(encode(len(body)) + body for body in bodies))

    def types(self) -> list[tuple[bytes, bytes]]:
        """Return (parameters, results) of each function type. Only types of plain values, a byte each, are handled."""
        data = self.section(TYPE)
        count, at = unsigned(data, 0)
        out: list[tuple[bytes, bytes]] = []
        for _ in range(count):
            if data[at] != 0x60:
                raise ValueError(f"type {len(out)}: form {data[at]:#x} is not handled")
            lists = []
            at += 1
            for _ in range(2):
                size, at = unsigned(data, at)
                lists.append(data[at : at + size])
                at += size
            out.append((lists[0], lists[1]))
        return out

    def add_type(self, parameters: bytes, results: bytes) -> int:
        """Append a function type; return its number."""
        count, at = unsigned(self.section(TYPE), 0)
        made = b"\x60" + encode(len(parameters)) + parameters + encode(len(results)) + results
        self.replace(TYPE, encode(count + 1) + self.section(TYPE)[at:] + made)
        return count

    def add_functions(self, types: list[int]) -> None:
        """Declare functions at the end; their bodies come with ``set_bodies``."""
        count, at = unsigned(self.section(FUNCTION), 0)
        self.replace(FUNCTION, encode(count + len(types)) + self.section(FUNCTION)[at:] + b"".join(map(encode, types)))

    def function_types(self) -> list[int]:
        """Return the type's number of each function, imports first."""
        data = self.section(FUNCTION)
        count, at = unsigned(data, 0)
        out = [each.type for each in self.imports() if each.type is not None]
        for _ in range(count):
            index, at = unsigned(data, at)
            out.append(index)
        return out

    def table_entries(self) -> dict[int, int]:
        """Return slot → function's number of the first table. Only active segments of plain numbers are handled."""
        data = self.section(ELEMENT)
        count, at = unsigned(data, 0)
        out = {}
        for _ in range(count):
            flags, at = unsigned(data, at)
            if flags != 0 or data[at] != 0x41:
                raise ValueError(f"element segment with flags {flags} is not handled")
            slot, at = signed(data, at + 1)
            size, at = unsigned(data, at + 1)
            for _ in range(size):
                out[slot], at = unsigned(data, at)
                slot += 1
        return out

    def data_segments(self) -> list[tuple[int, bytes]]:
        """Return (address, bytes) of each data segment. Only active segments with a constant address are handled."""
        data = self.section(DATA)
        count, at = unsigned(data, 0)
        out = []
        for _ in range(count):
            flags, at = unsigned(data, at)
            if flags != 0 or data[at] != 0x41:
                raise ValueError(f"data segment with flags {flags} is not handled")
            address, at = signed(data, at + 1)
            size, at = unsigned(data, at + 1)
            out.append((address, data[at : at + size]))
            at += size
        return out

    def set_data_segments(self, segments: list[tuple[int, bytes]]) -> None:
        """Replace the data segments."""
        out = bytearray(encode(len(segments)))
        for address, body in segments:
            out += b"\0\x41" + encode_signed(address) + b"\x0b" + encode(len(body)) + body
        self.replace(DATA, bytes(out))
        self.replace(DATA_COUNT, encode(len(segments)))

    def globals_count(self) -> int:
        """Return how many globals the module itself defines."""
        return unsigned(self.section(GLOBAL), 0)[0]


def unsigned(data: bytes, at: int) -> tuple[int, int]:
    """Read an unsigned LEB128 number; return it and the place after it."""
    result = shift = 0
    while True:
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, at
        shift += 7


def signed(data: bytes, at: int) -> tuple[int, int]:
    """Read a signed LEB128 number; return it and the place after it."""
    result = shift = 0
    while True:
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return (result - (1 << shift) if byte & 0x40 else result), at


def encode(number: int) -> bytes:
    """Write an unsigned LEB128 number."""
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def encode_signed(number: int) -> bytes:
    """Write a signed LEB128 number."""
    out = bytearray()
    while True:
        byte = number & 0x7F
        number >>= 7
        if number == (-1 if byte & 0x40 else 0):
            out.append(byte)
            return bytes(out)
        out.append(byte | 0x80)


def _name(data: bytes, at: int) -> tuple[str, int]:
    size, at = unsigned(data, at)
    return data[at : at + size].decode(), at + size


def code_start(body: bytes) -> int:
    """Return where a body's instructions begin, after its locals."""
    return _locals(body)[1]


def with_locals(body: bytes, type_code: int, count: int) -> tuple[bytes, int]:
    """Return a body's declarations with some more locals of one type, and how many it had (parameters not counted)."""
    groups, at = unsigned(body, 0)
    had, end = _locals(body)
    return encode(groups + 1) + body[at:end] + encode(count) + bytes([type_code]), had


def _locals(body: bytes) -> tuple[int, int]:
    groups, at = unsigned(body, 0)
    total = 0
    for _ in range(groups):
        count, at = unsigned(body, at)
        total += count
        at += 1
        if body[at - 1] in (0x63, 0x64):  # a reference to a type, which is named after it
            _, at = signed(body, at)
    return total, at


# How many numbers follow an opcode, where it is that simple. What is not here and not handled below has none.
_ONE_NUMBER = frozenset(
    [0x08, 0x09, 0x0C, 0x0D, 0x10, 0x12, *range(0x20, 0x27), 0x3F, 0x40, 0xD0, 0xD2, 0x18, 0xD5, 0xD6]
)
_BULK_NUMBERS = {8: 2, 9: 1, 10: 2, 11: 1, 12: 2, 13: 1, 14: 2, 15: 1, 16: 1, 17: 1}
LOOP, IF, END, BR, CALL, RETURN_CALL, REF_FUNC = 0x03, 0x04, 0x0B, 0x0C, 0x10, 0x12, 0xD2
LOCAL_GET, LOCAL_SET, LOCAL_TEE, GLOBAL_SET, I32_CONST = 0x20, 0x21, 0x22, 0x24, 0x41
LOAD_FIRST, LOAD_LAST, I32_STORE8 = 0x28, 0x35, 0x3A
I32_LT_U, I32_ADD, I32_SHR_U = 0x49, 0x6A, 0x76
I32 = 0x7F
# An opcode of two bytes; named so here.
MEMORY_COPY = 0xFC0A


class Instruction(NamedTuple):
    """Where an instruction begins and ends in its body, what it is, and the number that it carries."""

    begin: int
    end: int
    opcode: int
    number: int


def instructions(body: bytes) -> Iterator[Instruction]:
    """Walk through a body's instructions; yield those that name a function or may name an address, with that number.

    That is: calls and references of functions, i32 constants, and the constant offsets of loads and stores; and the copying
    of memory. Raises ValueError at an opcode that is not known, rather than lose its way.
    """
    at = code_start(body)
    end = len(body)
    while at < end:
        opcode = body[at]
        begin = at
        at += 1
        if opcode == I32_CONST:
            number, at = signed(body, at)
            yield Instruction(begin, at, opcode, number)
        elif 0x28 <= opcode <= 0x3E:
            offset, at = unsigned(body, _skip_alignment(body, at))
            yield Instruction(begin, at, opcode, offset)
        elif opcode in _ONE_NUMBER:
            number, at = unsigned(body, at) if opcode != 0xD0 else signed(body, at)
            if opcode in (CALL, RETURN_CALL, REF_FUNC):
                yield Instruction(begin, at, opcode, number)
        elif opcode in (0x02, 0x03, 0x04, 0x06) or opcode == 0x42:  # block, loop, if, try: a type
            _, at = signed(body, at)
        elif opcode == 0x43:
            at += 4
        elif opcode == 0x44:
            at += 8
        elif opcode in (0x11, 0x13):  # call_indirect: a type and a table
            _, at = unsigned(body, at)
            _, at = unsigned(body, at)
        elif opcode == 0x0E:  # br_table
            count, at = unsigned(body, at)
            for _ in range(count + 1):
                _, at = unsigned(body, at)
        elif opcode == 0x1C:  # select with types
            count, at = unsigned(body, at)
            at += count
        elif opcode == 0x07:  # catch
            _, at = unsigned(body, at)
        elif opcode == 0x1F:  # try_table: a type and its catches
            _, at = signed(body, at)
            count, at = unsigned(body, at)
            for _ in range(count):
                kind = body[at]
                at += 1
                if kind < 2:
                    _, at = unsigned(body, at)
                _, at = unsigned(body, at)
        elif opcode == 0xFC:
            number, at = unsigned(body, at)
            for _ in range(_BULK_NUMBERS.get(number, 0)):
                _, at = unsigned(body, at)
            if number == 10:
                yield Instruction(begin, at, MEMORY_COPY, 0)
        elif opcode <= 0x01 or opcode in (0x05, 0x0A, 0x0B, 0x0F, 0x19, 0x1A, 0x1B, 0xD1) or 0x45 <= opcode <= 0xC4:
            pass
        else:
            raise ValueError(f"opcode {opcode:#x} is not known")


_NO_VALUE = 0x40  # the type of a block that leaves nothing
_WITH_NUMBER = frozenset([BR, CALL, LOCAL_GET, LOCAL_SET, LOCAL_TEE, GLOBAL_SET])


def assemble(*parts: int) -> bytes:
    """Write a few instructions: each opcode is followed by its numbers. Blocks leave no value."""
    out = bytearray()
    rest = iter(parts)
    for opcode in rest:
        out.append(opcode)
        if opcode in (IF, LOOP):
            out.append(_NO_VALUE)
        elif opcode == I32_CONST:
            out += encode_signed(next(rest))
        elif opcode == I32_STORE8:
            out += encode(next(rest)) + encode(next(rest))
        elif opcode in _WITH_NUMBER:
            out += encode(next(rest))
    return bytes(out)


def _skip_alignment(body: bytes, at: int) -> int:
    alignment, at = unsigned(body, at)
    if alignment & 0x40:  # the number of a memory follows
        _, at = unsigned(body, at)
    return at
