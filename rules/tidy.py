"""One form for every rule file, comments kept: indentation, spaces, line ends. Words, quotes and line breaks stay the author's."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    # Where a sentence is broken is the author's business.
    yaml.width = sys.maxsize
    yaml.indent(sequence=4, offset=2)
    return yaml


def tidied(text: str) -> str:
    """The YAML text in the one form. Text that is no YAML comes back as it is: ``rules check`` says what is wrong with it."""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    out = io.StringIO()
    try:
        yaml = _yaml()
        yaml.dump(yaml.load(lines), out)
    except YAMLError:
        return text
    return out.getvalue().rstrip() + "\n"


def dumps(value: Any) -> str:
    """Plain data as YAML in the same form."""
    out = io.StringIO()
    _yaml().dump(value, out)
    # A day is text in every rule file, and needs no quotes there.
    return re.sub(r"(?m): '(\d{4}-\d{2}-\d{2})'$", r": \1", out.getvalue())


def untidy(root: Path) -> dict[Path, str]:
    """The rule files below ``root`` that are not in the one form, and what they would be in it."""
    found = {}
    for path in sorted(root.rglob("*.yaml")):
        text = path.read_bytes().decode("utf-8", errors="replace")
        if "\ufffd" not in text and (new := tidied(text)) != text:
            found[path] = new
    return found
