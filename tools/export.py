"""The pages without MkDocs: as Markdown, and as plain HTML by the smallest of generators.

    python tools/export.py FOLDER

For the day on which the site moves to another generator: everything comes from hooks/ other than hooks/site.py. FOLDER/markdown
holds each page's Markdown, filled from the rules, as another generator would take it; FOLDER/site the same pages as HTML without
a theme, which a test compares with the pages that MkDocs makes.
"""

from __future__ import annotations

import posixpath
import re
import sys
from html import escape
from pathlib import Path
from typing import Any, Literal

import markdown  # type: ignore[import-untyped]
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hooks import assets, pages  # noqa: E402
from hooks.fragments.whole import EXTENSIONS  # noqa: E402

LANGUAGES: tuple[tuple[Literal["zh", "en"], str, str], ...] = (("zh", "zh-CN", ""), ("en", "en", "en/"))
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
PAGE = """\
<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<link rel="stylesheet" href="{app}style.css"></head>
<body><article class="md-typeset">
{body}
</article>{scripts}</body></html>
"""


def export(folder: Path) -> list[str]:
    """Write every page of both languages; gives their addresses."""
    written = []
    for lang, tag, part in LANGUAGES:
        for path in pages.paths(lang):
            url = pages.path_of(path)
            root = posixpath.relpath(".", f"{part}{url}" or ".") + "/"
            text = pages.markdown(lang, path, f"{root}assets/app/{{}}".format)
            write(folder / "markdown" / lang / f"{path}.md", text)
            write(folder / "site" / part / url / "index.html", page(lang, tag, path, text, root))
            written.append(f"{part}{url}")
        write(folder / "site" / part / "feed.xml", pages.feed(lang, f"https://example.org/{part}"))
    assets.build(folder / "site")
    return written


def page(lang: Literal["zh", "en"], tag: str, path: str, text: str, root: str) -> str:
    """One page as HTML."""
    front = _FRONT.match(text)
    meta: dict[str, Any] = yaml.safe_load(front[1]) if front else {}
    html = markdown.markdown(_FRONT.sub("", text), extensions=EXTENSIONS)
    url = pages.path_of(path)
    body = pages.finish(lang, neighbours(html, path, url), url)
    app = f"{root}{assets.APP}{assets.made().modules}/"
    scripts = "".join(
        f'<script type="module" src="{app}{name}"></script>' for name in ["theme.js", *(meta.get("modules") or [])]
    )
    return PAGE.format(lang=tag, title=escape(pages.titles(lang)[path]), body=body, app=app, scripts=scripts)


def neighbours(html: str, path: str, url: str) -> str:
    """Links from one Markdown file to another as links from page to page."""

    def link(match: re.Match[str]) -> str:
        there = pages.path_of(posixpath.normpath(posixpath.join(posixpath.dirname(path), match[1])))
        return f'href="{posixpath.relpath(there or ".", url or ".")}/{match[2] or ""}"'

    return re.sub(r'href="([^":]+)\.md(#[^"]*)?"', link, html)


def write(path: Path, text: str) -> None:
    """Write a file, its folders with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python tools/export.py FOLDER")
    print(f"{len(export(Path(sys.argv[1])))} pages")
