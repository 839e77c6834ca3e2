"""The mistakes of tests/invalid/*.yaml, applied to a copy of rules/.

A mistake names a ``file`` and what happens to it: ``replace`` (a text that stands there once, or the ``nth``) ``with``
another, or ``content``, ``hex``, ``repeat`` (a text many times), ``folder`` or ``delete``; ``also`` lists further edits. In
a new text ▶ marks where a fault must be reported: it is taken out, and the next message of ``expect`` must stand at its
line and column. An expectation elsewhere is written as ``{file, at, message}`` (the place where the text ``at`` begins),
or with ``line`` and ``column``. A message that ends in … may go on.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent / "invalid"
MARK = "▶"

#: file, line, column, message
Fault = tuple[str, int, int, str]


@dataclass(frozen=True)
class Mistake:
    """One mistake, or several at once, and every fault that must be reported for it."""

    name: str
    edits: list[dict[str, Any]]
    expect: list[Any] = field(default_factory=list)

    def apply(self, source: Path, target: Path) -> list[Fault]:
        """Copy the YAML files of ``source`` to ``target`` with the mistake in them; the faults expected."""
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.py", "*.json", "__pycache__"))
        marked: list[tuple[str, int, int]] = []
        for edit in self.edits:
            marked += _edit(target, edit)
        places = iter(marked)
        expected = []
        for item in self.expect:
            if isinstance(item, str):
                expected.append((*next(places), item))
            elif "at" in item:
                text = (target / item["file"]).read_text(encoding="utf-8")
                expected.append(
                    (item["file"], *_place(text, _find(text, item["at"], item.get("nth", 1))), item["message"])
                )
            else:
                expected.append((item["file"], item.get("line", 1), item.get("column", 1), item["message"]))
        assert not list(places), "a ▶ without a message"
        return [(f"{target.name}/{file}", line, column, message) for file, line, column, message in expected]


def mistakes() -> list[Mistake]:
    """Every mistake of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            name, expect, also = entry.pop("name"), entry.pop("expect"), entry.pop("also", [])
            edits = [entry] if "file" in entry else []
            found.append(Mistake(f"{path.stem}: {name}", edits + also, expect))
    return found


def same(expected: list[Fault], found: list[Fault]) -> bool:
    """Whether just the expected faults were found. An expected message that ends in … stands for all that begin so."""
    left = list(found)
    for file, line, column, message in expected:
        for fault in left:
            begun = message.endswith("…") and fault[3].startswith(message[:-1])
            if fault[:3] == (file, line, column) and (begun or fault[3] == message):
                left.remove(fault)
                break
        else:
            return False
    return not left


def _edit(root: Path, edit: dict[str, Any]) -> list[tuple[str, int, int]]:
    file = edit["file"]
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if edit.get("delete"):
        path.unlink()
        return []
    if edit.get("folder"):
        path.mkdir()
        return []
    if "hex" in edit:
        path.write_bytes(bytes.fromhex(edit["hex"]))
        return []
    if "repeat" in edit:
        text = edit["repeat"] * edit["times"]
    elif "content" in edit:
        text = edit["content"]
    else:
        before = path.read_text(encoding="utf-8")
        start = _find(before, edit["replace"], edit.get("nth", 1))
        text = before[:start] + edit["with"] + before[start + len(edit["replace"]) :]
    marked = []
    while MARK in text:
        marked.append((file, *_place(text, text.index(MARK))))
        text = text.replace(MARK, "", 1)
    path.write_text(text, encoding="utf-8", newline="")
    return marked


def _find(text: str, wanted: str, nth: int) -> int:
    count = text.count(wanted)
    assert count == 1 or 1 < nth <= count or (nth == 1 and count), f"{wanted!r} stands {count} times"
    start = -1
    for _ in range(nth):
        start = text.index(wanted, start + 1)
    return start


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)
