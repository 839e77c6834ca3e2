"""The picture of the house, drawn from the code: which package imports which, and what from outside."""

from __future__ import annotations

import ast
import functools
import sys
from dataclasses import dataclass
from pathlib import Path

from hooks import svg

from .base import Guide
from .pictures import figure

ROOT = Path(__file__).resolve().parent.parent.parent
#: The packages, and what each is for.
PACKAGES = {
    "hooks": ("从规则到网页", "from rules to pages"),
    "rules": ("政策数据，及读取、检查它的代码", "the policy as data, and what reads and checks it"),
    "runtime": ("精简的 Pyodide", "the small Pyodide"),
    "estimator": ("计分；只用标准库", "the scoring; standard library only"),
}


@dataclass(frozen=True)
class Imports:
    """What a package imports: of each other package of ours by which modules, and the packages from outside."""

    ours: dict[str, tuple[str, ...]]
    outside: dict[str, tuple[str, ...]]


@functools.cache
def imports(root: Path = ROOT) -> dict[str, Imports]:
    """The imports of every package, read from its source."""
    found = {}
    for package in PACKAGES:
        ours: dict[str, set[str]] = {}
        outside: dict[str, set[str]] = {}
        for path in sorted((root / package).rglob("*.py")):
            module = path.relative_to(root / package).as_posix()
            for name in _imported(path):
                if name in PACKAGES and name != package:
                    ours.setdefault(name, set()).add(module)
                elif name not in PACKAGES and name not in sys.stdlib_module_names:
                    outside.setdefault(name, set()).add(module)
        found[package] = Imports(
            {k: tuple(sorted(v)) for k, v in sorted(ours.items())},
            {k: tuple(sorted(v)) for k, v in sorted(outside.items())},
        )
    return found


def _imported(path: Path) -> set[str]:
    """The top-level names of a file's absolute imports. What only Pyodide's own Python runs, or only a measurement, is left out."""
    if {"python", "profile"} & set(path.relative_to(ROOT).parts if path.is_relative_to(ROOT) else path.parts):
        return set()
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return names


def levels(found: dict[str, Imports]) -> list[list[str]]:
    """The packages from those that nothing else is built on down to those that import nothing of ours."""
    depth: dict[str, int] = {}

    def deep(name: str) -> int:
        if name not in depth:
            depth[name] = -1  # a circle would come back here
            depth[name] = 1 + max((deep(other) for other in found[name].ours), default=-1)
        return depth[name]

    for name in found:
        deep(name)
    return [[name for name in found if depth[name] == level] for level in range(max(depth.values()), -1, -1)]


def picture(guide: Guide) -> str:
    """Packages as boxes, imports as arrows; the same as a list."""
    found = imports()
    title = guide.t("各部分的依赖", "What depends on what")
    lines = in_words(guide, found)
    description = guide.t("；", "; ").join(lines)
    return figure(guide, _wide(guide, found, title, description), _narrow(guide, found, title, description), lines)


def in_words(guide: Guide, found: dict[str, Imports]) -> list[str]:
    """One line for each package."""
    t = guide.t
    joint = t("、", ", ")
    out = []
    for name, what in found.items():
        uses = joint.join(f"{other}{_only(guide, modules)}" for other, modules in what.ours.items())
        outside = joint.join(f"{other}{_only(guide, modules)}" for other, modules in what.outside.items())
        line = f"{name}（{PACKAGES[name][0]}）" if guide.lang == "zh" else f"{name}, {PACKAGES[name][1]}"
        line += t("：引用 ", ": imports ") + (uses or t("无", "nothing of ours"))
        out.append(line + (t("；外部 ", "; from outside ") + outside if outside else ""))
    return out


def _only(guide: Guide, modules: tuple[str, ...]) -> str:
    """The module, where it is the only one that imports."""
    if len(modules) != 1:
        return ""
    return guide.t(f"（仅 {modules[0]}）", f" ({modules[0]} only)")


def _wide(guide: Guide, found: dict[str, Imports], title: str, description: str) -> str:
    """Each level below the other; what goes past a level goes down at the sides."""
    total, gap, high, between = 720.0, 80.0, 92.0, 64.0
    floors = levels(found)
    places: dict[str, tuple[float, float, float]] = {}
    for floor, names in enumerate(floors):
        wide = total if floor == 0 else (total - gap) / 2 if len(names) > 1 else 280.0
        left = (total - wide * len(names) - gap * (len(names) - 1)) / 2
        places |= {
            name: (left + index * (wide + gap), 4 + floor * (high + between), wide) for index, name in enumerate(names)
        }
    parts = []
    for name, what in found.items():
        x, top, wide = places[name]
        outside = ", ".join(what.outside)
        parts += [
            svg.box(x, top, wide, high, "pic-box"),
            svg.words(name, x + 14, top + 26, 16, "pic-strong")[0],
            svg.words(guide.t(*PACKAGES[name]), x + 14, top + 46, 12.5, "pic-soft", room=wide - 24)[0],
            svg.words(outside, x + 14, top + 82, 11.5, "pic-note", room=wide - 24)[0] if outside else "",
        ]
    for name, what in found.items():
        x, top, wide = places[name]
        for other, modules in what.ours.items():
            x2, top2, wide2 = places[other]
            past = top2 - top > high + between
            right = x2 + wide2 / 2 > total / 2
            end = x2 + wide2 * (0.5 if wide2 < total / 2 - gap / 2 else (0.75 if past == right else 0.25))
            begin = end if past or wide == total else x + wide / 2
            parts.append(svg.line([(begin, top + high), (end, top2 - 2)], arrow=True))
            if len(modules) == 1:
                parts.append(
                    svg.words(
                        modules[0],
                        begin + 8 if begin == end else (begin + end) / 2 + 14,
                        top + high + 22,
                        11.5,
                        "pic-soft",
                    )[0]
                )
    return svg.drawing(
        "architecture", "wide", total, len(floors) * (high + between) - between + 8, title, description, parts
    )


def _narrow(guide: Guide, found: dict[str, Imports], title: str, description: str) -> str:
    total, y = 350.0, 2.0
    parts = []
    for name in (name for names in levels(found) for name in names):
        what = found[name]
        head, high = svg.words(name, 14, y + 24, 16.5, "pic-strong", room=total - 26)
        below, more = svg.words(guide.t(*PACKAGES[name]), 14, y + 24 + high, 13.5, "pic-soft", room=total - 26)
        uses = ", ".join(what.ours)
        arrows, last = (
            svg.words(f"→ {uses}", 14, y + 24 + high + more, 13.5, "pic-note", room=total - 26) if uses else ("", 0)
        )
        tall = high + more + last + 18
        parts += [svg.box(1, y, total - 2, tall, "pic-box"), head, below, arrows]
        y += tall + 12
    return svg.drawing("architecture", "narrow", total, y, title, description, parts)
