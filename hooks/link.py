"""The numbers of a link to answers (hooks/link.yaml), checked against the rules' questions. Knows nothing of MkDocs."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from rules.checks import Policy

FILE = Path(__file__).resolve().parent / "link.yaml"
#: The day of the estimate, and the months made up later.
TAKEN = (0, 1)
Numbers = dict[str, dict[str, Any]]


@functools.cache
def read() -> Numbers:
    """Number, type and options of every question that a link may name."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))["questions"]  # type: ignore[no-any-return]


def numbers(policy: Policy) -> Numbers:
    """The numbers as the page needs them. Raises ``ValueError`` naming each question or option that lacks one."""
    faults = wrong(policy, read())
    if faults:
        raise ValueError("\n".join(f"hooks/link.yaml: {fault}" for fault in faults))
    return read()


def wrong(policy: Policy, known: Numbers) -> list[str]:
    """What keeps a link from naming every answer, and only one."""
    faults = twice("number", [*TAKEN, *(entry["number"] for entry in known.values())])
    free = max(entry["number"] for entry in known.values()) + 1
    for key, question in policy.questions.items():
        entry = known.get(key)
        if entry is None:
            faults.append(f"{key}: missing; the next free number is {free}")
            free += 1
            continue
        if entry["type"] != question.type or entry.get("gone"):
            faults.append(
                f"{key}: is a {question.type} in the rules now; a link cannot change a question's type: give the new question another key"
            )
        if question.type == "choice":
            options = entry["options"]
            faults += [
                f"{key}: the option {o.value} is missing; the next free number is {max(options.values()) + 1}"
                for o in question.options
                if o.value not in options
            ]
            faults += [f"{key}: {fault}" for fault in twice("option", options.values())]
    faults += [
        f"{key}: is asked no more; keep its number and add gone: true"
        for key, entry in known.items()
        if key not in policy.questions and not entry.get("gone")
    ]
    return faults


def twice(name: str, values: Iterable[int]) -> list[str]:
    """The numbers that stand more than once."""
    seen = list(values)
    return [f"{name} {value} stands twice" for value in sorted(set(seen)) if seen.count(value) > 1]
