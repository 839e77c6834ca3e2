"""Project the checked policy into what the estimator and the page read.

Two canonical JSON texts (sorted keys, integers only): the rulebook, which holds logic and no words, and the words of both
languages. Both carry the hash of the rulebook, so that a page never mixes two versions.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from . import model as m
from .checks import Policy, edition_day, m_to_tenths
from .words import Writer

FORMAT = 1


def canonical(value: Any) -> str:
    """JSON text that is the same for the same value: sorted keys, no spaces, one line feed at the end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def rulebook(policy: Policy) -> dict[str, Any]:
    """The logic of the policy as ``estimator.model.Rulebook.from_bundle`` reads it; made once, so leave it as it is."""
    if "rulebook" not in policy.made:
        policy.made["rulebook"] = _rulebook(policy)
    return policy.made["rulebook"]  # type: ignore[no-any-return]


def _rulebook(policy: Policy) -> dict[str, Any]:
    body = {
        "format": FORMAT,
        "edition": edition_day(policy),
        "standard": [_dated(value, {"points": value.points}) for value in policy.scheme.standard],
        "best_of": [group.members for group in policy.scheme.best_of],
        "readings": {r.id: {"taken": r.taken, "options": [o.value for o in r.options]} for r in policy.scheme.readings},
        "questions": [_question(question) for question in policy.questions.values()],
        "indicators": [
            {
                "id": i.id,
                "kind": i.kind,
                "readings": i.readings,
                "values": [_dated(v, {"points": _method(v.points)}) for v in i.values],
                "conditions": [_condition(c) for c in i.conditions],
            }
            for i in policy.indicators.values()
        ],
        "eligibility": [
            {
                "id": c.id,
                "values": [
                    _dated(v, {"requires": v.requires and _plain(v.requires), "standard": v.standard}) for v in c.values
                ],
            }
            for c in policy.eligibility.conditions
        ],
        "education": [
            *(
                {
                    "id": t.id,
                    "outcome": t.outcome,
                    "routes": t.accepts.routes,
                    "places": t.accepts.places,
                    "conditions": [_condition(c) for c in t.conditions],
                    "sources": _sources(t.cite),
                }
                for t in policy.education_types.values()
                if t.accepts
            ),
            *(
                {
                    "id": r.id,
                    "outcome": "refused",
                    "routes": r.refuses.routes,
                    "places": r.refuses.places,
                    "conditions": [],
                    "sources": _sources(r.cite),
                }
                for r in policy.education.risks
                if r.refuses
            ),
        ],
        "materials": [
            {
                "id": item.id,
                "for": [
                    {"indicator": c.indicator, "options": c.options or [], "when": [_plain(t) for t in c.when or []]}
                    for c in item.for_
                ],
            }
            for item in policy.files["materials.yaml"].materials
        ],
        "lead_months": policy.scheme.lead_time.months,
        "actions": [
            {
                "id": a.id,
                "key": a.key,
                "to": a.to,
                "when": a.when and _plain(a.when),
                "also": a.also,
                "months": a.months,
                "cost": a.cost,
            }
            for a in policy.actions
        ],
        "wages": [{"from": y.from_, "to": y.to, "average": y.average.yuan} for y in policy.wages.years],
    }
    digest = hashlib.sha256(canonical(body).encode()).hexdigest()
    return {**body, "hash": digest, "name": f"{body['edition']}+{digest[:10]}"}


def _plain(part: BaseModel) -> dict[str, Any]:
    return part.model_dump(by_alias=True, exclude_none=True)


def _sources(cites: list[m.Cite]) -> list[str]:
    return list(dict.fromkeys(cite.source for cite in cites))


def _dated(value: m.Dated, rest: dict[str, Any]) -> dict[str, Any]:
    return {"from": value.from_, "sources": _sources(value.cite), **rest}


def _method(points: m.Method) -> dict[str, Any]:
    out = points.model_dump()
    for tier in out.get("tiers", []):
        # The estimator reckons in tenths: no floating point near a limit.
        tier["tenths"] = m_to_tenths(tier.pop("multiple"))
    return out


def _condition(condition: m.Condition) -> dict[str, Any]:
    return {
        "id": condition.id,
        "requires": condition.requires and _plain(condition.requires),
        "applies_to": condition.applies_to,
        "from": condition.from_,
        "to": condition.to,
        "sources": _sources(condition.cite),
    }


def _question(question: Any) -> dict[str, Any]:
    wanted = (
        "key",
        "type",
        "group",
        "min",
        "max",
        "unit",
        "earliest",
        "max_yuan",
        "max_stretches",
        "grows",
        "short",
        "neutral",
    )
    out = {name: value for name in wanted if (value := getattr(question, name, None)) is not None}
    if question.type == "choice":
        out["options"] = [option.value for option in question.options]
    for name in ("asked_when", "derived"):
        part = getattr(question, name)
        if part is not None:
            out[name] = _plain(part)
    return out


def words(policy: Policy, lang: str) -> dict[str, Any]:
    """Everything the page says in one language: names, labels, conditions, reasons, faults, sources; made once, as the rulebook."""
    if f"words.{lang}" not in policy.made:
        policy.made[f"words.{lang}"] = _words(policy, lang)
    return policy.made[f"words.{lang}"]  # type: ignore[no-any-return]


def _words(policy: Policy, lang: str) -> dict[str, Any]:
    w = Writer(policy, lang)

    def cites(items: list[m.Cite]) -> list[dict[str, str]]:
        return [
            {"source": c.source, "clause": w(c.clause), "grade": c.grade, "checked_on": c.checked_on} for c in items
        ]

    book = rulebook(policy)
    return {
        "format": FORMAT,
        "lang": lang,
        "hash": book["hash"],
        "name": book["name"],
        "edition": book["edition"],
        "indicators": {
            i.id: {
                "name": w(i.name),
                "summary": w(i.summary, w.indicator_scope(i)),
                "values": [{"from": v.from_, "cite": cites(v.cite)} for v in i.values],
                "conditions": {c.id: _condition_words(w, c, w.indicator_scope(i), cites) for c in i.conditions},
                "notes": [
                    {"text": w(n.text, w.indicator_scope(i) | n.figures), "cite": cites(n.cite)} for n in i.notes
                ],
                "readings": i.readings,
            }
            for i in policy.indicators.values()
        },
        "kinds": {k.id: {"name": w(k.name), "meaning": w(k.meaning)} for k in policy.scheme.kinds},
        "grades": {g.id: {"name": w(g.name), "meaning": w(g.meaning)} for g in policy.scheme.grades},
        "readings": {
            r.id: {
                "question": w(r.question),
                "taken": r.taken,
                "settled_by": w(r.settled_by),
                "options": {o.value: {"text": w(o.text), "cite": cites(o.cite)} for o in r.options},
            }
            for r in policy.scheme.readings
        },
        "groups": {g.id: w(g.name) for g in policy.question_groups},
        "questions": {
            q.key: {
                "label": w(q.label, w.question_scope(q)),
                "help": w(q.help, w.question_scope(q)) if q.help else "",
                "options": {o.value: w(o.label, {"value": o.value}) for o in q.options} if q.type == "choice" else {},
            }
            for q in policy.questions.values()
        },
        "eligibility": {
            c.id: {
                "text": w(c.text, w.eligibility_scope(c)),
                "detail": w(c.detail, w.eligibility_scope(c)),
                "failed": w(c.failed, w.eligibility_scope(c)),
                "values": [{"from": v.from_, "cite": cites(v.cite)} for v in c.values],
            }
            for c in policy.eligibility.conditions
        },
        "education": {
            **{
                t.id: {
                    "name": w(t.name),
                    "accepted_when": w(t.accepted_when),
                    "outcome": t.outcome,
                    "evidence": [w(e) for e in t.evidence],
                    "conditions": {c.id: _condition_words(w, c, {}, cites) for c in t.conditions},
                    "cite": cites(t.cite),
                }
                for t in policy.education_types.values()
            },
            **{
                r.id: {
                    "name": w(r.name),
                    "accepted_when": w(r.text),
                    "outcome": "refused",
                    "evidence": [],
                    "conditions": {},
                    "cite": cites(r.cite),
                }
                for r in policy.education.risks
            },
        },
        "materials": {
            item.id: {
                "name": w(item.name, item.figures),
                "provider": item.provider,
                "form": item.form,
                "where": w(item.where, item.figures) if item.where else "",
                "only": w(item.only, item.figures) if item.only else "",
                "details": [w(detail.text, item.figures) for detail in item.details],
                "cite": cites(item.cite),
            }
            for item in policy.files["materials.yaml"].materials
        },
        "assumption": w(policy.files["actions.yaml"].assumption),
        "lead_time": {
            "text": w(policy.scheme.lead_time.text, {"months": policy.scheme.lead_time.months}),
            "cite": cites(policy.scheme.lead_time.cite),
        },
        "actions": {a.id: {"name": w(a.name, w.action_scope(a)), "may_fail": w(a.may_fail)} for a in policy.actions},
        "outcomes": {key: w(text) for key, text in policy.education.outcomes.items()},
        "sources": {
            s.id: {
                "title": w(s.title),
                "short": w(s.short or s.title),
                "grade": s.grade,
                "checked_on": s.checked_on,
                "address": s.address,
            }
            for s in policy.sources.values()
        },
        "reasons": {phrase.code: getattr(phrase, lang) for phrase in policy.reasons.reasons},
        "faults": {phrase.code: getattr(phrase, lang) for phrase in policy.reasons.faults},
    }


def _condition_words(w: Writer, condition: m.Condition, scope: dict[str, Any], cites: Any) -> dict[str, Any]:
    scope = {**scope, **w.condition_scope(condition)}
    return {
        "text": w(condition.text, scope),
        "refused": w(condition.refused, scope) if condition.refused else "",
        "cite": cites(condition.cite),
    }


def digest(root: Path) -> str:
    """A hash of the policy files as they lie there, to tell a stale bundle without reading YAML.

    ``estimator.__main__`` computes the same without importing this package.
    """
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml"), key=lambda p: p.relative_to(root).as_posix()):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def write(policy: Policy, folder: Path) -> None:
    """Write rulebook.json, words.zh.json and words.en.json into ``folder``, where they differ from what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    book = rulebook(policy)
    files = {
        "rulebook.json": {**book, "files": digest(policy.root)},
        **{f"words.{lang}.json": words(policy, lang) for lang in ("zh", "en")},
    }
    for name, value in files.items():
        text = canonical(value)
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
