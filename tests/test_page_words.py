"""The page says reasons and faults as the command line does: docs/assets/estimator/words.mjs against estimator/words.py."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from estimator import entry
from estimator.answers import Fault
from estimator.words import say_fault, say_reason
from rules.bundle import rulebook, words
from rules.checks import read_policy
from tests.golden import cases

ROOT = Path(__file__).resolve().parent.parent
POLICY = read_policy(ROOT / "rules")
#: What the page says of a fault otherwise: it stands beside its field, so it names no key, and options by their labels.
UNLIKE = {"not_an_option", "unknown_key"}


def said() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Every different reason and fault that the golden applicants bring out."""
    entry.handle("load", json.dumps(rulebook(POLICY)))
    reasons: dict[str, dict[str, Any]] = {}
    faults: dict[str, dict[str, Any]] = {}
    for case in cases():
        answer = json.loads(entry.handle("score", json.dumps({"on": case.on, "answers": case.answers})))
        for item in answer.get("ok", {"items": []})["items"]:
            for step in item["reasons"]:
                reasons[json.dumps(step)] = step
        for fault in answer.get("refused", []):
            faults[json.dumps(fault)] = fault
    return list(reasons.values()), list(faults.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_says_what_the_command_line_says(lang: str) -> None:
    phrases = json.loads(json.dumps(words(POLICY, lang)))
    reasons, faults = said()
    assert len({step["code"] for step in reasons}) > 15 and len({fault["code"] for fault in faults}) > 8
    node = shutil.which("node")
    assert node
    given = {"words": phrases, "reasons": reasons, "faults": faults}
    done = subprocess.run([node, "tests/js/say.mjs"], cwd=ROOT, input=json.dumps(given), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = json.loads(done.stdout)
    assert page["reasons"] == [say_reason(phrases, step) for step in reasons]
    for sentence, fault in zip(page["faults"], faults, strict=True):
        assert not re.search(r"\{\w+\}", sentence), (sentence, fault)
        if fault["code"] not in UNLIKE:
            whole = say_fault(phrases, Fault(**fault))
            assert whole.removeprefix(f"{fault['key']}：").removeprefix(f"{fault['key']}: ").lower() == sentence.lower()
