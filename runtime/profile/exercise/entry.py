"""What Python may be asked to do while an estimate is made, far beyond what the estimator asks today.

Run in the complete runtime with counters in it, this says which of CPython's functions stay in the small runtime. Run in the
small one, it must give the same answers. Every chapter is a function; its answer is a list of whatever it computed, where an
exception counts as an answer, with its message.
"""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import json

# Named here, so that the archive has what the chapters import while they run.
import encodings.ascii, encodings.latin_1, encodings.utf_16, encodings.utf_16_be, encodings.utf_16_le, encodings.utf_32, encodings.utf_32_be, encodings.utf_32_le, encodings.utf_8_sig
import bisect, calendar, collections.abc, contextlib, copy, csv, dataclasses, datetime, enum, fractions, functools, heapq, io, itertools, keyword, locale, math, operator, re, string, string.templatelib, textwrap, time, types, weakref, _strptime
import bridge

from . import containers, exceptions, language, library, numbers, rosters, strings

CHAPTERS = {
    chapter.__name__: chapter
    for module in (numbers, strings, containers, language, exceptions, library, rosters)
    for chapter in module.CHAPTERS
}


def handle(kind: str, payload: str) -> str:
    """Run one chapter and return its answers as JSON; ``chapters`` lists them."""
    if kind == "chapters":
        return json.dumps(list(CHAPTERS))
    answers = CHAPTERS[kind]()
    # Chapters look for modules that do not exist, to see it fail.
    bridge._missing.clear()
    return json.dumps(answers, ensure_ascii=True, default=repr)
