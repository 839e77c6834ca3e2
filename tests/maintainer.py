"""What ``python -m rules`` takes, all that ``python -m rules new`` begins, word by word, for rules made up here, and the people
that it makes up to compare scores.

Tests that say what must come out name what matters; this one notices everything else. After a change that is meant:

    python -m tests.maintainer

writes maintainer.json anew, and the difference says what the change does.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from estimator.calendar import month_of
from estimator.model import Question, Test
from rules import __main__ as command
from rules import model as m
from rules import scaffold
from rules.impact import population
from tests.transcripts import lines

ROOT = Path(__file__).resolve().parent.parent
RECORD = Path(__file__).with_suffix(".json")
DAY = "2030-06-15"


def recorded() -> Any:
    """What it was when it was last written."""
    return json.loads(RECORD.read_text(encoding="utf-8"))


def commands(parser: argparse.ArgumentParser | None = None) -> dict[str, Any]:
    """What a command takes and, below it, its own commands; Python's words around it differ from version to version."""
    parser = parser or command._parser()
    found: dict[str, Any] = {"": [parser.prog, parser.description, _name(parser.get_default("run"))]}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found[""] += [action.dest, action.required]
            for listed in action._choices_actions:
                found[listed.dest] = {"does": listed.help, **commands(action.choices[listed.dest])}
        elif action.dest != "help":
            found[" ".join(action.option_strings) or action.dest] = [
                action.dest,
                action.required,
                str(action.nargs),
                _name(action.type),
                _default(action.default),
                str(action.metavar),
                str(action.choices),
                action.help,
            ]
    return found


def _name(function: Any) -> str:
    return getattr(function, "__name__", str(function))


def _default(value: Any) -> str:
    """A default without what differs from day to day and from checkout to checkout."""
    if isinstance(value, Path):
        return value.relative_to(ROOT).as_posix()
    return "today" if isinstance(value, date) else str(value)


def policy() -> Any:
    """As much of a policy as a new rule needs: what is there already."""
    tier = SimpleNamespace(multiple="2.5")
    points = m.BaseTiers.model_construct(tiers=[tier])
    indicators = {
        name: SimpleNamespace(id=name, kind=kind, order=order, values=[SimpleNamespace(points=points)], counted=points)
        # The places after the last one of its kind are taken by others.
        for name, kind, order in (("one", "base", 10), ("two", "bonus", 15), ("three", "veto", 20), ("four", "deduction", 25))
    }  # fmt: skip
    links = m.Links.model_validate({"questions": {"asked": {"number": 40, "type": "boolean"}}})
    return SimpleNamespace(
        sources={"a-notice": None},
        wages=SimpleNamespace(years=[SimpleNamespace(to=to) for to in ("2029-05", "2029-06", "2029-12")]),
        indicators=indicators,
        questions={"asked": None},
        materials=SimpleNamespace(materials=[SimpleNamespace(id="a-paper")]),
        files={"links.yaml": links},
    )


def begun() -> dict[str, list[list[Any]]]:
    """Every piece of every kind of rule: where it goes, whether to the end of what is there, and its lines."""
    known = policy()
    made = {
        "source": scaffold.source(known, "another", DAY),
        "source, seed": scaffold.source(known, "another", DAY, "seed"),
        "wage-year": scaffold.wage_year(known, "a-notice", DAY),
        "wage-year, ceiling": scaffold.wage_year(known, "a-notice", DAY, 12_347),
        "wage-year, both": scaffold.wage_year(known, "a-notice", DAY, 12_347, 1_003),
        **{
            f"indicator, {kind}, {method}": scaffold.indicator(known, "another-one", DAY, kind, method, "a-notice")
            for method, kind in zip(scaffold.METHODS, ("base", "bonus", "bonus", "deduction", "base", "veto"), strict=True)
        },
        "indicator, asked": scaffold.indicator(known, "another", DAY, "bonus", "flag", "a-notice", "asked"),
        "material": scaffold.material(known, "another", DAY, "two", "a-notice"),
        "case": scaffold.case(known, "another", DAY),
    }  # fmt: skip
    return {name: [[p.file, p.append, p.text.split("\n")] for p in pieces] for name, pieces in made.items()}


def refused() -> dict[str, str]:
    """What cannot be begun, and why."""
    known = policy()
    asks = {
        "no id": lambda: scaffold.source(known, "Another", DAY),
        "a source that is there": lambda: scaffold.source(known, "a-notice", DAY),
        "a year without its source": lambda: scaffold.wage_year(known, "none", DAY),
        "an indicator that is there": lambda: scaffold.indicator(known, "one", DAY, "base", "flag", "a-notice"),
        "an indicator without its source": lambda: scaffold.indicator(known, "x", DAY, "base", "flag", "none"),
        "an indicator asked already": lambda: scaffold.indicator(known, "asked", DAY, "base", "flag", "a-notice"),
        "an indicator without its question": lambda: scaffold.indicator(
            known, "x", DAY, "base", "flag", "a-notice", "none"
        ),
        "a material that is there": lambda: scaffold.material(known, "a-paper", DAY, "two", "a-notice"),
        "a material without its source": lambda: scaffold.material(known, "x", DAY, "two", "none"),
        "a material without its indicator": lambda: scaffold.material(known, "x", DAY, "none", "a-notice"),
        "a case that no test would find": lambda: scaffold.case(known, "_x", DAY),
    }
    return {name: _why(ask) for name, ask in asks.items()}


def _why(ask: Any) -> str:
    try:
        return f"begun: {ask()}"
    except scaffold.Unfit as error:
        return str(error)


def book(years: list[tuple[int, int, int]]) -> Any:
    """As much of a rulebook as it takes to make up people: a question of each kind, and what conditions ask for."""
    asked = [
        Question("born", "date"),
        Question("came", "date", asked_when=Test("born")),
        Question("way", "choice", ("one", "other", "third")),
        Question("only", "choice", ("none", "some"), neutral="none"),
        Question("fit", "boolean"),
        Question("unfit", "boolean"),
        Question("either", "boolean"),
        *(Question(name, "boolean", neutral=False) for name in ("rare", "rarer", "rarest")),
        Question("times", "integer", min=1, max=20, unit="times", neutral=0),
        Question("months", "integer", max=720, unit="months"),
        Question("yuan", "integer", min=5, max=9_000_000, unit="yuan", neutral=0),
        Question("people", "integer", max=99, unit="people"),
        Question("share", "integer", max=100, unit="percent"),
        Question("few", "integer", min=2, max=5, unit="months"),
        Question("paid", "history"),
    ]
    wanted = [Test("fit", is_=True), None, Test("unfit", is_=False), Test("months", at_least=6)]
    eligibility = [SimpleNamespace(values=SimpleNamespace(entries=[SimpleNamespace(value=(test,))])) for test in wanted]
    questions = {question.key: question for question in asked}
    return SimpleNamespace(questions=questions, eligibility=eligibility, wages=SimpleNamespace(years=years))


def drawn() -> dict[str, Any]:
    """The made-up people: always the same, so that two comparisons can be compared."""
    years = [(month_of(date(*first, 1)), month_of(date(*last, 1)), wage) for first, last, wage in (
        ((2026, 7), (2027, 6), 1000), ((2027, 7), (2028, 12), 2000), ((2029, 1), (2029, 3), 3000),
    )]  # fmt: skip
    on = date.fromisoformat(DAY)
    return {
        "people": list(population(book(years), on, 120)),
        "where no wage is known": list(population(book([]), on, 6)),
    }


def everything() -> dict[str, Any]:
    """All of it, as maintainer.json has it."""
    return {"commands": commands(), "begun": begun(), "refused": refused(), "drawn": drawn()}


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit("Usage: python -m tests.maintainer")
    # A line for each option of a command, for each line of a piece, and for each of the people.
    depth = {"commands": 2, "begun": 4, "refused": 1, "drawn": 2}
    parts = [f"{json.dumps(part)}: {lines(value, depth[part])}" for part, value in everything().items()]
    RECORD.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8", newline="\n")
