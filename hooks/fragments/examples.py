"""People with numbers: stories whose results the estimator computes while the site is built."""

from __future__ import annotations

from html import escape
from typing import Any

from estimator.score import Estimate
from rules import guide as g
from rules.dated import in_force
from rules.words import story_scope

from .base import Guide, block, table
from .estimates import Scorer, carried, completed


def answers_of(book: g.Examples, life: g.Life) -> dict[str, Any]:
    """All answers of a person: the shared ones, those of the story, less what the person does not know."""
    return completed(book, life.answers, life.unknown)


def lives(guide: Guide, scorer: Scorer, titles: dict[str, str]) -> str:
    """Every person as a section."""
    book = guide.policy.examples
    return "\n".join(
        f"### {guide.plain(life.name)} {{#{life.id}}}\n{block(story(guide, scorer, life, titles))}"
        for life in book.lives
    )


def story(guide: Guide, scorer: Scorer, life: g.Life, titles: dict[str, str]) -> str:
    """One person: the story, the table of points, the verdict, what it shows, the way into the estimator."""
    book = guide.policy.examples
    answers = answers_of(book, life)
    estimate = scorer.score(answers, book.on)
    scope = story_scope(answers, book.on)
    parts = [
        f'<div class="say story">{guide.text(life.story, scope)}</div>',
        points(guide, scorer, estimate),
        verdict(guide, scorer, estimate),
    ]
    if life.later:
        later = scorer.score(answers, life.later)
        shown = f"{guide.t('', 'a total of ')}{scorer.range(later.low, later.high)}{guide.t(' 分，', ', ')}{lower(standing(guide, later))}"
        parts.append(
            f'<div class="say">{guide.t("按 ", "Counted for ")}{guide.day(life.later)}{guide.t("算：", ": ")}{shown}{guide.t("。", ".")} {guide.mark_of(guide.fact("standard"))}</div>'
        )
    if life.other_reading:
        parts.append(other_reading(guide, scorer, life, answers))
    parts.append(f'<div class="say">{guide.sentence(life.lesson, scope)}</div>')
    href = f"page:estimator#{escape(carried(answers))}"
    label = guide.t("在估算里打开这个例子", "Open this example in the estimator")
    parts.append(f'<div class="open"><a class="md-button" href="{href}">{label}</a></div>{guide.see(life.see, titles)}')
    return f'<div class="life" data-low="{estimate.low}" data-high="{estimate.high}">{"".join(parts)}</div>'


def points(guide: Guide, scorer: Scorer, estimate: Estimate) -> str:
    """What each indicator gives to the total, without those that nobody claims."""
    rows = []
    for item in estimate.items:
        if item.status == "none":
            continue
        indicator = guide.policy.indicators[item.id]
        worth = scorer.range(item.low, item.high)
        rows.append(
            [guide.indicator_link(indicator), f"#{worth} {guide.mark_of(guide.fact(item.id))}", scorer.reasons(item)]
        )
    rows.append(
        [
            guide.t("合计", "Total"),
            f"#{scorer.range(estimate.low, estimate.high)} {guide.mark_of(guide.fact('standard'))}",
            standing(guide, estimate),
        ]
    )
    return table(
        [guide.t("指标", "Indicator"), guide.t("得分", "Points"), guide.t("怎么算出来的", "How it was counted")], rows
    )


def standing(guide: Guide, estimate: Estimate) -> str:
    """Whether the total reaches the standard, and by how much."""
    n, t, standard = guide.number, guide.t, estimate.standard
    if estimate.vetoed:
        return t("一票否决", "Refused by a veto")
    if estimate.reaches_standard == "yes":
        over = estimate.low - standard
        if not over:
            return t(f"达到 {n(standard)} 分，没有余量", f"Reaches {n(standard)}, with nothing to spare")
        return t(f"达到 {n(standard)} 分，余 {n(over)} 分", f"Reaches {n(standard)}, with {n(over)} to spare")
    if estimate.reaches_standard == "no":
        return t(
            f"离 {n(standard)} 分还差 {n(standard - estimate.high)} 分",
            f"{n(standard - estimate.high)} short of {n(standard)}",
        )
    return t(
        f"能不能到 {n(standard)} 分，还要看没有回答的问题",
        f"Whether it reaches {n(standard)} depends on what is still open",
    )


def lower(text: str) -> str:
    """A verdict within a sentence."""
    return text[:1].lower() + text[1:]


def verdict(guide: Guide, scorer: Scorer, estimate: Estimate) -> str:
    """The conditions of applying that fail, in words; and on which day this was computed."""
    failed = [guide.policy.eligibility.conditions[i] for i, check in enumerate(estimate.checks) if check.holds == "no"]
    out = ""
    for condition in failed:
        value = in_force(condition.values, estimate.on) or condition.values[0]
        if value.standard:
            continue
        words = guide.text(condition.failed, guide.writer.eligibility_scope(condition))
        out += f"<li>{words} {guide.mark(value.cite)}</li>"
    rules = guide.t(
        f"按 {guide.day(estimate.on)}计算，规则版本 {estimate.rules}。",
        f"Computed for {guide.day(estimate.on)} with rules {estimate.rules}.",
    )
    return (
        f'<div class="say">{guide.t("还不能申请：", "Not yet eligible:")}<ul>{out}</ul></div>' if out else ""
    ) + f'<div class="computed">{rules}</div>'


def other_reading(guide: Guide, scorer: Scorer, life: g.Life, answers: dict[str, Any]) -> str:
    """The total under the reading that is not taken."""
    item = guide.reading(life.other_reading or "")
    out = []
    for option in item.options:
        if option.value != item.taken:
            other = scorer.score(answers, guide.policy.examples.on, {item.id: option.value})
            words = guide.t("按另一种读法", "By the other reading")
            said = guide.text(option.text).rstrip("。.")
            out.append(
                f"<li>{words}{guide.t('（', ' (')}{said}{guide.t('）：', '): ')}{scorer.range(other.low, other.high)}{guide.t(' 分，', ', ')}{lower(standing(guide, other))} {guide.mark(option.cite, [item.id])}</li>"
            )
    return f"<ul>{''.join(out)}</ul>"


def combinations(guide: Guide, scorer: Scorer) -> str:
    """Published combinations, each counted by the estimator."""
    book = guide.policy.examples
    rows, ids = [], []
    mark = guide.mark_of(guide.fact("standard"))
    for mix in book.combinations.mixes:
        answers = {**book.shared, **mix.answers}
        estimate = scorer.score(answers, book.on)
        parts = []
        for item in estimate.items:
            if item.low:
                name = guide.text(guide.policy.indicators[item.id].name)
                parts.append(f"{name} {guide.number(item.low)}")
        rows.append(
            [
                f"{guide.t(' + ', ' + ').join(parts)}",
                f"#{scorer.range(estimate.low, estimate.high)} {mark}",
                standing(guide, estimate),
            ]
        )
        ids.append(mix.id)
    return table([guide.t("组合", "Combination"), guide.t("合计", "Total"), guide.t("结果", "Result")], rows, ids)
