"""Finds which modules of the library the bridge and the estimator import, by importing them, in Pyodide under Node.

Reads /in, writes /out/names.json, a list of [where from, path], and /out/texts.json, the functions that dataclasses wrote on
the way, as texts. A script of its own, in an interpreter of its own, that imports nothing before it has looked: whatever is
in memory then is there for the estimator's sake.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors
# ruff: noqa: E402, PTH123

import sys

sys.path[:0] = ["/in/standins", "/in/bridge", "/in/estimator"]


def modules_in(folder: str, package: str) -> list[str]:
    """List the names of a folder's modules, packages' first."""
    names = []
    for file in sorted(posix.listdir(folder)):
        if file.endswith(".py"):
            name = package + file.removesuffix(".py")
            names.append(name.removesuffix(".__init__"))
        else:
            names += modules_in(f"{folder}/{file}", f"{package}{file}.")
    return names


def imported_files() -> list[tuple[str, str]]:
    """List (where from, path there) of every module in memory that is the library's or stands in for one of its."""
    found = set()
    for name, module in sys.modules.items():
        origin = getattr(getattr(module, "__spec__", None), "origin", None) or ""
        for source in ("/in/standins", "/lib/python314.zip"):
            if origin.startswith(source + "/") and not _imp.is_frozen(name):
                path = origin[len(source) + 1 :]
                found.add((source, path.removesuffix("c") if path.endswith(".pyc") else path))
    return sorted(found)


import _imp  # built in, as the next: they bring nothing with them
import dataclasses
import posix

texts = []


def noting(text, *names):
    """Note a text, then run it as ever."""
    texts.append(text)
    exec(text, *names)


# A module's own name comes before the built-in one.
dataclasses.exec = noting

with open("/in/extra.txt") as file:
    extra = file.read().split()
for name in ["bridge", *modules_in("/in/estimator", ""), *extra]:
    __import__(name)
names = imported_files()

import json

with open("/out/names.json", "w") as out:
    json.dump(names, out)
with open("/out/texts.json", "w") as out:
    json.dump(sorted(set(texts)), out)
