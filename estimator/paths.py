"""Ways to reach the standard, found by scoring changed answers with the same scorer.

An action changes answers (rules/actions.yaml). A path is a set of actions, at most one for each answer; it counts from the day
on which the slowest of them is done. Every set is tried, the empty one (waiting) included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import Any

from .answers import Answers
from .calendar import month_of, months_later
from .insight import reads
from .methods import BaseTiers
from .model import Action, Rulebook
from .project import Course, turning_days
from .score import item_of, method_of, total


@dataclass(frozen=True)
class Wishes:
    """What a person sets: how far ahead to look, what is impossible, and how many months and what cost an action has.

    The cost is a number of one's own choosing; without one, an action has the assumed cost of rules/actions.yaml.
    """

    years: int = 10
    impossible: frozenset[str] = frozenset()
    months: Mapping[str, int] = field(default_factory=dict)
    cost: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Path:
    """One way: what changes, from when it reaches the standard, with how many points to spare, and until when."""

    actions: tuple[Action, ...]
    changes: tuple[tuple[str, Any, Any], ...]
    reaches_on: date
    low_then: int
    margin: int
    falls_below_on: date | None
    cost: int
    conditions: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The path as the command prints it."""
        return {"actions": [{"key": key, "from": before, "to": after} for key, before, after in self.changes],
                "reaches_on": self.reaches_on.isoformat(), "low_then": self.low_then, "margin": self.margin,
                "conditions": [f"{owner}.{condition}" for owner, condition in self.conditions]}


def paths(book: Rulebook, answers: Answers, wishes: Wishes = Wishes()) -> list[Path]:
    """Every way to reach the standard within the horizon that no other one beats, the soonest first.

    One way beats another if it needs only answers that the other changes too, costs no more, reaches the standard no later,
    keeps it no shorter, and is better in at least one of these. Raises ``Refused`` for a day before the rules begin.
    """
    book.in_force(answers.on)
    board = _Board(book, answers, wishes)
    found = [path for actions in board.sets() if (path := board.path(actions)) is not None]
    return sorted((p for p in found if not any(_beats(q, p) for q in found)), key=lambda p: (p.reaches_on, p.cost, -p.margin, p.changes.__repr__()))


def _beats(one: Path, other: Path) -> bool:
    if not {action.key for action in one.actions} <= {action.key for action in other.actions}:
        return False
    ends = [p.falls_below_on or date.max for p in (one, other)]
    gains = (other.cost - one.cost, (other.reaches_on - one.reaches_on).days, (ends[0] - ends[1]).days)
    return min(gains) >= 0 and (max(gains) > 0 or one.margin > other.margin)


class _Board:
    """The indicators' points by action and day, each computed once."""

    def __init__(self, book: Rulebook, answers: Answers, wishes: Wishes):
        self.book = book
        self.answers = answers
        self.wishes = wishes
        end = months_later(answers.on, 12 * wishes.years)
        self.ready: dict[str, date] = {}
        self.offered: dict[str, list[Action]] = {}
        for action in book.actions:
            ready = self._ready(action, end)
            if ready is not None and ready <= end:
                self.ready[action.id] = ready
                self.offered.setdefault(action.key, []).append(action)
        self.days = sorted({answers.on, *turning_days(book, answers, end), *self.ready.values()})
        self.readers = {i.id: reads(book, i) for i in book.indicators}
        self._own: dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]] = {}
        self._moved: dict[tuple[str, ...], list[Answers]] = {}

    def sets(self) -> Iterator[tuple[Action, ...]]:
        """Every set of actions with at most one for each answer."""
        for chosen in product(*([None, *actions] for actions in self.offered.values())):
            actions = tuple(action for action in chosen if action is not None)
            keys = [action.key for action in actions]
            # An answer that one action sets along the way needs no action of its own.
            if not any(key in action.also for action in actions for key in keys):
                yield actions

    def _ready(self, action: Action, end: date) -> date | None:
        """The day on which the action is done; ``None`` where it is struck out, does not apply, or changes nothing."""
        answers = self.answers
        if action.id in self.wishes.impossible or (action.when is not None and action.when.of(answers) is not True):
            return None
        if answers.get(action.key) == action.to and action.key not in self._summed_up():
            return None
        months = self.wishes.months.get(action.id, action.months)
        if months is None:
            return self._by_rule(action, end)
        return months_later(answers.on, months)

    def _summed_up(self) -> set[str]:
        """The answers that the history replaces."""
        history = set(self.answers.history)
        return {key for key, question in self.book.questions.items()
                if (question.derived is not None and question.derived.history in history)} | {
            method.answer for i in self.book.indicators if isinstance(method := method_of(i, self.answers.on.isoformat()), BaseTiers) and method.history in history}

    def _by_rule(self, action: Action, end: date) -> date | None:
        """How long a tier or a condition of months takes, the months counted that the history has already."""
        needed = None
        for indicator in self.book.indicators:
            method = method_of(indicator, self.answers.on.isoformat())
            if isinstance(method, BaseTiers) and method.answer == action.key:
                needed = next(((method.history, tenths, months, window) for option, tenths, _points, months, window in method.tiers if option == action.to), None)
                if not self.answers.history and self._tier(method, self.answers.get(action.key)) >= self._tier(method, action.to):
                    return None
        derived = self.book.questions[action.key].derived
        if needed is None and derived is not None and derived.at_least is not None:
            needed = (derived.history, derived.tenths or 0, derived.at_least, derived.window)
        if needed is None:
            return None
        name, tenths, months, window = needed
        history = self.answers.history.get(name)
        start = month_of(self.answers.on)
        if history is None:
            return date((start + months) // 12, (start + months) % 12 + 1, 1)
        raised = replace(history, onward=(tenths, 10), onward_from=start)
        for month in range(start, month_of(end) + 1):
            if raised.count(month, window, tenths)[0] >= months:
                return max(self.answers.on, date(month // 12, month % 12 + 1, 1))
        return None

    @staticmethod
    def _tier(method: BaseTiers, option: Any) -> int:
        return next((points for name, _tenths, points, _months, _window in method.tiers if name == option), 0)

    def changed(self, actions: Iterable[Action]) -> Answers:
        """The answers with the actions' changes made at once."""
        changes = changes_of(self.book, self.answers, tuple(actions))
        values = dict(self.answers.values)
        history = dict(self.answers.history)
        for key, _before, after in changes:
            if self.book.questions[key].type == "history":
                history.pop(key, None)
            else:
                values[key] = after
        return replace(self.answers, values=values, history=history)

    def _later(self, actions: tuple[Action, ...]) -> list[Answers]:
        name = tuple(action.id for action in actions)
        if name not in self._moved:
            start = self.changed(actions)
            course = Course(self.book, start)
            self._moved[name] = [course.at(day) for day in self.days]
        return self._moved[name]

    def own(self, indicator: Any, actions: tuple[Action, ...]) -> list[tuple[int, int]]:
        """What the indicator gives by itself on each day, with those of the actions that touch it."""
        touching = tuple(a for a in actions if self.readers[indicator.id] & self._touched(a))
        key = (indicator.id, tuple(a.id for a in touching))
        if key not in self._own:
            points: list[tuple[int, int]] = []
            before: Any = None
            for answers in self._later(touching):
                state = _state(indicator, answers, self.readers[indicator.id])
                points.append(points[-1] if points and state == before else item_of(self.book, indicator, answers).own)
                before = state
            self._own[key] = points
        return self._own[key]

    def _touched(self, action: Action) -> set[str]:
        return {key for key, _before, _after in changes_of(self.book, self.answers, (action,))}

    def path(self, actions: tuple[Action, ...]) -> Path | None:
        """The path of these actions, or ``None`` where they do not reach the standard within the horizon."""
        ready = max((self.ready[action.id] for action in actions), default=self.answers.on)
        table = {i.id: self.own(i, actions) for i in self.book.indicators}
        reaches = falls = None
        low_then = standard_then = 0
        for index, day in enumerate(self.days):
            if day < ready or falls is not None:
                continue
            low, _high = total(self.book, {name: points[index] for name, points in table.items()})
            standard = self.book.standard_on(day.isoformat())
            if reaches is None and low >= standard:
                reaches, low_then, standard_then = day, low, standard
            elif reaches is not None and low < standard:
                falls = day
        if reaches is None:
            return None
        return Path(actions, changes_of(self.book, self.answers, actions), reaches, low_then, low_then - standard_then, falls,
                    sum(self.wishes.cost.get(action.id, action.cost) for action in actions), conditions_of(self.book, self.changed(actions), actions, self.readers))


def _state(indicator: Any, answers: Answers, keys: frozenset[str]) -> tuple[Any, ...]:
    """What decides the indicator's points that day, coarsely: dates and histories change with every day."""
    entry = indicator.values.at(answers.on.isoformat())
    moving = any(isinstance(answers.values.get(key), date) or key in answers.history for key in keys) or bool(indicator.conditions)
    return (entry and entry.since, answers.on if moving else None, *(answers.values.get(key) for key in sorted(keys)))


def changes_of(book: Rulebook, answers: Answers, actions: tuple[Action, ...]) -> tuple[tuple[str, Any, Any], ...]:
    """The answers that the actions change, as (key, before, after), in the order of the questions.

    Where a history would replace an answer that an action sets, the history gives way, and what it said about the other
    answers is written out.
    """
    wanted: dict[str, Any] = {}
    for action in actions:
        wanted |= action.also
        wanted[action.key] = action.to
    for history in answers.history:
        summed = {key for key, q in book.questions.items() if q.derived is not None and q.derived.history == history}
        tiers = {m.answer: m for i in book.indicators if isinstance(m := method_of(i, answers.on.isoformat()), BaseTiers) and m.history == history}
        if wanted.keys() & (summed | tiers.keys()):
            wanted[history] = None
            for key in summed:
                wanted.setdefault(key, answers.get(key))
            for key, method in tiers.items():
                wanted.setdefault(key, _tier_now(method, answers))
    out = []
    for key, question in book.questions.items():
        if key in wanted:
            before = "given" if question.type == "history" else answers.get(key)
            before = before.isoformat() if isinstance(before, date) else before
            if before != wanted[key]:
                out.append((key, before, wanted[key]))
    return tuple(out)


def _tier_now(method: BaseTiers, answers: Answers) -> str:
    """The tier that the history has reached for certain."""
    history, best = answers.history[method.history], "none"
    most = 0
    for option, tenths, points, months, window in method.tiers:
        if points > most and history.count(month_of(answers.on), window, tenths)[0] >= months:
            best, most = option, points
    return best


def conditions_of(book: Rulebook, answers: Answers, actions: tuple[Action, ...], readers: Mapping[str, frozenset[str]]) -> tuple[tuple[str, str], ...]:
    """The conditions that must hold for what the actions claim, as (indicator or diploma type, condition)."""
    day = answers.on.isoformat()
    out: dict[tuple[str, str], None] = {}
    for indicator in book.indicators:
        method = method_of(indicator, day)
        if not any(action.key in method.keys() for action in actions):
            continue
        option = answers.get(getattr(method, "answer", ""))
        out.update({(indicator.id, c.id): None for c in indicator.conditions if c.applies(option if isinstance(option, str) else None, day)})
        if hasattr(method, "route"):
            for kind in book.education:
                if answers.get(method.route) in kind.routes and (kind.places is None or answers.get(method.place) in kind.places):
                    out.update({(kind.id, c.id): None for c in kind.conditions})
    return tuple(out)
