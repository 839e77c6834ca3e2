"""The site without a network: kept after one visit, renewed as a whole, removed again; at a root and under a path."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hooks import assets
from tests.browser.host import KEPT, Host


@pytest.fixture
def host(request: pytest.FixtureRequest, built_site: Path, tmp_path: Path) -> Iterator[Host]:
    found = Host(built_site, tmp_path / "host", request.param)
    yield found
    found.down()


@pytest.fixture
def context(browser: Browser, host: Host) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=host.address, viewport={"width": 390, "height": 844})
    yield made
    made.close()


def keep(page: Page, where: str = "") -> None:
    """One visit, as long as it takes to be kept."""
    page.goto(where)
    expect(page.locator("[data-offline]")).to_contain_text(KEPT, timeout=90_000)


def give_birth_date(page: Page) -> None:
    page.locator("#on").fill("2026-11-21")
    page.locator("#on").blur()
    page.locator("#q-birth_date [data-part]").fill("1990-05-01")
    page.locator("#q-birth_date [data-part]").blur()
    expect(page.locator("#result .total .figure")).to_have_text(re.compile(r"^30\b"), timeout=60_000)


@pytest.mark.parametrize("host", ["points/"], indirect=True, ids=["under a path"])
def test_after_one_visit_everything_works_without_a_network_and_is_renewed_as_a_whole(
    host: Host, context: BrowserContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = context.new_page()
    wrong: list[str] = []
    context.on("weberror", lambda it: wrong.append(str(it.error)))
    # A 404 page is made for the address that the site is built for, and this one is built for a root.
    context.on(
        "response",
        lambda it: (
            it.status < 400
            or "no-such" in it.url
            or not it.url.startswith(host.address)
            or wrong.append(f"{it.status} {it.url}")
        ),
    )
    keep(page)
    host.down()

    page.goto("en/estimator/?from=home")
    give_birth_date(page)
    page.goto("faq/index.html#questions")
    page.locator("label[for=__search]").first.click()
    page.locator(".md-search__input").fill("社保")
    page.locator(".md-search__input").press("Shift")
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=30_000)
    for path, language in (("no-such-page/", "zh-CN"), ("en/no-such-page/", "en")):
        answer = page.goto(path)
        assert answer
        assert answer.status == 404
        expect(page.locator("html")).to_have_attribute("lang", language)
    page.goto("en/faq")
    assert page.url == f"{host.address}en/faq/"

    # Half of a new edition is there: nothing of it is taken.
    page.goto("en/estimator/")
    give_birth_date(page)
    before = page.title()
    whole = (host.site / "faq" / "index.html").read_text(encoding="utf-8")
    host.publish("2027-07-01+half", monkeypatch)
    host.rewrite("faq/index.html", lambda _text: whole)
    host.up()
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then((it) => it.update()).then((it) => new Promise((done) => { const coming = it.installing; if (!coming || coming.state === 'redundant') done(); else coming.onstatechange = () => coming.state === 'redundant' && done(); }))"
    )
    expect(page.locator(".newer")).to_have_count(0)
    page.reload()
    assert page.title() == before
    give_birth_date(page)

    # All of it is: a quiet note, the page as it was, and the answers go along.
    host.publish("2027-07-01+whole", monkeypatch)
    page.evaluate("navigator.serviceWorker.getRegistration().then((it) => it.update())")
    note = page.locator(".newer")
    expect(note).to_contain_text("2027-07-01+whole", timeout=60_000)
    assert page.title() == before
    note.get_by_role("link").click()
    page.wait_for_url(f"{host.address}en/estimator/")
    expect(page).to_have_title(re.compile(r"^2027-07-01\+whole "))
    expect(page.locator("#q-birth_date [data-part]")).to_have_value("1990-05-01", timeout=30_000)
    expect(page.locator("[data-offline]")).to_contain_text(KEPT, timeout=30_000)
    expect(page.locator(".newer")).to_have_count(0)
    host.down()
    page.goto("process/")
    expect(page).to_have_title(re.compile(r"^2027-07-01\+whole "))
    assert not wrong, wrong


@pytest.mark.parametrize("host", [""], indirect=True, ids=["at a root"])
def test_it_is_removed_and_stays_away_until_it_is_asked_for(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    keep(page, "en/faq/")
    page.locator("[data-offline] button").click()
    expect(page.locator("[data-offline]")).to_contain_text("not kept")
    left = "Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then((all) => all.map((it) => it.length))"
    assert page.evaluate(left) == [0, 0]
    page.goto("process/")
    expect(page.locator("[data-offline]")).to_contain_text("没有存在")
    page.wait_for_timeout(3_000)
    assert page.evaluate(left) == [0, 0]
    page.locator("[data-offline] button").click()
    expect(page.locator("[data-offline]")).to_contain_text(KEPT, timeout=90_000)
    assert page.evaluate(left) == [1, 1]


def test_the_list_names_every_page_once_and_home_screens_find_icons(built_site: Path) -> None:
    worker = (built_site / "sw.js").read_text(encoding="utf-8")
    edition = json.loads(worker.partition("= ")[2].partition(";\n")[0])
    assert edition["rules"] in (built_site / "index.html").read_text(encoding="utf-8")
    files = [path for path, _sha256 in json.loads((built_site / edition["list"]).read_text(encoding="utf-8"))]
    assert len(files) == len(set(files))
    assert {
        page.relative_to(built_site).as_posix().removesuffix("index.html") for page in built_site.rglob("*.html")
    } <= set(files)
    small = assets.made().runtime["variants"]["small"]
    assert f"assets/app/runtime/{small['wasm']['file']}" in files
    assert not [path for path in files if "/runtime/full/" in path]
    for folder in (built_site, built_site / "en"):
        manifest = json.loads((folder / "manifest.webmanifest").read_text(encoding="utf-8"))
        for entry in manifest["icons"]:
            data = (folder / entry["src"]).read_bytes()
            size = entry["sizes"]
            if size != "any":
                assert data.startswith(b"\x89PNG")
                assert f"{int.from_bytes(data[16:20])}x{int.from_bytes(data[20:24])}" == size
        assert (folder / manifest["start_url"] / "index.html").is_file()
        assert (folder / manifest["scope"]).resolve() == built_site.resolve()
