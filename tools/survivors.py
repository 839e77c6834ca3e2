"""Which of the mutants that live are explained in tests/survivors.yaml (see tools/campaign.py mutants).

An entry says ``why`` no test tells its mutants from the code, ``in`` which functions (beginnings of mutmut's names; none for
anywhere), and ``change``: a regular expression for the changed lines, "- old" above "+ new".
"""

import ast
import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parent.parent / "tests" / "survivors.yaml"


@dataclass
class Entry:
    """One kind of mutant that lives, and those of its kind."""

    why: str
    places: list[str]
    change: re.Pattern[str]
    found: list[str] = field(default_factory=list)

    def fits(self, name: str, change: str) -> bool:
        """Whether a mutant is of this kind."""
        place = name.partition("__mutmut_")[0]
        return (not self.places or any(place.startswith(each) for each in self.places)) and bool(
            self.change.search(change)
        )


def entries(path: Path = FILE) -> list[Entry]:
    """What the file says. Raises KeyError, TypeError or re.error where an entry is not whole."""
    return [
        Entry(each["why"], each.get("in") or [], re.compile(each["change"], re.MULTILINE))
        for each in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def changes(work: Path, names: Iterable[str]) -> dict[str, str]:
    """Name of a mutant → its changed lines; ``work`` is the folder that mutmut ran in."""
    wanted = set(names)
    found: dict[str, str] = {}
    for meta in sorted((work / "mutants").rglob("*.py.meta")):
        here = wanted & json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].keys()
        if not here:
            continue
        text = meta.with_suffix("").read_text(encoding="utf-8")
        lines = text.splitlines()
        functions = {
            node.name: [line.strip() for line in lines[node.lineno : node.end_lineno]]
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.FunctionDef)
        }
        for name in here:
            short = name.rpartition(".")[2]
            before, after = functions[f"{short.partition('__mutmut_')[0]}__mutmut_orig"], functions[short]
            different = [line for line in difflib.ndiff(before, after) if line[0] in "-+"]
            found[name] = "\n".join(sorted(different, key=lambda line: "-+".index(line[0])))
    return found


def explained(work: Path, names: Iterable[str], known: list[Entry]) -> dict[str, str]:
    """Puts each mutant that is explained into the ``found`` of its entry; returns the changes of the others."""
    left: dict[str, str] = {}
    for name, change in changes(work, names).items():
        entry = next((each for each in known if each.fits(name, change)), None)
        if entry:
            entry.found.append(name)
        else:
            left[name] = change
    return left
