"""What a change of the rules that is already known will do: one's own score on that day, under the rules before and after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from .answers import Answers
from .calendar import months_later
from .methods import Abolished
from .model import Condition, Entry, Indicator, Rulebook, Timeline
from .project import MOST_YEARS, Course
from .score import Estimate, score


@dataclass(frozen=True)
class RuleChange:
    """A day on which rules change, and the estimate for that day under the rules until then (``before``) and from then on."""

    date: date
    before: Estimate
    after: Estimate

    def as_json(self) -> dict[str, Any]:
        """The change as a mapping; ``items`` holds the indicators that then add something else, as ranges."""
        return {
            "date": self.date.isoformat(),
            "before": _short(self.before),
            "after": _short(self.after),
            "items": [
                {"id": new.id, "before": [old.low, old.high], "after": [new.low, new.high]}
                for old, new in zip(self.before.items, self.after.items, strict=True)
                if (old.low, old.high) != (new.low, new.high)
            ],
        }


def _short(estimate: Estimate) -> dict[str, Any]:
    names = ("low", "high", "standard", "reaches_standard", "vetoed", "eligible")
    return {name: getattr(estimate, name) for name in names}


def rule_changes(book: Rulebook, answers: Answers, years: int) -> list[RuleChange]:
    """Every day within ``years`` on which the rules change, with the answers as they will be by then (see ``Course``).

    Raises ``Refused`` for a day before the rules begin.
    """
    book.in_force(answers.on)
    course = Course(book, answers)
    last = months_later(answers.on, 12 * min(years, MOST_YEARS))
    found = []
    for day in rule_days(book):
        if answers.on < day <= last:
            then = course.at(day)
            found.append(RuleChange(day, score(until(book, day), then), score(book, then)))
    return found


def rule_days(book: Rulebook) -> list[date]:
    """Every day on which a standard, an indicator, a condition of one or a condition of applying begins or ends."""
    lists: list[Timeline[Any]] = [
        book.standard,
        *(e.values for e in book.eligibility),
        *(i.values for i in book.indicators),
    ]
    days = {entry.since for timeline in lists for entry in timeline.entries}
    owners: list[Any] = [*book.indicators, *book.education]
    conditions = [condition for owner in owners for condition in owner.conditions]
    days |= {condition.since for condition in conditions if condition.since}
    found = {date.fromisoformat(day) for day in days}
    found |= {date.fromisoformat(c.until) + timedelta(days=1) for c in conditions if c.until < "9999"}
    return sorted(found)


def until(book: Rulebook, day: date) -> Rulebook:
    """The rules as they were on the day before ``day``, going on for ever."""
    eve = (day - timedelta(days=1)).isoformat()

    def values(timeline: Timeline[Any]) -> Timeline[Any]:
        return Timeline(tuple(entry for entry in timeline.entries if entry.since <= eve))

    def conditions(all_of: tuple[Condition, ...]) -> tuple[Condition, ...]:
        return tuple(replace(c, until="9999-12-31") for c in all_of if c.since <= eve <= c.until)

    def indicator(one: Indicator) -> Indicator:
        # One that had not begun gave nothing.
        known = values(one.values).entries or (Entry("0001-01-01", Abolished(), ()),)
        return replace(one, values=Timeline(known), conditions=conditions(one.conditions))

    return replace(
        book,
        standard=values(book.standard),
        indicators=tuple(map(indicator, book.indicators)),
        eligibility=tuple(replace(e, values=values(e.values)) for e in book.eligibility),
        education=tuple(replace(kind, conditions=conditions(kind.conditions)) for kind in book.education),
    )
