"""The page that compares public calculators with the published rules: our column is counted, and everybody can count it again."""

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from estimator.__main__ import load_bundle
from estimator.answers import read_answers
from estimator.model import Rulebook
from estimator.roster import Row, answers_of
from estimator.score import score
from rules.checks import read_policy

ROOT = Path(__file__).resolve().parent.parent
BOOK = Rulebook.from_bundle(load_bundle())
SECOND = read_policy(ROOT / "rules").second_opinion
WANTED = yaml.safe_load((ROOT / "tests" / "cases" / "_second-opinion.yaml").read_text(encoding="utf-8"))
LANGUAGES = {"zh": "second-opinion", "en": "en/second-opinion"}


@pytest.fixture(scope="module", params=LANGUAGES)
def rows(request: pytest.FixtureRequest, built_site: Path) -> dict[str, list[Tag]]:
    """The table's rows in a language, by comparison."""
    page = BeautifulSoup((built_site / LANGUAGES[request.param] / "index.html").read_text(encoding="utf-8"), "lxml")
    found: dict[str, list[Tag]] = {}
    for row in page.select("tr[data-comparison]"):
        found.setdefault(str(row["data-comparison"]), []).append(row)
    return found


def shown(row: Tag) -> list[int]:
    """The figures of our column: the range of points, wherever it stands."""
    cell = row.select_one(".ours")
    assert cell
    first = cell.get_text(" ", strip=True) if not re.search(r"\d", cell.strong.get_text()) else cell.strong.get_text()  # type: ignore[union-attr]
    return [int(figure.replace("−", "-").replace(",", "")) for figure in re.findall(r"−?[\d,]+", first)]


def carried(row: Tag) -> dict[str, str]:
    """The answers in the link to the estimator."""
    link = row.select_one("a.try")
    assert link
    return dict(parse_qsl(urlsplit(str(link["href"])).fragment, strict_parsing=True))


def test_our_column_is_what_the_rules_give(rows: dict[str, list[Tag]]) -> None:
    found = {name: [shown(row) for row in group] for name, group in rows.items()}
    assert found == {
        name: [figure if isinstance(figure, list) else [figure] for figure in group] for name, group in WANTED.items()
    }


def test_each_row_opens_as_it_stands(rows: dict[str, list[Tag]]) -> None:
    on = date.fromisoformat(SECOND.on)
    for comparison in SECOND.comparisons:
        for row in rows[comparison.id]:
            estimate = score(BOOK, answers_of(BOOK, Row(0, "", carried(row)), on))
            if "total" in comparison.shows:
                again = [estimate.low, estimate.high]
            else:
                items = [item for item in estimate.items if item.id in comparison.shows]
                again = [sum(item.low for item in items), sum(item.high for item in items)]
            assert list(dict.fromkeys(again)) == shown(row), comparison.id


def test_every_comparison_is_a_difference() -> None:
    for comparison in SECOND.comparisons:
        said = [person.said for person in comparison.people]
        ours: list[Any] = WANTED[comparison.id]
        assert any(not isinstance(figure, int) or figure != mine for figure, mine in zip(said, ours, strict=True)), (
            comparison.id
        )


def test_what_disqualifies_is_said(rows: dict[str, list[Tag]]) -> None:
    for comparison in SECOND.comparisons:
        for person, row in zip(comparison.people, rows[comparison.id], strict=True):
            if "eligible" not in comparison.shows or person.unknown:
                continue
            estimate = score(BOOK, answers_of(BOOK, Row(0, "", carried(row)), date.fromisoformat(SECOND.on)))
            assert estimate.eligible == "no"
            assert re.search("不能申请|veto|Not eligible", row.select_one(".ours").get_text())  # type: ignore[union-attr]


def test_both_languages_compare_the_same(built_site: Path) -> None:
    def outline(path: str) -> list[Any]:
        page = BeautifulSoup((built_site / path / "index.html").read_text(encoding="utf-8"), "lxml")
        return [(row["data-comparison"], shown(row), carried(row)) for row in page.select("tr[data-comparison]")]

    assert outline(LANGUAGES["zh"]) == outline(LANGUAGES["en"])
    assert len(outline(LANGUAGES["zh"])) == sum(len(comparison.people) for comparison in SECOND.comparisons)


def test_no_answer_of_an_applicant_is_refused() -> None:
    shared = {**read_policy(ROOT / "rules").examples.shared, **SECOND.shared}
    for comparison in SECOND.comparisons:
        for person in comparison.people:
            read_answers(BOOK, {**shared, **person.answers}, date.fromisoformat(SECOND.on))
