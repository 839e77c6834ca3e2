"""The same journey in three engines: guide, other language, form, score, explanation, chart, link, printed record."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.engines import Engine, chromium, firefox, webkit
from tests.browser.estimator_page import ON
from tests.browser.host import KEPT, Host


@pytest.mark.parametrize("name", ["chromium", "firefox", "webkit"])
def test_the_whole_journey(name: str, site_url: str, tmp_path: Path, playwright: Playwright) -> None:
    with (
        {"chromium": chromium, "firefox": firefox}[name](playwright) if name != "webkit" else webkit(tmp_path) as engine
    ):
        journey(engine, site_url)


def journey(engine: Engine, site: str) -> None:
    """From the guide to the printed record, as a person goes it."""
    engine.open(f"{site}indicators/age/")
    engine.has("html", "lang", "zh")
    engine.click("a[data-language-switch]")
    engine.has("html", "lang", "en")
    assert engine.value("location.pathname") == "/en/indicators/age/"
    engine.open(f"{site}en/estimator/")
    # Nothing that a phone's WebView lacks is needed.
    assert engine.value("crossOriginIsolated") is False
    assert engine.value("typeof SharedArrayBuffer") == "undefined"
    engine.has("html", "class", "estimator-alive")
    assert engine.value("document.querySelector('#not-alive').hidden") is True
    engine.fill("#on", ON)
    engine.fill("#q-birth_date [data-part=day]", "1990-05-20")
    engine.click("#q-education_level input[value=master]")
    engine.click("#q-education_route input[value=full_time]")
    engine.click('#q-education_registered input[value="true"]')
    engine.fill("#q-si_months [data-part=years]", "10")
    # 30 for the age, 100 for the degree, 30 for ten years.
    engine.shows("#result .total .figure", "^160$")
    engine.has("#result", "data-state", "yes")
    engine.click(".sheet-button") if engine.value("innerWidth < 960") else None
    engine.click("#result-si_years summary")
    engine.shows("#result-si_years .why", "120")
    engine.has("#result-si_years .cites a", "href", r"^\.\./sources/#")
    engine.click("#tab-when")
    engine.shows(".when .changes-table", r"20\d\d-\d\d-\d\d")
    assert engine.value("document.querySelectorAll('.when svg.chart path').length") > 1
    engine.click("#tab-why")
    say = json.loads(engine.value("document.querySelector('#estimator-data').textContent"))["parts"]["keep"]
    named = (
        f"[...document.querySelectorAll('.actions button')].find(it => it.textContent === {json.dumps(say['share'])})"
    )
    engine.value(f"({named}).click()")
    engine.shows("#share-length", r"\d")
    link = str(engine.value("document.querySelector('#share .link input, #share .link textarea').value"))
    assert re.fullmatch(re.escape(site) + r"en/estimator/#a=1\.[\w-]+", link)
    engine.value("document.querySelector('#share').close()")
    # The record that a printer gets, without the printer's own window.
    engine.value("void dispatchEvent(new Event('beforeprint'))")
    engine.shows(".print-record .record-total", "160")
    # The link elsewhere: the same answers in the other language, and the same score.
    engine.open("about:blank")
    engine.open(link.replace("/en/estimator/", "/estimator/"))
    engine.shows("#result .total .figure", "^160$")
    assert engine.value("location.hash") == ""


# In WebKitGTK it works too; it stood still now and then, so that it is no part of every run.
def test_after_one_visit_firefox_works_without_a_network(
    built_site: Path, tmp_path: Path, playwright: Playwright
) -> None:
    host = Host(built_site, tmp_path / "host", "")
    try:
        with firefox(playwright) as engine:
            engine.open(host.address)
            engine.shows("[data-offline]", KEPT.pattern)
            host.down()
            engine.open(f"{host.address}en/indicators/age/")
            engine.has("html", "lang", "en")
            engine.open(f"{host.address}estimator/")
            engine.fill("#on", ON)
            engine.fill("#q-birth_date [data-part=day]", "1990-05-20")
            engine.shows("#result .total .figure", "^30")
    finally:
        host.down()
