"""Indicators: the overview, and one page each with its table, conditions, readings, examples and materials."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from estimator.methods import FullYears
from rules import model as m
from rules.checks import m_to_tenths
from rules.dated import turning

from .base import Guide, anchor, block, table
from .estimates import Scorer, completed

#: Years of which a table of full years shows the points, besides those on both sides of a limit.
SAMPLE_YEARS = (1, 2, 3, 4, 5, 6, 8, 10, 15, 20)


def overview(guide: Guide) -> str:
    """All indicators by kind as Markdown: name, what it gives at most, the rule in short, the mark."""
    out = []
    for kind in guide.policy.scheme.kinds:
        rows, ids = [], []
        for indicator in guide.policy.indicators.values():
            if indicator.kind == kind.id:
                w = guide.writer
                rows.append([
                    guide.indicator_link(indicator),
                    f"#{most(guide, indicator)} {guide.mark_of(guide.fact(indicator.id))}",
                    guide.text(indicator.summary, w.indicator_scope(indicator)),
                ])  # fmt: skip
                ids.append(anchor(indicator.id))
        head = [guide.t("指标", "Indicator"), guide.t("分值", "Points"), guide.t("怎么算", "How it counts")]
        out.append(
            f"## {guide.plain(kind.name)} {{#{kind.id}}}\n\n{guide.plain(kind.meaning)}{block(table(head, rows, ids))}"
        )
    return "\n".join(out)


def most(guide: Guide, indicator: m.Indicator) -> str:
    """What an indicator can give, in a few words, and what it will give where that is known."""
    return guide.in_time(indicator.values, lambda value: _most(guide, value.points))


def _most(guide: Guide, points: m.Method) -> str:
    t, n = guide.t, guide.number
    if isinstance(points, m.Brackets):
        return t("最高 ", "up to ") + n(max(row.points for row in points.brackets))
    if isinstance(points, m.Choice | m.Diploma):
        return t("最高 ", "up to ") + n(max(points.points.values()))
    if isinstance(points, m.BaseTiers):
        return t("最高 ", "up to ") + n(max(tier.points for tier in points.tiers))
    if isinstance(points, m.Enterprise):
        return t("最高 ", "up to ") + n(points.cap)
    if isinstance(points, m.FullYears):
        each = t("每年 ", "") + n(points.per_year) + t("", " a year")
        return each + (t("，最高 ", ", up to ") + n(points.cap) if points.cap else "")
    if isinstance(points, m.PerCase):
        return t("每次 ", "") + n(points.points) + t("", " each")
    if isinstance(points, m.Flag):
        return n(points.points)
    if isinstance(points, m.Veto):
        return t("一票否决", "veto") if guide.writer.settled(points.in_force) else t("仅提示", "a note only")
    return t("取消", "abolished")


def points_tables(guide: Guide, indicator: m.Indicator) -> str:
    """The points table in force, then each one to come, then those that held before; each with its days where there are several."""
    values, told = indicator.values, guide.standing(indicator.values)
    past = [value for value in values if value not in told]
    only = len(values) == 1 and values[0].from_ <= guide.policy.day

    def part(value: m.IndicatorValue) -> str:
        made = "".join(_method(guide, value, guide.mark(value.cite, indicator.readings), indicator))
        return (
            made
            if only
            else f'<div class="say span"><strong>{guide.span(values, values.index(value))}</strong></div>\n\n{made}'
        )

    out = [part(value) for value in told]
    if past:
        out += [
            f'<div class="say">{guide.t("以前的规定：", "Before that:")}</div>',
            *(part(value) for value in reversed(past)),
        ]
    return "\n\n".join(out)


def _method(guide: Guide, value: m.IndicatorValue, mark: str, indicator: m.Indicator) -> Iterator[str]:
    t, n, points = guide.t, guide.number, value.points
    give = t("分值", "Points")
    if isinstance(points, m.Brackets):
        rows = [[label, f"#{n(worth)} {mark}"] for label, worth in _ages(guide, points)]
        yield table([t("周岁", "Completed years of age"), give], rows)
    elif isinstance(points, m.Choice | m.Diploma):
        options = {option.value: option for option in guide.policy.questions[points.answer].options}
        rows = [
            [guide.text(options[name].label, {"value": name}), f"#{n(worth)} {mark}"]
            for name, worth in points.points.items()
        ]
        yield table([guide.text(guide.policy.questions[points.answer].label), give], rows)
    elif isinstance(points, m.Flag):
        rows = [[t("符合条件", "Where the conditions are met"), f"#{n(points.points)} {mark}"]]
        months = guide.writer.settled(points.within.months) if points.within else None
        if months:
            lasts = t(f"毕业后 {n(months)} 个月内", f"for {n(months)} months after graduation")
            rows.append([t("能算多久", "How long"), f"{lasts} {mark}"])
        yield table([t("情况", "Case"), give], rows)
    elif isinstance(points, m.FullYears):
        yield _years(guide, points, mark, indicator, value.from_)
    elif isinstance(points, m.PerCase):
        rows = [
            [t("每次（条）", "Each record"), f"#{guide.points(points.points)} {mark}"],
            [
                t("看最近几年", "How far back"),
                f"#{t('最近 ', 'the last ')}{n(points.window_years)}{t(' 年', ' years')} {mark}",
            ],
        ]
        yield table([t("规则", "Rule"), t("数值", "Figure")], rows)
    elif isinstance(points, m.Enterprise):
        yield _enterprise(guide, points, mark)
    elif isinstance(points, m.BaseTiers):
        yield _tiers(guide, points, mark)
    elif isinstance(points, m.Veto):
        stands = guide.writer.settled(points.in_force)
        effect = (
            t("不论多少分，不予受理", "Refused, whatever the points")
            if stands
            else t("本站只作提示，不计分", "A note here, never scored")
        )
        yield table([t("记录", "Record"), t("结果", "Effect")], [[t("有", "Yes"), f"{effect} {mark}"]])
    else:
        yield f'<div class="say">{t("这一项取消，不再计分。", "This indicator is abolished and gives no points.")} {mark}</div>'


def _ages(guide: Guide, points: m.Brackets) -> Iterator[tuple[str, int]]:
    n, t = guide.number, guide.t
    for row in points.brackets:
        if row.min is None:
            yield t(f"{n(row.max)} 及以下", f"{n(row.max)} and younger"), row.points
        elif row.max is None:
            yield t(f"{n(row.min)} 及以上", f"{n(row.min)} and older"), row.points
        elif row.step:
            for age in range(row.min, row.max + 1):
                yield n(age), row.points + row.step * (age - row.min)
        else:
            yield t(f"{n(row.min)} 至 {n(row.max)}", f"{n(row.min)} to {n(row.max)}"), row.points


def _years(guide: Guide, points: m.FullYears, mark: str, indicator: m.Indicator, since: str) -> str:
    """The rule in rows, then the points for some years, as the estimator counts them."""
    t, n = guide.t, guide.number
    rows = [[t("每满一年", "Each full year"), f"#{n(points.per_year)} {mark}"]]
    if points.from_years:
        rows.append([t("满几年后计入", "Counted once so many years are full"), f"#{n(points.from_years)} {mark}"])
    if points.cap:
        rows.append([t("最高", "At most"), f"#{n(points.cap)} {mark}"])
    counted = next(one.values.at(since) for one in Scorer(guide).book.indicators if one.id == indicator.id)
    assert counted is not None
    method = counted.value
    assert isinstance(method, FullYears)
    years = set(SAMPLE_YEARS)
    if points.from_years:
        years |= {points.from_years - 1, points.from_years}
    if points.cap:
        full = next(year for year in range(1, 200) if method.at(year * 12) == points.cap)
        years = {year for year in years if year < full} | {full - 1, full, full + 1}
    samples = [[n(year), f"#{n(method.at(year * 12))} {mark}"] for year in sorted(years) if year]
    rule = table([t("规则", "Rule"), t("数值", "Figure")], rows)
    return f"{rule}\n\n{table([t('满几年', 'Full years'), t('得分', 'Points')], samples)}"


def _enterprise(guide: Guide, points: m.Enterprise, mark: str) -> str:
    t, n = guide.t, guide.number
    units = {
        "investment_tax": t("元（每年纳税）", " yuan of tax a year"),
        "investment_employees": t("人（上海户籍职工）", " employees with Shanghai household registration"),
    }
    rows = []
    for part in points.parts:
        unit = units.get(part.answer, "")
        rows.append(
            [
                t("每满 ", "Each full ") + n(part.unit) + (" " if guide.lang == "zh" else "") + unit,
                f"#{n(part.points)} {mark}",
            ]
        )
    rows.append([t("最高", "At most"), f"#{n(points.cap)} {mark}"])
    rows.append([t("取最近几年的平均", "Average of so many years"), f"#{n(points.average_years)} {mark}"])
    return table([t("规则", "Rule"), t("数值", "Figure")], rows)


def _tiers(guide: Guide, points: m.BaseTiers, mark: str) -> str:
    t, n = guide.t, guide.number
    years = guide.standing(guide.policy.wages.years)
    wage = guide.mark([cite for year in years for cite in guide.fact(f"wages.{year.from_}").cite])
    rows = []
    for tier, above in zip(points.tiers, [*points.tiers[1:], None], strict=True):
        least = turning(
            [(f"{year.from_}-01", -(-(year.average.yuan or 0) * m_to_tenths(tier.multiple) // 10)) for year in years]
        )
        rows.append([
            from_to(guide, tier, above),
            t(f"最近 {n(tier.window_months)} 个月中满 {n(tier.months)} 个月", f"{n(tier.months)} of the last {n(tier.window_months)} months") + f" {mark}",
            f"#{n(tier.points)} {mark}",
            f"#{n(least)} {wage}",
        ])  # fmt: skip
    since = guide.day(years[0].from_)
    return table(
        [
            t("缴费基数是社会平均工资的", "Base, as a multiple of the average wage"),
            t("要满几个月", "Months needed"),
            t("分值", "Points"),
            t(f"折合每月（元，{since}起）", f"In yuan a month, from {since}"),
        ],
        rows,
    )


def from_to(guide: Guide, tier: m.Tier, above: m.Tier | None) -> str:
    """The multiples of a tier, as far as the one above it; the highest says so where it is the ceiling of the base."""
    t, n = guide.t, guide.number
    if above:
        return t(
            f"{n(tier.multiple)} 倍至不满 {n(above.multiple)} 倍",
            f"{n(tier.multiple)} × to under {n(above.multiple)} ×",
        )
    limits = guide.writer.wage_scope(guide.standing(guide.policy.wages.years)[0])
    if limits.get("ceiling") == limits["average"] * m_to_tenths(tier.multiple) // 10:
        return t(f"{n(tier.multiple)} 倍（缴费上限）", f"{n(tier.multiple)} × (the ceiling)")
    return t(f"{n(tier.multiple)} 倍及以上", f"{n(tier.multiple)} × and above")


def page(guide: Guide, scorer: Scorer, indicator: m.Indicator) -> str:
    """One indicator's page as Markdown."""
    t, w = guide.t, guide.writer
    scope = w.indicator_scope(indicator)
    fact = guide.fact(indicator.id)
    kind = next(kind for kind in guide.policy.scheme.kinds if kind.id == indicator.kind)
    # What search engines show: the first sentence of the rule.
    name = guide.plain(indicator.name)
    rule = guide.plain(indicator.summary, scope).partition(t("。", ". "))[0].rstrip(".")
    # A veto's name says all that it gives.
    gives = (
        ""
        if isinstance(indicator.counted, m.Veto) and w.settled(indicator.counted.in_force)
        else f" · {most(guide, indicator)}"
    )
    out = [
        f"---\ndescription: {escape_yaml(t(f'上海居住证积分“{name}”：{rule}。', f'{name} in the Shanghai residence permit points: {rule}.'))}\n---",
        f"# {name} {{#{anchor(indicator.id)}}}",
        f'<div class="kind">{guide.link(f"indicators/index#{kind.id}", guide.text(kind.name))}{gives} {guide.mark_of(fact)}</div>',
        f'<div class="say lead">{guide.text(indicator.summary, scope)} {guide.mark_of(fact)}</div>',
        f"## {t('分值', 'Points')} {{#points}}",
        points_tables(guide, indicator),
    ]
    groups = [group for group in guide.policy.scheme.best_of if indicator.id in group.members]
    for group in groups:
        out.append(f'<div class="say" id="{group.id}">{guide.text(group.text)} {guide.mark(group.cite)}</div>')
    if indicator.conditions:
        out += [
            f"## {t('条件', 'Conditions')} {{#conditions}}",
            conditions(guide, indicator.conditions, scope, indicator),
        ]
    if indicator.notes:
        items = "".join(
            f'<li id="{anchor(note.id)}">{guide.sentence(note.text, {**scope, **note.figures}, note.cite)}</li>'
            for note in indicator.notes
        )
        out += [f"## {t('说明', 'Remarks')} {{#notes}}", f"<ul>{items}</ul>"]
    if indicator.readings:
        out += [f"## {t('没有定论的地方', 'What is unsettled')} {{#readings}}"]
        out += [reading(guide, name, "reading-") for name in indicator.readings]
    if indicator.examples:
        out += [f"## {t('例子', 'Examples')} {{#examples}}", examples(guide, scorer, indicator)]
    if indicator.id == "education":
        out += [
            t(
                "学历算不算，先看[认可的学历](../education.md)。",
                "Whether a diploma counts is a matter of its [type](../education.md).",
            )
        ]
    if isinstance(indicator.counted, m.BaseTiers):
        out += [
            t(
                "各年度的平均工资和上下限，见[社会平均工资](../wages.md)。",
                "The average wage and the limits of each year stand under [average wage](../wages.md).",
            )
        ]
    out += [f"## {t('材料', 'Materials')} {{#materials}}", materials(guide, indicator)]
    out += [f"## {t('我有多少分', 'My own points')} {{#ask}}", ask(guide, indicator)]
    return "\n\n".join(out)


def escape_yaml(text: str) -> str:
    """Text for a YAML front matter, in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def conditions(
    guide: Guide, items: list[m.Condition], scope: dict[str, Any], indicator: m.Indicator | None = None
) -> str:
    """Conditions as a list with their anchors; of some options only, these are named."""
    w = guide.writer
    rows = []
    for condition in items:
        own = {**scope, **w.condition_scope(condition)}
        only = ""
        answer = getattr(indicator.counted, "answer", None) if indicator else None
        if condition.applies_to and answer:
            labels = {o.value: guide.text(o.label, {"value": o.value}) for o in guide.policy.questions[answer].options}
            names = guide.t("、", ", ").join(labels[name] for name in condition.applies_to)
            only = f'<div class="only">{guide.t("适用于：", "For: ")}{names}</div>'
        when = ""
        if condition.from_:
            when += guide.t(f"自 {guide.day(condition.from_)}起", f"from {guide.day(condition.from_)}")
        if condition.to:
            when += guide.t("，" if when else "", " " if when else "") + guide.t(
                f"到 {guide.day(condition.to)}为止", f"until {guide.day(condition.to)}"
            )
        span = f'<div class="only">{when}</div>' if when else ""
        rows.append(
            f'<li id="{anchor(condition.id)}">{guide.sentence(condition.text, own, condition.cite)}{span}{only}</li>'
        )
    return f"<ul>{''.join(rows)}</ul>"


def reading(guide: Guide, name: str, prefix: str = "") -> str:
    """A reading in full: question, what is taken and what else is said, each with its mark, and what would settle it."""
    item = guide.reading(name)
    rows = []
    for option in sorted(item.options, key=lambda o: o.value != item.taken):
        label = (
            guide.t("本站采用", "Taken here")
            if option.value == item.taken
            else guide.t("另一种读法", "The other reading")
        )
        rows.append(f"<dt>{label}</dt><dd>{guide.text(option.text)} {guide.mark(option.cite)}</dd>")
    if len(item.options) == 1:
        rows.append(
            f"<dt>{guide.t('另一种读法', 'The other reading')}</dt><dd>{guide.t('没有见到。', 'None has been seen.')}</dd>"
        )
    rows.append(f"<dt>{guide.t('什么能定论', 'What would settle it')}</dt><dd>{guide.text(item.settled_by)}</dd>")
    return f'<div class="unsettled" id="{prefix}{item.id}"><p><strong>{guide.text(item.question)}</strong></p><dl>{"".join(rows)}</dl></div>'


def examples(guide: Guide, scorer: Scorer, indicator: m.Indicator) -> str:
    """An indicator's examples with what the estimator gives for them; the day where the rules change after it."""
    rows = []
    for example in indicator.examples:
        old = any(value.from_ > example.on for value in indicator.values)
        as_of = (
            guide.t(f"（按 {guide.day(example.on)}的规定）", f" (under the rules of {guide.day(example.on)})")
            if old
            else ""
        )
        item = scorer.item(indicator.id, completed(guide.policy.examples, example.answers), example.on)
        low, high = item.own
        status = (
            guide.t("否决", "refused")
            if item.status == "refused" and indicator.kind == "veto"
            else scorer.range(low, high)
        )
        mark = guide.mark_of(guide.fact(indicator.id))
        scope = guide.writer.scope_of(example)
        rows.append([guide.text(example.text, scope) + as_of, f"#{status} {mark}", scorer.reasons(item)])
    return table(
        [guide.t("情况", "Case"), guide.t("得分", "Points"), guide.t("怎么算出来的", "How it was counted")], rows
    )


def materials(guide: Guide, indicator: m.Indicator) -> str:
    """The materials that an indicator's points need, linked to their place on the materials page."""
    needed = [
        item for item in guide.policy.materials.materials if any(claim.indicator == indicator.id for claim in item.for_)
    ]
    if not needed:
        if indicator.id.startswith("si_"):
            return "".join(guide.statement(item) for item in guide.policy.materials.none_for)
        basic = guide.link("materials#basic", guide.t("基本材料", "basic papers"))
        text = guide.t(
            f"手头的资料没有为这一项另列材料；{basic}人人都要带。拿不准的，先问区人才服务中心。",
            f"The documents at hand name no further papers for this item; the {basic} are needed in any case. If in doubt, ask the district talent service centre.",
        )
        return f'<div class="say">{text}</div>'
    rows = []
    for item in needed:
        only = f"{guide.t('（', ' (')}{guide.text(item.only, item.figures)}{guide.t('）', ')')}" if item.only else ""
        rows.append(
            f"<li>{guide.link(f'materials#{item.id}', guide.text(item.name, item.figures))}{only} {guide.mark(item.cite)}</li>"
        )
    return f"<ul>{''.join(rows)}</ul>"


def ask(guide: Guide, indicator: m.Indicator) -> str:
    """A link to the estimator's question for an indicator."""
    points = indicator.counted
    key = getattr(points, "answer", None) or getattr(points, "share", None)
    if key is None:
        return f'<div class="say">{guide.t("这一项不计分，估算里不问。", "It is never scored, so the estimator does not ask about it.")}</div>'
    question = guide.policy.questions[key]
    label = guide.plain(question.label, guide.writer.question_scope(question))
    words = guide.t(f"在估算里回答“{label}”", f"Answer “{label}” in the estimator")
    return f"<p>{guide.link(f'estimator#q-{key}', escape(words, quote=False), 'md-button')}</p>"
