"""Stands in for re: the patterns that the library and the estimator name are compiled when the archive is built.

Compiling patterns takes a parser, a compiler and enum, and a quarter of the start. ``_patterns`` holds what re's own compiler
made of each pattern in the sources (see ``../patterns.py``); matching is done by the same C code as ever. A pattern made up
at run time, and any name that is not here, are looked up as a module that does not exist, so that the request runs again in
the complete runtime.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors
# ruff: noqa: E741

import _sre

from _patterns import PATTERNS

A = ASCII = 256
I = IGNORECASE = 2
M = MULTILINE = 8
S = DOTALL = 16
U = UNICODE = 32
X = VERBOSE = 64
NOFLAG = 0

_compiled = {}


def compile(pattern, flags=0):
    """Return the pattern object of a pattern that was known when the archive was built."""
    if isinstance(pattern, Pattern):
        return pattern
    key = type(pattern), pattern, flags
    found = _compiled.get(key)
    if found is None:
        known = PATTERNS.get(key[1:]) if isinstance(pattern, (str, bytes)) else None
        if known is None:
            return __getattr__("compile")
        found = _compiled[key] = _sre.compile(pattern, *known)
    return found


def search(pattern, string, flags=0):
    """As re.search."""
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    """As re.match."""
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """As re.fullmatch."""
    return compile(pattern, flags).fullmatch(string)


def split(pattern, string, maxsplit=0, flags=0):
    """As re.split."""
    return compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """As re.findall."""
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """As re.finditer."""
    return compile(pattern, flags).finditer(string)


def sub(pattern, repl, string, count=0, flags=0):
    """As re.sub."""
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """As re.subn."""
    return compile(pattern, flags).subn(repl, string, count)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return __import__(f"re {name}")


_key, _known = next(iter(PATTERNS.items()))
_compiled[type(_key[0]), *_key] = _first = _sre.compile(_key[0], *_known)
Pattern = type(_first)
Match = type(_sre.compile("", 32, [1], 0, {}, (None,)).match(""))
