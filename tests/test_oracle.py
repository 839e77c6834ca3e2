"""The estimator against a second, differently written scorer (tests/oracle.py) on random applicants.

``APPLICANTS`` sets how many; .ci/run takes 50,000.
"""

import json
import os
from datetime import date
from pathlib import Path

from estimator.answers import read_answers
from estimator.model import Rulebook
from estimator.score import score
from tests.applicants import applicants
from tests.oracle import Oracle

ROOT = Path(__file__).resolve().parent.parent
COUNT = int(os.environ.get("APPLICANTS", "5000"))


def test_both_scorers_agree() -> None:
    bundle = json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))
    book, oracle = Rulebook.from_bundle(bundle), Oracle(ROOT / "rules")
    seen = set()
    for on, answers in applicants(bundle, COUNT, seed=50):
        estimate = score(book, read_answers(book, answers, date.fromisoformat(on)))
        found = {
            "low": estimate.low,
            "high": estimate.high,
            "reaches_standard": estimate.reaches_standard,
            "vetoed": estimate.vetoed,
            "eligible": estimate.eligible,
            "items": {item.id: (item.low, item.high) for item in estimate.items},
        }
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
