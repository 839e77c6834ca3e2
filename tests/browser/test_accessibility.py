"""The estimator by keyboard and through the accessibility tree, at 400 % zoom, in forced colours, without motion.

Axe goes over every page in test_site.py and over every state in the tests of the parts; here, with WHOLE_SITE set
(``python tools/campaign.py axe``), over every page in both themes, in print and at three widths.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.estimator_page import PATHS, PATIENCE, opened, shows_row

FILLED = "#birth_date=1985-5-20&education_level=bachelor&qualification=title_intermediate&si_months=61&detention=1"
#: What has the focus: where it is, how it is called, and whether one sees it.
FOCUSED = """() => {
    const it = document.activeElement;
    if (!it || it === document.body) return null;
    const box = it.getBoundingClientRect();
    const drawn = (one) => { const look = getComputedStyle(one); return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== 'none'; };
    const around = [it, it.parentElement, it.closest('label, .row, .search, .md-search__form, [class*=md-]')].filter(Boolean);
    const label = it.labels?.length ? [...it.labels].map((one) => one.textContent).join(' ') : '';
    const named = (it.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join('');
    return {
        what: `${it.tagName.toLowerCase()}#${it.id}.${it.className?.baseVal ?? it.className}[${it.getAttribute('name') ?? it.dataset.part ?? ''}]`,
        name: (it.getAttribute('aria-label') ?? '') + named + label + it.textContent + (it.title ?? ''),
        seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
        ring: around.some(drawn),
        key: it.closest('[data-key]')?.dataset.key ?? '',
    };
}"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_whole_estimator_by_tab_alone(new_page: Callable[..., Page], language: str) -> None:
    page = opened(new_page, language, FILLED)
    shows_row(page, "si_years", "15")
    page.locator("body").focus()
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
    wrong, keys, stops = [], [], 0
    seen: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        stops += 1
        seen.add(focused["what"])
        if not focused["name"].strip():
            wrong.append(f"no name: {focused['what']}")
        if not focused["seen"]:
            wrong.append(f"out of sight: {focused['what']}")
        if not focused["ring"]:
            wrong.append(f"no sign of the focus: {focused['what']}")
        if focused["key"] and focused["key"] not in keys:
            keys.append(focused["key"])
    else:
        wrong.append("the focus never leaves the page")
    assert not wrong, "\n".join(sorted(set(wrong)))
    # Every question that is shown was reached, in the order in which it stands.
    shown = page.locator(".question:visible").evaluate_all("all => all.map(one => one.dataset.key)")
    assert keys == shown
    assert stops > 40 and any("tab-" in one for one in seen)


def test_no_control_is_without_a_name_in_the_accessibility_tree(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "en", FILLED)
    shows_row(page, "si_years", "15")
    for tab in ("when", "how", "bring", "remind"):
        page.locator(f"#tab-{tab}").click()
        tree = page.locator("body").aria_snapshot()
        kinds = "button|link|textbox|radio|checkbox|combobox|slider|tab|grid|dialog|option"
        # A name stands in quotation marks behind the role.
        bare = re.findall(rf"(?m)^\s*- (?:{kinds})(?: \[[^\]]*\])*:?$", tree)
        assert not bare, (tab, bare)
    assert "status" in tree


@pytest.mark.parametrize(
    "path", ["/estimator/" + FILLED, "/en/estimator/" + FILLED, "/en/", "/roster/", "/en/indicators/si_base/"]
)
def test_at_400_percent_everything_fits_and_little_is_covered(new_page: Callable[..., Page], path: str) -> None:
    """A window of 1280 by 1024 at 400 % is one of 320 by 256."""
    page = new_page(viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    page.goto(path)
    if "estimator" in path:
        expect(page.locator("#result")).to_have_attribute("data-state", re.compile("yes|no|unknown"), timeout=PATIENCE)
    page.evaluate("scrollTo({ top: 600, behavior: 'instant' })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # What sticks to the window leaves two thirds of it for what one reads.
    covered = page.evaluate(
        """() => Array.from({ length: 64 }, (_, row) => {
            let it = document.elementFromPoint(160, row * 4 + 2);
            while (it && !/fixed|sticky/.test(getComputedStyle(it).position)) it = it.parentElement;
            return it ? 1 : 0;
        }).reduce((sum, one) => sum + one, 0)"""
    )
    assert covered < 22, covered


def test_forced_colours_keep_what_colour_alone_would_say(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "en", FILLED, forced_colors="active")
    shows_row(page, "si_years", "15")
    certain, track = (
        page.locator(f"#result .bar {part}").evaluate("it => getComputedStyle(it).fill")
        for part in (".certain", ".track")
    )
    assert certain != track
    page.locator("#tab-when").click()
    line = page.locator(".when svg.chart path").first
    expect(line).to_be_visible()
    # Every state stands in words or signs as well.
    page.locator("#tab-why").click()
    for row in page.locator("#result .items > .item:visible summary").all():
        assert re.search(r"\w", row.inner_text())


def test_without_motion_nothing_moves(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "zh", FILLED, reduced_motion="reduce")
    shows_row(page, "si_years", "15")
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter(it => { const look = getComputedStyle(it);
        return [look.transitionDuration, look.animationDuration].some(all => all.split(',').some(one => parseFloat(one) > 0.01)); }).map(it => it.className.baseVal ?? it.className).slice(0, 5)""")
    assert moving == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.skipif(not os.environ.get("WHOLE_SITE"), reason="a campaign: python tools/campaign.py axe")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_over_the_whole_site(new_page: Callable[..., Page], built_site: Path, language: str, scheme: str) -> None:
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    page.expected.append("404")  # type: ignore[attr-defined]
    pages = sorted(path.parent.relative_to(built_site).as_posix() for path in built_site.rglob("index.html"))
    faults, done = [], 0
    for path in (
        [one for one in pages if one.split("/")[0] == "en"]
        if language == "en"
        else [one for one in pages if one.split("/")[0] != "en"]
    ):
        page.goto(f"/{'' if path == '.' else path + '/'}")
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            done += 1
            faults += [f"{path} {width} {scheme}: {fault}" for fault in axe.faults(page)]
    print(f"{language} {scheme}: axe ran {done} times")
    assert not faults, "\n".join(faults)
    assert PATHS[language].strip("/") in pages
