"""The estimator's form and the frame of its result as static HTML, made from the rules. Knows nothing of MkDocs.

The page is readable as it is; docs/assets/estimator/ brings it to life. A question's element carries what the page's modules
need to read it (``data-*``), so that they hold no rule and no figure of their own.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
import yaml

from estimator.answers import Answers
from estimator.insight import questions
from estimator.model import Rulebook
from hooks import ahead, assets, browsers, parts
from rules import links
from rules import model as m
from rules.bundle import rulebook
from rules.checks import Policy, edition_day
from rules.words import Writer, number

HERE = Path(__file__).resolve().parent
LANGUAGES = ("zh", "en")


def context(lang: str) -> dict[str, Any]:
    """The names that a page's Markdown may use: ``{{ estimator_form() }}`` and ``{{ home_form() }}``."""

    def fragment(template: str) -> Callable[..., str]:
        @jinja2.pass_context
        def write(page: jinja2.runtime.Context) -> str:
            return Form(assets.policy(), lang).render(template, page["asset"])

        return write

    return {"estimator_form": fragment("estimator.html"), "home_form": fragment("home.html")}


@functools.cache
def interface() -> dict[str, dict[str, dict[str, str]]]:
    """The page's own phrases: section → name → language → text. Raises ``ValueError`` where a language is missing."""
    sections = yaml.safe_load((HERE / "interface.yaml").read_text(encoding="utf-8"))
    wrong = [
        f"{section}.{name}"
        for section, entries in sections.items()
        for name, texts in entries.items()
        if set(texts) != set(LANGUAGES) or not all(isinstance(text, str) and text for text in texts.values())
    ]
    if wrong:
        raise ValueError(f"hooks/interface.yaml: needs a text in zh and in en: {', '.join(wrong)}")
    return sections  # type: ignore[no-any-return]


@functools.cache
def environment() -> jinja2.Environment:
    """The templates' own environment: everything is escaped, nothing may be undefined."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.cache
def at_first() -> dict[str, dict[str, Any]]:
    """What the estimator says of each question while nothing is answered, as in the answer to ``score``.

    Standing in the page from the start, it spares the first result from moving anything.
    """
    policy = assets.policy()
    book = Rulebook.from_bundle(rulebook(policy))
    worth, _order = questions(book, Answers(date.fromisoformat(edition_day(policy)), {}))
    return {key: {"asked": w.asked, "matters": w.matters, "worth": w.points} for key, w in worth.items()}


def holds(policy: Policy, lang: str) -> dict[str, Any]:
    """For which days the rules may be used (see docs/assets/estimator/standing.mjs)."""
    ends = sorted(
        (source.expires.on, getattr(source.title, lang))
        for source in policy.sources.values()
        if source.expires and not (source.expires.acknowledged and source.expires.reason)
    )
    return {"edition": edition_day(policy), "expires": [{"on": on, "name": name} for on, name in ends]}


def script_json(value: Any) -> str:
    """JSON text for a script element, which the first "</" would end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("</", "<\\/")


def start_data(made: assets.Assets) -> str:
    """What the worker of a page begins with, as JSON for a script element."""
    return script_json({"rules": made.rules, "runtime": made.runtime})


class Form:
    """The form of one policy in one language."""

    def __init__(self, policy: Policy, lang: str):
        self.policy = policy
        self.lang = lang
        self.writer = Writer(policy, lang)

    def render(self, template: str, asset: Callable[[str], str]) -> str:
        """One of the templates, without blank lines, which would end a block of HTML in Markdown."""
        made = assets.made()
        groups = self.groups()
        page = (
            environment()
            .get_template(template)
            .render(
                lang=self.lang,
                say=self.say,
                phrases=parts.phrases(self.lang),
                groups=groups,
                glance=self.glance(),
                data=script_json(self.page_data(made)),
                short=[q for group in groups for q in group["questions"] if q["short"]],
                oldest=browsers.sentence(self.lang),
                begins=self.policy.scheme.standard[0].from_,
                module=lambda name: asset(f"{made.modules}/{name}"),
                words=asset(made.words[self.lang]["file"]),
                ahead=[asset(path) for path in assets.first_files(self.lang)],
            )
        )
        return "\n".join(line.strip() for line in page.splitlines() if line.strip())

    def say(self, name: str, /, **values: Any) -> str:
        """One of the page's own phrases, ``section.name``, filled."""
        section, _, key = name.partition(".")
        text = interface()[section][key][self.lang]
        for value_name, value in values.items():
            text = text.replace(f"{{{value_name}}}", number(value, self.lang))
        return text

    def page_data(self, made: assets.Assets) -> dict[str, Any]:
        """What the modules learn from the page (see types.d.ts)."""
        return {
            "lang": self.lang,
            "rules_hash": made.rules_hash,
            "holds": holds(self.policy, self.lang),
            "words": made.words[self.lang],
            "say": {name: texts[self.lang] for name, texts in interface()["page"].items()},
            "worth": {i.id: self.worth(i) for i in self.policy.indicators.values()},
            "asks": {
                "items": {i.id: keys[0] for i in self.policy.indicators.values() if (keys := self.keys(i.counted))},
                "checks": {
                    c.id: test.answer
                    for c in self.policy.eligibility.conditions
                    if (test := self.writer.standing(c.values)[0].requires)
                },
            },
            "standard": self.writer.standing(self.policy.scheme.standard)[0].points,
            "questions": at_first(),
            "parts": parts.phrases(self.lang),
            "diploma": next(
                i.values[-1].points.answer
                for i in self.policy.indicators.values()
                if isinstance(i.values[-1].points, m.Diploma)
            ),
            "window_months": max(
                tier.window_months
                for i in self.policy.indicators.values()
                for tier in getattr(i.values[-1].points, "tiers", [])
            ),
            "link": links.numbers(self.policy),
            "sources": "../sources/",
            "tables": "../indicators/",
            "ahead": ahead.part(self.policy, self.lang),
        }

    # --- questions ------------------------------------------------------------------------------------------------------

    def groups(self) -> list[dict[str, Any]]:
        """The five groups with their questions."""
        questions = [self.question(q) for q in self.policy.questions.values()]
        return [
            {"id": g.id, "name": self.writer(g.name), "questions": [q for q in questions if q["group"] == g.id]}
            for g in self.policy.question_groups
        ]

    def question(self, question: Any) -> dict[str, Any]:
        """What the template needs for one question."""
        w = self.writer
        indicators = [
            i for i in self.policy.indicators.values() if any(question.key in self.keys(m) for m in self.methods(i))
        ]
        condition = any(
            value.requires and value.requires.answer == question.key
            for c in self.policy.eligibility.conditions
            for value in self.writer.standing(c.values)
        )
        phrases = [
            text for i in indicators if (text := self.in_time(i, lambda method: self.phrase(method, question.key)))
        ]
        view = {
            "key": question.key,
            "group": question.group,
            "type": question.type,
            "label": w(question.label, w.question_scope(question)),
            "help": w(question.help, w.question_scope(question)) if question.help else "",
            "short": question.short,
            "worth": self.open_worth(question.key),
            "condition": condition and not indicators,
            "phrase": self.say("points.separator").join(phrases),
            "asked_when": json.dumps(question.asked_when.model_dump(by_alias=True, exclude_none=True))
            if question.asked_when
            else "",
            "derived": question.derived.history if question.derived else self.summed_up(indicators, question.key),
            "neutral": json.dumps(question.neutral) if question.neutral is not None else "",
        }
        if question.type == "choice":
            view["options"] = [self.option(indicators, question, option) for option in question.options]
        elif question.type == "boolean":
            view["options"] = [
                {"value": "true", "label": self.say("form.yes"), "points": self.flag(indicators, True), "note": ""},
                {"value": "false", "label": self.say("form.no"), "points": self.flag(indicators, False), "note": ""},
            ]
        elif question.type == "integer":
            view |= {
                "min": question.min,
                "max": question.max,
                "unit": question.unit,
                # Up to a year, a length of time is simply a number of months.
                "control": "duration" if question.unit == "months" and question.max > 12 else "whole",
                "width": len(number(min(question.max, 999_999_999), self.lang)),
            }
        elif question.type == "date":
            view["earliest"] = question.earliest
        elif question.type == "history":
            view |= {
                "earliest": question.earliest,
                "max_yuan": question.max_yuan,
                "max_stretches": question.max_stretches,
            }
        if question.type == "history" or any(isinstance(i.counted, m.BaseTiers) for i in indicators):
            year = self.writer.standing(self.policy.wages.years)[0]
            if year.average.yuan:
                view["help"] = (
                    f"{view['help']} {self.say('form.wage', **{'from': year.from_, 'to': year.to, 'yuan': year.average.yuan})}".strip()
                )
        return view

    def open_worth(self, key: str) -> str:
        """What the question is worth while nothing is answered."""
        points = at_first()[key]["worth"]
        return self.say("page.worth", points=points) if points else ""

    def summed_up(self, indicators: list[m.Indicator], key: str) -> str:
        """The history that replaces the answer to ``key``, where the indicator can be read from one."""
        methods = (i.counted for i in indicators)
        return next((it.history for it in methods if isinstance(it, m.BaseTiers) and it.answer == key), "")

    def option(self, indicators: list[m.Indicator], question: Any, option: m.Option) -> dict[str, Any]:
        """One option with the points that it would give."""

        def points_of(method: Any) -> str:
            if isinstance(method, m.Choice | m.Diploma):
                return self.say("points.plain", points=method.points[option.value])
            tier = tier_of(method)
            return (
                self.say("points.plain", points=tier.points if tier else 0) if isinstance(method, m.BaseTiers) else ""
            )

        def tier_of(method: Any) -> m.Tier | None:
            return next((tier for tier in getattr(method, "tiers", []) if tier.value == option.value), None)

        def window(method: Any) -> str:
            tier = tier_of(method)
            return self.say("points.within", months=tier.months, window_months=tier.window_months) if tier else ""

        points = next((text for i in indicators if (text := self.in_time(i, points_of))), "")
        note = next((text for i in indicators if (text := self.in_time(i, window))), "")
        return {
            "value": option.value,
            "label": self.writer(option.label, {"value": option.value}),
            "points": points,
            "note": note,
        }

    def flag(self, indicators: list[m.Indicator], answer: bool) -> str:
        """What yes or no gives."""

        def gives(method: Any) -> str:
            if isinstance(method, m.Flag):
                return self.say("points.plain", points=method.points if answer else 0)
            return self.say("points.veto") if isinstance(method, m.Veto) and answer else ""

        return next((text for i in indicators if (text := self.in_time(i, gives))), "")

    # --- what indicators give, in a phrase ------------------------------------------------------------------------------

    def methods(self, indicator: m.Indicator) -> list[Any]:
        """The ways of counting that a page has to know: the one in force, those to come, and the last one of an abolished indicator."""
        return [*(value.points for value in self.writer.standing(indicator.values)), indicator.counted]

    def in_time(self, indicator: m.Indicator, say: Callable[[Any], str]) -> str:
        """What ``say`` makes of the way of counting in force, and of each one to come with its day; one that says the same is passed over."""
        now, later = "", []
        for value in self.writer.standing(indicator.values):
            text = say(value.points)
            if value.from_ <= self.policy.day:
                now = text
            elif text and text != now:
                later.append(self.say("points.later", since=value.from_, phrase=text))
        if not later:
            return now
        said = self.say("points.separator").join(later)
        return self.say("points.now_and_later", now=now, later=said) if now else said

    def keys(self, method: Any) -> list[str]:
        """The questions that an indicator's points are read from."""
        names = [getattr(method, name, None) for name in ("answer", "share", "history")]
        names += [part.answer for part in getattr(method, "parts", [])]
        within = getattr(method, "within", None)
        return [name for name in (*names, within and within.answer) if name]

    def phrase(self, method: Any, key: str) -> str:
        """What one more answer to ``key`` gives, where its options do not say so."""
        return self.say("points.separator").join(self.phrases(method, key))

    def phrases(self, method: Any, key: str) -> list[str]:
        """The parts of ``phrase``."""
        if isinstance(method, m.Abolished):
            return [self.say("points.abolished")]
        if isinstance(method, m.Brackets):
            return [self.bracket(row) for row in method.brackets]
        if isinstance(method, m.FullYears):
            out = [self.say("points.each_year", per_year=method.per_year)]
            if method.from_years:
                out.append(self.say("points.from_years", from_years=method.from_years))
            return [*out, *self.cap(method.cap)]
        if isinstance(method, m.PerCase):
            return [self.say("points.each_case", points=method.points)]
        if isinstance(method, m.Enterprise):
            for part in method.parts:
                if part.answer == key:
                    name = self.say(f"points.of_{self.policy.questions[key].unit}")
                    return [self.say("points.each_unit", unit=part.unit, name=name, points=part.points)]
            return self.cap(method.cap)
        return []

    def cap(self, cap: int | None) -> list[str]:
        """The cap, where there is one."""
        return [self.say("points.cap", cap=cap)] if cap else []

    def bracket(self, row: m.Bracket) -> str:
        """One bracket of ages."""
        figures = {"from": row.min, "to": row.max, "points": row.points}
        if row.min is None:
            return self.say("points.up_to_age", **figures)
        if row.max is None:
            return self.say("points.from_age", **figures)
        return (
            self.say("points.ages_step", **figures, step=-row.step) if row.step else self.say("points.ages", **figures)
        )

    def worth(self, indicator: m.Indicator) -> str:
        """What the indicator can give, in one short phrase, and what it will give where that is known."""
        return self.in_time(indicator, self.most)

    def most(self, method: Any) -> str:
        """What one way of counting can give."""
        if isinstance(method, m.Choice | m.Diploma):
            return self.say("points.range", low=min(method.points.values()), high=max(method.points.values()))
        if isinstance(method, m.Brackets):
            return self.say(
                "points.range", low=min(r.points for r in method.brackets), high=max(r.points for r in method.brackets)
            )
        if isinstance(method, m.BaseTiers):
            return self.say("points.range", low=0, high=max(tier.points for tier in method.tiers))
        if isinstance(method, m.Flag):
            return self.say("points.plain", points=method.points)
        if isinstance(method, m.FullYears):
            return self.say("points.each_year", per_year=method.per_year)
        if isinstance(method, m.PerCase):
            return self.say("points.each_case", points=method.points)
        if isinstance(method, m.Enterprise):
            return self.say("points.cap", cap=method.cap)
        if isinstance(method, m.Veto):
            return self.say("points.veto" if self.writer.settled(method.in_force) else "points.note")
        return self.say("points.abolished")

    def glance(self) -> list[dict[str, Any]]:
        """Every indicator with its name, what it gives, and its summary, by kind."""
        return [
            {
                "name": self.writer(kind.name),
                "rows": [
                    {"id": i.id, "name": self.writer(i.name), "worth": self.worth(i)}
                    for i in self.policy.indicators.values()
                    if i.kind == kind.id
                ],
            }
            for kind in self.policy.scheme.kinds
        ]
