"""The job files: they can be read, ask for little, and use nothing that would have to be pinned."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = {
    "due.yml": {"contents": "read", "issues": "write"},
    "pages.yml": {"contents": "write"},
}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_asks_for_little_and_its_steps_are_shell(name: str) -> None:
    job: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    assert job["permissions"] == WORKFLOWS[name]
    for work in job["jobs"].values():
        assert work["timeout-minutes"] <= 60
        for step in work["steps"]:
            assert "uses" not in step
            done = subprocess.run(
                [shutil.which("bash") or "bash", "-n"], input=step["run"], text=True, capture_output=True
            )
            assert done.returncode == 0, done.stderr


def test_issue_forms_can_be_read_and_speak_both_languages() -> None:
    forms = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
    assert [path.stem for path in forms] == ["new-notice", "official-score", "wrong-figure"]
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        labels = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
        assert all(" · " in text for text in (form["name"], form["description"], *labels))
