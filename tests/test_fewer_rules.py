"""Rules that hold less than today's: without a condition, a diploma, tiers, or an indicator in force. The estimator goes on."""

from __future__ import annotations

import copy
import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from estimator import __main__ as command
from estimator import entry
from estimator.answers import read_answers
from estimator.deadline import count_back
from estimator.explain import diploma
from estimator.insight import samples
from estimator.methods import Brackets
from estimator.model import Rulebook
from estimator.paths import Wishes, paths
from estimator.score import own_points, score

BUNDLE = json.loads(
    (Path(__file__).resolve().parent.parent / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
)
ON = date(2026, 11, 21)


def fewer(part: str, leave_out: Any) -> Rulebook:
    """Today's rules without the entries of a part that ``leave_out`` names."""
    data = copy.deepcopy(BUNDLE)
    kept = [one for one in data[part] if not leave_out(one)]
    assert len(kept) < len(data[part])
    return Rulebook.from_bundle(data | {part: kept})


def method(indicator: dict[str, Any]) -> str:
    return str(indicator["values"][-1]["points"]["method"])


def test_where_no_condition_asks_for_recent_months_none_are_counted_back() -> None:
    counted = {q["key"] for q in BUNDLE["questions"] if (q.get("derived") or {}).get("window_months")}
    book = fewer("eligibility", lambda one: (one["values"][-1].get("requires") or {}).get("answer") in counted)
    found = count_back(book, read_answers(book, {"birth_date": "1990-05-20"}, ON), date(2027, 9, 1))
    assert found.insured_from is None
    assert found.missing == () and found.fit == "unknown"


def test_where_nothing_is_given_for_a_diploma_none_is_judged() -> None:
    book = fewer("indicators", lambda one: method(one) == "diploma")
    answers = read_answers(book, {"education_level": "bachelor"}, ON)
    found = diploma(book, answers)
    assert found.pop("verdict") == "none"
    assert not any(found.values())


def test_where_no_tiers_are_given_a_history_still_leads_to_ways() -> None:
    book = fewer("indicators", lambda one: method(one) == "base_tiers")
    nothing = {q["key"]: q["neutral"] for q in BUNDLE["questions"] if q.get("neutral") is not None}
    counted = {q["key"] for q in BUNDLE["questions"] if q.get("derived")}
    given = {key: value for key, value in nothing.items() if key not in counted} | {
        "birth_date": "1990-05-20",
        "education_level": "junior_college",
        "education_route": "full_time",
        "education_registered": True,
        "si_months": 60,
        "si_history": [{"from": "2024-01", "to": "2026-10", "base": 13000}],
    }
    found = paths(book, read_answers(book, given, ON), Wishes(years=12))
    assert found
    for way in found:
        assert way.low_then >= book.standard_on(way.reaches_on.isoformat())


def test_an_indicator_that_is_not_yet_in_force_gives_nothing() -> None:
    data = copy.deepcopy(BUNDLE)
    age = next(one for one in data["indicators"] if one["id"] == "age")
    age["values"][0]["from"] = "2030-01-01"
    book = Rulebook.from_bundle(data)
    answers = read_answers(book, {"birth_date": "1990-05-20"}, ON)
    assert own_points(book, next(one for one in book.indicators if one.id == "age"), answers) == (0, 0)
    assert [item.high for item in score(book, answers).items if item.id == "age"] == [0]


def test_a_rulebook_that_contradicts_itself_is_not_used() -> None:
    wages = [{"average": 1, "from": "2024-13", "to": "2025-06"}]
    with pytest.raises(ValueError, match="2024-13"):
        Rulebook.from_bundle(copy.deepcopy(BUNDLE) | {"wages": wages})
    with pytest.raises(AssertionError, match="last bracket"):
        Brackets("birth_date", ((None, 43, 1, 0),)).at(44)


def test_a_history_has_no_single_answers_to_try() -> None:
    book = Rulebook.from_bundle(BUNDLE)
    assert list(samples(book.questions["si_history"], ON)) == []


def test_wishes_come_through_the_page_s_door() -> None:
    entry.handle("load", json.dumps(BUNDLE))
    answers = {"birth_date": "1990-05-20", "education_level": "none", "si_months": 100}

    def ask(**more: Any) -> Any:
        request = {"on": ON.isoformat(), "answers": answers, "assume": "nothing", "years": 15, **more}
        return json.loads(entry.handle("paths", json.dumps(request)))["ok"]

    name = next(way["ids"][0] for way in ask()["paths"] if len(way["ids"]) == 1)

    def alone(**more: Any) -> Any:
        return next(way for way in ask(**more)["paths"] if way["ids"] == [name])

    assert alone(cost={name: 777})["cost"] == 777
    assert alone(months={name: 31})["reaches_on"] >= "2029-06-21"


def test_the_command_line_writes_to_a_stream_that_cannot_be_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"birth_date": "1990-05-20"}')))
    assert command.main(["score", "-", "--on", ON.isoformat(), "--json"]) == 0
    book = Rulebook.from_bundle(BUNDLE)
    assert json.loads(out.getvalue()) == score(book, read_answers(book, {"birth_date": "1990-05-20"}, ON)).as_json()
