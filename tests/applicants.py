"""Random applicants, the same for the same seed, drawn from the questions of the rulebook and dense around its limits."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

Book = dict[str, Any]


def applicants(book: Book, count: int, seed: int = 1) -> Iterator[tuple[str, dict[str, Any]]]:
    """``count`` pairs of a day and answers, for ``book`` (the bundle's rulebook.json). None of them is refused."""
    dice = random.Random(seed)
    marks = sorted(_marks([value["points"] for indicator in book["indicators"] for value in indicator["values"]]))
    for _ in range(count):
        on = _day(dice, book)
        unknown = dice.choice([0, 0, 0.1, 0.5, 0.9])
        answers: dict[str, Any] = {}
        for question in book["questions"]:
            # A history is rare in life and replaces three answers: half of the applicants are to do without one.
            if dice.random() < (0.5 if question["type"] == "history" else unknown):
                if dice.random() < 0.1:
                    answers[question["key"]] = None
                continue
            answers[question["key"]] = _answer(dice, book, question, on, marks)
        keys = list(answers)
        dice.shuffle(keys)
        yield on.isoformat(), {key: answers[key] for key in keys}


def history(dice: random.Random, book: Book, on: date, question: Book) -> list[dict[str, Any]]:
    """Stretches of months around the windows of the rules, at bases around the multiples that the tiers ask for."""
    tenths = sorted(
        {tier["tenths"] for i in book["indicators"] for v in i["values"] for tier in v["points"].get("tiers", [])}
    )
    last = on.year * 12 + on.month - 1 - dice.choice([0, 0, 1, 1, 1, 2, 12, 40])
    earliest = int(question["earliest"][:4]) * 12 + int(question["earliest"][5:]) - 1
    out: list[dict[str, Any]] = []
    level = dice.choice(tenths)
    while last >= earliest and len(out) < question["max_stretches"] and dice.random() < 0.9:
        first = max(earliest, last - dice.choice([0, 1, 5, 11, 23, 24, 35, 36, dice.randrange(60)]))
        if dice.random() < 0.3:
            level = dice.choice(tenths)
        average = next((y["average"] for y in book["wages"] if y["from"] <= _month(last) <= y["to"]), 10000)
        base = max(1, -(-average * level // 10) + dice.choice([-1, 0, 0, 1, 700]))
        out.append({"from": _month(first), "to": _month(last), "base": base})
        last = first - dice.choice([1, 1, 1, 2, 7, 14])
    if dice.random() < 0.5:
        out.reverse()
    return out


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _day(dice: random.Random, book: Book) -> date:
    first = date.fromisoformat(max(book["standard"][0]["from"], *(i["values"][0]["from"] for i in book["indicators"])))
    if dice.random() < 0.1:
        return date(dice.choice([2020, 2024, 2028]), 2, 29)
    return first + timedelta(days=dice.randrange(15 * 365))


def _answer(dice: random.Random, book: Book, question: Book, on: date, marks: list[int]) -> Any:
    match question["type"]:
        case "boolean":
            # Most people have no record, and most conditions hold: otherwise nearly everybody would be refused.
            return dice.random() < (0.1 if question.get("neutral") is False else 0.9)
        case "choice":
            return dice.choice(question["options"])
        case "date":
            return _date_before(dice, on, question["earliest"])
        case "history":
            return history(dice, book, on, question)
    low, high = question["min"], question["max"]
    ways: list[Callable[[], int]] = [
        lambda: dice.choice([low, high]),
        lambda: dice.randint(low, min(high, low + 2)),
        lambda: dice.randint(low, high),
        lambda: 12 * dice.randrange(1, 15) + dice.choice([-1, 0, 1]),
        lambda: dice.choice(marks) * dice.randrange(1, 15) + dice.choice([-1, 0, 1]),
    ]
    if question["unit"] == "times":
        ways = [lambda: low] * 18 + [lambda: dice.randint(low, min(high, low + 2)), lambda: dice.randint(low, high)]
    return max(low, min(high, dice.choice(ways)()))


def _date_before(dice: random.Random, on: date, earliest: str) -> str:
    years = dice.randrange(0, 70) if dice.random() < 0.9 else dice.randrange(0, 110)
    try:
        around = on.replace(year=on.year - years)
    except ValueError:
        around = date(on.year - years, 3, 1)
    day = around + timedelta(days=dice.choice([-1, 0, 1, dice.randrange(366)]))
    return max(earliest, min(day, on).isoformat())


def _marks(value: Any) -> set[int]:
    """Every whole number in the figures of the rules: near their multiples something may change."""
    if isinstance(value, dict):
        return {number for item in value.values() for number in _marks(item)}
    if isinstance(value, list):
        return {number for item in value for number in _marks(item)}
    return {value} if isinstance(value, int) and value > 1 else set()
