"""The score over time, if work and insurance in Shanghai go on as they are (answers.md, ``project``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from .answers import Answers
from .calendar import completed_years, first_day, month_of, months_later
from .insight import reads
from .methods import Flag
from .model import Rulebook
from .score import Item, best_of, item_of, total

#: Further ahead nothing can be said, and the work of a request stays bounded.
MOST_YEARS = 60


@dataclass(frozen=True)
class Change:
    """A day on which the total changes, what it is from then on, and which indicators changed by how much."""

    date: date
    low: int
    high: int
    because: tuple[tuple[str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """The entry as answers.md names its parts."""
        return {"date": self.date.isoformat(), "low": self.low, "high": self.high,
                "because": [{"id": name, "change": change} for name, change in self.because]}


@dataclass(frozen=True)
class Projection:
    """The changes from the first day on, the first day at the standard, and the first one below it after that."""

    timeline: tuple[Change, ...]
    reaches_on: date | None
    falls_below_on: date | None

    def as_json(self) -> dict[str, Any]:
        """The projection as answers.md names its parts."""
        return {"timeline": [change.as_json() for change in self.timeline],
                "reaches_on": self.reaches_on and self.reaches_on.isoformat(),
                "falls_below_on": self.falls_below_on and self.falls_below_on.isoformat()}


def moved(book: Rulebook, answers: Answers, day: date) -> Answers:
    """The answers as they will be on a later day if work and insurance go on.

    Counts of months grow by one on the first of each month; the history goes on at the multiple of its last month, and
    what follows from it is derived anew. Raises ``ValueError`` for a day before the answers' own.
    """
    if day < answers.on:
        raise ValueError(f"{day} lies before {answers.on}")
    elapsed = month_of(day) - month_of(answers.on)
    values = dict(answers.values)
    for key, question in book.questions.items():
        months = values.get(key)
        if question.grows and months is not None and (months > 0 or question.grows == "always"):
            values[key] = min(question.max, months + elapsed)
    history = {key: stretches.going_on(month_of(answers.on)) for key, stretches in answers.history.items()}
    for key, question in book.questions.items():
        if question.derived is not None and question.derived.history in history:
            values.pop(key, None)
            found = question.derived.of(history[question.derived.history], day)
            if found is not None:
                values[key] = found
    return replace(answers, on=day, values=values, history=history)


def turning_days(book: Rulebook, answers: Answers, end: date) -> list[date]:
    """Every day after the answers' own, up to ``end``, on which an indicator may change: firsts of months, birthdays, the end
    of points that last for a time, and days on which rules change."""
    start = answers.on
    days = {first_day(month) for month in range(month_of(start) + 1, month_of(end) + 1)}
    for value in answers.values.values():
        if isinstance(value, date):
            days |= {birthday(value, year) for year in range(start.year, end.year + 1)}
    for indicator in book.indicators:
        for entry in indicator.values.entries:
            days.add(date.fromisoformat(entry.since))
            if isinstance(entry.value, Flag) and (last := entry.value.last_day(answers)) is not None:
                days.add(last + timedelta(days=1))
        for condition in indicator.conditions:
            days |= {date.fromisoformat(condition.since)} if condition.since else set()
            days |= {date.fromisoformat(condition.until) + timedelta(days=1)} if condition.until < "9999" else set()
    days |= {date.fromisoformat(entry.since) for entry in book.standard.entries}
    return sorted(day for day in days if start < day <= end)


def birthday(born: date, year: int) -> date:
    """The day in ``year`` on which one more year is completed; 1 March for 29 February in other years."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def items_on(book: Rulebook, answers: Answers, days: list[date]) -> Iterator[tuple[date, Answers, dict[str, Item]]]:
    """Each day with the answers and the indicators of that day. An indicator is scored again only where something that it
    reads, or its rule, has changed since the day before."""
    before: dict[str, tuple[Any, Item]] = {}
    for day in days:
        then = answers if day == answers.on else moved(book, answers, day)
        items = {}
        for indicator in book.indicators:
            key = fingerprint(book, indicator, then)
            known = before.get(indicator.id)
            item = known[1] if known is not None and known[0] == key else item_of(book, indicator, then)
            before[indicator.id] = (key, item)
            items[indicator.id] = item
        yield day, then, items


def fingerprint(book: Rulebook, indicator: Any, answers: Answers) -> tuple[Any, ...]:
    """What decides the indicator's points on the answers' day: equal fingerprints mean equal points."""
    day = answers.on.isoformat()
    entry = indicator.values.at(day)
    parts: list[Any] = [None if entry is None else entry.since, tuple(c.since <= day <= c.until for c in indicator.conditions)]
    for key in sorted(reads(book, indicator, answers.on)):
        value = answers.values.get(key)
        # A date counts by its completed years, or by whether a time after it has passed.
        parts.append((value, completed_years(value, answers.on), answers.on) if isinstance(value, date) and entry is not None and isinstance(entry.value, Flag)
                     else completed_years(value, answers.on) if isinstance(value, date) else value)
        if key in answers.history:
            parts.append(month_of(answers.on))
    return tuple(parts)


def project(book: Rulebook, answers: Answers, years: int) -> Projection:
    """The projection over that many years from the answers' day. Raises ``Refused`` for a day before the rules begin."""
    book.in_force(answers.on)
    end = months_later(answers.on, 12 * min(years, MOST_YEARS))
    timeline: list[Change] = []
    shares: dict[str, tuple[int, int]] = {}
    reaches_on = falls_below_on = None
    for day, _then, items in items_on(book, answers, [answers.on, *turning_days(book, answers, end)]):
        low, high = total(book, {name: item.own for name, item in items.items()})
        adds = added(book, items)
        if not timeline or (low, high) != (timeline[-1].low, timeline[-1].high):
            because = tuple((name, change) for name in adds if (change := step(shares.get(name), adds[name])) and timeline)
            timeline.append(Change(day, low, high, because))
            shares = adds
        standard = book.standard.at(day.isoformat()).value
        if reaches_on is None:
            reaches_on = day if low >= standard else None
        elif falls_below_on is None and low < standard:
            falls_below_on = day
    return Projection(tuple(timeline), reaches_on, falls_below_on)


def added(book: Rulebook, items: dict[str, Item]) -> dict[str, tuple[int, int]]:
    """What each indicator adds to the total once only the best of a group counts."""
    out = {name: (item.low, item.high) for name, item in items.items()}
    for group in book.best_of:
        out |= {item.id: (item.low, item.high) for item in best_of([items[name] for name in group])}
    return out


def step(before: tuple[int, int] | None, after: tuple[int, int]) -> int:
    """By how much what is certain changed; where that stayed, by how much what is possible changed."""
    if before is None:
        return 0
    return after[0] - before[0] or after[1] - before[1]
