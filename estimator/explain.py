"""Why an indicator gives what it gives: the answers used, the conditions, the rule in force, other readings, what changes next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .answers import Answers, History
from .calendar import Month, month_of, months_later, show_month
from .education import accepted
from .methods import BaseTiers, Diploma
from .model import Condition, Indicator, Rulebook
from .project import Course, turning_days
from .score import item_of, method_of


def explain(book: Rulebook, answers: Answers, others: Mapping[str, Mapping[str, Rulebook]]) -> dict[str, Any]:
    """For each indicator: ``used`` answers, ``conditions`` with what holds, ``since`` (the day from which the rule in force
    holds), ``readings`` (what another reading would give, by reading and option) and ``next`` (the next change within ten years).

    ``others`` holds a rulebook for every option that is not taken, by reading and option.
    """
    ahead = next_changes(book, answers, 10)
    out: dict[str, Any] = {}
    for indicator in book.indicators:
        own = item_of(book, indicator, answers).own
        entry = indicator.values.at(answers.on.isoformat())
        out[indicator.id] = {
            "used": {
                key: _plain(answers, key)
                for key in book.questions
                if key in book.reads[indicator.id] and (key in answers.values or key in answers.history)
            },
            "conditions": conditions(book, indicator, answers),
            "since": entry.since if entry is not None else None,
            "readings": {
                name: {
                    option: list(other)
                    for option, rules in options.items()
                    if (other := item_of(rules, next(i for i in rules.indicators if i.id == indicator.id), answers).own)
                    != own
                }
                for name, options in others.items()
                if name in indicator.readings
            },
            "next": ahead.get(indicator.id),
        }
    return out


def _plain(answers: Answers, key: str) -> Any:
    value = answers.values.get(key)
    return value.isoformat() if isinstance(value, date) else "given" if key in answers.history else value


def conditions(book: Rulebook, indicator: Indicator, answers: Answers) -> list[dict[str, str]]:
    """The conditions that apply to what is claimed, each with ``yes``, ``no``, ``unknown``, or ``ask`` where no answer can tell."""
    day = answers.on.isoformat()
    method = method_of(indicator, day)
    option = answers.get(getattr(method, "answer", None) or "")
    out = [_held(indicator.id, c, answers) for c in indicator.conditions if c.applies(option, day)]
    if isinstance(method, Diploma) and option is not None and method.points[option]:
        found = accepted(book, method, answers)
        if found.type is not None:
            out += [_held(found.type.id, c, answers) for c in found.type.conditions if c.applies(None, day)]
    return out


def _held(owner: str, condition: Condition, answers: Answers) -> dict[str, str]:
    holds = condition.requires.of(answers) if condition.requires is not None else None
    word = "ask" if condition.requires is None else "unknown" if holds is None else "yes" if holds else "no"
    return {"owner": owner, "condition": condition.id, "holds": word}


def next_changes(book: Rulebook, answers: Answers, years: int) -> dict[str, dict[str, Any]]:
    """For each indicator whose own points change within that many years: the day, and the points from then on."""
    course = Course(book, answers)
    now = {i.id: item_of(book, i, answers).own for i in book.indicators}
    out: dict[str, dict[str, Any]] = {}
    for day, indicators in turning_days(book, answers, months_later(answers.on, 12 * years)).items():
        then = None
        for indicator in indicators:
            if indicator.id in out:
                continue
            then = then or course.at(day)
            own = item_of(book, indicator, then).own
            if own != now[indicator.id]:
                out[indicator.id] = {
                    "date": day.isoformat(),
                    "low": own[0],
                    "high": own[1],
                    "change": own[0] - now[indicator.id][0] or own[1] - now[indicator.id][1],
                }
    return out


def diploma(book: Rulebook, answers: Answers) -> dict[str, Any]:
    """Is the diploma accepted: ``verdict`` (accepted, with_evidence, refused, unknown or none), ``type``, ``reasons``,
    ``conditions``, and ``ask``: the questions still open, in the order in which to ask them. ``indicator`` is the one that the
    diploma is for, and ``answers`` are those that it is judged by."""
    nothing: dict[str, Any] = {
        "verdict": "none",
        "type": None,
        "reasons": [],
        "conditions": [],
        "ask": [],
        "sources": [],
        "indicator": None,
        "answers": {},
    }
    for indicator in book.indicators:
        method = method_of(indicator, answers.on.isoformat())
        if not isinstance(method, Diploma):
            continue
        about = {
            "indicator": indicator.id,
            "answers": {
                key: _plain(answers, key)
                for key in book.questions
                if key in book.reads[indicator.id] and key in answers.values
            },
        }
        level = answers.get(method.answer)
        if level is not None and not method.points[level]:
            return {**nothing, **about}
        found = accepted(book, method, answers)
        held = conditions(book, indicator, answers)
        failed = [
            {"code": "condition_failed", "owner": c["owner"], "condition": c["condition"]}
            for c in held
            if c["holds"] == "no"
        ]
        ask = [key for key in (method.answer, method.route) if answers.get(key) is None]
        if not ask and found.type is None:
            ask.append(method.place)
        asked = {
            c.id: c.requires.answer
            for owner in (indicator, found.type)
            if owner is not None
            for c in owner.conditions
            if c.requires is not None
        }
        ask += [asked[c["condition"]] for c in held if c["holds"] == "unknown"]
        refused = found.holds is False or bool(failed)
        verdict = "refused" if refused else found.type.outcome if found.type is not None and not ask else "unknown"
        reasons = [
            r
            for r in (*found.reasons, *(r for r in failed if r not in found.reasons))
            if not refused or r["code"] != "diploma_accepted"
        ]
        return {
            "verdict": verdict,
            "type": found.type.id if found.type else None,
            "reasons": reasons,
            "conditions": held,
            "ask": [] if refused else ask,
            "sources": list(found.sources),
            **about,
        }
    return nothing


def contributions(book: Rulebook, answers: Answers) -> dict[str, Any]:
    """Each contribution history month by month, and what follows from it.

    ``months``: month, base in yuan, average wage (``None``: not known), the base in hundredths of it (rounded down), and the
    tier reached (an option, or ``none``). ``windows``: for each tier the months found of those needed, which they are
    (``counted``; ``undecided`` where the average wage is not known), and the first month of the window. ``spans``: the same for
    each answer that follows from the history (``needed``: what a condition of applying asks for; ``indicator``: whose condition asks for it); ``derived``: those answers, where the history is given. ``paid``: all months up to
    the month before the day. ``wages``: the insurance years of the longest window with the least base for each tier, in yuan.
    """
    out: dict[str, Any] = {}
    before = month_of(answers.on)
    for indicator in book.indicators:
        method = method_of(indicator, answers.on.isoformat())
        if not isinstance(method, BaseTiers):
            continue
        given = method.history in answers.history
        history = answers.history.get(method.history, History({}))
        rows = []
        for month in sorted(history.months):
            base, average = history.months[month]
            reached = [tier[0] for tier in method.tiers if average is not None and base * 10 >= average * tier[1]]
            rows.append(
                {
                    "month": show_month(month),
                    "base": base,
                    "average": average,
                    "hundredths": None if average is None else base * 100 // average,
                    "tier": reached[-1] if reached else "none",
                }
            )
        windows = [
            {
                "tier": option,
                "tenths": tenths,
                "months": months,
                "points": points,
                **_window(history, before, window, tenths),
            }
            for option, tenths, points, months, window in method.tiers
        ]
        following = {
            key: d
            for key, question in book.questions.items()
            if (d := question.derived) is not None and d.history == method.history
        }
        out[method.history] = {
            "given": given,
            "months": rows,
            "windows": windows,
            "derived": {key: answers.get(key) if given else None for key in following},
            "spans": {
                key: {
                    "tenths": d.tenths,
                    "at_least": d.at_least,
                    "needed": _needed(book, key, answers),
                    "indicator": _asking(book, key),
                    **_window(history, before, d.window, d.tenths),
                }
                for key, d in following.items()
            },
            "paid": sum(1 for month in history.months if month < before),
            "wages": _wages(book, method, before - max(tier[4] for tier in method.tiers), before),
        }
    return out


def _window(history: History, before: Month, window: int, tenths: int | None) -> dict[str, Any]:
    """The months of a window that count at a multiple, and those of which it is not known."""
    found: dict[tuple[int, int], list[str]] = {(0, 0): [], (0, 1): [], (1, 1): []}
    for month in range(before - window, before):
        found[history.count(month + 1, 1, tenths)].append(show_month(month))
    low, high = history.count(before, window, tenths)
    return {
        "window": window,
        "from": show_month(before - window),
        "found": low,
        "possible": high,
        "counted": found[1, 1],
        "undecided": found[0, 1],
    }


def _needed(book: Rulebook, key: str, answers: Answers) -> int | None:
    """The months that a condition of applying asks for in the answer to ``key``."""
    tests = (
        entry.value[0]
        for condition in book.eligibility
        if (entry := condition.values.at(answers.on.isoformat())) is not None
    )
    return next((test.at_least for test in tests if test is not None and test.answer == key), None)


def _asking(book: Rulebook, key: str) -> str | None:
    """The indicator that has a condition on the answer to ``key``."""
    return next(
        (i.id for i in book.indicators for c in i.conditions if c.requires is not None and c.requires.answer == key),
        None,
    )


def _wages(book: Rulebook, method: BaseTiers, first: Month, last: Month) -> list[dict[str, Any]]:
    """The insurance years from ``first`` to ``last``: their average wage and, by tier, the least base in whole yuan that reaches it."""
    return [
        {
            "from": show_month(begins),
            "to": show_month(ends),
            "average": average,
            "least": {option: -(-average * tenths // 10) for option, tenths, *_rest in method.tiers},
        }
        for begins, ends, average in book.wages.years
        if begins <= last and ends >= first
    ]
