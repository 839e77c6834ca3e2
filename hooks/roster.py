"""The roster's page as static HTML: template, sample, columns, and what its modules need. Knows nothing of MkDocs."""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import jinja2
import yaml

from estimator.project import MOST_YEARS
from estimator.roster import MOST_ROWS, write_table
from estimator.words import aliases
from hooks import assets, browsers
from hooks.form import LANGUAGES, environment, holds, interface, script_json
from rules.bundle import words
from rules.checks import Policy
from rules.words import Writer

HERE = Path(__file__).resolve().parent
SAMPLE = HERE.parent / "docs" / "data" / "sample-roster.yaml"
#: A larger file is refused before it is read; room for the most rows with every column filled.
MOST_BYTES = 24_000_000
#: Years ahead where nobody says otherwise.
YEARS = 10
#: What a spreadsheet needs in order to take a CSV file for UTF-8.
BOM = "\ufeff"


def context(lang: str) -> dict[str, Any]:
    """The name that the page's Markdown uses: ``{{ roster() }}``."""

    @jinja2.pass_context
    def write(page: jinja2.runtime.Context) -> str:
        return Roster(assets.policy(), lang).render(page["asset"])

    return {"roster": write}


@functools.cache
def phrases(name: str) -> dict[str, dict[str, dict[str, str]]]:
    """The phrases of one page, from the YAML file of that name beside this one: section → name → language → text. Raises
    ``ValueError`` where a language is missing."""
    sections = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    wrong = [
        f"{section}.{key}"
        for section, entries in sections.items()
        for key, texts in entries.items()
        if set(texts) != set(LANGUAGES) or not all(isinstance(text, str) and text for text in texts.values())
    ]
    if wrong:
        raise ValueError(f"hooks/{name}: needs a text in zh and in en: {', '.join(wrong)}")
    return sections  # type: ignore[no-any-return]


def data_url(text: str) -> str:
    """A CSV text as an address, so that it can be downloaded without a request and without JavaScript."""
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode((BOM + text).encode()).decode()}"


class Roster:
    """The roster's page of one policy in one language."""

    def __init__(self, policy: Policy, lang: str):
        self.policy = policy
        self.lang = lang
        self.writer = Writer(policy, lang)

    def say(self, name: str, **values: Any) -> str:
        """One of the page's own phrases, ``section.name``, filled."""
        section, _, key = name.partition(".")
        text = phrases("roster.yaml")[section][key][self.lang]
        for value_name, value in values.items():
            text = text.replace(f"{{{value_name}}}", f"{value:,}" if isinstance(value, int) else str(value))
        return text

    def render(self, asset: Callable[[str], str]) -> str:
        """The page's HTML, without blank lines, which would end a block of HTML in Markdown."""
        made = assets.made()
        page = (
            environment()
            .get_template("roster.html")
            .render(
                lang=self.lang,
                say=self.say,
                columns=self.columns(),
                template=data_url(self.template()),
                template_name=f"{self.say('page.file_name')}-{self.lang}.csv",
                data=script_json(self.page_data(made)),
                oldest=browsers.sentence(self.lang),
                begins=self.policy.scheme.standard[0].from_,
                years=YEARS,
                most_years=MOST_YEARS,
                most_rows=MOST_ROWS,
                megabytes=MOST_BYTES // 1_000_000,
                sample_count=len(sample()["rows"]),
                module=lambda name: asset(f"{made.modules}/{name}"),
            )
        )
        return "\n".join(line.strip() for line in page.splitlines() if line.strip())

    def page_data(self, made: assets.Assets) -> dict[str, Any]:
        """What the modules learn from the page (see docs/assets/roster/types.d.ts)."""
        return {
            "lang": self.lang,
            "rules_hash": made.rules_hash,
            "holds": holds(self.policy, self.lang),
            "rules": made.rules,
            "words": made.words[self.lang],
            "runtime": made.runtime,
            "say": {
                name: texts[self.lang]
                for section in (interface()["page"], phrases("roster.yaml")["page"])
                for name, texts in section.items()
            },
            "aliases": asdict(aliases(*(words(self.policy, lang) for lang in LANGUAGES))),
            "standard": self.writer.standing(self.policy.scheme.standard)[0].points,
            "most_bytes": MOST_BYTES,
            "neutral": [key for key, question in self.policy.questions.items() if question.neutral is not None],
            "sample": {"name": self.say("form.sample_name"), "text": self.sample()},
            "estimator": "../estimator/",
        }

    def columns(self) -> list[dict[str, str]]:
        """Every column with its heading, its key, and what to write into it."""
        known = [
            {"key": key, "label": self.writer(q.label, self.writer.question_scope(q)), "fill_in": self.fill_in(q)}
            for key, q in self.policy.questions.items()
        ]
        return [{"key": "id", "label": self.say("form.id"), "fill_in": self.say("form.id_help")}, *known]

    def fill_in(self, question: Any) -> str:
        """What may stand in a question's column, in a phrase."""
        if question.type == "choice":
            return self.say("form.or").join(self.option(question, option) for option in question.options)
        name = question.unit if question.type == "integer" else question.type
        return self.say(f"form.{name}", min=getattr(question, "min", 0), max=getattr(question, "max", 0))

    def option(self, question: Any, option: Any) -> str:
        """The label of an option."""
        return self.writer(option.label, {"value": option.value})

    def template(self) -> str:
        """The empty table: headings, and a row of notes that no scoring reads."""
        columns = self.columns()
        return write_table(
            [
                [column["label"] for column in columns],
                [self.say("form.note_row"), *(column["fill_in"] for column in columns[1:])],
            ]
        )

    def sample(self) -> str:
        """The made-up roster as CSV text, with the headings and options of this language."""
        people = [
            {
                **sample()["shared"],
                **row["answers"],
                **{key: text[self.lang] for key, text in row.get("wrong", {}).items()},
            }
            for row in sample()["rows"]
        ]
        used = [key for key in self.policy.questions if any(key in person for person in people)]
        headings = {column["key"]: column["label"] for column in self.columns()}
        rows = [
            [row["id"], *(self.cell(key, person.get(key)) for key in used)]
            for row, person in zip(sample()["rows"], people, strict=True)
        ]
        return write_table([[headings[key] for key in ("id", *used)], *rows])

    def cell(self, key: str, value: Any) -> str:
        """An answer as a person would write it into the table."""
        question = self.policy.questions[key]
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.say("form.yes" if value else "form.no")
        labels = (
            {option.value: self.option(question, option) for option in question.options}
            if question.type == "choice"
            else {}
        )
        return labels.get(value, str(value))


class _Loader(yaml.SafeLoader):
    """YAML in which a day stays text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@functools.cache
def sample() -> dict[str, Any]:
    """The made-up roster as its file has it."""
    return yaml.load(SAMPLE.read_text(encoding="utf-8"), Loader=_Loader)  # type: ignore[no-any-return]
