"""Fixtures that drive the machine's own Chromium."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            # A machine that is busy with something else may starve a browser. Whatever needs its second try is listed at the end as
            # RERUN, and is looked into: more than once it was a race in the page.
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def new_page(browser: Browser, site_url: str) -> Iterator[Callable[..., Page]]:
    """Makes pages, each in a new context; takes Playwright's context options.

    When the test ends, no page may have asked another host, failed to load a file, or written an error. A test that
    provokes one names it first: `page.expected.append(r"regular expression")`.
    """
    contexts: list[BrowserContext] = []
    pages: list[tuple[list[str], list[str]]] = []

    def make(**options: Any) -> Page:
        # What a service worker keeps would answer in place of the site; tests/browser/test_offline.py is about that.
        context = browser.new_context(base_url=site_url, **{"service_workers": "block", **options})
        contexts.append(context)
        page = context.new_page()
        faults: list[str] = []
        expected: list[str] = []
        page.expected = expected  # type: ignore[attr-defined]
        pages.append((faults, expected))
        own = (site_url, "data:", "blob:")
        context.on("request", lambda it: it.url.startswith(own) or faults.append(f"asked another host: {it.url}"))
        context.on("response", lambda it: it.status < 400 or faults.append(f"status {it.status}: {it.url}"))
        context.on("weberror", lambda it: faults.append(f"error: {it.error}"))
        context.on(
            "console",
            lambda it: it.type == "error" and faults.append(f"console: {it.text} ({it.location.get('url', '')})"),
        )
        return page

    yield make
    for context in contexts:
        context.close()
    left = [fault for faults, known in pages for fault in faults if not any(re.search(one, fault) for one in known)]
    assert not left, "\n".join(left)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page, 1280 pixels wide, light."""
    return new_page(viewport={"width": 1280, "height": 800}, color_scheme="light")
