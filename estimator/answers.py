"""Read the answers of one applicant, or refuse them with every fault named.

An answer that is absent or null is unknown. Nothing is computed from answers of which a part is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from .calendar import Month, month_of, parse_day, parse_month, show_month

if TYPE_CHECKING:
    from .model import Question, Rulebook, WageTable

#: What is shown of a value in a message; the rest is cut.
SHOWN = 60
#: Deeper JSON is none of ours: a history in the answers of a request is four levels deep.
DEEPEST = 20


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with the input: a code for the words, the key, the value as JSON text, and what is allowed."""

    code: str
    key: str
    value: str
    allowed: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The fault as a plain mapping."""
        return {"code": self.code, "key": self.key, "value": self.value, "allowed": dict(self.allowed)}


class Refused(ValueError):
    """The input is refused; ``faults`` holds every fault, in the order of the questions."""

    def __init__(self, faults: list[Fault]):
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{f.key}: {f.value}: {f.code}" for f in faults))


@contextmanager
def collecting(faults: list[Fault]) -> Iterator[None]:
    """Add the faults of what is refused inside to ``faults`` and go on after it."""
    try:
        yield
    except Refused as refused:
        faults.extend(refused.faults)


@dataclass(frozen=True)
class History:
    """Contributions by month: the base in yuan and the average wage of that month's insurance year (``None``: not in the table).

    ``onward`` repeats a pair for every month from ``onward_from`` on; projections use it to go on as before.
    """

    months: Mapping[Month, tuple[int, int | None]]
    onward: tuple[int, int | None] | None = None
    onward_from: Month = 0

    def count(self, before: Month, window: int, tenths: int | None) -> tuple[int, int]:
        """How many of the ``window`` months before ``before`` were paid at the multiple (in tenths; ``None``: at all).

        The two numbers differ where a month's average wage is not known.
        """
        low = high = 0
        for month in range(before - window, before):
            pair = self.months.get(month)
            if pair is None and self.onward is not None and month >= self.onward_from:
                pair = self.onward
            if pair is None:
                continue
            base, average = pair
            if tenths is None or (average is not None and base * 10 >= average * tenths):
                low += 1
                high += 1
            elif average is None:
                high += 1
        return low, high

    def going_on(self, since: Month) -> History:
        """The history with every month from ``since`` on paid at the multiple of its last month; empty, it stays so."""
        if not self.months or self.onward is not None:
            return self
        return History(self.months, self.months[max(self.months)], since)


@dataclass(frozen=True)
class Answers:
    """Checked answers for one day. ``values`` holds what is known: dates as ``date``, the history apart."""

    on: date
    values: Mapping[str, Any]
    history: Mapping[str, History] = field(default_factory=dict)

    def get(self, key: str) -> Any:
        """The answer, or ``None`` where it is unknown."""
        return self.values.get(key)


def read_answers(book: Rulebook, data: object, on: date) -> Answers:
    """The answers in ``data`` (a decoded JSON object) for the day ``on``. Raises ``Refused`` with every fault."""
    if not isinstance(data, dict):
        raise Refused([Fault("not_an_object", "", show(data))])
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    history: dict[str, History] = {}
    for key, question in book.questions.items():
        given = data.get(key)
        if given is None:
            continue
        if question.type == "history":
            stretches = _read_history(question, given, on, book.wages, faults)
            if stretches is not None:
                history[key] = stretches
            continue
        value = _READERS[question.type](question, given, on, faults)
        if value is not None:
            values[key] = value
    for key in sorted(k for k in data if k not in book.questions):
        faults.append(Fault("unknown_key", show_name(key), show(data[key]), {"near": nearest(key, book.questions)}))
    if faults:
        raise Refused(faults)
    for key, question in book.questions.items():
        # A history says more than the answer that sums it up: it replaces it (answers.md).
        if question.derived is not None and question.derived.history in history:
            found = question.derived.of(history[question.derived.history], on)
            values.pop(key, None)
            if found is not None:
                values[key] = found
    return Answers(on, values, history)


def decode(text: str, faults: list[Fault]) -> object:
    """JSON text as Python values; a key that stands twice is added to ``faults``. Raises ``Refused`` where it is no JSON.

    ``NaN`` and its like are read as numbers, which no answer is: so they are refused with their key.
    """

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key, value in items:
            if key in out:
                faults.append(Fault("key_twice", show_name(key), show(value)))
            out[key] = value
        return out

    if _depth(text) > DEEPEST:
        raise Refused([Fault("not_json", "", "", {"line": 1, "column": 1})])
    try:
        return json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        raise Refused([Fault("not_json", "", "", {"line": error.lineno, "column": error.colno})]) from None
    except ValueError:
        # A number of thousands of digits.
        raise Refused([Fault("not_json", "", "", {"line": 1, "column": 1})]) from None


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def _depth(text: str) -> int:
    """How deep brackets are nested in JSON text. Parsing thousands of them would end Pyodide, not raise an exception."""
    deepest = depth = 0
    for char in _STRING.sub("", text):
        if char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


#: What a terminal or a browser would act on or hide: control characters, marks of direction, halves of a character.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def _visible(text: str) -> str:
    return _HIDDEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def show(value: object) -> str:
    """The value as JSON text, cut to a length that fits a message; also for what has no JSON text."""
    if isinstance(value, list):
        return "[…]" if value else "[]"
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**18:
        return "≥ 10^18" if value > 0 else "≤ −10^18"
    text = (
        json.dumps(value, ensure_ascii=False)
        if value is None or isinstance(value, str | int | float)
        else type(value).__name__
    )
    return _visible(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def show_name(key: object) -> str:
    """A name that the input brings (a key, a column), made visible and cut, without quotation marks."""
    text = str(key)
    return _visible(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def nearest(key: object, known: Mapping[str, Any]) -> str:
    """The known key that a misspelt one most likely meant, or ``""``: the one that shares most pairs of letters."""

    def pairs(word: str) -> set[str]:
        return {word[i : i + 2] for i in range(len(word) - 1)}

    wanted = pairs(str(key)[:SHOWN].lower())
    best, name = 0.0, ""
    for candidate in known:
        there = pairs(candidate)
        share = len(wanted & there) / max(1, len(wanted | there))
        if share > best:
            best, name = share, candidate
    return name if best >= 0.4 else ""


def _read_date(question: Question, value: object, on: date, faults: list[Fault]) -> date | None:
    day = parse_day(value)
    allowed = {"earliest": question.earliest, "latest": on.isoformat()}
    if day is None:
        faults.append(Fault("not_a_date", question.key, show(value), allowed))
    elif not question.earliest <= day.isoformat() <= on.isoformat():
        faults.append(Fault("date_out_of_range", question.key, show(value), allowed))
        return None
    return day


def _read_choice(question: Question, value: object, _on: date, faults: list[Fault]) -> str | None:
    if isinstance(value, str) and value in question.options:
        return value
    faults.append(Fault("not_an_option", question.key, show(value), {"options": list(question.options)}))
    return None


def _read_boolean(question: Question, value: object, _on: date, faults: list[Fault]) -> bool | None:
    if isinstance(value, bool):
        return value
    faults.append(Fault("not_a_boolean", question.key, show(value)))
    return None


def _read_integer(question: Question, value: object, _on: date, faults: list[Fault]) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool) and question.min <= value <= question.max:
        return value
    code = "integer_out_of_range" if isinstance(value, int) and not isinstance(value, bool) else "not_an_integer"
    faults.append(Fault(code, question.key, show(value), {"min": question.min, "max": question.max}))
    return None


_READERS = {"date": _read_date, "choice": _read_choice, "boolean": _read_boolean, "integer": _read_integer}


def _read_history(question: Question, value: object, on: date, wages: WageTable, faults: list[Fault]) -> History | None:
    """Stretches of months with a base, each month once, none after the month of ``on``; worth nothing once there are faults."""
    if not isinstance(value, list):
        faults.append(Fault("not_a_history", question.key, show(value)))
        return None
    if len(value) > question.max_stretches:
        faults.append(Fault("history_too_long", question.key, str(len(value)), {"max": question.max_stretches}))
        return None
    months: dict[Month, tuple[int, int | None]] = {}
    latest = month_of(on)
    for index, stretch in enumerate(value):
        name = f"{question.key}[{index}]"
        if not isinstance(stretch, dict):
            faults.append(Fault("not_a_stretch", name, show(stretch)))
            continue
        for key in sorted(k for k in stretch if k not in ("from", "to", "base")):
            faults.append(Fault("unknown_stretch_key", f"{name}.{show_name(key)}", show(stretch[key])))
        ends = {
            part: _read_month(question, f"{name}.{part}", stretch.get(part), latest, faults) for part in ("from", "to")
        }
        base: Any = stretch.get("base")
        if not isinstance(base, int) or isinstance(base, bool) or not 1 <= base <= question.max_yuan:
            faults.append(Fault("not_a_base", f"{name}.base", show(base), {"min": 1, "max": question.max_yuan}))
        first, last = ends["from"], ends["to"]
        if first is None or last is None:
            continue
        if last < first:
            faults.append(Fault("stretch_backwards", f"{name}.to", show(stretch["to"]), {"from": stretch["from"]}))
            continue
        twice = next((month for month in range(first, last + 1) if month in months), None)
        if twice is not None:
            faults.append(Fault("month_twice", name, show_month(twice)))
            continue
        for month in range(first, last + 1):
            months[month] = (base, wages.average(month))
    return History(months)


def _read_month(question: Question, name: str, value: object, latest: Month, faults: list[Fault]) -> Month | None:
    month = parse_month(value)
    allowed = {"earliest": question.earliest, "latest": show_month(latest)}
    if month is None:
        faults.append(Fault("not_a_month", name, show(value), allowed))
        return None
    if not question.earliest <= show_month(month) <= show_month(latest):
        faults.append(Fault("month_out_of_range", name, show(value), allowed))
        return None
    return month
