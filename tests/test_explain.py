"""The explanation says what scoring says: other readings, the next change, the conditions, the diploma, the history."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from estimator import entry
from estimator.answers import Answers, read_answers
from estimator.calendar import show_month
from estimator.education import accepted
from estimator.methods import Diploma
from estimator.model import Rulebook
from estimator.project import moved
from estimator.score import item_of, method_of
from tests.applicants import applicants

TEXT = (Path(__file__).resolve().parent.parent / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
DATA = json.loads(TEXT)
BOOK = Rulebook.from_bundle(DATA)
OTHERS = {
    (name, option): Rulebook.from_bundle(DATA, {name: option})
    for name, reading in DATA["readings"].items()
    for option in reading["options"]
    if option != reading["taken"]
}


def explained(count: int, seed: int) -> list[tuple[Answers, Any]]:
    entry.handle("load", TEXT)
    found = []
    for on, answers in applicants(DATA, count, seed):
        result = json.loads(entry.handle("explain", json.dumps({"on": on, "answers": answers})))
        found.append((read_answers(BOOK, answers, date.fromisoformat(on)), result["ok"]))
    return found


@pytest.fixture(scope="module")
def everyone() -> list[tuple[Answers, Any]]:
    return explained(60, 5)


def own(book: Rulebook, name: str, answers: Answers) -> tuple[int, int]:
    return item_of(book, next(i for i in book.indicators if i.id == name), answers).own


def test_other_readings_are_named_where_they_would_give_something_else(everyone: list[tuple[Answers, Any]]) -> None:
    told = 0
    for answers, result in everyone:
        for indicator in BOOK.indicators:
            differing = {
                (name, option): own(book, indicator.id, answers)
                for (name, option), book in OTHERS.items()
                if own(book, indicator.id, answers) != own(BOOK, indicator.id, answers)
            }
            named = result["items"][indicator.id]["readings"]
            assert {(n, o): tuple(points) for n, options in named.items() for o, points in options.items()} == differing
            told += len(differing)
    assert told


def test_the_next_change_is_the_first_one(everyone: list[tuple[Answers, Any]]) -> None:
    told = 0
    for answers, result in everyone[:25]:
        for indicator in BOOK.indicators:
            now, ahead = own(BOOK, indicator.id, answers), result["items"][indicator.id]["next"]
            if ahead is None:
                days = [answers.on + timedelta(days=n) for n in (1, 29, 400, 1500, 3600)]
            else:
                day = date.fromisoformat(ahead["date"])
                assert own(BOOK, indicator.id, moved(BOOK, answers, day)) == (ahead["low"], ahead["high"]) != now
                days = [answers.on + (day - answers.on) * n // 5 for n in range(5)] + [day - timedelta(days=1)]
                told += 1
            for before in days:
                assert own(BOOK, indicator.id, moved(BOOK, answers, before)) == now, (answers, indicator.id, before)
    assert told > 50


def test_the_verdict_on_the_diploma_is_what_education_scores(everyone: list[tuple[Answers, Any]]) -> None:
    verdicts = set()
    for answers, result in [*everyone, *explained(150, 6)]:
        verdict = result["diploma"]["verdict"]
        low, high = own(BOOK, "education", answers)
        claimed = answers.get("education_level") != "none"
        # With the level open even a sure diploma may give nothing.
        wanted = "none" if not claimed else "refused" if high == 0 else "unknown" if low < high else "sure"
        assert wanted == {"accepted": "sure", "with_evidence": "sure"}.get(verdict, verdict), (
            answers,
            result["diploma"],
        )
        verdicts.add(verdict)
        assert bool(result["diploma"]["ask"]) == (verdict == "unknown"), (answers, result["diploma"])
        if verdict == "unknown":
            # Answering what is asked, one by one, settles it.
            assert all(answers.get(key) is None for key in result["diploma"]["ask"])
        method = method_of(next(i for i in BOOK.indicators if i.id == "education"), answers.on.isoformat())
        assert isinstance(method, Diploma)
        if verdict in ("accepted", "with_evidence"):
            kind = accepted(BOOK, method, answers).type
            assert kind is None or (kind.id, kind.outcome) == (result["diploma"]["type"], verdict)
    assert verdicts == {"none", "refused", "unknown", "accepted", "with_evidence"}


def test_conditions_that_fail_or_are_open_show_in_the_points(everyone: list[tuple[Answers, Any]]) -> None:
    seen = set()
    for answers, result in everyone:
        for name, item in result["items"].items():
            holds = {condition["holds"] for condition in item["conditions"]}
            seen |= holds
            if "no" in holds:
                assert own(BOOK, name, answers) == (0, 0)
    assert seen == {"yes", "no", "unknown", "ask"}


def test_the_history_is_told_month_by_month(everyone: list[tuple[Answers, Any]]) -> None:
    for answers, result in everyone:
        for key, told in result["contributions"].items():
            assert told["given"] == (key in answers.history)
            if not told["given"]:
                assert told["months"] == []
                continue
            history = answers.history[key]
            before = answers.on.year * 12 + answers.on.month - 1
            assert [row["month"] for row in told["months"]] == [show_month(month) for month in sorted(history.months)]
            assert told["paid"] == sum(month < before for month in history.months)
            best = max((w["points"] for w in told["windows"] if w["found"] >= w["months"]), default=0)
            assert best == own(BOOK, "si_base", answers)[0]
            for name, value in told["derived"].items():
                assert value == answers.get(name)
