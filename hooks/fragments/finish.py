"""The last hand on a page's HTML, once it is known which page it is: marks, terms, languages and addresses."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import escape, unescape

from rules import model as m

from .base import TOKEN, Guide, Mark

#: Markup that is passed over as a whole, tags, and the text between them.
_PART = re.compile(r"<!--.*?-->|<(script|style|svg|textarea)\b.*?</\1>|</?[a-zA-Z][^>]*>", re.S)
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_CHINESE = re.compile(
    r"[《〈“（「]*[\u3400-\u9fff](?:[\u3400-\u9fff《》〈〉“”「」（）、·／：〔〕]|(?<=〔)\d+|(?<=〕)\d+(?=号))*"
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
#: In these a term stays as it is: headings and labels are short, links cannot hold links.
_NO_TERMS = frozenset(
    [
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "summary",
        "code",
        "pre",
        "button",
        "label",
        "legend",
        "option",
        "select",
        "form",
        "caption",
        "figure",
        "th",
    ]
)
_NO_SPANS = frozenset(["option", "title"])


def finish(guide: Guide, html: str, path: str, pages: frozenset[str]) -> str:
    """The page's HTML with marks numbered and listed, terms linked, other languages marked, addresses made relative.

    ``path`` is the page's address below its language's root, ``""`` or ``"process/"``; ``pages`` holds all of them.
    Raises ``ValueError`` for an address of a page that is not there.
    """
    html = put_marks(guide, html)
    if not path.startswith("estimator"):
        html = link_terms(guide, html)
    if guide.lang == "en":
        html = mark_chinese(html)
    return resolve(html, path, guide.lang, pages)


# --- marks -------------------------------------------------------------------------------------------------------------


def put_marks(guide: Guide, html: str) -> str:
    """Every token becomes a mark with its number on this page; the end of the page lists what they open."""
    numbers: dict[str, int] = {}
    for match in TOKEN.finditer(html):
        numbers.setdefault(match[1], len(numbers) + 1)
    if not numbers:
        return html
    # A block cannot stand in a paragraph: the parser would end the paragraph before it.
    html = re.sub(r"<p>((?:(?!</p>).)*?⟪(?:(?!</p>).)*)</p>", r'<div class="p">\1</div>', html, flags=re.S)
    html = TOKEN.sub(lambda match: opened(guide, guide.marks[match[1]], numbers[match[1]]), html)
    return html + listed(guide, numbers)


def opened(guide: Guide, mark: Mark, number: int) -> str:
    """One mark: a word for the grade and a number, which opens what stands behind it."""
    grade, word = guide.grade(mark.grade), guide.t("，依据", ", source ")
    return (
        f'<details class="mark" data-grade="{mark.grade}" data-mark="{mark.key}" data-search-exclude>'
        f'<summary class="mark-label"><span class="mark-grade">{grade}</span><span class="unseen">{word}</span>'
        f'<span class="mark-number">{number}</span></summary>'
        f'<div class="mark-body">{body(guide, mark)}</div></details>'
    )


def body(guide: Guide, mark: Mark) -> str:
    """What a mark opens."""
    lines = "".join(f"<li>{guide.cite_line(cite)}</li>" for cite in mark.cites)
    readings = "".join(f'<div class="reading">{guide.reading_lines(name)}</div>' for name in mark.readings)
    return f"<ul>{lines}</ul>{TOKEN.sub('', readings)}"


def listed(guide: Guide, numbers: dict[str, int]) -> str:
    """The list of all marks of a page, for print and for reading in one go."""
    items = "".join(f'<li id="cite-{number}">{body(guide, guide.marks[key])}</li>' for key, number in numbers.items())
    title = guide.t("本页的依据", "What this page rests on")
    return f'<section class="cited" aria-labelledby="cited" data-search-exclude><h2 id="cited">{title}</h2><ol>{items}</ol></section>'


# --- terms and languages -------------------------------------------------------------------------------------------------


def texts(html: str, closed: frozenset[str], signs: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    """The HTML in pieces, and of each whether it is text that may be changed.

    Text inside of an element in ``closed``, or of one whose tag holds one of ``signs``, stays as it is.
    """
    stack: list[tuple[str, bool]] = []
    last = 0
    for match in _PART.finditer(html):
        yield html[last : match.start()], not any(shut for _name, shut in stack)
        tag = match[0]
        yield tag, False
        last = match.end()
        name = _NAME.match(tag)
        if match[1] or not name or name[1].lower() in _VOID or tag.endswith("/>"):
            continue
        word = name[1].lower()
        if tag.startswith("</"):
            while stack and stack.pop()[0] != word:
                pass
        else:
            stack.append((word, word in closed or any(sign in tag for sign in signs)))
    yield html[last:], not any(shut for _name, shut in stack)


def link_terms(guide: Guide, html: str) -> str:
    """The first use of each glossary term on a page leads to the glossary; in English its Chinese name stands beside it."""
    every: list[tuple[str, m.Term | None]] = []
    for term in guide.policy.terms.values():
        every += [(form, term) for form in forms(term, guide.lang)] + [(word, None) for word in term.apart]
    # Longest first: a short term inside of a long one, or of a word that only looks alike, is not the short one.
    every.sort(key=lambda pair: -len(pair[0]))
    ready = [(re.compile(_whole(form, guide.lang), re.I), term) for form, term in every]
    linked: set[str] = set()
    out = []
    for piece, free in texts(html, _NO_TERMS, (" lang=", 'class="mark"', 'class="cited"', "data-no-terms")):
        if not free or not piece.strip() or len(linked) == len(guide.policy.terms):
            out.append(piece)
            continue
        spans: list[tuple[int, int, m.Term | None]] = []
        for pattern, owner in ready:
            for match in pattern.finditer(piece):
                if all(match.end() <= start or match.start() >= end for start, end, _t in spans):
                    spans.append((match.start(), match.end(), owner))
        last = 0
        for start, end, owner in sorted(spans, key=lambda span: span[0]):
            if owner is None or owner.id in linked:
                continue
            linked.add(owner.id)
            out += [piece[last:start], term_link(guide, owner, piece[:start], piece[start:end], piece[end:])]
            last = end
        out.append(piece[last:])
    return "".join(out)


def forms(term: m.Term, lang: str) -> list[str]:
    """How a term may stand in a text."""
    return [term.zh, *term.forms] if lang == "zh" else [term.en, *term.variants]


def term_link(guide: Guide, term: m.Term, before: str, shown: str, following: str) -> str:
    """A term, linked; in English with the Chinese name, unless that stands beside it anyway."""
    link = f'<a class="term" href="page:glossary#{term.id}">{shown}</a>'
    if (
        guide.lang == "zh"
        or term.zh in before[-len(term.zh) - 4 :]
        or re.match(r"\s*[(（]\W*[\u3400-\u9fff]", following)
    ):
        return link
    return f'{link} (<span lang="zh-CN" class="beside">{term.zh}</span>)'


def _whole(form: str, lang: str) -> str:
    """A pattern for a form: in English whole words only, the plural and the possessive too, and no part of an address."""
    return re.escape(form) if lang == "zh" else rf"(?<![\w./@-]){re.escape(form)}s?(?:’s)?\b(?!\.\w)"


def mark_chinese(html: str) -> str:
    """Chinese in an English page says so, for screen readers and fonts."""
    pieces = texts(html, _NO_SPANS, (" lang=",))
    return "".join(
        _CHINESE.sub(lambda match: f'<span lang="zh-CN">{match[0]}</span>', piece) if free else piece
        for piece, free in pieces
    )


# --- addresses ---------------------------------------------------------------------------------------------------------


def resolve(html: str, path: str, lang: str, pages: frozenset[str]) -> str:
    """Addresses that begin with ``page:`` as seen from ``path``."""

    def relative(match: re.Match[str]) -> str:
        page, _, place = unescape(match[2]).partition("#")
        there = "" if page == "index" else f"{page.removesuffix('/index')}/"
        if there not in pages:
            raise ValueError(f"page:{page}: no such page; known: {', '.join(sorted(pages))}")
        address = posixpath.relpath(there or ".", path or ".")
        address = "./" if address == "." else f"{address}/"
        if there == path and place:
            address = ""
        return f'{match[1]}="{address}{"#" + escape(place) if place else ""}"'

    return re.sub(r'\b(href)="page:([^"]*)"', relative, html)
