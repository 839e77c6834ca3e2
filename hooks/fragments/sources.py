"""Sources and what rests on each; what is unsettled and what would settle it."""

from __future__ import annotations

from html import escape

from rules import model as m
from rules.facts import Fact

from .base import Guide, anchor, block, table
from .indicators import reading

PROCESS_PAGES = {
    "first-application": "process",
    "confirmation": "confirmation",
    "new-employer": "changes",
    "other-changes": "changes",
}


def place(fact: Fact) -> str:
    """Where in the guide a fact stands: ``page#anchor``."""
    name = anchor(fact.id)
    match fact.kind:
        case "standard" | "best_of":
            return f"indicators/index#{name if fact.kind == 'standard' else 'better-of-two'}"
        case "lead_time":
            return "process#time"
        case "indicator":
            return f"indicators/{fact.id}#points"
        case "reading":
            return f"unsettled#{name}"
        case "eligibility":
            return f"eligibility#{name}"
        case "not_covered":
            return f"eligibility#{name}"
        case "education" | "education_type" | "risk":
            return f"education#{'first-of-all' if fact.kind == 'education' else name}"
        case "wages":
            return f"wages#from-{name}"
        case "process":
            return f"{PROCESS_PAGES[fact.id]}#{'time' if fact.id == 'first-application' else fact.id}"
        case "step" | "window" | "process_note":
            return f"{PROCESS_PAGES[fact.owner]}#{name}"
        case "condition" | "note":
            if fact.owner.startswith("education."):
                return f"education#{anchor(fact.owner)}-{name}"
            return f"indicators/{fact.owner}#{name}"
        case "examples":
            return f"examples#{name}"
        case _:
            return f"{fact.kind}#{name}"


def name_of(guide: Guide, fact: Fact) -> str:
    """What a fact is called in a list: with its owner's name where it is part of something."""
    owner = guide.writer.facts.get(fact.owner)
    own = guide.text(fact.name, fact.scope)
    if fact.kind == "wages":
        own += f"{guide.t('，', ', ')}{guide.day(fact.id.removeprefix('wages.'))}{guide.t('起', ' on')}"
    if fact.kind == "reading":
        own = f"{guide.t('读法：', 'Reading: ')}{own}"
    if fact.kind == "standard":
        own += guide.t("：标准分值", ": the standard score")
    return f"{guide.text(owner.name, owner.scope)}{guide.t('：', ': ')}{own}" if owner else own


def grades(guide: Guide) -> str:
    """The grades and what each means."""
    rows = [[guide.text(grade.name), guide.text(grade.meaning)] for grade in guide.policy.scheme.grades]
    ids = [f"grade-{grade.id}" for grade in guide.policy.scheme.grades]
    return table([guide.t("等级", "Grade"), guide.t("含义", "Meaning")], rows, ids)


def sources(guide: Guide, basis: bool) -> str:
    """Sources as sections, those of the policy basis or the others, each with what rests on it."""
    resting: dict[str, dict[str, Fact]] = {}
    for fact in guide.writer.facts.values():
        for cite in fact.cite:
            resting.setdefault(cite.source, {})[fact.id] = fact
    out = []
    for source in guide.policy.sources.values():
        if source.basis == basis:
            out.append(
                f"### {_short(guide, source)} {{#{source.id}}}\n{block(_source(guide, source, list(resting.get(source.id, {}).values())))}"
            )
    return "\n".join(out)


def _short(guide: Guide, source: m.Source) -> str:
    """A source's title for a heading."""
    return guide.plain(source.short or source.title)


def _source(guide: Guide, source: m.Source, facts: list[Fact]) -> str:
    t = guide.t
    rows = []
    if source.short:
        rows.append((t("全称", "Full title"), f"<span data-no-terms>{guide.text(source.title)}</span>"))
    if guide.lang == "en" and source.basis:
        rows.append((t("", "Chinese title"), f'<span lang="zh-CN">{escape(source.title.zh, quote=False)}</span>'))
    elif source.basis:
        rows.append(("英文名称", f'<span lang="en">{escape(source.title.en, quote=False)}</span>'))
    if source.number:
        rows.append((t("文号", "Number"), f'<span lang="zh-CN">{escape(source.number)}</span>'))
    if source.issuer:
        rows.append((t("发布者", "Issuer"), guide.text(source.issuer)))
    for label, day in (
        (t("发布", "Issued"), source.issued),
        (t("施行", "In force from"), source.in_force),
        (t("英文重新发布", "Republished in English"), source.republished),
    ):
        if day:
            rows.append((label, guide.day(day)))
    if source.period:
        rows.append((t("时间范围", "Period"), guide.text(source.period)))
    if source.address:
        address = escape(source.address)
        rows.append((t("网址", "Address"), f'<a href="{address}" class="address">{address}</a>'))
    else:
        rows.append((t("网址", "Address"), t("没有掌握", "not known to us")))
    if source.named_by:
        by = guide.policy.sources[source.named_by]
        link = guide.link(f"sources#{by.id}", guide.source_title(by))
        rows.append(
            (
                t("如何得知", "Known through"),
                t(f"由{link}提到，原文不在手头", f"named by {link}; the text itself is not at hand"),
            )
        )
    if source.expires:
        rows.append((t("有效期至", "Expires"), guide.day(source.expires.on)))
    grade = f'<span class="cite-grade" data-grade="{source.grade}">{guide.grade(source.grade)}</span>'
    rows.append((t("等级", "Grade"), grade))
    every = source.check_every_days
    checked = guide.checked(source, source.checked_on)
    rows.append(
        (
            t("最后核对", "Last checked"),
            t(f"{checked}，每 {every} 天核对一次", f"{checked}, to be checked every {every} days"),
        )
    )
    if source.note:
        rows.append((t("说明", "Remarks"), guide.text(source.note)))
    details = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows)
    count = guide.number(len(facts))
    items = "".join(f"<li>{guide.link(place(fact), name_of(guide, fact))}</li>" for fact in facts)
    summary = (
        t(f"本站有 {count} 处依据它", f"{count} statements here rest on it")
        if len(facts) != 1
        else t("本站有 1 处依据它", "One statement here rests on it")
    )
    below = f'<details class="resting"><summary>{summary}</summary><ul>{items}</ul></details>'
    if not facts:
        unused = t("没有哪一句话单独依据它。", "No single statement here rests on it.")
        below = f'<div class="say quiet">{unused}</div>'
    return f'<div class="step"><dl>{details}</dl>{below}</div>'


def unsettled(guide: Guide) -> str:
    """Where sources differ: each reading with what hangs on it."""
    out = []
    for item in guide.policy.scheme.readings:
        users = [i for i in guide.policy.indicators.values() if item.id in i.readings]
        on = guide.t("、", ", ").join(guide.indicator_link(indicator) for indicator in users)
        out.append(f'{reading(guide, item.id)}<div class="say">{guide.t("影响：", "What hangs on it: ")}{on}</div>')
    return block("".join(out))


def open_notes(guide: Guide) -> str:
    """Remarks that are not settled, with what would settle them."""
    rows, ids = [], []
    for indicator in guide.policy.indicators.values():
        for note in indicator.notes:
            if note.settled_by:
                scope = {**guide.writer.indicator_scope(indicator), **note.figures}
                rows.append(
                    [
                        guide.indicator_link(indicator),
                        guide.sentence(note.text, scope, note.cite),
                        guide.text(note.settled_by),
                    ]
                )
                ids.append(f"{anchor(indicator.id)}-{anchor(note.id)}")
    return table(
        [guide.t("指标", "Indicator"), guide.t("说法", "What is said"), guide.t("什么能定论", "What would settle it")],
        rows,
        ids,
    )


def only_secondary(guide: Guide, titles: dict[str, str]) -> str:
    """Facts for which no official text and no base document is at hand."""
    # What is not even settled among secondary sources stands in the table above this list.
    told = {f"{i.id}.{note.id}" for i in guide.policy.indicators.values() for note in i.notes if note.settled_by}
    same: dict[tuple[str, str], list[Fact]] = {}
    for fact in guide.writer.facts.values():
        if (
            fact.cite
            and fact.id not in told
            and fact.kind not in ("reading", "faq", "examples")
            and all(cite.grade == "secondary" for cite in fact.cite)
        ):
            words = guide.text(fact.name, fact.scope) if fact.owner else name_of(guide, fact)
            same.setdefault((words, guide.mark_of(fact)), []).append(fact)
    rows = []
    for (words, mark), found in same.items():
        owners = [(guide.writer.facts.get(fact.owner), fact) for fact in found]
        links = [
            guide.link(
                place(fact), guide.text(owner.name, owner.scope) if owner else titles[place(fact).partition("#")[0]]
            )
            for owner, fact in owners
        ]
        rows.append(
            f'<li>{words} {mark}<span class="where">{guide.t("、", ", ").join(dict.fromkeys(links))}</span></li>'
        )
    return f"<ul>{''.join(rows)}</ul>"


def newest(guide: Guide, count: int = 3) -> str:
    """The sources issued last, newest first."""
    dated = sorted((s for s in guide.policy.sources.values() if s.issued), key=lambda s: s.issued or "", reverse=True)[
        :count
    ]
    rows = [
        f'<li><time datetime="{s.issued}">{guide.day(s.issued or "")}</time> {guide.link(f"sources#{s.id}", guide.source_title(s))}</li>'
        for s in dated
    ]
    return f"<ul>{''.join(rows)}</ul>"
