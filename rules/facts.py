"""Every fact of the policy by its id: its figures, what it rests on, and the readings it hangs on.

Texts name a figure of another fact as ``{fact.figure}``; the sources page and the tests go through this list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import guide as g
from . import model as m

if TYPE_CHECKING:
    from .checks import Policy
    from .words import Writer

Scope = dict[str, Any]


@dataclass(frozen=True)
class Fact:
    """One statement of the rules. ``kind`` says in which list it stands; ``owner`` is the entry that it belongs to."""

    id: str
    kind: str
    name: m.Text
    cite: tuple[m.Cite, ...]
    figures: Scope = field(default_factory=dict)
    readings: tuple[str, ...] = ()
    owner: str = ""
    #: Figures of the texts in it, where these differ from what others may ask of it.
    scope: Scope = field(default_factory=dict)


def facts(writer: Writer) -> dict[str, Fact]:
    """All facts of the policy, in the order in which the guide tells them."""
    return {fact.id: fact for fact in _all(writer.policy, writer)}


def _all(policy: Policy, w: Writer) -> Iterator[Fact]:
    def cited(values: Sequence[Any]) -> tuple[m.Cite, ...]:
        """What the value in force and those to come rest on."""
        return tuple(dict.fromkeys(cite for value in w.standing(values) for cite in value.cite))

    yield Fact(
        "standard", "standard", policy.scheme.name, cited(policy.scheme.standard), {"points": w.globals["standard"]}
    )
    lead = policy.scheme.lead_time
    months = {"months": lead.months}
    yield Fact("lead-time", "lead_time", lead.text, tuple(lead.cite), months, scope=months)
    for group in policy.scheme.best_of:
        yield Fact(group.id, "best_of", group.text, tuple(group.cite))
    for indicator in policy.indicators.values():
        yield from _indicator(indicator, w, cited(indicator.values))
    for reading in policy.scheme.readings:
        cites = tuple(cite for option in reading.options for cite in option.cite)
        yield Fact(f"readings.{reading.id}", "reading", reading.question, cites, readings=(reading.id,))
    for requirement in policy.eligibility.conditions:
        scope = w.eligibility_scope(requirement)
        yield Fact(requirement.id, "eligibility", requirement.text, cited(requirement.values), scope, scope=scope)
    for left_out in policy.eligibility.not_covered:
        yield Fact(f"not-covered.{left_out.id}", "not_covered", left_out.text, tuple(left_out.cite))
    yield Fact("education-common", "education", policy.education.intro, tuple(policy.education.cite))
    for kind in policy.education_types.values():
        yield Fact(f"education.{kind.id}", "education_type", kind.name, tuple(kind.cite))
        for condition in kind.conditions:
            scope = w.condition_scope(condition)
            yield Fact(
                f"{kind.id}.{condition.id}",
                "condition",
                condition.text,
                tuple(condition.cite),
                scope,
                owner=f"education.{kind.id}",
                scope=scope,
            )
        for note in kind.notes:
            yield Fact(
                f"{kind.id}.{note.id}",
                "note",
                note.text,
                tuple(note.cite),
                note.figures,
                owner=f"education.{kind.id}",
                scope=note.figures,
            )
    for risk in policy.education.risks:
        yield Fact(f"risks.{risk.id}", "risk", risk.name, tuple(risk.cite))
    for year in policy.wages.years:
        parts = (year.average, year.floor, year.ceiling)
        cites = tuple(dict.fromkeys(cite for part in parts if part for cite in part.cite))
        figures = w.wage_scope(year)
        yield Fact(f"wages.{year.from_}", "wages", policy.wages.name, cites, figures, scope=figures)
    for process in policy.processes.values():
        yield from _process(process, w)
    yield from _lists(policy, w)


def _indicator(indicator: m.Indicator, w: Writer, cites: tuple[m.Cite, ...]) -> Iterator[Fact]:
    scope = w.indicator_scope(indicator)
    readings = tuple(indicator.readings)
    yield Fact(indicator.id, "indicator", indicator.name, cites, w.all_figures(indicator), readings, scope=scope)
    for condition in indicator.conditions:
        own = {**scope, **w.condition_scope(condition)}
        yield Fact(
            f"{indicator.id}.{condition.id}",
            "condition",
            condition.text,
            tuple(condition.cite),
            own,
            owner=indicator.id,
            scope=own,
        )
    for note in indicator.notes:
        own = {**scope, **note.figures}
        yield Fact(f"{indicator.id}.{note.id}", "note", note.text, tuple(note.cite), own, owner=indicator.id, scope=own)


def _process(process: g.Process, w: Writer) -> Iterator[Fact]:
    total = process.total
    figures = w.scope_of(total, process)
    cites = tuple(total.cite if total else process.steps[0].cite)
    yield Fact(process.id, "process", process.name, cites, figures, scope=figures)
    for step in process.steps:
        scope = w.scope_of(step)
        every = (*step.cite, *(cite for said in (*step.text, *step.needs, *step.wrong) for cite in said.cite))
        yield Fact(
            f"{process.id}.{step.id}",
            "step",
            step.name,
            tuple(dict.fromkeys(every)),
            scope,
            owner=process.id,
            scope=scope,
        )
    if process.window:
        scope = w.scope_of(process.window)
        yield Fact(
            process.window.id,
            "window",
            process.window.name,
            tuple(process.window.cite),
            scope,
            owner=process.id,
            scope=scope,
        )
    for note in process.notes:
        scope = w.scope_of(note)
        yield Fact(
            f"{process.id}.{note.id}", "process_note", note.text, tuple(note.cite), scope, owner=process.id, scope=scope
        )


def _lists(policy: Policy, w: Writer) -> Iterator[Fact]:
    def said(kind: str, items: list[Any], name: str) -> Iterator[Fact]:
        for item in items:
            scope = w.scope_of(item)
            parts = [
                part
                for part in (*getattr(item, "text", []), *getattr(item, "answer", []))
                if isinstance(part, g.Statement)
            ]
            cites = (*getattr(item, "cite", []), *(cite for part in parts for cite in part.cite))
            yield Fact(f"{kind}.{item.id}", kind, getattr(item, name), tuple(dict.fromkeys(cites)), scope, scope=scope)

    yield from said("materials", [*policy.materials.intro, *policy.materials.none_for], "text")
    yield from said("materials", policy.materials.materials, "name")
    yield from said("benefits", policy.benefits.intro, "text")
    yield from said("benefits", policy.benefits.benefits, "name")
    yield from said("districts", policy.districts.intro, "text")
    yield from said("faq", policy.faq.questions, "question")
    yield from said("examples", [policy.examples.combinations.intro], "text")
