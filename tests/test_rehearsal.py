"""The day the policy changes, rehearsed: YAML edits on a copy of the rules, and everything that must then be right.

Each file of tests/rehearsal/ is one change. No Python, JavaScript or Markdown is touched: only files below rules/ are written.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from estimator.answers import read_answers
from estimator.changes import rule_changes
from estimator.materials import materials
from estimator.model import Rulebook
from estimator.project import project
from estimator.score import Item, score
from hooks import assets, form, pages
from hooks.fragments import finish
from hooks.fragments.base import TOKEN
from rules import record
from rules.bundle import rulebook, words
from rules.checks import Policy, read_policy
from rules.diff import coming_changes, differences
from tests.rehearsals import ROOT, Rehearsal, checkout, copy_rules, rehearsals

LANGUAGES = ("zh", "en")
REHEARSALS = {it.name: it for it in rehearsals()}


@functools.cache
def before() -> Policy:
    """The policy as it is."""
    return read_policy(ROOT / "rules")


@pytest.fixture(scope="module", params=REHEARSALS)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Rehearsal, Policy]:
    """One rehearsal and the policy after it, which has no fault."""
    rehearsal = REHEARSALS[request.param]
    rules = copy_rules(tmp_path_factory.mktemp(rehearsal.name))
    rehearsal.play(rules)
    return rehearsal, read_policy(rules)


@pytest.fixture
def site(played: tuple[Rehearsal, Policy]) -> Iterator[None]:
    """The hooks, told the changed policy instead of the checkout's."""
    caches = [
        found for module in (assets, form, pages) for found in vars(module).values() if hasattr(found, "cache_clear")
    ]
    kept = assets.policy
    assets.policy = functools.cache(lambda: played[1])  # type: ignore[assignment]
    for cache in caches:
        cache.cache_clear()
    yield
    assets.policy = kept
    for cache in caches:
        cache.cache_clear()


def book(policy: Policy) -> Rulebook:
    """The rulebook, by way of the bundle that the page loads."""
    return Rulebook.from_bundle(rulebook(policy))


def item(policy: Policy, wanted: dict[str, Any]) -> Item:
    """The indicator of a wanted score."""
    rules = book(policy)
    estimate = score(rules, read_answers(rules, wanted["answers"], date.fromisoformat(wanted["on"])))
    return next(one for one in estimate.items if one.id == wanted["item"])


def plain(html: str) -> str:
    """What a reader reads: no markup, no marks, single spaces."""
    text = re.sub(r"<(script|style|svg|details)\b.*?</\1>", " ", html, flags=re.S)
    # Inline elements stand in the run of the sentence, cells and blocks do not.
    text = re.sub(r" ?⟪[0-9a-f]+⟫|</?(?:span|time|strong|a)\b[^>]*>", "", text)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def page(lang: str, path: str) -> str:
    """A page of the guide as text, made by the hooks without a site generator; what its marks open stands at the end."""
    text = pages.markdown(lang, path)
    guide = pages.guide(lang)
    return plain(text + " ".join(finish.body(guide, guide.marks[key]) for key in dict.fromkeys(TOKEN.findall(text))))


def test_the_rules_are_told_from_the_bundle_as_from_the_yaml(played: tuple[Rehearsal, Policy]) -> None:
    rehearsal, policy = played
    for wanted in rehearsal.wanted.get("scores", []):
        found = item(policy, wanted)
        assert [*found.own] == wanted["new"], (wanted, found)
        if "old" in wanted:
            assert [*item(before(), wanted).own] == wanted["old"], wanted
        for lang in LANGUAGES:
            known = words(policy, lang)
            assert wanted["item"] in known["indicators"]
            assert {step["code"] for step in found.reasons} <= known["reasons"].keys()
            assert set(found.sources) <= known["sources"].keys()
    for wanted in rehearsal.wanted.get("standard", []):
        assert book(policy).standard_on(wanted["on"]) == wanted["is"]


@pytest.mark.parametrize(
    "played", [name for name, it in REHEARSALS.items() if "projection" in it.wanted], indirect=True
)
def test_the_projection_shows_the_step_and_its_reason(played: tuple[Rehearsal, Policy]) -> None:
    rehearsal, policy = played
    wanted = rehearsal.wanted["projection"]
    rules = book(policy)
    answers = read_answers(rules, wanted["answers"], date.fromisoformat(wanted["on"]))
    ahead = project(rules, answers, 5).as_json()
    if step := wanted.get("step"):
        entry = next(one for one in ahead["timeline"] if one["date"] == step["date"])
        assert {"id": step["id"], "change": step["change"]} in entry["because"]
    if "falls_below_on" in wanted:
        assert ahead["falls_below_on"] == wanted["falls_below_on"]
    change = next(
        one.as_json() for one in rule_changes(rules, answers, 5) if one.date.isoformat() == wanted["rules"]["date"]
    )
    assert change["items"] == wanted["rules"]["items"]
    assert change["after"]["low"] - change["before"]["low"] == sum(
        one["after"][0] - one["before"][0] for one in change["items"]
    )
    if reaches := wanted["rules"].get("reaches"):
        assert [change["before"]["reaches_standard"], change["after"]["reaches_standard"]] == reaches


def test_the_change_is_said_and_recorded_in_both_languages(played: tuple[Rehearsal, Policy]) -> None:
    rehearsal, policy = played
    changes = differences(before(), policy)
    kept = record.make(before(), policy, people=0)
    for lang in LANGUAGES:
        said = "\n".join(change.say(lang) for change in changes)
        for text in rehearsal.wanted["diff"][lang]:
            assert text in said
        assert [getattr(change.text, lang) for change in kept.changes] == [getattr(change, lang) for change in changes]
    # What has a day to come is announced from the rules themselves, with nothing recorded.
    later = {
        (change.about, change.since)
        for change in changes
        if change.kind == "rule" and change.since and change.since > policy.day
    }
    assert {(change.about, change.since) for change in coming_changes(policy)} == later


@pytest.mark.usefixtures("site")
def test_the_pages_and_the_form_tell_it_with_its_dates(played: tuple[Rehearsal, Policy]) -> None:
    rehearsal, policy = played
    for lang in LANGUAGES:
        for wanted in rehearsal.wanted["pages"]:
            text = page(lang, wanted["page"])
            for part in wanted[lang]:
                assert part in text, f"{lang} {wanted['page']}: {part!r} is not in: {text}"
        shown = form.Form(policy, lang)
        questions = {question["key"]: question for group in shown.groups() for question in group["questions"]}
        for wanted in rehearsal.wanted.get("form", []):
            said = str(questions[wanted["question"]])
            assert all(part in said for part in wanted[lang]), f"{wanted}: {said}"
        html = shown.render("estimator.html", lambda name: name)
        for wanted in rehearsal.wanted.get("form", []):
            assert f'id="q-{wanted["question"]}"' in html
    if wanted := rehearsal.wanted.get("materials"):
        rules = book(policy)
        answers = read_answers(rules, wanted["answers"], date.fromisoformat(wanted["on"]))
        assert wanted["needs"] in str(materials(rules, answers, frozenset()))


def test_once_the_day_has_come_the_new_value_is_the_one_in_force(tmp_path: Path) -> None:
    rules = copy_rules(tmp_path)
    for rehearsal in REHEARSALS.values():
        rehearsal.play(rules)
    policy = read_policy(rules, "2028-02-01")
    assert coming_changes(policy) == []
    for lang, wanted in (("zh", "125 分"), ("en", "125")):
        text = words(policy, lang)["eligibility"]["reaches-standard"]["text"]
        assert wanted in text
        assert "120" not in text


def test_all_of_it_in_one_checkout_from_edits_to_the_built_site(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    kept = {
        path: path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.is_relative_to(root / "rules")
    }
    for rehearsal in REHEARSALS.values():
        rehearsal.play(root / "rules")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*words: str, given: str | None = None) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=root, env=environment, input=given, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    # The recipe: check, see what changed, record it, build.
    run("rules", "check")
    said = run("rules", "diff", str(ROOT), "--people", "60")
    for lang in LANGUAGES:
        for rehearsal in REHEARSALS.values():
            assert all(part in said for part in rehearsal.wanted["diff"][lang])
    run("rules", "record", str(ROOT), "--people", "60")
    run("mkdocs", "build", "--strict", "--quiet")
    # Nothing outside rules/ was written but what is generated.
    changed = {path.relative_to(root).as_posix() for path, data in kept.items() if path.read_bytes() != data}
    assert {path for path in changed if not path.startswith("estimator/data/")} == set()

    site = {path.relative_to(root / "site").as_posix(): path for path in (root / "site").rglob("*.html")}
    for lang, prefix in (("zh", ""), ("en", "en/")):
        log = plain(site[f"{prefix}updates/index.html"].read_text(encoding="utf-8"))
        assert all(
            part in log
            for part in (
                {
                    "zh": ("即将实行的变化", "125 分", "志愿服务"),
                    "en": ("is about to change", "125", "Voluntary service"),
                }[lang]
            )
        )
        assert "2027-06-20" in (root / "site" / prefix / "feed.xml").read_text(encoding="utf-8")
        assert {"zh": "自 2027 年 7 月 1 日起", "en": "From 1 July 2027"}[lang] in plain(
            site[f"{prefix}index.html"].read_text(encoding="utf-8")
        )
        form = site[f"{prefix}estimator/index.html"].read_text(encoding="utf-8")
        assert 'id="q-voluntary_months"' in form
        sheet = plain(site[f"{prefix}print/index.html"].read_text(encoding="utf-8"))
        assert {"zh": "到 2027 年 6 月 30 日为止", "en": "Until 30 June 2027"}[lang] in sheet
        assert f"{prefix}indicators/voluntary_service/index.html" in site
    # The estimator's command line in that checkout, before, at and after the days.
    answers = json.dumps(
        {"birth_date": "1990-03-01", "award": "provincial", "voluntary_months": 30, "voluntary_registered": True}
    )
    lows = {}
    for day in ("2027-06-30", "2027-07-01", "2027-09-01", "2027-10-01"):
        found = json.loads(run("estimator", "score", "-", "--on", day, "--json", given=answers))
        lows[day] = {item["id"]: item["low"] for item in found["items"]}
    assert [[row[name] for name in ("age", "voluntary_service", "award")] for row in lows.values()] == [
        [30, 0, 110],
        [35, 0, 110],
        [35, 6, 110],
        [35, 6, 0],
    ]
    # The bundle that the page loads is the one of these rules.
    bundles = list((root / "site" / "assets" / "app" / "data").glob("rules.*.json"))
    assert [json.loads(path.read_text(encoding="utf-8"))["name"] for path in bundles] == [
        read_policy(root / "rules").records[0].rules
    ]
