"""What is said of a value that may not stand there, for kinds of files made up here: each kind of mistake, whole."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from rules.faults import validate
from rules.guide import Figures
from rules.load import Document, parse
from rules.model import Address, ByReading, Count, Day, Id, Month, Multiple, Positive, Strict, Text


class Leaf(Strict):
    method: Literal["leaf"]
    size: Count
    veins: list[int] = Field(default=[])


class Bare(Strict):
    method: Literal["bare"]


class Twig(Strict):
    type: Literal["twig"]
    leaves: dict[str, Leaf] = Field(default={})
    thick: Positive | ByReading[int] = 1
    shape: Literal["round", "flat"] | ByReading[int] | None = None
    grown: Leaf | Bare | None = None
    figures: Figures = Field(default={})


class Thorn(Strict):
    type: Literal["thorn"]
    depth: Annotated[int, Field(lt=0)] = -1


class Tree(Strict):
    id: Id = "tree"
    name: Text | None = None
    from_: Day | None = Field(default=None, alias="from")
    month: Month = "2030-01"
    multiple: Multiple = "1"
    see: Address = "https://example.org"
    tall: bool = True
    either: bool | int | str | None = None
    rings: list[Count] = Field(default=[1], min_length=1)
    pairs: list[int] = Field(default=[1, 2], min_length=2)
    grade: Literal["good", "bad"] = "good"
    twigs: list[Annotated[Twig | Thorn, Field(discriminator="type")]] = Field(default=[])
    leaf: Annotated[Leaf | Bare, Field(discriminator="method")] = Bare(method="bare")
    fallen: list[Leaf] | None = None


ID = "must be small letters, digits and single hyphens, a letter first, like si-base-2026"
KEYS = "either, fallen, from, grade, id, leaf, month, multiple, name, pairs, rings, see, tall, twigs"
LEAF = "leaf: {method: leaf, size: 1, "


def faults(text: str) -> list[str]:
    """Every fault of a text."""
    document = parse(text, Document("x"))
    assert document.faults == []
    value, found = validate(document, Tree)
    assert (value is None) == bool(found)
    return [str(fault).removeprefix("x:") for fault in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("id: tree\n", []),
        ("id: Tree\n", [f"1:5: id: 'Tree': {ID}"]),
        ("id: 1\n", ["1:5: id: 1: must be text; put quotes around it if it looks like a number"]),
        ("id: [a]\n", ["1:5: id: a list: must be text; put quotes around it if it looks like a number"]),
        ("id: {a: 1}\n", ["1:5: id: a mapping: must be text; put quotes around it if it looks like a number"]),
        ("id: ~\n", ["1:5: id: nothing: must be text; put quotes around it if it looks like a number"]),
        ("name: {zh: 树}\n", ["1:7: en: this key is missing; both languages are needed"]),
        ("name: {en: Tree}\n", ["1:7: zh: this key is missing; both languages are needed"]),
        ('name: {zh: 树, en: " "}\n', ["1:19: name.en: ' ': must not be empty"]),
        ("name: tree\n", ["1:7: name: 'tree': must be a mapping of keys to values"]),
        ("from: 20300615\n", ["1:7: from: 20300615: must be text; put quotes around it if it looks like a number"]),
        ("from: 2030-02-29\n", ["1:7: from: '2030-02-29': must be a day that exists, as YYYY-MM-DD"]),
        ("from: 2030-W01-1\n", ["1:7: from: '2030-W01-1': must be a day that exists, as YYYY-MM-DD"]),
        ("month: 2030-13\n", ["1:8: month: '2030-13': must be a month, as YYYY-MM"]),
        ('multiple: "0.85"\n', ["1:11: multiple: '0.85': must be a multiple with one decimal at most, like \"0.8\""]),
        ("see: https://X.org\n", []),
        *((f"see: {it}\n", [f"1:6: see: {it!r}: must be an address that begins with https:// and has no blanks or quotes"])
          for it in ("http://a.b", "https://a b", "https://a'b", "https://a<b", "https://a>b", 'https://a"b')),
        ("tall: 1\n", ["1:7: tall: 1: must be true or false, without quotes"]),
        ("either: [1]\n", ["1:9: either: a list: must be true or false, a whole number or text"]),
        ("rings: 1\n", ["1:8: rings: 1: must be a list, one entry a line, each after “- ”"]),
        ("rings: []\n", ["1:8: rings: a list: must have at least 1 entry"]),
        ("pairs: [1]\n", ["1:8: pairs: a list: must have at least 2 entries"]),
        ("rings: [1, -1, 0, x, 1.5]\n", ["1:12: rings.1: -1: must be at least 0",
                                       "1:19: rings.3: 'x': must be a whole number, without quotes",
                                       "1:22: rings.4: 1.5: must be a whole number, without quotes"]),
        ("fallen: 1\nleaf: 1\ntwigs: [1, {type: twig, leaves: 1}]\n", [
            "3:9: twigs.0: 1: must be a mapping of keys to values",
            "3:33: twigs.1.leaves: 1: must be a mapping of keys to values",
            "2:7: leaf: 1: must be a mapping of keys to values",
            "1:9: fallen: 1: must be a list, one entry a line, each after “- ”",
        ]),
        ("grade: fair\n", ["1:8: grade: 'fair': must be 'good' or 'bad'"]),
        (f"grade: {'x' * 58}\n", [f"1:8: grade: '{'x' * 58}': must be 'good' or 'bad'"]),
        (f"grade: {'x' * 59}\n", [f"1:8: grade: '{'x' * 56}…: must be 'good' or 'bad'"]),
        # Keys: one that is like another is not missing as well; where none is like it, all are listed.
        ("twiggs: []\n", ["1:1: twiggs: not a key here; did you mean twigs?"]),
        ("colour: 1\n", [f"1:1: colour: not a key here; known here: {KEYS}"]),
        ("leaf: {method: leaf, sise: 1}\n", ["1:22: sise: not a key here; did you mean size?"]),
        ("leaf: {method: leaf, colour: 1}\n", ["1:7: size: this key is missing", "1:22: colour: not a key here; known here: method, size, veins"]),
        ("fallen: [{method: leaf, sise: 1}]\n", ["1:25: sise: not a key here; did you mean size?"]),
        ("leaf: {method: bare, size: 1}\n", ["1:22: size: not a key here; known here: method"]),
        (LEAF + "veins: [a]}\n", ["1:39: leaf.veins.0: 'a': must be a whole number, without quotes"]),
        # What a mapping is called by.
        ("leaf: {size: 1}\n", ["1:7: method: this key is missing; one of leaf, bare"]),
        ("leaf: {method: leave, size: 1}\n", ["1:16: method: 'leave' is not known here; did you mean leaf?; one of leaf, bare"]),
        ("twigs:\n  - type: branch\n", ["2:11: type: 'branch' is not known here; one of twig, thorn"]),
        ("twigs:\n  - leaves: {}\n", ["2:5: type: this key is missing; one of twig, thorn"]),
        ("twigs:\n  - {type: thorn, depth: 0}\n", ["2:26: twigs.0.depth: 0: must be less than 0"]),
        ("twigs:\n  - {type: thorn, dept: -2}\n", ["2:19: dept: not a key here; did you mean depth?"]),
        ("twigs:\n  - {type: thorn, thick: 1}\n", ["2:19: thick: not a key here; known here: depth, type"]),
        ("twigs:\n  - {type: twig, thick: x}\n", ["2:25: twigs.0.thick: 'x': must be a whole number or a mapping"]),
        # What fits one of several types is told what that one asks for, and nothing of the others.
        ("twigs:\n  - {type: twig, thick: 0}\n", ["2:25: twigs.0.thick: 0: must be at least 1"]),
        ("twigs:\n  - {type: twig, thick: {reading: a}}\n", ["2:25: options: this key is missing"]),
        ("twigs:\n  - {type: twig, shape: flt}\n", ["2:25: twigs.0.shape: 'flt': must be 'round' or 'flat' or a mapping"]),
        ("twigs:\n  - {type: twig, grown: 1}\n", ["2:25: twigs.0.grown: 1: must be a mapping"]),
        ("twigs:\n  - {type: twig, figures: {a: ' '}}\n", ["2:31: twigs.0.figures.a: ' ': must be a whole number, a day, a month, or a sum that begins with “= ”"]),
        ("twigs:\n  - {type: twig, thick: {reading: a, options: {b: x}}}\n", ["2:51: twigs.0.thick.options.b: 'x': must be a whole number, without quotes"]),
        ("twigs:\n  - {type: twig, thick: {reading: a, optoins: {b: 1}}}\n", ["2:38: optoins: not a key here; did you mean options?"]),
        ("twigs:\n  - {type: twig, leaves: {a: {method: leaf, sise: 2}}}\n", ["2:45: sise: not a key here; did you mean size?"]),
        ("twigs:\n  - {type: twig, leaves: {a: {method: bare, size: 2}}}\n", ["2:39: twigs.0.leaves.a.method: 'bare': must be 'leaf'"]),
        ("[1]\n", ["1:1: the file: a list: must be a mapping of keys to values"]),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_what_is_allowed(text: str, wanted: list[Any]) -> None:
    assert faults(text) == wanted
