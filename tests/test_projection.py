"""The score over time: golden projections with both sides of each date, and the same as scoring the answers moved to a day."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimator import entry
from estimator.answers import read_answers
from estimator.calendar import months_later
from estimator.model import Rulebook
from estimator.project import moved, project, reach
from estimator.score import score
from tests.applicants import applicants

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))
BOOK = Rulebook.from_bundle(BUNDLE)
ON = date(2026, 11, 21)
NOTHING = {q["key"]: q["neutral"] for q in BUNDLE["questions"] if q.get("neutral") is not None}
#: 30 for age until 2049, 60 for the diploma.
YOUNG = {
    "birth_date": "2005-06-15",
    "education_level": "bachelor",
    "education_route": "full_time",
    "education_registered": True,
    "si_months": 0,
}


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    entry.handle("load", json.dumps(BUNDLE))


def ask(answers: dict[str, Any], years: int, kind: str = "project", **more: Any) -> Any:
    return json.loads(
        entry.handle(kind, json.dumps({"on": ON.isoformat(), "answers": answers, "years": years, **more}))
    )


def steps(answers: dict[str, Any], years: int, indicator: str) -> list[tuple[str, int]]:
    """The days on which one indicator changes, and by how much; each is checked against the score of the day and the day before."""
    out = []
    for change in ask(NOTHING | answers, years)["ok"]["timeline"]:
        for because in change["because"]:
            if because["id"] == indicator:
                out.append((change["date"], because["change"]))
                day = date.fromisoformat(change["date"])
                sides = [own(answers, indicator, one) for one in (day - timedelta(days=1), day)]
                assert sides[1] - sides[0] == because["change"], change
    return out


def own(answers: dict[str, Any], indicator: str, day: date) -> int:
    """What the indicator gives on a day."""
    then = moved(BOOK, read_answers(BOOK, NOTHING | answers, ON), day)
    return next(item.low for item in score(BOOK, then).items if item.id == indicator)


GOLDEN: list[tuple[str, str, dict[str, Any], int, list[tuple[str, int]]]] = [
    # 43 until 2027-05-19, 44 on the 20th: 30 → 29, and from then on two less each birthday.
    (
        "age",
        "birthdays past 43",
        {"birth_date": "1983-05-20"},
        3,
        [("2027-05-20", -1), ("2028-05-20", -2), ("2029-05-20", -2)],
    ),
    # 29 February is completed on 1 March, but in a leap year on the day itself: 45 in 2029, 48 in 2032.
    (
        "age",
        "a birthday of 29 February",
        {"birth_date": "1984-02-29"},
        6,
        [("2028-02-29", -1), ("2029-03-01", -2), ("2030-03-01", -2), ("2031-03-01", -2), ("2032-02-29", -2)],
    ),
    # 55 gives 7, 56 to 60 give 5, 61 gives 0.
    ("age", "the last brackets", {"birth_date": "1971-03-01"}, 6, [("2027-03-01", -2), ("2032-03-01", -5)]),
    # 35 months on 21 November: the 36th is paid with November, so it counts from 1 December.
    ("si_years", "full insurance years", {"si_months": 35}, 2, [("2026-12-01", 3), ("2027-12-01", 3)]),
    ("si_years", "from the very first month", {"si_months": 0}, 1, [("2027-11-01", 3)]),
    ("si_years", "a year that is just full", {"si_months": 36}, 1, [("2027-11-01", 3)]),
    # 58 months: five years are full on 1 January 2027 and bring all five at once, 5 × 4.
    (
        "public_service",
        "the fifth year brings all five",
        {"public_service_months": 58},
        3,
        [("2027-01-01", 20), ("2028-01-01", 4), ("2029-01-01", 4)],
    ),
    # 2 a year, 20 at most: ten years are full on 1 December 2031.
    (
        "key_suburb",
        "the fifth year, and the cap at ten",
        {"key_suburb_months": 59},
        8,
        [
            ("2026-12-01", 10),
            ("2027-12-01", 2),
            ("2028-12-01", 2),
            ("2029-12-01", 2),
            ("2030-12-01", 2),
            ("2031-12-01", 2),
        ],
    ),
    ("key_suburb", "what is at zero stays there", {"key_suburb_months": 0}, 10, []),
    ("spouse", "years of marriage", {"spouse_months": 23}, 2, [("2026-12-01", 4), ("2027-12-01", 4)]),
    # Ten points until 30 June 2027, that day included.
    (
        "fresh_graduate",
        "the year of a fresh graduate",
        {"fresh_graduate": True, "graduation_date": "2026-06-30"},
        3,
        [("2027-07-01", -10)],
    ),
    ("fresh_graduate", "a year from 29 February", {"fresh_graduate": True, "graduation_date": "2024-02-29"}, 3, []),
    ("fresh_graduate", "without a date they last", {"fresh_graduate": True}, 10, []),
    # 30 months at 1 × until October; November 2026 to April 2027 make 36, which count from 1 May.
    (
        "si_base",
        "a window that fills",
        {"si_history": [{"from": "2024-05", "to": "2026-10", "base": 13000}]},
        4,
        [("2027-05-01", 50)],
    ),
    # 36 months at 1 × from December 2022 on, then a lower base: on 1 January 2027 the first of them leaves the 48.
    (
        "si_base",
        "a window that lapses",
        {
            "si_history": [
                {"from": "2022-12", "to": "2025-11", "base": 13000},
                {"from": "2025-12", "to": "2026-10", "base": 6000},
            ]
        },
        4,
        [("2027-01-01", -50)],
    ),
    # 24 of 36 at 3 × (60,000): full on 1 December, and they last while the base does.
    (
        "si_base",
        "the tier at the ceiling",
        {"si_history": [{"from": "2024-12", "to": "2026-11", "base": 60000}]},
        3,
        [("2026-12-01", 120)],
    ),
    # 24 months at 3 × until October, then a low base: on 1 December 2027 the first of them leaves the 36.
    (
        "si_base",
        "the ceiling, and then no more",
        {
            "si_history": [
                {"from": "2024-11", "to": "2026-10", "base": 60000},
                {"from": "2026-11", "to": "2026-11", "base": 6000},
            ]
        },
        2,
        [("2027-12-01", -120)],
    ),
]


@pytest.mark.parametrize(
    ("indicator", "name", "answers", "years", "expected"), GOLDEN, ids=[case[1] for case in GOLDEN]
)
def test_golden(
    indicator: str, name: str, answers: dict[str, Any], years: int, expected: list[tuple[str, int]]
) -> None:
    assert steps(answers, years, indicator) == expected


def test_reaching_the_standard_and_falling_below_it() -> None:
    """30 + 60 + 27 with 115 months; the tenth year makes 120 on 1 April 2027. Born 1979-12-05: 46 today, 25 points.

    25 + 60 + 30 (bachelor, ten years) never is 120; with the marriage it is, until age takes it away again.
    """
    young = ask(NOTHING | YOUNG | {"si_months": 115}, 10)["ok"]
    assert (young["reaches_on"], young["falls_below_on"]) == ("2027-04-01", None)
    assert [(c["date"], c["low"], c["high"]) for c in young["timeline"][:2]] == [
        ("2026-11-21", 117, 117),
        ("2027-04-01", 120, 120),
    ]
    # 44 today: 29 + 60 + 30 = 119 + fresh graduate 10 = 129 until 2027-06-30, 44 until 2027-10-09.
    ageing = YOUNG | {
        "birth_date": "1982-10-10",
        "si_months": 120,
        "fresh_graduate": True,
        "graduation_date": "2026-06-30",
    }
    found = ask(NOTHING | ageing, 3)["ok"]
    assert (found["reaches_on"], found["falls_below_on"]) == ("2026-11-21", "2027-07-01")
    # +3 for the eleventh year on 1 November 2027, −2 for the birthday before it.
    assert [(c["date"], c["low"], c["because"]) for c in found["timeline"][1:4]] == [
        ("2027-07-01", 119, [{"id": "fresh_graduate", "change": -10}]),
        ("2027-10-10", 117, [{"id": "age", "change": -2}]),
        ("2027-11-01", 120, [{"id": "si_years", "change": 3}]),
    ]


def test_two_changes_on_one_day_are_one_entry() -> None:
    """On 1 December 2026 a year of insurance is full, and somebody born on 1 December 1982 is 44: 90 + 3 − 1."""
    answers = NOTHING | YOUNG | {"birth_date": "1982-12-01", "si_months": 11}
    change = ask(answers, 1)["ok"]["timeline"][1]
    assert (change["date"], change["low"]) == ("2026-12-01", 92)
    assert change["because"] == [{"id": "age", "change": -1}, {"id": "si_years", "change": 3}]
    assert [[step["code"] for step in reasons] for reasons in change["reasons"]] == [
        ["completed_years"],
        ["full_years"],
    ]
    # Where they cancel each other nothing changes: 45 instead of 44 takes two, and a bonus year of two comes.
    even = answers | {"birth_date": "1981-12-01", "si_months": 1, "key_suburb_months": 71}
    assert [c["date"] for c in ask(even, 1)["ok"]["timeline"]] == ["2026-11-21", "2027-10-01"]


def test_what_is_open_stays_a_range_unless_it_counts_as_nothing() -> None:
    answers = {key: value for key, value in YOUNG.items() if key != "education_registered"} | {"si_months": 35}
    wide = ask(answers, 1)["ok"]["timeline"]
    assert all(change["low"] < change["high"] for change in wide)
    narrow = ask(answers, 1, assume="nothing")["ok"]["timeline"]
    # The diploma has no answer that claims nothing: it stays open, 60 wide.
    assert [(c["low"], c["high"]) for c in narrow] == [(36, 96), (39, 99)]


def test_the_standard_may_change_too() -> None:
    later = copy.deepcopy(BUNDLE)
    later["standard"] += [
        {**later["standard"][0], "from": "2028-01-01", "points": 130},
        {**later["standard"][0], "from": "2040-01-01", "points": 90},
    ]
    entry.handle("load", json.dumps(later))
    try:
        found = ask(NOTHING | YOUNG | {"si_months": 120}, 10)["ok"]
    finally:
        entry.handle("load", json.dumps(BUNDLE))
    assert (found["reaches_on"], found["falls_below_on"]) == ("2026-11-21", "2028-01-01")
    assert found["standards"] == [{"from": "2026-11-21", "points": 120}, {"from": "2028-01-01", "points": 130}]
    assert found["end"] == "2036-11-21"


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 100_000), st.data())
def test_at_a_later_day_it_is_the_score_of_the_answers_moved_there(seed: int, data: st.DataObject) -> None:
    on, given_answers = next(applicants(BUNDLE, 1, seed))
    answers = read_answers(BOOK, given_answers, date.fromisoformat(on))
    years = data.draw(st.integers(1, 12))
    found = project(BOOK, answers, years)
    days = st.dates(answers.on, months_later(answers.on, 12 * years))
    marks = [d for change in found.timeline for d in (change.date - timedelta(days=1), change.date) if d >= answers.on]
    for day in [*data.draw(st.lists(days, min_size=20, max_size=20)), *marks]:
        last = [change for change in found.timeline if change.date <= day][-1]
        estimate = score(BOOK, moved(BOOK, answers, day))
        assert (last.low, last.high) == (estimate.low, estimate.high), day
    # What the changes are put down to adds up to them.
    for before, after in zip(found.timeline, found.timeline[1:], strict=False):
        if before.low == before.high and after.low == after.high:
            assert sum(change for _name, change in after.because) == after.low - before.low
    assert (found.reaches_on, found.falls_below_on) == reach(BOOK, answers, years)
