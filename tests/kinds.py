"""What each kind of request takes besides the day and the answers: parts that it accepts."""

from __future__ import annotations

from datetime import date
from typing import Any

from estimator import entry

#: Every kind but ``load``, which takes the bundle.
KINDS = sorted(set(entry._ACTIONS) - {"load"})

#: Kinds that look years ahead: one such request takes as long as a hundred others.
SLOW = {"paths", "project", "explain", "roster_score"}

_ROW = [2, "a", {"birth_date": "1990-05-20", "si_months": "12"}]
_EXTRAS: dict[str, dict[str, Any]] = {
    "estimate": {},
    "score": {},
    "explain": {},
    "project": {"years": 5},
    "paths": {"years": 2, "impossible": [], "months": {}, "cost": {}},
    "materials": {"at_hand": []},
    "paste": {"text": "2024-07 2025-06 12500\n2025年7月 13,000.00元\n"},
    "roster_open": {"text": "id,si_months,外号\n1,12,x\n", "ignore": True, "aliases": {"columns": {}, "options": {}}},
    "roster_score": {"rows": [_ROW], "years": 2},
    "roster_answers": {"rows": [_ROW]},
    "case": {"exact": [], "official": 118},
    "roster_csv": {"table": [["a", "=1+1"], ["中", '"']]},
}


def extras(kind: str, on: str) -> dict[str, Any]:
    """The parts for a request of that kind on that day."""
    if kind == "deadline":
        return {"deadline": min(f"{int(on[:4]) + 2:04}-05-07", date.max.isoformat()) if on < "9990" else on}
    return dict(_EXTRAS[kind])
