"""The numbers of a link to answers (links.yaml), held against the questions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .checks import Policy

#: The day of the estimate, and the months made up later.
TAKEN = (0, 1)
Numbers = dict[str, dict[str, Any]]


def numbers(policy: Policy) -> Numbers:
    """Number, type and options of every question that a link may name."""
    entries = policy.files["links.yaml"].questions
    return {key: entry.model_dump(exclude_defaults=True) for key, entry in entries.items()}


def next_number(policy: Policy) -> int:
    """The number that the next new question takes."""
    return max([*TAKEN, *(int(entry["number"]) for entry in numbers(policy).values())]) + 1


def wrong(policy: Policy, known: Numbers) -> list[tuple[str, str]]:
    """What keeps a link from naming every answer, and only one: the question (empty: none in particular) and the fault."""
    faults = [("", fault) for fault in twice("number", [*TAKEN, *(entry["number"] for entry in known.values())])]
    free = max([*TAKEN, *(entry["number"] for entry in known.values())]) + 1
    for key, question in policy.questions.items():
        entry = known.get(key)
        if entry is None:
            faults.append(
                (key, f"{key}: missing; add {key}: {{number: {free}, type: {question.type}{_options(question)}}}")
            )
            free += 1
            continue
        if entry["type"] != question.type or entry.get("gone"):
            faults.append(
                (
                    key,
                    f"{key}: is of type {question.type} in the rules now; a link cannot change a question's type: give the new question another key",
                )
            )
        elif question.type == "choice":
            options = entry.get("options") or {}
            following = max(options.values(), default=-1) + 1
            faults += [
                (key, f"{key}: the option {o.value} is missing; the next free number is {following}")
                for o in question.options
                if o.value not in options
            ]
            faults += [(key, f"{key}: {fault}") for fault in twice("option", options.values())]
    faults += [
        (key, f"{key}: is asked no more; keep its number and add gone: true")
        for key, entry in known.items()
        if key not in policy.questions and not entry.get("gone")
    ]
    return faults


def _options(question: Any) -> str:
    """The options of a new question as they would be written."""
    if question.type != "choice":
        return ""
    quoted = (f'"{o.value}"' if o.value[0].isdigit() else o.value for o in question.options)
    return f", options: {{{', '.join(f'{name}: {number}' for number, name in enumerate(quoted))}}}"


def twice(name: str, values: Iterable[int]) -> list[str]:
    """The numbers that stand more than once."""
    seen = list(values)
    return [f"{name} {value} stands twice" for value in sorted(set(seen)) if seen.count(value) > 1]
