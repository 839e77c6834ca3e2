"""Whether the small runtime answers whatever it may be asked: 20,000 random requests of every kind, all golden cases, and broken ones.

Each answer is compared with CPython's. A request that the page would have to ask the complete runtime again counts as a fallback;
there should be none. Takes about a quarter of an hour; a sample of the same runs with the tests (tests/runtime/test_build.py).
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections import Counter
from pathlib import Path

from estimator import entry
from runtime.build import CACHE, build
from runtime.profile.requests import spoil
from tests.applicants import applicants
from tests.golden import cases
from tests.kinds import KINDS, extras
from tests.runtime.session import run as session

from .table import show

ROOT = Path(__file__).resolve().parent.parent
#: Random requests; another seed than the profile's, so that nothing of it is met again.
COUNT, SEED = 20_000, 20_261_122
#: One in so many is spoilt as well, in the four ways of the profile's own requests.
SPOILT = 4


def requests(count: int = COUNT) -> list[tuple[str, str]]:
    """The loading of the rules, every golden case in every kind, ``count`` random applicants with the kinds in turn, and broken ones."""
    bundle = (ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
    dice = random.Random(SEED)
    out = [("load", bundle)]

    def ask(kind: str, on: str, answers: object) -> str:
        payload = json.dumps({"on": on, "answers": answers, **extras(kind, on)}, ensure_ascii=bool(len(out) % 2))
        out.append((kind, payload))
        return payload

    for number, case in enumerate(cases()):
        for kind in KINDS if number % 20 == 0 else ("score", "estimate"):
            ask(kind, case.on, case.answers)
    for number, (on, answers) in enumerate(applicants(json.loads(bundle), count, seed=SEED)):
        kind = KINDS[number % len(KINDS)]
        payload = ask(kind, on, answers)
        if number % SPOILT == 0:
            out += [(kind, spoilt) for spoilt in spoil(payload, dice)]
    return out


def in_cpython(asked: list[tuple[str, str]]) -> list[str]:
    """CPython's answers, and the errors as the page's loader would name them. Half of a character pair is no text in UTF-8."""
    found = []
    for kind, payload in asked:
        try:
            found.append(entry.handle(kind, re.sub("[\ud800-\udfff]", "\ufffd", payload)))
        except Exception as error:
            found.append(f"PythonError: {type(error).__name__}: {error}")
    return found


def run() -> None:
    """Print how many requests of each kind were asked, fell back, or were answered otherwise."""
    asked = requests()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = build(folder / "runtime", ROOT / "estimator", CACHE)
        wasm = folder / "runtime" / str(manifest["variants"]["small"]["wasm"]["file"])
        found = session("small", wasm, ROOT / "estimator", asked, folder)
    there, here = found["answers"]["requests"], in_cpython(asked)
    counts, fallbacks, others = Counter(kind for kind, _payload in asked), Counter[str](), Counter[str]()
    for (kind, _payload), answer, expected in zip(asked, there, here, strict=True):
        if answer.startswith("TrapError"):
            fallbacks[kind] += 1
        elif answer != expected:
            others[kind] += 1
    rows = [[kind, str(counts[kind]), str(fallbacks[kind]), str(others[kind])] for kind in sorted(counts)]
    total = [str(sum(each.values())) for each in (counts, fallbacks, others)]
    show(["kind", "requests", "fallbacks", "other than CPython"], [*rows, ["all", *total]])
    for line in found["trapped"][:10]:
        print(line)
