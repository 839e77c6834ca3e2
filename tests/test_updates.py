"""The change log on its page and in its feed: what was recorded, and what is about to change."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hooks.fragments import updates
from hooks.fragments.base import Guide
from rules import record
from rules.checks import Policy, read_policy
from tests.rehearsals import ROOT, copy_rules, rehearsals

NAMES = {"a": "http://www.w3.org/2005/Atom"}
HOST = "https://example.org/points/"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """The rules after two rehearsals, each recorded as an edition of its own, on top of a first one."""
    rules = copy_rules(tmp_path_factory.mktemp("recorded"))
    for path in (rules / "changes").glob("*.yaml"):
        path.unlink()
    old = read_policy(rules)
    record.keep(record.make(None, old), rules)
    for rehearsal in rehearsals():
        if rehearsal.name in ("reading", "standard"):
            rehearsal.play(rules)
            new = read_policy(rules)
            record.keep(record.make(old, new, people=60), rules)
            old = new
    return read_policy(rules)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_edition_stands_on_the_page_and_in_the_feed(recorded: Policy, lang: str) -> None:
    guide = Guide(recorded, lang)  # type: ignore[arg-type]
    page = updates.log(guide)
    feed = ElementTree.fromstring(updates.feed(guide, HOST))
    entries = feed.findall("a:entry", NAMES)
    anchors = re.findall(r"\{#([a-z0-9-]+)\}", page)
    assert anchors == ["edition-2027-06-15", "edition-2027-03-02", "edition-2026-11-21"]
    assert [entry.findtext("a:id", "", NAMES) for entry in entries] == [
        f"{HOST}updates/#{anchor}" for anchor in anchors
    ]
    moments = [entry.findtext("a:updated", "", NAMES) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext("a:updated", "", NAMES) == moments[0]
    for kept, entry in zip(recorded.records, entries, strict=True):
        content = entry.findtext("a:content", "", NAMES)
        for change in kept.changes:
            text = getattr(change.text, lang)
            assert text[1:40] in page
            assert text[1:40] in content
        assert len(kept.impact) == content.count({"zh": "虚构的申请人中", "en": "made-up applicants"}[lang])
    assert "125" in page
    assert {link.get("rel"): link.get("href") for link in feed.findall("a:link", NAMES)} == {
        "self": f"{HOST}feed.xml",
        "alternate": f"{HOST}updates/",
    }


def test_what_is_about_to_change_is_announced_until_its_day(recorded: Policy) -> None:
    guide = Guide(recorded, "en")
    assert "From 1 January 2028" in updates.coming(guide)
    assert "From 1 January 2028" in updates.coming_notice(guide)
    later = Guide(read_policy(recorded.root, "2028-01-01"), "en")
    assert "No change is known" in updates.coming(later)
    assert updates.coming_notice(later) == ""


def test_both_feeds_are_part_of_the_site(built_site: Path) -> None:
    for lang, folder in (("zh-CN", built_site), ("en", built_site / "en")):
        feed = ElementTree.fromstring((folder / "feed.xml").read_text(encoding="utf-8"))
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
        anchors = [entry.findtext("a:id", "", NAMES).partition("#")[2] for entry in feed.findall("a:entry", NAMES)]
        page = (folder / "updates" / "index.html").read_text(encoding="utf-8")
        assert anchors == [f"edition-{it.id}" for it in read_policy(ROOT / "rules").records]
        assert all(f'id="{anchor}"' in page for anchor in anchors)
