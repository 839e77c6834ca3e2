"""A roster: one applicant a row, one column for each answer, plus ``id`` (answers.md).

A spreadsheet's own ways of writing are read as well: a column may be called by its question's label, a cell may hold an
option's label, a day may be 1988/5/20, months may be 3年4个月, and a history may stand in lines as in ``pasted``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .answers import Answers, Fault, Refused, decode, nearest, read_answers, show, show_name
from .model import Question, Rulebook
from .pasted import read_pasted
from .project import reach
from .score import Estimate, score

#: A longer cell is no answer, and a longer table no roster.
MOST_CELL = 20_000
MOST_ROWS = 50_000

#: Columns of the result, in this order.
COLUMNS = (
    "line",
    "id",
    "low",
    "high",
    "reaches_standard",
    "eligible",
    "vetoed",
    "reaches_on",
    "falls_below_on",
    "open",
    "faults",
)

#: What begins a row of notes, such as the second line of the template; no person is in it.
NOTE = "# "

#: Other names of the column ``id``, folded.
_IDS = frozenset({"id", "no", "编号", "序号", "工号", "员工编号", "staffno", "employeeid"})

_TRUE = dict.fromkeys(("true", "1", "yes", "y", "是", "有", "√", "✓"), True)
_FALSE = dict.fromkeys(("false", "0", "no", "n", "否", "无", "没有", "×", "✗"), False)
_BOOLEANS = {**_TRUE, **_FALSE}

_DAY = re.compile(
    r"(\d{4})(?:(\d\d)(\d\d)|\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?)"
)
_SPAN = re.compile(r"(?:(\d{1,4})\s*(?:年|y|years?))?\s*(?:零|又|and)?\s*(?:(\d{1,4})\s*(?:个?月|m|months?))?")
_SUM = re.compile(r"(-?\d+)(?:\.(\d+))?\s*(万?)\s*(?:元|%|％|人|次|岁)?")


@dataclass(frozen=True)
class Aliases:
    """Other names for columns and options, folded by ``fold``: the labels in the languages of the page (``words.aliases``)."""

    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def fold(name: str) -> str:
    """A name without what people write differently: case, spaces, punctuation."""
    return "".join(character for character in name.lower() if character.isalnum())


@dataclass(frozen=True)
class Row:
    """One line of the table: its number in the file, its id, and its cells by column. An empty cell may be left out."""

    line: int
    id: str
    cells: Mapping[str, str]


class Table:
    """A table's header, read; its rows come one by one. Raises ``Refused`` where the table itself is wrong: no header, a column
    that is no answer, a column twice, quotation marks that do not end.

    With ``ignore`` a column that is no answer is left out; ``ignored`` names it.
    """

    def __init__(self, book: Rulebook, text: str, aliases: Aliases | None = None, ignore: bool = False):
        text = text.removeprefix("\ufeff")
        first, _, _ = text.partition("\n")
        delimiter = "\t" if "\t" in first else ";" if ";" in first and "," not in first else ","
        self._book = book
        self._aliases = aliases or Aliases()
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        self._seen: dict[str, dict[str, str]] = {}
        #: How many rows of notes were passed over so far.
        self.notes = 0
        self.ignored: list[str] = []
        self.columns = self._header([name.strip() for name in self._next() or []], ignore)

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise Refused([Fault("not_a_table", str(self._reader.line_num), str(error))]) from None

    def _header(self, names: list[str], ignore: bool) -> list[str | None]:
        if not any(names):
            raise Refused([Fault("no_header", "", "")])
        faults: list[Fault] = []
        columns: list[str | None] = []
        for index, name in enumerate(names):
            key = (
                name
                if name in self._book.questions
                else "id"
                if fold(name) in _IDS
                else self._aliases.columns.get(fold(name))
            )
            if key is not None and key in columns:
                faults.append(Fault("column_twice", f"{index + 1}", show_name(name)))
            elif key is None and (ignore or not name):
                self.ignored += [name] if name else []
            elif key is None:
                faults.append(Fault("unknown_column", f"{index + 1}", show_name(name), {"near": self._near(name)}))
            columns.append(key)
        if faults:
            raise Refused(faults)
        return columns

    def _near(self, name: str) -> str:
        """The key of the question that a misspelt column most likely means, or ``""``."""
        labels = self._aliases.columns
        return nearest(name, self._book.questions) or labels.get(nearest(fold(name), labels), "")

    def __iter__(self) -> Iterator[Row]:
        while (cells := self._next()) is not None:
            first = next((cell.strip() for cell in cells if cell.strip()), "")
            if first == NOTE.strip() or first.startswith(NOTE):
                self.notes += 1
            elif first:
                yield self._row(cells)

    def _row(self, cells: list[str]) -> Row:
        named: dict[str, str] = {}
        for name, cell in zip(self.columns, cells, strict=False):
            text = cell.strip()
            if text and name is not None:
                named[name] = self._option(name, text)
        extra = next((cell.strip() for cell in cells[len(self.columns) :] if cell.strip()), "")
        if extra:
            named[""] = extra[:MOST_CELL]
        return Row(self._reader.line_num, named.pop("id", ""), named)

    def _option(self, key: str, text: str) -> str:
        """An option's value where its label is written."""
        labels = self._aliases.options.get(key)
        if labels is None or len(text) > 200:
            return text
        seen = self._seen.setdefault(key, {})
        if text not in seen:
            folded = fold(text)
            found = labels.get(folded)
            if found is None and len(folded) > 1:
                # 硕士 for 硕士学历和学位, where no other option begins so.
                begun = {value for label, value in labels.items() if label.startswith(folded)}
                found = begun.pop() if len(begun) == 1 else None
            seen[text] = text if text in self._book.questions[key].options else found or text
        return seen[text]


def answers_of(book: Rulebook, row: Row, on: date) -> Answers:
    """The answers in a row. An empty cell is unknown. Raises ``Refused`` with every fault of the row."""
    data, faults = data_of(book, row)
    try:
        answers = read_answers(book, data, on)
    except Refused as refused:
        # A cell that could not be read at all is said once, in its own words.
        known = {fault.key for fault in faults}
        raise Refused([*faults, *(f for f in refused.faults if f.key not in known)]) from None
    if faults:
        raise Refused(faults)
    return answers


def data_of(book: Rulebook, row: Row) -> tuple[dict[str, Any], list[Fault]]:
    """The answers object that a row's cells write, unchecked, and the faults of cells that cannot be read."""
    data: dict[str, Any] = {}
    faults: list[Fault] = []
    if sum(map(len, row.cells.values())) > MOST_CELL:
        return {}, [Fault("row_too_long", "", "", {"max": MOST_CELL})]
    if row.cells.get(""):
        faults.append(Fault("too_many_cells", "", show_name(row.cells[""])))
    for key, cell in row.cells.items():
        if key and cell:
            data[key] = _cell(book.questions[key], cell, faults)
    return data, faults


def _cell(question: Question, cell: str, faults: list[Fault]) -> Any:
    """A cell's text as the value that JSON would bring; text that fits no type stays text and is refused by name."""
    if question.type == "boolean":
        return _BOOLEANS.get(cell.lower(), cell)
    if question.type == "integer":
        return _whole(question, cell)
    if question.type == "date":
        found = _DAY.fullmatch(cell)
        return f"{int(found[1]):04}-{int(found[2] or found[4]):02}-{int(found[3] or found[5]):02}" if found else cell
    if question.type == "history":
        return _history(question, cell, faults)
    return cell


def _whole(question: Question, cell: str) -> int | str:
    # A spreadsheet writes 12 as 12.0 and 12500 as 12,500: the number is the same.
    text = cell.replace(",", "") if "," in cell and _thousands(cell) else cell
    if question.unit == "months" and (span := _SPAN.fullmatch(text.lower())) and (span[1] or span[2]):
        return int(span[1] or 0) * 12 + int(span[2] or 0)
    found = _SUM.fullmatch(text)
    if found is None or len(found[1]) > 18:
        return cell
    whole, decimals, ten_thousand = found[1], (found[2] or "").rstrip("0"), bool(found[3])
    if len(decimals) > 4 * ten_thousand:
        return cell
    return int(whole + decimals.ljust(4, "0")) if ten_thousand else int(whole)


def _thousands(text: str) -> bool:
    whole, *parts = text.removeprefix("-").split(".")[0].split(",")
    return 1 <= len(whole) <= 3 and all(len(part.rstrip("元 ")) == 3 for part in parts)


def _history(question: Question, cell: str, faults: list[Fault]) -> Any:
    twice: list[Fault] = []
    try:
        value: object = decode(cell, twice) if cell.startswith(("[", "{")) else read_pasted(re.sub("[;；]", "\n", cell))
    except Refused:
        value = []
    if twice or value == []:
        faults.append(Fault("cell_not_history", question.key, show(cell)))
        return None
    return value


def result_of(
    book: Rulebook, row: Row, on: date, years: int, assume: Callable[[Rulebook, Answers], Answers] | None = None
) -> dict[str, Any]:
    """The row's result by the columns of ``COLUMNS``; ``open`` lists the answers that it still hangs on, ``faults`` the faults as
    mappings.

    ``assume`` changes the answers before they are scored (``insight.assume_nothing``).
    """
    out: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    out |= {"line": row.line, "id": row.id, "open": [], "faults": []}
    try:
        answers = answers_of(book, row, on)
    except Refused as refused:
        return {**out, "faults": [fault.as_json() for fault in refused.faults]}
    if assume is not None:
        answers = assume(book, answers)
    estimate = score(book, answers)
    reaches_on, falls_below_on = reach(book, answers, years)
    missing = dict.fromkeys(key for item in estimate.items for key in item.missing)
    missing |= dict.fromkeys(_deciding(book, estimate))
    return {
        **out,
        "low": estimate.low,
        "high": estimate.high,
        "reaches_standard": estimate.reaches_standard,
        "eligible": estimate.eligible,
        "vetoed": estimate.vetoed,
        "reaches_on": reaches_on.isoformat() if reaches_on else "",
        "falls_below_on": falls_below_on.isoformat() if falls_below_on else "",
        "open": list(missing),
    }


def _deciding(book: Rulebook, estimate: Estimate) -> Iterator[str]:
    """The open answers that a condition of applying hangs on."""
    for entry, check in zip(book.eligibility, estimate.checks, strict=True):
        values = entry.values.at(estimate.on)
        test = None if values is None else values.value[0]
        if check.holds == "unknown" and test is not None:
            yield test.answer


_NUMBER = re.compile(r"-?[0-9]+")


def safe_cell(text: str) -> str:
    """Text that a spreadsheet will not run as a formula; a whole number stays one."""
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    return f"'{text}" if risky and not _NUMBER.fullmatch(text) else text


def write_table(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV text that is safe to open in a spreadsheet."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def write_results(results: list[dict[str, Any]], say: Callable[[Mapping[str, Any]], str]) -> str:
    """The results as CSV text; ``say`` puts a fault into words."""
    return write_table([COLUMNS, *(_texts(result, say) for result in results)])


def _texts(result: dict[str, Any], say: Callable[[Mapping[str, Any]], str]) -> Iterator[str]:
    shown = {**result, "open": " ".join(result["open"]), "faults": " ".join(say(fault) for fault in result["faults"])}
    for name in COLUMNS:
        yield str(shown[name]).lower() if isinstance(shown[name], bool) else str(shown[name])
