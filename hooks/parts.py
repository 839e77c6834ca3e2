"""The phrases of the estimator's parts, one YAML file each in hooks/words/. Knows nothing of MkDocs."""

from __future__ import annotations

import functools
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent / "words"
LANGUAGES = {"zh", "en"}
Phrases = dict[str, dict[str, str]]


@functools.cache
def read() -> dict[str, Phrases]:
    """Part → name → language → text. Raises ``ValueError`` naming each phrase that lacks a language."""
    parts = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
    wrong = [
        f"hooks/words/{part}.yaml: {name}: needs a text in zh and in en"
        for part, phrases in parts.items()
        for name, texts in phrases.items()
        if not isinstance(texts, dict)
        or set(texts) != LANGUAGES
        or not all(isinstance(text, str) and text for text in texts.values())
    ]
    if wrong:
        raise ValueError("\n".join(wrong))
    return parts


def phrases(lang: str) -> dict[str, dict[str, str]]:
    """Part → name → text in one language."""
    return {part: {name: texts[lang] for name, texts in entries.items()} for part, entries in read().items()}
