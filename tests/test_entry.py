"""The door for JavaScript: what each kind of request answers at its limits, by rules that a test changes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from estimator import entry
from estimator.model import Rulebook
from tests import fuzz

ON = "2030-06-15"
BUNDLE = json.loads(
    (Path(__file__).resolve().parent.parent / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
)


@pytest.fixture(autouse=True)
def loaded() -> Iterator[None]:
    fuzz.load()
    yield
    fuzz.load()


def asked(kind: str, **parts: Any) -> Any:
    return json.loads(entry.handle(kind, json.dumps({"on": ON, **parts})))


def test_loading_says_which_rules_they_are() -> None:
    changed = BUNDLE | {"name": "试", "hash": "0123"}
    assert entry.handle("load", json.dumps(changed)) == '{"ok":{"name":"试","hash":"0123"}}'


def test_other_readings_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    usual = Rulebook.from_bundle

    def from_bundle(bundle: Any, readings: Any = None) -> Rulebook:
        made.append(readings)
        return usual(bundle, readings)

    monkeypatch.setattr(Rulebook, "from_bundle", from_bundle)
    others = entry._others()
    assert made == [{name: option} for name, options in others.items() for option in options] != []
    assert entry._others() is others
    assert len(made) == sum(map(len, others.values()))


def test_the_standards_of_these_years_are_told_each_from_its_day() -> None:
    changed = copy.deepcopy(BUNDLE)
    changed["standard"] = [
        {"from": day, "points": points, "sources": []}
        for day, points in (("2018-01-01", 7), (ON, 8), ("2031-01-01", 9), ("2032-06-15", 10), ("2032-06-16", 11))
    ]
    entry.handle("load", json.dumps(changed))
    found = asked("project", years=2)["ok"]
    assert found["end"] == "2032-06-15"
    assert found["standards"] == [
        {"from": ON, "points": 8},
        {"from": "2031-01-01", "points": 9},
        {"from": "2032-06-15", "points": 10},
    ]


def test_without_a_question_for_it_a_history_has_no_limits() -> None:
    changed = copy.deepcopy(BUNDLE)
    changed["questions"] = [
        {**question, "derived": None} for question in changed["questions"] if question["type"] != "history"
    ]
    text = "1900-01 5"
    assert asked("paste", text=text)["refused"][0]["code"] == "month_out_of_range"
    entry.handle("load", json.dumps(changed | {"indicators": [], "best_of": []}))
    found = {"stretches": [{"from": "1900-01", "to": "1900-01", "base": 5}], "made_up": []}
    assert asked("paste", text=text) == {"ok": found}


def test_a_roster_has_a_most_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "MOST_ROWS", 2)
    text = "id,si_months\n1,12\n# no row\n2,13\n"
    rows = [[2, "1", {"si_months": "12"}], [4, "2", {"si_months": "13"}]]
    assert asked("roster_open", text=text)["ok"]["rows"] == rows
    too_many = {"code": "too_many_rows", "key": "", "value": "", "allowed": {"max": 2}}
    assert asked("roster_open", text=text + "3,14\n") == {"refused": [too_many]}


def test_a_row_may_fill_every_column_and_one_more() -> None:
    cells = {question["key"]: "?" for question in BUNDLE["questions"]} | {"": "too much"}
    [result] = asked("roster_score", rows=[[2, "1", cells]])["ok"]["results"]
    assert {fault["key"] for fault in result["faults"]} == set(cells)


def test_the_answers_of_rows_come_back_as_they_are_understood() -> None:
    rows = [
        [2, "1", {"birth_date": "1990/5/20", "si_months": "1年", "holds_permit": "否", "si_history": "2024-01 5"}],
        [3, "2", {"si_months": "?"}],
        [4, "3", {}],
    ]
    answers = {
        "birth_date": "1990-05-20",
        "si_months": 12,
        "holds_permit": False,
        "si_history": [{"from": "2024-01", "to": "2024-01", "base": 5}],
    }
    assert asked("roster_answers", rows=rows) == {"ok": {"answers": [answers, None, {}]}}


def test_a_roster_looks_ten_years_ahead_or_as_far_as_it_is_told() -> None:
    changed = copy.deepcopy(BUNDLE)
    changed["standard"] = [{"from": "2018-01-01", "points": 33, "sources": []}]
    insured = next(one for one in changed["indicators"] if one["id"] == "si_years")
    insured["values"][-1]["points"] |= {"per_year": 3, "from_years": None}
    entry.handle("load", json.dumps(changed | {"indicators": [insured], "best_of": []}))
    rows = [[2, "", {"si_months": "131"}], [3, "", {"si_months": "12"}], [4, "", {"si_months": "11"}]]
    for ahead, days in (
        ({"years": 1}, ["2030-07-01", "", ""]),
        ({"years": 9}, ["2030-07-01", "", ""]),
        ({}, ["2030-07-01", "2040-06-01", ""]),
        ({"years": 11}, ["2030-07-01", "2040-06-01", "2040-07-01"]),
    ):
        results = asked("roster_score", rows=rows, **ahead)["ok"]["results"]
        assert [result["reaches_on"] for result in results] == days
