"""YAML as the rules use it: what a text comes to, and each fault with its place. No policy is read here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rules.load import HOPELESS, MAX_DEPTH, Document, parse, read

OUT = "anchors and aliases (& and *) are not used here: write the value out"
PLAINLY = "tags are not used here: write the value plainly"
FILL = ": fill it in, or remove it where it is not needed"
TWICE = "this key stands already in line 1; keep one of the two"


def faults(text: str) -> list[str]:
    """Every fault of a text, as a maintainer sees it."""
    return [str(fault) for fault in parse(text, Document("x")).faults]


def test_values_are_what_they_look_like() -> None:
    text = """\
day: 2030-01-02
number: -1_000
broken: 0.25
"yes": yes
true: [true, false, True, on]
none: [~, null, ""]
time: 12:30
octal: [007, 0o7, 1__0, 1e3]
0.8: .5
<<: {merge: "1"}
folded: >-
  one
  two
"""
    document = parse(text, Document("x"))
    assert document.faults == []
    assert document.value == {
        "day": "2030-01-02",
        "number": -1000,
        "broken": 0.25,
        "yes": "yes",
        "true": [True, False, "True", "on"],
        "none": [None, None, ""],
        "time": "12:30",
        "octal": ["007", "0o7", 10, "1e3"],
        "0.8": ".5",
        "<<": {"merge": "1"},
        "folded": "one two",
    }
    assert type(document.value["number"]) is int
    # Places count from 1; a list entry has its own, a mapping's key another than its value.
    assert document.values[("true", 1)] == (5, 14)
    assert (document.keys[("<<", "merge")], document.values[("<<", "merge")]) == ((10, 6), (10, 13))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: &m 1\nb: *m\n", [f"x:1:4: &m: {OUT}", f"x:2:4: *m: {OUT}"]),
        ("a: *what\n", [f"x:1:4: *what: {OUT}"]),
        ("a: &m [*m]\n", [f"x:1:4: &m: {OUT}", f"x:1:8: *m: {OUT}"]),
        ("a: !!int 1\n", [f"x:1:4: !!int: {PLAINLY}"]),
        ("a:\n  - !odd {}\n", [f"x:2:5: !odd: {PLAINLY}"]),
        ("a: !<tag:x> 1\n", [f"x:1:4: tag:x: {PLAINLY}"]),
        ("", ["x:1:1: the file is empty"]),
        ("a: 1\nb: 2\na: 3\nc: TODO\n", [f"x:3:1: a: {TWICE}", f"x:4:4: still a blank{FILL}"]),
        ("? [a]\n: 1\nb: TODO\n", ["x:1:3: a key must be a plain word", f"x:3:4: still a blank{FILL}"]),
        ("a: one: two\n", ["x:1:7: not YAML: mapping values are not allowed here; a text with “: ” in it needs quotes around it"]),
        ("a:\n\tb: 1\n", ["x:2:1: not YAML: found character '\\t' that cannot start any token; indent with blanks, not with tabs"]),
        ("- a\nb: 1\n", ["x:2:1: not YAML: expected <block end>, but found '?'; this line is not indented like the ones it belongs to"]),
        ("a: [1\n", ["x:2:1: not YAML: expected ',' or ']', but got '<stream end>'"]),
        ("a: 1\n---\nb: 1\n", ["x:2:1: not YAML: expected a single document in the stream, but found another document"]),
        ("\n\nb: \x01\n", ["x:3:1: U+0001: YAML does not allow this character"]),
        ("a: TODO a day\n", [f"x:1:4: still a blank (a day){FILL}"]),
        (f"a: -{'9' * 17}\n", []),
        (f"a: {'9' * 18}\n", []),
        ("a: 1234567890123456789\n", ["x:1:4: 123456789012…: a number of 19 digits is no figure of the policy"]),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(text: str, wanted: list[str]) -> None:
    assert faults(text) == wanted


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_nesting_has_two_ends(opened: str, closed: str) -> None:
    """Up to one depth all is read, up to another the rest of the file is, and from there on nothing."""

    def nested(depth: int) -> list[str]:
        return faults(opened * depth + "1" + closed * depth + "\n")

    too_deep = f"nested too deeply; at most {MAX_DEPTH} levels"
    assert nested(MAX_DEPTH) == []
    for depth in (MAX_DEPTH + 1, HOPELESS + 1):
        assert nested(depth) == [f"x:1:{(MAX_DEPTH + 1) * len(opened) + 1}: {too_deep}"]
    assert nested(HOPELESS + 2) == [f"x:1:{(HOPELESS + 1) * len(opened) + 1}: not YAML: {too_deep}"]


def test_a_file_that_is_no_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_bytes(data: bytes) -> tuple[Any, list[str]]:
        (tmp_path / "a.yaml").write_bytes(data)
        document = read(tmp_path / "a.yaml", "x")
        assert document.file == "x"
        return document.value, [str(fault) for fault in document.faults]

    assert read_bytes("a: 是\n".encode()) == ({"a": "是"}, [])
    assert read_bytes(b"a: TODO\n") == ({"a": None}, [f"x:1:4: still a blank{FILL}"])
    assert read_bytes(b"\n\nb: \xff\n") == (None, ["x:3:1: this line is not UTF-8 text; save the file as UTF-8"])
    monkeypatch.setattr("rules.load.MAX_BYTES", 2000)
    whole = b"a: 1\n#" + b"-" * 1994
    assert read_bytes(whole) == ({"a": 1}, [])
    assert read_bytes(whole + b"-") == (None, ["x:1:1: the file has 2,001 bytes; at most 2,000 are read"])
    gone = read(tmp_path / "gone.yaml", "x")
    assert [str(fault) for fault in gone.faults] == ["x:1:1: cannot be read: No such file or directory"]


def test_a_fault_of_what_is_missing_stands_at_what_is_there() -> None:
    document = parse("a:\n  - b: 1\n", Document("x"))
    assert str(document.fault(("a", 0, "b"), "wrong")) == "x:2:8: wrong"
    assert str(document.fault(("a", 0, "b"), "wrong", at_key=True)) == "x:2:5: wrong"
    assert str(document.fault(("a", 0, "c"), "wrong")) == "x:2:5: wrong"
    assert str(document.fault(("a", 0, "c", 7), "wrong", at_key=True)) == "x:2:5: wrong"
    assert str(document.fault(("c",), "wrong")) == "x:1:1: wrong"
    assert str(Document("x").fault(("c",), "wrong")) == "x:1:1: wrong"
