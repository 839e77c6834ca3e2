"""How long one request takes in CPython and in Pyodide, the same requests in both, in one run."""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

from estimator import entry
from tests.applicants import applicants

from .table import show, spread

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "estimator" / "data" / "rulebook.json"
#: Enough applicants for a stable median on a noisy machine.
COUNT = 300
KINDS: dict[str, dict[str, Any]] = {
    "estimate": {},
    "score": {},
    "explain": {},
    "project": {"years": 10},
    "paths": {"assume": "nothing"},
}


def requests() -> list[tuple[str, str]]:
    """Kinds and payloads: each random applicant with each kind; paths, which take long, with a tenth of them.

    ``estimate`` is one scoring; ``score`` is what the page asks at every answer, with the worth of each open question.
    """
    book = json.loads(BOOK.read_text(encoding="utf-8"))
    out = []
    for index, (on, answers) in enumerate(applicants(book, COUNT, seed=11)):
        for kind, extra in KINDS.items():
            if kind != "paths" or index % 10 == 0:
                out.append((kind, json.dumps({"on": on, "answers": answers, **extra}, ensure_ascii=False)))
    return out


def in_cpython(asked: list[tuple[str, str]]) -> list[float]:
    """Milliseconds for each request."""
    entry.handle("load", BOOK.read_text(encoding="utf-8"))
    taken = []
    for kind, payload in asked:
        begun = time.perf_counter()
        entry.handle(kind, payload)
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def in_pyodide(asked: list[tuple[str, str]]) -> list[float]:
    """Milliseconds for each request in the complete Pyodide under Node."""
    done = subprocess.run(
        ["node", str(ROOT / "bench" / "scoring.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    times: list[float] = json.loads(done.stdout)
    return times


def run() -> None:
    """Print the medians by kind, and Pyodide's as a multiple of CPython's."""
    asked = requests()
    here, there = in_cpython(asked), in_pyodide(asked)
    rows = []
    for kind in KINDS:
        one = [ms for (name, _payload), ms in zip(asked, here, strict=True) if name == kind]
        other = [ms for (name, _payload), ms in zip(asked, there, strict=True) if name == kind]
        rows.append(
            [
                kind,
                spread(one),
                spread(other),
                f"{statistics.median(other) / statistics.median(one):.1f}",
                f"{1000 / statistics.median(other):.0f}",
            ]
        )
    show(["request", "CPython, ms", "Pyodide, ms", "ratio", "a second, Pyodide"], rows)
