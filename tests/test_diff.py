"""What changed between two versions of the rules: said for every figure, in both languages, and nothing where nothing changed."""

from __future__ import annotations

import dataclasses
import functools
import io
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest
from pydantic import BaseModel, Field

from estimator.answers import Answers
from estimator.model import Question
from rules import guide as g
from rules import model as m
from rules import phrases, record
from rules.__main__ import main
from rules.checks import Policy, read_policy
from rules.diff import (
    _PASSED_OVER,
    Change,
    _change,
    _figures,
    _kind,
    _lead_time,
    _name,
    _pairs,
    _standard,
    as_of,
    coming_changes,
    days_of_interest,
    differences,
    sentence,
)
from rules.facts import Fact
from rules.impact import Impact, _score, impact, impacts, rests_on
from rules.labels import LABELS, excerpt, label, show
from rules.words import Writer, number
from tests.elsewhere import as_elsewhere
from tests.golden import load
from tests.rehearsals import ROOT, Rehearsal, copy_rules
from tests.shorthand import spelt_out


@functools.cache
def present() -> Policy:
    """The policy as it is."""
    return read_policy(ROOT / "rules")


def edited(folder: Path, *edits: dict[str, str]) -> Policy:
    """The policy after some edits (see tests/rehearsals.py)."""
    rules = copy_rules(folder)
    Rehearsal("an edit", "", list(edits), {}).play(rules)
    return read_policy(rules)


EDITS = {
    "a figure is corrected": (
        {"file": "indicators/bonus/spouse.yaml", "old": "      cap: 40\n", "text": "      cap: 44\n"},
        "自 2018 年 1 月 1 日起，更正“配偶为本市户籍人员”的计分：上限：40 分 → 44 分",
        "From 1 January 2018, how “Spouse with Shanghai household registration” counts is corrected: at most: 40 → 44",
    ),
    "a condition is worded anew": (
        {"file": "indicators/base/qualification.yaml", "old": "zh: 职称或技能与现在的岗位一致。", "text": "zh: 职称或技能与目前岗位相符。"},
        "“专业技术职称和技能等级”的条件改为：职称或技能与目前岗位相符",
        "a condition of “Professional title or skill level” is now: The title or skill fits the post that is held now",
    ),
    "the test of a condition of applying changes": (
        {"file": "eligibility.yaml", "old": "si_months_last_12, at_least: 6", "text": "si_months_last_12, at_least: 7"},
        "申请条件更正：要求至少：6 → 7",
        "a condition of applying is corrected: requirement at least: 6 → 7",
    ),
    "a step takes longer": (
        {"file": "process/first-application.yaml", "old": "lasts: {kind: not_before, working_days: 3}", "text": "lasts: {kind: not_before, working_days: 5}"},
        "所需时间工作日：3 → 5",
        "how long it takes working days: 3 → 5",
    ),
    "a wage is corrected": (
        {"file": "wages.yaml", "old": "yuan: 7384", "text": "yuan: 7385"},
        "更正 2024 年 7 月至 2025 年 6 月的工资表：缴费基数下限元：7,384 → 7,385",
        "the wage table of July 2024 to June 2025 is corrected: lowest base yuan: 7,384 → 7,385",
    ),
    "a source is looked at again": (
        {"file": "sources.yaml", "old": "  - id: one-stop\n", "text": "  - id: one-stop\n    note: {zh: 门户改版, en: The portal has a new face}\n"},
        "说明：无 → “门户改版”",
        "remark: none → “The portal has a new face”",
    ),
    "a source is only looked at again": (
        {"file": "sources.yaml", "old": "    address: https://zwdt.sh.gov.cn/\n    grade: official\n    checked_on: 2026-11-21\n", "text": "    address: https://zwdt.sh.gov.cn/\n    grade: official\n    checked_on: 2027-01-02\n"},
        "来源“上海‘一网通办’政务服务门户”：已于 2027 年 1 月 2 日重新核对。",
        "The source “Shanghai one-stop government service portal”: checked again on 2 January 2027.",
    ),
    "a source is looked at again, and another is it now": (
        {"file": "sources.yaml", "old": "    address: https://zwdt.sh.gov.cn/\n    grade: official\n    checked_on: 2026-11-21\n", "text": "    address: https://zwdt.sh.gov.cn/\n    grade: official\n    basis: true\n    checked_on: 2027-01-02\n"},
        "：政策依据文件：否 → 是；已于 2027 年 1 月 2 日重新核对。",
        ": policy basis: no → yes; checked again on 2 January 2027.",
    ),
    "a paper is needed of more people": (
        {"file": "materials.yaml", "old": "when: [{answer: education_route, in: [overseas]}]", "text": "when: [{answer: education_route, in: [overseas, online]}]"},
        "用于1另须学习形式应为其一：overseas → overseas、online（",
        "for 1 and where How it was earned one of: overseas → overseas, online (",
    ),
    "an option is put differently": (
        {"file": "questions.yaml", "old": "{value: military, label: {zh: 军队院校、军队自考", "text": "{value: military, label: {zh: 军队院校或军队自考"},
        "估算的问题有改动：学习形式",
        "a question of the estimator is put differently: How it was earned",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_told_in_both_languages(tmp_path: Path, name: str) -> None:
    edit, zh, en = EDITS[name]
    changes = differences(present(), edited(tmp_path, edit))
    assert len(changes) == 1, [change.en for change in changes]
    assert zh in changes[0].say("zh")
    assert en.casefold() in changes[0].say("en").casefold()


def test_a_text_is_told_with_the_figures_that_it_had_and_has(tmp_path: Path) -> None:
    words = {"file": "materials.yaml", "old": 'zh: "最近 {months} 个月的', "text": 'zh: "近 {months} 个月的'}
    figure = {"file": "materials.yaml", "old": "figures: {months: 6}", "text": "figures: {months: 9}"}
    (change,) = differences(present(), edited(tmp_path, words, figure))
    assert "名称：“最近 6 个月的个人所得税记录” → “近 9 个月的个人所得税记录”；数字月数：6 → 9" in change.say("zh")
    assert "of the last 6 months” → “Income-tax record of the last 9 months”; figure months: 6 → 9" in change.say("en")


def test_a_text_is_told_with_figures_of_other_rules_as_they_were_and_are(tmp_path: Path) -> None:
    words = {
        "file": "process/first-application.yaml",
        "old": "zh: 模拟结果达到 {standard} 分，就向",
        "text": "zh: 模拟结果达到 {standard} 分，便向",
    }
    figure = {"file": "scheme.yaml", "old": "    points: 120\n", "text": "    points: 130\n"}
    (change,) = [
        it for it in differences(present(), edited(tmp_path, words, figure)) if it.about.startswith("process:")
    ]
    assert "“模拟结果达到 120 分，就向单位" in change.zh and "→ “模拟结果达到 130 分，便向单位" in change.zh


def test_a_long_text_is_cut_and_its_quotation_marks_stand_inside() -> None:
    assert excerpt("“" + "字" * 79) == "“‘" + "字" * 79 + "”"
    assert excerpt("字" * 80 + "”") == "“" + "字" * 79 + "…”"


def test_nothing_is_told_where_nothing_changed(tmp_path: Path) -> None:
    again = edited(tmp_path, {"file": "wages.yaml", "text": "# a remark\n"})
    assert differences(present(), again) == []


def compared(kind: Any) -> set[str]:
    """The keys of all that is compared part by part below a model."""
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return set().union(*map(compared, get_args(kind)))
    fields = {} if kind is m.Text else {n: f for n, f in kind.model_fields.items() if n not in _PASSED_OVER}
    return {info.alias or name for name, info in fields.items()}.union(
        *(compared(f.annotation) for f in fields.values())
    )


def test_every_part_has_a_name_in_both_languages_and_no_name_is_idle() -> None:
    parts = compared(m.EligibilityValue | m.WageYear | m.EducationType | g.Process | g.Material | g.Benefit | m.Source)
    entries = [*present().processes.values(), *present().materials.materials, *present().benefits.benefits]
    named = {
        path[at + 1]
        for entry in entries
        for path in _figures(entry)
        for at, part in enumerate(path)
        if part == "figures"
    }
    assert parts - {"id"} <= LABELS.keys() <= parts | named
    assert all(zh and en for zh, en in LABELS.values())


def test_a_question_stands_for_its_key_with_its_figures_filled() -> None:
    for lang in ("zh", "en"):
        writer = Writer(present(), lang)
        labels = [label((key,), writer) for key in present().questions]
        assert len(set(labels)) == len(labels) and not any("{" in said or "_" in said for said in labels)


def leaves(part: Any) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Every whole number below a way of counting, by its path."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from ((((name, *path)), value) for path, value in leaves(getattr(part, name)))
    elif isinstance(part, list | dict):
        for key, item in part.items() if isinstance(part, dict) else enumerate(part):
            yield from ((((key, *path)), value) for path, value in leaves(item))
    elif isinstance(part, int) and not isinstance(part, bool):
        yield (), part


def with_leaf(part: Any, path: tuple[Any, ...], value: int) -> Any:
    """The same with another number at the path."""
    if not path:
        return value
    name, *rest = path
    if isinstance(part, BaseModel):
        return part.model_copy(update={name: with_leaf(getattr(part, name), tuple(rest), value)})
    if isinstance(part, list):
        return [with_leaf(item, tuple(rest), value) if index == name else item for index, item in enumerate(part)]
    return {**part, name: with_leaf(part[name], tuple(rest), value)}


def test_no_figure_of_an_indicator_changes_in_silence() -> None:
    untold = []
    taken = {reading.id: reading.taken for reading in present().scheme.readings}
    for indicator in present().indicators.values():
        points: Any = indicator.counted
        for path, value in leaves(points):
            if "options" in path and path[-1] not in taken.values():
                continue  # under a reading that is not taken, nothing is shown
            changed = with_leaf(points, path, value + 1)
            for lang in ("zh", "en"):
                said = phrases.change(points, changed, present(), lang)
                if number(abs(value + 1), lang) not in said:
                    untold.append(f"{indicator.id} {path} {lang}: {said!r}")
    assert not untold, "\n".join(untold)


#: Where entries stand in the rules: a file and its list, or a folder.
LISTS = [
    ("scheme.yaml", "best_of", {"id": "another"}),
    ("scheme.yaml", "readings", {"id": "another"}),
    ("eligibility.yaml", "conditions", {"id": "another"}),
    ("wages.yaml", "years", {"from_": "2027-07", "to": "2028-06"}),
    ("materials.yaml", "materials", {"id": "another"}),
    ("benefits.yaml", "benefits", {"id": "another"}),
    ("questions.yaml", "questions", {"key": "another"}),
    ("sources.yaml", "sources", {"id": "another"}),
]
FOLDERS = ["indicators/base", "indicators/bonus", "indicators/deduction", "indicators/veto", "education", "process"]


def with_file(file: str, field: str, change: Callable[[list[Any]], list[Any]]) -> Policy:
    """The policy with another list in a file."""
    model = present().files[file]
    files = present().files | {file: model.model_copy(update={field: change(getattr(model, field))})}
    return dataclasses.replace(present(), files=files, made={})


def with_folder(folder: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Policy:
    """The policy with other entries in a folder."""
    entries = present().entries | {folder: change(present().entries[folder])}
    return dataclasses.replace(present(), entries=entries, made={})


def with_indicator(indicator: str, /, **parts: Any) -> Policy:
    """The policy with other parts of an indicator."""
    folder = f"indicators/{present().indicators[indicator].kind}"
    return with_folder(folder, lambda all: all | {indicator: all[indicator].model_copy(update=parts)})


def told(old: Policy, new: Policy, about: str = "") -> list[Any]:
    """The changes, each of which is a whole sentence in both languages."""
    changes = differences(old, new)
    for change in changes:
        for lang in ("zh", "en"):
            said = change.say(lang)
            assert said and not any(mark in said for mark in "{}[]"), said
    assert any(change.about.startswith(about) for change in changes), [change.about for change in changes]
    return changes


@pytest.mark.parametrize(("file", "field", "name"), LISTS)
def test_what_comes_or_goes_in_a_list_is_told(file: str, field: str, name: dict[str, str]) -> None:
    for item in getattr(present().files[file], field):
        if "{" in str(getattr(item, "label", "")):
            continue  # a question's figures are found by its key
        more = with_file(
            file, field, functools.partial(lambda items, new: [*items, new], new=item.model_copy(update=name))
        )
        assert told(present(), more) and told(more, present())


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_comes_or_goes_in_a_folder_is_told(folder: str) -> None:
    about = f"{folder.partition('/')[0]}:another"
    for entry in present().entries[folder].values():
        another = entry.model_copy(update={"id": "another"})
        more = with_folder(folder, functools.partial(lambda entries, new: entries | {"another": new}, new=another))
        assert told(present(), more, about) and told(more, present(), about)


@pytest.mark.parametrize("part", ["conditions", "notes"])
def test_what_comes_goes_or_ends_within_an_indicator_is_told(part: str) -> None:
    found = 0
    for name, indicator in present().indicators.items():
        for item in getattr(indicator, part):
            rest = [one for one in getattr(indicator, part) if one is not item]
            fewer = with_indicator(name, **{part: rest})
            assert told(present(), fewer, f"indicators:{name}") and told(fewer, present(), f"indicators:{name}")
            if part == "conditions":
                ends = item.model_copy(update={"to": "2027-12-31"})
                (change,) = told(present(), with_indicator(name, conditions=[*rest, ends]), f"indicators:{name}")
                assert (change.kind, change.since) == ("rule", "2028-01-01")
                assert "不再适用" in change.say("zh") and "no longer holds" in change.say("en")
            found += 1
    assert found


def test_what_is_taken_out_keeps_the_figures_that_go_with_it() -> None:
    """A condition goes together with the question whose figures it names."""
    indicator = next(i for i in present().indicators.values() for c in i.conditions if "{" in c.text.zh and c.requires)
    gone = next(c for c in indicator.conditions if "{" in c.text.zh and c.requires)
    asked = gone.requires.answer if gone.requires else ""
    fewer = with_indicator(indicator.id, conditions=[c for c in indicator.conditions if c is not gone])
    questions = present().files["questions.yaml"]
    rest = questions.model_copy(update={"questions": [q for q in questions.questions if q.key != asked]})
    new = dataclasses.replace(fewer, files=fewer.files | {"questions.yaml": rest}, made={})
    lost, dropped = told(present(), new)
    assert (lost.about, dropped.about) == (f"indicators:{indicator.id}", f"questions:{asked}")
    for lang, taken_out in (("zh", "删去条件："), ("en", " loses a condition: ")):
        writer = Writer(present(), lang)
        said = writer(gone.text, writer.condition_scope(gone))
        assert f"{taken_out}{said}" in lost.say(lang)


def test_a_condition_may_name_a_figure_of_its_indicator() -> None:
    indicator = present().indicators["spouse"]
    points: Any = indicator.counted
    another = m.Condition(
        id="another", text=m.Text(zh="最高 {cap} 分。", en="At most {cap}."), cite=indicator.values[0].cite
    )
    more = with_indicator("spouse", conditions=[*indicator.conditions, another])
    (came,), (went,) = told(present(), more), told(more, present())
    assert f"新增条件：最高 {points.cap} 分" in came.say("zh") and f": At most {points.cap}" in came.say("en")
    assert f"删去条件：最高 {points.cap} 分" in went.say("zh") and f": At most {points.cap}" in went.say("en")


def test_a_remark_on_a_diploma_is_a_fact_of_its_own_and_told() -> None:
    name, kind = next(iter(present().education_types.items()))
    cites = list(kind.cite)
    remark = m.Note(
        id="a-remark", text=m.Text(zh="{copies} 份。", en="{copies} copies."), figures={"copies": 3}, cite=cites
    )
    noted = with_folder("education", lambda all: all | {name: kind.model_copy(update={"notes": [remark]})})
    assert Writer(noted, "en").facts[f"{name}.a-remark"] == Fact(
        f"{name}.a-remark",
        "note",
        remark.text,
        tuple(cites),
        {"copies": 3},
        owner=f"education.{name}",
        scope={"copies": 3},
    )
    (change,) = told(present(), noted, f"education:{name}")
    assert "“3 份。”" in change.say("zh") and "“3 copies.”" in change.say("en")


def renewed(part: Any, day: str) -> Any:
    """The same with every citation checked again."""
    if isinstance(part, m.Cite):
        return part.model_copy(update={"checked_on": day})
    if isinstance(part, BaseModel):
        return part.model_copy(update={name: renewed(getattr(part, name), day) for name in type(part).model_fields})
    if isinstance(part, list):
        return [renewed(item, day) for item in part]
    if isinstance(part, dict):
        return {key: renewed(item, day) for key, item in part.items()}
    return part


def test_citations_checked_again_are_told_as_such_and_change_no_rule() -> None:
    files = {name: renewed(model, "2027-01-01") for name, model in present().files.items()}
    entries = {
        name: {key: entry if name == "changes" else renewed(entry, "2027-01-01") for key, entry in folder.items()}
        for name, folder in present().entries.items()
    }
    changes = told(present(), dataclasses.replace(present(), files=files, entries=entries, made={}))
    assert {change.kind for change in changes} == {"source"}
    assert {change.about.partition(":")[0] for change in changes} >= {
        "standard", "indicators", "readings", "eligibility", "wages", "education", "process", "materials",
    }  # fmt: skip


def test_a_dated_value_is_told_by_what_it_does() -> None:
    name, indicator = "age", present().indicators["age"]
    last = indicator.values[-1]
    same = last.model_copy(update={"from_": "2027-01-01"})
    over = last.model_copy(update={"from_": "2027-01-01", "points": m.Abolished(method="abolished")})
    again = last.model_copy(update={"from_": "2028-01-01"})
    for values, zh, en in (
        ([*indicator.values, same], "有了新的依据，计分不变", "has a new basis and counts as before"),
        ([*indicator.values, over], "取消“年龄”", "is abolished"),
        ([*indicator.values, over, again], "开始计算“年龄”", "counts:"),
    ):
        changed = with_indicator(name, values=values)
        assert zh in told(present(), changed)[-1].say("zh") and en in told(present(), changed)[-1].say("en")
        assert "不再有这一天开始的规定" in told(changed, present())[0].say("zh")
    words = m.Text(zh="岁数", en="Years of age")
    assert [change.kind for change in told(present(), with_indicator(name, name=words))] == ["words"]


def test_the_standard_and_the_time_it_takes_are_told() -> None:
    value = present().scheme.standard[-1]
    corrected = with_file(
        "scheme.yaml", "standard", lambda all: [*all[:-1], value.model_copy(update={"points": value.points + 5})]
    )
    (change,) = told(present(), corrected, "standard")
    assert "更正" in change.say("zh") and f"{value.points} → {value.points + 5}" in change.say("en")
    later = value.model_copy(update={"from_": "2027-01-01", "points": value.points + 5})
    appended = with_file("scheme.yaml", "standard", lambda all: [*all, later])
    (change,) = told(present(), appended, "standard")
    assert change.since == "2027-01-01" and "更正" not in change.say("zh")
    assert "does not come after all" in told(appended, present())[0].say("en")
    lead = present().scheme.lead_time
    scheme = present().scheme.model_copy(update={"lead_time": lead.model_copy(update={"months": lead.months + 1})})
    slower = dataclasses.replace(present(), files=present().files | {"scheme.yaml": scheme}, made={})
    assert f"{lead.months} → {lead.months + 1} months" in told(present(), slower, "lead_time")[0].say("en")


def test_another_reading_taken_or_worded_is_told() -> None:
    reading = present().scheme.readings[0]
    other = next(option.value for option in reading.options if option.value != reading.taken)
    taken = with_file("scheme.yaml", "readings", lambda all: [reading.model_copy(update={"taken": other}), *all[1:]])
    assert "改为采用" in told(present(), taken, "readings")[0].say("zh")
    asked = reading.model_copy(update={"question": m.Text(zh="另一种问法？", en="Put otherwise?")})
    worded = with_file("scheme.yaml", "readings", lambda all: [asked, *all[1:]])
    assert [change.kind for change in told(present(), worded, "readings")] == ["source"]


def test_the_impact_is_the_reverse_the_other_way_round(tmp_path: Path) -> None:
    higher = edited(tmp_path, {"file": "scheme.yaml", "old": "    points: 120\n", "text": "    points: 130\n"})
    there, back = impact(present(), higher, "2026-11-21", 400), impact(higher, present(), "2026-11-21", 400)
    assert (there.gain, there.differ) == (0, 0)
    assert there.lose > 0
    assert (back.gain, back.lose) == (there.lose, there.gain)


def test_an_edition_is_recorded_once_and_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit = EDITS["a figure is corrected"][0]
    rules = copy_rules(tmp_path)
    Rehearsal("an edit", "", [edit], {}).play(rules)
    common = ["--root", str(rules), "record", str(ROOT), "--people", "50"]
    assert main([*common, "--check"]) == 1
    assert main(common) == 0
    assert main([*common, "--check"]) == 0
    policy = read_policy(rules)
    newest = policy.records[0]
    assert newest.rules == f"{newest.edition}+{newest.rules[-10:]}"
    assert [(change.about, change.kind, change.since) for change in newest.changes] == [
        ("indicators:spouse", "rule", "2018-01-01")
    ]
    assert newest.changes[0].text.zh in EDITS["a figure is corrected"][1] + newest.changes[0].text.zh
    assert newest.impact[0].differ > 0
    assert record.is_recorded(policy)
    # The same again writes nothing; another edit on the same day gets the next number.
    before = sorted(path.name for path in (rules / "changes").iterdir())
    assert main(common) == 0
    assert sorted(path.name for path in (rules / "changes").iterdir()) == before
    Rehearsal("another", "", [{**edit, "old": "      cap: 44\n", "text": "      cap: 48\n"}], {}).play(rules)
    assert main([*common[:3], str(ROOT), "--people", "0"]) == 0
    assert read_policy(rules).records[0].id.startswith(f"{newest.edition}-")
    capsys.readouterr()


def git(folder: Path, *words: str) -> str:
    """What a Git command says, whatever the settings of this computer."""
    settings = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """The rules of a checkout whose last edition was recorded two commits ago; since then a cap and, not yet committed, a name
    have changed."""
    rules = copy_rules(tmp_path)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "An edition on record")
    Rehearsal("", "", [EDITS["a figure is corrected"][0]], {}).play(rules)
    git(tmp_path, "commit", "--quiet", "--all", "--message", "Not on record yet")
    Rehearsal("", "", [EDITS["a source is looked at again"][0]], {}).play(rules)
    return rules


def test_versions_are_taken_from_git(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ["--root", str(history)]
    cap, remark = EDITS["a figure is corrected"][1:], EDITS["a source is looked at again"][1:]
    told = {
        # What is not committed; the last commit alone; both.
        ("diff", "--people", "0", "--lang", "zh"): [remark[0]],
        ("diff", "HEAD~1", "HEAD", "--people", "0", "--lang", "en"): [cap[1]],
        ("diff", "HEAD~1", "--people", "0"): [*cap, *remark],
    }
    for command, wanted in told.items():
        assert main([*common, *command]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert len(lines) == len(wanted)
        assert all(part in line for part, line in zip(wanted, lines, strict=True)), lines
    # A record goes back to the rules of the one before it, not to the last commit.
    assert main([*common, "record", "--people", "0"]) == 0
    assert "2 changes" in capsys.readouterr().out
    assert [change.about for change in read_policy(history).records[0].changes] == [
        "indicators:spouse",
        "sources:one-stop",
    ]


@pytest.mark.parametrize("lost", ["the folder", "the record", "Git"])
def test_without_an_older_edition_in_git_a_record_asks_for_one(
    lost: str, history: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if lost == "Git":
        monkeypatch.setenv("PATH", str(history))
    else:
        shutil.rmtree(history.parent / ".git")
    if lost == "the record":
        git(history.parent, "init", "--quiet")
        git(history.parent, "add", ".", ":!rules/changes")
        git(history.parent, "commit", "--quiet", "--message", "No edition")
    before = sorted((history / "changes").iterdir())
    assert main(["--root", str(history), "record"]) == 2
    assert capsys.readouterr() == (
        "",
        "no edition is on record in Git; name the older rules: python -m rules record OLD (a folder or a revision)\n",
    )
    assert sorted((history / "changes").iterdir()) == before
    # A first edition has none before it.
    assert main(["--root", str(history), "record", "--first"]) == 0
    newest = read_policy(history).records[0]
    assert (newest.note, newest.changes, newest.impact) == (record.FIRST, [], [])


@pytest.mark.parametrize("path", [None, "nowhere"])
def test_a_version_that_is_not_there_is_named(
    path: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also where there is no Git to ask."""
    if path:
        monkeypatch.setenv("PATH", path)
    assert main(["diff", "no-such-revision"]) == 2
    assert capsys.readouterr() == (
        "",
        "'no-such-revision': neither a folder with scheme.yaml nor a Git revision with rules/\n",
    )


def test_what_git_says_before_it_fails_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_how: subprocess.CompletedProcess(command, 128, b"0123abc")
    )
    with pytest.raises(record.NoSuchVersion):
        record.last_recorded(ROOT)


def test_the_last_record_is_the_commit_that_git_names_of_its_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def run(command: list[str], **how: Any) -> Any:
        asked.append((command, how))
        return subprocess.CompletedProcess(command, 0, b" 0123abc\n")

    monkeypatch.setattr(subprocess, "run", run)
    assert record.last_recorded(ROOT) == "0123abc"
    command = ["git", "log", "-1", "--format=%H", "--", "rules/changes"]
    assert asked == [(command, {"cwd": ROOT, "capture_output": True, "check": False})]


def test_a_version_is_a_folder_the_rules_in_it_or_what_git_packs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("rules/scheme.yaml")
        entry.size = 2
        archive.addfile(entry, io.BytesIO(b"a\n"))
    known = {(ROOT, "archive", "a-tag", "rules"): packed.getvalue()}
    monkeypatch.setattr(record, "_git", lambda *asked: known.get(asked, b""))
    unpacked = record.version("a-tag", tmp_path, ROOT)
    assert unpacked == tmp_path / "rules"
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")] == ["rules/scheme.yaml"]
    assert (unpacked / "scheme.yaml").read_bytes() == b"a\n"
    # From now on the folders are there.
    nowhere = tmp_path / "nowhere"
    for folder in (unpacked, tmp_path):
        assert record.version(str(folder), nowhere, ROOT) == unpacked
    (tmp_path / "scheme.yaml").touch()
    assert record.version(str(tmp_path), nowhere, ROOT) == tmp_path
    with pytest.raises(record.NoSuchVersion) as refused:
        record.version("a-branch", nowhere, ROOT)
    assert str(refused.value) == "'a-branch': neither a folder with scheme.yaml nor a Git revision with rules/"


def test_a_version_writes_nowhere_but_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../outside"))
    monkeypatch.setattr(record, "_git", lambda *_asked: packed.getvalue())
    scratch = tmp_path / "scratch"
    with pytest.raises(tarfile.OutsideDestinationError):
        record.version("a-tag", scratch, ROOT)
    assert not (tmp_path / "outside").exists()


def test_faults_of_an_older_version_are_told_as_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = copy_rules(tmp_path)
    (rules / "faq.yaml").unlink()
    assert main(["diff", str(tmp_path)]) == 1
    assert capsys.readouterr() == ("", f"{tmp_path}:rules/faq.yaml:1:1: this file is missing\n1 fault.\n")


def test_a_comparison_says_whom_it_concerns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the made-up people are told: where a rule changes and nobody is touched, that; of words, nothing."""
    rules = copy_rules(tmp_path)
    common = ["--root", str(rules), "diff", str(ROOT), "--people", "40"]
    assert main(common) == 0
    assert capsys.readouterr().out == "没有变化。\nNothing has changed.\n"
    Rehearsal("", "", [EDITS["an option is put differently"][0]], {}).play(rules)
    assert main(common) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    Rehearsal("", "", [EDITS["a step takes longer"][0]], {}).play(rules)
    assert main(common) == 0
    day = present().edition
    assert capsys.readouterr().out.splitlines()[4:] == [
        f"{number(day, 'zh')}：40 名虚构的申请人中，没有人的结果有变化。",
        f"On {number(day, 'en')}, nothing changes for any of 40 made-up applicants.",
    ]


def test_an_impact_of_any_kind_is_no_silence() -> None:
    nobody = Impact("2026-11-21", 40, 0, 0, 0)
    for one in (
        dataclasses.replace(nobody, gain=7),
        dataclasses.replace(nobody, lose=7),
        dataclasses.replace(nobody, differ=7),
    ):
        assert "7" in one.say("zh").partition("：")[2] and "没有人" not in one.say("zh")
        assert " 7 " in one.say("en") and "nothing" not in one.say("en")


def test_years_that_count_are_told_by_what_counts() -> None:
    points: Any = present().indicators["public_service"].counted
    only = points.model_copy(update={"counts": "after"})
    every = points.model_copy(update={"counts": "all"})
    assert phrases.change(every, only, present(), "zh") == "计入的年数：全部 → 只计起算年限之后"
    assert phrases.change(only, every, present(), "en") == "years that count: only those after that → all"
    # As the reading that is taken has it, nothing changes.
    settled = Writer(present(), "zh").settled(points.counts)
    assert phrases.change(points, points.model_copy(update={"counts": settled}), present(), "zh") == ""


def test_models_of_every_method_are_told_apart() -> None:
    """A change from one way of counting to another tells both in full."""
    one: Any = present().indicators["spouse"].counted
    other = m.Flag(method="flag", answer="shortage_major", points=7)
    assert phrases.change(one, other, present(), "en") == "each full year 4, at most 40 → where it applies 7"
    assert phrases.change(one, m.Abolished(method="abolished"), present(), "zh").endswith("→ 取消")


def test_the_policy_of_a_day_knows_nothing_that_begins_later() -> None:
    """Made-up rules around a day: what begins after it is not there, and what ends on it or later has no end yet."""
    before, day, after = "2030-05-31", "2030-06-01", "2030-06-02"

    def since(*days: str) -> list[Any]:
        return [SimpleNamespace(from_=each) for each in days]

    def condition(id: str, from_: str | None = None, to: str | None = None) -> m.Condition:
        return m.Condition.model_construct(id=id, from_=from_, to=to)

    conditions = [
        condition("always"), condition("since-today", day, before), condition("from-tomorrow", after),
        condition("until-today", before, day), condition("until-tomorrow", to=after),
    ]  # fmt: skip
    kept = [
        condition("always"), condition("since-today", day, before),
        condition("until-today", before), condition("until-tomorrow"),
    ]  # fmt: skip

    def indicator(id: str, *days: str, conditions: list[m.Condition]) -> m.Indicator:
        return m.Indicator.model_construct(id=id, kind="base", order=1, values=since(*days), conditions=conditions)

    other = object()
    files: dict[str, Any] = {
        "scheme.yaml": m.Scheme.model_construct(name=other, standard=since(before, day, after)),
        "eligibility.yaml": m.Eligibility.model_construct(
            not_covered=other,
            conditions=[
                m.EligibilityCondition.model_construct(id=id, values=since(*days))
                for id, days in {"both": [day, after], "later": [after]}.items()
            ],
        ),
        # A wage year begins on the first day of its first month.
        "wages.yaml": m.Wages.model_construct(name=other, years=since("2029-07", "2030-06", "2030-07")),
        "faq.yaml": other,
    }
    entries: dict[str, dict[str, Any]] = {
        "indicators/base": {
            "known": indicator("known", before, day, after, conditions=conditions),
            "new": indicator("new", after, conditions=conditions),
        },
        "education": {"a-type": m.EducationType.model_construct(id="a-type", conditions=conditions)},
        "process": {"a-process": other},
    }
    known = as_of(Policy(ROOT, files, entries, unread=["x"], named=after), day)
    assert known == Policy(
        ROOT,
        {
            "scheme.yaml": m.Scheme.model_construct(name=other, standard=since(before, day)),
            "eligibility.yaml": m.Eligibility.model_construct(
                not_covered=other, conditions=[m.EligibilityCondition.model_construct(id="both", values=since(day))]
            ),
            "wages.yaml": m.Wages.model_construct(name=other, years=since("2029-07", "2030-06")),
            "faq.yaml": other,
        },
        {
            "indicators/base": {"known": indicator("known", before, day, conditions=kept)},
            "education": {"a-type": m.EducationType.model_construct(id="a-type", conditions=kept)},
            "process": {"a-process": other},
        },
        named=day,
    )


def test_what_is_known_to_come_is_told_as_changes_of_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's rules against those without what is to come; what changes of sources and words alone is passed over."""
    new: Any = SimpleNamespace(day="2030-06-15")
    kinds: tuple[Any, ...] = ("rule", "source", "words", "rule")
    found = [Change(f"standard:{number}", None, "", "", kind=kind) for number, kind in enumerate(kinds)]
    compared: list[Any] = []
    monkeypatch.setattr("rules.diff.as_of", lambda *of: ("as of", *of))
    monkeypatch.setattr("rules.diff.differences", lambda *two: compared.append(two) or found)
    assert coming_changes(new) == [found[0], found[3]]
    assert compared == [(("as of", new, "2030-06-15"), new)]


# --- parts by themselves ---------------------------------------------------------------------------------------------------


def words(zh: str, en: str) -> m.Text:
    """A text in both languages."""
    return m.Text(zh=zh, en=en)


class Part(m.Strict):
    """A part of made-up rules, one of each kind of value in it."""

    id: str = "a-part"
    from_: str = Field(default="2030-01-01", alias="from")
    to: str = "2030-12-31"
    cite: list[str] = Field(default=["a-notice"])
    checked_on: str = "2030-01-01"
    order: int = 1
    count: int | None = 1
    on: bool = True
    text: m.Text | None = words("一", "One")
    names: list[str] = Field(default=["a", "b"])
    parts: list[Part] = Field(default=[])
    figures: dict[str, int] = Field(default={})


def test_parts_are_compared_by_their_figures_and_words() -> None:
    """Each with its path; entries go by their names; where a part is cited, and where it stands, is passed over."""
    inner = Part(id="inner", figures={"x": 1, "y": 2})
    whole = Part(parts=[inner, Part(id="other")])
    assert _figures(Part(text=None, figures={"x": 1})) == {
        ("id",): "a-part",
        ("count",): 1,
        ("on",): True,
        ("text",): None,
        ("names",): ("a", "b"),
        ("figures", "x"): 1,
    }
    # The days of the part itself are told apart; those of what is inside it are figures as any other.
    assert _figures(whole)[("parts", "inner", "from")] == "2030-01-01"
    changed = [
        Part(id="inner", figures={"y": 3, "z": 4}, cite=["b"], checked_on="2031-01-01", order=2),
        Part(id="other"),
    ]
    after = Part.model_validate({"parts": changed, "cite": ["b"], "from": "2031-01-01"})
    assert _pairs(whole, after) == [
        (("parts", "inner", "figures", "x"), 1, None),
        (("parts", "inner", "figures", "y"), 2, 3),
        (("parts", "inner", "figures", "z"), None, 4),
    ]
    unnamed = [SimpleNamespace(id=7, code="a-code"), SimpleNamespace(id=None), SimpleNamespace(value="v", answer="a")]
    assert [_name(item, index) for index, item in enumerate(unnamed)] == ["a-code", 2, "v"]
    assert [_name(SimpleNamespace(**{name: "n", "answer": "a"}), 0) for name in ("id", "key", "value", "code")] == [
        "n"
    ] * 4


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        ({}, "source"),
        ({"cite": ["another"]}, "source"),
        ({"text": words("二", "Two")}, "words"),
        ({"text": None}, "words"),
        ({"count": 2}, "rule"),
        ({"text": words("二", "Two"), "count": None}, "rule"),
        ({"text": words("二", "Two"), "count": 2}, "rule"),
    ],
)
def test_a_change_is_of_words_only_where_no_figure_changes(after: dict[str, Any], kind: str) -> None:
    assert _kind(Part(), Part(**after)) == kind
    assert _kind(Part(**after), Part()) == kind


def test_a_change_rests_on_the_first_of_its_citations() -> None:
    sources = {
        "long": SimpleNamespace(short=None, title=words("题", "Title")),
        "brief": SimpleNamespace(short=words("简", "Brief")),
    }
    new: Any = SimpleNamespace(sources=sources)
    long, brief = (
        m.Cite(source=source, clause=words("条", "Article"), grade="official", checked_on="2030-06-15")
        for source in sources
    )
    said = ("改", "a change")
    for cites, clause in (
        ([long, brief], words("题，条", "Title, Article")),
        ([brief], words("简，条", "Brief, Article")),
    ):
        assert _change(new, "standard", "2030-07-01", said, cites, "source") == Change(
            "standard", "2030-07-01", "改", "a change", cites[0], clause, "source"
        )
    assert _change(new, "standard", "2030-07-01", said, kind="words") == Change(
        "standard", "2030-07-01", "改", "a change", kind="words"
    )


def standing(
    *values: tuple[str, int, str], months: int = 2, named: bool = True, best: dict[str, tuple[str, str]] | None = None
) -> Any:
    """Made-up rules with a standard that is (from, points, grade of what it rests on), a time that an application takes, and
    groups of which the best counts (members, ending of the text)."""

    def cite(grade: str) -> Any:
        return m.Cite(source="brief", clause=words("条", "Article"), grade=grade, checked_on="2030-06-15")  # type: ignore[arg-type]

    return SimpleNamespace(
        terms={"standard-score": words("标准", "mark")} if named else {},
        sources={"brief": SimpleNamespace(short=words("简", "Brief"))},
        scheme=SimpleNamespace(
            name=words("办法", "scheme"),
            standard=[SimpleNamespace(from_=day, points=points, cite=[cite(grade)]) for day, points, grade in values],
            lead_time=SimpleNamespace(months=months, cite=[cite("official")]),
            best_of=[
                SimpleNamespace(
                    id=id, members=members, text=words(f"只计{id}{end}。", f"Only {id}{end}."), cite=[cite("seed")]
                )
                for id, (members, end) in (best or {}).items()
            ],
        ),
    )


def test_a_standard_is_told_as_begun_corrected_renewed_or_gone() -> None:
    old = standing(
        ("2030-01-01", 1000, "official"),
        ("2031-01-01", 1100, "official"),
        ("2032-01-01", 1200, "secondary"),
        ("2039-01-01", 1300, "secondary"),
    )
    new = standing(
        ("2029-01-01", 900, "official"),
        ("2030-01-01", 1000, "official"),
        ("2031-01-01", 1150, "official"),
        ("2032-01-01", 1200, "official"),
        ("2033-01-01", 1200, "official"),
        ("2034-01-01", 1400, "official"),
    )

    def change(day: str, zh: str, en: str, at: int, kind: Any = "rule") -> Change:
        return Change("standard", day, zh, en, new.scheme.standard[at].cite[0], words("简，条", "Brief, Article"), kind)

    assert list(_standard(old, new)) == [
        change("2029-01-01", "标准：无 分 → 900 分", "the mark: none → 900", 0),
        change("2031-01-01", "更正标准：1,100 分 → 1,150 分", "a correction of the mark: 1,100 → 1,150", 2),
        change("2032-01-01", "标准的依据或核对日期更新", "the citation of the mark is renewed", 3, "source"),
        change("2033-01-01", "标准的依据或核对日期更新", "the citation of the mark is renewed", 4, "source"),
        change("2034-01-01", "标准：1,200 分 → 1,400 分", "the mark: 1,200 → 1,400", 5),
        Change(
            "standard", "2039-01-01", "不再有这一天开始的标准（1,300 分）", "the mark of 1,300 does not come after all"
        ),
    ]
    (change,) = _standard(standing(), standing(("2030-01-01", 7, "official"), named=False))
    assert (change.zh, change.en) == ("办法：无 分 → 7 分", "the scheme: none → 7")


def test_groups_of_which_the_best_counts_are_told() -> None:
    old = standing(best={"same": ("ab", ""), "other": ("ab", ""), "worded": ("ab", ""), "gone": ("ab", " X")})
    new = standing(best={"begun": ("ab", " X"), "same": ("ab", ""), "other": ("ac", ""), "worded": ("ab", "!")})

    def change(id: str, zh: str, en: str, at: int, kind: Any = "rule") -> Change:
        cite = new.scheme.best_of[at].cite[0]
        return Change(f"best_of:{id}", None, zh, en, cite, words("简，条", "Brief, Article"), kind)

    assert list(_standard(old, new)) == [
        change("begun", "只计begun X", "Only begun X", 0),
        change("other", "只计other", "Only other", 2),
        change("worded", "文字有改动：只计worded!", "worded anew: Only worded!", 3, "words"),
        Change("best_of:gone", None, "不再适用：只计gone X", "no longer so: Only gone X"),
    ]


def test_the_time_that_an_application_takes_is_told_with_its_source() -> None:
    old, new = standing(), standing(months=3)
    assert list(_lead_time(old, old)) == []
    assert list(_lead_time(old, new)) == [
        Change(
            "lead_time",
            None,
            "办理所需的时间：2 个月 → 3 个月",
            "the time an application takes: 2 → 3 months",
            new.scheme.lead_time.cite[0],
            words("简，条", "Brief, Article"),
        )
    ]


def test_changes_come_by_kind_then_part_then_day_then_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What holds at once comes before what holds from a day on."""
    old, new = Policy(ROOT / "old"), Policy(ROOT / "new")
    wanted = [
        Change("standard", "2030-07-01", "", ""),
        Change("indicators:b", None, "", ""),
        Change("indicators:a", "2030-07-01", "", ""),
        Change("indicators:c", "2030-07-01", "", ""),
        Change("indicators:a", "2030-08-01", "", ""),
        Change("sources:a", None, "", ""),
        Change("standard", None, "", "", kind="source"),
        Change("standard", None, "", "", kind="words"),
    ]
    mixed = iter(wanted[::2][::-1] + wanted[1::2])
    for part in ("standard", "indicators", "readings", "eligibility", "wages", "entries", "questions", "sources"):
        monkeypatch.setattr(f"rules.diff._{part}", lambda *two: [next(mixed)] if two == (old, new) else [])
    assert differences(old, new) == wanted


def test_a_sentence_begins_with_its_day_and_ends_with_its_clause() -> None:
    said = {
        (since, clause, lang): sentence("some words", since, clause, lang)
        for since in (None, "2030-06-15")
        for clause in ("", "Article 7")
        for lang in ("zh", "en")
    }
    assert said == {
        (None, "", "zh"): "some words。",
        (None, "", "en"): "Some words.",
        (None, "Article 7", "zh"): "some words（依据：Article 7）。",
        (None, "Article 7", "en"): "Some words (Article 7).",
        ("2030-06-15", "", "zh"): "自 2030 年 6 月 15 日起，some words。",
        ("2030-06-15", "", "en"): "From 15 June 2030, some words.",
        ("2030-06-15", "Article 7", "zh"): "自 2030 年 6 月 15 日起，some words（依据：Article 7）。",
        ("2030-06-15", "Article 7", "en"): "From 15 June 2030, some words (Article 7).",
    }
    change = Change("standard", None, "话", "words", clause=words("条", "Article"))
    assert (change.say("zh"), change.say("en")) == ("话（依据：条）。", "Words (Article).")


def test_values_are_shown_as_they_are_written() -> None:
    values = (None, True, False, 1000, "2030-06-15", "plain", (True, None, 1000), ())
    assert [show(value, "zh") for value in values] == ["无", "是", "否", "1,000", "2030 年 6 月 15 日", "plain", "是、无、1,000", ""]  # fmt: skip
    assert [show(value, "en") for value in values] == ["none", "yes", "no", "1,000", "15 June 2030", "plain", "yes, none, 1,000", ""]  # fmt: skip


def test_days_of_interest_are_those_on_which_a_rule_shows() -> None:
    """The edition's, and later ones; a wage year shows on the day after its last month."""
    years = [SimpleNamespace(from_=year, to=to) for year, to in (("2029-07", "2030-02"), ("2030-03", "2030-12"))]
    new: Any = SimpleNamespace(edition="2030-06-15", day="2031-01-01", wages=SimpleNamespace(years=years))

    def days(*changes: tuple[str, str | None, Any]) -> list[str]:
        return days_of_interest([Change(about, since, "", "", kind=kind) for about, since, kind in changes], new)

    assert days() == days(("standard", None, "rule"), ("indicators:age", "2030-06-15", "rule")) == ["2030-06-15"]
    assert days(
        ("standard", "2031-03-01", "rule"),
        ("indicators:age", "2030-06-16", "rule"),
        ("indicators:other", "2030-08-01", "source"),
        ("indicators:other", "2030-09-01", "words"),
        ("wages:2029-07", "2030-07-01", "rule"),  # over before the edition
        ("wages:2030-03", "2030-03-01", "rule"),
        ("wages:2028-07", "2030-10-01", "rule"),  # gone: its own day
        ("indicators:2030-03", "2030-11-01", "rule"),
    ) == ["2030-06-15", "2030-06-16", "2030-10-01", "2030-11-01", "2031-01-01", "2031-03-01"]


def test_an_impact_is_told_whole() -> None:
    by = ((words("甲", "One"), 3000), (words("乙", "Other"), 2))
    some = Impact("2030-06-15", 9000, 1000, 2000, 3001, by)
    assert some.say("zh") == (
        "2030 年 6 月 15 日：9,000 名虚构的申请人中，1,000 人由不达标变为达标，2,000 人由达标变为不达标；"
        "3,001 人的分数有变化（甲 3,000 人、乙 2 人）。"
    )
    assert some.say("en") == (
        "On 15 June 2030, of 9,000 made-up applicants 1,000 reach the standard who did not, 2,000 no longer do; "
        "3,001 have another score (One 3,000, Other 2)."
    )
    unnamed = Impact("2030-06-15", 9, 0, 1, 0)
    assert unnamed.say("zh").endswith("1 人由达标变为不达标；0 人的分数有变化。")
    assert unnamed.say("en").endswith("1 no longer do; 0 have another score.")
    nobody = Impact("2030-06-15", 9000, 0, 0, 0)
    assert nobody.say("zh") == "2030 年 6 月 15 日：9,000 名虚构的申请人中，没有人的结果有变化。"
    assert nobody.say("en") == "On 15 June 2030, nothing changes for any of 9,000 made-up applicants."


def test_an_impact_counts_who_reaches_the_standard_and_what_gives_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Made-up people whose estimates are given: who may reach the standard does not count as reaching it."""

    def estimate(reaches: str, low: int, high: int, **gives: int) -> Any:
        items = [SimpleNamespace(id=id, own=(points, points)) for id, points in gives.items()]
        return SimpleNamespace(reaches_standard=reaches, low=low, high=high, items=items)

    people = [
        # Under the old rules, under the new.
        (estimate("no", 9, 9, one=9), estimate("yes", 12, 12, one=9, other=3)),
        (estimate("maybe", 9, 12), estimate("yes", 12, 12, other=3)),
        (estimate("no", 11, 11), estimate("yes", 12, 12)),
        (estimate("yes", 12, 12, one=12), estimate("maybe", 11, 12, one=11)),
        (estimate("yes", 12, 12, wide=2), estimate("yes", 12, 13, wide=3)),
        (estimate("maybe", 9, 12, gone=3), estimate("no", 9, 9)),
        (estimate("no", 9, 9, wide=7, one=2), estimate("no", 9, 9, wide=6, one=2, other=0)),
        (estimate("yes", 12, 12, wide=9, one=3), estimate("yes", 12, 12, wide=8, one=4)),
    ]
    names = {name: SimpleNamespace(name=words(name, name)) for name in ("other", "one", "wide")}
    old, new = Policy(ROOT / "old"), cast(Any, SimpleNamespace(indicators=names))
    asked: list[Any] = []
    monkeypatch.setattr("rules.impact.rulebook", lambda of: "new" if of is new else "old")
    monkeypatch.setattr("rules.impact.Rulebook", SimpleNamespace(from_bundle=("old", "new").index))
    monkeypatch.setattr("rules.impact.population", lambda *drawn: asked.append(drawn) or people)
    monkeypatch.setattr(
        "rules.impact._score", lambda book, answers, on: answers[book] if on == date(2030, 6, 15) else None
    )
    by = [("wide", 3), ("one", 2), ("other", 2)]
    assert impact(old, new, "2030-06-15", 700) == Impact(
        "2030-06-15", 700, 3, 1, 6, tuple((names[name].name, count) for name, count in by)
    )
    assert asked == [(1, date(2030, 6, 15), 700)]


def test_people_are_scored_by_what_the_rules_ask_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only other rules know is left out, and so is what is not asked."""
    asked = (Question("way", "choice", ("one", "other")), Question("kept", "choice", ("one",)), Question("years", "integer"), Question("follows", "boolean"))  # fmt: skip
    book: Any = SimpleNamespace(questions={question.key: question for question in asked})
    history: Any = {"paid": "a history"}
    monkeypatch.setattr(
        "rules.impact.read_answers", lambda of, known, on: Answers(on, {**known, "read": of is book}, history)
    )
    monkeypatch.setattr(
        "rules.impact.asked",
        lambda of, read, question: of is book and read.history == history and question.key != "follows",
    )
    monkeypatch.setattr("rules.impact.score", lambda of, answers: (of, answers))
    book.questions["read"] = Question("read", "boolean")
    answers = {"way": "other", "kept": "gone", "years": 7, "follows": True, "elsewhere": 1}
    on = date(2030, 6, 15)
    assert _score(book, answers, on) == (book, Answers(on, {"way": "other", "years": 7, "read": True}, history))


def test_a_source_counts_for_each_person_whose_points_or_conditions_rest_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def estimate(*items: tuple[int, str, str], checks: str = "") -> Any:
        return SimpleNamespace(
            items=[SimpleNamespace(low=low, status=status, sources=tuple(sources)) for low, status, sources in items],
            checks=[SimpleNamespace(sources=(source,)) for source in checks],
        )

    people = [
        estimate((5, "counted", "ab"), (0, "counted", "c"), (0, "refused", "d"), (3, "counted", "a"), checks="b"),
        estimate((-5, "counted", "b"), (0, "none", "c"), checks="e"),
    ]
    policy: Any = SimpleNamespace(sources=dict.fromkeys("zabcde"))
    asked: list[Any] = []
    monkeypatch.setattr("rules.impact.rulebook", lambda of: "a bundle" if of is policy else None)
    monkeypatch.setattr("rules.impact.Rulebook", SimpleNamespace(from_bundle=lambda bundle: f"{bundle}, read"))
    monkeypatch.setattr("rules.impact.population", lambda *drawn: asked.append(drawn) or people)
    monkeypatch.setattr("rules.impact._score", lambda *scored: asked.append((scored[0], scored[2])) or scored[1])
    assert rests_on(policy, "2030-06-15", 7) == {"z": 0, "a": 1, "b": 2, "c": 0, "d": 1, "e": 1}
    how = ("a bundle, read", date(2030, 6, 15))
    assert asked == [(*how, 7), how, how]


def test_the_impact_is_told_of_days_on_which_something_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the last one where nothing does; where no rule changes, of none."""
    old, new = Policy(ROOT / "old"), Policy(ROOT / "new")
    counts = {"a": (0, 0, 0), "b": (1, 0, 0), "c": (0, 1, 0), "d": (0, 0, 1), "e": (0, 0, 0)}
    days = list(counts)

    def counted(*asked: Any) -> Impact:
        before, after, day, size = asked
        assert (before, after, size) == (old, new, 7)
        return Impact(day, size, *counts[day])

    monkeypatch.setattr("rules.impact.impact", counted)
    monkeypatch.setattr("rules.impact.days_of_interest", lambda *asked: days if asked == (changes, new) else None)
    changes = [Change("standard", None, "", "", kind="words"), Change("standard", None, "", "")]
    assert [one.on for one in impacts(old, new, changes, 7)] == ["b", "c", "d"]
    days[:] = ["e", "e", "a"]
    assert [one.on for one in impacts(old, new, changes, 7)] == ["a"]
    assert impacts(old, new, changes[:1], 7) == []


def test_a_record_holds_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of every change and of every day; on a day that has one already, under the next number."""
    as_elsewhere(monkeypatch)
    cite = m.Cite(source="a-notice", clause=words("条", "Article"), grade="official", checked_on="2030-06-15")
    changes = [
        Change("standard", "2030-07-01", "改动", "a change", cite, words("某规定，条", "A rule, Article")),
        Change("questions:x", None, "换词", "words", kind="words"),
    ]
    old: Any = SimpleNamespace()
    new: Any = SimpleNamespace(edition="2030-06-15", records=[])
    monkeypatch.setattr(record, "differences", lambda *two: changes if two == (old, new) else None)
    monkeypatch.setattr(record, "rulebook", lambda of: {"name": "2030-06-15+0123456789"} if of is new else None)
    found = [Impact("2030-07-01", 9, 1, 2, 3)]
    monkeypatch.setattr(record, "impacts", lambda *asked: found if asked == (old, new, changes, 9) else None)
    made = record.make(old, new, 9)
    path = record.keep(made, tmp_path)
    assert path == tmp_path / "changes" / "2030-06-15.yaml"
    assert path.read_bytes().decode() == (
        "# yaml-language-server: $schema=../schema/changes.json\n"
        "id: 2030-06-15\n"
        "edition: 2030-06-15\n"
        "rules: 2030-06-15+0123456789\n"
        "changes:\n"
        "  - about: standard\n"
        "    kind: rule\n"
        "    since: 2030-07-01\n"
        "    text:\n"
        "      zh: 改动\n"
        "      en: a change\n"
        "    clause:\n"
        "      zh: 某规定，条\n"
        "      en: A rule, Article\n"
        "    source: a-notice\n"
        "  - about: questions:x\n"
        "    kind: words\n"
        "    text:\n"
        "      zh: 换词\n"
        "      en: words\n"
        "impact:\n"
        "  - on: 2030-07-01\n"
        "    people: 9\n"
        "    gain: 1\n"
        "    lose: 2\n"
        "    differ: 3\n"
    )
    assert not record.is_recorded(new)
    new.records = [made]
    assert record.is_recorded(new)
    again = record.make(old, new, 0)
    assert (again.id, again.impact, again.note) == ("2030-06-15-2", [], None)
    new.records = [again, made]
    first = record.make(None, new, 9)
    assert (first.id, first.changes, first.impact, first.note) == ("2030-06-15-3", [], [], record.FIRST)
    new.records = [first.model_copy(update={"rules": "2030-06-15+abcdefabcd"}), made]
    assert not record.is_recorded(new)


# --- whole rules -----------------------------------------------------------------------------------------------------------

TOLD: dict[str, Any] = load(ROOT / "tests" / "told.yaml")


def made_up(parts: dict[str, Any]) -> Policy:
    """Rules with what tests/told.yaml gives of them, and else with what is usual there."""
    given: dict[str, list[Any]] = spelt_out(TOLD["usual"]["rules"] | parts)

    def read(part: str, kind: type[BaseModel]) -> list[Any]:
        return [kind.model_validate(entry) for entry in given.get(part, [])]

    def filed(entries: list[Any], kinds: tuple[str, ...] = ("",)) -> dict[str, dict[str, Any]]:
        return {kind: {it.id: it for it in entries if not kind or it.kind == kind} for kind in kinds}

    indicators = filed(read("indicators", m.Indicator), ("base", "bonus", "deduction", "veto"))
    said = words("话", "Words")
    files: dict[str, Any] = {
        "scheme.yaml": m.Scheme.model_construct(
            name=said, lead_time=m.LeadTime.model_construct(months=2, text=said, cite=[]), standard=read("standard", m.Standard),
            best_of=[], readings=read("readings", m.Reading), kinds=[], grades=[],
        ),
        "eligibility.yaml": m.Eligibility.model_construct(conditions=read("eligibility", m.EligibilityCondition), not_covered=[]),
        "wages.yaml": m.Wages.model_construct(name=said, text=said, years=read("wages", m.WageYear)),
        "materials.yaml": g.Materials.model_construct(intro=[], materials=read("materials", g.Material)),
        "benefits.yaml": g.Benefits.model_construct(intro=[], benefits=read("benefits", g.Benefit)),
        "questions.yaml": m.Questions.model_validate({"groups": [{"id": "all", "name": {"zh": "组", "en": "Group"}}], "questions": given["questions"]}),
        "sources.yaml": m.Sources.model_validate({"sources": given["sources"]}),
        "terms.yaml": m.Terms(terms=[]),
    }  # fmt: skip
    entries = {f"indicators/{kind}": found for kind, found in indicators.items()}
    entries |= {
        "education": filed(read("education", m.EducationType))[""],
        "process": filed(read("process", g.Process))[""],
    }
    return Policy(ROOT, files, entries)


@pytest.mark.parametrize("name", TOLD["comparisons"])
def test_rules_made_up_are_compared_as_it_was_written_down(name: str) -> None:
    """Each change with what it is about, its kind, its day, the source that it rests on, and its sentence in both languages."""
    compared = TOLD["comparisons"][name]
    found = differences(made_up(compared["older"]), made_up(compared["newer"]))
    told = [
        [it.about, it.kind, it.since, it.cite and it.cite.source, f"{it.say('zh')} | {it.say('en')}"] for it in found
    ]
    assert told == compared["told"]
