"""Compiles every pattern that the library and the estimator use, in Pyodide under Node: /in/... to /out/_patterns.py.

Patterns are found in two ways: those compiled while the modules are imported, and those written as constants in the
estimator's calls of re. One that is neither is not known to the small runtime, which says so when it comes to it.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors
# ruff: noqa: PTH123

import ast
import os
import re
import sys

FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
# Where each function takes its flags.
FLAGS_AT = {
    "compile": 1,
    "search": 2,
    "match": 2,
    "fullmatch": 2,
    "split": 3,
    "findall": 2,
    "finditer": 2,
    "sub": 4,
    "subn": 4,
}

wanted: set[tuple[str | bytes, int]] = set()


class Recorder:
    """Stands before _sre and notes what re's compiler hands to it."""

    last: tuple[object, ...] = ()

    def __init__(self, real):
        self.real = real

    def __getattr__(self, name):
        return getattr(self.real, name)

    def compile(self, pattern, *parts):
        self.last = parts
        return self.real.compile(pattern, *parts)


original = re._compile


def noting(pattern, flags):
    """Note a pattern, then compile it as ever."""
    if isinstance(pattern, (str, bytes)):
        wanted.add((pattern, int(flags)))
    return original(pattern, flags)


def constants(source: str) -> None:
    """Note the patterns that a module's calls of re name as constants."""
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            continue
        if node.func.value.id != "re" or node.func.attr not in FUNCTIONS:
            continue
        flags = next((keyword.value for keyword in node.keywords if keyword.arg == "flags"), None)
        at = FLAGS_AT[node.func.attr]
        if flags is None and len(node.args) > at:
            flags = node.args[at]
        try:
            pattern = ast.literal_eval(node.args[0])
            value = eval(compile(ast.Expression(flags), "", "eval"), {"re": re}) if flags is not None else 0
        except (ValueError, NameError):
            continue  # not a constant
        wanted.add((pattern, int(value)))


re._compile = noting
sys.path[:0] = ["/in/bridge", "/in/estimator"]
for name in ("dataclasses", "bridge"):
    __import__(name)
for folder, _, files in os.walk("/in/estimator"):
    for name in sorted(files):
        path = f"{folder}/{name}"
        with open(path, encoding="utf-8") as file:
            constants(file.read())
        __import__(path.removeprefix("/in/estimator/").removesuffix(".py").removesuffix("/__init__").replace("/", "."))

re._compiler._sre = recorder = Recorder(re._compiler._sre)
entries = []
for pattern, flags in sorted(wanted, key=ascii):
    re._compiler.compile(pattern, flags)
    all_flags, code, groups, names, order = recorder.last
    # The numbers of the code print as words unless they are told to be plain.
    known = int(all_flags), [int(number) for number in code], groups, names, order
    entries.append(f"    {(pattern, flags)!a}: {known!a},\n")
with open("/out/_patterns.py", "w", encoding="ascii") as out:
    out.write(
        '"""Patterns as re\'s own compiler leaves them, by pattern and flags."""\n\nPATTERNS = {\n'
        + "".join(entries)
        + "}\n"
    )
