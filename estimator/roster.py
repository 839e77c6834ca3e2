"""A roster: one applicant a row, one column for each answer, plus ``id`` (answers.md)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .answers import Answers, Fault, Refused, decode, nearest, read_answers, show
from .model import Question, Rulebook
from .project import reach
from .score import score

#: A longer cell is no answer, and a longer table no roster.
MOST_CELL = 20_000
MOST_ROWS = 50_000

#: Columns of the result, in this order.
COLUMNS = ("line", "id", "low", "high", "reaches_standard", "eligible", "vetoed", "reaches_on", "falls_below_on", "open", "faults")

_TRUE = {"true": True, "1": True, "yes": True, "是": True}
_FALSE = {"false": False, "0": False, "no": False, "否": False}


@dataclass(frozen=True)
class Row:
    """One line of the table: its number in the file, its id, and its cells by column."""

    line: int
    id: str
    cells: Mapping[str, str]


def read_table(book: Rulebook, text: str) -> Iterator[Row]:
    """The rows of CSV text, or of a table pasted from a spreadsheet (tabs). Raises ``Refused`` where the table itself is wrong:
    no header, a column that is no answer, a column twice."""
    header, reader = _header(book, text)
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        named = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        extra = [cell for cell in cells[len(header):] if cell.strip()]
        if extra:
            named[""] = extra[0]
        yield Row(reader.line_num, named.pop("id", ""), named)


def _header(book: Rulebook, text: str) -> tuple[list[str], Any]:
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise Refused([Fault("not_a_table", "", str(error))]) from None
    if not any(header):
        raise Refused([Fault("no_header", "", "")])
    faults = []
    for index, name in enumerate(header):
        if name != "id" and name not in book.questions:
            faults.append(Fault("unknown_column", f"{index + 1}", name[:60], {"near": nearest(name, book.questions)}))
        elif name in header[:index]:
            faults.append(Fault("column_twice", f"{index + 1}", name))
    if faults:
        raise Refused(faults)
    return header, reader


def answers_of(book: Rulebook, row: Row, on: date) -> Answers:
    """The answers in a row. An empty cell is unknown. Raises ``Refused`` with every fault of the row."""
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    if row.cells.get(""):
        faults.append(Fault("too_many_cells", "", row.cells[""][:60]))
    for key, cell in row.cells.items():
        if key and cell:
            data[key] = _cell(book.questions[key], cell, faults)
    try:
        answers = read_answers(book, data, on)
    except Refused as refused:
        # A cell that could not be read at all is said once, in its own words.
        known = {fault.key for fault in faults}
        raise Refused([*faults, *(f for f in refused.faults if f.key not in known)]) from None
    if faults:
        raise Refused(faults)
    return answers


def _cell(question: Question, cell: str, faults: list[Fault]) -> Any:
    """A cell's text as the value that JSON would bring; text that fits no type stays text and is refused by name."""
    if question.type == "boolean":
        return {**_TRUE, **_FALSE}.get(cell.lower(), cell)
    if question.type == "integer":
        digits = cell.removeprefix("-")
        # A spreadsheet writes 12 as 12.0 and 12500 as 12,500: the number is the same.
        digits = digits[:-2] if digits.endswith(".0") else digits
        digits = digits.replace(",", "") if _thousands(digits) else digits
        return int(digits) * (-1 if cell.startswith("-") else 1) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else cell
    if question.type == "history":
        twice: list[Fault] = []
        try:
            value = decode(cell, twice)
        except Refused:
            value, twice = None, twice or [Fault("cell_not_json", question.key, show(cell))]
        faults += [Fault("cell_not_json", question.key, show(cell))] if twice else []
        return None if twice else value
    return cell


def _thousands(text: str) -> bool:
    parts = text.split(",")
    return len(parts) > 1 and 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def result_of(book: Rulebook, row: Row, on: date, years: int, assume: Callable[[Rulebook, Answers], Answers] | None = None) -> dict[str, Any]:
    """The row's result by the columns of ``COLUMNS``; ``open`` lists the open answers, ``faults`` the faults as mappings.

    ``assume`` changes the answers before they are scored (``insight.assume_nothing``); the open ones are listed all the same.
    """
    out: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    out |= {"line": row.line, "id": row.id, "faults": []}
    try:
        if len(json.dumps(row.cells, ensure_ascii=False)) > MOST_CELL:
            raise Refused([Fault("row_too_long", "", "", {"max": MOST_CELL})])
        answers = answers_of(book, row, on)
    except Refused as refused:
        return {**out, "faults": [fault.as_json() for fault in refused.faults]}
    assumed = answers if assume is None else assume(book, answers)
    estimate = score(book, assumed)
    reaches_on, falls_below_on = reach(book, assumed, years)
    given = estimate if assume is None else score(book, answers)
    missing = dict.fromkeys(key for item in given.items for key in item.missing)
    return {**out, "low": estimate.low, "high": estimate.high, "reaches_standard": estimate.reaches_standard, "eligible": estimate.eligible,
            "vetoed": estimate.vetoed, "reaches_on": reaches_on.isoformat() if reaches_on else "",
            "falls_below_on": falls_below_on.isoformat() if falls_below_on else "", "open": list(missing)}


def safe_cell(text: str) -> str:
    """Text that a spreadsheet will not run as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not text.lstrip("-").isdigit() else text


def write_results(results: list[dict[str, Any]], say: Callable[[Mapping[str, Any]], str]) -> str:
    """The results as CSV text; ``say`` puts a fault into words."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for result in results:
        shown = {**result, "open": " ".join(result["open"]), "faults": " ".join(say(fault) for fault in result["faults"])}
        writer.writerow([safe_cell(str(shown[name]).lower() if isinstance(shown[name], bool) else str(shown[name])) for name in COLUMNS])
    return out.getvalue()
