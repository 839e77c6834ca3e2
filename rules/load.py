"""Read YAML and remember where everything stood.

PyYAML alone accepts a key twice, turns ``2018-01-01`` into an object and forgets the line. The readers here compose the
node tree instead, so that every later fault can be reported as ``file:line:column``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

#: A path into a document: mapping keys and list indices, outermost first.
Loc = tuple[str | int, ...]

#: What a maintainer can do about the commonest faults of syntax.
HINTS = {
    "mapping values are not allowed here": "a text with “: ” in it needs quotes around it",
    "found character '\\t' that cannot start any token": "indent with blanks, not with tabs",
    "expected <block end>, but found": "this line is not indented like the ones it belongs to",
}

#: Larger files are refused before they are parsed: a rule file is a few kilobytes.
MAX_BYTES = 1_000_000
#: A value that begins so is a blank that ``rules.scaffold`` left.
BLANK = "TODO"
#: Deeper nesting is no rule file.
MAX_DEPTH = 40
#: Nesting at which reading stops, and with it the search for other faults.
HOPELESS = 3 * MAX_DEPTH


@dataclass(frozen=True, order=True)
class Fault:
    """One mistake in one place; ``str()`` gives ``file:line:column: message``, counted from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


@dataclass
class Document:
    """The plain value of a YAML file, and the place of each of its parts."""

    file: str
    value: Any = None
    values: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Loc, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, loc: Loc, message: str, *, at_key: bool = False) -> Fault:
        """A fault at ``loc``, or at the nearest enclosing place that the file really has."""
        places = self.keys if at_key and loc in self.keys else self.values
        while loc not in places and loc:
            loc = loc[:-1]
        line, column = places.get(loc, (1, 1))
        return Fault(self.file, line, column, message)


class _Loader(yaml.SafeLoader):
    """YAML as the rules use it: only ``true`` and ``false`` are booleans, and a date stays the text it is.

    ``odd`` collects the tags, anchors and aliases, which the node tree does not show: they are seen while scanning.
    """

    def __init__(self, text: str):
        self.odd: list[tuple[int, int, str]] = []
        super().__init__(text)

    def scan_tag(self) -> Any:
        """Read a tag, and note it."""
        token = super().scan_tag()
        self._note(
            token, f"{''.join(part or '' for part in token.value)}: tags are not used here: write the value plainly"
        )
        return token

    def scan_anchor(self, kind: Any) -> Any:
        """Read an anchor or an alias, and note it."""
        token = super().scan_anchor(kind)  # type: ignore[no-untyped-call]
        sign = "&" if kind is yaml.AnchorToken else "*"
        self._note(token, f"{sign}{token.value}: anchors and aliases (& and *) are not used here: write the value out")
        return token

    def fetch_flow_collection_start(self, TokenClass: Any) -> None:
        """Begin a list or mapping in brackets."""
        self._measure(self.flow_level)
        super().fetch_flow_collection_start(TokenClass)

    def add_indent(self, column: int) -> bool:
        """Begin a list or mapping by indentation."""
        self._measure(len(self.indents))
        return bool(super().add_indent(column))

    def _measure(self, depth: int) -> None:
        """Stop before reading takes long: each level makes every later one slower, and the stack has an end."""
        if depth > HOPELESS:
            mark = self.get_mark()
            raise yaml.MarkedYAMLError(problem=f"nested too deeply; at most {MAX_DEPTH} levels", problem_mark=mark)

    def _note(self, token: Any, message: str) -> None:
        self.odd.append((token.start_mark.line + 1, token.start_mark.column + 1, message))


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag
        not in (
            "tag:yaml.org,2002:timestamp",
            "tag:yaml.org,2002:bool",
            "tag:yaml.org,2002:int",
            "tag:yaml.org,2002:float",
            "tag:yaml.org,2002:merge",
        )
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
# No octal, no sexagesimal, no leading zero: 007 and 12:30 stay text and fail as the wrong type, in sight.
_INT = re.compile(r"^-?(?:0|[1-9][0-9_]*)$")
_FLOAT = re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$")
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INT, list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-0123456789"))


def read(path: Path, name: str) -> Document:
    """Read one YAML file; ``name`` is what faults call it. The document is shared: leave it as it is.

    Faults that keep the file from being read at all (not UTF-8, bad syntax, an anchor, a key twice) are in
    ``Document.faults``; the value is then ``None`` or what could be read besides them.
    """
    document = Document(name)
    try:
        data = path.read_bytes()
        if len(data) > MAX_BYTES:
            document.faults.append(
                Fault(name, 1, 1, f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read")
            )
            return document
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        document.faults.append(Fault(name, line, 1, "this line is not UTF-8 text; save the file as UTF-8"))
        return document
    except OSError as error:
        document.faults.append(Fault(name, 1, 1, f"cannot be read: {error.strerror}"))
        return document
    return _parsed(text, name)


@functools.lru_cache(maxsize=256)
def _parsed(text: str, name: str) -> Document:
    """As ``parse``; a file that has not changed is not parsed again while a server or the tests run."""
    return parse(text, Document(name))


def parse(text: str, document: Document) -> Document:
    """Fill ``document`` from YAML text. Returns the same document."""
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        document.faults.append(
            Fault(document.file, line, 1, f"U+{error.character:04X}: YAML does not allow this character")
        )
        return document
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark, problem = error.problem_mark, str(error.problem)
        # PyYAML gives a place with whatever it refuses.
        assert mark is not None
        line, column = mark.line + 1, mark.column + 1
        if problem.startswith("but "):
            problem = f"{error.context}, {problem}"
        hint = next((hint for begun, hint in HINTS.items() if problem.startswith(begun)), "")
        problem = f"{problem}; {hint}" if hint else problem
        if (line, column) not in {(row, start) for row, start, _message in loader.odd}:
            document.faults.append(Fault(document.file, line, column, f"not YAML: {problem}"))
        return document
    finally:
        document.faults += [Fault(document.file, *odd) for odd in loader.odd]
        loader.dispose()
    if node is None:
        document.faults.append(Fault(document.file, 1, 1, "the file is empty"))
        return document
    document.value = _value(node, (), document, set())
    return document


def _value(node: yaml.Node, loc: Loc, document: Document, seen: set[int]) -> Any:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    document.values[loc] = (line, column)
    if id(node) in seen:
        # The node of an alias, which has been reported; one inside itself would never end.
        return None
    seen.add(id(node))
    if len(loc) > MAX_DEPTH:
        document.faults.append(Fault(document.file, line, column, f"nested too deeply; at most {MAX_DEPTH} levels"))
        return None
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, loc, document, seen))
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*loc, index), document, seen) for index, child in enumerate(node.value)]
    return _scalar(node, document)


def _pairs(node: yaml.MappingNode, loc: Loc, document: Document, seen: set[int]) -> Iterator[tuple[str, Any]]:
    first: dict[str, int] = {}
    for key_node, value_node in node.value:
        line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
        if not isinstance(key_node, yaml.ScalarNode):
            document.faults.append(Fault(document.file, line, column, "a key must be a plain word"))
            continue
        # A key is the text that stands there: `1:` and `0.8:` name tiers, not numbers.
        key = key_node.value
        if key in first:
            document.faults.append(
                Fault(
                    document.file,
                    line,
                    column,
                    f"{key}: this key stands already in line {first[key]}; keep one of the two",
                )
            )
            continue
        first[key] = line
        document.keys[(*loc, key)] = (line, column)
        yield key, _value(value_node, (*loc, key), document, seen)


def _scalar(node: yaml.Node, document: Document) -> Any:
    def wrong(message: str) -> None:
        document.faults.append(Fault(document.file, node.start_mark.line + 1, node.start_mark.column + 1, message))

    if node.value.startswith(BLANK):
        hint = node.value.removeprefix(BLANK).strip()
        return wrong(f"still a blank{f' ({hint})' if hint else ''}: fill it in, or remove it where it is not needed")
    if node.tag == "tag:yaml.org,2002:int" and _INT.match(node.value):
        digits = node.value.replace("_", "")
        if len(digits) > 18:
            return wrong(f"{digits[:12]}…: a number of {len(digits)} digits is no figure of the policy")
        return int(digits)
    if node.tag == "tag:yaml.org,2002:float" and _FLOAT.match(node.value):
        return float(node.value)
    if node.tag == "tag:yaml.org,2002:bool":
        return node.value == "true"
    if node.tag == "tag:yaml.org,2002:null":
        return None
    return node.value
