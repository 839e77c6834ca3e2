"""The guide in Chromium: marks open by keyboard and without JavaScript, pictures hold their words, paper gets a clean sheet."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PICTURES = ["", "process/", "confirmation/", "eligibility/", "ways/renewing/"]


#: Of each picture in sight: texts that leave it, texts that cross, the size of the smallest letters. A line's box holds some
#: air above and below its letters, which may overlap.
READ = """() => [...document.querySelectorAll('svg.pic')].filter(it => it.getClientRects().length).map(it => {
    const frame = it.getBoundingClientRect();
    const scale = frame.width / it.viewBox.baseVal.width;
    const texts = [...it.querySelectorAll('text')].map(text => {
        const box = text.getBoundingClientRect(), size = parseFloat(text.getAttribute('font-size')) * scale;
        const words = text.textContent;
        return { words, size, left: box.left, right: box.right, top: box.top + size / 4, bottom: box.bottom - size / 4 };
    });
    return {
        outside: texts.filter(a => a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1
            || a.bottom > frame.bottom + 1).map(text => text.words),
        crossing: texts.flatMap((a, index) => texts.slice(index + 1).filter(b => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom && b.top < a.bottom).map(b => `${a.words} / ${b.words}`)),
        smallest: Math.min(...texts.map(text => text.size)),
    };
})"""


def languages(path: str) -> list[str]:
    return [f"/{path}", f"/en/{path}"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mark_opens_by_keyboard(new_page: Callable[..., Page], scripts: bool) -> None:
    page = new_page(java_script_enabled=scripts)
    page.goto("/indicators/fresh_graduate/")
    mark = page.locator("table details.mark").first
    expect(mark.locator(".mark-body")).to_be_hidden()
    mark.locator("summary").focus()
    page.keyboard.press("Enter")
    body = mark.locator(".mark-body")
    expect(body).to_be_visible()
    expect(body.locator("a").first).to_have_attribute("href", "../../sources/#points-measures")
    expect(body.locator("time").first).to_be_visible()
    assert body.locator(".reading li").count() == 2
    page.keyboard.press("Enter")
    expect(body).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PICTURES)
def test_words_in_pictures_fit_and_are_large_enough(new_page: Callable[..., Page], path: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    for address in languages(path):
        page.goto(address)
        found = page.evaluate(READ)
        assert found, address
        for picture in found:
            assert not picture["outside"], f"{address}: {picture['outside']}"
            assert not picture["crossing"], f"{address}: {picture['crossing']}"
            assert picture["smallest"] >= 9.5, address


@pytest.mark.parametrize("path", ["/indicators/si_base/", "/en/process/"])
def test_paper_gets_notes_instead_of_marks_and_says_where_it_is_from(new_page: Callable[..., Page], path: str) -> None:
    page = new_page()
    page.goto(path)
    page.emulate_media(media="print")
    mark = page.locator("details.mark").first
    expect(mark.locator(".mark-number")).to_be_visible()
    expect(mark.locator(".mark-grade")).to_be_hidden()
    expect(page.locator(".cited")).to_be_visible()
    sheet = page.locator("footer.sheet")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(path)
    expect(page.locator(".md-header")).to_be_hidden()
    # The day of printing comes with the print itself.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(sheet.locator("time")).to_have_attribute("datetime", page.evaluate("new Date().toISOString().slice(0, 10)"))


def test_structured_data_is_let_be_by_the_security_policy(new_page: Callable[..., Page]) -> None:
    """A data block is no script: a violation would be told to the page, and be an error in the console."""
    page = new_page()
    page.add_init_script(
        "window.seen = []; addEventListener('securitypolicyviolation', it => seen.push(it.violatedDirective))"
    )
    page.goto("/faq/")
    assert page.locator('script[type="application/ld+json"]').count()
    assert page.evaluate("seen") == []


def test_an_example_opens_in_the_estimator_with_its_answers(page: Page) -> None:
    page.goto("/examples/")
    page.locator("#degree-and-age ~ .life .open a").first.click()
    page.wait_for_url("**/estimator/**")
    expect(page.locator("#q-education_level input[value=bachelor_with_degree]")).to_be_checked()


def test_a_way_in_opens_the_fitting_panel(page: Page) -> None:
    page.goto("/ways/parent/")
    page.locator('a[href$="estimator/#show=when"]').click()
    page.wait_for_url(re.compile("/estimator/$"))
    expect(page.locator("#q-birth_date")).to_be_in_viewport()
    page.locator("#q-birth_date [data-part=day]").fill("1990-05-01")
    expect(page.locator("#tab-when")).to_have_attribute("aria-selected", "true", timeout=30_000)


def test_a_way_in_leads_to_the_fitting_question(page: Page) -> None:
    page.goto("/ways/renewing/")
    page.locator('a[href$="estimator/#q-si_months"]').click()
    expect(page.locator("#q-si_months")).to_be_in_viewport()
