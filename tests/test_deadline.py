"""Counting back from a deadline: both sides of the day to apply by, of the six months, and of the standard."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimator import entry
from estimator.answers import read_answers
from estimator.calendar import months_later
from estimator.deadline import count_back
from estimator.model import Rulebook
from estimator.project import moved
from estimator.score import score
from tests.applicants import applicants

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))
BOOK = Rulebook.from_bundle(BUNDLE)
ON = "2026-11-21"
NOTHING = {q["key"]: q["neutral"] for q in BUNDLE["questions"] if q.get("neutral") is not None}
#: 30 + 60 + 30: exactly the standard, and every condition met.
FIT = NOTHING | {
    "birth_date": "1990-05-20",
    "education_level": "bachelor",
    "education_route": "full_time",
    "education_registered": True,
    "si_months": 120,
    "si_months_last_12": 12,
    "holds_permit": True,
    "employed_now": True,
    "branch_outside": False,
}


def ask(deadline: str, on: str = ON, **answers: Any) -> Any:
    entry.handle("load", json.dumps(BUNDLE))
    return json.loads(entry.handle("deadline", json.dumps({"on": on, "answers": FIT | answers, "deadline": deadline})))


@pytest.mark.parametrize(
    ("deadline", "apply_by", "insured_from", "fit"),
    [
        # Two months for the archive check and the decision; six paid months before the month of application.
        ("2027-05-07", "2027-03-07", "2026-09", "yes"),
        # The day to apply by is today, and was yesterday.
        ("2027-01-21", "2026-11-21", "2026-05", "yes"),
        ("2027-01-20", "2026-11-20", "2026-05", "late"),
        # The day before the last of February, in a leap year and in another.
        ("2028-04-30", "2028-02-29", "2027-08", "yes"),
        ("2027-04-30", "2027-02-28", "2026-08", "yes"),
    ],
)
def test_counts_back(deadline: str, apply_by: str, insured_from: str, fit: str) -> None:
    found = ask(deadline)["ok"]
    assert (found["apply_by"], found["insured_from"], found["fit"]) == (apply_by, insured_from, fit)
    assert found["low"] >= 120 and found["short_of"] == 0 and found["missing"] == []


def test_what_is_missing_is_named() -> None:
    found = ask("2027-05-07", si_months=100, holds_permit=False)["ok"]
    # 103 months by 7 March 2027: eight full years are 24.
    assert (found["fit"], found["low"], found["short_of"]) == ("no", 114, 6)
    assert found["missing"] == ["holds-permit", "reaches-standard"]
    # One who waits long enough has the tenth year: 120 months on 1 July 2028.
    assert ask("2028-09-01", si_months=100)["ok"]["fit"] == "yes"
    assert ask("2028-08-31", si_months=100)["ok"]["fit"] == "no"
    # A veto refuses whatever the points; what is open leaves it open.
    assert ask("2027-05-07", serious_crime=True)["ok"]["fit"] == "no"
    assert ask("2027-05-07", employed_now=None)["ok"]["fit"] == "unknown"
    assert ask("2027-05-07", education_registered=None)["ok"]["fit"] == "unknown"


@pytest.mark.parametrize(
    ("paid", "deadline", "holds"),
    [
        # Applied for on 21 November itself: the months are those of today.
        (5, "2027-01-21", "no"),
        (6, "2027-01-21", "yes"),
        (None, "2027-01-21", "unknown"),
        # One month on: two of twelve may be three, never six. Five may be six, if the month that leaves was not paid.
        (2, "2027-02-21", "no"),
        (5, "2027-02-21", "unknown"),
        # Six months on, whatever was before: six are paid since.
        (0, "2027-06-21", "no"),
        (0, "2027-07-21", "yes"),
        (None, "2027-07-21", "yes"),
    ],
)
def test_recent_months_go_on(paid: int | None, deadline: str, holds: str) -> None:
    checks = {check["id"]: check["holds"] for check in ask(deadline, si_months_last_12=paid)["ok"]["checks"]}
    assert checks["six-of-twelve"] == holds


def test_a_history_tells_which_months_leave_the_window() -> None:
    history = [{"from": "2025-11", "to": "2026-01", "base": 9000}, {"from": "2026-09", "to": "2026-11", "base": 9000}]
    # In March 2027 the window is March 2026 to February 2027: September to February are paid.
    assert ask("2027-05-07", si_history=history)["ok"]["fit"] == "yes"
    # In February 2027 it begins in February 2026, and only five are.
    assert ask("2027-04-07", si_history=history)["ok"]["missing"] == ["six-of-twelve"]


def test_a_deadline_before_the_day_or_out_of_sight_is_refused() -> None:
    assert [(f["key"], f["code"]) for f in ask("2026-11-20")["refused"]] == [("deadline", "date_out_of_range")]
    assert [(f["key"], f["code"]) for f in ask("2226-11-20")["refused"]] == [("deadline", "date_out_of_range")]
    assert [(f["key"], f["code"]) for f in ask("soon")["refused"]] == [("deadline", "not_a_date")]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.integers(0, 100_000), st.integers(0, 60))
def test_fit_only_where_the_score_of_that_day_says_so(seed: int, months: int) -> None:
    on, given_answers = next(applicants(BUNDLE, 1, seed))
    answers = read_answers(BOOK, given_answers, date.fromisoformat(on))
    found = count_back(BOOK, answers, months_later(answers.on, months))
    day = max(found.apply_by, answers.on)
    estimate = score(BOOK, moved(BOOK, answers, day))
    assert (found.estimate.low, found.estimate.high) == (estimate.low, estimate.high)
    assert found.short_of == max(0, estimate.standard - estimate.low)
    assert (found.fit == "late") == (found.apply_by < answers.on)
    if found.fit == "yes":
        assert found.short_of == 0 and not estimate.vetoed and not found.missing
    if found.fit == "no":
        assert found.missing or estimate.vetoed
