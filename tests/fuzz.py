"""Every door through which text comes into Python, as a function of bytes: for atheris, and for tests/test_hostile.py.

    python -m tests.fuzz DOOR [atheris' options]     (see tools/campaign.py)

A door takes anything and either answers or refuses with faults that say something; whatever else is raised is a fault of ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from estimator import entry
from estimator.pasted import LONGEST_LINE

ROOT = Path(__file__).resolve().parent.parent
ON = "2026-11-21"
#: Seconds of a processor, however busy the machine is, after which somebody would take it to hang. What mutmut puts into each
#: call takes longer than the call.
PATIENCE = 60.0 if "MUTANT_UNDER_TEST" in os.environ else 1.0
#: What a page can show of a value in a message.
LONGEST_VALUE = 200


def load() -> None:
    """The estimator of this process takes the published rules."""
    entry.handle("load", (ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))


def _answered(kind: str, payload: str) -> None:
    """The answer is one of the two that there are, and every fault is told in a bearable length."""
    answer = json.loads(entry.handle(kind, payload))
    assert answer.keys() in ({"ok"}, {"refused"}), answer.keys()
    for fault in answer.get("refused", []):
        assert fault["code"] and len(str(fault["value"])) <= max(LONGEST_VALUE, LONGEST_LINE), fault


def score(data: bytes) -> None:
    """Any text as the request itself."""
    _answered("score", data.decode("utf-8", "replace"))


def answers(data: bytes) -> None:
    """Any text as the answers of a well-formed request."""
    _answered("score", f'{{"on":"{ON}","answers":{data.decode("utf-8", "replace")}}}')


def paste(data: bytes) -> None:
    """Any text as a pasted table of contributions."""
    _answered("paste", json.dumps({"on": ON, "text": data.decode("utf-8", "replace")}))


def roster_open(data: bytes) -> None:
    """Any text as a roster; what it is read as can be scored."""
    request = {"on": ON, "text": data.decode("utf-8", "replace"), "portion": 20}
    opened = json.loads(entry.handle("roster_open", json.dumps(request)))
    for portion in opened.get("ok", {}).get("portions", [])[:1]:
        head = {"on": ON, "years": 1, "columns": opened["ok"]["columns"], "rows": json.loads(portion)}
        _answered("roster_score", json.dumps(head))


def yaml(data: bytes) -> None:
    """Any bytes as a file of the rules."""
    from rules.faults import validate
    from rules.load import read
    from rules.model import Indicator

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "age.yaml"
        path.write_bytes(data)
        document = read(path, "rules/age.yaml")
    _value, faults = validate(document, Indicator)
    for fault in [*document.faults, *faults]:
        assert fault.line >= 1 and fault.column >= 1 and fault.message, fault


def prompt(door: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The door, which may think no longer than PATIENCE."""

    def through(data: bytes) -> None:
        began = time.thread_time()
        door(data)
        taken = time.thread_time() - began
        assert taken < PATIENCE, f"{taken:.1f} s for {len(data)} bytes"

    return through


DOORS = {door.__name__: prompt(door) for door in (score, answers, paste, roster_open, yaml)}


def main(arguments: list[str]) -> None:
    """One door under atheris, which is installed for campaigns only."""
    door = DOORS[arguments[1]]
    import atheris

    load()
    with atheris.instrument_imports(include=["estimator", "rules"]):
        for name in [name for name in sys.modules if name.split(".")[0] in ("estimator", "rules")]:
            with contextlib.suppress(ImportError):
                __import__(name)
    atheris.instrument_all()
    atheris.Setup([arguments[0], *arguments[2:]], door)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
