"""One small set of commands over three engines: Chromium and Firefox by Playwright, WebKit (the engine of Safari) by WebDriver.

Each command waits until it can be carried out. Only what every engine's driver can do is here.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Page, Playwright, expect

from tools import bootstrap

#: Starting the runtime takes seconds on a machine that does other things too.
PATIENCE = 60


class Engine(Protocol):
    """What the journey needs of a browser."""

    def open(self, address: str) -> None:
        """Show a page."""

    def click(self, css: str) -> None:
        """Click the first element that is found, once it is there."""

    def fill(self, css: str, text: str) -> None:
        """Type into a field and leave it."""

    def shows(self, css: str, pattern: str) -> str:
        """The text of the first element, once it matches."""

    def has(self, css: str, name: str, pattern: str) -> str:
        """An attribute of the first element, once it matches."""

    def value(self, expression: str) -> Any:
        """The value of a JavaScript expression."""


class ByPlaywright:
    """A page of Playwright's as an ``Engine``."""

    def __init__(self, page: Page):
        self.page = page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def click(self, css: str) -> None:
        self.page.locator(css).first.click()

    def fill(self, css: str, text: str) -> None:
        self.page.locator(css).first.fill(text)
        self.page.locator(css).first.blur()

    def shows(self, css: str, pattern: str) -> str:
        place = self.page.locator(css).first
        expect(place).to_have_text(re.compile(pattern), timeout=PATIENCE * 1000)
        return place.inner_text()

    def has(self, css: str, name: str, pattern: str) -> str:
        place = self.page.locator(css).first
        expect(place).to_have_attribute(name, re.compile(pattern), timeout=PATIENCE * 1000)
        return place.get_attribute(name) or ""

    def value(self, expression: str) -> Any:
        return self.page.evaluate(expression)


class ByWebDriver:
    """A WebDriver as an ``Engine``."""

    def __init__(self, driver: Any):
        self.driver = driver

    def _until(self, script: str, *arguments: str) -> Any:
        end = time.monotonic() + PATIENCE
        while True:
            found = self.driver.execute_script(script, *arguments)
            if found is not None and found is not False:
                return found
            assert time.monotonic() < end, f"never true: {script} {arguments}"
            time.sleep(0.1)

    def open(self, address: str) -> None:
        self.driver.get(address)

    def click(self, css: str) -> None:
        element = self._until("return document.querySelector(arguments[0])", css)
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' }); arguments[0].click()", element)

    def fill(self, css: str, text: str) -> None:
        element = self._until("return document.querySelector(arguments[0])", css)
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
        # Typed over what is there: a field that is emptied may fill itself again.
        self.driver.execute_script("arguments[0].select()", element)
        element.send_keys(text)
        self.driver.execute_script("arguments[0].blur()", element)

    def shows(self, css: str, pattern: str) -> str:
        script = "const it = document.querySelector(arguments[0]); return it && new RegExp(arguments[1]).test(it.textContent) && it.textContent"
        return str(self._until(script, css, pattern))

    def has(self, css: str, name: str, pattern: str) -> str:
        script = "const it = document.querySelector(arguments[0])?.getAttribute(arguments[1]); return it != null && new RegExp(arguments[2]).test(it) && it"
        return str(self._until(script, css, name, pattern))

    def value(self, expression: str) -> Any:
        return self.driver.execute_script(f"return ({expression})")


@contextlib.contextmanager
def firefox(playwright: Playwright) -> Iterator[Engine]:
    """The machine's own Firefox."""
    path = bootstrap.find_firefox()
    assert path, bootstrap.ENGINES_WANTED
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=path)
    try:
        yield ByPlaywright(browser.new_page())
    finally:
        browser.close()


@contextlib.contextmanager
def chromium(playwright: Playwright) -> Iterator[Engine]:
    """The machine's own Chromium, as a phone's WebView is: without shared memory."""
    path = bootstrap.find_chromium()
    assert path
    arguments = ["--no-sandbox", "--disable-features=SharedArrayBuffer"]
    browser = playwright.chromium.launch(executable_path=path, args=arguments)
    try:
        page = browser.new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
        page.add_init_script("delete globalThis.SharedArrayBuffer")
        yield ByPlaywright(page)
    finally:
        browser.close()


@contextlib.contextmanager
def webkit(scratch: Path) -> Iterator[Engine]:
    """WebKitGTK's own little browser, on a screen that nobody sees."""
    from selenium import webdriver
    from selenium.webdriver.webkitgtk.service import Service

    found = bootstrap.find_webkit()
    assert found, bootstrap.ENGINES_WANTED
    driver_path, browser_path, screen_path = found
    reading, writing = os.pipe()
    # The server finds a free screen by itself and says which.
    screen = subprocess.Popen(
        [screen_path, "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        assert number, "Xvfb did not start"
        options = webdriver.WebKitGTKOptions()
        options.binary_location = browser_path
        options.add_argument("--automation")
        environment = os.environ | {
            "DISPLAY": f":{number}",
            "XDG_CACHE_HOME": str(scratch),
            "XDG_DATA_HOME": str(scratch),
        }
        driver = webdriver.WebKitGTK(options=options, service=Service(driver_path, env=environment))
        try:
            yield ByWebDriver(driver)
        finally:
            driver.quit()
    finally:
        screen.terminate()
        screen.wait()
