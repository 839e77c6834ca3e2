"""The rehearsals of tests/rehearsal/*.yaml: the day the policy changes, played through on a copy of rules/.

Each file has ``title``, ``edits`` and what must then be true. An edit names a ``file`` below rules/ and has a ``text``: alone, it
is put at the end of the file (or is a new file); ``before`` names text that it goes before; ``old`` names text that it replaces.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules.load import Document, parse

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(__file__).resolve().parent / "rehearsal"


@dataclass(frozen=True)
class Rehearsal:
    """One change of the policy. ``wanted`` holds what the file says must be true."""

    name: str
    title: str
    edits: list[dict[str, str]]
    wanted: dict[str, Any]

    def play(self, rules: Path) -> None:
        """Make the edits in a copy of rules/. Fails where the text that an edit goes by does not stand there once."""
        for edit in self.edits:
            path = rules / edit["file"]
            if "old" not in edit and "before" not in edit:
                with path.open("a", encoding="utf-8") as file:
                    file.write(edit["text"])
                continue
            text = path.read_text(encoding="utf-8")
            place = edit.get("old", edit.get("before", ""))
            assert text.count(place) == 1, (
                f"{self.name}: {edit['file']} has this not once; change the rehearsal with it:\n{place}"
            )
            new = edit["text"] if "old" in edit else edit["text"] + place
            path.write_text(text.replace(place, new), encoding="utf-8")


def rehearsals() -> list[Rehearsal]:
    """All of them, by name."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        document = parse(path.read_text(encoding="utf-8"), Document(path.name))
        assert not document.faults, document.faults
        value = document.value
        found.append(Rehearsal(path.stem, value.pop("title"), value.pop("edits"), value))
    return found


def checkout(folder: Path) -> Path:
    """A copy of all that the site is made from, with this checkout's packages; gives the folder."""
    for name in ("docs", "hooks", "rules", "estimator", "runtime", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (path for path in ROOT.iterdir() if path.is_file()):
        shutil.copy(file, folder / file.name)
    for name in ("node_modules", ".cache"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def copy_rules(folder: Path) -> Path:
    """A copy of the policy's YAML files; gives the copy's rules/."""
    shutil.copytree(ROOT / "rules", folder / "rules", ignore=shutil.ignore_patterns("*.py", "__pycache__", "schema"))
    return folder / "rules"
