"""Procedures: their steps as sections, and their durations."""

from __future__ import annotations

from rules import guide as g

from .base import Guide, block

WHO = {
    "holder": ("持证人", "permit holder"),
    "employer": ("单位", "employer"),
    "centre": ("区人才服务中心", "talent service centre"),
}


def who(guide: Guide, step: g.Step) -> str:
    """Who acts, in words."""
    joint = guide.t("或", " or ") if "centre" not in step.who else guide.t("、", ", ")
    return first_letter(joint.join(guide.t(*WHO[name]) for name in step.who))


def first_letter(text: str) -> str:
    """The text with a capital at its beginning; the rest stays."""
    return text[:1].upper() + text[1:]


def lasts(guide: Guide, step: g.Step) -> str:
    """How long a step takes, as HTML; nothing where the documents say nothing."""
    if step.lasts is None:
        return ""
    days = guide.number(step.lasts.working_days)
    words = {
        "at_least": (f"至少 {days} 个工作日", f"at least {days} working days"),
        "about": (f"大约 {days} 个工作日", f"about {days} working days"),
        "not_before": (f"至少等 {days} 个工作日", f"not before {days} working days"),
    }
    return guide.t(*words[step.lasts.kind])


def steps(guide: Guide, name: str, level: int = 3, complete: bool = False) -> str:
    """All steps of a procedure as Markdown sections, each with who, where, what, how long and what goes wrong.

    With ``complete`` a step says so where the documents leave one of these open; without, it is left out.
    """
    process = guide.policy.processes[name]
    out = []
    for index, step in enumerate(process.steps, 1):
        out.append(
            f"{'#' * level} {index}. {guide.plain(step.name)} {{#{step.id}}}\n{block(section(guide, process, step, complete))}"
        )
    return "\n".join(out)


def section(guide: Guide, process: g.Process, step: g.Step, complete: bool) -> str:
    """One step's details."""
    t = guide.t
    unsaid = f'<span class="quiet">{t("资料没有写明", "The documents do not say")}</span>' if complete else ""
    scope = guide.writer.scope_of(step)
    rows = [(t("谁办", "Who"), who(guide, step))]
    rows.append((t("在哪里", "Where"), guide.text(step.where, scope) if step.where else unsaid))
    needs = "".join(f"<li>{said}</li>" for said in guide.said(step.needs, scope, step.cite))
    rows.append((t("要备好", "Have ready"), f"<ul>{needs}</ul>" if needs else unsaid))
    long = f"{first_letter(lasts(guide, step))} {guide.mark(step.cite)}" if step.lasts else unsaid
    rows.append((t("多久", "How long"), long))
    wrong = "".join(f"<li>{said}</li>" for said in guide.said(step.wrong, scope, step.cite))
    rows.append((t("容易出错", "What goes wrong"), f"<ul>{wrong}</ul>" if wrong else unsaid))
    details = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows if text)
    return f'<div class="step">{guide.paragraph(step.text, scope, step.cite)}<dl>{details}</dl></div>'


def total(guide: Guide, name: str) -> str:
    """The whole time of a procedure as a sentence with its mark."""
    process = guide.policy.processes[name]
    if process.total is None:
        return ""
    scope = guide.writer.scope_of(process.total, process)
    sums = [
        step
        for step in g.steps_between(process, process.total.from_, process.total.to)
        if step.lasts and step.lasts.kind != "not_before"
    ]
    parts = " + ".join(guide.number(step.lasts.working_days) for step in sums if step.lasts)
    named = guide.writer.named(process.total.text)
    mark = guide.mark([*process.total.cite, *(cite for fact in named for cite in fact.cite)])
    shown = guide.t(
        f'<span class="sum">（{parts} = {guide.number(scope["working_days"])}）</span>',
        f' <span class="sum">({parts} = {guide.number(scope["working_days"])})</span>',
    )
    return f'<div class="say total">{guide.text(process.total.text, scope)}{shown} {mark}</div>'


def notes(guide: Guide, name: str) -> str:
    """The remarks on a procedure as a list."""
    items = guide.policy.processes[name].notes
    rows = "".join(f'<li id="{item.id}">{guide.sentence(item.text, item.figures, item.cite)}</li>' for item in items)
    return f"<ul>{rows}</ul>" if rows else ""


def window(guide: Guide, name: str) -> str:
    """The days after an event in which a procedure must be begun, as a sentence."""
    item = guide.policy.processes[name].window
    if item is None:
        return ""
    days, mark = guide.number(item.days), guide.mark(item.cite)
    after, then = guide.text(item.after), guide.text(item.then)
    words = guide.t(f"从{after}算起，超过 {days} 天的，要{then}。", f"More than {days} days after {after}, {then}.")
    return f'<div class="say" id="{item.id}">{words} {mark}</div>'
