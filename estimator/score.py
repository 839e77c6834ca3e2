"""Score one applicant: pure, without a clock, a file or a word.

The result is a range for every indicator and for the total. It holds what every completion of the unknown answers would give.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Answers
from .education import Accepted, accepted, judge_conditions
from .methods import Abolished, Diploma, Options, Points, Reason, Veto, reason
from .model import Entry, Indicator, Rulebook


@dataclass(frozen=True)
class Item:
    """What one indicator adds to the total, from the least to the most, and why."""

    id: str
    kind: str
    low: int
    high: int
    status: str
    reasons: tuple[Reason, ...]
    sources: tuple[str, ...]
    #: What the indicator would give by itself, before the better of a group is taken.
    own: tuple[int, int]
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The item as answers.md names its parts."""
        return {
            "id": self.id,
            "kind": self.kind,
            "low": self.low,
            "high": self.high,
            "status": self.status,
            "reasons": list(self.reasons),
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Check:
    """One condition of applying: ``yes``, ``no``, ``unknown``, or ``ask`` where no answer can tell."""

    id: str
    holds: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Estimate:
    """The whole result for one day."""

    on: str
    rules: str
    standard: int
    low: int
    high: int
    reaches_standard: str
    vetoed: bool
    eligible: str
    items: tuple[Item, ...]
    checks: tuple[Check, ...]

    def as_json(self) -> dict[str, Any]:
        """The estimate as answers.md names its parts, in that order."""
        return {
            "on": self.on,
            "rules": self.rules,
            "standard": self.standard,
            "low": self.low,
            "high": self.high,
            "reaches_standard": self.reaches_standard,
            "vetoed": self.vetoed,
            "eligible": self.eligible,
            "items": [item.as_json() for item in self.items],
        }


def score(book: Rulebook, answers: Answers) -> Estimate:
    """The estimate for ``answers`` on their day. Raises ``Refused`` for a day before the rules begin."""
    book.in_force(answers.on)
    day = answers.on.isoformat()
    items = {indicator.id: item_of(book, indicator, answers) for indicator in book.indicators}
    low, high = total(book, {name: item.own for name, item in items.items()})
    for group in book.best_of:
        items.update((item.id, item) for item in best_of([items[name] for name in group]))
    standard = book.standard_on(day)
    vetoes = [items[indicator.id] for indicator in book.indicators if isinstance(method_of(indicator, day), Veto)]
    vetoed = any(item.status == "refused" for item in vetoes)
    reaches = "yes" if low >= standard else "no" if high < standard else "unknown"
    checks = tuple(_check(entry, answers, day, reaches) for entry in book.eligibility)
    verdicts = {check.holds for check in checks}
    verdicts |= {"no"} if vetoed else {"unknown"} if any(item.status == "unknown" for item in vetoes) else set()
    eligible = "no" if "no" in verdicts else "unknown" if "unknown" in verdicts else "yes"
    return Estimate(day, book.name, standard, low, high, reaches, vetoed, eligible, tuple(items.values()), checks)


def total(book: Rulebook, own: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """The least and the most that the indicators' own points come to, where only the best of a group counts."""
    low = sum(points[0] for points in own.values())
    high = sum(points[1] for points in own.values())
    for group in book.best_of:
        members = [own[name] for name in group]
        low += max(m[0] for m in members) - sum(m[0] for m in members)
        high += max(m[1] for m in members) - sum(m[1] for m in members)
    return low, high


def method_of(indicator: Indicator, day: str) -> Any:
    """The method in force on the day; none yet counts as abolished."""
    entry = indicator.values.at(day)
    return entry.value if entry is not None else Abolished()


def item_of(book: Rulebook, indicator: Indicator, answers: Answers) -> Item:
    """What one indicator gives by itself, before the better of a group is taken."""
    day = answers.on.isoformat()
    entry = indicator.values.at(day)
    if entry is None:
        return Item(
            indicator.id,
            indicator.kind,
            0,
            0,
            "none",
            (reason("not_yet", since=indicator.values.entries[0].since),),
            (),
            (0, 0),
            (),
        )
    points, sources = _points(book, indicator, entry, answers, day)
    status = (
        "refused"
        if points.refused
        else "unknown"
        if points.low != points.high or points.missing
        else "counted"
        if points.low
        else "none"
    )
    return Item(
        indicator.id,
        indicator.kind,
        points.low,
        points.high,
        status,
        points.reasons,
        tuple(dict.fromkeys(sources)),
        (points.low, points.high),
        points.missing,
    )


def own_points(book: Rulebook, indicator: Indicator, answers: Answers) -> tuple[int, int]:
    """The least and the most that one indicator gives by itself: ``item_of`` for those who ask many times and never why."""
    day = answers.on.isoformat()
    entry = indicator.values.at(day)
    if entry is None:
        return 0, 0
    points, _sources = _points(book, indicator, entry, answers, day)
    return points.low, points.high


def _points(
    book: Rulebook, indicator: Indicator, entry: Entry[Any], answers: Answers, day: str
) -> tuple[Points, tuple[str, ...]]:
    """What the method gives under the indicator's conditions, and the sources of what was applied, some perhaps twice."""
    method, conditions, sources = entry.value, indicator.conditions, entry.sources
    for condition in conditions:
        if condition.applies(answers.get(getattr(method, "answer", "")), day):
            sources += condition.sources
    if isinstance(method, Options):
        diploma = None
        if isinstance(method, Diploma):
            diploma = accepted(book, method, answers)
            level = answers.get(method.answer)
            if level is not None and method.points[level]:
                sources += diploma.sources
        return method.of(answers, lambda option: _verdict(indicator, diploma, answers, option, day)), sources
    points: Points = method.of(answers)
    if points.low == points.high == 0:
        return points, sources
    holds, reasons, missing = judge_conditions(conditions, answers, None, day, indicator.id)
    if holds is False:
        points = Points(0, 0, (*points.reasons, *reasons), (), True)
    elif holds is None:
        points = Points(
            min(0, points.low),
            max(0, points.high),
            (*points.reasons, reason("unknown", answers=list(missing))),
            (*points.missing, *missing),
        )
    return points, sources


def _verdict(
    indicator: Indicator, diploma: Accepted | None, answers: Answers, option: str, day: str
) -> tuple[bool | None, tuple[Reason, ...], tuple[str, ...]]:
    """Whether the indicator's conditions hold of an option, and the diploma is accepted where it is about one."""
    holds, reasons, missing = judge_conditions(indicator.conditions, answers, option, day, indicator.id)
    if diploma is None:
        return holds, reasons, missing
    reasons = (*reasons, *diploma.reasons)
    if holds is False or diploma.holds is False:
        return False, tuple(r for r in reasons if r["code"] != "diploma_accepted"), ()
    if holds is None or diploma.holds is None:
        return None, reasons, (*missing, *diploma.missing)
    return True, reasons, ()


def best_of(members: list[Item]) -> list[Item]:
    """Each member with what it adds once only the best of the group counts; at a tie the first one counts."""
    out = []
    for index, item in enumerate(members):
        low, high = item.own
        earlier, later = members[:index], members[index + 1 :]
        can_win = all(high > m.own[0] for m in earlier) and all(high >= m.own[0] for m in later)
        must_win = all(low > m.own[1] for m in earlier) and all(low >= m.own[1] for m in later)
        rivals = [m.id for m in members if m is not item and m.own[1] > 0]
        if high <= 0 or must_win or not rivals:
            out.append(item)
        elif not can_win:
            best = max(members, key=lambda m: m.own[0])
            out.append(
                _changed(item, 0, 0, "not_counted", (*item.reasons, reason("other_counts", other=best.id, points=high)))
            )
        else:
            out.append(_changed(item, 0, high, "unknown", (*item.reasons, reason("better_of", others=rivals))))
    return out


def _changed(item: Item, low: int, high: int, status: str, reasons: tuple[Reason, ...]) -> Item:
    return Item(item.id, item.kind, low, high, status, reasons, item.sources, item.own, item.missing)


def _check(entry: Any, answers: Answers, day: str, reaches: str) -> Check:
    found = entry.values.at(day)
    if found is None:
        return Check(entry.id, "yes", ())
    test, standard = found.value
    if standard:
        return Check(entry.id, reaches, found.sources)
    if test is None:
        return Check(entry.id, "ask", found.sources)
    holds = test.of(answers)
    return Check(entry.id, "unknown" if holds is None else "yes" if holds else "no", found.sources)
