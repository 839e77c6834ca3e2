"""Contribution tables as people paste them: every way of writing a month, headings, made-up months, and each fault by its line."""

import json
from datetime import date
from pathlib import Path

import pytest

from estimator import __main__ as command
from estimator import entry, pasted
from estimator.answers import Answers, Fault, Refused
from estimator.calendar import parse_month
from estimator.model import Rulebook
from estimator.pasted import LONGEST_LINE, Limits, read_pasted, read_table
from estimator.project import Course
from tests import fuzz

ROOT = Path(__file__).resolve().parent.parent


def month(text: str) -> int:
    found = parse_month(text)
    assert found is not None
    return found


LIMITS = Limits(month("1993-01"), month("2026-11"), 1_000_000)


def refused(text: str, limits: Limits | None = LIMITS) -> list[Fault]:
    with pytest.raises(Refused) as caught:
        read_table(text, limits)
    return list(caught.value.faults)


@pytest.mark.parametrize(
    "line",
    [
        "2024-07 12000", "2024/7\t12,000.00", "2024.07  12000.0", "202407 ¥12000", "2024年7月 12000元", "2024-07: 12000",
        "2024-07,12000", "2024年7月|12000", "2024-07；12000".replace("；", ";"), "2024-07 － 12000".replace("－", "—"),
    ],
)  # fmt: skip
def test_one_month_in_every_way_of_writing(line: str) -> None:
    assert read_pasted(line) == [{"from": "2024-07", "to": "2024-07", "base": 12000}]


@pytest.mark.parametrize(
    "line",
    ["2024-07 2024-09 12000", "2024-07-2024-09 12000", "202407-202409 12000", "2024年7月至2024年9月 12000", "2024/07 ~ 2024/09\t12,000"],
)  # fmt: skip
def test_a_stretch_in_every_way_of_writing(line: str) -> None:
    assert read_pasted(line) == [{"from": "2024-07", "to": "2024-09", "base": 12000}]


def test_months_of_one_base_join_and_gaps_divide() -> None:
    text = "月份 基数\n2024-01 9000\n2024-02 9000\n\n2024-04 9000\n2024-05 9100"
    assert read_pasted(text) == [
        {"from": "2024-01", "to": "2024-02", "base": 9000},
        {"from": "2024-04", "to": "2024-04", "base": 9000},
        {"from": "2024-05", "to": "2024-05", "base": 9100},
    ]


def test_months_made_up_later_stand_apart_unless_it_says_that_none_were() -> None:
    found = read_table("2024-01 9000\n2024-02 9000 补缴\n2024-03 9000 未补缴", LIMITS)
    # Words behind the amount are no amount: the line is still read.
    assert found.as_json() == {
        "stretches": [
            {"from": "2024-01", "to": "2024-01", "base": 9000},
            {"from": "2024-03", "to": "2024-03", "base": 9000},
        ],
        "made_up": [{"from": "2024-02", "to": "2024-02", "base": 9000}],
    }


@pytest.mark.parametrize(
    "heading",
    ["起\t止\t月缴费基数\t是否补缴", "From\tTo\tMonthly base\tMade up", "甲\t乙\t金额\t补缴标志", "A\tB\tAmount\tLate payment"],
)  # fmt: skip
@pytest.mark.parametrize(("said", "made_up"), [("是", True), ("Y", True), ("否", False), ("", False)])
def test_a_column_that_says_made_up_is_never_lost(heading: str, said: str, made_up: bool) -> None:
    found = read_table(f"{heading}\n2024-01\t2024-03\t7000\t\n2024-04\t2024-04\t7000\t{said}\n", LIMITS)
    assert (month("2024-04") in found.made_up, month("2024-04") in found.paid) == (made_up, not made_up)


def test_a_heading_names_the_columns() -> None:
    text = (
        "序号\t缴费起始\t缴费截止\t缴费基数\t个人缴费\t是否补缴\n"
        "1\t2024-01\t2024-03\t9,000.00\t720.00\t否\n"
        "2\t2024-04\t2024-04\t9,100\t728.00\t是\n"
        "3\t2024-05\t2024-05\t9,200\t736\t补缴\n"
    )
    found = read_table(text, LIMITS).as_json()
    assert [(one["from"], one["to"], one["base"]) for one in found["stretches"]] == [("2024-01", "2024-03", 9000)]
    assert [(one["from"], one["base"]) for one in found["made_up"]] == [("2024-04", 9100), ("2024-05", 9200)]
    # Without a column of its own, any cell may say it; with one month a line, one column is enough.
    text = "所属期\t基数\t备注\n202401\t9000\t\n202402\t9000\t因故补缴\n"
    assert read_table(text, LIMITS).as_json()["made_up"] == [{"from": "2024-02", "to": "2024-02", "base": 9000}]
    # In any case of letters, and whatever is said between the heading and its rows.
    text = "PERIOD\tBASE\tPaid\n以下补缴\n说明\t无\n\n2024-01\t9000\t720\n"
    assert read_table(text, LIMITS).as_json() == {
        "stretches": [{"from": "2024-01", "to": "2024-01", "base": 9000}],
        "made_up": [],
    }
    # A heading without months or with too many is none; the lines are then read as lines.
    assert read_pasted("基数\n2024-01 9000") == [{"from": "2024-01", "to": "2024-01", "base": 9000}]
    too_many = "起\t止\t申报年月\t基数\t个人\n2024-01\t2024-02\t\t9000\t720"
    assert [(fault.code, fault.key) for fault in refused(too_many)] == [("line_unread", "2")]


def test_a_heading_of_two_columns_may_say_which_months_were_made_up() -> None:
    assert read_table("月份和基数\t补缴标志\n2024-01 9000\t是\n2024-02 9000\t否", LIMITS).as_json() == {
        "stretches": [{"from": "2024-02", "to": "2024-02", "base": 9000}],
        "made_up": [{"from": "2024-01", "to": "2024-01", "base": 9000}],
    }


@pytest.mark.parametrize(
    "row",
    [
        "1\t2024-01",
        "1\t2024-01\t2024-01",
        "1\t2024-01\tx9\t9000 9000",
        "1\t2024-13\t2024-13\t9000",
        "1\t2024-13\t2024-01\t9000",
        "1\t2024-01 2024-02\t2024-03\t9000",
        "1\t\t\t9000",
        "1\t2024-01\t2024-01\t9000.50",
    ],
)
def test_a_row_that_does_not_fit_its_heading_is_named(row: str) -> None:
    [fault] = refused(f"序号\t起始\t截止\t基数\n{row}")
    assert (fault.code, fault.key) == ("line_unread", "2")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("2024-01", [("line_unread", "1")]),
        ("9000", [("line_unread", "1")]),
        ("2024-01 x 2024-02 y3 9000", [("line_unread", "1")]),
        ("2024-01 1234567890", [("line_unread", "1")]),
        *((line, [("line_unread", "1")])
          for line in ("1 2024-01-2024-02 9000", "1 202401-202402 9000", "1 2024-01,9000",
                       "2024-01 X9000", "2024-01 9000.0X", "2024-01-01 9000", "2024-0 9000")),
        ("2024-03 2024-01 9000", [("stretch_backwards", "1")]),
        ("1900-01 2024-01 9000", [("month_out_of_range", "1")]),
        ("1992-12 9000\n2026-12 9000", [("month_out_of_range", "1"), ("month_out_of_range", "2")]),
        ("2024-01 0\n2024-02 1000001", [("not_a_base", "1"), ("not_a_base", "2")]),
        ("2024-01 2024-03 9000\n2024-03 9000 补缴", [("month_twice", "2")]),
        ("2024-01 9000".ljust(LONGEST_LINE + 1), [("line_unread", "1")]),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_line(text: str, faults: list[tuple[str, str]]) -> None:
    assert [(fault.code, fault.key) for fault in refused(text)] == faults


def test_both_sides_of_each_limit() -> None:
    assert read_table("1993-01 1\n2026-11 1000000", LIMITS).paid == {month("1993-01"): 1, month("2026-11"): 1_000_000}
    # Without limits, months and bases are whatever is written.
    assert read_table("1900-01 0").paid == {month("1900-01"): 0}
    assert read_table("2024-12 9000".ljust(LONGEST_LINE)).paid == {month("2024-12"): 9000}
    assert read_table("202412 9000").paid == {month("2024-12"): 9000}


def test_a_table_has_a_most_of_lines_and_a_stretch_of_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted, "MOST_LINES", 2)
    assert read_table("2024-01 2024-02 9000\n2024-03 9000").paid == dict.fromkeys(
        map(month, ("2024-01", "2024-02", "2024-03")), 9000
    )
    for limits in (None, LIMITS):
        assert refused("2024-01 2024-03 9000", limits) == [Fault("line_unread", "1", "2024-01 2024-03")]
    assert refused("2024-01 9000\n\n2024-02 9000") == [Fault("too_many_lines", "", "3", {"max": 2})]


# --- the rest of the doors, where the page alone came through -------------------------------------------------------------


@pytest.fixture(scope="module")
def book() -> Rulebook:
    fuzz.load()
    return Rulebook.from_bundle(json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8")))


def asked(kind: str, **request: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(entry.handle(kind, json.dumps({"on": fuzz.ON, "answers": {}, **request})))
    return found


def test_wishes_that_are_none_are_refused_by_name(book: Rulebook) -> None:
    found = asked("paths", months=[], cost={"no-such-action": 1})
    assert [fault["key"] for fault in found["refused"]] == ["months", "cost"]  # type: ignore[attr-defined]
    name = book.actions[0].id
    for value in (-1, True, "x", 10**9):
        found = asked("paths", months={name: value})
        assert [(f["code"], f["key"]) for f in found["refused"]] == [("not_an_integer", f"months.{name}")]  # type: ignore[attr-defined]


def test_a_pasted_table_needs_a_text_and_keys_that_stand_once(book: Rulebook) -> None:
    assert "refused" in json.loads(entry.handle("paste", "[]"))
    assert "refused" in json.loads(entry.handle("paste", '{"text":1}'))
    assert "refused" in json.loads(entry.handle("paste", '{"text":"","text":""}'))
    assert json.loads(entry.handle("paste", '{"text":"1900-01 5"}'))["ok"]["stretches"]
    assert "refused" in json.loads(entry.handle("paste", json.dumps({"text": "1900-01 5", "on": fuzz.ON})))


def test_a_day_before_the_answers_is_no_later_day(book: Rulebook) -> None:
    later = Course(book, Answers(date(2026, 11, 21), {}))
    with pytest.raises(ValueError, match="lies before"):
        later.at(date(2026, 11, 20))


def test_a_roster_on_the_command_line_names_rows_that_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("id,birth_date,si_months\na,1990-05-20,36\nb,x,36\n", encoding="utf-8")
    assert command.main(["batch", str(table), "--on", fuzz.ON]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 3 and f"{table}:3: " in err
    table.write_text("id,no_such\n", encoding="utf-8")
    assert command.main(["batch", str(table), "--on", fuzz.ON, "--lang", "en"]) == 2
    assert "no_such" in capsys.readouterr().err
