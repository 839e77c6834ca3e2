"""Large input: ten thousand people read, scored, grouped and written back."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import json
from dataclasses import asdict, dataclass
from datetime import date

from .containers import noise
from .tool import attempt


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    born: date
    wages: tuple[int, ...]
    note: str | None


def rosters():
    numbers = noise(10_000)
    rows = [{"name": f"申请人{n % 977}", "born": f"{1960 + n % 45}-{1 + n % 12:02d}-{1 + n % 28:02d}", "wages": [n % 30000, n // 7 % 50000, 1.5 * (n % 100)], "note": None if n % 3 else f"row {index} é"} for index, n in enumerate(numbers)]
    text = json.dumps(rows, ensure_ascii=False)
    again = json.loads(text)
    people = [Person(r["name"], date.fromisoformat(r["born"]), tuple(map(int, r["wages"])), r["note"]) for r in again]
    by_age = {}
    for person in people:
        by_age.setdefault(person.born.year, []).append(person)
    best = sorted(people, key=lambda p: (-sum(p.wages), p.born, p.name))
    unique = {(p.name, p.born) for p in people}
    months = sum((date(2026, 1, 1) - p.born).days // 30 for p in people)
    report = json.dumps({str(year): {"count": len(group), "most": max(sum(p.wages) for p in group), "names": sorted({p.name for p in group})[:3]} for year, group in sorted(by_age.items())}, ensure_ascii=True, indent=1)
    lines = "\n".join(f"{p.name},{p.born:%Y-%m},{sum(p.wages):>8,}" for p in best[:500])
    return [len(text), hash(text), again == rows, len(people), [repr(p) for p in best[:3]], len(unique), months, hash(report), hash(lines), len(json.dumps([asdict(p) | {"born": p.born.isoformat()} for p in people[:2000]])), attempt(json.loads, text[:-100])[:60]]


CHAPTERS = [rosters]
