"""JSON text in, JSON text out: the only door for JavaScript.

``handle(kind, payload)`` answers ``{"ok": …}`` or ``{"refused": [faults]}``. A fault of the program itself is not caught
here: the worker reports it and starts afresh.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from .answers import Answers, Fault, Refused, collecting, decode, read_answers, show
from .calendar import parse_day
from .insight import answered, questions
from .model import Rulebook
from .score import Estimate, score

_book: Rulebook | None = None


def handle(kind: str, payload: str) -> str:
    """Carry out one request.

    ``load`` takes the bundle and must come first; every other kind takes ``{"on": day, "answers": {…}}`` and what the kind
    adds to it. Raises ``KeyError`` for an unknown kind and ``RuntimeError`` before ``load``.
    """
    action = _ACTIONS[kind]
    try:
        return json.dumps({"ok": action(payload)}, ensure_ascii=False, separators=(",", ":"))
    except Refused as refused:
        return json.dumps({"refused": [fault.as_json() for fault in refused.faults]}, ensure_ascii=False, separators=(",", ":"))


def _load(payload: str) -> dict[str, Any]:
    global _book
    _book = Rulebook.from_bundle(json.loads(payload))
    return {"name": _book.name, "hash": _book.hash}


def _rulebook() -> Rulebook:
    if _book is None:
        raise RuntimeError("no rules are loaded")
    return _book


def read_day(text: object) -> date:
    """The day of the estimate. Raises ``Refused`` where the text names none."""
    on = parse_day(text)
    if on is None:
        raise Refused([Fault("not_a_date", "on", show(text), {"earliest": "", "latest": ""})])
    return on


def _score(payload: str) -> dict[str, Any]:
    book, answers, _request_ = _asked(payload)
    worth, order = questions(book, answers)
    return {**detailed(score(book, answers)), "answered": answered(book, answers), "next": order,
            "questions": {key: {"asked": w.asked, "matters": w.matters, "worth": w.points} for key, w in worth.items()}}


def _asked(payload: str) -> tuple[Rulebook, Answers, dict[str, Any]]:
    """The rulebook, the checked answers and the whole request. Raises ``Refused`` with every fault."""
    book = _rulebook()
    faults: list[Fault] = []
    request = decode(payload, faults)
    if not isinstance(request, dict):
        raise Refused([*faults, Fault("not_an_object", "", show(request))])
    with collecting(faults):
        on = read_day(request.get("on"))
        with collecting(faults):
            book.in_force(on)
        answers = read_answers(book, request.get("answers", {}), on)
    if faults:
        raise Refused(faults)
    return book, answers, request


def detailed(estimate: Estimate) -> dict[str, Any]:
    """The estimate with what the page shows besides: each item's own range and open answers, and the conditions of applying."""
    out = estimate.as_json()
    for item, shown in zip(estimate.items, out["items"], strict=True):
        shown["own"] = list(item.own)
        shown["missing"] = list(item.missing)
    out["checks"] = [{"id": check.id, "holds": check.holds, "sources": list(check.sources)} for check in estimate.checks]
    return out


_ACTIONS: dict[str, Callable[[str], Any]] = {"load": _load, "score": _score}
