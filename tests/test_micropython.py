"""The benchmark's lower bound counts as we do: the estimator, rewritten for MicroPython, gives the same bytes as in CPython."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from bench import micropython, served
from estimator import entry
from tests.golden import cases
from tests.kinds import extras

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = (ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
#: Text of which every quotation mark and backslash must be read right, and a key that stands twice.
HARD = r"""{"on" : "2026-11-21",
"answers": {"a\"b": "\\", "c\\": "d\":\"", "": "\u2028\u0007<中>", "award": "x", "award": [{"a": 1}], "si_months": 1.0, "zz": true}}"""


def requests() -> list[tuple[str, str]]:
    out = [("load", BUNDLE), ("score", json.dumps(served.ANSWERS)), ("score", HARD)]
    for index, case in enumerate(cases()):
        # What is not measured is asked of every twentieth, so that the other kinds that work go on working.
        for kind in ("score", "estimate", "project", "explain", "deadline", "case")[: 1 if index % 20 else 6]:
            asked = {"on": case.on, "answers": case.answers} | extras(kind, case.on)
            out.append((kind, json.dumps(asked, ensure_ascii=False)))
    return out


@pytest.mark.pyodide
def test_micropython_gives_the_same_bytes(tmp_path: Path) -> None:
    batch = requests()
    file = tmp_path / "sources.json"
    file.write_text(json.dumps(micropython.sources()), encoding="utf-8")
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, str(ROOT / "tests" / "micropython_host.mjs"), str(file)],
        cwd=ROOT,
        input="\n".join(json.dumps(request) for request in batch),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.split("\n")]
    assert len(answers) == len(batch) > 200
    for request, there in zip(batch, answers, strict=True):
        assert there == entry.handle(*request), request
