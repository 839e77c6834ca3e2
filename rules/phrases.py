"""A way of counting in words, row by row, in one language: what the change log compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import model as m
from .words import Writer, number

if TYPE_CHECKING:
    from .checks import Policy

#: What a row is called, and what it says. Rows without a name stand alone.
Row = tuple[str, str]


def rows(points: m.Method, policy: Policy, lang: str) -> list[Row]:
    """The rules of one way of counting, readings settled, each as a name and a figure in words."""
    return Phrases(policy, lang).rows(points)


def change(before: m.Method, after: m.Method, policy: Policy, lang: str) -> str:
    """What differs between two ways of counting, as “name: old → new”; both in full where the way itself is another."""
    zh = lang == "zh"
    one, other = rows(before, policy, lang), rows(after, policy, lang)
    if before.method != after.method:
        whole = [
            "，".join(f"{name}{value}" for name, value in part)
            if zh
            else ", ".join(f"{name} {value}".strip() for name, value in part)
            for part in (one, other)
        ]
        return " → ".join(whole)
    said = []
    if isinstance(before, m.Brackets) and len(one) == len(other):
        # Brackets follow one another: the first of the new table takes the place of the first of the old one.
        for (name, value), (new_name, new_value) in zip(one, other, strict=True):
            if name != new_name:
                said.append(
                    f"{name} {value} → {new_name} {new_value}" if zh else f"{name}: {value} → {new_name}: {new_value}"
                )
            elif value != new_value:
                said.append(f"{name}{'：' if zh else ': '}{value} → {new_value}")
    else:
        old, new = dict(one), dict(other)
        for name in dict.fromkeys([*old, *new]):
            if old.get(name) != new.get(name):
                none = "无" if zh else "none"
                said.append(f"{name}{'：' if zh else ': '}{old.get(name, none)} → {new.get(name, none)}")
    return ("；" if zh else "; ").join(said)


class Phrases:
    """The phrases of one language."""

    def __init__(self, policy: Policy, lang: str):
        self.policy = policy
        self.zh = lang == "zh"
        self.lang = lang
        self.writer = Writer(policy, lang)

    def t(self, zh: str, en: str) -> str:
        """One of two."""
        return zh if self.zh else en

    def n(self, value: Any) -> str:
        """A figure."""
        return number(value, self.lang)

    def points(self, value: int) -> str:
        """Points; English leaves the unit to the sentence."""
        return f"{self.n(value)} 分" if self.zh else self.n(value)

    def options(self, key: str) -> dict[str, str]:
        """The options of a question by value, as labels."""
        question = self.policy.questions.get(key)
        return (
            {o.value: self.writer(o.label, {"value": o.value}) for o in question.options}
            if question is not None and question.type == "choice"
            else {}
        )

    def rows(self, points: m.Method) -> list[Row]:
        """See ``rows`` of this module."""
        t, n, settled = self.t, self.n, self.writer.settled
        if isinstance(points, m.Brackets):
            return [self.bracket(row) for row in points.brackets]
        if isinstance(points, m.Choice | m.Diploma):
            labels = self.options(points.answer)
            return [(labels.get(name, name), self.points(value)) for name, value in points.points.items()]
        if isinstance(points, m.Flag):
            found = [(t("符合条件的", "where it applies"), self.points(points.points))]
            if points.within is not None:
                months = settled(points.within.months)
                found.append(
                    (
                        t("能算多久", "how long it counts"),
                        t("一直有效", "without end")
                        if months is None
                        else t(f"{n(months)} 个月", f"{n(months)} months"),
                    )
                )
            return found
        if isinstance(points, m.FullYears):
            each = [(t("每满 1 年", "each full year"), self.points(points.per_year))]
            if points.from_years:
                years = n(points.from_years)
                counts = {"all": t("全部", "all"), "after": t("只计起算年限之后", "only those after that")}
                each += [
                    (t("起算年限", "counted from"), t(f"{years} 年", f"{years} years")),
                    (t("计入的年数", "years that count"), counts[settled(points.counts)]),
                ]
            return [*each, *([(t("上限", "at most"), self.points(points.cap))] if points.cap else [])]
        if isinstance(points, m.PerCase):
            return [
                (t("每次", "each case"), self.points(points.points)),
                (t("看最近", "looked back"), t(f"{n(points.window_years)} 年", f"{n(points.window_years)} years")),
            ]
        if isinstance(points, m.Enterprise):
            return self.enterprise(points)
        if isinstance(points, m.BaseTiers):
            return [
                (
                    t(f"{n(tier.multiple)} 倍", f"{n(tier.multiple)} ×"),
                    t(
                        f"{n(tier.window_months)} 个月内满 {n(tier.months)} 个月得 {n(tier.points)} 分",
                        f"{n(tier.points)} for {n(tier.months)} of {n(tier.window_months)} months",
                    ),
                )
                for tier in points.tiers
            ]
        if isinstance(points, m.Veto):
            stands = settled(points.in_force)
            return [(t("效力", "effect"), t("一票否决", "veto") if stands else t("仅作提示", "a note only"))]
        return [("", t("取消", "abolished"))]

    def bracket(self, row: m.Bracket) -> Row:
        """One bracket of ages."""
        t, n = self.t, self.n
        if row.min is None:
            name = t(f"{n(row.max)} 周岁及以下", f"up to {n(row.max)}")
        elif row.max is None:
            name = t(f"{n(row.min)} 周岁及以上", f"from {n(row.min)}")
        else:
            name = t(f"{n(row.min)} 至 {n(row.max)} 周岁", f"{n(row.min)} to {n(row.max)}")
        value = self.points(row.points)
        if row.step:
            way = t("减" if row.step < 0 else "加", "less" if row.step < 0 else "more")
            value = t(
                f"{n(row.points)} 分起每大 1 岁{way} {n(abs(row.step))} 分",
                f"{n(row.points)}, {n(abs(row.step))} {way} for each further year",
            )
        return name, value

    def enterprise(self, points: m.Enterprise) -> list[Row]:
        """Tax and employment."""
        t, n, settled = self.t, self.n, self.writer.settled
        found = []
        for part in points.parts:
            unit = getattr(self.policy.questions.get(part.answer), "unit", "")
            name = {"yuan": t("纳税", "tax"), "people": t("带动就业", "employment")}.get(unit, part.answer)
            measure = {"yuan": t("元", " yuan"), "people": t("人", " people")}.get(unit, "")
            found.append(
                (
                    name,
                    t(
                        f"每满 {n(part.unit)} {measure}得 {n(part.points)} 分",
                        f"{n(part.points)} for each full {n(part.unit)}{measure}",
                    ),
                )
            )
        scales = {"all": t("全部", "all"), "first": t("只有纳税", "tax alone")}[settled(points.share_scales)]
        adds = {"best": t("取较高的一项", "the better one"), "sum": t("相加", "the sum")}[settled(points.combine)]
        return [
            *found,
            (t("按份额折算的", "scaled by the share"), scales),
            (t("两项合计", "taken together"), adds),
            (t("取平均的年数", "years averaged"), t(f"{n(points.average_years)} 年", n(points.average_years))),
            (t("上限", "at most"), self.points(points.cap)),
        ]

    def summary(self, points: m.Method) -> str:
        """What a way of counting gives, as the tail of a sentence."""
        if isinstance(points, m.FullYears):
            said = self.t(
                f"每满 1 年加 {self.n(points.per_year)} 分", f"{self.n(points.per_year)} points for each full year"
            )
            if points.from_years:
                said += self.t(
                    f"，满 {self.n(points.from_years)} 年起计", f", once {self.n(points.from_years)} years are full"
                )
            return said + (
                self.t(f"，最高 {self.n(points.cap)} 分", f", up to {self.n(points.cap)}") if points.cap else ""
            )
        return self.t("，", ", ").join(
            self.t(f"{name} {value}", f"{name} {value}".strip()) for name, value in self.rows(points)
        )
