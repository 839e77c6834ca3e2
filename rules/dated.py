"""Values that change on a day: the one in force, those to come, and figures that are about to be others.

Nothing here reads a clock. The day is the policy's own (``Policy.day``): the newest day on which anything in it was checked, or a
later one that the builder names. What changes after that day is told with its date, so that a page stays true when the day comes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol, TypeVar


class Starts(Protocol):
    """Something that holds from a day on."""

    @property
    def from_(self) -> str:
        """The day, or the month, as ISO text."""


V = TypeVar("V", bound=Starts)
Scope = dict[str, Any]


def in_force(values: Sequence[V], day: str) -> V | None:
    """The value that holds on ``day``; ``None`` before the first begins. ``values`` are in order."""
    return next((value for value in reversed(values) if value.from_ <= day), None)


def coming(values: Sequence[V], day: str) -> list[V]:
    """The values that begin after ``day``, in order."""
    return [value for value in values if value.from_ > day]


def standing(values: Sequence[V], day: str) -> list[V]:
    """What a page has to tell on ``day``: the value in force, if there is one, and those to come."""
    now = in_force(values, day)
    return [*([] if now is None else [now]), *coming(values, day)]


def day_before(day: str) -> str:
    """The last day of what ends when ``day`` begins."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def named_day() -> str | None:
    """The day that the builder names by SOURCE_DATE_EPOCH, in UTC; ``None`` where it is not set.

    Raises ``ValueError`` where it is no number of seconds.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds:
        return None
    if not seconds.isdecimal():
        raise ValueError(
            f"SOURCE_DATE_EPOCH: {seconds!r}: must be a number of seconds since 1970, such as the output of date +%s"
        )
    return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()


@dataclass(frozen=True)
class Turning:
    """A figure that is about to change: what it is, and from which days on it is what else. ``None``: there is no such figure."""

    now: int | str | None
    later: tuple[tuple[str, int | str | None], ...]

    def at(self, day: str) -> int | str | None:
        """The figure on ``day``; before the first change, what it is now."""
        return next((value for since, value in reversed(self.later) if since <= day), self.now)


def turning(steps: Sequence[tuple[str, Any]]) -> Any:
    """The figure of these steps (day, value): the value itself where it stays the same, a ``Turning`` otherwise."""
    kept = [step for index, step in enumerate(steps) if index == 0 or step[1] != steps[index - 1][1]]
    return kept[0][1] if len(kept) == 1 else Turning(kept[0][1], tuple(kept[1:]))


def over_time(values: Sequence[V], figures: Callable[[V], Scope], *, begun: bool = True) -> Scope:
    """The figures of values that follow one another, the first being the present one, or one to come where none has begun."""
    found = [(value.from_, figures(value)) for value in values]
    if not begun:
        found.insert(0, ("", {}))
    names = dict.fromkeys(name for _since, scope in found for name in scope)
    return {name: turning([(since, scope.get(name)) for since, scope in found]) for name in names}


def combined(parts: Sequence[Any], make: Callable[[list[Any]], Any]) -> Any:
    """``make`` of the parts, on each day on which one of them turns; ``None`` as long as one of them is ``None``."""

    def on(day: str) -> Any:
        now = [part.at(day) if isinstance(part, Turning) else part for part in parts]
        return None if None in now else make(now)

    days = sorted({since for part in parts if isinstance(part, Turning) for since, _value in part.later})
    return turning([("", on("")), *((day, on(day)) for day in days)])
