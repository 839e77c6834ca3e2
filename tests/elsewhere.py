"""Another system than this one, for tests of the files that are written and read."""

from pathlib import Path

import pytest


def as_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text files as a system has them whose own encoding is no UTF-8, and whose lines end otherwise."""
    usual = {"write_text": Path.write_text, "read_text": Path.read_text}

    def write_text(path: Path, text: str, encoding: str | None = None, newline: str | None = None) -> int:
        text = text if newline == "\n" else text.replace("\n", "\r\n")
        return usual["write_text"](path, text, encoding=encoding or "utf-16", newline="")  # type: ignore[return-value]

    def read_text(path: Path, encoding: str | None = None) -> str:
        return usual["read_text"](path, encoding=encoding or "utf-16")  # type: ignore[return-value]

    monkeypatch.setattr(Path, "write_text", write_text)
    monkeypatch.setattr(Path, "read_text", read_text)
