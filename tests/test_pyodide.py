"""The same bytes from CPython and from Pyodide: golden cases, random applicants, broken input, every kind of request."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from estimator import entry
from tests.applicants import applicants
from tests.golden import cases
from tests.kinds import KINDS, SLOW, extras

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = (ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
BROKEN = [
    "", "{", "[]", "7", '"text"', "null", "{}", '{"on":"2026-11-21","answers":[]}', '{"on":"2026-11-21","answers":{"si_months":NaN}}',
    '{"on":"2026-11-21","answers":{"si_months":1e999,"award":1.0,"detention":-0.0}}', '{"on":"2026-11-21","answers":{"\\ud800":"\\udfff"}}',
    '{"on":"2026-11-21","answers":{"award":"none","award":"none"}}', '{"on":"2017-01-01","answers":{}}', "[" * 100_000, "9" * 10_000,
]  # fmt: skip


def requests() -> list[tuple[str, str]]:
    asked = [(case.on, case.answers) for case in cases()]
    strangers = list(applicants(json.loads(BUNDLE), 1000, seed=314))
    out = [("load", BUNDLE), *(("score", payload) for payload in BROKEN)]
    for kind in KINDS:
        for on, answers in asked + strangers if kind == "score" else strangers[: 10 if kind in SLOW else 50]:
            out.append((kind, json.dumps({"on": on, "answers": answers} | extras(kind, on), ensure_ascii=False)))
    return out


@pytest.mark.pyodide
def test_pyodide_gives_the_same_bytes() -> None:
    batch = requests()
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, str(ROOT / "tests" / "pyodide_host.mjs"), str(ROOT)],
        cwd=ROOT,
        input="\n".join(json.dumps(request) for request in batch),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.split("\n")]
    assert len(answers) == len(batch)
    for request, there in zip(batch, answers, strict=True):
        assert there == entry.handle(*request), request
