"""How a build grows: seconds and memory with once, four times and sixteen times the rules' indicators and the guide's pages.

The indicators of a copy of the checkout are copied under other names, and so are the pages. Only indicators that anything may be
copied of are: those that hang together with others (the better of a group) stay one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.rehearsals import checkout

from .table import show

SIZES = (1, 4, 16)
#: Copied together, these are about as many as all indicators are.
FOLDERS = ("bonus", "deduction")
#: Pages that are not the guide's, or stand once by their nature.
ONCE = ("index.md", "estimator.md", "roster.md", "second-opinion.md", "print.md")


def multiply(folder: Path, before: int, size: int) -> None:
    """Bring a copy of the checkout from ``before`` times its size to ``size`` times."""
    for kind in FOLDERS:
        for path in sorted((folder / "rules" / "indicators" / kind).glob("*.yaml")):
            if "_copy" in path.stem:
                continue
            text = path.read_text(encoding="utf-8")
            for number in range(before, size):
                copy = re.sub(r"^id: (\S+)$", rf"id: \1_copy{number}", text, flags=re.M)
                copy = re.sub(
                    r"^order: (\d+)$", lambda match, n=number: f"order: {int(match[1]) + 1000 * n}", copy, flags=re.M
                )
                path.with_name(f"{path.stem}_copy{number}.yaml").write_text(copy, encoding="utf-8")
    for lang in ("zh", "en"):
        for path in sorted((folder / "docs" / lang).glob("*.md")):
            if path.name not in ONCE and "-copy" not in path.stem:
                for number in range(before, size):
                    path.with_name(f"{path.stem}-copy{number}.md").write_text(
                        path.read_text(encoding="utf-8"), encoding="utf-8"
                    )


def build(folder: Path) -> tuple[float, float, int]:
    """Seconds, megabytes at the most, and pages of one build from clean."""
    command = [sys.executable, "-m", "mkdocs", "build", "--clean", "--quiet", "--no-strict"]
    begun = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.PIPE
    ) as process:
        said = process.stderr.read().decode() if process.stderr else ""
        _number, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise SystemExit(f"growth: the build failed:\n{said[-2000:]}")
    return seconds, usage.ru_maxrss / 1024, sum(1 for _page in (folder / "site").rglob("index.html"))


def run(sizes: tuple[int, ...] = SIZES) -> None:
    """Print each size with its ratio to the first, all in all and for each page."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = checkout(Path(name) / "checkout")
        build(folder)  # what is slow and kept, the runtime, is made now
        before = 1
        for size in sizes:
            multiply(folder, before, size)
            before = size
            rows.append((size, len(list((folder / "rules" / "indicators").rglob("*.yaml"))), *build(folder)))
    first = rows[0]
    show(
        ["size", "indicators", "pages", "seconds", "ratio", "ms a page", "MB", "ratio"],
        [
            [
                f"{size} ×",
                str(indicators),
                str(pages),
                f"{seconds:.1f}",
                f"{seconds / first[2]:.2f}",
                f"{seconds / pages * 1000:.0f}",
                f"{memory:.0f}",
                f"{memory / first[3]:.2f}",
            ]
            for size, indicators, seconds, memory, pages in rows
        ],
    )
