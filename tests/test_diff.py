"""What changed between two versions of the rules: said for every figure, in both languages, and nothing where nothing changed."""

from __future__ import annotations

import functools
from collections.abc import Iterator
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
