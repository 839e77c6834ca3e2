"""Say reasons and faults in words for the command line. The words come from the bundle; nothing is said here by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .answers import Fault
from .methods import Reason
from .roster import Aliases, fold

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
#: What separates the parts of a label that can stand alone.
_PARTS = re.compile("[（）()／、]")


def fill(template: str, values: Mapping[str, Any]) -> str:
    """The template with ``{name}`` replaced; a name without a value stays as it is."""
    return _PLACEHOLDER.sub(lambda match: _show(values.get(match[1], match[0])), template)


def _show(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace("-", "−")
    return str(value)


def join(parts: Iterable[str], lang: str) -> str:
    """Parts as a list in a sentence."""
    return ("、" if lang == "zh" else ", ").join(parts)


def say_reason(words: Mapping[str, Any], step: Reason) -> str:
    """A reason as a sentence."""
    values = dict(step)
    lang = words["lang"]
    if "answers" in values:
        values["answers"] = join((words["questions"][key]["label"] for key in values["answers"]), lang)
    if "tenths" in values:
        values["multiple"] = f"{values['tenths'] / 10:g}"
    if step["code"] == "option":
        values["value"] = words["questions"][step["answer"]]["options"][step["value"]]
    if step["code"] == "condition_failed":
        place = words["indicators"] if step["owner"] in words["indicators"] else words["education"]
        values["condition"] = place[step["owner"]]["conditions"][step["condition"]]["refused"]
    if "other" in values:
        values["other"] = words["indicators"][values["other"]]["name"]
    if "others" in values:
        values["others"] = join((words["indicators"][name]["name"] for name in values["others"]), lang)
    if "type" in values:
        values["outcome"] = words["outcomes"][words["education"][step["type"]]["outcome"]]
        values["type"] = words["education"][step["type"]]["name"]
    return fill(words["reasons"][step["code"]], values)


def aliases(*languages: Mapping[str, Any]) -> Aliases:
    """The labels of questions and options in these languages' words, as other names for a roster's columns and cells.

    Of 自学考试（自考） either part alone is a name too, unless it fits another option as well.
    """
    columns: dict[str, str] = {}
    options: dict[str, dict[str, str]] = {}
    for words in languages:
        for key, question in words["questions"].items():
            columns[fold(question["label"])] = key
            for value, label in question["options"].items():
                options.setdefault(key, {})[fold(label)] = value
    for words in languages:
        for key, question in words["questions"].items():
            whole = dict(options.get(key, {}))
            parts: dict[str, set[str]] = {}
            for value, label in question["options"].items():
                for part in _PARTS.split(label):
                    parts.setdefault(fold(part), set()).add(value)
            options.get(key, {}).update(
                {
                    part: values.pop()
                    for part, values in parts.items()
                    if part and part not in whole and len(values) == 1
                }
            )
    return Aliases(columns, options)


def say_fault(words: Mapping[str, Any], fault: Fault) -> str:
    """A fault as a sentence that names the key, the value and what is allowed."""
    lang = words["lang"]
    values: dict[str, Any] = {"key": fault.key, "value": fault.value, **fault.allowed}
    if "options" in values:
        values["options"] = join(values["options"], lang)
    if "near" in values:
        values["near"] = (
            (f"，您是不是要写 {values['near']}" if lang == "zh" else f"; did you mean {values['near']}")
            if values["near"]
            else ""
        )
    return fill(words["faults"][fault.code], values)
