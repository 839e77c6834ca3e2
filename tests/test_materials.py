"""What to bring: what is listed is what the claims call for, what is needed is the smallest pile, what is at risk is scored."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from estimator import entry
from estimator.answers import read_answers
from estimator.materials import materials
from estimator.model import Rulebook
from estimator.score import item_of, score, total
from tests.applicants import applicants

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))
BOOK = Rulebook.from_bundle(BUNDLE)
PAPERS = {material["id"]: material for material in BUNDLE["materials"]}
NOTHING = {q["key"]: q["neutral"] for q in BUNDLE["questions"] if q.get("neutral") is not None}
DEGREE = NOTHING | {
    "birth_date": "1990-05-20",
    "education_level": "bachelor_with_degree",
    "education_route": "full_time",
    "education_registered": True,
    "si_months": 36,
}


def ask(answers: dict[str, Any], at_hand: list[str] | None = None) -> Any:
    entry.handle("load", json.dumps(BUNDLE))
    found = json.loads(
        entry.handle("materials", json.dumps({"on": "2026-11-21", "answers": answers, "at_hand": at_hand or []}))
    )
    return found.get("ok", found)


def test_only_what_the_points_need() -> None:
    """30 + 90 = 120: the diploma's papers are all it takes; insurance figures come from the system, the holder brings none."""
    found = ask(DEGREE | {"award": "municipal_special"})
    assert found["needed"] == ["age", "education"]
    by_id = {entry["id"]: entry for entry in found["for"]}
    assert by_id["education"]["needed"] and not by_id["award"]["needed"]
    assert by_id["education"]["materials"] == [
        "diploma-certificates",
        "diploma-record",
        "degree-report",
        "earlier-diploma",
    ]
    assert by_id["si_years"]["materials"] == by_id["age"]["materials"] == []
    assert found["basic"] == [name for name, material in PAPERS.items() if not material["for"]]


def test_the_papers_follow_the_answers() -> None:
    def papers(**answers: Any) -> set[str]:
        return {name for entry in ask(DEGREE | answers)["for"] for name in entry["materials"]}

    assert "graduation-form" in papers(
        education_route="self_study",
        education_place="household",
        education_records_agree=True,
        education_prior_diploma=True,
    )
    assert "graduation-form" not in papers()
    assert "overseas-recognition" in papers(education_route="overseas")
    assert "discharge-papers" in papers(education_route="military")
    assert "degree-report" not in papers(education_level="bachelor")
    assert {"spouse-marriage", "spouse-registration"} <= papers(spouse_months=24)
    assert not {"spouse-marriage", "spouse-registration"} & papers(spouse_months=11)
    assert {"title-certificate", "appointment-letter"} <= papers(
        qualification="title_senior", qualification_fits_post=True, qualification_base_met=True
    )


def test_at_risk_until_the_papers_are_at_hand() -> None:
    """30 + 90 + 9 + 8 for two years of marriage: without the marriage's papers 129; without the diploma's 47; with all, 137."""
    answers = DEGREE | {"spouse_months": 24}
    diploma = ["diploma-certificates", "diploma-record", "degree-report", "earlier-diploma"]
    marriage = ["spouse-marriage", "spouse-registration"]
    for at_hand, at_risk, safe in (
        ([], 98, 39),
        (marriage, 90, 47),
        (diploma, 8, 129),
        (diploma[:3], 98, 39),
        (diploma + marriage, 0, 137),
    ):
        found = ask(answers, at_hand)
        assert (found["at_risk"], found["safe"]) == (at_risk, safe), at_hand
    assert {e["id"]: e["missing"] for e in ask(answers, diploma)["for"]}["spouse"] == marriage
    # The lesser of diploma and title steps in where the better one's papers are not there.
    skilled = answers | {"qualification": "skill_3", "qualification_fits_post": True}
    assert (ask(skilled, ["title-certificate", "appointment-letter", *marriage])["at_risk"]) == 30


def test_an_unknown_paper_is_refused() -> None:
    assert [(f["key"], f["code"]) for f in ask(DEGREE, ["library-card"])["refused"]] == [("at_hand", "not_an_option")]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.integers(0, 100_000), st.sets(st.sampled_from(sorted(PAPERS))))
def test_against_every_subset(seed: int, at_hand: set[str]) -> None:
    on, given_answers = next(applicants(BUNDLE, 1, seed))
    answers = read_answers(BOOK, given_answers, date.fromisoformat(on))
    found = materials(BOOK, answers, frozenset(at_hand))
    estimate = score(BOOK, answers)
    counted = {item.id: item.low for item in estimate.items if item.low > 0 and item.kind in ("base", "bonus")}
    assert {e["id"]: e["points"] for e in found["for"]} == counted
    # What is safe is the score without the claims whose papers are missing; the rest is at risk.
    own = {i.id: item_of(BOOK, i, answers).own for i in BOOK.indicators}
    bare = {e["id"] for e in found["for"] if e["missing"]}
    without = total(BOOK, {name: (0, 0) if name in bare else points for name, points in own.items()})[0]
    assert found["safe"] <= without and found["safe"] + found["at_risk"] == estimate.low
    if at_hand >= set(PAPERS):
        assert (found["safe"], found["at_risk"]) == (estimate.low, 0)
    # No smaller pile reaches the standard.
    minus = sum(item.low for item in estimate.items if item.kind == "deduction")
    weight = {e["id"]: len(e["materials"]) for e in found["for"]}
    piles = [
        sum(weight[name] for name in chosen)
        for size in range(len(counted) + 1)
        for chosen in itertools.combinations(counted, size)
        if sum(counted[name] for name in chosen) + minus >= estimate.standard
    ]
    if piles:
        assert sum(counted[name] for name in found["needed"]) + minus >= estimate.standard
        assert sum(weight[name] for name in found["needed"]) == min(piles)
    else:
        assert set(found["needed"]) == set(counted)
