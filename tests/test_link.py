"""Links to answers: they carry any applicant, and those that were given out once open for ever."""

from __future__ import annotations

import copy
import functools
import json
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rules import links
from rules.bundle import rulebook
from rules.checks import Policy, read_policy
from rules.model import Links
from tests.applicants import applicants

ROOT = Path(__file__).resolve().parent.parent
#: One line for each link, with what it said on the day it was given out. Lines are added, never changed.
GIVEN_OUT = ROOT / "tests" / "links.jsonl"


@functools.cache
def rules() -> Policy:
    """The policy of this checkout."""
    return read_policy(ROOT / "rules")


@pytest.fixture
def policy() -> Policy:
    """The policy of this checkout."""
    return rules()


def node(**request: Any) -> dict[str, Any]:
    """What the page's own module makes of it."""
    command = [shutil.which("node") or "node", str(ROOT / "tests" / "js" / "links.mjs")]
    done = subprocess.run(
        command,
        input=json.dumps({"numbers": links.numbers(rules()), **request}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_links_carry_every_applicant(policy: Policy) -> None:
    people = [
        {"on": on, "answers": {key: value for key, value in answers.items() if value is not None}}
        for on, answers in applicants(rulebook(policy), 2000, seed=5)
    ]
    made = node(shared=people)["links"]
    assert node(links=made)["shared"] == people
    # The same answers, the same link; other answers, another one.
    assert len(set(made)) == len({json.dumps(person, sort_keys=True) for person in people})


def test_links_that_were_given_out_open_for_ever() -> None:
    given = [json.loads(line) for line in GIVEN_OUT.read_text(encoding="utf-8").splitlines()]
    said = [{name: part for name, part in entry.items() if name != "link"} for entry in given]
    assert node(links=[entry["link"] for entry in given])["shared"] == said
    assert node(shared=said)["links"] == [entry["link"] for entry in given]


def test_every_number_is_held_by_a_link_that_was_given_out() -> None:
    used: dict[str, set[str]] = {}
    for line in GIVEN_OUT.read_text(encoding="utf-8").splitlines():
        for key, value in json.loads(line)["answers"].items():
            used.setdefault(key, set()).add(str(value))
    missing = [
        f"{key} {option}".strip()
        for key, entry in links.numbers(rules()).items()
        for option in entry.get("options", {"": 0})
        if key not in used or (option and option not in used[key])
    ]
    assert not missing, f"add a line to {GIVEN_OUT.name} with: {', '.join(missing)}"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda n: n.pop("award"), "award: missing; add award: {number: 35, type: choice, options: {none: 0, municipal_special: 1,"),
        (lambda n: n["award"]["options"].pop("provincial"), "award: the option provincial is missing; the next free number is 3"),
        (lambda n: n["award"].update(number=2), "number 2 stands twice"),
        (lambda n: n["award"].update(number=1), "number 1 stands twice"),
        (lambda n: n["award"]["options"].update(none=1), "award: option 1 stands twice"),
        (lambda n: n["award"].update(type="boolean"), "award: is of type choice in the rules now"),
        (lambda n: n["award"].update(gone=True), "award: is of type choice in the rules now"),
        (lambda n: n.update(former={"number": 99, "type": "boolean"}), "former: is asked no more"),
    ],
)  # fmt: skip
def test_a_number_that_would_break_links_stops_the_build(policy: Policy, change: Any, message: str) -> None:
    known = copy.deepcopy(links.numbers(policy))
    assert links.wrong(policy, known) == []
    change(known)
    found = links.wrong(policy, known)
    assert any(fault.startswith(message) for _key, fault in found), found


def test_a_new_question_is_told_its_line_in_full() -> None:
    """Numbers follow the highest one, of the questions and of what is taken by the link itself; quotes stand where YAML needs them."""

    def asked(key: str, type_: str, *options: str) -> Any:
        return SimpleNamespace(key=key, type=type_, options=[SimpleNamespace(value=value) for value in options])

    kinds = [asked("old", "choice", "a"), asked("day", "date"), asked("pick", "choice", "none", "2", "b3", "10.x")]
    rules: Any = SimpleNamespace(questions={question.key: question for question in kinds})
    assert links.wrong(rules, {"old": {"number": 7, "type": "choice", "options": {"a": 0}}}) == [
        ("day", "day: missing; add day: {number: 8, type: date}"),
        ("pick", 'pick: missing; add pick: {number: 9, type: choice, options: {none: 0, "2": 1, b3: 2, "10.x": 3}}'),
    ]
    [*_, (key, fault)] = links.wrong(rules, {})
    assert (key, fault.partition(", type")[0]) == ("pick", "pick: missing; add pick: {number: 4")
    kinds[0].options.append(SimpleNamespace(value="b"))
    known = {
        key: {"number": 7 + at, "type": it.type, "options": {"gone": 4}}
        for at, (key, it) in enumerate(rules.questions.items())
    }
    known["day"]["type"] = "integer"
    del known["old"]["options"]
    known["former"], known["lost"] = {"number": 7, "type": "date", "gone": True}, {"number": 1, "type": "date"}
    assert links.wrong(rules, known) == [
        ("", "number 1 stands twice"),
        ("", "number 7 stands twice"),
        ("old", "old: the option a is missing; the next free number is 0"),
        ("old", "old: the option b is missing; the next free number is 0"),
        ("day", "day: is of type date in the rules now; a link cannot change a question's type: give the new question another key"),
        *(("pick", f"pick: the option {value} is missing; the next free number is 5") for value in ("none", "2", "b3", "10.x")),
        ("lost", "lost: is asked no more; keep its number and add gone: true"),
    ]  # fmt: skip
    known = {
        "old": {"number": 7, "type": "choice", "options": {"a": 4, "b": 4}},
        "day": {"number": 8, "type": "date", "gone": True},
        "pick": {"number": 9, "type": "choice", "options": {"none": 0, "2": 1, "b3": 2, "10.x": 3}},
    }
    other_key = "a link cannot change a question's type: give the new question another key"
    assert links.wrong(rules, known) == [
        ("old", "old: option 4 stands twice"),
        ("day", f"day: is of type date in the rules now; {other_key}"),
    ]


def test_numbers_are_told_without_what_links_yaml_leaves_out() -> None:
    told = {
        "old": {"number": 7, "type": "choice", "options": {"a": 0, "b": 4}},
        "day": {"number": 12, "type": "date"},
        "former": {"number": 9, "type": "boolean", "gone": True},
    }
    rules: Any = SimpleNamespace(files={"links.yaml": Links.model_validate({"questions": told})})
    assert links.numbers(rules) == told
    assert links.next_number(rules) == 13
    rules.files["links.yaml"] = Links.model_validate({"questions": {}})
    assert links.next_number(rules) == 2
