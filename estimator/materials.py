"""What to bring: only what the points that are needed ask for, and which points are at risk while evidence is not at hand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from .answers import Answers
from .methods import BaseTiers, Enterprise
from .model import Material, Rulebook
from .score import Estimate, Item, item_of, method_of, score, total


def materials(book: Rulebook, answers: Answers, at_hand: frozenset[str]) -> dict[str, Any]:
    """The materials that the answers ask for.

    ``needed``: a smallest set of indicators that reaches the standard by what is certain (all that count, where none does);
    ``basic``: materials for every application; ``for``: by indicator, its materials, the points they carry, and whether it
    is needed; ``at_risk``: the points that hang on materials not in ``at_hand``; ``safe``: the total without them.
    """
    estimate = score(book, answers)
    counted = [item for item in estimate.items if item.low > 0 and item.kind in ("base", "bonus")]
    needed = _needed(book, answers, counted, estimate)
    basic = [m.id for m in book.materials if not m.claims]
    out: dict[str, Any] = {"basic": basic, "needed": [item.id for item in needed], "for": []}
    lost = set()
    # The lesser of a group steps in where the better one falls, and then needs its evidence too.
    for item in (item for item in estimate.items if item.own[0] > 0):
        wanted = [m.id for m in book.materials if _claimed(book, m, item.id, answers)]
        missing = [name for name in wanted if name not in at_hand]
        if missing:
            lost.add(item.id)
        if item in counted:
            out["for"].append(
                {"id": item.id, "points": item.low, "needed": item in needed, "materials": wanted, "missing": missing}
            )
    without = {i.id: (0, 0) if i.id in lost else item_of(book, i, answers).own for i in book.indicators}
    out["at_risk"] = estimate.low - total(book, without)[0]
    out["safe"] = total(book, without)[0]
    out["standard"] = estimate.standard
    return out


def _claimed(book: Rulebook, material: Material, indicator: str, answers: Answers) -> bool:
    """Whether the indicator's claim needs the material; where an answer that decides it is open, it is listed."""
    method = method_of(next(i for i in book.indicators if i.id == indicator), answers.on.isoformat())
    option = answers.get(getattr(method, "answer", None) or "")
    for claim in material.claims:
        if claim.indicator != indicator:
            continue
        if (
            claim.options
            and option is not None
            and not isinstance(method, BaseTiers | Enterprise)
            and option not in claim.options
        ):
            continue
        if all(test.of(answers) is not False for test in claim.when):
            return True
    return False


def _needed(book: Rulebook, answers: Answers, counted: list[Item], estimate: Estimate) -> list[Item]:
    """The counted indicators that a smallest pile of paper needs to reach the standard; all of them where they do not."""
    deductions = sum(item.low for item in estimate.items if item.kind == "deduction")
    weight = {item.id: sum(1 for m in book.materials if _claimed(book, m, item.id, answers)) for item in counted}
    best: tuple[int, int, int] | None = None
    chosen = list(counted)
    for subset in _subsets(counted):
        points = sum(item.low for item in subset) + deductions
        rank = (sum(weight[item.id] for item in subset), len(subset), -points)
        if points >= estimate.standard and (best is None or rank < best):
            best, chosen = rank, list(subset)
    return chosen


def _subsets(items: list[Item]) -> Iterable[tuple[Item, ...]]:
    for size in range(len(items) + 1):
        yield from combinations(items, size)
