"""What public calculators say of some applicants, beside what these rules say; our side is computed while the site is built."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from estimator.score import Estimate, Item
from rules import guide as g
from rules.dated import in_force
from rules.words import story_scope

from .base import Guide, block
from .estimates import Scorer, carried
from .examples import standing


def answers_of(guide: Guide, applicant: g.Applicant) -> dict[str, Any]:
    """All answers of an applicant: what the examples share, what the comparisons share, the applicant's own, less what is unknown."""
    second = guide.policy.second_opinion
    shared = {**guide.policy.examples.shared, **second.shared}
    return {**{key: value for key, value in shared.items() if key not in applicant.unknown}, **applicant.answers}


def peers(guide: Guide) -> str:
    """Which calculator each tag stands for."""
    second = guide.policy.second_opinion
    rows = [f"<div><dt>{escape(peer.tag)}</dt><dd>{guide.text(peer.name)}</dd></div>" for peer in second.peers]
    read = guide.t(f"读于 {guide.day(second.checked_on)}。", f"Read on {guide.day(second.checked_on)}.")
    return block(
        f'<div class="say">{guide.text(second.intro)}{guide.t("", " ")}{read}</div><dl class="peers">{"".join(rows)}</dl>'
    )


def comparisons(guide: Guide, scorer: Scorer) -> str:
    """Every topic as a section with its table."""
    second, out = guide.policy.second_opinion, []
    for topic in second.topics:
        rows = "".join(rows_of(guide, scorer, item) for item in second.comparisons if item.topic == topic.id)
        names = [
            guide.t("同样的情况", "The same applicant"),
            guide.t("别的计算器说", "Another calculator says"),
            guide.t("按公布的规则", "By the published rules"),
            guide.t("为什么", "Why"),
        ]
        head = "".join(f'<th scope="col">{name}</th>' for name in names)
        table = f"<table data-comparisons><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        out.append(f"### {guide.plain(topic.name)} {{#{topic.id}}}\n{block(table)}")
    return "\n".join(out)


def rows_of(guide: Guide, scorer: Scorer, item: g.Comparison) -> str:
    """A comparison as rows, one for each applicant; the reason stands once for all of them."""
    second, out = guide.policy.second_opinion, []
    tags = {peer.id: peer.tag for peer in second.peers}
    who = guide.t("、", ", ").join(tags[peer] for peer in item.peers)
    if len(item.peers) == len(second.peers):
        who = guide.t("都一样", "All of them")
    for index, applicant in enumerate(item.people):
        answers = answers_of(guide, applicant)
        scope = story_scope(answers, second.on)
        estimate = scorer.score(answers, second.on)
        said = guide.number(applicant.said) if isinstance(applicant.said, int) else guide.text(applicant.said, scope)
        label = guide.t("在估算里打开", "Open in the estimator")
        link = f'<a class="try" href="page:estimator#{escape(carried(answers))}">{label}</a>'
        why = ""
        if index == 0:
            span = f' rowspan="{len(item.people)}"' if len(item.people) > 1 else ""
            why = f"<td{span}>{guide.t('', ' ').join(guide.said([item.why]))}</td>"
        anchor = f' id="{item.id}"' if index == 0 else ""
        out.append(
            f'<tr{anchor} data-comparison="{item.id}"><th scope="row">{guide.text(applicant.text, scope)} {link}</th>'
            f'<td><span class="peer">{who}</span>{guide.t("：", ": ")}{said}</td>'
            f'<td class="ours">{ours(guide, scorer, item, estimate)}</td>{why}</tr>'
        )
    return "".join(out)


def ours(guide: Guide, scorer: Scorer, item: g.Comparison, estimate: Estimate) -> str:
    """What these rules say of an applicant, as far as the comparison asks."""
    figures = [it for it in estimate.items if it.id in item.shows]
    low, high = sum(it.low for it in figures), sum(it.high for it in figures)
    points = scorer.range(estimate.low, estimate.high) if "total" in item.shows else scorer.range(low, high)
    parts = [scorer.reasons(refusal(it)) for it in figures if it.status == "refused"]
    if "reaches" in item.shows:
        parts.append(standing(guide, estimate))
    if "eligible" in item.shows:
        if estimate.vetoed:
            # Whatever the points are, this comes first.
            return f"<strong>{guide.t('一票否决，不能申请', 'Refused by a veto')}</strong> <span>{guide.t(f'（积分 {points}）', f'({points} points)')}</span>"
        parts += [f"{guide.t('不能申请：', 'Not eligible: ')}{reason}" for reason in failed(guide, estimate)]
    return f"<strong>{points}</strong>" + "".join(f" <span>{part}</span>" for part in parts)


def refusal(item: Item) -> Item:
    """The item with those reasons alone that say which condition fails."""
    return replace(item, reasons=tuple(step for step in item.reasons if step["code"] == "condition_failed"))


def failed(guide: Guide, estimate: Estimate) -> list[str]:
    """The conditions of applying that fail, the standard aside."""
    out = []
    for condition, check in zip(guide.policy.eligibility.conditions, estimate.checks, strict=True):
        value = in_force(condition.values, estimate.on) or condition.values[0]
        if check.holds == "no" and not value.standard:
            out.append(guide.text(condition.failed, guide.writer.eligibility_scope(condition)))
    return out
