"""A case to report: what the score of one applicant needs, and nothing else that says who it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from .answers import read_answers
from .calendar import completed_years
from .insight import assume_nothing, questions
from .methods import BaseTiers
from .model import Question, Rulebook
from .score import Estimate, score

#: The form of the file.
FORMAT = 1


def case(
    book: Rulebook,
    data: Mapping[str, Any],
    on: date,
    exact: frozenset[str] = frozenset(),
    official: int | None = None,
    nothing: bool = False,
) -> dict[str, Any]:
    """The case file of an applicant, from the answers object (answers.md) on a day.

    What cannot matter to the score is left out. A day becomes one that stands for the same completed years, and the contribution
    history becomes the answers that sum it up, unless ``exact`` names it or the score would not be the same. ``coarser`` lists
    what was changed, ``left_out`` what is gone. ``official`` is what the official simulation said, in points; with ``nothing``
    open claims count as nothing. Raises ``Refused`` for answers that are wrong.
    """

    def scored(answers: Mapping[str, Any]) -> Estimate:
        known = read_answers(book, answers, on)
        return score(book, assume_nothing(book, known) if nothing else known)

    worth, _order = questions(book, read_answers(book, data, on))
    given = {key: value for key, value in data.items() if value is not None}
    wanted = scored(given)
    kept = {key: value for key, value in given.items() if worth[key].matters}
    if not _same(wanted, scored(kept)):
        kept = given
    coarser: list[str] = []
    for key, question in book.questions.items():
        if key in kept and key not in exact:
            found = next(
                (changed for changed in _coarser(book, question, kept, on) if _same(wanted, scored(changed))), None
            )
            if found is not None:
                kept = found
                coarser.append(key)
    return {
        "format": FORMAT,
        "on": on.isoformat(),
        "rules": {"name": book.name, "hash": book.hash},
        "answers": {key: kept[key] for key in book.questions if key in kept},
        "open_counts": "nothing" if nothing else "unknown",
        "coarser": coarser,
        "left_out": [key for key in book.questions if key in given and key not in kept and key not in coarser],
        "estimate": {
            "low": wanted.low,
            "high": wanted.high,
            "reaches_standard": wanted.reaches_standard,
            "eligible": wanted.eligible,
            "items": {item.id: [item.low, item.high] for item in wanted.items if item.status != "none"},
        },
        "official": official,
    }


def _same(one: Estimate, other: Estimate) -> bool:
    """Whether two estimates give the same: in all, indicator by indicator, condition by condition."""

    def given(estimate: Estimate) -> list[Any]:
        items = [(item.id, item.low, item.high, item.status) for item in estimate.items]
        return [estimate.low, estimate.high, items, [(check.id, check.holds) for check in estimate.checks]]

    return given(one) == given(other)


def _coarser(book: Rulebook, question: Question, data: Mapping[str, Any], on: date) -> Iterator[dict[str, Any]]:
    """The answers with one of them said less exactly."""
    if question.type == "date":
        years = completed_years(date.fromisoformat(data[question.key]), on)
        # Of 29 February the year before has none: the day before it is as old.
        try:
            yield {**data, question.key: on.replace(year=on.year - years).isoformat()}
        except ValueError:
            yield {**data, question.key: (on - timedelta(days=1)).replace(year=on.year - years).isoformat()}
    if question.type == "history":
        answers = read_answers(book, data, on)
        rest = {key: value for key, value in data.items() if key != question.key}
        summed = {
            key: answers.get(key)
            for key, other in book.questions.items()
            if other.derived is not None and other.derived.history == question.key and answers.get(key) is not None
        }
        for tier in _tiers(book, question.key):
            yield from ({**rest, **summed, tier.key: option} for option in tier.options)


def _tiers(book: Rulebook, history: str) -> list[Question]:
    """The questions that ask in one word what the history shows month by month."""
    methods = [entry.value for indicator in book.indicators for entry in indicator.values.entries]
    keys = {method.answer for method in methods if isinstance(method, BaseTiers) and method.history == history}
    return [question for key, question in book.questions.items() if key in keys]
