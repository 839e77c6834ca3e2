"""Ten kinds of fault, each put in on purpose: every one ends in a working page or a clear message, and nothing that was
filled in is lost.

A worker that is killed stands in test_estimator.py, a storage that is full or denied in test_why_keep.py; all the others here.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.estimator_page import ON, PATHS, PATIENCE, answer, day, shows_row

RUNTIME = r".*/runtime/.*\."
WORKER = re.compile(r".*/estimator/worker\.mjs$")


def changed(change: Callable[[bytes], bytes], kind: str = "") -> Callable[[Route], None]:
    """Answers a request with the file, changed, and as another type where one is given."""

    def act(route: Route) -> None:
        found = route.fetch()
        headers = found.headers | ({"content-type": kind} if kind else {})
        headers = {name: value for name, value in headers.items() if name not in ("content-length", "content-encoding")}
        route.fulfill(status=200, headers=headers, body=change(found.body()))

    return act


#: What goes wrong with which file, and by which phrase of the page it is told.
LOADING: dict[str, tuple[str, Callable[[Route], None], str]] = {
    "missing": (RUNTIME + "zip$", lambda route: route.fulfill(status=404, body="gone"), "network"),
    "truncated": (RUNTIME + "wasm$", changed(lambda body: body[:-1000]), "hash"),
    "wrong type": (RUNTIME + "zip$", changed(lambda body: b"<title>Sign in</title>", "text/html"), "type"),
    "wrong hash": (RUNTIME + "zip$", changed(lambda body: body[:-1] + bytes([body[-1] ^ 1])), "hash"),
    "rules changed on the way": (r".*/data/rules\..*", changed(lambda body: body.replace(b"30", b"31", 1)), "hash"),
    "offline in the middle": (RUNTIME + "wasm$", lambda route: route.abort("internetdisconnected"), "network"),
}
#: No memory for Python: what an engine does then.
NO_MEMORY = b"WebAssembly.instantiate = () => Promise.reject(new RangeError('could not allocate memory'));\n"
#: The first score never ends.
HANGING = b"self.addEventListener('message', ({ data }) => { if (data.kind === 'score') for (;;); });\n"


def say_of(page: Page) -> dict[str, str]:
    found: dict[str, str] = json.loads(page.locator("#estimator-data").text_content() or "")["say"]
    return found


def start_of(phrase: str) -> str:
    """A phrase up to the first value that is filled in."""
    return phrase.partition("{")[0]


def test_each_fault_of_loading_is_named_and_the_next_try_goes_on(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.expected.append("404|ERR_INTERNET_DISCONNECTED|status 404")  # type: ignore[attr-defined]
    result = page.locator("#result")
    words = re.compile(r"^$")
    for number, (pattern, act, code) in enumerate(LOADING.values()):
        page.route(re.compile(pattern), act)
        if number == 0:
            page.goto(PATHS["en"])
            day(page, ON)
            answer(page, "si_months", 36)
            say = say_of(page)
        else:
            result.get_by_role("button", name=say["retry"]).click()
        words = re.compile(re.escape(start_of(say[f"failed_{code}"])))
        expect(result).to_have_attribute("data-state", "failed", timeout=PATIENCE)
        expect(result.locator(".verdict")).to_contain_text(words)
        expect(result.locator(".message a")).to_have_attribute("href", "../indicators/")
        expect(result.locator(".total .figure")).to_have_text("–")
        page.unroute(re.compile(pattern))
    page.route(WORKER, changed(lambda body: NO_MEMORY + body))
    result.get_by_role("button", name=say["retry"]).click()
    expect(result.locator(".verdict")).to_contain_text(start_of(say["failed_python"]), timeout=PATIENCE)
    page.unroute(WORKER)
    # Slow: it waits, says how far it is, and the form is usable meanwhile.
    held: list[Route] = []
    page.route(re.compile(RUNTIME + "zip$"), lambda route: held.append(route))
    result.get_by_role("button", name=say["retry"]).click()
    expect(result).to_have_attribute("data-state", "loading")
    answer(page, "spouse_months", 14)
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    shows_row(page, "si_years", "9")
    shows_row(page, "spouse", "4")


def test_a_worker_that_hangs_is_ended_and_its_request_asked_again(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.route(WORKER, changed(lambda body: HANGING + body), times=1)
    page.goto(PATHS["zh"])
    day(page, ON)
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")


def test_stopping_ends_the_work_and_the_page_goes_on(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    slow = b"self.addEventListener('message', ({ data }) => { if (data.kind === 'paths') for (;;); });\n"
    page.route(WORKER, changed(lambda body: slow + body), times=1)
    page.goto(PATHS["en"])
    day(page, ON)
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    words = json.loads(page.locator("#estimator-data").text_content() or "")["parts"]["ahead"]
    page.get_by_role("tab", name=words["tab_how"]).click()
    page.locator(".how .work").get_by_role("button", name=words["stop"]).click()
    expect(page.locator(".how .work")).to_contain_text(words["stopped"])
    answer(page, "spouse_months", 14)
    page.get_by_role("tab", name=words["tab_why"]).click()
    shows_row(page, "spouse", "4")
    page.get_by_role("tab", name=words["tab_how"]).click()
    expect(page.locator(".how .work button")).to_have_count(0, timeout=PATIENCE)


@pytest.mark.parametrize("fault", ["rules of another edition", "modules that are gone", "modules cut off"])
def test_two_editions_never_mix(new_page: Callable[..., Page], built_site: Path, fault: str) -> None:
    """A page that was open, or kept by a proxy, while the site was renewed."""
    page = new_page(viewport={"width": 1280, "height": 900})
    text = (built_site / "en" / "estimator" / "index.html").read_text(encoding="utf-8")
    # Without its own scripts, the theme complains of whatever it misses.
    page.expected.append(".*")  # type: ignore[attr-defined]
    if fault == "rules of another edition":
        other = re.sub(r'("rules_hash":")([0-9a-f])', lambda it: it[1] + ("0" if it[2] != "0" else "1"), text)
        assert other != text
        page.route("**/en/estimator/", lambda route: route.fulfill(body=other, content_type="text/html"))
    elif fault == "modules that are gone":
        page.route(re.compile(r".*/m-[0-9a-f]+/.*"), lambda route: route.fulfill(status=404, body="gone"))
    else:
        page.route(re.compile(r".*/estimator/main\.mjs$"), changed(lambda body: body[: len(body) // 2]))
    page.goto(PATHS["en"])
    if fault == "rules of another edition":
        say = say_of(page)
        day(page, ON)
        answer(page, "si_months", 36)
        page.locator("#on").focus()
        expect(page.locator("#result .verdict")).to_contain_text(say["failed_versions"], timeout=PATIENCE)
        expect(page.locator("#result .total .figure")).to_have_text("–")
        expect(page.locator("#q-si_months [data-part=years]")).to_have_value("3")
    else:
        note = page.locator("#not-alive")
        expect(note).to_be_visible()
        expect(note).to_contain_text("Reload the page")
        expect(note.locator("[data-why=old]")).to_be_hidden()
        expect(note.locator("a").first).to_have_attribute("href", "../indicators/")


def test_a_browser_that_is_too_old_is_told_so_and_led_to_the_tables(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.add_init_script("delete WebAssembly.compileStreaming")
    page.goto("/roster/")
    note = page.locator("#not-alive")
    expect(note).to_be_visible()
    expect(note.locator("[data-why=old]")).to_contain_text("16.4")
    expect(note.locator("[data-why=broken]")).to_be_hidden()
    note.locator("a").first.click()
    expect(page.locator("table").first).to_be_visible()


@pytest.mark.parametrize("today", ["1970-01-01", "2099-01-01"])
def test_an_absurd_clock_gives_no_score_until_a_day_is_chosen(new_page: Callable[..., Page], today: str) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.clock.set_fixed_time(f"{today}T12:00:00")
    page.goto(f"{PATHS['en']}#si_months=36")
    result = page.locator("#result")
    expect(result).to_have_attribute("data-state", "refused", timeout=PATIENCE)
    expect(result.locator(".verdict")).to_contain_text(today)
    expect(result.locator(".message a")).to_have_attribute("href", "../indicators/")
    expect(result.locator(".total .figure")).to_have_text("–")


def test_rules_that_have_run_out_by_the_day_give_no_score(new_page: Callable[..., Page], built_site: Path) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    text = (built_site / "estimator" / "index.html").read_text(encoding="utf-8")
    ended = text.replace('"expires":[]', '"expires":[{"name":"某办法","on":"2026-12-31"}]')
    assert ended != text
    page.route("**/estimator/", lambda route: route.fulfill(body=ended, content_type="text/html"))
    page.goto(PATHS["zh"])
    day(page, "2026-12-31")
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    day(page, "2027-01-01")
    result: Any = page.locator("#result")
    expect(result).to_have_attribute("data-state", "refused")
    expect(result.locator(".verdict")).to_contain_text("《某办法》的有效期到 2026-12-31 为止")
    # Not yet in force: the field itself says from when.
    day(page, "1999-01-01")
    expect(page.locator("#on-fault")).not_to_be_empty()
    expect(result).to_have_attribute("data-state", "faulty")
    day(page, "2026-12-31")
    shows_row(page, "si_years", "9")
