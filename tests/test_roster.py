"""Rosters as people write them: headings and options in two languages, spreadsheets' ways with days and numbers, hostile cells."""

import copy
import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from estimator import entry, roster
from estimator.__main__ import load_bundle, load_words
from estimator.answers import Fault, Refused
from estimator.insight import assume_nothing
from estimator.model import Rulebook
from estimator.roster import (
    COLUMNS,
    NOTE,
    Aliases,
    Row,
    Table,
    answers_of,
    data_of,
    result_of,
    safe_cell,
    write_results,
    write_table,
)
from estimator.words import aliases
from hooks import assets
from hooks.roster import Roster, sample

BOOK = Rulebook.from_bundle(load_bundle())
NAMES = aliases(load_words("zh"), load_words("en"))
ON = date(2026, 11, 21)


def table(text: str, ignore: bool = False) -> Table:
    return Table(BOOK, text, NAMES, ignore)


def refusal(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(Refused) as caught:
        list(table(text))
    return [(fault.code, fault.key, fault.value) for fault in caught.value.faults]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_labels_and_keys_are_the_same_table(lang: str) -> None:
    words = load_words(lang)
    labels = {key: question["label"] for key, question in words["questions"].items()}
    values = {
        key: next(reversed(question["options"].items()))
        for key, question in words["questions"].items()
        if question["options"]
    }
    by_label = write_table([["id", *labels.values()], ["7", *(values.get(key, ("", ""))[1] for key in labels)]])
    by_key = write_table([["id", *labels], ["7", *(values.get(key, ("", ""))[0] for key in labels)]])
    assert list(table(by_label)) == list(table(by_key))
    assert len(labels) == len(BOOK.questions)
    assert len(next(iter(table(by_label))).cells) == len(values) > 5


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_label_means_two_things(lang: str) -> None:
    for question in load_words(lang)["questions"].values():
        assert len(set(question["options"].values())) == len(question["options"])
    assert len({q["label"] for q in load_words(lang)["questions"].values()}) == len(BOOK.questions)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_asks_everything_and_holds_nobody(lang: str) -> None:
    empty = table(Roster(assets.policy(), lang).template())
    assert list(empty) == []
    assert (empty.columns, empty.notes, empty.ignored) == (["id", *BOOK.questions], 1, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_sample_is_read_as_it_is_meant(lang: str) -> None:
    rows = list(table(Roster(assets.policy(), lang).sample()))
    meant = {row["id"]: row for row in sample()["rows"]}
    assert [row.id for row in rows] == list(meant)
    for row in rows:
        wanted = {
            key: value for key, value in {**sample()["shared"], **meant[row.id]["answers"]}.items() if value is not None
        }
        wrong = set(meant[row.id].get("wrong", {}))
        assert {key: value for key, value in data_of(BOOK, row)[0].items() if key not in wrong} == wanted
        result = result_of(BOOK, row, ON, 10, assume_nothing)
        assert {fault["key"] for fault in result["faults"]} == wrong


def test_the_sample_shows_every_kind_of_result() -> None:
    results = [result_of(BOOK, row, ON, 10, assume_nothing) for row in table(Roster(assets.policy(), "zh").sample())]
    now = [r for r in results if r["reaches_standard"] == "yes"]
    assert now and any(r["reaches_on"] and r not in now for r in results)
    assert (
        any(r["falls_below_on"] for r in results)
        and any(r["open"] for r in results)
        and any(r["faults"] for r in results)
    )
    assert any(not r["reaches_on"] and not r["open"] and not r["faults"] for r in results)


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("birth_date", "1988/5/20", "1988-05-20"),
        ("birth_date", "1988年5月20日", "1988-05-20"),
        ("birth_date", "1988.05.20", "1988-05-20"),
        ("birth_date", "19880520", "1988-05-20"),
        ("birth_date", "1988/5/20 0:00:00", "1988-05-20"),
        ("si_months", "3年4个月", 40),
        ("si_months", "3 Years and 4 months", 40),
        ("si_months", "40个月", 40),
        ("si_months", "40.0", 40),
        ("si_months", "２年", 24),
        ("investment_tax", "1,200,000", 1_200_000),
        ("investment_tax", "123,456.00", 123_456),
        ("investment_tax", "9" * 18, 999_999_999_999_999_999),
        ("investment_tax", "9" * 19, "9" * 19),
        ("investment_tax", "1234,567", "1234,567"),
        ("investment_tax", "120万", 1_200_000),
        ("investment_tax", "1.5万元", 15_000),
        ("investment_share", "40%", 40),
        ("detention", "1次", 1),
        ("holds_permit", "是", True),
        ("holds_permit", "No", False),
        ("education_level", "大专", "junior_college"),
        ("education_level", "硕士", "master"),
        ("education_route", "自考", "self_study"),
        ("si_base_tier", "达到社平工资 1 倍", "1"),
        (
            "si_history",
            "2022-07 至 2023-06 12500；2023-07~2024-06 13,000元",
            [{"from": "2022-07", "to": "2023-06", "base": 12500}, {"from": "2023-07", "to": "2024-06", "base": 13000}],
        ),
        (
            "si_history",
            '[{"from": "2022-07", "to": "2023-06", "base": 12500}]',
            [{"from": "2022-07", "to": "2023-06", "base": 12500}],
        ),
    ],
)
def test_a_cell_means_what_its_writer_means(key: str, cell: str, value: object) -> None:
    (row,) = table(write_table([[key, "id"], [cell, "1"]]))
    assert data_of(BOOK, row) == ({key: value}, [])


def test_a_sum_below_zero_is_read_as_it_is_written() -> None:
    for cell in ("-123,456", "-123,456.0元"):
        assert data_of(BOOK, Row(2, "1", {"investment_tax": cell})) == ({"investment_tax": -123_456}, [])


@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [
        ("birth_date", "32283", "not_a_date"),
        ("birth_date", "5/20/1988", "not_a_date"),
        ("birth_date", "2023-2-29", "not_a_date"),
        ("birth_date", "1988-5-20 8:30", "not_a_date"),
        ("si_months", "1,2", "not_an_integer"),
        ("si_months", "12.5", "not_an_integer"),
        ("si_months", "三年", "not_an_integer"),
        ("si_months", "9" * 30, "not_an_integer"),
        ("si_months", "70年", "integer_out_of_range"),
        ("investment_tax", "0.00001万", "not_an_integer"),
        ("education_level", "本科", "not_an_option"),
        ("education_level", "bachelors", "not_an_option"),
        ("holds_permit", "也许", "not_a_boolean"),
        ("si_history", "[]", "cell_not_history"),
        ("si_history", "[1", "cell_not_history"),
        ("si_history", '[{"from": "2022-07", "from": "2022-08"}]', "cell_not_history"),
        ("si_history", "去年起 12500", "cell_not_history"),
        ("si_history", "{}", "not_a_history"),
    ],
)
def test_a_cell_that_is_unclear_is_refused_once_by_name(key: str, cell: str, code: str) -> None:
    (row,) = table(write_table([[key, "id"], [cell, "1"]]))
    with pytest.raises(Refused) as caught:
        answers_of(BOOK, row, ON)
    assert [(fault.code, fault.key) for fault in caught.value.faults] == [(code, key)]


def test_a_wrong_table_is_refused_with_every_fault() -> None:
    assert refusal("") == [("no_header", "", "")]
    assert refusal(" , ,\n1,2,3\n") == [("no_header", "", "")]
    assert refusal("姓名,出生日期,birth_date,部门\n") == [
        ("unknown_column", "1", "姓名"),
        ("column_twice", "3", "birth_date"),
        ("unknown_column", "4", "部门"),
    ]
    [(code, line, why)] = refusal('id,si_months\n1,2\n"1,2\n' + "x" * 200_000)
    assert (code, line) == ("not_a_table", "4") and "field" in why


def test_the_first_line_says_what_divides_the_cells_whatever_comes_before_it() -> None:
    for heading in ("birth_date,id,si_history", '"birth_date",id,si_history'):
        read = table(f"\ufeff{heading}\n1988/5/20,1,2022-07\t2023-06\t9000\n1988;5;20,2,\n")
        assert read.columns == ["birth_date", "id", "si_history"]
        assert list(read) == [
            Row(2, "1", {"birth_date": "1988/5/20", "si_history": "2022-07\t2023-06\t9000"}),
            Row(3, "2", {"birth_date": "1988;5;20"}),
        ]


def test_a_label_means_an_option_of_its_own_column() -> None:
    """By the whole of it or by how it begins, where that is clear; an option's own name comes first."""
    labels = {
        "education_level": {"same": "master", "longer": "doctor", "master": "bachelor", "x" * 200: "none", "x" * 201: "none"},
        "education_route": {"same": "overseas", "longest": "online"},
    }  # fmt: skip
    for cells, meant in (
        (("same", "same"), ("master", "overseas")),
        (("Long.", "LONGER"), ("doctor", "LONGER")),
        (("longe", "longe"), ("doctor", "online")),
        (("l", "o"), ("l", "o")),
        (("-", "+"), ("-", "+")),
        (("master", "online"), ("master", "online")),
        (("x" * 200, "x" * 200), ("none", "x" * 200)),
        (("x" * 201, "x" * 201), ("x" * 201, "x" * 201)),
    ):
        text = f"education_level,education_route\n{cells[0]},{cells[1]}\n"
        [row] = Table(BOOK, text, Aliases(options=labels))
        assert (row.cells["education_level"], row.cells["education_route"]) == meant


@pytest.mark.parametrize(
    ("heading", "near"),
    [("birth_dat", "birth_date"), ("出生日", "birth_date"), ("Highest diplom", "education_level"), ("食堂", "")],
)
def test_a_misspelt_heading_is_recognised(heading: str, near: str) -> None:
    with pytest.raises(Refused) as caught:
        table(f"{heading}\n")
    assert caught.value.faults[0].allowed["near"] == near


def test_columns_that_are_no_answer_can_be_left_out() -> None:
    read = table("姓名\t工号\t出生日期\n甲\t7\t1990/1/1\n", ignore=True)
    assert (read.columns, read.ignored) == ([None, "id", "birth_date"], ["姓名"])
    assert list(read) == [Row(2, "7", {"birth_date": "1990/1/1"})]


def test_notes_and_empty_rows_are_nobody() -> None:
    read = table(f"id,si_months\n{NOTE}注意,1\n,\n#5,2\n\n{NOTE}\n")
    assert [row.id for row in read] == ["#5"]
    assert read.notes == 2


def test_a_cell_too_many_and_a_row_too_long_are_faults_of_the_row() -> None:
    rows = list(table("id,si_months\n1,12,13\n2,12\n3," + "1" * 25_000 + "\n"))
    assert [[f["code"] for f in result_of(BOOK, row, ON, 1)["faults"]] for row in rows] == [
        ["too_many_cells"],
        [],
        ["row_too_long"],
    ]


def test_a_row_has_a_most_of_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "MOST_CELL", 5)
    cells = {"si_months": "123", "holds_permit": "no"}
    assert data_of(BOOK, Row(2, "1", cells)) == ({"si_months": 123, "holds_permit": False}, [])
    too_long = Fault("row_too_long", "", "", {"max": 5})
    assert data_of(BOOK, Row(2, "1", cells | {"award": "x"})) == ({}, [too_long])


def test_what_a_spreadsheet_would_run_is_written_as_text() -> None:
    for first in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"):
        assert safe_cell(first + "1A") == f"'{first}1A"
    for text in ("-1", "", "'", "1=", "A1"):
        assert safe_cell(text) == text
    assert write_table([["=1", "中"], ['"', ""]]) == '\'=1,中\r\n"""",\r\n'


@given(st.text(max_size=12))
@example("=1+1")
@example("＝HYPERLINK()")
@example("-2+3")
@example("\t=1")
@example("-30")
def test_no_cell_is_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell[1:] == text if cell != text else True
    assert cell[:1] not in set("=+@\t\r\n＝＋－＠")
    assert cell[:1] != "-" or cell[1:].isdigit()


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=2, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_what_is_written_can_be_read(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(write_table(rows), newline="")))
    assert read == [[safe_cell(cell) for cell in row] for row in rows]


def test_what_is_missing_is_what_the_result_hangs_on() -> None:
    row = Row(2, "1", {"education_level": "master", "si_months": "20"})
    certain = result_of(BOOK, row, ON, 10, assume_nothing)["open"]
    assert {"birth_date", "education_registered", "holds_permit"} <= set(certain)
    assert "award" not in certain
    assert "award" in result_of(BOOK, row, ON, 10)["open"]
    # What a condition hangs on that is answered, or is not asked for yet, is not open.
    permit = Row(2, "1", {**row.cells, "holds_permit": "是"})
    assert set(certain) - set(result_of(BOOK, permit, ON, 10, assume_nothing)["open"]) == {"holds_permit"}
    bundle = copy.deepcopy(load_bundle())
    for condition in bundle["eligibility"]:
        for value in condition["values"]:
            if (value["requires"] or {}).get("answer") == "holds_permit":
                value["from"] = "9000-01-01"
    later = Rulebook.from_bundle(bundle)
    assert set(certain) - set(result_of(later, row, ON, 10, assume_nothing)["open"]) == {"holds_permit"}


def test_results_are_written_with_every_column() -> None:
    rows = list(table("id,si_months,birth_date\n=1,12,1990-1-1\n2,x,\n"))
    results = [result_of(BOOK, row, ON, 10, assume_nothing) for row in rows]
    first, good, bad = csv.reader(io.StringIO(write_results(results, lambda fault: f"{fault['key']}!"), newline=""))
    assert first == list(COLUMNS)
    shown = dict(zip(first, good, strict=True))
    assert (shown["id"], shown["line"], shown["vetoed"], shown["low"]) == ("'=1", "2", "false", str(results[0]["low"]))
    assert shown["open"].split() == results[0]["open"] != []
    assert dict(zip(first, bad, strict=True))["faults"] == "si_months!"


def asked(kind: str, **parts: Any) -> Any:
    entry.handle("load", json.dumps(load_bundle()))
    return json.loads(entry.handle(kind, json.dumps({"on": ON.isoformat(), **parts})))


def test_portions_come_back_as_they_went_out() -> None:
    text = "id,si_months,外号,birth_date\n1,12,x,1990-1-1\n2,,y\n3,x,z,1990-1-1,too much\n"
    opened = asked("roster_open", text=text, ignore=True, portion=2)["ok"]
    assert (opened["columns"], opened["ignored"], opened["count"]) == (["si_months", "birth_date"], ["外号"], 3)
    assert [len(json.loads(portion)) for portion in opened["portions"]] == [2, 1]
    rows = asked("roster_open", text=text, ignore=True)["ok"]["rows"]
    again = [row for portion in opened["portions"] for row in json.loads(portion)]
    for kind in ("roster_score", "roster_answers"):
        answer = asked(kind, rows=again, columns=opened["columns"])
        assert answer == asked(kind, rows=rows) and "ok" in answer


@pytest.mark.parametrize(
    "parts",
    [
        {"rows": [[2, "1", ["12", "x"]]]},
        {"rows": [[2, "1", ["12"]]], "columns": ["name"]},
        {"rows": [[2, "1", ["12"]]], "columns": "si_months"},
        {"rows": [[2, "1", [12]]], "columns": ["si_months"]},
        {"rows": [[2, "1", ["12", "", ""]]], "columns": ["si_months"]},
    ],
)
def test_rows_of_another_shape_are_refused(parts: dict[str, Any]) -> None:
    assert [fault["code"] for fault in asked("roster_score", **parts)["refused"]] == ["not_a_table"]
