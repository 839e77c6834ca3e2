"""A contribution table pasted from a spreadsheet or a web page, read into stretches of months."""

from __future__ import annotations

from typing import Any

from .answers import Fault, Refused
from .calendar import Month, parse_month, show_month

#: More than a working life of months.
MOST_LINES = 1200


def read_pasted(text: str) -> list[dict[str, Any]]:
    """Stretches ``{"from", "to", "base"}`` from lines with one or two months and an amount.

    A month is 2024-07, 2024/7, 2024.07, 202407 or 2024年7月; the amount is the last number of the line, in yuan, with or
    without thousands separators and with a decimal part of zeros. Lines without a digit (headings) are passed over; months
    that follow one another at the same base become one stretch. Raises ``Refused`` with a fault for every line that cannot
    be read, named by its number.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise Refused([Fault("too_many_lines", "", str(len(lines)), {"max": MOST_LINES})])
    faults: list[Fault] = []
    months: dict[Month, int] = {}
    for number, line in enumerate(lines, 1):
        if not any(character.isdigit() for character in line):
            continue
        found = _line(line)
        if found is None:
            faults.append(Fault("line_unread", str(number), line.strip()[:60]))
            continue
        first, last, base = found
        if last < first or last - first >= MOST_LINES:
            faults.append(Fault("stretch_backwards", str(number), show_month(last), {"from": show_month(first)}))
            continue
        for month in range(first, last + 1):
            if month in months:
                faults.append(Fault("month_twice", str(number), show_month(month)))
                break
            months[month] = base
    if faults:
        raise Refused(faults)
    return stretches(months)


def stretches(months: dict[Month, int]) -> list[dict[str, Any]]:
    """Months with a base as the shortest list of stretches."""
    out: list[dict[str, Any]] = []
    for month in sorted(months):
        if out and out[-1]["base"] == months[month] and parse_month(out[-1]["to"]) == month - 1:
            out[-1]["to"] = show_month(month)
        else:
            out.append({"from": show_month(month), "to": show_month(month), "base": months[month]})
    return out


def _line(line: str) -> tuple[Month, Month, int] | None:
    """The first and last month and the base of a line."""
    words = _words(line)
    found = [month for word in words[:-1] if (month := _month(word)) is not None]
    base = _amount(words[-1]) if words else None
    if base is None or len(found) != len(words) - 1 or not 1 <= len(found) <= 2:
        return None
    return found[0], found[-1], base


def _words(line: str) -> list[str]:
    """The months and numbers of a line, whatever separates them."""
    line = line.replace("年", "-").replace("月", " ").replace("至", " ").replace("到", " ").replace("元", " ").replace("¥", " ").replace("￥", " ")
    for dash in ("—", "–", "~", "～", "−"):
        line = line.replace(dash, " ")
    words = [word for word in line.replace("\t", " ").replace(";", " ").replace("，", ",").replace(" -", " ").split() if any(c.isdigit() for c in word)]
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
    return parse_month(f"{year}-{month.zfill(2)}") if month else None


def _amount(word: str) -> int | None:
    whole, _, rest = word.replace(",", "").partition(".")
    return int(whole) if whole.isascii() and whole.isdigit() and 1 <= len(whole) <= 9 and not rest.strip("0") else None
