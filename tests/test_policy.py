"""The policy as the checks read it: whole, in its order, for its day."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rules import checks
from rules import model as m
from rules.checks import Policy, read_policy

RULES = Path(__file__).resolve().parent.parent / "rules"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return read_policy(RULES, "9998-01-01")


def test_a_day_that_is_named_counts_where_it_lies_after_the_edition(policy: Policy) -> None:
    days = [Policy(RULES, policy.files, policy.entries, named=named).day for named in (None, "1999-01-01")]
    assert (policy.root, policy.day, days) == (RULES, "9998-01-01", [policy.edition] * 2)


def test_what_stands_in_a_folder_comes_in_its_order(policy: Policy) -> None:
    for folder, entries in policy.entries.items():
        assert list(entries.items()) == sorted(entries.items(), key=lambda item: item[1].order), folder
    # By name they would stand otherwise.
    assert any(list(entries) != sorted(entries) for entries in policy.entries.values())


def test_a_question_is_used_by_whatever_rule_asks_it() -> None:
    """Also one that is asked only as the history, the share, the route or the place of a rule, or to derive another."""
    question = m.IntegerQuestion.model_construct(
        key="derived", derived=m.Derived.model_construct(history="past", window_months=1)
    )
    parts = [
        question,
        m.Flag.model_construct(answer="flag"),
        m.Veto.model_construct(answer=None),
        m.BaseTiers.model_construct(answer="tier", history="history"),
        m.Enterprise.model_construct(share="share"),
        m.Diploma.model_construct(answer="level", route="route", place="place"),
    ]
    asked = ["flag", "tier", "history", "share", "level", "route", "place", "past"]
    questions = [SimpleNamespace(key=key) for key in ("group", *asked, "derived")]
    made = Policy(RULES, {"questions.yaml": SimpleNamespace(questions=questions)})
    made.parts = [("a.yaml", (), part) for part in parts]

    def where(*fault: Any) -> Any:
        return fault

    found: list[Any] = list(checks.used_questions(made, where))  # type: ignore[arg-type]
    assert [(fault[1][1], fault[2].partition(";")[0]) for fault in found] == [
        (0, "key: no rule asks for 'group'"),
        (len(asked) + 1, "key: no rule asks for 'derived'"),
    ]
