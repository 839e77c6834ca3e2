"""Facts and texts of rules made up in tests/made-up.yaml, whole: what each rests on, and the figures that stand in it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from rules.checks import FILES, FOLDERS, Policy
from rules.dated import Turning
from rules.facts import facts
from rules.load import Document, parse
from rules.model import Text
from rules.words import MissingFigure, Writer, number
from tests.shorthand import spelt_out

MADE_UP = Path(__file__).resolve().parent / "made-up.yaml"
TURNS = Turning(1, (("2031-01-01", "0.5"),))


@functools.cache
def made_up() -> dict[str, Any]:
    """What stands in the file."""
    document = parse(MADE_UP.read_text(encoding="utf-8"), Document(MADE_UP.name))
    assert document.faults == []
    found: dict[str, Any] = document.value
    return found


@functools.cache
def policy() -> Policy:
    """The rules of the file."""
    return Policy(
        MADE_UP,
        {name: FILES[name].model_validate(file) for name, file in spelt_out(made_up()["files"]).items()},
        {
            folder: {name: FOLDERS[folder].model_validate(entry) for name, entry in entries.items()}
            for folder, entries in spelt_out(made_up()["entries"]).items()
        },
    )


def told(name: str) -> list[str]:
    """The lines that must come out."""
    lines: list[str] = made_up()["told"][name].splitlines()
    return lines


def shown(figures: dict[str, Any]) -> str:
    """Figures in a line."""
    return ", ".join(f"{name} {number(value, 'en')}" for name, value in figures.items())


def test_every_fact_says_what_it_rests_on() -> None:
    found = []
    for fact in facts(Writer(policy(), "en")).values():
        owner = f" of {fact.owner}" if fact.owner else ""
        line = " ".join((f"{fact.id}, {fact.kind}{owner}: {fact.name.en} §", *(cite.clause.en for cite in fact.cite)))
        line += "".join(f"; {part}" for part in (shown(fact.figures), *fact.readings) if part)
        # What its own texts may name, where it is something else than what others may ask of it.
        found.append(line + ("" if fact.scope == fact.figures else f" | {shown(fact.scope)}".rstrip()))
    assert found == told("facts")


def test_a_question_may_name_the_figures_of_what_asks_it() -> None:
    writer = Writer(policy(), "en")
    found = [f"{key}: {shown(writer.question_scope(question))}".strip() for key, question in policy().questions.items()]
    assert found == told("questions")


def test_every_text_is_written_with_its_own_figures() -> None:
    writer = Writer(policy(), "en")
    found = [
        f"{file} {'.'.join(map(str, loc))}: {writer(text, scope)}"
        for file, loc, text, scope in writer.texts()
        if "clause" not in loc
    ]
    assert found == told("texts")


@pytest.mark.parametrize(
    ("name", "scope", "why"),
    [
        ("gone.points", {}, "{gone.points}: gone is abolished; say it without this figure"),
        ("age.maks", {}, "{age.maks}: no such figure; did you mean {age.max}?"),
        ("mex", {"max": 1}, "{mex}: no such figure; did you mean {max}?"),
        ("zzz", {"b": 1, "a": 2}, "{zzz}: no such figure; known here: a, b, standard"),
        ("a.b", None, "{a.b}: no such figure; known here: standard"),
        ("sum", {"sum": "= yes", "yes": True}, "yes in '= yes': True is no whole number"),
        ("sum", {"sum": "= b", "b": TURNS}, f"b in '= b': {TURNS} is no whole number"),
    ],
)
def test_a_figure_that_is_none_is_named(name: str, scope: dict[str, Any] | None, why: str) -> None:
    writer = Writer(policy(), "en")
    with pytest.raises(MissingFigure) as refused:
        writer.figure(name, scope)
    assert refused.value.args == (why,)
    # A sum with a figure that is not there is not there either.
    assert writer.figure("sum", {"sum": "= age.low_to + standard"}) is None


def test_a_parameter_is_what_its_reading_makes_of_it() -> None:
    writer = Writer(policy(), "zh")
    [flag] = policy().indicators["flag"].values
    within = flag.points.within  # type: ignore[union-attr]
    assert within is not None
    assert (writer.settled(within.months), writer.settled(7)) == (18, 7)
    assert writer.figures(within) == {"months": 18}


def test_a_text_names_facts_by_their_figures() -> None:
    writer = Writer(policy(), "en")
    named = writer.named(
        Text(zh="{age.max}{standard}{n}{age.top_max}{age.kept.at_most}{other.n}", en="{enough.at_least}")
    )
    assert [fact.id for fact in named] == ["age", "standard", "age.kept"]
    lead = policy().scheme.lead_time
    assert list(writer.texts_in(lead)) == [
        ("", ("text",), lead.text, {"months": 4}),
        ("", ("cite", 0, "clause"), lead.cite[0].clause, {"months": 4}),
    ]


def test_a_wage_without_a_figure_comes_to_nothing_until_it_is_refused() -> None:
    year = policy().wages.years[0]
    average = year.average.model_copy(update={"yuan": None})
    writer = Writer(policy(), "en")
    assert writer.wage_scope(year.model_copy(update={"average": average})) == {"average": 0, "ceiling": 0}
