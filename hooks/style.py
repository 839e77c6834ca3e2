"""One style for every page: the theme's without what this site never shows, then the site's own. Knows nothing of MkDocs.

Only rules go whose every selector needs a class, a writing direction or a colour scheme that no page has (NEEDLESS; a test reads
the built pages), and icons that no rule is left to show. What a selector says inside parentheses is not reckoned with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

#: Only read as a file: another generator may use it without MkDocs.
THEME = Path(str(distribution("mkdocs-material").locate_file("material"))) / "templates" / "assets" / "stylesheets"
#: Parts of the theme that are switched off or that no page uses, by the beginning of their class.
PREFIXES = [
    "md-annotation",
    "md-author",
    "md-banner",
    "md-consent",
    "md-feedback",
    "md-input",
    "md-pagination",
    "md-path",
    "md-post",
    "md-progress",
    "md-select",
    "md-social",
    "md-source",
    "md-status",
    "md-tabs",
    "md-tag",
    "md-version",
    "arithmatex",
    "critic",
    "emojione",
    "gemoji",
    "highlight",
    "keys",
    "lg",
    "linenodiv",
    "mermaid",
    "mdx-",
    "tabbed-",
    "task-list",
    "twemoji",
]
NEEDLESS = re.compile(
    r"\.(?:" + "|".join(PREFIXES) + r")"
    r"|\[dir=[\"']?rtl"
    r"|\[data-md-color-(?:primary|accent)=(?![\"']?custom)"
)
_TOKEN = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[{};(),]|[^\"'{};(),/]+|/", re.S)
_INSIDE = re.compile(r"\([^()]*\)")


def whole(own: list[str]) -> str:
    """The theme's style, trimmed, and the site's own after it."""
    theme = [next(THEME.glob(f"{name}.*.min.css")).read_text(encoding="utf-8") for name in ("main", "palette")]
    mine = "\n".join(own)
    text = "".join(trimmed(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", part)) for part in theme)
    return without_icons(text, mine) + "\n" + mine


def trimmed(css: str) -> str:
    """A style without needless rules."""
    out = []
    for head, body in rules(css):
        if body is None or head.startswith(("@keyframes", "@font-face", "@page", "@-webkit-keyframes")):
            out.append(head + (";" if body is None else f"{{{body}}}"))
        elif head.startswith("@"):
            inner = trimmed(body)
            if inner:
                out.append(f"{head}{{{inner}}}")
        else:
            left = [selector for selector in parts(head, ",") if not needless(selector)]
            if left:
                out.append(f"{','.join(left)}{{{body}}}")
    return "".join(out)


def needless(selector: str) -> bool:
    """Whether nothing on this site can match it."""
    while _INSIDE.search(selector):
        selector = _INSIDE.sub("", selector)
    return bool(NEEDLESS.search(selector))


def without_icons(css: str, mine: str) -> str:
    """The same without the theme's pictures that no rule shows any more: variables that nothing reads."""
    read = set(re.findall(r"var\((--[\w-]+)", css + mine))
    out = []
    for head, body in rules(css):
        if body is not None and head in (":root", ":root>*", "html"):
            kept = [
                one for one in parts(body, ";") if not one.startswith("--") or one.partition(":")[0].strip() in read
            ]
            body = ";".join(kept)
            if not body:
                continue
        out.append(head + (";" if body is None else f"{{{body}}}"))
    return "".join(out)


def rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule of the topmost level: what stands in front of its braces, and what between them (``None`` where there are none)."""
    head, body, depth = "", "", 0
    for token in _TOKEN.findall(css):
        if token.startswith("/*"):
            continue
        if token == "}":
            depth -= 1
            if depth == 0:
                yield head.strip(), body
                head = body = ""
                continue
        if depth:
            body += token
        elif token == "{":
            pass
        elif token == ";":
            yield head.strip(), None
            head = ""
        else:
            head += token
        if token == "{":
            depth += 1


def parts(text: str, separator: str) -> list[str]:
    """A list of selectors or declarations, taken apart outside of parentheses and strings."""
    found, depth = [""], 0
    for token in _TOKEN.findall(text):
        depth += (token == "(") - (token == ")")
        if token == separator and not depth:
            found.append("")
        else:
            found[-1] += token
    return [one.strip() for one in found if one.strip()]
