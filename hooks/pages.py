"""What the pages say: words and figures from the rules, in one language. Knows nothing of MkDocs."""

from typing import Any, Literal

Lang = Literal["zh", "en"]


def context(lang: Lang) -> dict[str, Any]:
    """The names that every page's Markdown may use between {{ and }}."""
    return {"lang": lang}


def generated(lang: Lang) -> list[tuple[str, str, str]]:
    """Pages that exist in the rules only: (path under docs/<lang>, title, Markdown)."""
    return []


def nav(lang: Lang) -> list[Any]:
    """The whole navigation, in MkDocs' form; titles in the page's language only."""
    titles = {"zh": ("首页", "依据与来源"), "en": ("Home", "Sources")}[lang]
    return [{titles[0]: "index.md"}, {titles[1]: "sources.md"}]
