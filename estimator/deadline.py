"""Count back from a deadline: apply by, be insured from, fit for it or not, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from .answers import Answers
from .calendar import month_of, months_later, show_month
from .model import Rulebook
from .project import moved
from .score import Estimate, score


@dataclass(frozen=True)
class Countdown:
    """What a deadline asks for. ``fit`` is ``yes``, ``no``, ``unknown`` or ``late`` (the day to apply by is past)."""

    deadline: date
    apply_by: date
    insured_from: str | None
    fit: str
    estimate: Estimate
    missing: tuple[str, ...]
    short_of: int

    def as_json(self) -> dict[str, Any]:
        """The countdown as the page shows it."""
        return {
            "deadline": self.deadline.isoformat(),
            "apply_by": self.apply_by.isoformat(),
            "insured_from": self.insured_from,
            "fit": self.fit,
            "missing": list(self.missing),
            "short_of": self.short_of,
            "low": self.estimate.low,
            "high": self.estimate.high,
            "checks": [{"id": c.id, "holds": c.holds} for c in self.estimate.checks],
        }


def count_back(book: Rulebook, answers: Answers, deadline: date) -> Countdown:
    """What must have happened by when, so that the notice is there on ``deadline``, if work and insurance go on.

    The lead is the time from hand-in to notice that rules/scheme.yaml names (``lead_time``).
    """
    apply_by = months_later(deadline, -book.lead_months)
    day = max(apply_by, answers.on)
    window = _window(book, day)
    then = moved(book, answers, day)
    if window is not None:
        then = _insured(window, answers, then)
    estimate = score(book, then)
    missing = tuple(check.id for check in estimate.checks if check.holds == "no")
    fit = (
        "late"
        if apply_by < answers.on
        else "no"
        if missing or estimate.vetoed or estimate.high < estimate.standard
        else "yes"
        if estimate.eligible == "yes"
        else "unknown"
    )
    insured_from = None if window is None else show_month(month_of(day) - window.needed)
    return Countdown(deadline, apply_by, insured_from, fit, estimate, missing, max(0, estimate.standard - estimate.low))


@dataclass(frozen=True)
class _Window:
    """The answer that counts recent months, over how many months it counts, and how many one needs in order to apply."""

    key: str
    months: int
    needed: int


def _window(book: Rulebook, day: date) -> _Window | None:
    """The condition of applying on ``day`` that asks for recent months, or ``None``."""
    for entry in book.eligibility:
        found = entry.values.at(day.isoformat())
        test = found.value[0] if found is not None else None
        derived = None if test is None else book.questions[test.answer].derived
        if test is not None and test.at_least is not None and derived is not None and derived.at_least is None:
            return _Window(test.answer, derived.window, test.at_least)
    return None


def _insured(window: _Window, now: Answers, then: Answers) -> Answers:
    """The later answers with recent months counted on, as far as they decide anything.

    Of months that are only counted, not dated, nobody knows which ones leave the window first: the oldest may be paid or not.
    """
    if now.history:
        return then
    passed = min(window.months, month_of(then.on) - month_of(now.on))
    known = now.get(window.key)
    least = max(known or 0, passed)
    most = window.months if known is None else min(window.months, known + passed)
    values = {key: value for key, value in then.values.items() if key != window.key}
    if least >= window.needed or most < window.needed:
        values[window.key] = least
    return Answers(then.on, values)
