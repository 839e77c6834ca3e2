"""What the answers given so far come to, which questions are still worth asking, and in which order.

Nothing here counts points: every figure comes from scoring changed answers with the same scorer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .answers import Answers
from .model import Indicator, Question, Rulebook
from .score import method_of, own_points, score, total


def assume_nothing(book: Rulebook, answers: Answers) -> Answers:
    """The answers, with every question left open answered by what claims nothing, where the rules name such an answer."""
    values = dict(answers.values)
    for key, question in book.questions.items():
        covered = question.derived is not None and question.derived.history in answers.history
        if question.neutral is not None and key not in values and not covered:
            values[key] = question.neutral
    return replace(answers, values=values)


def reads(book: Rulebook, indicator: Indicator) -> frozenset[str]:
    """Every answer that the indicator's points may hang on, under any of its dated rules."""
    return book.reads[indicator.id]


def asked(book: Rulebook, answers: Answers, question: Question) -> bool:
    """Whether the question is due: not answered by the history, and its own condition holds for a question that is due."""
    if question.derived is not None and question.derived.history in answers.history:
        return False
    test = question.asked_when
    return test is None or (test.of(answers) is True and asked(book, answers, book.questions[test.answer]))


def samples(question: Question, on: date) -> Iterable[Any]:
    """Answers that together show what the question can do: every option, or the ends and some whole years between."""
    if question.type == "choice":
        return question.options
    if question.type == "boolean":
        return (True, False)
    if question.type == "integer":
        # A record is asked for as "how many", but what it is worth is what the first one costs; and of a length of time, what
        # ten years bring: nobody who is asked has the longest that the form takes.
        most = (
            question.min + 1
            if question.unit == "times"
            else min(question.max, 120)
            if question.unit == "months"
            else question.max
        )
        return sorted({question.min, most, *(n for n in (1, 6, 12, 60, 120) if question.min <= n <= most)})
    if question.type == "date":
        return [date(year, 1, 1) for year in range(max(int(question.earliest[:4]), on.year - 70), on.year + 1, 10)]
    return ()


@dataclass(frozen=True)
class Worth:
    """Whether a question is due, whether its answer can still change anything, and by how many points."""

    asked: bool
    matters: bool
    points: int


class Bench:
    """The indicators' points under one set of answers, and quickly again under changed ones.

    Of a changed answer only the indicators that read it are scored again, and of the total only their part is added up anew:
    the page asks for a hundred and fifty totals at every answer.
    """

    def __init__(self, book: Rulebook, answers: Answers):
        self.book = book
        self.answers = answers
        self.readers: dict[str, list[Indicator]] = {key: [] for key in book.questions}
        for indicator in book.indicators:
            for key in reads(book, indicator):
                self.readers[key].append(indicator)
        self.own = {i.id: own_points(book, i, answers) for i in book.indicators}
        self.low, self.high = total(book, self.own)

    def with_answer(self, key: str, value: Any) -> tuple[int, int]:
        """The total where one answer is changed."""
        changed = Answers(self.answers.on, {**self.answers.values, key: value}, self.answers.history)
        return self.with_points({i.id: own_points(self.book, i, changed) for i in self.readers[key]})

    def with_points(self, own: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
        """The total where these indicators' own points are others."""
        low, high, left = self.low, self.high, own
        for group in self.book.best_of:
            if own.keys() & set(group):
                before, after = [self.own[name] for name in group], [own.get(name, self.own[name]) for name in group]
                low += max(m[0] for m in after) - max(m[0] for m in before)
                high += max(m[1] for m in after) - max(m[1] for m in before)
                left = {name: points for name, points in left.items() if name not in group}
        for name, points in left.items():
            low += points[0] - self.own[name][0]
            high += points[1] - self.own[name][1]
        return low, high


def questions(book: Rulebook, answers: Answers) -> tuple[dict[str, Worth], list[str]]:
    """What each question is worth now, and the open ones in the order that narrows the range most.

    A question is worth at most twice the standard: what lies beyond decides nothing.
    """
    bench = Bench(book, assume_nothing(book, answers))
    day = answers.on.isoformat()
    standard = book.standard_on(day)

    def spread(totals: list[tuple[int, int]]) -> int:
        lows, highs = [low for low, _high in totals], [high for _low, high in totals]
        return min(2 * standard, max(max(lows) - min(lows), max(highs) - min(highs)))

    # What an indicator that is not settled yet can still do to the total: its open details are worth that much together.
    unsettled = {
        i.id: spread([bench.with_points({i.id: (end, end)}) for end in bench.own[i.id]]) for i in book.indicators
    }
    deciding = {
        test.answer for entry in book.eligibility if (found := entry.values.at(day)) and (test := found.value[0])
    }
    kept = {key for i in book.indicators if i.kind == "veto" for key in reads(book, i)}
    # What counts for nothing today may count once a rule that is already known begins.
    kept |= {key for i in book.indicators if i.values.entries[-1].since > day for key in reads(book, i)}
    worth: dict[str, Worth] = {}
    for key, question in book.questions.items():
        due = asked(book, answers, question)
        if not due or question.type == "history":
            worth[key] = Worth(due, due, 0)
            continue
        points = spread([bench.with_answer(key, value) for value in samples(question, answers.on)])
        if key not in answers.values:
            points = max([points, *(unsettled[i.id] for i in bench.readers[key])])
        worth[key] = Worth(True, points > 0 or key in deciding or key in kept, points)
    open_keys = [
        key
        for key, w in worth.items()
        if w.asked and w.matters and key not in answers.values and book.questions[key].type != "history"
    ]
    order = list(book.questions)

    def place(key: str) -> tuple[bool, int, bool, int, int]:
        readers = bench.readers[key]
        # The short way first, then what narrows the range as it stands, then what could be claimed, then records and conditions.
        return (
            not book.questions[key].short,
            -max([unsettled[i.id] for i in readers], default=0),
            not any(i.kind in ("base", "bonus") for i in readers),
            -worth[key].points,
            order.index(key),
        )

    return worth, sorted(open_keys, key=place)


def answered(book: Rulebook, answers: Answers) -> Mapping[str, Any]:
    """What follows from the answers given so far, every open claim and record counted as nothing; and which indicators are open.

    ``items`` adds up to ``low`` and ``high``: each indicator with what it gives under that assumption, and why.
    """
    estimate = score(book, assume_nothing(book, answers))
    still_open = [
        i.id
        for i in book.indicators
        if (keys := method_of(i, answers.on.isoformat()).keys())
        and all(k not in answers.values and k not in answers.history for k in keys)
    ]
    return {
        "low": estimate.low,
        "high": estimate.high,
        "open": still_open,
        "items": {
            item.id: {"low": item.low, "high": item.high, "status": item.status, "reasons": list(item.reasons)}
            for item in estimate.items
        },
    }
