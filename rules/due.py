"""Which sources to look at again, those on which most people's points rest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from . import model as m
from .checks import Policy
from .impact import rests_on


@dataclass(frozen=True)
class Due:
    """A source that is due: since when, how many of 400 made-up people have points that rest on it, and where to look."""

    source: m.Source
    since: str
    people: int

    def say(self, lang: str) -> str:
        """The entry as a line."""
        title = getattr(self.source.title, lang)
        where = self.source.address or {"zh": "无网址", "en": "no address"}[lang]
        if lang == "zh":
            return f"{self.source.id}：{title}。上次核对 {self.source.checked_on}，应于 {self.since} 再核对；影响 {self.people}／400。{where}"
        return f"{self.source.id}: {title}. Last checked {self.source.checked_on}, due {self.since}; {self.people} of 400 concerned. {where}"


def due(policy: Policy, on: date, within_days: int = 0) -> list[Due]:
    """The sources whose interval has run out on ``on``, or does so within some days, by the number of people concerned."""
    weights = rests_on(policy, on.isoformat())
    found = []
    for source in policy.sources.values():
        since = date.fromisoformat(source.checked_on) + timedelta(days=source.check_every_days)
        if since <= on + timedelta(days=within_days):
            found.append(Due(source, since.isoformat(), weights.get(source.id, 0)))
    return sorted(found, key=lambda entry: (-entry.people, entry.since, entry.source.id))
