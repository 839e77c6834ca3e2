"""For MicroPython: its own ``json``, but objects keep the order of their keys.

It differs in what no page sends: of text that is no JSON it does not know where the mistake stands (line 1, column 1 is said),
and takes some for JSON, with commas missing or too many; ``NaN`` is refused as no JSON, a number too large for it is written
``inf`` and not ``Infinity``, and one of thousands of digits is read.
"""

import json
from collections import OrderedDict

#: The numbers of keys begin here: all have as many digits.
_FIRST = 1_000_000


class JSONDecodeError(ValueError):
    """The text is no JSON."""

    lineno = colno = 1


def loads(text, object_pairs_hook=OrderedDict):
    """As in CPython."""
    try:
        return _ordered(json.loads(_numbered(text)), object_pairs_hook)
    except ValueError:
        raise JSONDecodeError from None


def _numbered(text):
    """The text with a number before each key: so none is lost that stands twice, and they can be sorted."""
    # Quotation marks that end nothing are put aside, and what could be taken for one before them.
    parts = text.replace("\\\\", "\x01").replace('\\"', "\x02").split('"')
    for index in range(2, len(parts), 2):
        if parts[index].lstrip().startswith(":"):
            parts[index - 1] = str(_FIRST + index) + parts[index - 1]
    return '"'.join(parts).replace("\x02", '\\"').replace("\x01", "\\\\")


def _ordered(value, hook):
    if isinstance(value, dict):
        return hook([(key[7:], _ordered(value[key], hook)) for key in sorted(value)])
    return [_ordered(item, hook) for item in value] if isinstance(value, list) else value


def dumps(value, ensure_ascii=False, separators=(", ", ": ")):
    """As in CPython, with every character as it is."""
    return json.dumps(value, separators=separators)
