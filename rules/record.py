"""Record an edition: what it changed since the last one, as data in rules/changes/.

The site makes its change log and feed from these files, so that it needs neither Git nor an older copy of the rules, and a
reviewer may improve a sentence, or add a note, before the edition is published.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from . import model as m
from .bundle import rulebook
from .checks import Policy, edition_day
from .diff import differences
from .impact import SIZE, impacts

FIRST = m.Said(zh="第一版。", en="The first edition.")


class NoSuchVersion(Exception):
    """Neither a folder with rules nor a revision that has them; the text says what to do."""


def is_recorded(policy: Policy) -> bool:
    """Whether the newest record is of these very rules."""
    return bool(policy.records) and policy.records[0].rules == rulebook(policy)["name"]


def make(old: Policy | None, new: Policy, people: int = SIZE) -> m.Record:
    """The record of ``new`` after ``old``; without ``old``, of a first edition."""
    changes = differences(old, new) if old is not None else []
    day = edition_day(new)
    taken = {record.id for record in new.records}
    name = next(name for name in (day, *(f"{day}-{number}" for number in range(2, 100))) if name not in taken)
    return m.Record(
        id=name,
        edition=day,
        rules=rulebook(new)["name"],
        note=None if old is not None else FIRST,
        changes=[
            m.RecordedChange(
                about=change.about, kind=change.kind, since=change.since, text=m.Said(zh=change.zh, en=change.en),
                clause=m.Said(zh=change.clause.zh, en=change.clause.en) if change.clause else None,
                source=change.cite.source if change.cite else None,
            )
            for change in changes
        ],
        impact=[m.RecordedImpact(on=one.on, people=one.size, gain=one.gain, lose=one.lose, differ=one.differ)
                for one in (impacts(old, new, changes, people) if old is not None and people else [])],
    )  # fmt: skip


def keep(record: m.Record, root: Path) -> Path:
    """Write the record below ``root`` (the folder rules/); gives the file."""
    from .tidy import dumps

    path = root / "changes" / f"{record.id}.yaml"
    path.parent.mkdir(exist_ok=True)
    value: dict[str, Any] = record.model_dump(exclude_none=True)
    head = "# yaml-language-server: $schema=../schema/changes.json\n"
    path.write_text(head + dumps(value), encoding="utf-8", newline="\n")
    return path


def version(name: str, scratch: Path, checkout: Path) -> Path:
    """The folder with the rules of a version: ``name`` itself, its subfolder rules/, or the rules/ of a Git revision.

    A revision is unpacked into ``scratch``. Raises ``NoSuchVersion``.
    """
    for folder in (Path(name), Path(name) / "rules"):
        if (folder / "scheme.yaml").is_file():
            return folder
    packed = _git(checkout, "archive", name, "rules")
    if not packed:
        raise NoSuchVersion(f"{name!r}: neither a folder with scheme.yaml nor a Git revision with rules/")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "rules"


def last_recorded(checkout: Path) -> str:
    """The Git revision that last changed rules/changes/: the rules of the newest record. Raises ``NoSuchVersion``."""
    found = _git(checkout, "log", "-1", "--format=%H", "--", "rules/changes").decode().strip()
    if not found:
        raise NoSuchVersion(
            "no edition is on record in Git; name the older rules: python -m rules record OLD (a folder or a revision)"
        )
    return found


def _git(checkout: Path, *words: str) -> bytes:
    """What a Git command prints; nothing where it fails, or where there is no Git, which nothing else here needs."""
    try:
        done = subprocess.run(["git", *words], cwd=checkout, capture_output=True, check=False)
    except FileNotFoundError:
        return b""
    return b"" if done.returncode else done.stdout
