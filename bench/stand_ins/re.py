"""For MicroPython: its own ``re``, and sets of characters beyond ASCII, which that one does not know.

Patterns are compiled when they are used: it refuses those of rosters and pasted tables. A string of several thousand characters
ends it, for it calls itself at every character.
"""

import re

IGNORECASE = 2


class _Pattern:
    def __init__(self, text, flags):
        self._text, self._flags = text, flags

    def sub(self, new, text):
        """As in CPython."""
        if self._text[0] == "[" and self._text.find("]") == len(self._text) - 1:
            spans = _spans(self._text[1:-1])
            return "".join([new((one,)) if any(a <= one <= z for a, z in spans) else one for one in text])
        return self._own().sub(new, text)

    def _own(self):
        if self._flags:
            raise NotImplementedError("flags")
        return re.compile(self._text)


def _spans(text):
    """The first and last characters of a set's ranges."""
    out = []
    while text:
        last = text[2] if text[1:2] == "-" else text[0]
        out.append((text[0], last))
        text = text[3 if text[1:2] == "-" else 1 :]
    return out


def compile(text, flags=0):
    """As in CPython, later."""
    return _Pattern(text, flags)
