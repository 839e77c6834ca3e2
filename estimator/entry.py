"""JSON text in, JSON text out: the only door for JavaScript.

``handle(kind, payload)`` answers ``{"ok": …}`` or ``{"refused": [faults]}``. A fault of the program itself is not caught
here: the worker reports it and starts afresh.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, TypeGuard

from .answers import Answers, Fault, Refused, collecting, decode, read_answers, show
from .calendar import month_of, months_later, parse_day, parse_month
from .case import case
from .changes import rule_changes
from .deadline import count_back
from .explain import contributions, diploma, explain
from .insight import answered, assume_nothing, questions
from .materials import materials
from .model import Rulebook
from .pasted import Limits, read_table
from .paths import Wishes, paths
from .project import MOST_YEARS, project
from .roster import COLUMNS, MOST_ROWS, Aliases, Row, Table, answers_of, data_of, result_of, write_table
from .score import Estimate, score

_book: Rulebook | None = None
_bundle: dict[str, Any] | None = None
_alternatives: dict[str, dict[str, Rulebook]] = {}


def handle(kind: str, payload: str) -> str:
    """Carry out one request.

    ``load`` takes the bundle and must come first; every other kind takes ``{"on": day, "answers": {…}}`` and what the kind
    adds to it. Raises ``KeyError`` for an unknown kind and ``RuntimeError`` before ``load``.
    """
    action = _ACTIONS[kind]
    try:
        return _compact({"ok": action(payload)})
    except Refused as refused:
        return _compact({"refused": [fault.as_json() for fault in refused.faults]})


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _load(payload: str) -> dict[str, Any]:
    global _book, _bundle
    _bundle = json.loads(payload)
    _book = Rulebook.from_bundle(_bundle)
    _alternatives.clear()
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
    book, answers, _ = _asked(payload)
    worth, order = questions(book, answers)
    return {
        **detailed(score(book, answers)),
        "answered": answered(book, answers),
        "next": order,
        "questions": {key: {"asked": w.asked, "matters": w.matters, "worth": w.points} for key, w in worth.items()},
    }


def _estimate(payload: str) -> dict[str, Any]:
    """The estimate alone, as answers.md names its parts."""
    book, answers, _ = _asked(payload)
    return score(book, answers).as_json()


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
    out["checks"] = [
        {"id": check.id, "holds": check.holds, "sources": list(check.sources)} for check in estimate.checks
    ]
    return out


def _explain(payload: str) -> dict[str, Any]:
    book, answers, _ = _asked(payload)
    return {
        "items": explain(book, answers, _others()),
        "diploma": diploma(book, answers),
        "contributions": contributions(book, answers),
    }


def _others() -> dict[str, dict[str, Rulebook]]:
    """A rulebook for every option of a reading that is not taken; made once."""
    if _bundle is not None and not _alternatives:
        for name, options in _rulebook().alternatives.items():
            _alternatives[name] = {option: Rulebook.from_bundle(_bundle, {name: option}) for option in options}
    return _alternatives


def _project(payload: str) -> dict[str, Any]:
    """The projection; with each change the reasons of its indicators (``reasons``, in the order of ``because``), the standard over
    these years (``standards``): since when how many points; and the days on which rules change (``rules``)."""
    book, answers, request = _asked(payload)
    years = whole(request, "years", 10, 1, MOST_YEARS)
    assumed = _assumed(book, answers, request)
    found = project(book, assumed, years)
    out = found.as_json()
    for change, shown in zip(found.timeline, out["timeline"], strict=True):
        shown["reasons"] = [list(steps) for steps in change.reasons]
    end = months_later(answers.on, 12 * years).isoformat()
    later = [
        {"from": entry.since, "points": entry.value}
        for entry in book.standard.entries
        if answers.on.isoformat() < entry.since <= end
    ]
    return {
        **out,
        "end": end,
        "standards": [{"from": answers.on.isoformat(), "points": book.standard_on(answers.on.isoformat())}, *later],
        "rules": [change.as_json() for change in rule_changes(book, assumed, years)],
    }


def _assumed(book: Rulebook, answers: Answers, request: dict[str, Any]) -> Answers:
    """The answers as they are, or with every open claim counted as nothing where the request says ``"assume": "nothing"``."""
    return assume_nothing(book, answers) if request.get("assume") == "nothing" else answers


def whole(request: dict[str, Any], key: str, usual: int, least: int, most: int) -> int:
    """A whole number of the request. Raises ``Refused`` outside its limits."""
    value = request.get(key, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Refused([Fault("not_an_integer", key, show(value), {"min": least, "max": most})])
    return value


def _paths(payload: str) -> dict[str, Any]:
    book, answers, request = _asked(payload)
    found = paths(book, _assumed(book, answers, request), wishes(book, request))
    return {
        "paths": [
            {
                **path.as_json(),
                "ids": [action.id for action in path.actions],
                "cost": path.cost,
                "falls_below_on": path.falls_below_on and path.falls_below_on.isoformat(),
            }
            for path in found
        ],
        "actions": [
            {"id": action.id, "key": action.key, "months": action.months, "cost": action.cost}
            for action in book.actions
        ],
    }


def wishes(book: Rulebook, request: dict[str, Any]) -> Wishes:
    """What a request strikes out, and its months and costs by action. Raises ``Refused`` with every fault."""
    known = {action.id for action in book.actions}
    faults: list[Fault] = []
    impossible = request.get("impossible", [])
    if not isinstance(impossible, list) or not all(isinstance(name, str) and name in known for name in impossible):
        faults.append(Fault("not_an_option", "impossible", show(impossible), {"options": sorted(known)}))
    numbers: dict[str, dict[str, int]] = {}
    for part, most in (("months", 12 * MOST_YEARS), ("cost", 1_000_000)):
        given = request.get(part, {})
        numbers[part] = {}
        if not isinstance(given, dict) or not set(given) <= known:
            faults.append(Fault("not_an_option", part, show(given), {"options": sorted(known)}))
            continue
        for name, value in given.items():
            if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
                numbers[part][name] = value
            else:
                faults.append(Fault("not_an_integer", f"{part}.{name}", show(value), {"min": 0, "max": most}))
    if faults:
        raise Refused(faults)
    return Wishes(whole(request, "years", 10, 1, 30), frozenset(impossible), numbers["months"], numbers["cost"])


def _deadline(payload: str) -> dict[str, Any]:
    book, answers, request = _asked(payload)
    deadline = parse_day(request.get("deadline"))
    latest = months_later(answers.on, 12 * MOST_YEARS)
    if deadline is None or not answers.on <= deadline <= latest:
        raise Refused(
            [
                Fault(
                    "not_a_date" if deadline is None else "date_out_of_range",
                    "deadline",
                    show(request.get("deadline")),
                    {"earliest": answers.on.isoformat(), "latest": latest.isoformat()},
                )
            ]
        )
    return count_back(book, _assumed(book, answers, request), deadline).as_json()


def _materials(payload: str) -> dict[str, Any]:
    book, answers, request = _asked(payload)
    at_hand, known = request.get("at_hand", []), {material.id for material in book.materials}
    if not isinstance(at_hand, list) or not all(isinstance(name, str) and name in known for name in at_hand):
        raise Refused([Fault("not_an_option", "at_hand", show(at_hand), {"options": sorted(known)})])
    return materials(book, _assumed(book, answers, request), frozenset(at_hand))


def _paste(payload: str) -> dict[str, Any]:
    """A pasted table as ``stretches`` and ``made_up``; with ``"on"``, months and bases that no history may hold are faults."""
    request = _collected(payload)
    text = request.get("text") if isinstance(request, dict) else None
    if not isinstance(request, dict) or not isinstance(text, str):
        raise Refused([Fault("not_an_object", "", "")])
    limits = None
    history = next((q for q in _rulebook().questions.values() if q.type == "history"), None)
    if "on" in request and history is not None:
        limits = Limits(parse_month(history.earliest) or 0, month_of(read_day(request["on"])), history.max_yuan)
    return read_table(text, limits).as_json()


def _collected(payload: str) -> object:
    """The request as Python values. Raises ``Refused`` where a key stands twice."""
    faults: list[Fault] = []
    request = decode(payload, faults)
    if faults:
        raise Refused(faults)
    return request


def _roster_open(payload: str) -> dict[str, Any]:
    """A roster's columns and rows: all of them, or with ``"portion": n`` as JSON texts of n rows each, which the page hands back
    to ``roster_score`` with the columns and without reading them. There a row's cells are a list in the order of the columns.
    ``"aliases"`` brings other names for columns and options (``words.aliases``); with ``"ignore": true`` columns that are no
    answer are left out."""
    book, _answers, request = _asked(payload)
    text = request.get("text")
    if not isinstance(text, str):
        raise Refused([Fault("not_a_table", "", "")])
    table = Table(book, text, _aliases(request), request.get("ignore") is True)
    columns = [key for key in table.columns if key is not None and key != "id"]
    whole_rows = request.get("portion") is None
    rows: list[list[Any]] = []
    for row in table:
        if len(rows) == MOST_ROWS:
            raise Refused([Fault("too_many_rows", "", "", {"max": MOST_ROWS})])
        rows.append([row.line, row.id, dict(row.cells)] if whole_rows else [row.line, row.id, _cells(row, columns)])
    found = {"columns": columns, "ignored": table.ignored, "notes": table.notes, "count": len(rows)}
    if whole_rows:
        return {**found, "rows": rows}
    size = whole(request, "portion", 100, 1, MOST_ROWS)
    return {**found, "portions": [_compact(rows[start : start + size]) for start in range(0, len(rows), size)]}


def _cells(row: Row, columns: list[str]) -> list[str]:
    """The cells by the columns; the first one too many, if there is one, behind them."""
    cells = [row.cells.get(key, "") for key in columns]
    return [*cells, row.cells[""]] if "" in row.cells else cells


def _aliases(request: dict[str, Any]) -> Aliases:
    """The other names of columns and options. Raises ``Refused`` where they are not texts by text."""
    given = request.get("aliases") or {}
    columns, options = (given.get("columns", {}), given.get("options", {})) if isinstance(given, dict) else (None, None)
    if not _texts(columns) or not isinstance(options, dict) or not all(map(_texts, options.values())):
        raise Refused([Fault("not_a_table", "", show(given))])
    return Aliases(columns, options)


def _texts(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _rows(book: Rulebook, request: dict[str, Any]) -> list[Row]:
    """The rows as ``roster_open`` gave them. Raises ``Refused`` for anything else."""
    rows, columns = request.get("rows"), request.get("columns", [])
    known = {*book.questions, ""}
    if (
        not isinstance(rows, list)
        or not isinstance(columns, list)
        or not all(isinstance(key, str) and key in known for key in columns)
    ):
        raise Refused([Fault("not_a_table", "", show(rows))])
    keys = [*columns, ""]
    out = []
    for row in rows:
        line, name, cells = row if isinstance(row, list) and len(row) == 3 else (None, None, None)
        if isinstance(cells, list) and len(cells) <= len(keys):
            cells = dict(zip(keys, cells, strict=False))
        if not isinstance(line, int) or not isinstance(name, str) or not _texts(cells) or not cells.keys() <= known:
            raise Refused([Fault("not_a_table", "", show(row))])
        out.append(Row(line, name, cells))
    return out


def _roster_score(payload: str) -> dict[str, Any]:
    """The results of a portion of a roster's rows."""
    book, answers, request = _asked(payload)
    years = whole(request, "years", 10, 1, MOST_YEARS)
    assume = assume_nothing if request.get("assume") == "nothing" else None
    return {"results": [result_of(book, row, answers.on, years, assume) for row in _rows(book, request)]}


def _roster_answers(payload: str) -> dict[str, Any]:
    """The answers objects of a portion of a roster's rows; ``null`` where a row is refused."""
    book, answers, request = _asked(payload)
    found: list[dict[str, Any] | None] = []
    for row in _rows(book, request):
        try:
            answers_of(book, row, answers.on)
        except Refused:
            found.append(None)
        else:
            found.append(data_of(book, row)[0])
    return {"answers": found}


#: No total is further from zero.
_MOST_POINTS = 999_999


def _case(payload: str) -> dict[str, Any]:
    """The case file of an applicant (``case.case``), from ``answers``, or from ``texts`` as a person writes them into a table.
    ``exact`` lists the answers to leave as they are, ``official`` is the official total; with ``"assume": "nothing"`` open claims
    count as nothing."""
    book, answers, request = _asked(payload)
    data: dict[str, Any] = request.get("answers") or {}
    if request.get("texts") is not None:
        data, faults = data_of(book, _rows(book, {"rows": [[0, "", request["texts"]]]})[0])
        if faults:
            raise Refused(faults)
    exact = request.get("exact", [])
    if not isinstance(exact, list) or not all(isinstance(key, str) and key in book.questions for key in exact):
        raise Refused([Fault("not_an_option", "exact", show(exact), {"options": sorted(book.questions)})])
    official = None if request.get("official") is None else whole(request, "official", 0, -_MOST_POINTS, _MOST_POINTS)
    return case(book, data, answers.on, frozenset(exact), official, request.get("assume") == "nothing")


def _roster_csv(payload: str) -> dict[str, Any]:
    """``{"table": rows of texts}`` as CSV text that a spreadsheet will not run anything of. ``columns`` names the result's own."""
    request = _collected(payload)
    table = request.get("table") if isinstance(request, dict) else None
    if not isinstance(table, list) or not all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in table
    ):
        raise Refused([Fault("not_a_table", "", "")])
    return {"text": write_table(table), "columns": COLUMNS}


_ACTIONS: dict[str, Callable[[str], Any]] = {
    "load": _load,
    "estimate": _estimate,
    "score": _score,
    "explain": _explain,
    "project": _project,
    "paths": _paths,
    "deadline": _deadline,
    "materials": _materials,
    "paste": _paste,
    "roster_open": _roster_open,
    "roster_score": _roster_score,
    "roster_answers": _roster_answers,
    "roster_csv": _roster_csv,
    "case": _case,
}
