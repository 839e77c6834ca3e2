"""Each mistake in the rules is reported where it stands, in words that say what is allowed, and nothing else is."""

import copy
import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rules import checks, load
from rules.checks import RulesError, read_policy
from tests.broken_rules import Mistake, mistakes, same

RULES = Path(__file__).resolve().parent.parent / "rules"
ALL = mistakes()


@pytest.fixture(autouse=True, scope="module")
def read_once() -> Iterator[None]:
    """Read each file's text once: all but the broken ones are the same every time."""
    documents: dict[tuple[str, bytes], load.Document] = {}
    values: dict[tuple[int, type], object] = {}
    read, validate = checks.read, checks.validate

    def read_it(path: Path, name: str) -> load.Document:
        if not path.is_file():
            return read(path, name)
        key = (name, path.read_bytes())
        if key not in documents:
            documents[key] = read(path, name)
        return documents[key]

    def validate_it(document: load.Document, model: type) -> object:
        key = (id(document), model)
        if key not in values:
            values[key] = validate(document, model)
        return values[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "read", read_it)
        patch.setattr(checks, "validate", validate_it)
        yield


@pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.name)
def test_reported_where_it_stands(mistake: Mistake, tmp_path: Path) -> None:
    expected = mistake.apply(RULES, tmp_path / "rules")
    with pytest.raises(RulesError) as caught:
        read_policy(tmp_path / "rules")
    found = [(fault.file, fault.line, fault.column, fault.message) for fault in caught.value.faults]
    assert same(expected, found), "\n".join(["expected:", *map(str, sorted(expected)), "found:", *map(str, found)])
    assert str(caught.value) == "\n".join(f"{file}:{line}:{column}: {said}" for file, line, column, said in found)


def test_there_are_many_different_mistakes() -> None:
    assert len({message for mistake in ALL for message in map(str, mistake.expect)}) >= 60


def test_what_stands_twice_is_found_in_every_list() -> None:
    """At the end of each list whose entries have a name, its first entry stands once more."""
    policy = copy.deepcopy(read_policy(RULES))
    expected = []
    for file, loc, part in policy.parts:
        for field, info in type(part).model_fields.items():
            items = getattr(part, field)
            # A tier is told from the others by what it asks for.
            if not isinstance(items, list) or not items or field == "tiers":
                continue
            key = next((key for key in ("id", "key", "code", "value") if hasattr(items[0], key)), None)
            if key is None:
                continue
            # These are facts with nothing before their ids, as the entries of folders are.
            bare = (file, field) in (("scheme.yaml", "best_of"), ("eligibility.yaml", "conditions"))
            said = f"is taken by {file}" if bare else "stands already above; each may stand once"
            place = (*loc, info.alias or field, len(items), key)
            expected.append((file, place, f"{key}: {getattr(items[0], key)!r} {said}"))
            items.append(copy.deepcopy(items[0]))

    def where(*fault: Any) -> Any:
        return fault

    found: list[Any] = list(checks.unique(policy, where))  # type: ignore[arg-type]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_no_mistake_ends_in_a_traceback(tmp_path: Path) -> None:
    """Random edits: a line gone or twice, a word shortened, a value replaced. Each is reported or harmless."""
    dice = random.Random(int(os.environ.get("APPLICANTS", "5000")))
    root = tmp_path / "rules"
    shutil.copytree(RULES, root, ignore=shutil.ignore_patterns("*.py", "*.json", "__pycache__"))
    files = sorted(root.rglob("*.yaml"))
    values = ["~", "[]", "{}", "0", "-1", "true", "x", "2020-01-01", "[a, b]", "{a: b}", "si_months", "none", ""]
    reported = 0
    for _ in range(int(os.environ.get("APPLICANTS", "5000")) // 200):
        path = dice.choice(files)
        before = path.read_text(encoding="utf-8")
        lines = before.split("\n")
        at = dice.randrange(len(lines))
        value = dice.choice(values)
        edits = [
            [],
            [lines[at], lines[at]],
            [re.sub(r"(:\s+)[^{}\[\],]+", lambda match, value=value: match[1] + value, lines[at], count=1)],
            [re.sub(r"[a-z_]{4,}", lambda match: match[0][:-1], lines[at], count=1)],
        ]
        lines[at : at + 1] = dice.choice(edits)
        path.write_text("\n".join(lines), encoding="utf-8")
        reported += bool(checks.examine(root)[1])
        path.write_text(before, encoding="utf-8")
    assert reported
