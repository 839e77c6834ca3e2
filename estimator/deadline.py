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
        return {"deadline": self.deadline.isoformat(), "apply_by": self.apply_by.isoformat(), "insured_from": self.insured_from, "fit": self.fit,
                "missing": list(self.missing), "short_of": self.short_of, "low": self.estimate.low, "high": self.estimate.high,
                "checks": [{"id": c.id, "holds": c.holds} for c in self.estimate.checks]}


def count_back(book: Rulebook, answers: Answers, deadline: date) -> Countdown:
    """What must have happened by when, so that the notice is there on ``deadline``, if work and insurance go on.

    The lead is the time from hand-in to notice that rules/scheme.yaml names (``lead_time``).
    """
    apply_by = months_later(deadline, -book.lead_months)
    day = max(apply_by, answers.on)
    then = _insured(book, moved(book, answers, day), month_of(day) - month_of(answers.on))
    estimate = score(book, then)
    missing = tuple(check.id for check in estimate.checks if check.holds == "no")
    fit = ("late" if apply_by < answers.on else "no" if missing or estimate.vetoed or estimate.high < estimate.standard
           else "yes" if estimate.eligible == "yes" else "unknown")
    return Countdown(deadline, apply_by, _insured_from(book, day), fit, estimate, missing, max(0, estimate.standard - estimate.low))


def _window(book: Rulebook) -> tuple[str, int, int] | None:
    """The answer that counts recent months, its window, and how many are needed to apply."""
    for entry in book.eligibility:
        test, _standard = entry.values.entries[-1].value
        if test is None or test.at_least is None:
            continue
        derived = book.questions[test.answer].derived
        if derived is not None and derived.at_least is None:
            return test.answer, derived.window, test.at_least
    return None


def _insured(book: Rulebook, answers: Answers, elapsed: int) -> Answers:
    """The answers with recent months counted on: at least the months that have passed since were paid."""
    window = _window(book)
    if window is None or answers.history:
        return answers
    key, most, _needed = window
    known = answers.get(key)
    recent = min(most, elapsed)
    if known is None and recent < most:
        return answers
    return Answers(answers.on, {**answers.values, key: max(known or 0, recent)}, answers.history)


def _insured_from(book: Rulebook, day: date) -> str | None:
    """The latest month in which insurance may begin, so that enough months are paid when one applies on ``day``."""
    window = _window(book)
    return None if window is None else show_month(month_of(day) - window[2])


