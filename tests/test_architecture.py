"""The arrows of the house: who may import whom. The picture on the site is drawn from the same reading of the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from hooks.fragments import architecture
from hooks.fragments.base import Guide
from rules.checks import read_policy

ROOT = Path(__file__).resolve().parent.parent
#: Package → what it may import of ours.
ARROWS = {
    "hooks": {"rules", "estimator", "runtime"},
    # Whom a change concerns can only be told by scoring people; nothing else of the rules knows the estimator.
    "rules": {"estimator"},
    "runtime": set(),
    "estimator": set(),
}


def test_arrows_point_one_way() -> None:
    found = architecture.imports()
    assert found.keys() == ARROWS.keys()
    assert {name: set(what.ours) - ARROWS[name] for name, what in found.items()} == {name: set() for name in ARROWS}
    assert found["rules"].ours == {"estimator": ("impact.py",)}
    assert found["estimator"].outside == {}


def test_one_file_knows_the_site_generator() -> None:
    assert {name: what.outside.get("mkdocs", ()) for name, what in architecture.imports().items()} == {
        "hooks": ("site.py",), "rules": (), "runtime": (), "estimator": (),
    }  # fmt: skip
    others = [path for folder in ("tools", "bench", "tests") for path in (ROOT / folder).rglob("*.py")]
    assert not [path for path in others if {"mkdocs", "material"} & architecture._imported(path)]


def test_nothing_that_is_built_from_needs_what_only_builds_or_tests() -> None:
    for package in ARROWS:
        for path in (ROOT / package).rglob("*.py"):
            assert not {"tests", "tools", "bench"} & architecture._imported(path), path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_says_what_the_code_does(lang: str) -> None:
    guide = Guide(read_policy(ROOT / "rules"), lang)  # type: ignore[arg-type]
    drawn = architecture.picture(guide)
    found = architecture.imports()
    for name, what in found.items():
        assert drawn.count(f">{name}<") == 2, "once wide, once narrow"
        line = next(text for text in architecture.in_words(guide, found) if text.startswith(name))
        assert all(other in line for other in (*what.ours, *what.outside))
    arrows = sum(len(what.ours) for what in found.values())
    wide = drawn.partition("</svg>")[0]
    assert wide.count('class="pic-line"') == 2 * arrows


def test_a_circle_or_a_new_arrow_would_be_seen(tmp_path: Path) -> None:
    for package in architecture.PACKAGES:
        (tmp_path / package).mkdir()
        (tmp_path / package / "a.py").write_text("import json\nfrom . import b\n", encoding="utf-8")
    (tmp_path / "estimator" / "b.py").write_text("from rules.words import number\nimport yaml\n", encoding="utf-8")
    found = architecture.imports(tmp_path)
    assert found["estimator"] == architecture.Imports({"rules": ("b.py",)}, {"yaml": ("b.py",)})
    assert found["rules"] == architecture.Imports({}, {})
