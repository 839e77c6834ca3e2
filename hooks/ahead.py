"""What the estimator's panels on time, ways, papers and reminders learn from the page of the procedures and of deadlines. Knows
nothing of MkDocs."""

from __future__ import annotations

from typing import Any

from rules import guide as g
from rules.checks import Policy
from rules.words import Writer

#: Occasions with a deadline of their own, and the benefits whose texts say what is known of their dates.
OCCASIONS = {"examination": "examination-dates", "school": "school-places"}


def part(policy: Policy, lang: str) -> dict[str, Any]:
    """What docs/assets/estimator/ahead.d.ts calls AheadData. Raises ``KeyError`` where the rules no longer name what it needs."""
    writer = Writer(policy, lang)
    first = next(process for process in policy.processes.values() if process.total is not None)
    renewal = next(process for process in policy.processes.values() if process.window is not None)
    assert first.total is not None and renewal.window is not None
    names = [step.id for step in first.steps]
    window = renewal.window
    return {
        "steps": [step(writer, one) for one in first.steps[: names.index(first.total.from_)]],
        "process": f"../process/#{first.id}",
        "renewal": {
            "days": window.days,
            "then": writer(window.then),
            "cite": cites(writer, window.cite),
            "notes": [
                {"text": writer(note.text, writer.scope_of(note)), "cite": cites(writer, note.cite)}
                for note in renewal.notes
            ],
        },
        "papers": [
            {"text": writer(said.text, writer.scope_of(said)), "cite": cites(writer, said.cite)}
            for said in (*policy.materials.intro, *policy.materials.none_for)
        ],
        "occasions": [{"id": name, **known(writer, benefit)} for name, benefit in OCCASIONS.items()],
    }


def step(writer: Writer, one: g.Step) -> dict[str, Any]:
    """One step of the procedure: what, by whom, and what it waits for."""
    lasts = one.lasts and {"kind": one.lasts.kind, "working_days": one.lasts.working_days}
    return {"id": one.id, "name": writer(one.name), "who": one.who, "lasts": lasts}


def known(writer: Writer, name: str) -> dict[str, Any]:
    """What the benefit of that id says, with its citations."""
    benefit = {one.id: one for one in writer.policy.benefits.benefits}[name]
    text = (" " if writer.lang == "en" else "").join(
        writer(said.text, writer.scope_of(benefit) | said.figures) for said in benefit.text
    )
    return {"text": text, "cite": cites(writer, benefit.cite)}


def cites(writer: Writer, items: Any) -> list[dict[str, str]]:
    """Citations as the bundle's words have them."""
    return [
        {"source": c.source, "clause": writer(c.clause), "grade": c.grade, "checked_on": c.checked_on} for c in items
    ]
