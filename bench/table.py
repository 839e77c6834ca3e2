"""Medians with their spread, as a plain table."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def spread(samples: Sequence[float]) -> str:
    """The median, and the middle half of the samples in brackets."""
    if len(samples) < 4:
        return f"{statistics.median(samples):.3g} [{min(samples):.3g}–{max(samples):.3g}]"
    low, middle, high = statistics.quantiles(samples, n=4)
    return f"{middle:.3g} [{low:.3g}–{high:.3g}]"


def show(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads, columns aligned."""
    widths = [max(len(str(row[index])) for row in (head, *rows)) for index in range(len(head))]
    for row in (head, ["-" * width for width in widths], *rows):
        print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
