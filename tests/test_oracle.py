"""The estimator against a second, differently written scorer (tests/oracle.py) on random applicants.

``APPLICANTS`` sets how many; .ci/run takes 50,000.
"""

import itertools
import json
import os
from datetime import date, timedelta
from pathlib import Path

from estimator.answers import read_answers
from estimator.model import Rulebook
from estimator.project import project
from estimator.score import score
from tests.applicants import applicants
from tests.oracle import Oracle, summary

ROOT = Path(__file__).resolve().parent.parent
COUNT = int(os.environ.get("APPLICANTS", "5000"))
BUNDLE = json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))


def test_both_scorers_agree() -> None:
    book, oracle = Rulebook.from_bundle(BUNDLE), Oracle(ROOT / "rules")
    seen = set()
    for on, answers in applicants(BUNDLE, COUNT, seed=50):
        estimate = score(book, read_answers(book, answers, date.fromisoformat(on)))
        found = summary(estimate)
        assert found == oracle.score(on, answers), (on, answers)
        seen.add((estimate.reaches_standard, estimate.eligible, estimate.low == estimate.high))
    # Every kind of result came up, or the applicants would prove little.
    assert {(reaches, eligible) for reaches, eligible, _exact in seen} >= {
        ("yes", "yes"),
        ("yes", "no"),
        ("no", "no"),
        ("unknown", "unknown"),
    }
    assert {exact for _reaches, _eligible, exact in seen} == {True, False}


def test_the_projection_is_what_scoring_every_single_day_gives() -> None:
    book, oracle = Rulebook.from_bundle(BUNDLE), Oracle(ROOT / "rules")
    turns = set()
    for on, answers in applicants(BUNDLE, max(10, COUNT // 500), seed=53):
        start = date.fromisoformat(on)
        end = start.replace(year=start.year + 2, day=min(start.day, 28))
        days = [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]
        estimates = [(day, oracle.score_later(day, on, answers)) for day in days]
        steps = [
            next(group) for _, group in itertools.groupby(estimates, lambda pair: (pair[1]["low"], pair[1]["high"]))
        ]
        found = project(book, read_answers(book, answers, start), 2).as_json()
        timeline = [entry for entry in found["timeline"] if entry["date"] <= end.isoformat()]
        assert [(e["date"], e["low"], e["high"]) for e in timeline] == [
            (day, e["low"], e["high"]) for day, e in steps
        ], (on, answers)
        for before, after in itertools.pairwise(steps):
            because = next(entry["because"] for entry in timeline if entry["date"] == after[0])
            changes = {
                name: low - before[1]["items"][name][0] or high - before[1]["items"][name][1]
                for name, (low, high) in after[1]["items"].items()
            }
            assert {change["id"]: change["change"] for change in because} == {
                name: c for name, c in changes.items() if c
            }
            turns |= {change["id"] for change in because}
        reached = next((day for day, e in estimates if e["reaches_standard"] == "yes"), None)
        fallen = next(
            (day for day, e in estimates if reached and day > reached and e["reaches_standard"] != "yes"), None
        )
        assert [
            d if d is None or d <= end.isoformat() else None for d in (found["reaches_on"], found["falls_below_on"])
        ] == [reached, fallen]
    assert {"age", "si_years", "si_base", "spouse"} <= turns
