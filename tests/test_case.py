"""The case file that a reader may send: the score needs all of it, and it says no more."""

import json
from datetime import date
from typing import Any

import pytest

from estimator import entry
from estimator.__main__ import load_bundle
from estimator.answers import read_answers
from estimator.case import case
from estimator.insight import assume_nothing
from estimator.model import Rulebook
from estimator.score import Estimate, score
from tests.applicants import applicants

BOOK = Rulebook.from_bundle(load_bundle())
ON = date(2026, 11, 21)
PERSON: dict[str, Any] = {
    "birth_date": "1986-02-13",
    "education_level": "bachelor_with_degree",
    "education_route": "full_time",
    "education_place": "shanghai",
    "education_registered": True,
    "qualification": "none",
    "si_months": 47,
    "si_base_tier": "3",
    "award": None,
    "si_history": [
        {"from": "2022-07", "to": "2023-06", "base": 12345},
        {"from": "2023-07", "to": "2026-10", "base": 13579},
    ],
}


def test_a_day_becomes_an_age_and_months_of_pay_a_tier() -> None:
    found = case(BOOK, PERSON, ON, official=118)
    assert found["answers"]["birth_date"] == "1986-11-21"
    assert found["answers"]["si_base_tier"] == "1" and found["answers"]["si_months_last_12"] == 12
    assert found["coarser"] == ["birth_date", "si_history"]
    text = json.dumps(found)
    assert "1986-02" not in text and "12345" not in text and "2022-07" not in text
    assert {"education_place", "education_route"} & set(found["left_out"]) == {"education_place"}
    assert found["official"] == 118 and found["rules"] == {"name": BOOK.name, "hash": BOOK.hash}


def test_what_is_to_stay_exact_stays() -> None:
    found = case(BOOK, PERSON, ON, frozenset({"birth_date", "si_history"}))
    assert (found["answers"]["birth_date"], found["answers"]["si_history"]) == (
        PERSON["birth_date"],
        PERSON["si_history"],
    )
    assert found["coarser"] == [] and found["official"] is None


def test_a_history_that_no_tier_sums_up_stays() -> None:
    # Nobody here knows the average wage of those years, so the history is worth a range that no tier is worth.
    unclear = {**PERSON, "si_history": [{"from": "2017-01", "to": "2020-12", "base": 9000}]}
    found = case(BOOK, unclear, date(2021, 1, 15))
    assert found["answers"]["si_history"] == unclear["si_history"]
    assert "si_history" not in found["coarser"]


@pytest.mark.parametrize("nothing", [False, True])
def test_the_case_has_the_same_score(nothing: bool) -> None:
    changed = 0
    for day, data in applicants(load_bundle(), 200, seed=11):
        on = date.fromisoformat(day)

        def scored(answers: dict[str, Any], on: date = on) -> Estimate:
            known = read_answers(BOOK, answers, on)
            return score(BOOK, assume_nothing(BOOK, known) if nothing else known)

        found = case(BOOK, data, on, nothing=nothing)
        wanted, again = scored(data), scored(found["answers"])
        assert (again.low, again.high, again.eligible) == (wanted.low, wanted.high, wanted.eligible)
        shown = {item.id: [item.low, item.high] for item in again.items if item.status != "none"}
        assert (shown, found["open_counts"]) == (found["estimate"]["items"], "nothing" if nothing else "unknown")
        parts = (found["answers"], found["left_out"], found["coarser"])
        assert {key for part in parts for key in part} >= {key for key, value in data.items() if value is not None}
        changed += bool(found["left_out"] and found["coarser"])
    assert changed > 10


def asked(**parts: Any) -> Any:
    entry.handle("load", json.dumps(load_bundle()))
    return json.loads(entry.handle("case", json.dumps({"on": ON.isoformat(), **parts})))


def test_answers_may_come_as_texts() -> None:
    texts = {"birth_date": "1986/2/13", "si_months": "3年11个月", "holds_permit": "true"}
    assert asked(texts=texts)["ok"]["answers"] == {"birth_date": "1986-11-21", "si_months": 47, "holds_permit": True}


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"texts": {"si_months": "many"}}, ("si_months", "not_an_integer")),
        ({"texts": {"si_history": "[]"}}, ("si_history", "cell_not_history")),
        ({"texts": {"nothing": "1"}}, ("", "not_a_table")),
        ({"texts": 5}, ("", "not_a_table")),
        ({"answers": {"birth_date": "tomorrow"}}, ("birth_date", "not_a_date")),
        ({"official": "118"}, ("official", "not_an_integer")),
        ({"official": 10**9}, ("official", "not_an_integer")),
        ({"exact": ["name"]}, ("exact", "not_an_option")),
    ],
)
def test_what_is_wrong_is_refused_by_name(parts: dict[str, Any], fault: tuple[str, str]) -> None:
    assert [(f["key"], f["code"]) for f in asked(**parts)["refused"]] == [fault]
