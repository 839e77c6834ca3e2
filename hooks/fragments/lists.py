"""Eligibility, materials, benefits, questions, districts, wages and the glossary."""

from __future__ import annotations

import re
from html import escape

from rules import guide as g
from rules import model as m

from .base import Guide, anchor, block, table
from .finish import forms

PROVIDER = {"holder": ("本人", "You"), "employer": ("单位", "Employer"), "spouse": ("配偶", "Spouse")}
FORM = {"copy": ("复印件，原件备查", "copy, original at hand"), "original": ("原件", "the original")}


# --- eligibility -------------------------------------------------------------------------------------------------------


def eligibility(guide: Guide) -> str:
    """The conditions of applying as sections."""
    out = []
    for condition in guide.policy.eligibility.conditions:
        scope = guide.writer.eligibility_scope(condition)
        mark = guide.mark_of(guide.fact(condition.id))
        body = f"<div>{guide.text(condition.text, scope)} {mark}</div><div>{guide.text(condition.detail, scope)}</div>"
        out.append(f'<li id="{condition.id}">{body}</li>')
    return f'<ol class="conditions">{"".join(out)}</ol>'


def not_covered(guide: Guide) -> str:
    """Who cannot apply."""
    rows = [
        f'<li id="{item.id}">{guide.text(item.text)} {guide.mark(item.cite)}</li>'
        for item in guide.policy.eligibility.not_covered
    ]
    return f"<ul>{''.join(rows)}</ul>"


# --- materials ---------------------------------------------------------------------------------------------------------


def statements(guide: Guide, items: list[g.NamedStatement]) -> str:
    """Named statements, one block each."""
    return block("".join(guide.statement(item) for item in items))


def material_rows(guide: Guide, items: list[g.Material]) -> str:
    """Materials as a table."""
    t = guide.t
    rows, ids = [], []
    for item in items:
        said = guide.said(item.details, item.figures, item.cite)
        notes = []
        if item.only:
            notes.append(f"<li>{t('什么情况要带：', 'Only ')}{guide.text(item.only, item.figures)}</li>")
        if item.where:
            notes.append(f"<li>{t('从哪里取得：', 'From: ')}{guide.text(item.where, item.figures)}</li>")
        notes += [f"<li>{text}</li>" for text in said]
        rows.append([
            f"{guide.text(item.name, item.figures)} {guide.mark(item.cite)}",
            t(*PROVIDER[item.provider]),
            t(*FORM[item.form]),
            f"<ul>{''.join(notes)}</ul>" if notes else "",
        ])  # fmt: skip
        ids.append(item.id)
    return table([t("材料", "Material"), t("谁提供", "From whom"), t("形式", "Form"), t("说明", "Remarks")], rows, ids)


def materials_basic(guide: Guide) -> str:
    """What everybody brings."""
    return block(material_rows(guide, [item for item in guide.policy.materials.materials if not item.for_]))


def materials_by_indicator(guide: Guide) -> str:
    """What each indicator's points need, one section each."""
    out = []
    for indicator in guide.policy.indicators.values():
        own = [
            item for item in guide.policy.materials.materials if item.for_ and item.for_[0].indicator == indicator.id
        ]
        if own:
            link = guide.indicator_link(indicator)
            link = (
                f'<div class="say">{guide.t("分值和条件见", "Points and conditions: ")}{link}{guide.t("。", ".")}</div>'
            )
            out.append(
                f"### {guide.plain(indicator.name)} {{#for-{anchor(indicator.id)}}}\n{block(link)}{block(material_rows(guide, own))}"
            )
    return "\n".join(out)


def materials_from(guide: Guide, provider: str) -> str:
    """The materials that come from one side, linked to their place."""
    rows = []
    for item in guide.policy.materials.materials:
        if item.provider == provider:
            rows.append(
                f"<li>{guide.link(f'materials#{item.id}', guide.text(item.name, item.figures))} {guide.mark(item.cite)}</li>"
            )
    return f"<ul>{''.join(rows)}</ul>"


def materials_left_open(guide: Guide) -> str:
    """Indicators of which the documents name no material."""
    named = {claim.indicator for item in guide.policy.materials.materials for claim in item.for_}
    left = [
        i
        for i in guide.policy.indicators.values()
        if i.kind == "bonus" and i.id not in named and not i.id.startswith("si_")
    ]
    return guide.t("、", ", ").join(guide.indicator_link(indicator) for indicator in left)


# --- benefits, questions, districts --------------------------------------------------------------------------------------


def benefits(guide: Guide) -> str:
    """What the points give, one section each."""
    out = []
    for item in guide.policy.benefits.benefits:
        out.append(
            f"### {heading(guide, item.name)} {{#{item.id}}}\n{block(guide.paragraph(item.text, item.figures, item.cite))}"
        )
    return "\n".join(out)


def heading(guide: Guide, text: m.Text) -> str:
    """A heading's words; the table of contents cannot mark another language, so an English one goes without Chinese."""
    words = guide.plain(text)
    return words if guide.lang == "zh" else re.sub(r"\s*[(（][^()（）]*[\u3400-\u9fff][^()（）]*[)）]", "", words)


def faq(guide: Guide, titles: dict[str, str], origin: bool) -> str:
    """Questions and answers as sections: those of a source, or the others."""
    out = []
    for item in guide.policy.faq.questions:
        if (item.origin is not None) == origin:
            answer = "".join(f"<p>{text}</p>" for text in guide.said(item.answer))
            see = guide.see(item.see, titles)
            out.append(f"### {heading(guide, item.question)} {{#{anchor(item.id)}}}\n{block(_answer(answer, see))}")
    return "\n".join(out)


def _answer(answer: str, see: str) -> str:
    return f'<div class="answer">{answer}{see}</div>'


def districts(guide: Guide, titles: dict[str, str]) -> str:
    """The districts by name."""
    rows, ids = [], []
    t = guide.t
    for item in guide.policy.districts.districts:
        note = f"{guide.text(item.note)} {guide.mark(item.cite)} {guide.see(item.see, titles)}" if item.note else ""
        first = item.zh if guide.lang == "zh" else escape(item.en)
        other = f'<span lang="en">{escape(item.en)}</span>' if guide.lang == "zh" else item.zh
        rows.append([first, f'<span class="pinyin" lang="zh-Latn">{escape(item.pinyin)}</span>', other, note])
        ids.append(item.id)
    return table([t("区", "District"), t("拼音", "Pinyin"), t("英文", "Chinese"), t("说明", "Remarks")], rows, ids)


def contacts(guide: Guide) -> str:
    """Whom to ask."""
    t = guide.t
    rows = []
    for item in guide.policy.districts.contacts:
        source = guide.policy.sources[item.source]
        address = escape(source.address or "")
        phones = t("、", ", ").join(
            f'<a href="tel:{re.sub("[^0-9]", "", phone)}"><span class="number">{escape(phone)}</span></a>'
            for phone in item.phones
        )
        mark = guide.mark([m.Cite(source=source.id, clause=item.use, grade=source.grade, checked_on=source.checked_on)])
        rows.append(
            [
                guide.text(item.name),
                guide.text(item.use),
                f'<a href="{address}">{address.removeprefix("https://").rstrip("/")}</a> {mark}',
                f"{phones} {mark}" if phones else t("（没有列出）", "(none given)"),
            ]
        )
    return table([t("找谁", "Whom"), t("问什么", "For what"), t("网址", "Address"), t("电话", "Telephone")], rows)


def hotline(guide: Guide) -> str:
    """The telephone of the first contact, with its mark."""
    item = guide.policy.districts.contacts[0]
    source = guide.policy.sources[item.source]
    mark = guide.mark([m.Cite(source=source.id, clause=item.use, grade=source.grade, checked_on=source.checked_on)])
    return f'<a href="tel:{item.phones[0]}"><span class="number">{item.phones[0]}</span></a> {mark}'


# --- wages and words -----------------------------------------------------------------------------------------------------


def wages(guide: Guide) -> str:
    """The average wage by social-insurance year, newest first, with what each multiple comes to."""
    t, n = guide.t, guide.number
    rows, ids = [], []
    for year in reversed(guide.policy.wages.years):
        figures = guide.writer.wage_scope(year)
        cells = []
        for name in ("average", "floor", "ceiling"):
            part: m.Figure | None = getattr(year, name)
            cells.append(f"#{n(figures[name])} {guide.mark(part.cite)}" if part else t("（没有数据）", "(not known)"))
        span = t(f"{guide.day(year.from_)}至 {guide.day(year.to)}", f"{guide.day(year.from_)} to {guide.day(year.to)}")
        rows.append([span, *cells])
        ids.append(f"from-{year.from_}")
    head = [
        t("社会保险年度", "Social-insurance year"),
        t("平均工资", "Average"),
        t("缴费下限", "Floor"),
        t("缴费上限", "Ceiling"),
    ]
    return table(head, rows, ids, t("元／月", "yuan a month"))


def derivations(guide: Guide) -> str:
    """The arithmetic behind wage figures that no source gives."""
    rows = []
    for year in reversed(guide.policy.wages.years):
        if year.derivation:
            figures = guide.writer.wage_scope(year)
            derived = [
                c for part in (year.average, year.ceiling) for c in part.cite if c.grade == "derived"
            ] or year.average.cite
            rows.append(
                f"<li>{guide.day(year.from_)}{guide.t('起：', ' on: ')}{guide.text(year.derivation, figures)} {guide.mark(derived)}</li>"
            )
    return f"<ul>{''.join(rows)}</ul>"


def glossary(guide: Guide) -> str:
    """The terms with their official name, pinyin, English name and meaning."""
    t = guide.t
    rows, ids = [], []
    for term in sorted(guide.policy.terms.values(), key=lambda term: term.pinyin.casefold()):
        also = t("、", ", ").join(f'<span lang="en">{escape(name)}</span>' for name in term.also)
        meaning = guide.text(term.meaning)
        if "{" in term.meaning.zh:
            meaning = guide.sentence(term.meaning)
        # An entry that names itself does not lead to itself.
        if any(form.casefold() in guide.plain(term.meaning).casefold() for form in forms(term, guide.lang)):
            meaning = f"<span data-no-terms>{meaning}</span>"
        rows.append([
            f'<span lang="zh-CN">{term.zh}</span><br><span class="pinyin" lang="zh-Latn">{escape(term.pinyin)}</span>',
            f'<span lang="en">{escape(term.en)}</span>' + (f'<div class="also">{t("也叫：", "Also: ")}{also}</div>' if also else ""),
            meaning,
        ])  # fmt: skip
        ids.append(term.id)
    head = [t("中文、拼音", "Chinese, pinyin"), t("英文", "English"), t("意思", "Meaning")]
    return table(head, rows, ids)
