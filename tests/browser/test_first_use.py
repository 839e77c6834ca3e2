"""When the runtime is fetched: where it is likely to be needed, and never for a reader who saves data and only reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.estimator_page import PATIENCE, answer, shows_row

SAVING = (
    "Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData: true }) })"
)
#: A page, and what is touched there.
TOUCHED = {
    "/": "#home-form input",
    "/en/": "#home-form input",
    "/roster/": "#paste",
    "/second-opinion/": "#given",
}
#: Sums every shift that no touch of the reader's brought about.
SHIFTS = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) shifted.push([entry.value, entry.sources.map(({ node }) => node?.id || node?.className || node?.nodeName)]);
  }
}).observe({ type: 'layout-shift', buffered: true });
"""


def asked(page: Page) -> list[str]:
    """The files of the runtime that are asked for from now on."""
    found: list[str] = []
    page.on("request", lambda it: found.append(it.url) if "/runtime/" in it.url else None)
    return found


def settled(page: Page) -> None:
    """Wait until the page has had its idle moments."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)


def test_the_estimator_loads_in_an_idle_moment(new_page: Callable[..., Page]) -> None:
    page = new_page()
    files = asked(page)
    page.goto("/estimator/")
    expect(page.locator("#result")).to_have_attribute("data-state", "none", timeout=PATIENCE)
    assert any(url.endswith(".wasm") for url in files)


@pytest.mark.parametrize("lang", ["", "/en"])
def test_with_answers_in_the_address_it_loads_before_modules_and_styles(
    new_page: Callable[..., Page], lang: str
) -> None:
    page = new_page()
    held: list[Route] = []
    for pattern in ("**/estimator/main.mjs", "**/style.css"):
        page.route(pattern, lambda route: held.append(route))
    begun: list[str] = []
    page.on("request", lambda it: begun.append(it.url) if it.url.endswith(("/worker.mjs", ".wasm")) else None)
    with page.expect_response(lambda it: it.url.endswith(".wasm")):
        page.goto(f"{lang}/estimator/#si_months=36", wait_until="commit")
    # It may even be ready by now: what it said then, nobody heard.
    page.wait_for_timeout(1500)
    for route in held:
        route.continue_()
    page.unroute_all()
    shows_row(page, "si_years", "9")
    assert len(held) == 2 and len(begun) == 2, begun


def test_a_worker_that_failed_before_the_modules_came_is_made_anew(new_page: Callable[..., Page]) -> None:
    page = new_page()
    refused: list[Route] = []

    def once(route: Route) -> None:
        refused.append(route)
        route.abort() if len(refused) == 1 else route.continue_()

    page.route("**/estimator/worker.mjs", once)
    page.goto("/estimator/#si_months=36")
    shows_row(page, "si_years", "9")
    assert len(refused) == 2


def test_saving_data_answers_in_the_address_load_it(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script(SAVING)
    page.goto("/estimator/#si_months=36")
    shows_row(page, "si_years", "9")


def test_saving_data_it_loads_with_the_first_answer(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.add_init_script(SAVING)
    files = asked(page)
    page.goto("/estimator/")
    settled(page)
    assert not files
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    assert files


@pytest.mark.parametrize("path", TOUCHED)
def test_elsewhere_it_loads_at_the_first_touch(new_page: Callable[..., Page], path: str) -> None:
    page = new_page()
    files = asked(page)
    page.goto(path)
    settled(page)
    assert not files
    with page.expect_request(lambda it: it.url.endswith(".wasm")):
        page.locator(TOUCHED[path]).first.focus()


@pytest.mark.parametrize("path", [*TOUCHED, "/indicators/", "/en/process/"])
def test_saving_data_nothing_is_fetched_ahead(new_page: Callable[..., Page], path: str) -> None:
    page = new_page()
    page.add_init_script(SAVING)
    files = asked(page)
    page.goto(path)
    page.locator(TOUCHED.get(path, "a")).first.focus()
    settled(page)
    assert not files


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_comes(new_page: Callable[..., Page], width: int) -> None:
    for path in (
        "/",
        "/estimator/",
        "/en/estimator/",
        "/en/roster/",
        "/second-opinion/",
        "/indicators/age/",
        "/en/process/",
    ):
        page = new_page(viewport={"width": width, "height": 844})
        page.add_init_script(SHIFTS)
        page.goto(path)
        settled(page)
        found = page.evaluate("shifted")
        assert sum(value for value, _ in found) < 0.005, f"{path}: {found}"
