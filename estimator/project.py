"""The score over time, if work and insurance in Shanghai go on as they are (answers.md, ``project``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .answers import Answers
from .calendar import first_day, month_of, months_later
from .insight import reads
from .methods import Flag, FullYears, Reason
from .model import Indicator, Rulebook
from .score import Item, best_of, item_of

#: Further ahead nothing can be said, and the work of a request stays bounded.
MOST_YEARS = 60


@dataclass(frozen=True)
class Change:
    """A day on which the total changes, what it is from then on, and which indicators changed by how much.

    ``reasons`` holds, for each of these indicators, why it gives what it gives from then on.
    """

    date: date
    low: int
    high: int
    because: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[Reason, ...], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The entry as answers.md names its parts."""
        return {
            "date": self.date.isoformat(),
            "low": self.low,
            "high": self.high,
            "because": [{"id": name, "change": change} for name, change in self.because],
        }


@dataclass(frozen=True)
class Projection:
    """The changes from the first day on, the first day at the standard, and the first one below it after that."""

    timeline: tuple[Change, ...]
    reaches_on: date | None
    falls_below_on: date | None

    def as_json(self) -> dict[str, Any]:
        """The projection as answers.md names its parts."""
        return {
            "timeline": [change.as_json() for change in self.timeline],
            "reaches_on": self.reaches_on and self.reaches_on.isoformat(),
            "falls_below_on": self.falls_below_on and self.falls_below_on.isoformat(),
        }


class Course:
    """How the answers go on from their day, if work and insurance go on.

    Counts of months grow by one on the first of each month; the history goes on at the multiple of its last month, and
    what follows from it is derived anew.
    """

    def __init__(self, book: Rulebook, answers: Answers):
        self._answers = answers
        self._start = month_of(answers.on)
        self._history = {key: stretches.going_on(self._start) for key, stretches in answers.history.items()}
        values = answers.values
        self._growing = [
            (key, q.max)
            for key, q in book.questions.items()
            if q.grows and (months := values.get(key)) is not None and (months > 0 or q.grows == "always")
        ]
        self._derived = [
            (key, q.derived)
            for key, q in book.questions.items()
            if q.derived is not None and q.derived.history in answers.history
        ]

    @property
    def growing(self) -> list[str]:
        """The keys of the answers that grow."""
        return [key for key, _most in self._growing]

    def at(self, day: date) -> Answers:
        """The answers as they will be on ``day``. Raises ``ValueError`` for a day before the answers' own."""
        answers = self._answers
        if day < answers.on:
            raise ValueError(f"{day} lies before {answers.on}")
        elapsed = month_of(day) - self._start
        values = dict(answers.values)
        for key, most in self._growing:
            values[key] = min(most, values[key] + elapsed)
        for key, derived in self._derived:
            found = derived.of(self._history[derived.history], day)
            if found is None:
                values.pop(key, None)
            else:
                values[key] = found
        return Answers(day, values, self._history)


def moved(book: Rulebook, answers: Answers, day: date) -> Answers:
    """The answers as they will be on a later day (see ``Course``)."""
    return Course(book, answers).at(day)


def turning_days(book: Rulebook, answers: Answers, end: date) -> dict[date, list[Indicator]]:
    """Every day after the answers' own, up to ``end``, on which something may change, and the indicators that may change then:
    firsts of months, birthdays, the end of points that last for a time, and days on which rules change."""
    start = answers.on
    growing = set(Course(book, answers).growing)
    months = range(month_of(start) + 1, month_of(end) + 1)
    days: dict[date, list[Indicator]] = {date.fromisoformat(entry.since): [] for entry in book.standard.entries}
    for indicator in book.indicators:
        for day in _turns(book, indicator, answers, growing, months, end):
            days.setdefault(day, []).append(indicator)
    return {day: days[day] for day in sorted(days) if start < day <= end}


def _turns(
    book: Rulebook, indicator: Indicator, answers: Answers, growing: set[str], months: range, end: date
) -> set[date]:
    days = set(book.turns[indicator.id])
    methods = [entry.value for entry in indicator.values.entries]
    tested = {condition.requires.answer for condition in indicator.conditions if condition.requires is not None}
    for method in methods:
        if isinstance(method, Flag) and (last := method.last_day(answers)) is not None:
            days.add(last + timedelta(days=1))
    for key in reads(book, indicator):
        value = answers.values.get(key)
        if isinstance(value, date):
            days |= {birthday(value, year) for year in range(answers.on.year, end.year + 1)}
        elif key in answers.history:
            days |= {first_day(month) for month in months}
        elif key in growing:
            # A method that counts months counts full years: between them nothing changes.
            full = all(isinstance(method, FullYears) for method in methods) and key not in tested
            days |= {first_day(month) for month in (months[11 - int(value or 0) % 12 :: 12] if full else months)}
    return days


def birthday(born: date, year: int) -> date:
    """The day in ``year`` on which one more year is completed; 1 March for 29 February in other years."""
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


class _Tally:
    """The total of the indicators' own points, kept up to date as single indicators change."""

    def __init__(self, book: Rulebook, own: dict[str, tuple[int, int]]):
        self._own = own
        self._groups = book.best_of
        self._grouped = frozenset(name for group in book.best_of for name in group)
        self._low = sum(points[0] for name, points in own.items() if name not in self._grouped)
        self._high = sum(points[1] for name, points in own.items() if name not in self._grouped)

    def change(self, name: str, points: tuple[int, int]) -> None:
        """One indicator gives other points from now on."""
        if name not in self._grouped:
            self._low += points[0] - self._own[name][0]
            self._high += points[1] - self._own[name][1]
        self._own[name] = points

    def range(self) -> tuple[int, int]:
        """The least and the most that the points come to, where only the best of a group counts."""
        low, high, own = self._low, self._high, self._own
        for group in self._groups:
            low += max(own[name][0] for name in group)
            high += max(own[name][1] for name in group)
        return low, high


def course_of_totals(book: Rulebook, answers: Answers, years: int) -> Iterator[tuple[date, int, int, dict[str, Item]]]:
    """The answers' day and each later one on which something may change: the total, and the indicators that are new that day."""
    end = months_later(answers.on, 12 * min(years, MOST_YEARS))
    course = Course(book, answers)
    items = {indicator.id: item_of(book, indicator, answers) for indicator in book.indicators}
    tally = _Tally(book, {name: item.own for name, item in items.items()})
    yield (answers.on, *tally.range(), items)
    for day, indicators in turning_days(book, answers, end).items():
        changed = {}
        if indicators:
            then = course.at(day)
            for indicator in indicators:
                item = changed[indicator.id] = item_of(book, indicator, then)
                tally.change(indicator.id, item.own)
        yield (day, *tally.range(), changed)


def crossings(book: Rulebook, totals: Iterable[tuple[date, int]]) -> tuple[date | None, date | None]:
    """The first day with at least the standard, and the first one below it after that."""
    reaches_on = None
    for day, low in totals:
        enough = low >= book.standard_on(day.isoformat())
        if reaches_on is None:
            reaches_on = day if enough else None
        elif not enough:
            return reaches_on, day
    return reaches_on, None


def project(book: Rulebook, answers: Answers, years: int) -> Projection:
    """The projection over that many years from the answers' day. Raises ``Refused`` for a day before the rules begin."""
    book.in_force(answers.on)
    timeline: list[Change] = []
    totals: list[tuple[date, int]] = []
    items: dict[str, Item] = {}
    shares: dict[str, tuple[int, int]] = {}
    touched: set[str] = set()
    for day, low, high, changed in course_of_totals(book, answers, years):
        items |= changed
        touched |= changed.keys()
        totals.append((day, low))
        if not timeline or (low, high) != (timeline[-1].low, timeline[-1].high):
            now = added(book, items, touched)
            because = tuple(
                (name, change)
                for name in items
                if name in now and timeline and (change := step(shares[name], now[name]))
            )
            timeline.append(Change(day, low, high, because, tuple(items[name].reasons for name, _change in because)))
            shares |= now
            touched = set()
    return Projection(tuple(timeline), *crossings(book, totals))


def reach(book: Rulebook, answers: Answers, years: int) -> tuple[date | None, date | None]:
    """``reaches_on`` and ``falls_below_on`` of the projection alone, for rosters. Raises ``Refused`` as ``project`` does."""
    book.in_force(answers.on)
    return crossings(book, ((day, low) for day, low, _high, _changed in course_of_totals(book, answers, years)))


def added(book: Rulebook, items: dict[str, Item], names: set[str]) -> dict[str, tuple[int, int]]:
    """What each of the named indicators, and the rivals of each, adds to the total once only the best of a group counts."""
    out = {name: (items[name].low, items[name].high) for name in names}
    for group in book.best_of:
        if not names.isdisjoint(group):
            out |= {item.id: (item.low, item.high) for item in best_of([items[name] for name in group])}
    return out


def step(before: tuple[int, int], after: tuple[int, int]) -> int:
    """By how much what is certain changed; where that stayed, by how much what is possible changed."""
    return after[0] - before[0] or after[1] - before[1]
