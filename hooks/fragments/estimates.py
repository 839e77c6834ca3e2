"""Scores that the guide shows, computed by the estimator at build time, and links that carry answers into it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from estimator.answers import read_answers
from estimator.model import Rulebook
from estimator.score import Estimate, Item, score
from estimator.words import say_reason
from rules import guide as g
from rules.bundle import rulebook, words

from .base import Guide

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Scorer:
    """The estimator with the rules of a guide, and its reasons in the guide's language."""

    def __init__(self, guide: Guide):
        self.guide = guide
        self.bundle = rulebook(guide.policy)
        self.words = words(guide.policy, guide.lang)
        self.book = Rulebook.from_bundle(self.bundle)

    def score(self, answers: dict[str, Any], on: str, readings: dict[str, str] | None = None) -> Estimate:
        """The estimate for a day, under other readings where they are named. Raises ``estimator.answers.Refused``."""
        book = Rulebook.from_bundle(self.bundle, readings) if readings else self.book
        return score(book, read_answers(book, answers, date.fromisoformat(on)))

    def item(self, indicator: str, answers: dict[str, Any], on: str) -> Item:
        """One indicator of an estimate."""
        return next(item for item in self.score(answers, on).items if item.id == indicator)

    def reasons(self, item: Item) -> str:
        """The reasoning of an item in words, as HTML."""
        said = [say_reason(self.words, self.with_days(step)) for step in item.reasons]
        # A day in Chinese ends with a character, behind which no space stands.
        return self.guide.t("", " ").join(
            escape(re.sub("(?<=日) (?=[\u3400-\u9fff])", "", text), quote=False) for text in said
        )

    def with_days(self, step: Mapping[str, Any]) -> dict[str, Any]:
        """A reason with its days in words."""
        return {
            name: self.guide.day(value) if isinstance(value, str) and _DAY.fullmatch(value) else value
            for name, value in step.items()
        }

    def range(self, low: int, high: int, signed: bool = False) -> str:
        """A range of points as HTML."""
        sign = "+" if signed and low > 0 else ""
        shown = self.guide.number(low) if low == high else f"{self.guide.number(low)} – {self.guide.number(high)}"
        return sign + shown


def completed(book: g.Examples, answers: dict[str, Any], unknown: Iterable[str] = ()) -> dict[str, Any]:
    """The answers of an example with the shared ones, less those that are not known."""
    known = {key: value for key, value in book.shared.items() if key not in unknown}
    # A history says what tier it reaches; the tier one knows would only be passed over.
    if "si_history" in answers:
        known.pop("si_base_tier", None)
        known.pop("si_months_last_12", None)
    return {**known, **answers}


def carried(answers: dict[str, Any]) -> str:
    """Answers as the fragment that the estimator's page reads: ``birth_date=1990-05-01&si_months=48``."""

    def value(item: Any) -> str:
        if isinstance(item, bool):
            return "true" if item else "false"
        return json.dumps(item, separators=(",", ":")) if isinstance(item, list) else str(item)

    return "&".join(f"{key}={quote(value(item), safe=':,.-')}" for key, item in answers.items())
