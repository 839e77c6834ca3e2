"""Ways to reach the standard, against every set of actions scored one by one: nothing is offered that does not reach it, and
nothing that beats what is offered is missing."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estimator import entry
from estimator.answers import Answers, read_answers
from estimator.calendar import months_later
from estimator.model import Rulebook
from estimator.paths import Wishes, paths
from estimator.project import moved
from estimator.score import score
from tests.applicants import applicants

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))
BOOK = Rulebook.from_bundle(BUNDLE)
ACTIONS = {action["id"]: action for action in BUNDLE["actions"]}
ON = date(2026, 11, 21)
NOTHING = {q["key"]: q["neutral"] for q in BUNDLE["questions"] if q.get("neutral") is not None}

SHORT = NOTHING | {
    "birth_date": "1990-05-20",
    "education_level": "junior_college",
    "education_route": "full_time",
    "education_registered": True,
    "si_months": 40,
}
#: Applicants whose ways differ in kind: near and far, with and without a diploma, ageing, with a title that lacks a condition.
APPLICANTS = {
    "junior college": SHORT,
    "no diploma": SHORT | {"education_level": "none"},
    "ageing": SHORT | {"birth_date": "1974-02-28", "qualification": "skill_3", "qualification_fits_post": True},
    "title without its base": SHORT
    | {"qualification": "title_intermediate", "qualification_fits_post": True, "qualification_base_met": False},
    "a diploma that is refused": SHORT | {"education_level": "bachelor_with_degree", "education_registered": False},
    "a tier already": SHORT | {"si_base_tier": "0.8", "si_months": 11, "education_level": "none"},
    "there already": SHORT | {"education_level": "master", "si_months": 1},
    "a graduate for a year": SHORT
    | {
        "education_level": "bachelor",
        "fresh_graduate": True,
        "graduation_date": "2026-06-30",
        "birth_date": "1982-12-01",
        "si_months": 83,
    },
    "a record": SHORT | {"detention": 1},
}


def read(data: dict[str, Any], on: date = ON) -> Answers:
    return read_answers(BOOK, data, on)


def applied(data: dict[str, Any], changes: list[dict[str, Any]]) -> dict[str, Any]:
    """The answers object with the printed changes made in it, as anybody would make them."""
    return data | {change["key"]: change["to"] for change in changes}


# --- every set of actions, one by one --------------------------------------------------------------------------------------


def tiers() -> dict[str, tuple[int, int]]:
    """Points and months of each tier of the contribution base."""
    rule = next(i for i in BUNDLE["indicators"] if i["id"] == "si_base")["values"][-1]["points"]
    return {tier["value"]: (tier["points"], tier["months"]) for tier in rule["tiers"]}


def months_needed(action: dict[str, Any]) -> int:
    """The months that the rules ask for where the action does not say."""
    if action["key"] == "si_base_tier":
        return tiers()[action["to"]][1]
    return int(next(q for q in BUNDLE["questions"] if q["key"] == action["key"])["derived"]["at_least"])


def done_on(action: dict[str, Any], on: date, months: dict[str, int]) -> date:
    """The day on which the action is done, for answers without a history: whole months are paid from this one on."""
    own = months.get(action["id"], action["months"])
    if own is not None:
        return months_later(on, own)
    return months_later(on.replace(day=1), months_needed(action))


def open_to(action: dict[str, Any], data: dict[str, Any]) -> bool:
    """Whether the action is possible for these answers, and changes something."""
    test = action["when"]
    if test is not None and data.get(test["answer"]) not in test["in"]:
        return False
    if action["key"] == "si_base_tier":
        return tiers().get(data.get("si_base_tier"), (0, 0))[0] < tiers()[action["to"]][0]
    return data.get(action["key"]) != action["to"]


def every_set(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], ...]]:
    """Every set of possible actions that do not contradict each other: no answer is set by two of them."""
    possible = [action for action in ACTIONS.values() if open_to(action, data)]
    for size in range(len(possible) + 1):
        for chosen in itertools.combinations(possible, size):
            keys = [key for action in chosen for key in (action["key"], *action["also"])]
            if len(keys) == len(set(keys)):
                yield chosen


def marked_days(data: dict[str, Any], on: date, end: date) -> list[date]:
    """Every day on which anything could change: firsts of months, the days and months of every date in it, and the next."""
    dates = [on, *(date.fromisoformat(v) for k, v in data.items() if isinstance(v, str) and k.endswith("_date"))]
    marks = {(d.month, d.day) for one in dates for d in (one, one + timedelta(days=1))} | {(3, 1)}
    return [
        d for n in range((end - on).days + 1) if (d := on + timedelta(days=n)).day == 1 or (d.month, d.day) in marks
    ]


def brute_force(data: dict[str, Any], on: date, wishes: Wishes) -> dict[tuple[str, ...], dict[str, Any]]:
    """By set of actions: when it reaches the standard, with how much, until when, at which cost."""
    found = {}
    end = months_later(on, 12 * wishes.years)
    days = marked_days(data, on, end)
    for chosen in every_set({k: v for k, v in data.items() if v is not None}):
        if any(action["id"] in wishes.impossible for action in chosen):
            continue
        ready = max((done_on(action, on, dict(wishes.months)) for action in chosen), default=on)
        changes = {
            key: value for action in chosen for key, value in {**action["also"], action["key"]: action["to"]}.items()
        }
        answers = read(data | changes, on)
        reached: dict[str, Any] = {}
        for day in sorted({*days, ready}):
            if not ready <= day <= end:
                continue
            estimate = score(BOOK, moved(BOOK, answers, day))
            if not reached and estimate.low >= estimate.standard:
                reached = {
                    "reaches": day,
                    "low": estimate.low,
                    "margin": estimate.low - estimate.standard,
                    "falls": None,
                }
            elif reached and estimate.low < estimate.standard:
                reached["falls"] = day
                break
        if reached:
            cost = sum(wishes.cost.get(a["id"], a["cost"]) for a in chosen)
            found[tuple(a["id"] for a in chosen)] = reached | {"cost": cost, "keys": {a["key"] for a in chosen}}
    return found


def beats(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Needs no other answers changed, costs no more, comes no later, lasts no shorter; and is better in one of these."""
    lasts, longest = one["falls"] or date.max, other["falls"] or date.max
    if not (
        one["keys"] <= other["keys"]
        and one["cost"] <= other["cost"]
        and one["reaches"] <= other["reaches"]
        and lasts >= longest
    ):
        return False
    better = one["cost"] < other["cost"] or one["reaches"] < other["reaches"] or lasts > longest
    return better or one["margin"] > other["margin"]


def check(data: dict[str, Any], on: date, wishes: Wishes) -> None:
    """What is offered is what no other set beats, with the same dates, points and cost."""
    every = brute_force(data, on, wishes)
    best = {ids: path for ids, path in every.items() if not any(beats(other, path) for other in every.values())}
    offered = paths(BOOK, read(data, on), wishes)
    assert {tuple(a.id for a in p.actions) for p in offered} == set(best)
    for path in offered:
        wanted = best[tuple(a.id for a in path.actions)]
        assert (path.reaches_on, path.low_then, path.margin, path.falls_below_on, path.cost) == tuple(
            wanted[name] for name in ("reaches", "low", "margin", "falls", "cost")
        )
    order = [(p.reaches_on, p.cost, -p.margin) for p in offered]
    assert order == sorted(order)


@pytest.mark.parametrize("name", APPLICANTS)
def test_against_every_set_of_actions(name: str) -> None:
    check(APPLICANTS[name], ON, Wishes(years=7))


def test_wishes_change_what_is_offered() -> None:
    plain = paths(BOOK, read(SHORT), Wishes())
    assert plain and all(path.actions for path in plain)
    for path in plain:
        for action in path.actions:
            left = paths(BOOK, read(SHORT), Wishes(impossible=frozenset([action.id])))
            assert all(action not in other.actions for other in left)
    check(
        SHORT,
        ON,
        Wishes(
            years=4,
            impossible=frozenset(["base-3", "base-2"]),
            months={"bachelor": 6, "base-1": 1, "skill-3": 0},
            cost={"skill-3": 20, "base-1": 0},
        ),
    )


@settings(max_examples=8, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.sampled_from([1, 2, 4]), st.data())
def test_against_every_set_of_actions_at_random(seed: int, years: int, data: st.DataObject) -> None:
    on, answers = next(applicants(BUNDLE, 1, seed))
    answers.pop("si_history", None)
    names = sorted(ACTIONS)
    wishes = Wishes(
        years=years,
        impossible=frozenset(data.draw(st.sets(st.sampled_from(names), max_size=8))),
        months=data.draw(st.dictionaries(st.sampled_from(names), st.integers(0, 30), max_size=4)),
        cost=data.draw(st.dictionaries(st.sampled_from(names), st.integers(0, 9), max_size=4)),
    )
    check(answers, date.fromisoformat(on), wishes)


# --- with a contribution history ------------------------------------------------------------------------------------------


def stretch(first: str, last: str, base: int) -> dict[str, Any]:
    return {"from": first, "to": last, "base": base}


#: The average wage of 2026-07 to 2027-06 is 12,577; in all these years 9,000 is under 0.8 of it, and 60,000 over 3 times.
HISTORIES = {
    "low": [stretch("2022-11", "2026-10", 6000)],
    "30 of 36 months at 1": [stretch("2024-05", "2026-10", 13000)],
    "3 times, then low": [stretch("2023-12", "2025-12", 60000), stretch("2026-01", "2026-10", 6000)],
    "1 for half a year, then low": [stretch("2026-01", "2026-06", 13000), stretch("2026-07", "2026-10", 6000)],
    "gaps": [
        stretch("2022-01", "2022-06", 13000),
        stretch("2023-01", "2023-12", 9999),
        stretch("2025-03", "2026-08", 12577),
    ],
    "begun this month": [stretch("2026-11", "2026-11", 30000)],
}


@pytest.mark.parametrize("name", HISTORIES)
@pytest.mark.parametrize("who", ["junior college", "no diploma", "title without its base"])
def test_with_a_history_every_way_reaches_the_standard(name: str, who: str) -> None:
    data = APPLICANTS[who] | {"si_history": HISTORIES[name]}
    data.pop("qualification_base_met", None)
    offered = paths(BOOK, read(data), Wishes())
    assert offered
    for path in offered:
        then = applied(data, path.as_json()["actions"])
        estimate = score(BOOK, moved(BOOK, read(then), path.reaches_on))
        assert (estimate.low, estimate.low - estimate.standard) == (path.low_then, path.margin)
        assert path.margin >= 0
        if path.falls_below_on is not None:
            fallen = score(BOOK, moved(BOOK, read(then), path.falls_below_on))
            assert fallen.low < fallen.standard


def test_months_that_are_paid_already_count() -> None:
    """30 of 48 months at 1 × are paid until October 2026; six more, November to April, fill 36: 1 May 2027."""
    data = SHORT | {"si_history": HISTORIES["30 of 36 months at 1"], "education_level": "none"}
    own = {
        path.actions[0].id: path.reaches_on
        for path in paths(BOOK, read(data), Wishes(impossible=frozenset(["base-3"])))
        if len(path.actions) == 1
    }
    assert own["base-2"] == date(2029, 11, 1)  # none of the months is at 2 ×: 36 from November 2026 on
    waiting = paths(BOOK, read(SHORT | {"si_history": HISTORIES["30 of 36 months at 1"]}), Wishes())[0]
    assert (waiting.actions, waiting.reaches_on, waiting.low_then) == ((), date(2027, 5, 1), 50 + 30 + 9 + 50)


def test_what_a_lower_base_would_lose_is_not_promised() -> None:
    """24 months at 3 × give 120 now, and for a time only: paying 1 × for a title's condition does not keep them."""
    data = APPLICANTS["title without its base"] | {"si_history": HISTORIES["3 times, then low"]}
    data.pop("qualification_base_met", None)
    found = paths(BOOK, read(data), Wishes())
    raised = [path for path in found if any(a.key == "qualification_base_met" for a in path.actions)]
    assert raised
    for path in raised:
        assert ("si_history", "given", None) in path.changes
        assert not [after for key, _before, after in path.changes if key == "si_base_tier" and after != "none"]


# --- the door ----------------------------------------------------------------------------------------------------------------


def ask(answers: dict[str, Any], **more: Any) -> Any:
    entry.handle("load", json.dumps(BUNDLE))
    return json.loads(entry.handle("paths", json.dumps({"on": ON.isoformat(), "answers": answers, **more})))


def test_waiting_is_a_way_too() -> None:
    """30 + 60 + 27 = 117 with 117 months today; the tenth full year, in February 2027, makes it 120."""
    answers = SHORT | {"education_level": "bachelor", "si_months": 117}
    first = ask(answers)["ok"]["paths"][0]
    assert first == {
        "actions": [],
        "ids": [],
        "reaches_on": "2027-02-01",
        "low_then": 120,
        "margin": 0,
        "conditions": [],
        "cost": 0,
        "falls_below_on": None,
    }


def test_a_way_names_its_changes_and_conditions() -> None:
    found = {tuple(path["ids"]): path for path in ask(SHORT)["ok"]["paths"]}
    title = found["title-intermediate", "base-condition"]
    assert title["actions"] == [
        {"key": "qualification", "from": "none", "to": "title_intermediate"},
        {"key": "qualification_fits_post", "from": None, "to": True},
        {"key": "qualification_base_met", "from": None, "to": True},
    ]
    owners = {i["id"]: {c["id"] for c in i["conditions"]} for i in BUNDLE["indicators"]} | {
        t["id"]: {c["id"] for c in t["conditions"]} for t in BUNDLE["education"]
    }
    for path in found.values():
        for name in path["conditions"]:
            owner, _, condition = name.rpartition(".")
            assert condition in owners[owner], name
    assert title["conditions"]


def test_bad_wishes_are_refused_together() -> None:
    refused = ask(SHORT, years=31, impossible=["fly"], months={"bachelor": -1, "walk": 2}, cost=7)["refused"]
    assert [fault["key"] for fault in refused] == ["impossible", "months", "cost"]
    assert [fault["key"] for fault in ask(SHORT, years=31)["refused"]] == ["years"]
