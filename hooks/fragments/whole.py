"""The whole guide on one sheet: every page one after the other, with anchors that stay apart."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape
from typing import Any

import markdown  # type: ignore[import-untyped]

from hooks.filling import fill

from .base import Guide

#: What the guide's Markdown needs, for whoever renders it without MkDocs.
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "sane_lists",
    "tables",
    "toc",
]
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.S)
#: Elements that make no sense on paper.
_SCREEN = re.compile(
    r'<script\b.*?</script>|<form\b.*?</form>|<noscript>.*?</noscript>|<link\b[^>]*>|<p><a class="md-button"[^>]*>.*?</a></p>|<div class="open">.*?</div>',
    re.S,
)


def whole(
    guide: Guide, chapters: list[tuple[str, str, str]], names: dict[str, Any], path_of: Callable[[str], str]
) -> str:
    """All chapters as HTML. ``names`` is what their Markdown may use; links between chapters stay on the sheet."""
    inside = {path_of(path): slug(path) for path, _title, _text in chapters}
    contents = "".join(f'<li><a href="#{slug(path)}">{escape(title)}</a></li>' for path, title, _text in chapters)
    label = guide.t("目录", "Contents")
    out = [f'<nav aria-label="{label}" class="contents"><ol>{contents}</ol></nav>']
    for path, _title, text in chapters:
        out.append(
            f'<section class="chapter" id="{slug(path)}">{chapter(path, text, names, path_of, inside)}</section>'
        )
    return re.sub(r"\n\s*\n", "\n", "".join(out))


def slug(path: str) -> str:
    """A chapter's anchor."""
    return "page-" + path.replace("/", "-").replace("_", "-")


def chapter(path: str, text: str, names: dict[str, Any], path_of: Callable[[str], str], inside: dict[str, str]) -> str:
    """One page as HTML, its anchors behind its own name."""
    quiet = {**names, "home_form": lambda: ""}
    body = _FRONT.sub("", text)
    source = fill(
        body, quiet, lambda name: name, f"docs/{names['lang']}/{path}.md", text.removesuffix(body).count("\n")
    )
    html = markdown.markdown(source, extensions=EXTENSIONS)
    html = _SCREEN.sub("", html)
    own = slug(path)
    # One level down: the sheet has its own first heading.
    html = re.sub(r"<(/?)h([1-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", html)
    html = re.sub(r'\bid="([^"]+)"', rf'id="{own}--\1"', html)
    html = re.sub(
        r'\baria-labelledby="([^"]+)"',
        lambda match: 'aria-labelledby="' + " ".join(f"{own}--{name}" for name in match[1].split()) + '"',
        html,
    )

    def link(match: re.Match[str]) -> str:
        address = match[1]
        if re.match(r"[a-z]+:(?!.*\.md)", address) and not address.startswith("page:"):
            return match[0]
        page, _, place = address.removeprefix("page:").partition("#")
        if address.startswith("page:"):
            there = path_of(page)
        elif page:
            there = path_of(posixpath.normpath(posixpath.join(posixpath.dirname(path), page)).removesuffix(".md"))
        else:
            there = path_of(path)
        if there not in inside:
            return f'href="page:{there.rstrip("/") or "index"}{"#" + place if place else ""}"'
        return f'href="#{inside[there]}{"--" + place if place else ""}"'

    return re.sub(r'\bhref="([^"]+)"', link, html)
