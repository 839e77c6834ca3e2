"""A contribution table pasted from a spreadsheet or a web page, read into stretches of months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Fault, Refused, show_name
from .calendar import Month, parse_month, show_month

#: More than a working life of months.
MOST_LINES = 1200
#: More than the columns of any such table.
LONGEST_LINE = 2000


@dataclass(frozen=True)
class Limits:
    """What a month and a base may be."""

    earliest: Month
    latest: Month
    most: int


@dataclass(frozen=True)
class Pasted:
    """The months of a table with their base: those that were paid in time, and those that were made up later (补缴)."""

    paid: Mapping[Month, int]
    made_up: Mapping[Month, int]

    def as_json(self) -> dict[str, Any]:
        """Both as stretches."""
        return {"stretches": stretches(self.paid), "made_up": stretches(self.made_up)}


def read_pasted(text: str) -> list[dict[str, Any]]:
    """Stretches ``{"from", "to", "base"}`` of a table; months made up later are left out. See ``read_table``."""
    return stretches(read_table(text).paid)


def read_table(text: str, limits: Limits | None = None) -> Pasted:
    """The months of lines with one or two months and an amount.

    A month is 2024-07, 2024/7, 2024.07, 202407 or 2024年7月; the amount is the last number of the line, in yuan, with or
    without thousands separators and with a decimal part of zeros. Lines without a digit (headings) are passed over. Where a
    heading's cells, set apart by tabs, name a column of bases (基数), the cells below it are read instead, and other amounts
    beside them are no harm. A line that says 补缴 is one of months made up later. Raises ``Refused`` with a fault for every
    line that cannot be read, named by its number, or that lies outside ``limits``.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise Refused([Fault("too_many_lines", "", str(len(lines)), {"max": MOST_LINES})])
    faults: list[Fault] = []
    paid: dict[Month, int] = {}
    made_up: dict[Month, int] = {}
    columns: Columns | None = None
    for number, line in enumerate(lines, 1):
        if not any(character.isdigit() for character in line):
            columns = _columns(line) or columns
            continue
        found = None if len(line) > LONGEST_LINE else columns.read(line) if columns else _line(line)
        if found is None:
            faults.append(Fault("line_unread", str(number), show_name(line.strip())))
            continue
        first, last, base = found
        fault = _fault(number, first, last, base, limits)
        if fault is None:
            twice = next((month for month in range(first, last + 1) if month in paid or month in made_up), None)
            fault = None if twice is None else Fault("month_twice", str(number), show_month(twice))
        if fault is not None:
            faults.append(fault)
            continue
        late = columns.is_made_up(line) if columns else _MADE_UP.search(line) is not None
        (made_up if late else paid).update(dict.fromkeys(range(first, last + 1), base))
    if faults:
        raise Refused(faults)
    return Pasted(paid, made_up)


def _fault(number: int, first: Month, last: Month, base: int, limits: Limits | None) -> Fault | None:
    """What is wrong with a line's months and base."""
    if last < first:
        return Fault("stretch_backwards", str(number), show_month(last), {"from": show_month(first)})
    if limits is not None:
        for month in (first, last):
            if not limits.earliest <= month <= limits.latest:
                return Fault(
                    "month_out_of_range",
                    str(number),
                    show_month(month),
                    {"earliest": show_month(limits.earliest), "latest": show_month(limits.latest)},
                )
        if not 1 <= base <= limits.most:
            return Fault("not_a_base", str(number), str(base), {"min": 1, "max": limits.most})
    if last - first >= MOST_LINES:
        # More than a working life: these months were not meant.
        return Fault("line_unread", str(number), f"{show_month(first)} {show_month(last)}")
    return None


@dataclass(frozen=True)
class Columns:
    """Where a table with a heading has its months, its bases, and perhaps whether a month was made up later.

    A heading may name only the last of these: ``base`` is then ``None``, and lines are read as if there were no heading."""

    base: int | None
    months: tuple[int, ...]
    late: int | None

    def read(self, line: str) -> tuple[Month, Month, int] | None:
        """The first and last month and the base of a line."""
        if self.base is None:
            return _line(line)
        cells = line.split("\t")
        if len(cells) <= max(self.base, *self.months):
            return None
        base = _words(cells[self.base])
        words = [word for column in self.months for word in _words(cells[column])]
        found = [_month(word) for word in words]
        amount = _amount(base[0]) if len(base) == 1 else None
        first, last = (found[0], found[-1]) if 1 <= len(found) <= 2 else (None, None)
        return None if first is None or last is None or amount is None else (first, last, amount)

    def is_made_up(self, line: str) -> bool:
        """Whether the line's own column says so, or else any cell."""
        cells = line.split("\t")
        if self.late is not None and self.late < len(cells):
            return cells[self.late].strip().lower() in _YES or _MADE_UP.search(cells[self.late]) is not None
        return _MADE_UP.search(line) is not None


_MADE_UP = re.compile(r"(?<![非未无不])补[缴交]|(?<!not )\bmade[ -]up\b", re.IGNORECASE)
_LATE = re.compile(r"补|\bmade[ -]up\b|\blate\b|\barrears\b", re.IGNORECASE)
_YES = {"是", "y", "yes", "1", "true", "√", "✓"}
_MONTH_NAMES = re.compile(
    "^[起止]|年月|月份|所属期|缴费期|起始|开始|结束|截止|终止|month|period|from|to$|until", re.IGNORECASE
)


def _columns(line: str) -> Columns | None:
    """The columns that a heading names; ``None`` where it does not name them."""
    cells = [cell.strip() for cell in line.split("\t")]
    bases = [place for place, cell in enumerate(cells) if re.search(r"基数|\bbase\b", cell, re.IGNORECASE)]
    months = tuple(place for place, cell in enumerate(cells) if _MONTH_NAMES.search(cell) and place not in bases)
    late = next(
        (place for place, cell in enumerate(cells) if _LATE.search(cell) and place not in (*bases, *months)), None
    )
    if bases and 1 <= len(months) <= 2:
        return Columns(bases[0], months, late)
    # Whether a month was made up must not be lost with a heading that is understood only in part.
    return None if late is None or len(cells) == 1 else Columns(None, (), late)


def stretches(months: Mapping[Month, int]) -> list[dict[str, Any]]:
    """Months with a base as the shortest list of stretches."""
    out: list[dict[str, Any]] = []
    for month in sorted(months):
        if out and out[-1]["base"] == months[month] and parse_month(out[-1]["to"]) == month - 1:
            out[-1]["to"] = show_month(month)
        else:
            out.append({"from": show_month(month), "to": show_month(month), "base": months[month]})
    return out


def _line(line: str) -> tuple[Month, Month, int] | None:
    """The first and last month and the base of a line that has a digit."""
    words = _words(line)
    found = [month for word in words[:-1] if (month := _month(word)) is not None]
    base = _amount(words[-1])
    if base is None or len(found) != len(words) - 1 or not 1 <= len(found) <= 2:
        return None
    return found[0], found[-1], base


def _words(line: str) -> list[str]:
    """The months and numbers of a line, whatever separates them."""
    line = (
        line.replace("年", "-")
        .replace("月", " ")
        .replace("至", " ")
        .replace("到", " ")
        .replace("元", " ")
        .replace("¥", " ")
        .replace("￥", " ")
    )
    for dash in ("—", "–", "~", "～", "−"):
        line = line.replace(dash, " ")
    words = [word for word in line.replace(";", " ").replace("，", ",").split() if any(c.isdigit() for c in word)]
    out: list[str] = []
    for word in words:
        word = word.strip(",-:：|")
        parts = word.split("-")
        # 2022-07-2023-06 and 202207-202306 are two months.
        if len(parts) == 4:
            out += ["-".join(parts[:2]), "-".join(parts[2:])]
        elif len(parts) == 2 and all(len(part) == 6 for part in parts):
            out += parts
        elif word.count(",") == 1 and _month(word.split(",")[0]) is not None and len(word.split(",")[1]) != 3:
            out += word.split(",")
        else:
            out.append(word)
    return out


def _month(word: str) -> Month | None:
    for separator in ("/", "."):
        word = word.replace(separator, "-")
    if word.isascii() and word.isdigit() and len(word) == 6:
        word = f"{word[:4]}-{word[4:]}"
    year, _, month = word.partition("-")
    return parse_month(f"{year}-{month.zfill(2)}")


def _amount(word: str) -> int | None:
    whole, _, rest = word.replace(",", "").partition(".")
    return int(whole) if whole.isascii() and whole.isdigit() and 1 <= len(whole) <= 9 and not rest.strip("0") else None
