"""Accepted education types: a table of decisions, each type with its evidence, and what is refused or at risk."""

from __future__ import annotations

from typing import Literal

from rules import model as m

from .base import Guide, anchor, block, table
from .indicators import conditions

Outcome = Literal["accepted", "with_evidence", "refused"]
#: Where the place of study is not asked.
ANYWHERE = ""
SIGNS: dict[Outcome, str] = {"accepted": "✓", "with_evidence": "✓", "refused": "✗"}


def decisions(guide: Guide) -> str:
    """Route by place: what becomes of the diploma."""
    points = next(i.counted for i in guide.policy.indicators.values() if isinstance(i.counted, m.Diploma))
    route, place = guide.policy.questions[points.route], guide.policy.questions[points.place]
    asked = set(place.asked_when.in_ or []) if place.asked_when else set()
    treated: dict[tuple[str, str], tuple[Outcome, str, str]] = {}
    for kind in guide.policy.education_types.values():
        if kind.accepts:
            for name in kind.accepts.routes:
                for spot in kind.accepts.places or [ANYWHERE]:
                    treated[name, spot] = (kind.outcome, kind.id, guide.mark(kind.cite))
    for risk in guide.policy.education.risks:
        if risk.refuses:
            for name in risk.refuses.routes:
                for spot in risk.refuses.places or [ANYWHERE]:
                    treated[name, spot] = ("refused", risk.id, guide.mark(risk.cite))

    def cell(name: str, spot: str = ANYWHERE) -> str:
        outcome, target, mark = treated[name, spot]
        words = guide.text(guide.policy.education.outcomes[outcome])
        return f'<span class="outcome" data-outcome="{outcome}"><span aria-hidden="true">{SIGNS[outcome]}</span> {guide.link(f"education#{target}", words)}</span> {mark}'

    places = list(place.options)
    parts = [option for option in route.options if option.value in asked]
    others = [option for option in route.options if option.value not in asked]
    first = table(
        [guide.t("学习形式", "How it was earned"), *(guide.text(option.label) for option in places)],
        [[guide.text(option.label), *(cell(option.value, spot.value) for spot in places)] for option in parts],
    )
    second = table(
        [guide.t("学习形式", "How it was earned"), guide.t("结论", "Outcome")],
        [[guide.text(option.label), cell(option.value)] for option in others],
    )
    return (
        block(second)
        + f"### {guide.t('看读书地点的几种', 'Where the place of study matters')} {{#by-place}}"
        + block(first)
    )


def types(guide: Guide) -> str:
    """Each type as a section: what it is, when it is accepted, conditions, evidence."""
    out = []
    t = guide.t
    for kind in guide.policy.education_types.values():
        mark = guide.mark(kind.cite)
        outcome = guide.text(guide.policy.education.outcomes[kind.outcome])
        rows = [
            (t("什么情况下认可", "Accepted when"), f"{guide.text(kind.accepted_when)} {mark}"),
            (
                t("结论", "Outcome"),
                f'<span class="outcome" data-outcome="{kind.outcome}"><span aria-hidden="true">{SIGNS[kind.outcome]}</span> {outcome}</span>',
            ),
        ]
        if kind.conditions:
            rows.append(
                (
                    t("条件", "Conditions"),
                    conditions(guide, kind.conditions, {}).replace('<li id="', f'<li id="{anchor(kind.id)}-'),
                )
            )
        if kind.evidence:
            rows.append(
                (
                    t("证明材料", "Evidence"),
                    "<ul>" + "".join(f"<li>{guide.text(item)}</li>" for item in kind.evidence) + f"</ul>{mark}",
                )
            )
        if kind.notes:
            rows.append(
                (
                    t("说明", "Remarks"),
                    "<ul>"
                    + "".join(
                        f'<li id="{anchor(kind.id)}-{anchor(note.id)}">{guide.sentence(note.text, note.figures, note.cite)}</li>'
                        for note in kind.notes
                    )
                    + "</ul>",
                )
            )
        details = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows)
        body = f'<div class="step"><div class="say">{guide.text(kind.summary)}</div><dl>{details}</dl></div>'
        out.append(f"### {guide.plain(kind.name)} {{#{kind.id}}}\n{block(body)}")
    return "\n".join(out)


def risks(guide: Guide) -> str:
    """What is refused or at risk."""
    rows = [
        [guide.text(risk.name), f"{guide.text(risk.text)} {guide.mark(risk.cite)}"]
        for risk in guide.policy.education.risks
    ]
    ids = [risk.id for risk in guide.policy.education.risks]
    return table([guide.t("情况", "Case"), guide.t("说明", "What it means")], rows, ids)


def common(guide: Guide, part: str) -> str:
    """What holds for every type: ``intro`` or ``check``."""
    common = guide.policy.education
    return f'<div class="say">{guide.text(getattr(common, part))} {guide.mark(common.cite)}</div>'
