"""For MicroPython: ``date`` and ``timedelta``. Its own module reads 2026-+1-01 as a day, and counts anew at every ``isoformat``."""

_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365)


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


class timedelta:
    """A number of days."""

    def __init__(self, days=0):
        self.days = days


class date:
    """A day. Raises ``ValueError`` for one that does not exist."""

    def __init__(self, year, month, day):
        if not (1 <= year <= 9999 and 1 <= month <= 12):
            raise ValueError("no such month")
        if not 1 <= day <= _BEFORE[month] - _BEFORE[month - 1] + (month == 2 and _leap(year)):
            raise ValueError("no such day")
        self.year, self.month, self.day = year, month, day
        self._text = f"{year:04}-{month:02}-{day:02}"

    @staticmethod
    def fromisoformat(text):
        """The day of YYYY-MM-DD alone: nothing else is asked for."""
        parts = text[:4], text[5:7], text[8:]
        if len(text) != 10 or text[4] + text[7] != "--" or not all(part.isdigit() for part in parts):
            raise ValueError("no day")
        return date(*map(int, parts))

    @staticmethod
    def _of(number):
        year = number // 366 + 1
        while date(year, 12, 31)._number() < number:
            year += 1
        month = 12
        while date(year, month, 1)._number() > number:
            month -= 1
        return date(year, month, number - date(year, month, 1)._number() + 1)

    def _number(self):
        before = self.year - 1
        gone = before * 365 + before // 4 - before // 100 + before // 400
        return gone + _BEFORE[self.month - 1] + (self.month > 2 and _leap(self.year)) + self.day

    def isoformat(self):
        """YYYY-MM-DD."""
        return self._text

    def replace(self, year):
        """The same day of another year."""
        return date(year, self.month, self.day)

    def __add__(self, other):
        return date._of(self._number() + other.days)

    def __sub__(self, other):
        if isinstance(other, date):
            return timedelta(self._number() - other._number())
        return date._of(self._number() - other.days)

    def __eq__(self, other):
        return isinstance(other, date) and self._text == other._text

    def __lt__(self, other):
        return self._text < other._text

    def __le__(self, other):
        return self._text <= other._text

    def __gt__(self, other):
        return self._text > other._text

    def __ge__(self, other):
        return self._text >= other._text

    def __hash__(self):
        return hash(self._text)


date.max = date(9999, 12, 31)
