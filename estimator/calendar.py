"""Days and months as the rules count them."""

from __future__ import annotations

from datetime import date

#: A month as a number that can be subtracted: year × 12 + month − 1.
Month = int


def parse_day(text: object) -> date | None:
    """The day that ``YYYY-MM-DD`` names; ``None`` for anything else, other ISO 8601 forms included."""
    if not isinstance(text, str) or len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_month(text: object) -> Month | None:
    """The month that ``YYYY-MM`` names, or ``None``."""
    day = parse_day(f"{text}-01") if isinstance(text, str) else None
    return None if day is None else month_of(day)


def month_of(day: date) -> Month:
    """The month in which a day lies."""
    return day.year * 12 + day.month - 1


def show_month(month: Month) -> str:
    """A month as ``YYYY-MM``."""
    return f"{month // 12:04}-{month % 12 + 1:02}"


def first_day(month: Month) -> date:
    """The first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def completed_years(birth: date, on: date) -> int:
    """Age in completed years (周岁). A birthday of 29 February falls on 1 March in other years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def months_later(day: date, months: int) -> date:
    """The same day of the month that many months later, or the last day where the month is shorter; at most the calendar's last."""
    month = month_of(day) + months
    if month > month_of(date.max):
        return date.max
    for number in range(day.day, 27, -1):
        try:
            return date(month // 12, month % 12 + 1, number)
        except ValueError:
            continue
    return date(month // 12, month % 12 + 1, day.day)
