"""The tool that keeps a case where the official simulation differs: what goes in, what the file holds, and that nothing leaves."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from estimator.__main__ import load_bundle
from estimator.case import case
from estimator.model import Rulebook
from tests.browser import axe
from tests.browser.estimator_page import ON

PATHS = {"zh": "/second-opinion/", "en": "/en/second-opinion/"}
PATIENCE = 90_000
ANSWERS: dict[str, Any] = {
    "birth_date": "1986-02-13",
    "education_level": "bachelor_with_degree",
    "education_route": "full_time",
    "education_registered": True,
    "si_months": 47,
    "si_history": [{"from": "2023-07", "to": "2026-10", "base": 13579}],
}
BOOK = Rulebook.from_bundle(load_bundle())


def opened(new_page: Callable[..., Page], language: str = "zh", **options: Any) -> Page:
    """The page, for the day of the tests."""
    page = new_page(**({"viewport": {"width": 1280, "height": 900}} | options))
    page.goto(PATHS[language])
    page.locator("#case-on").fill(ON)
    page.locator("#case-on").blur()
    return page


def give(page: Page, text: str) -> None:
    """Paste answers and have them read."""
    page.locator("#given").fill(text)
    page.locator("#take").click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_file_is_what_the_page_shows(new_page: Callable[..., Page], language: str, tmp_path: Path) -> None:
    page = opened(new_page, language)
    give(page, json.dumps(ANSWERS))
    page.locator("#official").fill("118")
    preview = page.locator("#preview")
    expect(preview).to_contain_text('"official": 118', timeout=PATIENCE)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    with page.expect_download() as download:
        page.locator("#save").click()
    download.value.save_as(tmp_path / "case.json")
    saved = (tmp_path / "case.json").read_text(encoding="utf-8")
    assert saved == preview.text_content()
    wanted = case(BOOK, ANSWERS, date.fromisoformat(ON), official=118, nothing=True)
    assert json.loads(saved) == wanted
    assert wanted["coarser"] == ["birth_date", "si_history"]
    expect(page.locator("#case-verdict")).to_contain_text(f"{wanted['estimate']['low'] - 118}")
    page.locator("#coarse-birth").uncheck()
    page.locator("#coarse-history").uncheck()
    expect(preview).to_contain_text("1986-02-13")
    expect(preview).to_contain_text("13579")
    page.locator("#official").fill(str(wanted["estimate"]["low"]))
    expect(page.locator("#case-verdict")).to_contain_text("不必报告" if language == "zh" else "nothing to report")
    assert [url for url in asked if not url.startswith("blob:") and not url.endswith("/logo.svg")] == []


def test_answers_come_along_in_the_address(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto(f"{PATHS['zh']}#birth_date=1986-2-13&si_months=3年")
    preview = page.locator("#preview")
    expect(preview).to_contain_text('"si_months": 36', timeout=PATIENCE)
    assert "#" not in page.url


def test_a_file_is_opened_and_others_are_refused(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page)
    fault = page.locator("#given-fault")

    def choose(content: str) -> None:
        (tmp_path / "file.json").write_text(content, encoding="utf-8")
        page.locator("#case-file").set_input_files(tmp_path / "file.json")

    choose("PK")
    expect(fault).to_contain_text("没有找到回答")
    choose("{" * 1000)
    expect(fault).to_contain_text("不是估算页保存的")
    choose(" " * 1_000_001)
    expect(fault).to_contain_text("太大")
    choose(json.dumps({"answers": {**ANSWERS, "birth_date": "<img src=x>", "nickname": "=1+1"}}))
    expect(fault).to_contain_text("出生日期：请填写日期", timeout=PATIENCE)
    expect(fault).to_contain_text("nickname")
    assert page.locator("#case img").count() == 0
    expect(page.locator("#case-result")).to_be_hidden()
    choose(json.dumps({"on": "2026-10-01", "answers": ANSWERS}))
    expect(page.locator("#preview")).to_contain_text('"on": "2026-10-01"', timeout=PATIENCE)
    expect(page.locator("#case-on")).to_have_value("2026-10-01")
    expect(fault).to_be_empty()
    page.locator("#official").fill("many")
    expect(page.locator("#official-fault")).to_contain_text("整数")
    expect(page.locator("#official")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_a_case(new_page: Callable[..., Page], width: int, scheme: str) -> None:
    page = opened(
        new_page, "en", viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )
    give(page, "nothing")
    expect(page.locator("#given-fault")).not_to_be_empty()
    give(page, json.dumps(ANSWERS))
    expect(page.locator("#preview")).not_to_be_empty(timeout=PATIENCE)
    page.evaluate("scrollTo(0, 0)")
    found = axe.faults(page, "#case")
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
