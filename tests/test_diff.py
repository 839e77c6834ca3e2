"""What changed between two versions of the rules: said for every figure, in both languages, and nothing where nothing changed."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from rules import guide as g
from rules import model as m
from rules import phrases, record
from rules.__main__ import main
from rules.checks import Policy, read_policy
from rules.diff import _figures, differences
from rules.impact import impact
from rules.labels import label
from rules.words import number
from tests.rehearsals import ROOT, Rehearsal, copy_rules


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


def test_nothing_is_told_where_nothing_changed(tmp_path: Path) -> None:
    again = edited(tmp_path, {"file": "wages.yaml", "text": "# a remark\n"})
    assert differences(present(), again) == []


def test_every_part_has_a_name_in_both_languages() -> None:
    policy = present()
    fields = {info.alias or name for kind in (*vars(m).values(), *vars(g).values()) if isinstance(kind, type) and issubclass(kind, BaseModel)
              for name, info in kind.model_fields.items()}  # fmt: skip
    entries = [*policy.indicators.values(), *policy.education_types.values(), *policy.processes.values(), *policy.materials.materials,
               *policy.benefits.benefits, *policy.sources.values(), *policy.wages.years, *policy.eligibility.conditions]  # fmt: skip
    ids = {
        part.id
        for entry in entries
        for name in ("phases", "steps", "conditions", "notes")
        for part in getattr(entry, name, [])
    }
    unnamed = {part for entry in entries for path in _figures(entry) for part in path
               if part in fields - {"id"} - ids and label((part,), "zh", policy) == part}  # fmt: skip
    assert not unnamed


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
                assert "2027 年 12 月 31 日为止" in change.say("zh") and "ends on 31 December 2027" in change.say("en")
            found += 1
    assert found


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


def test_a_version_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "no-such-revision"]) == 2
    assert "no-such-revision" in capsys.readouterr().err


def test_models_of_every_method_are_told_apart() -> None:
    """A change from one way of counting to another tells both in full."""
    one: Any = present().indicators["spouse"].counted
    other = m.Flag(method="flag", answer="shortage_major", points=7)
    assert phrases.change(one, other, present(), "en") == "each full year 4, at most 40 → where it applies 7"
    assert phrases.change(one, m.Abolished(method="abolished"), present(), "zh").endswith("→ 取消")
