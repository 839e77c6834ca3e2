"""What to look at again: sources whose interval has run out, and instruments that expire, by how many people's points rest on them.

Here the real day counts, unlike in the build: a build says the same for the same sources, and a scheduled job
(``.github/workflows/due.yml``, ops/due.sh) asks every week what has become old since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from . import model as m
from .checks import Policy
from .dated import coming
from .impact import rests_on
from .words import number

#: How many made-up people are scored to see whose points rest on a source.
PEOPLE = 400


@dataclass(frozen=True)
class Due:
    """A source that is due: since when (``since``), when it expired, if it did, how many of ``PEOPLE`` made-up people have points
    that rest on it."""

    source: m.Source
    since: str
    expired: str | None
    people: int

    def say(self, lang: str) -> str:
        """The entry as a line."""
        title = getattr(self.source.title, lang)
        share = f"{round(100 * self.people / PEOPLE)}%"
        where = self.source.address or {"zh": "无网址", "en": "no address"}[lang]
        if lang == "zh":
            ended = f"已于 {number(self.expired, lang)}失效，请查找替代文件或注明理由；" if self.expired else ""
            return f"{self.source.id}：{title}。{ended}上次核对 {number(self.source.checked_on, lang)}，应于 {number(self.since, lang)}再核对；{share} 的虚构申请人的分数以它为依据。{where}"
        ended = (
            f"Expired on {number(self.expired, lang)}: find what replaced it, or acknowledge it with a reason. "
            if self.expired
            else ""
        )
        return (
            f"{self.source.id}: {title}. {ended}Last checked on {number(self.source.checked_on, lang)}, due on {number(self.since, lang)}; "
            f"the points of {share} of made-up applicants rest on it. {where}"
        )


def due(policy: Policy, on: date, within_days: int = 0) -> list[Due]:
    """The sources whose interval has run out on ``on``, or does so within some days, and those that have expired without being
    acknowledged, by the number of people concerned."""
    weights = rests_on(policy, on.isoformat(), PEOPLE)
    until = (on + timedelta(days=within_days)).isoformat()
    found = []
    for source in policy.sources.values():
        since = (date.fromisoformat(source.checked_on) + timedelta(days=source.check_every_days)).isoformat()
        ends = source.expires
        expired = ends.on if ends and ends.on < until and not (ends.acknowledged and ends.reason) else None
        if since <= until or expired:
            found.append(Due(source, since, expired, weights.get(source.id, 0)))
    return sorted(found, key=lambda entry: (-entry.people, entry.since, entry.source.id))


def begun(policy: Policy, on: date) -> list[str]:
    """The days up to ``on`` on which something began that the pages still tell as coming: they are true, and could be shorter."""
    lists: list[Sequence[m.Dated]] = [
        policy.scheme.standard,
        *(i.values for i in policy.indicators.values()),
        *(c.values for c in policy.eligibility.conditions),
    ]
    return sorted(
        {value.from_ for values in lists for value in coming(values, policy.day) if value.from_ <= on.isoformat()}
    )


def report(policy: Policy, on: date, within_days: int = 0) -> str:
    """The list as Markdown in both languages, for an issue; empty where there is nothing to look at."""
    entries, days = due(policy, on, within_days), begun(policy, on)
    if not entries and not days:
        return ""
    lines = [
        f"按影响的人数排列，截至 {number(on.isoformat(), 'zh')}。核对后把 `checked_on` 改为核对的那一天。",
        "",
        f"By how many people they concern, as of {number(on.isoformat(), 'en')}. After looking, set `checked_on` to that day.",
        "",
    ]
    for entry in entries:
        lines += [f"- [ ] {entry.say('zh')}", f"      {entry.say('en')}"]
    for day in days:
        lines += [
            f"- [ ] {number(day, 'zh')}开始的规定已经实行，请核对并更新版本。",
            f"      What began on {number(day, 'en')} is in force: check it and record an edition.",
        ]
    return "\n".join(lines) + "\n"
