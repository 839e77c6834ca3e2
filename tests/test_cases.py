"""The golden applicants through the only door that the page has."""

import json
from pathlib import Path
from typing import Any

import pytest

from estimator import entry
from tests.golden import Case, cases

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    entry.handle("load", (ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))


def ask(case: Case) -> Any:
    return json.loads(entry.handle("score", json.dumps({"on": case.on, "answers": case.answers})))


@pytest.mark.parametrize("case", [case for case in cases() if case.refused is None], ids=lambda case: case.name)
def test_scored(case: Case) -> None:
    assert case.differences(ask(case)["ok"]) == {}


@pytest.mark.parametrize("case", [case for case in cases() if case.refused is not None], ids=lambda case: case.name)
def test_refused(case: Case) -> None:
    assert [(fault["key"], fault["code"]) for fault in ask(case)["refused"]] == case.refused
