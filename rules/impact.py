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
from estimator.insight import asked
from estimator.model import Question, Rulebook
from estimator.score import Estimate, score

from .bundle import rulebook
from .checks import Policy

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
    tests = [test for entry in book.eligibility for value in entry.values.entries if (test := value.value[0]) is not None]
    wanted = {test.answer: test.is_ for test in tests if test.is_ is not None}
    for _ in range(size):
        answers: dict[str, Any] = {}
        for key, question in book.questions.items():
            value = _draw(question, on, chance, wanted.get(key, True))
            if value is not None:
                answers[key] = value
        yield answers


def _draw(question: Question, on: date, chance: random.Random, wanted: bool) -> Any:
    if question.type == "history":
        return None
    if question.neutral is not None and chance.random() < (0.97 if question.unit == "times" or question.type == "boolean" else 0.7):
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
    """How many of ``size`` made-up people reach the standard on ``on`` only under the new rules, or only under the old."""

    on: str
    size: int
    gain: int
    lose: int
    differ: int

    def say(self, lang: str) -> str:
        """The numbers as a sentence."""
        if lang == "zh":
            return f"{self.on}：{self.size} 名虚构的申请人中，{self.gain} 人由不达标变为达标，{self.lose} 人由达标变为不达标，{self.differ} 人的分数有变化。"
        return (f"{self.on}: of {self.size} made-up applicants, {self.gain} reach the standard who did not, {self.lose} no longer do, "
                f"and {self.differ} have another score.")


def impact(old: Policy, new: Policy, day: str, size: int = SIZE) -> Impact:
    """Score the population under both on ``day``. A question that only the new rules know is left open under the old, and
    claims nothing for nine in ten."""
    before, after = Rulebook.from_bundle(rulebook(old)), Rulebook.from_bundle(rulebook(new))
    on = date.fromisoformat(day)
    gain = lose = differ = 0
    for answers in population(after, on, size):
        one, other = _score(before, answers, on), _score(after, answers, on)
        gain += one.reaches_standard != "yes" and other.reaches_standard == "yes"
        lose += one.reaches_standard == "yes" and other.reaches_standard != "yes"
        differ += (one.low, one.high) != (other.low, other.high)
    return Impact(day, size, gain, lose, differ)


def _score(book: Rulebook, answers: Mapping[str, Any], on: date) -> Estimate:
    known = {key: value for key, value in answers.items() if key in book.questions and _allowed(book.questions[key], value)}
    read = read_answers(book, known, on)
    return score(book, type(read)(on, {k: v for k, v in read.values.items() if asked(book, read, book.questions[k])}, read.history))


def _allowed(question: Question, value: Any) -> bool:
    return question.type != "choice" or value in question.options


def rests_on(policy: Policy, day: str, size: int = 400) -> dict[str, int]:
    """For each source, how many of the made-up people have points that rest on it."""
    book = Rulebook.from_bundle(rulebook(policy))
    on = date.fromisoformat(day)
    found = dict.fromkeys(policy.sources, 0)
    for answers in population(book, on, size):
        estimate = _score(book, answers, on)
        used = {source for item in estimate.items if item.low or item.status == "refused" for source in item.sources}
        used |= {source for check in estimate.checks for source in check.sources}
        for source in used:
            found[source] = found.get(source, 0) + 1
    return found
