"""The built site in Chromium: search, switcher, colours, width, accessibility, and that nothing else is asked for."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe


def paths(site: Path, language: str) -> list[str]:
    """Every page of a language, and its 404 page."""
    found = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    return [path for path in found if path.startswith("en/") == (language == "en")]


def search(page: Page, word: str) -> None:
    """Type a word into the page's search box; the theme listens to keys, so one must go up."""
    box = page.locator("[data-md-component=search-query]")
    box.fill(word)
    box.press("Shift")


@pytest.mark.parametrize(
    ("start", "word"), [("/", "社保"), ("/", "保险"), ("/", "落户"), ("/en/", "insurance"), ("/en/", "registration")]
)
def test_search_finds(page: Page, start: str, word: str) -> None:
    page.goto(start)
    search(page, word)
    results = page.locator(".md-search-result__item")
    expect(results.first).to_be_visible()
    found = results.first.locator("mark").all_inner_texts()
    # Each Chinese character is a word in the index; the result must show them all, not only the first.
    assert {text.lower() for text in found} >= (set(word) if start == "/" else {word})
    link = results.first.locator("a").first
    assert ("/en/" in str(link.get_attribute("href"))) == (start == "/en/")
    link.click()
    # 社保 is also found as 社会保险.
    expect(page.locator("article")).to_contain_text(re.compile(".*".join(word), re.I | re.S))


def test_search_says_when_there_is_nothing(page: Page) -> None:
    page.goto("/")
    search(page, "社鲸")
    expect(page.locator(".md-search-result__meta")).to_have_text("没有找到")


@pytest.mark.parametrize("path", ["", "sources/", "indicators/age/", "en/", "en/estimator/"])
def test_switcher_stays_on_page_and_section(page: Page, path: str) -> None:
    other = path.removeprefix("en/") if path.startswith("en/") else f"en/{path}"
    page.goto(f"/{path}#some-section")
    page.locator("a[data-language-switch]").click()
    page.wait_for_url(re.compile(re.escape(f"/{other}#some-section") + "$"))


@pytest.mark.parametrize(
    ("path", "words"), [("/nowhere/at/all", "没有这个页面"), ("/en/nowhere/at/all", "No such page")]
)
def test_404_speaks_the_language_of_the_address(page: Page, path: str, words: str) -> None:
    page.expected.append("404")  # type: ignore[attr-defined]
    answer = page.goto(path)
    assert answer and answer.status == 404
    expect(page.locator("h1")).to_have_text(words)
    page.locator("article a").click()
    page.wait_for_url(re.compile("/en/$" if path.startswith("/en/") else r":\d+/$"))


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_is_accessible_fits_and_asks_no_other_host(
    new_page: Callable[..., Page], built_site: Path, language: str, half: int
) -> None:
    """Axe in light, its contrast rule in dark too; the width from the narrowest phone on; the switcher's address."""
    page = new_page(viewport={"width": 1280, "height": 800}, color_scheme="light", reduced_motion="reduce")
    faults = []
    for number, path in enumerate(paths(built_site, language)[half::2]):
        page.goto(f"/{path}")
        # The pages share one style; `make axe` looks at them all in both schemes.
        for scheme, rules in {"light": axe.TAGS, **({} if number % 4 else {"dark": axe.CONTRAST})}.items():
            page.emulate_media(color_scheme=scheme)
            faults += [f"/{path}: {scheme}: {fault}" for fault in axe.faults(page, only=rules)]
        for width in (390, 320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"/{path}: {wide} pixels wide in a window of {width}")
        page.emulate_media(color_scheme="light")
        if not path.endswith("404.html"):
            other = path.removeprefix("en/") if language == "en" else f"en/{path}"
            address = page.locator("a[data-language-switch]").evaluate("link => new URL(link.href).pathname")
            if address != f"/{other}":
                faults.append(f"/{path}: the switcher leads to {address}")
    assert not faults, "\n".join(faults)


def test_colours_follow_the_system_until_the_reader_chooses(new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme="dark")
    body = page.locator("body")
    page.goto("/")
    expect(body).to_have_css("color-scheme", "dark")
    page.emulate_media(color_scheme="light")
    expect(body).to_have_css("color-scheme", "light")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_css("color-scheme", "dark")
    page.get_by_title("颜色跟随系统").click()
    expect(body).to_have_css("color-scheme", "light")
    page.reload()
    expect(body).to_have_css("color-scheme", "light")
    page.goto("/en/sources/")
    expect(body).to_have_css("color-scheme", "light")


def test_without_javascript_the_page_reads_and_switches(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, color_scheme="dark")
    page.goto("/sources/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("body")).to_have_css("color-scheme", "dark")
    page.locator("a[data-language-switch]").click()
    page.wait_for_url("**/en/sources/")
