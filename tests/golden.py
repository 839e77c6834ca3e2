"""The golden applicants of tests/cases/*.yaml: sentences with answers and what must come out.

A file has ``on`` (the day, unless a case names its own), ``others`` and ``cases``. ``others: nothing`` gives every answer
that a case leaves out the value of cases/_nothing.yaml, which claims nothing; ``others: unknown`` leaves them open.
``for_each`` lists answers that vary: every combination of them is one case with the same result.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent / "cases"


class Loader(yaml.SafeLoader):
    """YAML whose dates stay text, as in JSON, and in which ``on`` is a word and only ``true`` is true."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class Case:
    """One applicant. ``expect`` holds some of low, high, reaches_standard, eligible and vetoed; ``items`` the low, high
    and status of some indicators; ``refused`` the key and code of every fault, where the input is refused instead."""

    name: str
    on: str
    answers: dict[str, Any]
    expect: dict[str, Any]
    items: dict[str, tuple[int, int, str]]
    refused: list[tuple[str, str]] | None

    def differences(self, result: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        """Where an estimate (as the command line and the page's worker give it) is not as expected: (expected, found)."""
        found = {item["id"]: (item["low"], item["high"], item["status"]) for item in result["items"]}
        wanted = {**self.expect, **self.items}
        return {
            name: (value, there)
            for name, value in wanted.items()
            if (there := found.get(name, result.get(name))) != value
        }


def cases() -> list[Case]:
    """Every case of every file, in the order of the files."""
    nothing = load(FOLDER / "_nothing.yaml")
    found = []
    for path in sorted(FOLDER.glob("[a-z]*.yaml")):
        file = load(path)
        others = {"nothing": nothing, "unknown": {}}[file["others"]]
        for case in file["cases"]:
            for variant in _variants(case.get("for_each", {})):
                words = ", ".join(str(value) for value in variant.values())
                found.append(
                    _case(case, f"{path.stem}: {case['name']}{words and f' ({words})'}", file, others, variant)
                )
    return found


def _case(
    case: dict[str, Any], name: str, file: dict[str, Any], others: dict[str, Any], variant: dict[str, Any]
) -> Case:
    expect = dict(case["expect"])
    items = {key: tuple(value) for key, value in expect.pop("items", {}).items()}
    refused = expect.pop("refused", None)
    answers = {**others, **case.get("answers", {}), **variant}
    faults = None if refused is None else [tuple(fault) for fault in refused]
    return Case(name, str(case.get("on", file["on"])), answers, expect, items, faults)


def _variants(for_each: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(for_each, values, strict=True)) for values in itertools.product(*for_each.values())]


def load(path: Path) -> dict[str, Any]:
    """What stands in a file of the tests, read with ``Loader``."""
    value: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    return value
