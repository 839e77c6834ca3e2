"""What the command line says, whole, in words made up here: reasons, other names for a roster, odd values, misspelt keys."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from estimator.answers import SHOWN, Fault, Refused, nearest, show
from estimator.roster import Aliases
from estimator.words import aliases, fill, say_reason

PHRASES = {
    "condition_failed": "!{condition}",
    "better_of": "{others}?",
    "other_counts": "{other} {points}",
    "unknown": "{answers}?",
    "months_at": "{multiple} x",
    "option": "{value}: {points}",
    "diploma_accepted": "{type} = {outcome}",
    "not_yet": "{since} {until}",
}


def made_up(lang: str) -> dict[str, Any]:
    """As many words as reasons need."""
    return {
        "lang": lang,
        "reasons": PHRASES,
        "questions": {
            "size": {"label": "Size", "options": {"s": "small"}},
            "colour": {"label": "Colour", "options": {}},
        },
        "indicators": {
            "trees": {"name": "Trees", "conditions": {"old": {"refused": "too young"}}},
            "shrubs": {"name": "Shrubs", "conditions": {}},
        },
        "education": {
            "school": {"name": "A school", "outcome": "yes", "conditions": {"old": {"refused": "opened later"}}},
        },
        "outcomes": {"yes": "counts"},
    }


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"code": "condition_failed", "owner": "trees", "condition": "old"}, "!too young"),
        ({"code": "condition_failed", "owner": "school", "condition": "old"}, "!opened later"),
        ({"code": "better_of", "others": ["trees", "shrubs"]}, "Trees{and}Shrubs?"),
        ({"code": "other_counts", "other": "shrubs", "points": -1234}, "Shrubs −1,234"),
        ({"code": "unknown", "answers": ["size", "colour"]}, "Size{and}Colour?"),
        ({"code": "months_at", "tenths": 8}, "0.8 x"),
        ({"code": "months_at", "tenths": 20}, "2 x"),
        ({"code": "option", "answer": "size", "value": "s", "points": 1000}, "small: 1,000"),
        ({"code": "diploma_accepted", "type": "school"}, "A school = counts"),
        ({"code": "not_yet", "since": "2030-06-15"}, "2030-06-15 {until}"),
    ],
)
def test_a_reason_is_said_by_names(step: dict[str, Any], said: str) -> None:
    for lang, and_ in (("zh", "、"), ("en", ", ")):
        assert say_reason(made_up(lang), step) == said.replace("{and}", and_)


def test_a_name_without_a_value_stays() -> None:
    assert fill("{a}{b} {c}", {"a": True, "b": -1000}) == "True−1,000 {c}"


def test_labels_and_their_parts_are_other_names_unless_they_fit_two() -> None:
    zh = {
        "questions": {
            "route": {
                "label": "学习 形式",
                "options": {"self": "自考（自学考试）", "night": "夜大、业余", "both": "业余（函授）", "adult": "成人/函授(成教)", "exam": "自学考试"},
            },
            "age": {"label": "年龄", "options": {}},
        }
    }  # fmt: skip
    en = {
        "questions": {
            "route": {"label": "Way of study", "options": {"self": "By oneself (自学考试)", "night": "Night School"}},
            "age": {"label": "Age", "options": {}},
        }
    }
    assert aliases(zh, en) == Aliases(
        {"学习形式": "route", "年龄": "age", "wayofstudy": "route", "age": "age"},
        {
            "route": {
                "自考自学考试": "self",
                "夜大业余": "night",
                "业余函授": "both",
                "成人函授成教": "adult",
                "自学考试": "exam",
                "自考": "self",
                "夜大": "night",
                "成人函授": "adult",
                "函授": "both",
                "成教": "adult",
                "byoneself自学考试": "self",
                "nightschool": "night",
                "byoneself": "self",
            }
        },
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("中\u202e", '"中\\u202e"'),
        ("x" * (SHOWN - 2), f'"{"x" * (SHOWN - 2)}"'),
        ("x" * (SHOWN - 1), f'"{"x" * (SHOWN - 2)}…'),
        (None, "null"),
        (False, "false"),
        (-1.5, "-1.5"),
        (10**18 - 1, "9" * 18),
        (10**18, "≥ 10^18"),
        (-(10**18), "≤ −10^18"),
        ([], "[]"),
        ([0], "[…]"),
        ({}, "{}"),
        ({"": 0}, "{…}"),
        (date(2030, 6, 15), "date"),
        (b"x", "bytes"),
    ],
)
def test_any_value_can_be_shown(value: object, shown: str) -> None:
    assert show(value) == shown


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("AB", ["abc", "ab"], "ab"),
        ("abcd", ["abce", "abcf"], "abce"),
        ("abcd", ["xyz", "cdef"], ""),
        ("a", ["a"], ""),
        (12, ["123"], "123"),
    ],
)
def test_a_misspelt_key_is_the_one_that_it_is_most_like(written: object, known: list[str], meant: str) -> None:
    assert nearest(written, dict.fromkeys(known)) == meant


def test_a_refusal_that_nobody_catches_names_every_fault() -> None:
    with pytest.raises(Refused) as caught:
        raise Refused([Fault("not_a_date", "born", '"x"'), Fault("not_a_boolean", "here", "1")])
    assert str(caught.value) == 'born: "x": not_a_date; here: 1: not_a_boolean'
