"""Structured data for search engines: JSON in a script element of a type that no browser runs."""

from __future__ import annotations

import json
from typing import Any

from rules import guide as g

from .base import Guide, anchor

#: The page's own address, as an address within it; whoever knows the whole one puts it there (see hooks/site.py).
HERE = "#"


def element(guide: Guide, data: dict[str, Any]) -> str:
    """The data as a script element. What could end the element is written in another way."""
    known = {"@context": "https://schema.org", "inLanguage": guide.t("zh-CN", "en"), **data}
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c").replace("&", "\\u0026")
    return f'\n\n<script type="application/ld+json">{text}</script>\n\n'


def said(guide: Guide, statements: list[g.Statement], scope: dict[str, Any] | None = None) -> str:
    """Statements without markup."""
    return guide.t("", " ").join(guide.plain(item.text, {**(scope or {}), **item.figures}) for item in statements)


def faq(guide: Guide) -> str:
    """All questions with their answers."""
    questions = [
        {
            "@type": "Question",
            "name": guide.plain(item.question),
            "url": f"#{anchor(item.id)}",
            "acceptedAnswer": {"@type": "Answer", "text": said(guide, item.answer), "url": f"#{anchor(item.id)}"},
        }
        for item in guide.policy.faq.questions
    ]
    return element(guide, {"@type": "FAQPage", "url": HERE, "dateModified": guide.edition, "mainEntity": questions})


def how_to(guide: Guide, name: str) -> str:
    """A procedure step by step."""
    process = guide.policy.processes[name]
    steps = []
    for index, step in enumerate(process.steps, 1):
        scope = guide.writer.scope_of(step)
        steps.append(
            {
                "@type": "HowToStep",
                "position": index,
                "name": guide.plain(step.name),
                "text": said(guide, step.text, scope),
                "url": f"#{step.id}",
            }
        )
    data: dict[str, Any] = {
        "@type": "HowTo",
        "url": HERE,
        "name": guide.plain(process.name),
        "description": guide.plain(process.summary, guide.writer.scope_of(process)),
        "dateModified": guide.edition,
    }
    return element(guide, {**data, "step": steps})


def site(guide: Guide, name: str, description: str) -> str:
    """What this site is."""
    return element(
        guide,
        {"@type": "WebSite", "url": HERE, "name": name, "description": description, "dateModified": guide.edition},
    )


def terms(guide: Guide) -> str:
    """The glossary as a set of terms."""
    defined = [
        {
            "@type": "DefinedTerm",
            "name": term.zh if guide.lang == "zh" else term.en,
            "alternateName": [term.en if guide.lang == "zh" else term.zh, *term.also],
            "description": guide.plain(term.meaning),
            "url": f"#{term.id}",
        }
        for term in guide.policy.terms.values()
    ]
    return element(
        guide, {"@type": "DefinedTermSet", "name": guide.t("名词对照", "Glossary"), "hasDefinedTerm": defined}
    )
