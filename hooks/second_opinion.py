"""The tool for reporting that the official simulation differs, as static HTML. Knows nothing of MkDocs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2

from hooks import assets
from hooks.form import environment, interface, script_json
from hooks.roster import phrases
from rules import links
from rules.checks import Policy

#: A larger file is none that the estimator saved.
MOST_BYTES = 1_000_000


def context(lang: str) -> dict[str, Any]:
    """The name that the page's Markdown uses: ``{{ case_tool() }}``."""

    @jinja2.pass_context
    def write(page: jinja2.runtime.Context) -> str:
        return render(assets.policy(), lang, page["asset"])

    return {"case_tool": write}


def render(policy: Policy, lang: str, asset: Callable[[str], str]) -> str:
    """The tool's HTML, without blank lines, which would end a block of HTML in Markdown."""
    made = assets.made()
    page = (
        environment()
        .get_template("case.html")
        .render(
            say=lambda name: phrases("second-opinion.yaml")[name.partition(".")[0]][name.partition(".")[2]][lang],
            begins=policy.scheme.standard[0].from_,
            dates=" ".join(key for key, question in policy.questions.items() if question.type == "date"),
            histories=" ".join(key for key, question in policy.questions.items() if question.type == "history"),
            data=script_json(page_data(policy, lang, made)),
            module=lambda name: asset(f"{made.modules}/{name}"),
        )
    )
    return "\n".join(line.strip() for line in page.splitlines() if line.strip())


def page_data(policy: Policy, lang: str, made: assets.Assets) -> dict[str, Any]:
    """What the module learns from the page (see docs/assets/second-opinion/types.d.ts)."""
    sections = (interface()["page"], phrases("second-opinion.yaml")["page"])
    return {
        "lang": lang,
        "rules_hash": made.rules_hash,
        "rules": made.rules,
        "words": made.words[lang],
        "runtime": made.runtime,
        "say": {name: texts[lang] for section in sections for name, texts in section.items()},
        "link": links.numbers(policy),
        "most_bytes": MOST_BYTES,
    }
