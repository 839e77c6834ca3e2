"""The estimator's page as tests go about it: its addresses, its day, its questions and its result."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

PATHS = {"zh": "/estimator/", "en": "/en/estimator/"}
ON = "2026-11-21"
#: Loading the runtime takes seconds on a machine that does other things too.
PATIENCE = 60_000


def question(page: Page, key: str) -> Locator:
    """The question's element."""
    return page.locator(f"#q-{key}")


def answer(page: Page, key: str, value: Any) -> None:
    """Answer a question as a person does: by its controls."""
    place = question(page, key)
    kind = place.get_attribute("data-type")
    if kind in ("choice", "boolean"):
        wanted = json.dumps(value) if isinstance(value, bool) else value
        place.locator(f'input[type=radio][value="{wanted}"]').check()
    elif kind == "integer" and value == 0 and place.locator("input[value=none]").count():
        place.locator("input[value=none]").check()
    elif kind == "integer" and place.get_attribute("data-control") == "duration":
        place.locator("[data-part=years]").fill(str(value // 12))
        place.locator("[data-part=months]").fill(str(value % 12))
    elif kind == "history":
        place.locator("details.history > summary").click()
        for index, stretch in enumerate(value):
            if index:
                place.locator("[data-add]").click()
            for part, text in stretch.items():
                place.locator(".stretch").nth(index).locator(f"[data-part={part}]").fill(str(text))
    else:
        place.locator("[data-part]").fill(str(value))


def day(page: Page, text: str) -> None:
    """Set the day of the estimate."""
    page.locator("#on").fill(text)
    page.locator("#on").blur()


def total(page: Page) -> Locator:
    """The figure at the top of the result."""
    return page.locator("#result .total .figure")


def opened(new_page: Callable[..., Page], language: str = "zh", path: str = "", **options: Any) -> Page:
    """A page with the estimator, for the day of the tests."""
    page = new_page(**({"viewport": {"width": 1280, "height": 900}} | options))
    page.goto(PATHS[language] + path)
    day(page, ON)
    return page


def shows(page: Page, text: str) -> None:
    """Wait for the total."""
    expect(total(page)).to_have_text(text, timeout=PATIENCE)


def shows_row(page: Page, item: str, points: str) -> None:
    """Wait for an indicator's points."""
    page.locator("#on").focus()
    expect(page.locator(f"#result-{item} .points")).to_have_text(points, timeout=PATIENCE)
