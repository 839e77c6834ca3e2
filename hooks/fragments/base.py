"""The guide in one language: texts with their figures as HTML, marks that open the sources, links to pages.

What these functions return holds two things that ``finish`` resolves once a page is known: a mark's token, and addresses
that begin with ``page:`` (a page of the same language, with or without an anchor) or ``app:`` (a file of ours).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from rules import guide as g
from rules import model as m
from rules.checks import Policy, edition_day
from rules.dated import Turning, day_before
from rules.facts import Fact
from rules.words import Writer, number, turns

Lang = Literal["zh", "en"]
Scope = dict[str, Any]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: A placeholder and the space behind it.
_FIGURE = re.compile(r"\{([^{}]*)\}( ?)")
#: A mark's place in a page, until ``finish`` puts the mark there.
TOKEN = re.compile(r"⟪([0-9a-f]{10})⟫")


@dataclass(frozen=True)
class Mark:
    """What a provenance mark opens: citations, and the readings where sources differ.

    ``grade`` stands on the mark: unsettled where there is another reading, the first citation's otherwise.
    """

    cites: tuple[m.Cite, ...]
    readings: tuple[str, ...] = ()
    grade: str = ""

    @property
    def key(self) -> str:
        """The same for the same content, in both languages."""
        parts = [(c.source, c.clause.en, c.grade, c.checked_on) for c in self.cites]
        return hashlib.sha256(repr((parts, self.readings)).encode()).hexdigest()[:10]


def anchor(name: str) -> str:
    """An id as it stands in an address: a fact's own part, with hyphens."""
    return name.rpartition(".")[2].replace("_", "-")


class Guide:
    """The policy, ready to be told in one language."""

    def __init__(self, policy: Policy, lang: Lang):
        self.policy = policy
        self.lang: Lang = lang
        self.writer = Writer(policy, lang)
        self.marks: dict[str, Mark] = {}
        self.edition = edition_day(policy)

    # --- words ----------------------------------------------------------------------------------------------------

    def t(self, zh: str, en: str) -> str:
        """One of the page's own phrases."""
        return zh if self.lang == "zh" else en

    def day(self, day: str) -> str:
        """A day or a month in words."""
        return number(day, self.lang)

    def plain(self, text: m.Text, scope: Scope | None = None) -> str:
        """A text with its figures, without markup."""
        return self.writer(text, scope)

    def text(self, text: m.Text, scope: Scope | None = None) -> str:
        """A text with its figures as HTML; each figure stands in a ``.number``."""
        return self.fill(getattr(text, self.lang), scope)

    def fill(self, template: str, scope: Scope | None = None) -> str:
        """A template with its figures as HTML."""
        out, last = [], 0
        for match in _FIGURE.finditer(template):
            value = self.writer.figure(match[1], scope)
            out += [
                escape(template[last : match.start()], quote=False),
                self.number(value),
                self.writer.gap(value, match[2]),
            ]
            last = match.end()
        return "".join([*out, escape(template[last:], quote=False)])

    def number(self, value: Any) -> str:
        """A figure as HTML, with what it will be where that is known."""
        if isinstance(value, Turning):
            return f'{self.number(value.now)}<span class="coming">{turns(value, self.lang, self.number)}</span>'
        return f'<span class="number">{escape(number(value, self.lang))}</span>'

    def standing(self, values: list[Any]) -> list[Any]:
        """Of dated values, the one in force and those to come."""
        return self.writer.standing(values)

    def span(self, values: list[Any], index: int) -> str:
        """From when to when a dated value holds, as the head of what it says: “until 30 June 2027”, “from 1 July 2027”."""
        value, following = values[index], values[index + 1] if index + 1 < len(values) else None
        begins, ends = self.day(value.from_), self.day(day_before(following.from_)) if following else ""
        if value.from_ <= self.policy.day and following and following.from_ > self.policy.day:
            return self.t(f"到 {ends}为止", f"Until {ends}")
        if not following:
            return self.t(f"从 {begins}起", f"From {begins}")
        return self.t(f"从 {begins}到 {ends}", f"From {begins} to {ends}")

    def in_time(self, values: list[Any], say: Callable[[Any], str]) -> str:
        """What ``say`` makes of the value in force, and behind it what it makes of each one to come, with its day."""
        told = self.standing(values)
        begun = [value for value in told if value.from_ <= self.policy.day]
        later = [
            self.t(f"自 {self.day(value.from_)}起{say(value)}", f"from {self.day(value.from_)}: {say(value)}")
            for value in told
            if value not in begun
        ]
        if not later:
            return say(begun[0])
        said = self.t("，", ", ").join(later)
        return say(begun[0]) + f'<span class="coming">{self.t(f"（{said}）", f" ({said})")}</span>' if begun else said

    def points(self, value: int) -> str:
        """Points as HTML."""
        return self.number(value) + self.t(" 分", " points" if abs(value) != 1 else " point")

    # --- sources --------------------------------------------------------------------------------------------------

    def mark(self, cites: Iterable[m.Cite], readings: Iterable[str] = ()) -> str:
        """The token of a mark; nothing where there is nothing to cite."""
        behind, open_to = tuple(dict.fromkeys(cites)), tuple(dict.fromkeys(readings))
        if not behind:
            return ""
        differs = any(len(self.reading(name).options) > 1 for name in open_to)
        mark = Mark(behind, open_to, "unsettled" if differs else behind[0].grade)
        self.marks[mark.key] = mark
        return f"⟪{mark.key}⟫"

    def fact(self, name: str) -> Fact:
        """A fact by its id. Raises ``KeyError``."""
        return self.writer.facts[name]

    def mark_of(self, fact: Fact) -> str:
        """The mark of a fact."""
        return self.mark(fact.cite, fact.readings)

    def figure(self, name: str, unit: str = "") -> str:
        """A figure by its full name, ``fact.figure``, with its unit and the mark behind it."""
        owner = self.fact(name.rpartition(".")[0])
        return f"{self.number(self.writer.figure(name))}{unit} {self.mark_of(owner)}"

    def sentence(self, text: m.Text, scope: Scope | None = None, cites: Iterable[m.Cite] = ()) -> str:
        """A text with a mark behind it, which opens what it cites and what the figures in it rest on."""
        named = self.writer.named(text)
        behind = [*cites, *(cite for fact in named for cite in fact.cite)]
        readings = [name for fact in named for name in fact.readings]
        return f"{self.text(text, scope)} {self.mark(behind, readings)}".rstrip()

    def said(
        self, statements: Iterable[g.Statement], scope: Scope | None = None, cites: Iterable[m.Cite] = ()
    ) -> list[str]:
        """Statements as sentences with marks; one without figures shares the mark of the next that cites the same."""
        items, outer = list(statements), list(cites)
        out = []
        for index, item in enumerate(items):
            inner = {**(scope or {}), **item.figures}
            own = item.cite or outer
            following = items[index + 1] if index + 1 < len(items) else None
            shared = (
                following is not None and (following.cite or outer) == own and not self.writer.named(following.text)
            )
            if shared and not _PLACEHOLDER.search(item.text.zh):
                out.append(self.text(item.text, inner))
            else:
                out.append(self.sentence(item.text, inner, own))
        return out

    def paragraph(
        self, statements: Iterable[g.Statement], scope: Scope | None = None, cites: Iterable[m.Cite] = ()
    ) -> str:
        """Statements as one block."""
        joint = self.t("", " ")
        return f'<div class="say">{joint.join(self.said(statements, scope, cites))}</div>'

    def statement(self, item: g.NamedStatement, scope: Scope | None = None) -> str:
        """A statement of its own with its anchor."""
        words = self.sentence(item.text, {**(scope or {}), **item.figures}, item.cite)
        return f'<div class="say" id="{anchor(item.id)}">{words}</div>'

    def cite_line(self, cite: m.Cite) -> str:
        """One citation: source, clause, grade, day."""
        source = self.policy.sources[cite.source]
        stop = self.t("，", ", ")
        return (
            f"{self.link(f'sources#{source.id}', self.source_title(source))}{stop}{escape(self.plain(cite.clause), quote=False)} "
            f'<span class="cite-grade" data-grade="{cite.grade}">{self.grade(cite.grade)}</span> '
            f'<span class="cite-day">{self.t("核对于 ", "checked on ")}{self.checked(source, cite.checked_on)}</span>'
        )

    def checked(self, source: m.Source, day: str) -> str:
        """The day on which something of a source was checked; docs/assets/age.js tells the reader how long ago that is."""
        return f'<time datetime="{day}" data-every="{source.check_every_days}">{self.day(day)}</time>'

    def source_title(self, source: m.Source) -> str:
        """A source's title as HTML, the short one where there is one."""
        return escape(self.plain(source.short or source.title), quote=False)

    def grade(self, grade: str) -> str:
        """A grade's name."""
        return next(self.plain(words.name) for words in self.policy.scheme.grades if words.id == grade)

    def reading_lines(self, name: str) -> str:
        """A reading: the question, what is taken, what else is said."""
        reading = self.reading(name)
        rows = []
        for option in sorted(reading.options, key=lambda o: o.value != reading.taken):
            label = (
                self.t("本站采用：", "Taken here: ")
                if option.value == reading.taken
                else self.t("另一种读法：", "The other reading: ")
            )
            rows.append(f"<li>{label}{self.text(option.text)}</li>")
        if len(reading.options) == 1:
            rows.append(f"<li>{self.t('没有见到别的读法。', 'No other reading has been seen.')}</li>")
        return f"{self.text(reading.question)}<ul>{''.join(rows)}</ul>"

    def reading(self, name: str) -> m.Reading:
        """A reading by its id."""
        return next(reading for reading in self.policy.scheme.readings if reading.id == name)

    # --- links ----------------------------------------------------------------------------------------------------

    def link(self, place: str, label: str, classes: str = "") -> str:
        """A link to ``page`` or ``page#anchor`` of the guide; ``label`` is HTML."""
        kind = f' class="{classes}"' if classes else ""
        return f'<a{kind} href="page:{escape(place)}">{label}</a>'

    def indicator_link(self, indicator: m.Indicator) -> str:
        """An indicator's name, linked to its page."""
        return self.link(f"indicators/{indicator.id}", self.text(indicator.name))

    def see(self, places: Iterable[str], titles: dict[str, str]) -> str:
        """Links to read on; ``titles`` names the pages."""
        links = [self.link(place, titles[place.partition("#")[0]]) for place in places]
        return (
            f'<div class="see">{self.t("另见：", "See also: ")}{self.t("、", ", ").join(links)}</div>' if links else ""
        )


def table(
    head: Iterable[str], rows: Iterable[Iterable[str]], ids: Iterable[str] | None = None, caption: str = ""
) -> str:
    """A table as HTML on one line; cells are HTML. A cell that begins with ``#`` holds a figure and stands at the right."""
    names = list(ids) if ids is not None else []

    def cell(tag: str, text: str, scope: str = "") -> str:
        kind = ' class="figure-cell"' if text.startswith("#") else ""
        return f"<{tag}{scope}{kind}>{text.removeprefix('#')}</{tag}>"

    body = []
    for index, row in enumerate(rows):
        first, *rest = list(row)
        label = f' id="{names[index]}"' if names and names[index] else ""
        cells = cell("th", first, ' scope="row"') + "".join(cell("td", text) for text in rest)
        body.append(f"<tr{label}>{cells}</tr>")
    header = "".join(cell("th", text, ' scope="col"') for text in head)
    above = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{above}<thead><tr>{header}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def block(html: str) -> str:
    """HTML that stands by itself in Markdown: between blank lines, and without one inside."""
    return "\n\n" + re.sub(r"\n\s*\n", "\n", html.strip()) + "\n\n"
