"""In which browsers the estimator runs: hooks/browsers.yaml as a table, and in one sentence. Knows nothing of MkDocs."""

from __future__ import annotations

import functools
from html import escape
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).resolve().parent / "browsers.yaml"


@functools.cache
def read() -> dict[str, Any]:
    """What the file says."""
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def sentence(lang: str) -> str:
    """The oldest versions in a row, as plain text."""
    parts = [f"{entry['name'][lang]} {entry['version']}" for entry in read()["oldest"]]
    return ("；" if lang == "zh" else "; ").join(parts)


def oldest(lang: str) -> str:
    """The table of the oldest versions, as HTML."""
    head = ("浏览器", "最低版本") if lang == "zh" else ("Browser", "Oldest version")
    return _table(head, [(entry["name"][lang], entry["version"]) for entry in read()["oldest"]])


def needs(lang: str) -> str:
    """The table of what the estimator asks of a browser, as HTML."""
    head = ("需要", "Chrome", "Firefox", "Safari") if lang == "zh" else ("Needed", "Chrome", "Firefox", "Safari")
    rows = [
        (entry["what"][lang], *(entry["from"][name] for name in ("chrome", "firefox", "safari")))
        for entry in read()["needs"]
    ]
    return _table(head, rows)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in rest) + "</tr>"
        for first, *rest in rows
    )
    return f"\n\n<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>\n\n"
