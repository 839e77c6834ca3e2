"""The maintainer's commands: begin a rule, bring files into one form, see what is old."""

from __future__ import annotations

import dataclasses
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from estimator.answers import read_answers
from estimator.model import Rulebook
from estimator.score import score
from rules import model as m
from rules import scaffold
from rules.__main__ import main
from rules.bundle import rulebook
from rules.checks import RulesError, examine, read_policy
from rules.due import PEOPLE, Due, due, report
from rules.tidy import tidied, untidy
from rules.words import number
from tests.elsewhere import as_elsewhere
from tests.golden import cases
from tests.rehearsals import ROOT, Rehearsal, copy_rules

BLANK = re.compile(r"TODO(?: [^,}\n\"]*)?")


def begin(rules: Path, *words: str) -> None:
    """Run ``python -m rules new``."""
    assert main(["--root", str(rules), "new", *words, "--on", "2027-02-01"]) == 0


def fill(path: Path) -> int:
    """Fill each blank with something of its kind, as a maintainer would; gives how many there were."""
    text = path.read_text(encoding="utf-8")
    count = 0

    def filled(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if "YYYY" in match[0]:
            return "2027-01-01"
        if "https" in match[0]:
            return "https://rsj.sh.gov.cn/"
        if "an-id" in match[0]:
            return "an-id"
        if "到几周岁" in match[0]:
            return "40"
        if "从几周岁" in match[0]:
            return "41"
        if "（负数）" in match[0]:
            return "-5"
        if re.search(r"(points|per_year|cap|window_years|yuan|low|high|first|second): $", line):
            return "7"
        return f"words {count}" if re.search(r"\ben: \"?$", line) else f"文字{count}"

    path.write_text(BLANK.sub(filled, text), encoding="utf-8")
    return count


@pytest.mark.parametrize("method", scaffold.METHODS)
def test_a_new_indicator_passes_once_its_blanks_are_filled(
    tmp_path: Path, method: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = copy_rules(tmp_path)
    begin(rules, "source", "a-notice")
    assert fill(rules / "sources.yaml")
    kind = {"veto": "veto", "per_case": "deduction"}.get(method, "bonus")
    begin(rules, "indicator", "a_new_one", "a-notice", "--kind", kind, "--method", method)
    file = rules / f"indicators/{kind}/a_new_one.yaml"
    _policy, faults = examine(rules)
    # Each blank is a fault of its own, with its place, and nothing else is one.
    marked = [(path, number) for path in (file, rules / "questions.yaml")
              for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) for _ in BLANK.findall(line.partition(" # ")[0])]  # fmt: skip
    assert sorted((fault.file, fault.line) for fault in faults) == sorted(
        (f"rules/{path.relative_to(rules).as_posix()}", number) for path, number in marked
    )
    assert all("still a blank" in fault.message for fault in faults)
    assert fill(file)
    assert fill(rules / "questions.yaml")
    begin(rules, "material", "a-paper", "a_new_one", "a-notice")
    assert fill(rules / "materials.yaml")
    policy = read_policy(rules)
    assert all(
        tidied(text) == text
        for path in (file, rules / "links.yaml", rules / "materials.yaml")
        if (text := path.read_text(encoding="utf-8"))
    )
    book = Rulebook.from_bundle(rulebook(policy))
    example = policy.indicators["a_new_one"].examples[0]
    estimate = score(book, read_answers(book, example.answers, date.fromisoformat(example.on)))
    item = next(item for item in estimate.items if item.id == "a_new_one")
    assert item.status == ("refused" if method == "veto" else "counted")
    capsys.readouterr()


def test_an_indicator_may_ask_what_is_asked_already(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = copy_rules(tmp_path)
    before = {path: path.read_bytes() for path in rules.rglob("*.yaml")}
    begin(rules, "indicator", "a_new_one", "agencies", "--answer", "shortage_major")
    file = rules / "indicators/bonus/a_new_one.yaml"
    assert capsys.readouterr().out.splitlines()[0] == "rules/indicators/bonus/a_new_one.yaml"
    assert {path: path.read_bytes() for path in rules.rglob("*.yaml") if path != file} == before
    fill(file)
    book = Rulebook.from_bundle(rulebook(read_policy(rules)))
    estimate = score(book, read_answers(book, {"shortage_major": True}, date(2027, 2, 1)))
    assert {item.id: item.low for item in estimate.items}["a_new_one"] == 7


def test_a_new_indicator_takes_the_next_place_that_is_free(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = copy_rules(tmp_path)
    orders = {indicator.order: indicator for indicator in read_policy(rules).indicators.values()}
    last = max(order for order, indicator in orders.items() if indicator.kind == "base")
    other = next(indicator for indicator in orders.values() if indicator.kind == "bonus")
    path = rules / f"indicators/bonus/{other.id}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"\norder: {other.order}\n", f"\norder: {last + 5}\n"), encoding="utf-8")
    begin(rules, "indicator", "a_new_one", "agencies", "--kind", "base")
    assert f"\norder: {last + 6}\n" in (rules / "indicators/base/a_new_one.yaml").read_text(encoding="utf-8")
    capsys.readouterr()


def test_a_new_wage_year_follows_the_last_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = copy_rules(tmp_path)
    last = read_policy(rules).wages.years[-1]
    begin(rules, "source", "a-notice")
    fill(rules / "sources.yaml")
    begin(rules, "wage-year", "a-notice", "--ceiling", "38100", "--floor", "7620")
    years = read_policy(rules).wages.years
    assert (years[-1].average.yuan, years[-1].ceiling.yuan) == (12700, 38100)
    assert f"{int(last.from_[:4]) + 1}{last.from_[4:]}" == years[-1].from_
    begin(rules, "wage-year", "a-notice")
    assert fill(rules / "wages.yaml")
    capsys.readouterr()


def test_a_wage_year_can_be_begun_where_no_tier_asks_for_a_multiple_of_the_average() -> None:
    policy = read_policy(ROOT / "rules")
    tiers = {i.id for i in policy.indicators.values() if any(isinstance(v.points, m.BaseTiers) for v in i.values)}
    entries = {
        folder: {name: entry for name, entry in found.items() if name not in tiers}
        for folder, found in policy.entries.items()
    }
    without = dataclasses.replace(policy, entries=entries, made={})
    (piece,) = scaffold.wage_year(without, next(iter(policy.sources)), "2027-08-20", 38100, 7620)
    year = yaml.safe_load(piece.text)[0]
    assert BLANK.match(str(year["average"]["yuan"]))
    assert (year["ceiling"]["yuan"], year["floor"]["yuan"]) == (38100, 7620)
    assert "÷" not in piece.text


def test_a_new_case_can_be_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = copy_rules(tmp_path)
    begin(rules, "case", "a-case")
    folder = tmp_path / "tests" / "cases"
    fill(folder / "a-case.yaml")
    shutil.copy(ROOT / "tests" / "cases" / "_nothing.yaml", folder)
    monkeypatch.setattr("tests.golden.FOLDER", folder)
    assert [case.expect for case in cases()] == [{"low": 7, "high": 7}]
    capsys.readouterr()
    before = (folder / "a-case.yaml").read_bytes()
    assert main(["--root", str(rules), "new", "case", "a-case"]) == 2
    assert capsys.readouterr().err == "tests/cases/a-case.yaml is there already; take another id, or edit that file\n"
    assert (folder / "a-case.yaml").read_bytes() == before


def test_pieces_come_behind_what_is_there_and_each_blank_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_elsewhere(monkeypatch)
    there = tmp_path / "a.yaml"
    there.write_bytes("\n\n一: 甲\n \n".encode())
    entry = "  - b: TODO 二\n    # TODO\n    c: 1 # TODO # c\n    d: TODO # d\n"
    pieces = [scaffold.Piece("a.yaml", entry, True), scaffold.Piece("new/rules/b.yaml", "e: TODO\n", False)]
    assert list(scaffold.put(pieces, tmp_path)) == [
        "a.yaml:4: - b: TODO 二",
        "a.yaml:7: d: TODO # d",
        "new/rules/b.yaml:1: e: TODO",
    ]
    made = {there: f"\n\n一: 甲\n{entry}".encode(), tmp_path / "new" / "rules" / "b.yaml": b"e: TODO\n"}
    assert {path: path.read_bytes() for path in made} == made
    # Nothing is written where one of them is in the way.
    with pytest.raises(scaffold.Unfit, match=r"^new/rules/b\.yaml is there already; "):
        list(scaffold.put(pieces, tmp_path))
    assert {path: path.read_bytes() for path in made} == made


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["source", "agencies"], "'agencies' stands in sources.yaml already"),
        (["source", "Not an id"], "small letters"),
        # The tests would not find it.
        (["case", "_hidden"], "small letters"),
        (["indicator", "age", "agencies"], "'age' stands in rules/indicators/ already"),
        (["indicator", "si-months", "agencies"], "'si_months' stands in questions.yaml already"),
        (["indicator", "x", "no-source"], "no such source; begin it first: python -m rules new source no-source"),
        (["indicator", "x", "agencies", "--answer", "nothing"], "no such question"),
        (["material", "x", "no_indicator", "agencies"], "no such indicator"),
    ],
)
def test_what_cannot_be_begun_says_why(
    tmp_path: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = copy_rules(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    assert main(["--root", str(rules), "new", *words]) == 2
    assert message in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_every_rule_file_is_in_the_one_form() -> None:
    assert not untidy(ROOT / "rules"), "run: python -m rules format"


def test_tidying_keeps_comments_and_words_and_is_done_once() -> None:
    text = '# above   \na:   1   # beside\nb:\n- {x: 是,   y: "two"}   \n- c: >-\n    one\n    two\r\n# below X\n\n'
    tidy = tidied(text)
    assert tidy == '# above\na: 1     # beside\nb:\n  - {x: 是, y: "two"}\n  - c: >-\n      one\n      two\n# below X\n'
    assert tidied(tidy) == tidy
    broken = "a: [1,\n"
    assert tidied(broken) == broken


def test_files_in_another_form_are_named_and_brought_into_the_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        "a.yaml": b"a:   1\n",
        "b/c.yaml": b"- x: 1\r\n  y: 2\r\n",
        "good.yaml": b"a: 1\n",
        "other.yaml": b"a:   \xff\n",
    }
    (tmp_path / "b").mkdir()
    for name, data in texts.items():
        (tmp_path / name).write_bytes(data)
    common = ["--root", str(tmp_path), "format"]
    named = f"{tmp_path / 'a.yaml'}\n{tmp_path / 'b' / 'c.yaml'}\n"
    assert (main([*common, "--check"]), capsys.readouterr().out) == (1, named)
    assert {name: (tmp_path / name).read_bytes() for name in texts} == texts
    assert (main(common), capsys.readouterr().out) == (0, named)
    tidy = {"a.yaml": b"a: 1\n", "b/c.yaml": b"  - x: 1\n    y: 2\n"}
    assert {name: (tmp_path / name).read_bytes() for name in texts} == texts | tidy
    assert (main([*common, "--check"]), capsys.readouterr().out) == (0, "")


# --- freshness -----------------------------------------------------------------------------------------------------------


def test_a_source_is_due_on_its_day_and_the_widest_used_comes_first() -> None:
    policy = read_policy(ROOT / "rules")
    first = min(
        policy.sources.values(),
        key=lambda source: date.fromisoformat(source.checked_on) + timedelta(days=source.check_every_days),
    )
    day = date.fromisoformat(first.checked_on) + timedelta(days=first.check_every_days)
    assert due(policy, day - timedelta(days=1)) == []
    assert report(policy, day - timedelta(days=1)) == ""
    found = due(policy, day)
    assert first.id in {entry.source.id for entry in found}
    assert due(policy, day - timedelta(days=7), within_days=7) == found
    everything = due(policy, day + timedelta(days=3650))
    assert {entry.source.id for entry in everything} == set(policy.sources)
    people = [entry.people for entry in everything]
    assert people == sorted(people, reverse=True)
    # Everybody's points rest on the measures; nobody's on the address of a portal.
    assert people[0] == PEOPLE
    assert people[-1] == 0


def test_what_is_due_is_printed_for_people_and_for_an_issue(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rules.due.PEOPLE", 40)
    policy = read_policy(ROOT / "rules")
    day = min(
        date.fromisoformat(source.checked_on) + timedelta(days=source.check_every_days)
        for source in policy.sources.values()
    )
    soon = (day - timedelta(days=3)).isoformat()
    listed = due(policy, day)

    def said(*words: str) -> str:
        assert main(["due", *words]) == 0
        return capsys.readouterr().out

    assert listed and said("--on", soon, "--within", "2") == said("--on", soon, "--markdown") == ""
    assert said("--on", day.isoformat()).splitlines() == [entry.say(lang) for entry in listed for lang in ("zh", "en")]
    lines = said("--on", soon, "--within", "3", "--lang", "en").splitlines()
    for entry, line in zip(listed, lines, strict=True):
        source = entry.source
        assert line == (
            f"{source.id}: {source.title.en}. Last checked on {number(source.checked_on, 'en')}, due on {number(day.isoformat(), 'en')}; "
            f"the points of {round(entry.people / 40 * 100)}% of made-up applicants rest on it. {source.address or 'no address'}"
        )
    assert said("--on", day.isoformat(), "--markdown") == report(policy, day)
    early = said("--on", soon, "--within", "3", "--markdown")
    assert [line for line in early.splitlines() if line.startswith("- [ ]")] == [
        f"- [ ] {entry.say('zh')}" for entry in listed
    ]


def test_what_has_begun_since_is_told_once_it_has(tmp_path: Path) -> None:
    """The pages tell it as coming until the next edition: true, and longer than it need be."""
    rules = copy_rules(tmp_path)
    edition = date.fromisoformat(read_policy(rules).edition)
    day = edition + timedelta(days=1)
    cite = f"cite: [{{source: agencies, clause: {{zh: 条, en: Article}}, grade: secondary, checked_on: {edition}}}]"
    text = f"  - {{from: {day}, points: 1000, {cite}}}\n"
    Rehearsal("", "", [{"file": "scheme.yaml", "before": "lead_time:\n", "text": text}], {}).play(rules)
    policy = read_policy(rules)
    assert report(policy, edition) == ""
    assert report(policy, day).splitlines()[4:] == [
        f"- [ ] {number(day.isoformat(), 'zh')}开始的规定已经实行，请核对并更新版本。",
        f"      What began on {number(day.isoformat(), 'en')} is in force: check it and record an edition.",
    ]


def test_an_expired_instrument_stops_the_build_until_it_is_acknowledged_with_a_reason(tmp_path: Path) -> None:
    rules = copy_rules(tmp_path)
    expiry = "    expires: {on: 2026-12-31}\n"
    Rehearsal("expiry", "", [{"file": "sources.yaml", "before": "    grade: official\n    named_by: seed-hongkou\n    basis: true\n    checked_on: 2026-11-21\n    check_every_days: 90\n", "text": expiry}], {}).play(rules)  # fmt: skip
    # For the rules' own day it has not expired; for a later one that the builder names it has.
    policy = read_policy(rules)
    with pytest.raises(RulesError, match="points-rules expired on 2026-12-31") as stopped:
        read_policy(rules, "2027-01-01")
    assert [fault.file for fault in stopped.value.faults] == ["rules/sources.yaml"]
    read_policy(rules, "2026-12-31")
    listed = {entry.source.id: entry.expired for entry in due(policy, date(2027, 1, 1))}
    assert listed == {"points-rules": "2026-12-31"}
    assert "失效" in report(policy, date(2027, 1, 1))
    text = (rules / "sources.yaml").read_text(encoding="utf-8")
    known = "    expires:\n      on: 2026-12-31\n      acknowledged: 2027-01-02\n      reason: {zh: 延长有效期的通知尚未公布, en: The notice of its extension is not out yet}\n"
    (rules / "sources.yaml").write_text(text.replace(expiry, known), encoding="utf-8")
    assert due(read_policy(rules, "2027-01-03"), date(2027, 1, 3)) == []


def test_the_day_is_named_by_the_builder_and_by_no_clock(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert main(["check"]) == 2
    assert "SOURCE_DATE_EPOCH: 'soon': must be a number of seconds" in capsys.readouterr().err
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(86_400 * 365 * 200))
    assert main(["check"]) == 0
    assert read_policy(ROOT / "rules").day == read_policy(ROOT / "rules").edition


def made_up_source(name: str, checked_on: str, days: int, **more: Any) -> m.Source:
    """A source with the little that a list of what is due needs."""
    return m.Source.model_validate(
        {"id": name, "title": {"zh": f"题{name}", "en": f"Title {name}"}, "grade": "official", "checked_on": checked_on,
         "check_every_days": days, "address": None, **more},
    )  # fmt: skip


def test_what_is_due_is_told_whole_and_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """By how many people it concerns, then since when, then by name; what has expired is due until it is acknowledged."""
    reason = {"zh": "理由", "en": "A reason"}
    sources = [
        made_up_source("b", "2030-06-05", 10),
        made_up_source("a", "2030-06-05", 10, address="https://example.org/"),
        made_up_source("tomorrow", "2030-06-06", 10),
        made_up_source("older", "2030-06-04", 10),
        made_up_source("wide", "2030-06-14", 1),
        made_up_source("over", "2030-06-14", 900, expires={"on": "2030-06-14"}),
        made_up_source("last-day", "2030-06-14", 900, expires={"on": "2030-06-15"}),
        made_up_source("known", "2030-06-14", 900, expires={"on": "2030-06-14", "acknowledged": "2030-06-14", "reason": reason}),
        made_up_source("unsaid", "2030-06-15", 900, expires={"on": "2030-06-14", "acknowledged": "2030-06-14"}),
    ]  # fmt: skip

    def dated(*days: str) -> Any:
        return SimpleNamespace(values=[SimpleNamespace(from_=day) for day in days])

    policy: Any = SimpleNamespace(
        sources={source.id: source for source in sources},
        day="2030-06-13",
        scheme=SimpleNamespace(standard=dated("2030-06-13", "2030-06-15").values),
        indicators={"one": dated("2030-01-01", "2030-06-14")},
        eligibility=SimpleNamespace(conditions=[dated("2030-06-14"), dated("2030-06-16")]),
    )
    asked: list[Any] = []
    monkeypatch.setattr("rules.due.rests_on", lambda *which: asked.append(which) or {"wide": 333, "over": 1})
    on = date(2030, 6, 15)
    assert [(entry.source.id, entry.since, entry.expired, entry.people) for entry in due(policy, on)] == [
        ("wide", "2030-06-15", None, 333),
        ("over", "2032-11-30", "2030-06-14", 1),
        ("older", "2030-06-14", None, 0),
        ("a", "2030-06-15", None, 0),
        ("b", "2030-06-15", None, 0),
        ("unsaid", "2032-12-01", "2030-06-14", 0),
    ]
    assert asked == [(policy, "2030-06-15", PEOPLE)]
    soon = [entry.source.id for entry in due(policy, on, 1)]
    assert soon == ["wide", "over", "older", "a", "b", "tomorrow", "last-day", "unsaid"]
    policy.sources = {name: policy.sources[name] for name in ("over", "a")}
    assert report(policy, on) == (
        "按影响的人数排列，截至 2030 年 6 月 15 日。核对后把 `checked_on` 改为核对的那一天。\n\n"
        "By how many people they concern, as of 15 June 2030. After looking, set `checked_on` to that day.\n\n"
        "- [ ] over：题over。已于 2030 年 6 月 14 日失效，请查找替代文件或注明理由；上次核对 2030 年 6 月 14 日，应于 2032 年 11 月 30 日再核对；0% 的虚构申请人的分数以它为依据。无网址\n"
        "      over: Title over. Expired on 14 June 2030: find what replaced it, or acknowledge it with a reason. Last checked on 14 June 2030, due on 30 November 2032; the points of 0% of made-up applicants rest on it. no address\n"
        "- [ ] a：题a。上次核对 2030 年 6 月 5 日，应于 2030 年 6 月 15 日再核对；0% 的虚构申请人的分数以它为依据。https://example.org/\n"
        "      a: Title a. Last checked on 5 June 2030, due on 15 June 2030; the points of 0% of made-up applicants rest on it. https://example.org/\n"
        "- [ ] 2030 年 6 月 14 日开始的规定已经实行，请核对并更新版本。\n"
        "      What began on 14 June 2030 is in force: check it and record an edition.\n"
        "- [ ] 2030 年 6 月 15 日开始的规定已经实行，请核对并更新版本。\n"
        "      What began on 15 June 2030 is in force: check it and record an edition.\n"
    )
    # What is due a day later is not asked for unless it is asked for.
    assert "：题a" not in report(policy, date(2030, 6, 14)) and "：题a" in report(policy, date(2030, 6, 14), 1)
    assert report(policy, date(2030, 6, 13)) == "" and "over" in report(policy, date(2030, 6, 13), 2)
    wide = Due(sources[0], "2030-06-15", None, PEOPLE * 5 // 6)
    assert "83%" in wide.say("zh") and "83%" in wide.say("en")
