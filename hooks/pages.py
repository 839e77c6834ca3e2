"""What the pages say: words and figures from the rules, in one language. Knows nothing of MkDocs."""

import importlib
import importlib.util
from pathlib import Path
from typing import Any, Literal

Lang = Literal["zh", "en"]
ROOT = Path(__file__).resolve().parent.parent


def context(lang: Lang) -> dict[str, Any]:
    """The names that every page's Markdown may use between {{ and }}."""
    return {"lang": lang, "home_form": lambda: "", **form_context(lang)}


def form_context(lang: Lang) -> dict[str, Any]:
    """What the estimator's page adds: hooks.form.context(lang), with home_form among it."""
    if importlib.util.find_spec("hooks.form") is None:
        return {}
    names: dict[str, Any] = importlib.import_module("hooks.form").context(lang)
    return names


def generated(lang: Lang) -> list[tuple[str, str, str]]:
    """Pages that exist in the rules only: (path under docs/<lang>, title, Markdown)."""
    return []


def nav(lang: Lang) -> list[Any]:
    """The whole navigation, in MkDocs' form; titles in the page's language only."""
    home, estimator, sources = {
        "zh": ("首页", "估算", "依据与来源"),
        "en": ("Home", "Estimator", "Sources"),
    }[lang]
    here = [(home, "index.md"), (estimator, "estimator.md"), (sources, "sources.md")]
    return [{title: path} for title, path in here if (ROOT / "docs" / lang / path).is_file()]
