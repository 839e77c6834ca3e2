"""Ways to reach the standard, found by scoring changed answers with the same scorer.

An action changes answers (rules/actions.yaml). A path is a set of actions, at most one for each answer; it counts from the day
on which the slowest of them is done. Every set is tried, the empty one (waiting) included.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import Any

from .answers import Answers, History
from .calendar import first_day, month_of, months_later
from .insight import reads
from .methods import BaseTiers, Diploma
from .model import Action, Condition, Indicator, Rulebook
from .project import Course, turning_days
from .score import item_of, method_of


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
        return {
            "actions": [{"key": key, "from": before, "to": after} for key, before, after in self.changes],
            "reaches_on": self.reaches_on.isoformat(),
            "low_then": self.low_then,
            "margin": self.margin,
            "conditions": [f"{owner}.{condition}" for owner, condition in self.conditions],
        }


def paths(book: Rulebook, answers: Answers, wishes: Wishes = Wishes()) -> list[Path]:
    """Every way to reach the standard within the horizon that no other one beats, the soonest first.

    One way beats another if it needs only answers that the other changes too, costs no more, reaches the standard no later,
    keeps it no shorter, and is better in at least one of these. Raises ``Refused`` for a day before the rules begin.
    """
    book.in_force(answers.on)
    board = _Board(book, answers, wishes)
    found = [path for actions in board.sets() if (path := board.path(actions)) is not None]
    return sorted(
        (p for p in found if not any(_beats(q, p) for q in found)),
        key=lambda p: (p.reaches_on, p.cost, -p.margin, p.changes.__repr__()),
    )


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
        today = answers.on.isoformat()
        #: By history, the tiers that are read from it.
        self.tiers = {m.history: m for i in book.indicators if isinstance(m := method_of(i, today), BaseTiers)}
        self.dated = _dated(book)
        self._lasting: dict[tuple[str, int, int | None, int, int], bool] = {}
        self._changes: dict[tuple[str, ...], tuple[tuple[str, Any, Any], ...]] = {}
        self._own: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        self._moved: dict[tuple[str, ...], list[Answers]] = {}
        self.ready: dict[str, date] = {}
        self.offered: dict[str, list[Action]] = {}
        for action in book.actions:
            ready = self._ready(action, end)
            if ready is not None and ready <= end:
                self.ready[action.id] = ready
                self.offered.setdefault(action.key, []).append(action)
        self.days = sorted({answers.on, *turning_days(book, answers, end), *self.ready.values()})
        self.standards = [book.standard_on(day.isoformat()) for day in self.days]
        self.readers = {i.id: reads(book, i) for i in book.indicators}
        self.grouped = frozenset(name for group in book.best_of for name in group)

    def sets(self) -> Iterator[tuple[Action, ...]]:
        """Every set of actions with at most one for each answer."""
        for chosen in product(*([None, *actions] for actions in self.offered.values())):
            actions = tuple(action for action in chosen if action is not None)
            keys = [action.key for action in actions]
            # An answer that one action sets along the way needs no action of its own.
            if not any(key in action.also for action in actions for key in keys):
                yield actions

    # --- when an action is done ----------------------------------------------------------------------------------------

    def _ready(self, action: Action, end: date) -> date | None:
        """The day on which the action is done; ``None`` where it is struck out, does not apply, or changes nothing."""
        answers = self.answers
        if action.id in self.wishes.impossible or (action.when is not None and action.when.of(answers) is not True):
            return None
        needed = self._needed(action)
        # Of a history, only the months still to be paid tell whether the action changes anything.
        told = needed is not None and needed[0] in answers.history
        if not told and (answers.get(action.key) == action.to or self._has_better_tier(action)):
            return None
        months = self.wishes.months.get(action.id, action.months)
        if months is not None:
            return months_later(answers.on, months)
        return None if needed is None else self._by_rule(*needed, end)

    def _needed(self, action: Action) -> tuple[str, int | None, int, int] | None:
        """What the rules ask of the months paid: the history, the multiple in tenths (``None``: any), how many, in which window."""
        for history, method in self.tiers.items():
            if method.answer == action.key:
                return next(
                    (
                        (history, tenths, months, window)
                        for option, tenths, _points, months, window in method.tiers
                        if option == action.to
                    ),
                    None,
                )
        derived = self.book.questions[action.key].derived
        if derived is None or derived.at_least is None:
            return None
        return derived.history, derived.tenths, derived.at_least, derived.window

    def _has_better_tier(self, action: Action) -> bool:
        """Whether the action would change a tier for one that gives no more."""
        for method in self.tiers.values():
            if method.answer == action.key:
                worth = {option: points for option, _tenths, points, _months, _window in method.tiers}
                return worth.get(self.answers.get(action.key), 0) >= worth.get(str(action.to), 0)
        return False

    def _by_rule(self, name: str, tenths: int | None, months: int, window: int, end: date) -> date | None:
        """How long a tier or a condition of months takes, the months counted that the history has already."""
        start = month_of(self.answers.on)
        if name not in self.answers.history:
            return first_day(start + months) if start + months <= month_of(date.max) else None
        raised = self._raised(name, tenths or 0)
        for month in range(start, month_of(end) + 1):
            if raised.count(month, window, tenths)[0] >= months:
                return max(self.answers.on, first_day(month))
        return None

    def _raised(self, name: str, tenths: int) -> History:
        """The history, from this month on paid at that multiple."""
        return replace(self.answers.history[name], onward=(tenths, 10), onward_from=month_of(self.answers.on))

    # --- what actions change -------------------------------------------------------------------------------------------

    def changes(self, actions: tuple[Action, ...]) -> tuple[tuple[str, Any, Any], ...]:
        """The answers that the actions change, as (key, before, after), in the order of the questions.

        Where a history would replace an answer that an action sets, the history gives way, and of what it said about the
        other answers, what lasts at the multiple that is paid from now on is written out, also where it stays the same.
        """
        name = tuple(action.id for action in actions)
        if name in self._changes:
            return self._changes[name]
        wanted: dict[str, Any] = {}
        told: set[str] = set()
        for action in actions:
            wanted |= action.also
            wanted[action.key] = action.to
        paid = max((needed[1] or 0 for action in actions if (needed := self._needed(action))), default=0)
        for history in self.answers.history:
            summed = {
                key: q.derived
                for key, q in self.book.questions.items()
                if q.derived is not None and q.derived.history == history
            }
            tiers = self.tiers.get(history)
            if wanted.keys().isdisjoint([*summed, *([tiers.answer] if tiers else [])]):
                continue
            wanted[history] = None
            told |= summed.keys()
            for key, derived in summed.items():
                now = self.answers.get(key)
                lost = (
                    now is True
                    and derived.at_least is not None
                    and not self._lasts(history, paid, derived.tenths, derived.at_least, derived.window)
                )
                wanted.setdefault(key, False if lost else now)
            if tiers:
                lasting = [
                    (points, option)
                    for option, tenths, points, months, window in tiers.tiers
                    if self._lasts(history, paid, tenths, months, window)
                ]
                wanted.setdefault(tiers.answer, max(lasting)[1] if lasting else "none")
        out = []
        for key, question in self.book.questions.items():
            if key in wanted:
                before = "given" if question.type == "history" else self.answers.get(key)
                if before != wanted[key] or key in told:
                    out.append((key, before, wanted[key]))
        return self._changes.setdefault(name, tuple(out))

    def _lasts(self, name: str, paid: int, tenths: int | None, months: int, window: int) -> bool:
        """Whether enough months at a multiple stand in the window now and in every later month, paid on at the multiple ``paid``."""
        key = (name, paid, tenths, months, window)
        if key not in self._lasting:
            start = month_of(self.answers.on)
            history = self._raised(name, paid)
            self._lasting[key] = all(
                history.count(month, window, tenths)[0] >= months for month in range(start, start + window + 1)
            )
        return self._lasting[key]

    def changed(self, actions: tuple[Action, ...]) -> Answers:
        """The answers with the actions' changes made at once."""
        values = dict(self.answers.values)
        history = dict(self.answers.history)
        for key, _before, after in self.changes(actions):
            if self.book.questions[key].type == "history":
                del history[key]
            else:
                values[key] = after
        return replace(self.answers, values=values, history=history)

    # --- what the changed answers come to ------------------------------------------------------------------------------

    def path(self, actions: tuple[Action, ...]) -> Path | None:
        """The path of these actions, or ``None`` where they do not reach the standard within the horizon."""
        ready = max((self.ready[action.id] for action in actions), default=self.answers.on)
        first = bisect_left(self.days, ready)
        reached: tuple[date, int, int] | None = None
        falls = None
        for day, low, standard in zip(
            self.days[first:], self.lows(actions)[first:], self.standards[first:], strict=True
        ):
            if reached is None and low >= standard:
                reached = day, low, standard
            elif reached is not None and low < standard:
                falls = day
                break
        if reached is None:
            return None
        reaches, low_then, standard_then = reached
        return Path(
            actions,
            self.changes(actions),
            reaches,
            low_then,
            low_then - standard_then,
            falls,
            sum(self.wishes.cost.get(action.id, action.cost) for action in actions),
            conditions_of(self.book, self.changed(actions), actions),
        )

    def lows(self, actions: tuple[Action, ...]) -> list[int]:
        """What is certain of the total on each day, once the actions are done."""
        own = {i.id: self.own(i, actions) for i in self.book.indicators}
        best = [list(map(max, *(own[name] for name in group))) for group in self.book.best_of]
        return list(
            map(sum, zip(*best, *(lows for name, lows in own.items() if name not in self.grouped), strict=True))
        )

    def own(self, indicator: Indicator, actions: tuple[Action, ...]) -> list[int]:
        """What the indicator gives for certain by itself on each day, with those of the actions that touch it."""
        touching = tuple(
            a for a in actions if any(key in self.readers[indicator.id] for key, _before, _after in self.changes((a,)))
        )
        key = (indicator.id, tuple(a.id for a in touching))
        if key not in self._own:
            points: list[int] = []
            before: Any = None
            keys = sorted(self.readers[indicator.id])
            for answers in self._later(touching):
                state = self._state(indicator, answers, keys)
                points.append(
                    points[-1] if points and state == before else item_of(self.book, indicator, answers).own[0]
                )
                before = state
            self._own[key] = points
        return self._own[key]

    def _later(self, actions: tuple[Action, ...]) -> list[Answers]:
        name = tuple(action.id for action in actions)
        if name not in self._moved:
            course = Course(self.book, self.changed(actions))
            self._moved[name] = [course.at(day) for day in self.days]
        return self._moved[name]

    def _state(self, indicator: Indicator, answers: Answers, keys: Iterable[str]) -> list[Any]:
        """What decides the indicator's points that day, coarsely: dates and histories change with every day."""
        values = [answers.values.get(key) for key in keys]
        moving = (
            indicator.id in self.dated
            or any(isinstance(value, date) for value in values)
            or any(key in answers.history for key in keys)
        )
        return [answers.on if moving else method_of(indicator, answers.on.isoformat()), *values]


def _dated(book: Rulebook) -> frozenset[str]:
    """The indicators with a condition that holds for a time only."""

    def limited(conditions: Iterable[Condition]) -> bool:
        return any(condition.since or condition.until < "9999" for condition in conditions)

    types = any(limited(kind.conditions) for kind in book.education)
    return frozenset(
        i.id
        for i in book.indicators
        if limited(i.conditions) or (types and any(isinstance(entry.value, Diploma) for entry in i.values.entries))
    )


def conditions_of(book: Rulebook, answers: Answers, actions: tuple[Action, ...]) -> tuple[tuple[str, str], ...]:
    """The conditions that must hold for what the actions claim, as (indicator or diploma type, condition)."""
    day = answers.on.isoformat()
    out: dict[tuple[str, str], None] = {}
    for indicator in book.indicators:
        method = method_of(indicator, day)
        if not any(action.key in reads(book, indicator) for action in actions):
            continue
        option = answers.get(getattr(method, "answer", None) or "")
        out.update({(indicator.id, c.id): None for c in indicator.conditions if c.applies(option, day)})
        if isinstance(method, Diploma):
            for kind in book.education:
                if answers.get(method.route) in kind.routes and (
                    kind.places is None or answers.get(method.place) in kind.places
                ):
                    out.update({(kind.id, c.id): None for c in kind.conditions if c.applies(None, day)})
    return tuple(out)
