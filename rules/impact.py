"""Whom a change concerns: a made-up population, scored under the old rules and the new.

This is the one module of rules/ that scores, and so the one that imports the estimator; the policy itself never does.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from estimator.answers import read_answers
from estimator.calendar import month_of, show_month
from estimator.insight import asked
from estimator.model import Question, Rulebook
from estimator.score import Estimate, score

from . import model as m
from .bundle import rulebook
from .checks import Policy
from .diff import Change, days_of_interest
from .words import number

#: The same people every time, so that two runs can be compared.
SEED = 120
SIZE = 2000


def population(book: Rulebook, on: date, size: int = SIZE) -> Iterator[dict[str, Any]]:
    """Made-up applicants of working age with everything answered, as answers for the day ``on``.

    They are drawn evenly from what the questions allow, except that claims and records that most people do not have are
    rare. They say what a change touches, not how many people in Shanghai there are of a kind.
    """
    chance = random.Random(SEED)
    # What a condition asks for is what most people who apply can answer.
    tests = [
        test for entry in book.eligibility for value in entry.values.entries if (test := value.value[0]) is not None
    ]
    wanted = {test.answer: test.is_ for test in tests if test.is_ is not None}
    for _ in range(size):
        answers: dict[str, Any] = {}
        for key, question in book.questions.items():
            value = (
                _history(book, on, chance)
                if question.type == "history"
                else _draw(question, on, chance, wanted.get(key, True))
            )
            if value is not None:
                answers[key] = value
        yield answers


def _history(book: Rulebook, on: date, chance: random.Random) -> list[dict[str, Any]] | None:
    """The contribution record of one in three: up to five years, at a multiple of the average wage that rises with it."""
    if chance.random() < 2 / 3 or not book.wages.years:
        return None
    multiple, months = chance.uniform(0.6, 3.1), chance.randint(6, 60)
    stretches: list[dict[str, Any]] = []
    for first, last, average in _insurance_years(book, month_of(on)):
        start, end = max(first, month_of(on) - months), min(last, month_of(on) - 1)
        if start <= end:
            stretches.append({"from": show_month(start), "to": show_month(end), "base": round(average * multiple)})
    return stretches or None


def _insurance_years(book: Rulebook, until: int) -> Iterator[tuple[int, int, int]]:
    """The years of the wage table, and after it as many more at its last average as it takes up to ``until``."""
    yield from book.wages.years
    _first, last, average = book.wages.years[-1]
    while last < until:
        yield last + 1, last + 12, average
        last += 12


def _draw(question: Question, on: date, chance: random.Random, wanted: bool) -> Any:
    if question.neutral is not None and chance.random() < (
        0.97 if question.unit == "times" or question.type == "boolean" else 0.7
    ):
        return question.neutral
    if question.type == "date":
        years = chance.randint(20, 60) if question.asked_when is None else chance.randint(0, 3)
        return (on - timedelta(days=365 * years + chance.randint(1, 364))).isoformat()
    if question.type == "choice":
        return chance.choice(question.options)
    if question.type == "boolean":
        return wanted is (chance.random() < 0.9) if question.neutral is None else chance.random() < 0.5
    if question.unit == "times":
        return chance.randint(question.min, question.min + 2)
    most = {"months": 20 * 12, "yuan": 3_000_000, "people": 60}.get(question.unit, question.max)
    return chance.randint(question.min, min(question.max, most))


@dataclass(frozen=True)
class Impact:
    """How many of ``size`` made-up people reach the standard on ``on`` only under the new rules (``gain``), or only under the
    old (``lose``); how many have another score; and for how many of these each indicator gives something else."""

    on: str
    size: int
    gain: int
    lose: int
    differ: int
    by: tuple[tuple[m.Text, int], ...] = ()

    def say(self, lang: str) -> str:
        """The numbers as a sentence."""

        def n(value: int | str) -> str:
            return number(value, lang)

        day = n(self.on)
        if lang == "zh":
            if not self.differ and not self.gain and not self.lose:
                return f"{day}：{n(self.size)} 名虚构的申请人中，没有人的结果有变化。"
            by = "、".join(f"{name.zh} {n(count)} 人" for name, count in self.by)
            return (
                f"{day}：{n(self.size)} 名虚构的申请人中，{n(self.gain)} 人由不达标变为达标，{n(self.lose)} 人由达标变为不达标；"
                f"{n(self.differ)} 人的分数有变化{f'（{by}）' if by else ''}。"
            )
        if not self.differ and not self.gain and not self.lose:
            return f"On {day}, nothing changes for any of {n(self.size)} made-up applicants."
        by = ", ".join(f"{name.en} {n(count)}" for name, count in self.by)
        return (
            f"On {day}, of {n(self.size)} made-up applicants {n(self.gain)} reach the standard who did not, {n(self.lose)} no longer do; "
            f"{n(self.differ)} have another score{f' ({by})' if by else ''}."
        )


def impact(old: Policy, new: Policy, day: str, size: int = SIZE) -> Impact:
    """Score the population under both on ``day``.

    A question that only the new rules know is left out under the old. Who was not certain to reach the standard, or is not
    any more, counts as not reaching it.
    """
    before, after = Rulebook.from_bundle(rulebook(old)), Rulebook.from_bundle(rulebook(new))
    on = date.fromisoformat(day)
    gain = lose = differ = 0
    by: dict[str, int] = {}
    for answers in population(after, on, size):
        one, other = _score(before, answers, on), _score(after, answers, on)
        gain += one.reaches_standard != "yes" and other.reaches_standard == "yes"
        lose += one.reaches_standard == "yes" and other.reaches_standard != "yes"
        differ += (one.low, one.high) != (other.low, other.high)
        gave = {item.id: item.own for item in one.items}
        for item in other.items:
            if gave.get(item.id, (0, 0)) != item.own:
                by[item.id] = by.get(item.id, 0) + 1
    named = [
        (new.indicators[name].name, count) for name, count in sorted(by.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Impact(day, size, gain, lose, differ, tuple(named))


def impacts(old: Policy, new: Policy, changes: list[Change], size: int = SIZE) -> list[Impact]:
    """The impact on each day of interest; the edition's own day only where something happens then, or nothing else does."""
    if not any(change.kind == "rule" for change in changes):
        return []
    found = [impact(old, new, day, size) for day in days_of_interest(changes, new)]
    return [one for one in found if one.differ or one.gain or one.lose] or found[-1:]


def _score(book: Rulebook, answers: Mapping[str, Any], on: date) -> Estimate:
    known = {
        key: value for key, value in answers.items() if key in book.questions and _allowed(book.questions[key], value)
    }
    read = read_answers(book, known, on)
    return score(
        book,
        type(read)(on, {k: v for k, v in read.values.items() if asked(book, read, book.questions[k])}, read.history),
    )


def _allowed(question: Question, value: Any) -> bool:
    return question.type != "choice" or value in question.options


def rests_on(policy: Policy, day: str, size: int) -> dict[str, int]:
    """For each source, how many of the made-up people have points that rest on it."""
    book = Rulebook.from_bundle(rulebook(policy))
    on = date.fromisoformat(day)
    found = dict.fromkeys(policy.sources, 0)
    for answers in population(book, on, size):
        estimate = _score(book, answers, on)
        used = {source for item in estimate.items if item.low or item.status == "refused" for source in item.sources}
        used |= {source for check in estimate.checks for source in check.sources}
        for source in used:
            found[source] += 1
    return found
