"""Requests to the estimator for the profile: every kind, applicants of every sort, and what is wrong with a request."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from runtime.package import ROOT
from tests.applicants import applicants
from tests.kinds import KINDS, SLOW, extras


def requests(count: int = 400) -> list[tuple[str, str]]:
    """Return (kind, payload), the loading of the rules first; about ``count`` applicants, each asked about one way or other."""
    bundle = (ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
    book = json.loads(bundle)
    out = [("load", bundle)]
    dice = random.Random(7)
    for number, (on, answers) in enumerate(applicants(book, count)):
        for kind in KINDS:
            if number % (20 if kind in SLOW else 4) == 0:
                payload = json.dumps({"on": on, "answers": answers, **more(kind, on)}, ensure_ascii=number % 2 == 0)
                out.append((kind, payload))
                out += [(kind, spoilt) for spoilt in spoil(payload, dice)]
    return out + list(large(book))


def large(book: dict[str, Any], count: int = 50_000) -> Iterator[tuple[str, str]]:
    """Give requests as large as a roster may be: what allocates and copies megabytes is called for nothing smaller."""
    keys = [question["key"] for question in book["questions"]]
    people = [answers for _on, answers in applicants(book, 200, seed=2)]
    lines = [",".join(["id", *keys])]
    for number in range(count + 1):
        person = people[number % len(people)]
        cells = [str(person[key]) if isinstance(person.get(key), (bool, int, str)) else "" for key in keys]
        lines.append(",".join([f"工号“{number}”", *cells]))
    for size in (count // 10, count, count + 1):
        text = "\r\n".join(lines[: size + 1])
        yield "roster_open", json.dumps({"on": "2026-11-21", "text": text, "portion": 50}, ensure_ascii=size == count)
    yield "roster_open", json.dumps({"on": "2026-11-21", "text": '"' + "\n".join(lines[: count // 10])})
    table = [[f"=工号{number}", "−12", '"', "a\nb"] * 3 for number in range(count // 10)]
    yield "roster_csv", json.dumps({"table": table}, ensure_ascii=False)


def more(kind: str, on: str) -> dict[str, Any]:
    """Return what a kind takes besides, or nothing for one that the tests do not know yet: its refusal is worth a look too."""
    try:
        return extras(kind, on)
    except KeyError:
        return {}


def spoil(payload: str, dice: random.Random) -> Iterator[str]:
    """Give a payload with something wrong, in the text and in the data."""
    yield payload[: dice.randrange(len(payload))]
    at = dice.randrange(len(payload))
    yield (
        payload[:at]
        + dice.choice(['"', "{", "]", ",", "\\", "漢", "\x00", "1e999", "null", "\ud800"])
        + payload[at + 1 :]
    )
    data = json.loads(payload)
    place, key = dice.choice(_places(data))
    place[key] = dice.choice(
        [
            None,
            True,
            -1,
            10**20,
            1.5,
            "",
            "１２",
            "２０２４-02-30",
            "x" * 3000,
            "居住证",
            [],
            {},
            [None],
            {"a": 1},
            "1\n2",
            "\ud800",
        ]
    )
    yield json.dumps(data)
    data = json.loads(payload)
    place, key = dice.choice(_places(data))
    if isinstance(place, dict):
        place[f"{key}x"] = place.pop(key)
    yield json.dumps(data)
    yield dice.choice(["", "null", "[]", "[" * 5000, '{"on": NaN}', "{}", '{"on": "2026-01-01"}'])


def _places(data: object) -> list[tuple]:  # type: ignore[type-arg]
    """List (container, key) of everything inside."""
    if isinstance(data, dict):
        items = list(data.items())
    elif isinstance(data, list):
        items = list(enumerate(data))
    else:
        return []
    return [found for key, value in items for found in [(data, key), *_places(value)]]
