"""What must hold for every applicant, whatever the figures of the rules are."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from estimator import entry
from estimator.answers import read_answers
from estimator.model import Rulebook
from estimator.score import Estimate, score
from tests.kinds import KINDS, extras

BUNDLE = (Path(__file__).resolve().parent.parent / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")
DATA: dict[str, Any] = json.loads(BUNDLE)
BOOK = Rulebook.from_bundle(DATA)
QUESTIONS = {question["key"]: question for question in DATA["questions"]}
FIRST = date.fromisoformat(DATA["standard"][0]["from"])

# These two say more about another answer "where given"; left out, that other answer stands. So an estimate
# without them need not hold the one with them, and the properties about open answers keep them as they are.
REFINEMENTS = {"graduation_date", "si_history"}

settings.register_profile("properties", deadline=None, max_examples=150, derandomize=True)
settings.load_profile("properties")


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    entry.handle("load", BUNDLE)


def estimate(on: date, answers: dict[str, Any]) -> Estimate:
    return score(BOOK, read_answers(BOOK, answers, on))


def months(draw: st.DrawFn, on: date) -> list[dict[str, Any]]:
    """A history whose months lie within the table of averages, oldest first."""
    earliest, latest = DATA["wages"][0]["from"], min(f"{on:%Y-%m}", DATA["wages"][-1]["to"])
    every = [
        m
        for y in range(int(earliest[:4]), int(latest[:4]) + 1)
        for n in range(1, 13)
        if earliest <= (m := f"{y}-{n:02}") <= latest
    ]
    ends = sorted(draw(st.lists(st.sampled_from(every), unique=True, max_size=8))) if every else []
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return [{"from": first, "to": last, "base": draw(st.integers(1, 60000))} for first, last in pairs]


#: Days for which every window lies within the table of averages.
DAYS = st.dates(date(2025, 8, 1), date(2027, 6, 30))


@st.composite
def answer(draw: st.DrawFn, key: str, on: date) -> Any:
    question = QUESTIONS[key]
    match question["type"]:
        case "boolean":
            return draw(st.booleans())
        case "choice":
            return draw(st.sampled_from(question["options"]))
        case "date":
            return draw(st.dates(date.fromisoformat(question["earliest"]), on)).isoformat()
        case "integer":
            near = st.integers(question["min"], min(question["max"], question["min"] + 150))
            return draw(near | st.integers(question["min"], question["max"]))
    return months(draw, on)


@st.composite
def complete(draw: st.DrawFn) -> tuple[date, dict[str, Any]]:
    """A day and answers in which nothing is unknown, with or without the refinements."""
    on = draw(DAYS)
    keys = [key for key in QUESTIONS if key not in REFINEMENTS or draw(st.booleans())]
    return on, {key: draw(answer(key, on)) for key in keys}


@st.composite
def partial(draw: st.DrawFn) -> tuple[date, dict[str, Any]]:
    """A day and some answers."""
    on, answers = draw(complete())
    keep = draw(st.sets(st.sampled_from(sorted(QUESTIONS))))
    return on, {key: value for key, value in answers.items() if key in keep}


@given(complete(), st.sets(st.sampled_from(sorted(set(QUESTIONS) - REFINEMENTS))))
def test_an_estimate_with_unknowns_holds_every_completion(
    applicant: tuple[date, dict[str, Any]], hidden: set[str]
) -> None:
    on, answers = applicant
    full = estimate(on, answers)
    part = estimate(on, {key: value for key, value in answers.items() if key not in hidden})
    assert part.low <= full.low <= full.high <= part.high
    for whole, open_item in zip(full.items, part.items, strict=True):
        assert open_item.low <= whole.low <= whole.high <= open_item.high, whole.id
    assert part.reaches_standard in (full.reaches_standard, "unknown")
    assert part.eligible in (full.eligible, "unknown")
    assert full.vetoed or not part.vetoed


@given(complete())
def test_with_nothing_unknown_the_total_is_the_sum_of_the_items(applicant: tuple[date, dict[str, Any]]) -> None:
    found = estimate(*applicant)
    assert found.low == found.high == sum(item.low for item in found.items)
    assert all(item.low == item.high and item.status != "unknown" for item in found.items)
    assert "unknown" not in (found.reaches_standard, found.eligible)


@given(partial())
def test_of_education_and_qualification_one_counts(applicant: tuple[date, dict[str, Any]]) -> None:
    found = estimate(*applicant)
    for group in BOOK.best_of:
        members = [item for item in found.items if item.id in group]
        assert sum(item.status == "counted" for item in members) <= 1
        assert sum(item.low != 0 for item in members) <= 1
        assert found.high - max(m.own[1] for m in members) == sum(i.high for i in found.items if i.id not in group)


RAISED = [q["key"] for q in DATA["questions"] if q["type"] == "integer" and q["unit"] != "times"]
LOWERED = [q["key"] for q in DATA["questions"] if q["type"] == "integer" and q["unit"] == "times"]


def no_lower(low: Estimate, high: Estimate) -> None:
    assert low.low <= high.low
    assert low.high <= high.high


@given(partial(), st.data())
def test_more_of_what_counts_never_lowers_the_score(
    applicant: tuple[date, dict[str, Any]], data: st.DataObject
) -> None:
    on, answers = applicant
    key = data.draw(st.sampled_from(RAISED + LOWERED))
    less, more = sorted([data.draw(answer(key, on)), data.draw(answer(key, on))], reverse=key in LOWERED)
    no_lower(estimate(on, answers | {key: less}), estimate(on, answers | {key: more}))


@given(
    partial(),
    st.sampled_from(
        [i for i in DATA["indicators"] if i["values"][-1]["points"]["method"] in ("choice", "diploma", "base_tiers")]
    ),
    st.data(),
)
def test_a_better_option_never_lowers_the_score(
    applicant: tuple[date, dict[str, Any]], indicator: dict[str, Any], data: st.DataObject
) -> None:
    on, answers = applicant
    rule = indicator["values"][-1]["points"]
    worth = rule.get("points") or {tier["value"]: tier["points"] for tier in rule["tiers"]}
    # A better title may bring a condition with it that a lesser one does not have: compare where the conditions hold.
    conditions = {c["requires"]["answer"]: True for c in indicator["conditions"] if c["requires"]}
    answers = {key: value for key, value in answers.items() if key not in REFINEMENTS} | conditions
    options = QUESTIONS[rule["answer"]]["options"]
    less, more = sorted(
        data.draw(st.tuples(st.sampled_from(options), st.sampled_from(options))),
        key=lambda option: worth.get(option, 0),
    )
    no_lower(estimate(on, answers | {rule["answer"]: less}), estimate(on, answers | {rule["answer"]: more}))


@given(partial(), st.data())
def test_a_higher_base_or_another_month_never_lowers_the_score(
    applicant: tuple[date, dict[str, Any]], data: st.DataObject
) -> None:
    on, answers = applicant
    history = months(data.draw, on)
    assume(history)
    index = data.draw(st.integers(0, len(history) - 1))
    raised = [dict(stretch) for stretch in history]
    raised[index]["base"] += data.draw(st.integers(1, 30000))
    fewer = [stretch for stretch in history if stretch is not history[index]]
    steps = [estimate(on, answers | {"si_history": stretches}) for stretches in (fewer, history, raised)]
    no_lower(steps[0], steps[1])
    no_lower(steps[1], steps[2])


@given(partial(), st.data())
def test_a_history_may_be_cut_and_ordered_in_any_way(
    applicant: tuple[date, dict[str, Any]], data: st.DataObject
) -> None:
    on, answers = applicant
    history = months(data.draw, on)
    single = [
        {"from": month, "to": month, "base": stretch["base"]}
        for stretch in history
        for month in (
            f"{n // 12:04}-{n % 12 + 1:02}" for n in range(number(stretch["from"]), number(stretch["to"]) + 1)
        )
    ]
    mixed = data.draw(st.permutations(single))
    assert estimate(on, answers | {"si_history": history}) == estimate(on, answers | {"si_history": mixed})


def number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def text(pairs: list[tuple[str, Any]]) -> str:
    """A JSON object of the pairs in their order, a key that stands twice included."""
    return "{" + ",".join(f"{json.dumps(key)}:{json.dumps(value)}" for key, value in pairs) + "}"


def ask(on: str, pairs: list[tuple[str, Any]], kind: str = "score") -> str:
    return entry.handle(kind, f'{{"on":{json.dumps(on)},"answers":{text(pairs)}}}')


@given(
    partial(),
    st.dictionaries(st.text(max_size=12).filter(lambda key: key not in QUESTIONS), st.integers(), max_size=3),
    st.randoms(),
)
def test_the_order_of_keys_changes_nothing(
    applicant: tuple[date, dict[str, Any]], others: dict[str, int], dice: Any
) -> None:
    on, answers = applicant
    pairs = [*answers.items(), *others.items()]
    before = ask(on.isoformat(), pairs)
    dice.shuffle(pairs)
    assert ask(on.isoformat(), pairs) == before
    assert ("refused" in json.loads(before)) == bool(others)


@st.composite
def broken(draw: st.DrawFn, key: str, on: date) -> tuple[Any, list[str]]:
    """A wrong answer to a question, and the keys of its faults."""
    question = QUESTIONS[key]
    wrong = [{}, {"a": 1}, 1.5, "x" * 100, "\x1b[31m\u202e\ud800"]
    match question["type"]:
        case "boolean":
            wrong += [0, 1, [], [True], "true"]
        case "choice":
            wrong += [0, True, [], question["options"], *(option.upper() + "!" for option in question["options"])]
        case "date":
            wrong += [
                0,
                True,
                [],
                (on + timedelta(days=1)).isoformat(),
                "0001-01-01",
                "2021-02-29",
                "2021-W05-6",
                "20210101",
                f"{on}T00:00",
            ]
        case "integer":
            wrong += [True, [], question["min"] - 1, question["max"] + 1, 10**40, "7", float("nan"), float("-inf")]
        case "history":
            stretch = {"from": "2022-01", "to": "2022-03", "base": 9000}
            after = f"{on.year + 1}-01"
            wrong = [(w, [key]) for w in (0, True, {}, "x", 1.5, [stretch] * (question["max_stretches"] + 1))]
            wrong += [
                ([stretch, w], [f"{key}[1]{part}" for part in parts])
                for w, parts in (
                    (stretch, [""]),
                    ("2022", [""]),
                    ({}, [".from", ".to", ".base"]),
                    ({"from": "2022-09", "to": "2022-08", "base": 1}, [".to"]),
                    ({"from": "2022-09", "to": after, "base": float("inf")}, [".to", ".base"]),
                    ({"from": "1900-01", "to": "2022-13", "base": True, "x": 1}, [".x", ".from", ".to", ".base"]),
                )
            ]
            return draw(st.sampled_from(wrong))
    return draw(st.sampled_from(wrong)), [key]


@given(partial(), st.data())
def test_a_refused_input_names_every_fault(applicant: tuple[date, dict[str, Any]], data: st.DataObject) -> None:
    on, answers = applicant
    faulty = data.draw(st.lists(st.sampled_from(sorted(QUESTIONS)), unique=True, max_size=6))
    pairs = [(key, value) for key, value in answers.items() if key not in faulty]
    expected: list[str] = []
    for key in faulty:
        value, keys = data.draw(broken(key, on))
        pairs.append((key, value))
        expected += keys
    # A key that stands twice, beside answers that are right and wrong; and keys that do not exist.
    for key, value in (
        data.draw(st.lists(st.sampled_from(pairs), max_size=2, unique_by=lambda pair: pair[0])) if pairs else []
    ):
        pairs.append((key, value))
        expected.append(key)
    unknown = data.draw(
        st.sets(st.sampled_from(["birthdate", "Award", "si_month", "", "zodiac", "constructor"]), max_size=2)
    )
    pairs += [(key, 1) for key in unknown]
    expected += unknown
    if data.draw(st.booleans()):
        pairs = data.draw(st.permutations(pairs))
    early = data.draw(st.booleans())
    result = json.loads(ask((FIRST - timedelta(days=1) if early else on).isoformat(), pairs))
    if early:
        # Dates and months are judged by the day of the estimate: on an early day other months of a history are too late.
        named = {"on", *(key for key in expected if not key.startswith("si_history["))}
        assert named <= {fault["key"] for fault in result["refused"]}
    elif expected:
        assert sorted(fault["key"] for fault in result["refused"]) == sorted(expected)
        assert all(fault["code"] in CODES for fault in result["refused"])
    else:
        assert "ok" in result


CODES = json.loads((Path(entry.__file__).parent / "data" / "words.en.json").read_text(encoding="utf-8"))["faults"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text() | st.sampled_from([*QUESTIONS, "on", "answers", "years"]), inner, max_size=6)
    ),
    max_leaves=20,
)


@given(st.sampled_from(KINDS), st.text() | JSON.map(json.dumps))
@example("score", "[" * 100_000)
@example("score", "1" * 10_000)
@example("score", '{"on":"2026-11-21","answers":{"award":"\\ud800","\\udfff\\u0000":1}}')
@example("score", '{"on":' + "[" * 900 + "]" * 900 + "}")
@example("score", '{"on":"2026-11-21","on":NaN,"answers":[]}')
def test_nothing_that_comes_in_raises(kind: str, payload: str) -> None:
    result = json.loads(entry.handle(kind, payload))
    assert result["refused"]
    assert all(fault["code"] in CODES for fault in result["refused"])


@given(
    st.sampled_from(KINDS),
    st.dates(FIRST, date.max),
    st.dictionaries(st.sampled_from(sorted(QUESTIONS)), JSON),
    st.data(),
)
def test_no_answer_and_no_other_part_raises(kind: str, on: date, answers: dict[str, Any], data: st.DataObject) -> None:
    parts = extras(kind, on.isoformat())
    parts |= data.draw(st.dictionaries(st.sampled_from(sorted({*parts, "years", "assume"})), JSON, max_size=2))
    for given_answers in (answers, {}):
        request = {"on": on.isoformat(), "answers": given_answers} | parts
        json.dumps(json.loads(entry.handle(kind, json.dumps(request))), allow_nan=False)


@pytest.mark.parametrize("kind", KINDS)
def test_the_end_of_the_calendar_raises_nothing(kind: str) -> None:
    on = date.max.isoformat()
    answers = {
        "birth_date": "9960-02-29", "fresh_graduate": True, "graduation_date": on, "si_months": 13, "education_level": "bachelor",
        "si_history": [{"from": "9997-02", "to": "9999-12", "base": 10000000}],
    }  # fmt: skip
    result = json.loads(entry.handle(kind, json.dumps({"on": on, "answers": answers} | extras(kind, on))))
    assert "ok" in result


def test_what_only_a_program_can_do_wrong_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyError):
        entry.handle("dance", "{}")
    monkeypatch.setattr(entry, "_book", None)
    with pytest.raises(RuntimeError, match=r"^no rules are loaded$"):
        entry.handle("score", "{}")
    with pytest.raises(ValueError, match="format"):
        entry.handle("load", json.dumps(DATA | {"format": 0}))
