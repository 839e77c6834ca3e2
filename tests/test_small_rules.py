"""What the estimator says by rules of a few lines made up here, each for one thing that today's rules never bring together."""

from __future__ import annotations

import dataclasses
import itertools
import json
from datetime import date
from typing import Any

import pytest

from estimator.answers import DEEPEST, Answers, Fault, Refused, decode, read_answers
from estimator.calendar import months_later
from estimator.case import case
from estimator.changes import rule_changes
from estimator.deadline import count_back
from estimator.explain import contributions, diploma, explain
from estimator.insight import Bench, assume_nothing, questions, samples
from estimator.materials import materials
from estimator.model import Entry, Rulebook, Timeline
from estimator.paths import Wishes, paths
from estimator.project import turning_days
from estimator.score import Check, score, total

ON = date(2026, 11, 15)
Part = dict[str, Any]


def dated(since: str = "2020-01-01", **value: Any) -> Part:
    """A value with the day on which it begins."""
    return {"from": since, "sources": [], **value}


def rule(method: str, answer: str = "", since: str = "2020-01-01", **figures: Any) -> Part:
    """A dated rule of an indicator."""
    return dated(since, points={"method": method, "answer": answer, **figures})


def indicator(
    name: str, *rules: Part, kind: str = "bonus", when: list[Part] | None = None, readings: list[str] | None = None
) -> Part:
    """An indicator with its rules and conditions."""
    return {"id": name, "kind": kind, "values": rules, "conditions": when or [], "readings": readings or []}


def flag(name: str, answer: str, points: int, **more: Any) -> Part:
    """An indicator that a yes gives points in."""
    return indicator(name, rule("flag", answer, points=points), **more)


def condition(name: str, **more: Any) -> Part:
    """A condition of an indicator or of a type of diploma."""
    return {"id": name, "sources": [], "applies_to": None, "from": None, "to": None, "requires": None, **more}


def action(name: str, key: str, to: bool | str, **more: Any) -> Part:
    """Something to do, at once and for nothing unless it says otherwise."""
    return {"id": name, "key": key, "to": to, "when": None, "also": {}, "months": 0, "cost": 0, **more}


def yes_or_no(*names: str) -> list[Part]:
    return [{"key": name, "type": "boolean"} for name in names]


def counted(name: str, history: str, window: int, **more: Any) -> Part:
    """A question that a history answers: whether there are enough months, or how many there are."""
    kind: Part = {"type": "boolean"} if "at_least" in more else {"type": "integer", "min": 0, "max": window}
    return {"key": name, **kind, "derived": {"history": history, "window_months": window, **more}}


def record(name: str) -> Part:
    return {"key": name, "type": "history", "earliest": "2000-01", "max_yuan": 99999, "max_stretches": 9}


def paid(*stretches: tuple[str, str, int]) -> list[Part]:
    return [{"from": first, "to": last, "base": base} for first, last, base in stretches]


def tier(value: str, tenths: int, points: int) -> Part:
    return {"value": value, "tenths": tenths, "points": points, "months": 24, "window_months": 36}


TENTH, WHOLE, TRIPLE = tier("tenth", 1, 1), tier("whole", 10, 10), tier("triple", 30, 30)
TIER: Part = {"key": "tier", "type": "choice", "options": ["none", "tenth", "whole", "triple"]}


def tiers(*some: Part, since: str = "2020-01-01") -> Part:
    return rule("base_tiers", "tier", since, history="pay", tiers=some)


def rules(standard: int = 10, take: dict[str, str] | None = None, **parts: Any) -> Rulebook:
    """Rules with these parts, and nothing where a part is not named. The average wage is 1,000 from 2020 on."""
    return Rulebook.from_bundle(
        {
            "format": 1,
            "name": "made up",
            "hash": "0",
            "standard": [dated(points=standard)],
            "wages": [{"from": "2020-01", "to": "2026-10", "average": 1000}],
            "lead_months": 2,
            "readings": {},
            **{
                name: []
                for name in ("questions", "indicators", "best_of", "eligibility", "education", "actions", "materials")
            },
            **parts,
        },
        take,
    )


#: By name: the rules, the answers, what is wished, and each way: its actions, when it reaches the standard, by how many points
#: more, until when, what it changes, and its conditions.
WAYS: dict[str, tuple[Rulebook, Part, Wishes, list[Any]]] = {
    "what gives more comes first, on the horizon's last day too; what is so already is no way": (
        rules(
            questions=yes_or_no("a", "b", "c"),
            indicators=[flag("one", "a", 15), flag("two", "b", 20), flag("three", "c", 1)],
            actions=[
                action("get-a", "a", True, months=12, cost=1),
                action("get-b", "b", True, months=12, cost=1),
                action("get-c", "c", True),
            ],
        ),
        {"c": True},
        Wishes(years=1),
        [
            (["get-b"], "2027-11-15", 11, None, [("b", None, True)], []),
            (["get-a"], "2027-11-15", 6, None, [("a", None, True)], []),
        ],
    ),
    "on a record that falls, going on at the multiple keeps what would be lost": (
        rules(
            questions=[record("pay"), counted("steady", "pay", 12, multiple="1", at_least=6)],
            indicators=[flag("one", "steady", 10)],
            actions=[action("keep", "steady", True, months=None, cost=1)],
        ),
        {"pay": paid(("2026-01", "2026-08", 1000), ("2026-09", "2026-10", 500))},
        Wishes(),
        [
            ([], "2026-11-15", 0, "2027-04-01", [], []),
            (["keep"], "2026-11-15", 0, None, [("pay", "given", None), ("steady", True, True)], []),
        ],
    ),
    # 24 months at 3 ×, then one at a twentieth: six more at 1 × make thirty of forty by May.
    "of a record that gives way, what lasts is written out": (
        rules(
            30,
            questions=[
                record("pay"),
                TIER,
                counted("recent", "pay", 12),
                counted("steady", "pay", 40, multiple="1", at_least=30),
                counted("any", "pay", 2, at_least=2),
                counted("rich", "pay", 12, multiple="3", at_least=6),
                counted("lately", "pay", 2, multiple="1.5", at_least=1),
                counted("never", "pay", 2, multiple="9", at_least=1),
            ],
            indicators=[indicator("pays", tiers(TENTH, WHOLE, TRIPLE)), flag("one", "steady", 20)],
            actions=[action("keep", "steady", True, months=None, cost=1)],
        ),
        {"pay": paid(("2024-10", "2026-09", 3000), ("2026-10", "2026-10", 50))},
        Wishes(),
        [
            ([], "2026-11-15", 0, "2027-11-01", [], []),
            (
                ["keep"],
                "2027-05-01",
                0,
                None,
                [
                    ("pay", "given", None),
                    ("tier", None, "whole"),
                    ("recent", 12, 12),
                    ("steady", False, True),
                    ("any", True, True),
                    ("rich", True, False),
                    ("lately", True, False),
                    ("never", False, False),
                ],
                [],
            ),
        ],
    ),
    "what an action brings along says nothing about what is paid from now on": (
        rules(
            questions=[record("pay"), TIER, counted("steady", "pay", 12, multiple="1", at_least=6), *yes_or_no("a")],
            indicators=[indicator("pays", tiers(TENTH, WHOLE)), flag("one", "a", 20)],
            actions=[action("get-a", "a", True, also={"steady": False}, months=6)],
        ),
        {"pay": paid(("2023-11", "2026-10", 200))},
        Wishes(),
        [
            (
                ["get-a"],
                "2027-05-15",
                10,
                None,
                [("pay", "given", None), ("tier", None, "none"), ("steady", False, False), ("a", None, True)],
                [],
            )
        ],
    ),
    "of two records only the one that an action touches gives way; both where it touches both": (
        rules(
            questions=[
                record("fund"),
                counted("funded", "fund", 12, multiple="2", at_least=1),
                counted("fund_months", "fund", 12),
                record("pay"),
                TIER,
                counted("steady", "pay", 12, multiple="1", at_least=6),
            ],
            indicators=[indicator("pays", tiers(TENTH, WHOLE)), flag("one", "funded", 6)],
            actions=[
                action("raise", "tier", "whole", months=None, cost=1),
                action("fund-on", "funded", True, months=None),
            ],
        ),
        {"fund": paid(("2025-11", "2025-12", 1)), "pay": paid(("2026-01", "2026-10", 100))},
        Wishes(years=3),
        [
            (
                ["raise", "fund-on"],
                "2028-11-01",
                6,
                None,
                [
                    ("fund", "given", None),
                    ("funded", False, True),
                    ("fund_months", 2, 2),
                    ("pay", "given", None),
                    ("tier", None, "whole"),
                    ("steady", False, False),
                ],
                [],
            ),
            (
                ["raise"],
                "2028-11-01",
                0,
                None,
                [("pay", "given", None), ("tier", None, "whole"), ("steady", False, False)],
                [],
            ),
        ],
    ),
    # The wages of the last two years are not known here; 24 months before them were at 1 ×.
    "neither months long past nor months of an unknown wage count; the horizon's last month does": (
        rules(
            questions=[record("pay"), TIER, counted("steady", "pay", 12, multiple="1", at_least=12)],
            wages=[{"from": "2020-01", "to": "2021-12", "average": 1000}],
            indicators=[indicator("pays", tiers(WHOLE)), flag("one", "steady", 10)],
            actions=[
                action("raise", "tier", "whole", months=None, cost=1),
                action("keep", "steady", True, months=None),
            ],
        ),
        {"pay": paid(("2020-01", "2021-12", 1000), ("2024-11", "2026-10", 9000))},
        Wishes(years=2),
        [
            (
                ["keep"],
                "2027-11-01",
                0,
                None,
                [("pay", "given", None), ("tier", None, "none"), ("steady", None, True)],
                [],
            ),
            (
                ["raise"],
                "2028-11-01",
                0,
                None,
                [("pay", "given", None), ("tier", None, "whole"), ("steady", None, None)],
                [],
            ),
        ],
    ),
    # No multiple is asked for, so none is paid: the tier that 24 months were enough for is lost as they leave the window.
    "months at any base count where the wage is not known": (
        rules(
            20,
            questions=[record("pay"), TIER, counted("any", "pay", 4, at_least=4), *yes_or_no("a")],
            wages=[{"from": "2020-01", "to": "2026-08", "average": 1000}],
            indicators=[indicator("pays", tiers(TENTH)), flag("one", "any", 10), flag("two", "a", 10)],
            actions=[action("go-on", "any", True, months=None, also={"a": True})],
        ),
        {"pay": paid(("2024-08", "2026-07", 100), ("2026-09", "2026-10", 9))},
        Wishes(years=1),
        [
            (
                ["go-on"],
                "2027-01-01",
                0,
                None,
                [("pay", "given", None), ("tier", None, "none"), ("any", False, True), ("a", None, True)],
                [],
            )
        ],
    ),
    "a lower tier is no way, nor one that the rules do not have yet": (
        rules(
            questions=[record("pay"), TIER, *yes_or_no("a")],
            best_of=[["pays", "one"]],
            indicators=[
                indicator("pays", tiers(TENTH, WHOLE), tiers(TENTH, WHOLE, TRIPLE, since="2030-01-01")),
                flag("one", "a", 30),
            ],
            actions=[action(f"to-{name}", "tier", name) for name in ("tenth", "whole", "triple")],
        ),
        {"tier": "whole", "a": True},
        Wishes(years=1),
        [([], "2026-11-15", 20, None, [], [])],
    ),
    "the least tier is a way for whoever has none": (
        rules(
            1,
            questions=[record("pay"), TIER],
            indicators=[indicator("pays", tiers(TENTH, WHOLE))],
            actions=[action("to-tenth", "tier", "tenth", months=None)],
        ),
        {},
        Wishes(),
        [(["to-tenth"], "2028-11-01", 0, None, [("tier", None, "tenth")], [])],
    ),
    "whoever has no tier is not sent to one that the rules do not have": (
        rules(
            questions=[record("pay"), TIER, *yes_or_no("a")],
            indicators=[indicator("pays", tiers(WHOLE)), flag("one", "a", 10)],
            actions=[action("to-triple", "tier", "triple")],
        ),
        {"a": True},
        Wishes(),
        [([], "2026-11-15", 0, None, [], [])],
    ),
    "tiers that have not begun say not how long one takes": (
        rules(
            questions=[record("pay"), TIER, *yes_or_no("a")],
            indicators=[indicator("pays", tiers(WHOLE, since="2027-01-01")), flag("one", "a", 10)],
            actions=[action("to-whole", "tier", "whole", months=None)],
        ),
        {"a": True},
        Wishes(),
        [([], "2026-11-15", 0, None, [], [])],
    ),
    # Asked for until May 2027, and again from 2028 on.
    "a condition may begin and end": (
        rules(
            questions=yes_or_no("a", "b"),
            indicators=[
                flag(
                    "one",
                    "a",
                    10,
                    when=[
                        condition("first", to="2027-05-31", requires={"answer": "b", "is": True}),
                        condition("again", **{"from": "2028-01-01"}, requires={"answer": "b", "is": True}),
                    ],
                )
            ],
        ),
        {"a": True, "b": False},
        Wishes(),
        [([], "2027-06-01", 0, "2028-01-01", [], [])],
    ),
    "so may a condition of a diploma's type": (
        rules(
            questions=[*yes_or_no("b"), *({"key": k, "type": "choice", "options": ["x"]} for k in ("level", "route", "place"))],
            indicators=[indicator("school", rule("diploma", "level", points={"x": 10}, route="route", place="place"))],
            education=[
                {
                    "id": "plain",
                    "outcome": "accepted",
                    "routes": ["x"],
                    "places": None,
                    "sources": [],
                    "conditions": [condition("later", **{"from": "2028-01-01"}, requires={"answer": "b", "is": True})],
                }
            ],
        ),
        {"level": "x", "route": "x", "b": False},
        Wishes(),
        [([], "2026-11-15", 0, "2028-01-01", [], [])],
    ),
    "conditions are named of what many answers add up to, too": (
        rules(
            questions=[
                *yes_or_no("a"),
                *({"key": key, "type": "integer", "min": 0, "max": 100} for key in ("share", "tax", "staff")),
            ],
            indicators=[
                indicator(
                    "firm",
                    rule("enterprise", share="share", cap=10, share_scales="all", combine="sum", parts=[{"answer": "tax", "unit": 10, "points": 1}, {"answer": "staff", "unit": 10, "points": 1}]),
                    when=[condition("works", requires={"answer": "a", "is": True})],
                )
            ],
            actions=[action("get-a", "a", True)],
        ),
        {"share": 100, "tax": 40, "staff": 60},
        Wishes(),
        [(["get-a"], "2026-11-15", 0, None, [("a", None, True)], [("firm", "works")])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WAYS)
def test_ways(name: str) -> None:
    book, given, wishes, wanted = WAYS[name]
    found = paths(book, read_answers(book, given, ON), wishes)
    assert [
        (
            [one.id for one in way.actions],
            way.reaches_on.isoformat(),
            way.margin,
            way.falls_below_on and way.falls_below_on.isoformat(),
            list(way.changes),
            list(way.conditions),
        )
        for way in found
    ] == wanted


def test_no_way_leads_beyond_the_calendar() -> None:
    book = rules(
        questions=[record("pay"), counted("steady", "pay", 12, at_least=4)],
        indicators=[flag("one", "steady", 10)],
        actions=[action("pay-on", "steady", True, months=None)],
    )
    found = [paths(book, read_answers(book, {}, date(9999, month, 20))) for month in (8, 9)]
    assert [[way.reaches_on for way in ways] for ways in found] == [[date(9999, 12, 1)], []]


def test_the_calendar_ends_with_its_last_day() -> None:
    for day, months, wanted in (
        ("9999-10-05", 2, "9999-12-05"),
        ("9999-10-05", 3, "9999-12-31"),
        ("9999-12-31", -10, "9999-02-28"),
    ):
        assert months_later(date.fromisoformat(day), months).isoformat() == wanted


def test_what_may_change_is_looked_at_after_the_day_up_to_the_last() -> None:
    """Months that only full years count in are looked at every twelfth time, unless a condition asks for another number."""
    months: Part = {"key": "months", "type": "integer", "min": 0, "max": 99, "grows": "always"}
    years = rule("full_years", "months", per_year=1, counts="all")
    limit = condition(
        "enough", requires={"answer": "months", "at_least": 18}, **{"from": "2026-11-15", "to": "2027-03-14"}
    )
    book = rules(
        questions=[months],
        indicators=[indicator("years", years), indicator("some", years, when=[limit])],
    )
    found = turning_days(book, Answers(ON, {"months": 9}), date(2027, 3, 15))
    assert {day.isoformat(): [one.id for one in who] for day, who in found.items()} == {
        "2026-12-01": ["some"],
        "2027-01-01": ["some"],
        "2027-02-01": ["years", "some"],
        "2027-03-01": ["some"],
        "2027-03-15": ["some"],
    }


SCHOOL = [
    *yes_or_no("a", "b"),
    {"key": "level", "type": "choice", "options": ["none", "low", "high"]},
    *({"key": key, "type": "choice", "options": ["x", "y"]} for key in ("route", "place")),
]
GRADUATE = {"level": "high", "route": "x"}


def school(*when: Part, **more: Any) -> Part:
    """An indicator that counts diplomas."""
    figures = {"points": {"none": 0, "low": 10, "high": 20}, "route": "route", "place": "place"}
    return indicator("school", rule("diploma", "level", **(figures | more)), kind="base", when=list(when))


def degree(*when: Part) -> list[Part]:
    """One type of diploma, by route x."""
    return [
        {"id": "plain", "outcome": "accepted", "routes": ["x"], "places": None, "sources": [], "conditions": list(when)}
    ]


def test_conditions_of_a_diploma_hold_while_they_are_in_force() -> None:
    """One that ended in 2025 and one that begins in 2028 do not matter yet; the indicator's own begins in 2027."""
    fails = {"answer": "b", "is": True}
    book = rules(
        standard=20,
        questions=SCHOOL,
        indicators=[school(condition("own", **{"from": "2027-05-05"}, requires={"answer": "a", "is": True}))],
        education=degree(
            condition("ended", to="2025-12-31", requires=fails),
            condition("begins", **{"from": "2028-01-01"}, requires=fails),
        ),
    )
    answers = read_answers(book, {**GRADUATE, "a": False, "b": False}, ON)
    found = diploma(book, answers)
    assert (found["verdict"], found["ask"], found["conditions"]) == ("accepted", [], [])
    [ahead] = [one["next"] for one in explain(book, answers, {}).values()]
    assert ahead == {"date": "2027-05-05", "low": 0, "high": 0, "change": -20}
    [change, later] = [
        one.as_json() for one in rule_changes(book, read_answers(book, GRADUATE | {"a": True, "b": False}, ON), 9)
    ]
    assert (change["items"], later["items"]) == ([], [{"id": "school", "before": [20, 20], "after": [0, 0]}])


def test_of_a_diploma_that_is_refused_nothing_more_is_asked() -> None:
    book = rules(
        questions=SCHOOL,
        indicators=[school(condition("told", requires={"answer": "a", "is": True}))],
        education=degree(condition("more", requires={"answer": "b", "is": True})),
    )
    found = diploma(book, read_answers(book, {**GRADUATE, "a": False}, ON))
    assert found == {
        "verdict": "refused",
        "type": "plain",
        "reasons": [{"code": "condition_failed", "owner": "school", "condition": "told"}],
        "conditions": [
            {"owner": "school", "condition": "told", "holds": "no"},
            {"owner": "plain", "condition": "more", "holds": "unknown"},
        ],
        "ask": [],
        "sources": [],
        "indicator": "school",
        "answers": {**GRADUATE, "a": False},
    }


def test_another_reading_may_tell_what_a_diploma_gives() -> None:
    """Also where the figure that hangs on the reading stands inside a list."""
    ages = [{"max": 40, "points": {"reading": "either", "options": {"one": 5, "two": 7}}}, {"min": 41, "points": 0}]
    high = {"reading": "either", "options": {"one": 20, "two": 15}}
    parts: Part = {
        "questions": [*SCHOOL, {"key": "born", "type": "date", "earliest": "1900-01-01"}],
        "indicators": [
            {**school(points={"none": 0, "low": 10, "high": high}), "readings": ["either"]},
            indicator("age", rule("brackets", "born", brackets=ages), readings=["either"]),
        ],
        "education": degree(),
        "readings": {"either": {"taken": "one", "options": ["one", "two"]}},
    }
    book, other = rules(**parts), rules(**parts, take={"either": "two"})
    found = explain(book, read_answers(book, {**GRADUATE, "born": "1990-05-05"}, ON), {"either": {"two": other}})
    assert {name: one["readings"] for name, one in found.items()} == {
        "school": {"either": {"two": [15, 15]}},
        "age": {"either": {"two": [7, 7]}},
    }


def test_what_changes_next_is_told_for_ten_years() -> None:
    later = {name: rule("abolished", since=day) for name, day in (("in", "2036-11-15"), ("out", "2036-11-16"))}
    book = rules(
        questions=yes_or_no("a"),
        indicators=[indicator(name, rule("flag", "a", points=3), ends) for name, ends in later.items()],
    )
    found = explain(book, read_answers(book, {"a": True}, ON), {})
    assert {name: one["next"] for name, one in found.items()} == {
        "in": {"date": "2036-11-15", "low": 0, "high": 0, "change": -3},
        "out": None,
    }


def test_wages_are_told_from_the_longest_window_s_first_month_to_this_one() -> None:
    years = [
        ("2020-01", "2023-10"),
        ("2023-11", "2023-11"),
        ("2023-12", "2026-10"),
        ("2026-11", "2026-11"),
        ("2026-12", "2027-11"),
    ]
    book = rules(
        questions=[record("pay"), TIER],
        indicators=[indicator("pays", tiers(TENTH, TRIPLE))],
        wages=[{"from": first, "to": last, "average": 1001} for first, last in years],
    )
    found = contributions(book, read_answers(book, {}, ON))["pay"]["wages"]
    assert found == [
        {"from": first, "to": last, "average": 1001, "least": {"tenth": 101, "triple": 3003}}
        for first, last in years[1:4]
    ]


def due(name: str, test: Part, since: str = "2020-01-01") -> Part:
    """A condition of applying."""
    return {"id": name, "values": [dated(since, requires=test, standard=False)]}


def test_recent_months_are_found_among_all_that_one_must_meet() -> None:
    """A condition that has not begun, one on what is not counted and one on no number of months come before it."""
    book = rules(
        standard=0,
        questions=[
            {"key": "born", "type": "date", "earliest": "1900-01-01"},
            *yes_or_no("a"),
            record("pay"),
            counted("steady", "pay", 12, at_least=6),
            counted("recent", "pay", 12),
        ],
        eligibility=[
            due("later", {"answer": "recent", "at_least": 9}, since="2030-01-01"),
            due("adult", {"answer": "born", "at_least": 18}),
            due("answered", {"answer": "a", "is": True}),
            due("steady", {"answer": "steady", "is": True}),
            due("insured", {"answer": "recent", "at_least": 1}),
        ],
    )
    given = {"born": "1990-05-05", "a": True, "steady": True}
    found = count_back(book, read_answers(book, {**given, "recent": 0}, ON), date(2027, 1, 15)).as_json()
    assert found == {
        "deadline": "2027-01-15",
        "apply_by": "2026-11-15",
        "insured_from": "2026-10",
        "fit": "no",
        "missing": ["insured"],
        "short_of": 0,
        "low": 0,
        "high": 0,
        "checks": [
            {"id": "later", "holds": "yes"},
            {"id": "adult", "holds": "yes"},
            {"id": "answered", "holds": "yes"},
            {"id": "steady", "holds": "yes"},
            {"id": "insured", "holds": "no"},
        ],
    }


def paper(name: str, *claims: str, options: tuple[str, ...] = ()) -> Part:
    """Something to bring for some indicators."""
    return {"id": name, "for": [{"indicator": one, "options": list(options), "when": []} for one in claims]}


def test_papers_are_asked_for_what_counts_and_the_lightest_pile_is_named() -> None:
    """One point is worth a paper; what is open is not; the first of two that are alike is enough; more points before fewer."""
    book = rules(
        standard=8,
        questions=[
            *yes_or_no("a", "b", "c", "d", "e", "lost"),
            {"key": "kind", "type": "choice", "options": ["bad", "good"]},
            {"key": "cases", "type": "integer", "min": 0, "max": 2},
        ],
        indicators=[
            flag("one", "a", 1),
            flag("nine", "b", 9),
            flag("ten", "c", 10),
            flag("also-ten", "d", 10),
            flag("open", "lost", 8),
            indicator("either", rule("choice", "kind", points={"bad": -3, "good": 5})),
            indicator("record", rule("per_case", "cases", points=-1, window_years=5), kind="deduction"),
        ],
        materials=[
            paper("form"),
            paper("a-paper", "nine", "one"),
            paper("b-paper", "one"),
            paper("c-paper", "ten"),
            paper("d-paper", "also-ten"),
            paper("e-paper", "either", "open"),
            {
                "id": "kinds",
                "for": [
                    {"indicator": "ten", "options": [], "when": [{"answer": "e", "is": True}]},
                    {"indicator": "either", "options": ["bad"], "when": []},
                    {"indicator": "either", "options": ["good"], "when": []},
                ],
            },
        ],
    )
    answers = read_answers(book, {"a": True, "b": True, "c": True, "d": True, "e": False, "cases": 1}, ON)
    assert materials(book, answers, frozenset(["c-paper", "d-paper"])) == {
        "basic": ["form"],
        "needed": ["ten"],
        "for": [
            {
                "id": "one",
                "points": 1,
                "needed": False,
                "materials": ["a-paper", "b-paper"],
                "missing": ["a-paper", "b-paper"],
            },
            {"id": "nine", "points": 9, "needed": False, "materials": ["a-paper"], "missing": ["a-paper"]},
            {"id": "ten", "points": 10, "needed": True, "materials": ["c-paper"], "missing": []},
            {"id": "also-ten", "points": 10, "needed": False, "materials": ["d-paper"], "missing": []},
        ],
        # 1 + 9 + 10 + 10, at worst 3 less and 1 less; of what is open no paper takes anything away.
        "at_risk": 10,
        "safe": 16,
        "standard": 8,
    }
    # Of records that are open the worst is counted, two: nine points are not enough.
    chosen = read_answers(book, {"b": True, "kind": "good"}, ON)
    found = materials(book, chosen, frozenset())
    assert (found["needed"], found["at_risk"], found["safe"]) == (["nine", "either"], 14, -2)
    assert [one["materials"] for one in found["for"]] == [["a-paper"], ["e-paper", "kinds"]]


def test_a_case_on_a_leap_day_tells_as_many_years() -> None:
    ages = [{"max": 41, "points": 6}, {"min": 42, "max": 43, "points": 5}, {"min": 44, "points": 4}]
    book = rules(
        questions=[{"key": "born", "type": "date", "earliest": "1900-01-01"}, *yes_or_no("a")],
        indicators=[indicator("age", rule("brackets", "born", brackets=ages), kind="base"), flag("one", "a", 3)],
    )
    for born, told, points in (("1986-02-13", "1986-02-28", 5), ("1983-03-01", "1984-02-29", 4)):
        assert case(book, {"a": None, "born": born}, date(2028, 2, 29)) == {
            "format": 1,
            "on": "2028-02-29",
            "rules": {"name": "made up", "hash": "0"},
            "answers": {"born": told},
            "open_counts": "unknown",
            "coarser": ["born"],
            "left_out": [],
            "estimate": {
                "low": points,
                "high": points + 3,
                "reaches_standard": "no",
                "eligible": "yes",
                "items": {"age": [points, points], "one": [0, 3]},
            },
            "official": None,
        }


def test_a_case_keeps_what_matters_only_together() -> None:
    """Either of two gives the points, so that neither matters while the other is there; one of them decides besides."""
    book = rules(
        questions=yes_or_no("a", "b", "c"),
        best_of=[["one", "other"]],
        indicators=[flag("one", "a", 10), flag("other", "b", 10)],
        eligibility=[due("allowed", {"answer": "b", "is": True})],
    )
    found = case(book, {"a": True, "b": True, "c": True}, ON)
    assert (found["answers"], found["left_out"]) == ({"a": True, "b": True, "c": True}, [])
    assert found["estimate"]["items"] == {"one": [10, 10], "other": [0, 0]}


def test_a_bundle_of_another_time_is_not_read() -> None:
    for parts, message in (
        ({"format": 2}, "bundle format 2; this estimator reads 1"),
        ({"wages": [{"from": "2024-13", "to": "2025-06", "average": 1}]}, "'2024-13' is no month"),
        ({"indicators": [indicator("one", rule("lottery"))]}, "method 'lottery' is not known to this estimator"),
    ):
        with pytest.raises(ValueError) as refused:
            rules(**parts)
        assert str(refused.value) == message


def test_every_fault_of_a_record_is_told_with_place_value_and_what_is_allowed() -> None:
    book = rules(questions=[record("pay")])
    limits = {"earliest": "2000-01", "latest": "2026-11"}
    base = {"min": 1, "max": 99999}
    stretches = [
        "x",
        {"from": "2020-01", "to": "2020-02", "base": 1000, "until": 7},
        {"from": "1999-12", "to": "2026-12", "base": 1},
        {"from": "2020-13", "to": 3, "base": 100000},
        {"from": "2021-03", "to": "2021-02", "base": 1000},
        {"from": "2020-02", "to": "2020-03", "base": 1000},
        {"from": "2021-02", "to": "2021-02", "base": 0},
        [5],
    ]
    expected = [
        Fault("not_a_stretch", "pay[0]", '"x"'),
        Fault("unknown_stretch_key", "pay[1].until", "7"),
        Fault("month_out_of_range", "pay[2].from", '"1999-12"', limits),
        Fault("month_out_of_range", "pay[2].to", '"2026-12"', limits),
        Fault("not_a_month", "pay[3].from", '"2020-13"', limits),
        Fault("not_a_month", "pay[3].to", "3", limits),
        Fault("not_a_base", "pay[3].base", "100000", base),
        Fault("stretch_backwards", "pay[4].to", '"2021-02"', {"from": "2021-03"}),
        Fault("month_twice", "pay[5]", "2020-02"),
        Fault("not_a_base", "pay[6].base", "0", base),
        Fault("not_a_stretch", "pay[7]", "[…]"),
    ]
    for given, faults in (
        (stretches, expected),
        ("2020-01", [Fault("not_a_history", "pay", '"2020-01"')]),
        ([{}] * 10, [Fault("history_too_long", "pay", "10", {"max": 9})]),
    ):
        with pytest.raises(Refused) as refused:
            read_answers(book, {"pay": given}, ON)
        assert list(refused.value.faults) == faults
    months = [f"2020-{month:02}" for month in range(1, 10)]
    read = read_answers(book, {"pay": paid(*((month, month, 99999) for month in months))}, ON)
    assert list(read.history["pay"].months.values()) == [(99999, 1000)] * 9


def test_json_that_is_none_or_too_deep_is_refused_at_its_place() -> None:
    deep = "[" * DEEPEST
    brackets_in_text = '["' + deep + '[\\"["]'
    for text in (deep + "]" * DEEPEST, brackets_in_text, "[" + "[]," * DEEPEST + "{}]"):
        assert decode(text, []) == json.loads(text)
    for text, line, column in (
        (deep + "[", 1, 1),
        ("{" * (DEEPEST + 1), 1, 1),
        (deep + "],[[", 1, 1),
        ("[\n" + "X" * 30 + deep + "[", 1, 1),
        ("[\n" + "X" * 30, 2, 1),
        ("1" * 5000, 1, 1),
    ):
        with pytest.raises(Refused) as refused:
            decode(text, [])
        assert refused.value.faults == (Fault("not_json", "", "", {"line": line, "column": column}),)


def test_samples_of_answers_show_what_a_question_can_do() -> None:
    years = [
        {"key": "old", "type": "date", "earliest": "1900-01-01"},
        {"key": "new", "type": "date", "earliest": "1990-01-01"},
    ]
    counts = [
        {"key": "most", "type": "integer", "min": 0, "max": 130},
        {"key": "few", "type": "integer", "min": 6, "max": 12},
        {"key": "months", "type": "integer", "min": 1, "max": 600, "unit": "months"},
        {"key": "a year", "type": "integer", "min": 0, "max": 12, "unit": "months"},
        {"key": "records", "type": "integer", "min": 0, "max": 9, "unit": "times"},
    ]
    book = rules(questions=[*years, *counts, *yes_or_no("a"), TIER, record("pay")])
    assert {key: list(samples(question, ON)) for key, question in book.questions.items()} == {
        "old": [date(year, 1, 1) for year in range(1956, 2027, 10)],
        "new": [date(year, 1, 1) for year in (1990, 2000, 2010, 2020)],
        "most": [0, 1, 6, 12, 60, 120, 130],
        "few": [6, 12],
        "months": [1, 6, 12, 60, 120],
        "a year": [0, 1, 6, 12],
        "records": [0, 1],
        "a": [True, False],
        "tier": ["none", "tenth", "whole", "triple"],
        "pay": [],
    }


def test_a_total_with_other_points_is_the_one_added_up_anew() -> None:
    names = ("one", "two", "three")
    book = rules(
        questions=yes_or_no(*names),
        best_of=[["one", "two"]],
        indicators=[flag("one", "one", 3), flag("two", "two", 5), flag("three", "three", 2)],
    )
    for given in ({}, {"one": True}, {"one": True, "two": False, "three": True}):
        bench = Bench(book, read_answers(book, given, ON))
        for points in itertools.product([None, (0, 0), (1, 4), (7, 9)], repeat=len(names)):
            changed = {name: each for name, each in zip(names, points, strict=True) if each}
            assert bench.with_points(changed) == total(book, bench.own | changed)


def test_a_question_matters_by_what_it_moves_decides_or_will_move() -> None:
    book = rules(
        questions=[
            *yes_or_no("much", "little", "nothing", "today", "tomorrow", "decides"),
            {**counted("months", "pay", 12), "neutral": 0},
            record("pay"),
        ],
        indicators=[
            flag("a lot", "much", 50),
            flag("a bit", "little", 1),
            flag("nil", "nothing", 0),
            indicator("new", rule("flag", "today", since="2026-11-15", points=0)),
            indicator("next", rule("flag", "tomorrow", since="2026-11-16", points=5)),
            indicator("paid", rule("full_years", "months", per_year=2, cap=2, counts="all")),
        ],
        eligibility=[due("allowed", {"answer": "decides", "is": True})],
    )
    worth, order = questions(book, read_answers(book, {}, ON))
    assert {key: (each.asked, each.matters, each.points) for key, each in worth.items()} == {
        "much": (True, True, 20),
        "little": (True, True, 1),
        "nothing": (True, False, 0),
        "today": (True, False, 0),
        "tomorrow": (True, True, 0),
        "decides": (True, True, 0),
        "months": (True, True, 2),
        "pay": (True, True, 0),
    }
    assert order == ["much", "little", "months", "tomorrow", "decides"]
    assert assume_nothing(book, read_answers(book, {}, ON)).values == {"months": 0}
    assert assume_nothing(book, read_answers(book, {"pay": paid(("2026-01", "2026-06", 1000))}, ON)).values == {
        "months": 6
    }


BORN: Part = {"key": "born", "type": "date", "earliest": "1900-01-01"}
AGES = [{"max": 10, "points": 4, "step": 1}, {"min": 11, "max": 13, "points": 9, "step": -2}, {"min": 14, "points": 3}]
FIRM: Part = {
    "share": "share",
    "parts": [{"answer": "tax", "unit": 10, "points": 2}, {"answer": "staff", "unit": 5, "points": 3}],
    "share_scales": "first",
    "combine": "best",
    "cap": 9,
}
FIRM_ASKED = [{"key": key, "type": "integer", "min": 0, "max": 100} for key in ("share", "tax", "staff")]


def requires(answer: str, **more: Any) -> Part:
    """A condition that a yes meets, called after its answer."""
    return condition(f"needs {answer}", requires={"answer": answer, "is": True}, **more)


def failed(owner: str, answer: str) -> Part:
    return {"code": "condition_failed", "owner": owner, "condition": f"needs {answer}"}


def own_share(answer: str, amount: int, share: int, unit: int, each: int, points: int) -> Part:
    return {"code": "own_share", "answer": answer, "amount": amount, "share": share, "unit": unit, "each": each, "points": points}  # fmt: skip


def open_(*answers: str) -> Part:
    return {"code": "unknown", "answers": list(answers)}


NOT_CLAIMED = {"code": "not_claimed"}
PICKED = {"none": 0, "low": 3, "high": 8}


#: An indicator, its questions, and for each set of answers: least, most, status and reasons.
GIVEN: dict[str, tuple[Part, list[Part], list[tuple[Part, int, int, str, list[Part]]]]] = {
    "brackets": (
        indicator("x", rule("brackets", "born", brackets=AGES)),
        [BORN],
        [
            ({}, 3, 14, "unknown", [open_("born")]),
            ({"born": "2018-11-16"}, 11, 11, "counted", [{"code": "completed_years", "years": 7, "points": 11}]),
            ({"born": "2013-11-15"}, 5, 5, "counted", [{"code": "completed_years", "years": 13, "points": 5}]),
            ({"born": "1990-01-01"}, 3, 3, "counted", [{"code": "completed_years", "years": 36, "points": 3}]),
        ],
    ),
    "a bracket of the first year": (
        indicator("x", rule("brackets", "born", brackets=[{"max": 0, "points": 4, "step": 1}, {"min": 1, "points": 2}])),
        [BORN],
        [({}, 2, 4, "unknown", [open_("born")])],
    ),
    "options, each with what it requires": (
        indicator(
            "x",
            rule("choice", "pick", points=PICKED),
            when=[
                requires("a", applies_to=["low"]),
                requires("b", applies_to=["high"]),
                requires("c", applies_to=["none"]),
            ],
        ),
        [{"key": "pick", "type": "choice", "options": list(PICKED)}, *yes_or_no("a", "b", "c")],
        [
            ({}, 0, 8, "unknown", [open_("pick", "a", "b")]),
            ({"a": False}, 0, 8, "unknown", [open_("pick", "b")]),
            ({"a": False, "b": False}, 0, 0, "refused", [failed("x", "a"), failed("x", "b")]),
            ({"pick": "high"}, 0, 8, "unknown", [{"code": "option", "answer": "pick", "value": "high", "points": 8}, open_("b")]),
            ({"pick": "none"}, 0, 0, "none", [{"code": "option", "answer": "pick", "value": "none", "points": 0}]),
        ],
    ),
    "options that all give points": (
        indicator("x", rule("choice", "pick", points={"low": 3, "high": 8}), when=[requires("a", applies_to=["high"])]),
        [{"key": "pick", "type": "choice", "options": ["low", "high"]}, *yes_or_no("a")],
        [
            ({}, 0, 8, "unknown", [open_("pick", "a")]),
            ({"a": True}, 3, 8, "unknown", [open_("pick")]),
            ({"a": False}, 0, 3, "unknown", [open_("pick")]),
        ],
    ),
    "yes, for some months": (
        indicator("x", rule("flag", "a", points=5, within={"answer": "born", "months": 12})),
        [BORN, *yes_or_no("a")],
        [
            ({}, 0, 5, "unknown", [open_("a")]),
            ({"a": True}, 5, 5, "counted", [{"code": "claimed", "points": 5}]),
            ({"a": True, "born": "2025-11-15"}, 5, 5, "counted", [{"code": "claimed", "points": 5}, {"code": "until", "last_day": "2026-11-15"}]),
            ({"a": True, "born": "2025-11-14"}, 0, 0, "refused", [{"code": "lapsed", "last_day": "2026-11-14"}]),
            ({"a": False, "born": "2025-11-14"}, 0, 0, "none", [NOT_CLAIMED]),
        ],
    ),
    "yes takes away": (
        flag("x", "a", -5, when=[requires("b")]),
        yes_or_no("a", "b"),
        [
            ({"b": True}, -5, 0, "unknown", [open_("a")]),
            ({"a": True}, -5, 0, "unknown", [{"code": "claimed", "points": -5}, open_("b")]),
        ],
    ),
    "one point, with a condition": (
        flag("x", "a", 1, when=[requires("b")]),
        yes_or_no("a", "b"),
        [
            ({}, 0, 1, "unknown", [open_("a"), open_("b")]),
            ({"a": True, "b": False}, 0, 0, "refused", [{"code": "claimed", "points": 1}, failed("x", "b")]),
            ({"a": True}, 0, 1, "unknown", [{"code": "claimed", "points": 1}, open_("b")]),
            ({"a": False, "b": False}, 0, 0, "none", [NOT_CLAIMED]),
        ],
    ),
    "an enterprise, by the better of two parts": (
        indicator("x", rule("enterprise", **FIRM)),
        FIRM_ASKED,
        [
            ({}, 0, 9, "unknown", [open_("share", "tax", "staff")]),
            ({"share": 0}, 0, 0, "none", [NOT_CLAIMED]),
            ({"share": 50, "tax": 0, "staff": 0}, 0, 0, "none", [NOT_CLAIMED]),
            ({"share": 50, "tax": 4, "staff": 4}, 0, 0, "none", [own_share("tax", 4, 50, 10, 2, 0), own_share("staff", 4, 50, 5, 3, 0)]),
            ({"share": 1, "tax": 40, "staff": 10}, 6, 6, "counted", [own_share("tax", 40, 1, 10, 2, 0), own_share("staff", 10, 1, 5, 3, 6)]),
            ({"share": 50, "tax": 79}, 6, 9, "unknown", [open_("staff")]),
            ({"share": 50, "staff": 100}, 9, 9, "counted", [own_share("staff", 100, 50, 5, 3, 60), {"code": "capped", "cap": 9}]),
            ({"tax": 0, "staff": 9}, 0, 3, "unknown", [open_("share")]),
            ({"tax": 9, "staff": 4}, 0, 0, "none", [NOT_CLAIMED]),
        ],
    ),
    "an enterprise, by both parts, all by the share": (
        indicator("x", rule("enterprise", **FIRM | {"combine": "sum", "share_scales": "all"})),
        FIRM_ASKED,
        [
            ({"share": 50, "tax": 40, "staff": 10}, 7, 7, "counted", [own_share("tax", 40, 50, 10, 2, 4), own_share("staff", 10, 50, 5, 3, 3)]),
        ],
    ),
    "an enterprise, by large parts and by parts of one": (
        indicator(
            "x",
            rule(
                "enterprise",
                **FIRM | {"parts": [{"answer": "tax", "unit": 200, "points": 2}, {"answer": "staff", "unit": 1, "points": 3}]},
            ),
        ),
        [{**each, "max": 999} for each in FIRM_ASKED],
        [
            ({"share": 100}, 0, 9, "unknown", [open_("tax", "staff")]),
            ({"tax": 399, "staff": 0}, 0, 2, "unknown", [open_("share")]),
        ],
    ),
    "an enterprise, with staff in hundreds": (
        indicator("x", rule("enterprise", **FIRM | {"parts": [{"answer": "tax", "unit": 1, "points": 2}, {"answer": "staff", "unit": 200, "points": 3}]})),
        [{**each, "max": 999} for each in FIRM_ASKED],
        [
            ({"share": 5, "tax": 0, "staff": 399}, 3, 3, "counted", [own_share("tax", 0, 5, 1, 2, 0), own_share("staff", 399, 5, 200, 3, 3)]),
            ({"share": 100, "staff": 0}, 0, 9, "unknown", [open_("tax")]),
        ],
    ),
    "a veto, whatever its conditions": (
        indicator("x", rule("veto", "a", in_force=True), kind="veto", when=[requires("b")]),
        yes_or_no("a", "b"),
        [
            ({}, 0, 0, "unknown", [open_("a")]),
            ({"a": True, "b": False}, 0, 0, "refused", [{"code": "veto"}]),
            ({"a": False, "b": False}, 0, 0, "none", [{"code": "no_veto"}]),
        ],
    ),
    "a veto that is only noted": (
        indicator("x", rule("veto", "a", in_force=False), kind="veto"),
        yes_or_no("a"),
        [({"a": True}, 0, 0, "none", [{"code": "note"}])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GIVEN)
def test_what_an_indicator_gives_and_why(name: str) -> None:
    given, asked, expected = GIVEN[name]
    book = rules(questions=asked, indicators=[given])
    for answers, *whole in expected:
        [item] = score(book, read_answers(book, answers, ON)).items
        assert [item.low, item.high, item.status, list(item.reasons)] == whole, answers
        assert [*item.missing] == [key for step in item.reasons for key in step.get("answers", [])], answers


def test_of_a_group_the_best_counts_and_of_equals_the_first() -> None:
    """What each of three indicators adds that gives points for sure or, in brackets, perhaps, and because of which other."""

    def found(*given: int | list[int]) -> list[Any]:
        points = {name: each if isinstance(each, int) else each[0] for name, each in zip("abc", given, strict=True)}
        book = rules(
            questions=yes_or_no(*points),
            best_of=[list(points)],
            indicators=[flag(name, name, each) for name, each in points.items()],
        )
        sure = {name: True for name, each in zip("abc", given, strict=True) if isinstance(each, int)}
        items = score(book, read_answers(book, sure, ON)).items
        return [(item.low, item.high, item.status, item.reasons[-1]) for item in items]

    def counts(points: int) -> Any:
        return (points, points, "counted" if points else "none", {"code": "claimed", "points": points})

    def beaten(points: int, other: str) -> Any:
        return (0, 0, "not_counted", {"code": "other_counts", "other": other, "points": points})

    def perhaps(points: int, *others: str) -> Any:
        return (0, points, "unknown", {"code": "better_of", "others": list(others)})

    assert found(5, 5, 5) == [counts(5), beaten(5, "a"), beaten(5, "a")]
    assert found(2, 5, 5) == [beaten(2, "b"), counts(5), beaten(5, "b")]
    assert found(1, 2, 9) == [beaten(1, "c"), beaten(2, "c"), counts(9)]
    assert found(0, 1, 0) == [counts(0), counts(1), counts(0)]
    assert found(5, [7], 0) == [perhaps(5, "b"), perhaps(7, "a"), counts(0)]
    assert found(5, [5], 0) == [counts(5), beaten(5, "a"), counts(0)]
    assert found([5], 5, 0) == [perhaps(5, "b"), perhaps(5, "a"), counts(0)]
    assert found([5], 1, 0) == [perhaps(5, "b"), perhaps(1, "a"), counts(0)]
    assert found(1, 5, [9]) == [beaten(1, "b"), perhaps(5, "a", "c"), perhaps(9, "a", "b")]


def test_a_diploma_says_what_it_falls_under_and_on_which_sources_it_stands() -> None:
    """Also where the kind is not certain, and where the indicator's own condition fails."""
    kinds = [
        {"id": "plain", "outcome": "accepted", "routes": ["x"], "places": ["x"], "sources": ["p"], "conditions": []},
        {"id": "away", "outcome": "refused", "routes": ["x"], "places": ["y"], "sources": ["q"], "conditions": []},
        {"id": "proof", "outcome": "evidence", "routes": ["y"], "places": None, "sources": ["r"], "conditions": [requires("b"), requires("c")]},
    ]  # fmt: skip
    book = rules(questions=[*SCHOOL, *yes_or_no("c")], indicators=[school(requires("a"))], education=kinds)
    level = {"code": "option", "answer": "level", "value": "high", "points": 20}
    accepted = {"code": "diploma_accepted", "type": "plain", "outcome": "accepted"}
    here = {"level": "high", "route": "x", "place": "x"}
    for given, low, high, status, reasons, sources in (
        ({**here, "a": True}, 20, 20, "counted", [level, accepted], ["p"]),
        ({**here, "a": False}, 0, 0, "refused", [level, failed("school", "a")], ["p"]),
        (here, 0, 20, "unknown", [level, accepted, open_("a")], ["p"]),
        ({**here, "place": "y", "a": True}, 0, 0, "refused", [level, {"code": "diploma_refused", "type": "away"}], ["q"]),
        ({"level": "high", "route": "x", "a": True}, 0, 20, "unknown", [level, open_("place")], []),
        ({"level": "high", "place": "y", "a": True, "b": False}, 0, 0, "refused", [level, {"code": "diploma_refused_either_way"}], []),
        ({"level": "high", "route": "y", "a": True, "b": False}, 0, 0, "refused", [level, failed("proof", "b")], ["r"]),
        ({"level": "none", "route": "y", "a": True}, 0, 0, "none", [level | {"value": "none", "points": 0}], []),
        ({"route": "y", "a": True}, 0, 20, "unknown", [open_("level", "b", "c")], []),
        ({"level": "high", "a": True, "place": "x", "b": False}, 0, 20, "unknown", [level, open_("route")], []),
    ):  # fmt: skip
        [item] = score(book, read_answers(book, given, ON)).items
        found = (item.low, item.high, item.status, list(item.reasons), list(item.sources))
        assert found == (low, high, status, reasons, sources), given
    told = diploma(book, read_answers(book, {**here, "a": False}, ON))
    assert (told["verdict"], told["reasons"]) == ("refused", [failed("school", "a")])


def test_who_may_apply_hangs_on_vetoes_and_on_what_is_in_force() -> None:
    book = rules(
        questions=yes_or_no("a", "b"),
        indicators=[indicator("no", rule("veto", "a", in_force=True), kind="veto")],
        eligibility=[
            due("now", {"answer": "b", "is": True}),
            due("later", {"answer": "b", "is": False}, since="2026-11-16"),
        ],
    )
    for given, eligible, holds in (
        ({"a": False, "b": True}, "yes", "yes"),
        ({"b": True}, "unknown", "yes"),
        ({"a": True, "b": True}, "no", "yes"),
        ({"a": False}, "unknown", "unknown"),
        ({"a": False, "b": False}, "no", "no"),
    ):
        found = score(book, read_answers(book, given, ON))
        assert (found.eligible, found.checks) == (eligible, (Check("now", holds, ()), Check("later", "yes", ())))


def test_rules_begin_on_their_day_with_the_standard_of_that_day() -> None:
    book = rules(standard=10)
    later = dataclasses.replace(book, standard=Timeline((Entry("2026-11-15", 10, ()), Entry("2027-01-01", 20, ()))))
    for day, standard in ((ON, 10), (date(2026, 12, 31), 10), (date(2027, 1, 1), 20)):
        assert score(later, read_answers(later, {}, day)).standard == standard
    with pytest.raises(Refused) as refused:
        score(later, read_answers(later, {}, date(2026, 11, 14)))
    assert refused.value.faults == (Fault("before_the_rules", "on", "2026-11-14", {"earliest": "2026-11-15"}),)
    assert later.standard_on("2026-11-14") == 10


def test_what_a_record_only_perhaps_says_stays_unknown() -> None:
    """Months before the table of wages: whether they were paid at the multiple, nobody knows."""
    book = rules(questions=[record("pay"), counted("well paid", "pay", 12, multiple="1")])
    for stretch, known in (
        (("2019-06", "2019-07", 1000), {}),
        (("2020-02", "2020-03", 1000), {"well paid": 2}),
        (("2020-02", "2020-03", 999), {"well paid": 0}),
    ):
        assert read_answers(book, {"pay": paid(stretch)}, date(2020, 5, 15)).values == known
    half_more = {**counted("well paid", "pay", 12, multiple="1.5"), "neutral": 0}
    book = rules(questions=[record("pay"), half_more])
    for stretch, values in (
        (("2020-02", "2020-03", 1499), {"well paid": 0}),
        (("2020-02", "2020-03", 1500), {"well paid": 2}),
        (("2019-06", "2019-07", 1500), {}),
    ):
        answers = read_answers(book, {"pay": paid(stretch)}, date(2020, 5, 15))
        assert assume_nothing(book, answers).values == answers.values == values
