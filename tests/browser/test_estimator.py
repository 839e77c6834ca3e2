"""The estimator's page in Chromium: from the first question to the explained result, and what it does when things fail."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import axe
from tests.browser.estimator_page import PATHS, PATIENCE, answer, opened, question, shows, shows_row, total
from tests.golden import Case, cases

WORKED = [case for case in cases() if case.name.startswith("worked-examples:")]


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("zh", 390, "dark"), ("en", 390, "light"), ("zh", 1280, "light"), ("en", 1280, "dark")],
)
def test_whole_flow(new_page: Callable[..., Page], language: str, width: int, scheme: str) -> None:
    narrow = width < 960
    page = opened(new_page, language, viewport={"width": width, "height": 844}, color_scheme=scheme, has_touch=narrow)
    say = json.loads(page.locator("#estimator-data").text_content() or "")["say"]
    # The form works before anything is loaded.
    answer(page, "birth_date", "1990年5月20日")
    answer(page, "education_level", "bachelor")
    answer(page, "si_months", 120)
    page.locator("#q-si_months [data-part=months]").blur()
    expect(page.locator("#q-birth_date [data-part=day]")).to_have_value("1990-05-20")
    # The diploma is still open, so it is a range: 30 + 0 … 60 + 30.
    shows(page, "60 – 120")
    answer(page, "education_route", "full_time")
    answer(page, "education_registered", True)
    shows(page, "120")
    if narrow:
        page.locator(".sheet-button").click()
        expect(page.locator("dialog.sheet")).to_be_visible()
    expect(page.locator("#result")).to_have_attribute("data-state", "yes")
    expect(page.locator("#result .verdict")).to_contain_text("120")
    row = page.locator("#result-si_years")
    expect(row.locator(".points")).to_have_text("30")
    expect(row.locator("summary")).to_contain_text(say["status_counted"])
    row.locator("summary").click()
    expect(row.locator(".why")).to_contain_text("120")
    link = row.locator(".cites a").first
    expect(link).to_have_attribute("href", "../sources/#points-measures")
    expect(row.locator(".cites")).to_contain_text("2026-11-21")
    # What is open is listed apart, with what it could do.
    page.locator("#result .fold.open > summary").click()
    assert page.locator("#result .fold.open .item").count() > 10
    if narrow:
        page.keyboard.press("Escape")
        expect(page.locator("dialog.sheet")).to_be_hidden()
        expect(page.locator(".sheet-button")).to_be_focused()
    # The rest of a group in one go, and a veto.
    page.locator("#group-further [data-rest-none]").click()
    assert question(page, "award").locator("input[value=none]").is_checked()
    answer(page, "serious_crime", True)
    expect(page.locator("#result .verdict")).to_contain_text(say["vetoed"])
    expect(page.locator("#result-serious_crime")).to_have_attribute("data-status", "veto")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    other = {"zh": "en", "en": "zh"}[language]
    page.locator("a[data-language-switch]").click()
    page.wait_for_url(f"**{PATHS[other]}")
    shows(page, "120")
    assert question(page, "serious_crime").locator("input[value=true]").is_checked()


def test_worked_examples_through_the_page(new_page: Callable[..., Page]) -> None:
    assert len(WORKED) == 9
    page = opened(new_page)
    for case in WORKED:
        fill_in(page, case)
        shows(page, str(case.expect["low"]))
        for item, (low, high, status) in case.items.items():
            row = page.locator(f"#result-{item}")
            expect(row).to_have_attribute("data-status", status)
            expect(row.locator(".points")).to_have_text(str(low) if low == high else f"{low} – {high}")
        page.locator("#result .actions").get_by_role("button", name="清空").click()
        expect(total(page)).to_have_text("–")


def fill_in(page: Page, case: Case) -> None:
    """Answer every question of a case, in the order of the form: later ones appear with earlier ones."""
    keys = page.locator(".question").evaluate_all("all => all.map(one => one.dataset.key)")
    for key in keys:
        if case.answers.get(key) is not None and question(page, key).locator(".body").is_visible():
            answer(page, key, case.answers[key])
    page.locator("#on").focus()


def test_contribution_history_gives_the_tier(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    answer(page, "si_base_tier", "none")
    answer(
        page,
        "si_history",
        [
            {"from": "2022-12", "to": "2024-6", "base": "12,183"},
            {"from": "2024年7月", "to": "2026/10", "base": "12577"},
        ],
    )
    page.locator("#on").focus()
    expect(page.locator("#result-si_base .points")).to_have_text("50", timeout=PATIENCE)
    # What follows from the history is no longer asked.
    expect(question(page, "si_base_tier")).to_have_attribute("data-moot", "")
    expect(page.locator("#check-six-of-twelve")).to_have_attribute("data-status", "yes")
    question(page, "si_history").locator("[data-remove]").first.click()
    expect(page.locator("#result-si_base .points")).to_have_text("0")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_folds_above_moves_nothing_under_the_hands(new_page: Callable[..., Page], width: int) -> None:
    page = opened(new_page, viewport={"width": width, "height": 844})
    answer(page, "si_base_tier", "none")
    history = question(page, "si_history")
    history.locator("details.history > summary").click()
    where = "it => it.getBoundingClientRect().top"
    for part, text in {"from": "2022-12", "to": "2026-6", "base": "12,577"}.items():
        field = history.locator(f".stretch [data-part={part}]")
        field.fill(text)
    before = field.evaluate(where)
    assert 0 < before < 844
    # A question that the history answers stands above it, as do others that cannot matter any more.
    expect(page.locator("#result-si_base .points")).to_have_text("50", timeout=PATIENCE)
    expect(question(page, "si_base_tier")).to_have_attribute("data-moot", "")
    assert abs(field.evaluate(where) - before) < 2
    # Nothing has the focus: what one looks at stays as well.
    field.blur()
    before = history.evaluate(where)
    choose = "it => { it.checked = true; it.dispatchEvent(new Event('change', { bubbles: true })); }"
    question(page, "education_level").locator("input[value=master]").evaluate(choose)
    expect(question(page, "education_route")).to_be_visible()
    assert abs(history.evaluate(where) - before) < 2


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("birth_date", "1990-02-30", "请填写日期"),
        ("birth_date", "2026-11-22", "请填写 1900-01-01 至 2026-11-21 之间的日期（现在是 2026-11-22）。"),
        ("si_months_last_12", "13", "请填 0 到 12 之间的整数（现在是 13）。"),
        ("detention", "一", "请填 0 到 20 之间的整数（现在是 一）。"),
    ],
)
def test_a_fault_stands_beside_its_field_and_nothing_is_computed(
    new_page: Callable[..., Page], key: str, typed: str, message: str
) -> None:
    page = opened(new_page)
    answer(page, "si_months", 36)
    page.locator("#on").focus()
    field = question(page, key).locator("[data-part]").first
    field.fill(typed)
    field.blur()
    fault = page.locator(f"#fault-{key}")
    expect(fault).to_contain_text(message, timeout=PATIENCE)
    expect(field).to_have_attribute("aria-invalid", "true")
    assert fault.get_attribute("id") in str(field.get_attribute("aria-describedby"))
    expect(page.locator("#result")).to_have_attribute("data-state", "faulty")
    page.locator("#result .faults button").click()
    expect(field).to_be_focused()
    field.fill("")
    expect(fault).to_be_empty()
    expect(page.locator("#result")).not_to_have_attribute("data-state", "faulty", timeout=PATIENCE)
    expect(page.locator("#result-si_years .points")).to_have_text("9")


def test_answers_come_in_the_fragment_and_do_not_stay_there(new_page: Callable[..., Page]) -> None:
    page = opened(
        new_page,
        "en",
        "#birth_date=1990-5-20&education_level=doctor&education_route=overseas&education_registered=true&si_months=25",
    )
    shows(page, "146")
    assert "#" not in page.url
    expect(question(page, "si_months").locator("[data-part=years]")).to_have_value("2")
    # What is typed is taken to its field, which says what is wrong; nothing is computed meanwhile.
    page.goto("about:blank")
    page.goto(f"{PATHS['en']}#si_months=abc&award=none")
    expect(page.locator("#fault-si_months")).to_contain_text("abc", timeout=PATIENCE)
    assert question(page, "award").locator("input[value=none]").is_checked()
    # A link with a part that no field can hold is refused as a whole, with every fault.
    page.goto("about:blank")
    page.goto(f"{PATHS['en']}#no_such_key=1&education_level=%3Cimg%3E&award=none&si_months=1&si_months=2")
    note = page.locator("#link-note")
    for words in ("no_such_key", "Highest diploma", "<img>", "bachelor", "1, 2"):
        expect(note).to_contain_text(words)
    assert not question(page, "award").locator("input[value=none]").is_checked()
    assert page.locator("#result img, .questions img, #link-note img").count() == 0


def test_loading_that_fails_says_so_and_keeps_the_answers(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.expected.append(r"python\..*\.wasm|404")  # type: ignore[attr-defined]
    broken = re.compile(r".*/runtime/.*\.wasm$")
    page.route(broken, lambda route: route.fulfill(status=404, body="gone"))
    page.goto(PATHS["zh"])
    result = page.locator("#result")
    expect(result).to_have_attribute("data-state", "failed", timeout=PATIENCE)
    expect(result.locator(".verdict")).to_contain_text("没能载入")
    answer(page, "si_months", 36)
    answer(page, "spouse_months", 14)
    page.unroute(broken)
    result.get_by_role("button", name="重试").click()
    expect(page.locator("#result-si_years .points")).to_have_text("9", timeout=PATIENCE)
    expect(page.locator("#result-spouse .points")).to_have_text("4")


def test_a_worker_that_dies_is_replaced_unseen(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    [worker] = [it for it in page.workers if it.url.endswith("/estimator/worker.mjs")]
    worker.evaluate("setTimeout(() => { throw new Error('killed') })")
    page.expected.append("killed")  # type: ignore[attr-defined]
    answer(page, "si_months", 48)
    shows_row(page, "si_years", "12")
    expect(page.locator("#result")).not_to_have_attribute("data-state", "failed")


def test_typing_asks_no_server_once_loaded(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer(page, "birth_date", "1990-05-20")
    answer(page, "qualification", "title_senior")
    page.locator("#group-records [data-rest-none]").click()
    shows_row(page, "age", "30")
    assert not asked
    assert (
        page.evaluate(
            "[localStorage, sessionStorage].flatMap(one => Object.keys(one)).filter(name => !/palette/.test(name))"
        )
        == []
    )
    assert page.evaluate("document.cookie") == ""


def test_the_first_result_moves_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    held: list[Route] = []
    page.route(re.compile(r".*/runtime/.*\.zip$"), lambda route: held.append(route))
    page.goto(PATHS["zh"])
    answer(page, "si_months", 36)
    page.locator("#on").focus()
    expect(page.locator("#result")).to_have_attribute("data-state", "loading")
    expect(page.locator("#result .verdict")).to_contain_text("MB")
    places = "() => ['#group-about', '#q-si_months', '#result .bar', '#result .headline'].map(it => document.querySelector(it).getBoundingClientRect().top)"
    before = page.evaluate(places)
    for route in held:
        route.continue_()
    expect(page.locator("#result-si_years .points")).to_have_text("9", timeout=PATIENCE)
    assert page.evaluate(places) == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_javascript_the_form_reads_with_its_points(new_page: Callable[..., Page], language: str) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page.goto(PATHS[language])
    expect(page.locator(".no-script")).to_be_visible()
    expect(page.locator("#glance")).to_be_visible()
    expect(page.locator("#result")).to_be_hidden()
    for element in page.locator(".question").all():
        expect(element).to_be_visible()
    expect(question(page, "education_level").locator(".row").nth(1)).to_contain_text("50")
    expect(question(page, "education_level").locator("input[value='']")).to_be_checked()
    question(page, "education_level").locator("input[value=master]").check()
    assert page.locator(".estimator button:visible").count() == 0


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("zh", 390, "light"), ("zh", 1280, "dark"), ("en", 390, "dark"), ("en", 1280, "light")],
)
def test_every_state_is_accessible(new_page: Callable[..., Page], language: str, width: int, scheme: str) -> None:
    page = opened(
        new_page,
        language,
        "#birth_date=1985-5-20&education_level=bachelor&qualification=title_intermediate&si_months=61&detention=1",
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        reduced_motion="reduce",
    )

    def faults() -> list[str]:
        # A field that is half under the page's header is not a small field.
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        return axe.faults(page)

    found = faults()
    expect(page.locator("#result")).to_have_attribute("data-state", re.compile("yes|no|unknown"), timeout=PATIENCE)
    if width < 960:
        page.locator(".sheet-button").click()
    for summary in page.locator("#result summary").all():
        if summary.is_visible():
            summary.click()
    found += faults()
    if width < 960:
        page.keyboard.press("Escape")
    field = question(page, "si_months_last_12").locator("[data-part]")
    field.fill("99")
    field.blur()
    expect(page.locator("#fault-si_months_last_12")).not_to_be_empty()
    found += faults()
    assert not found, "\n".join(found)


def test_targets_are_large_enough_for_a_thumb(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "zh", "#si_months=61", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(page.locator("#result")).to_have_attribute("data-state", re.compile("yes|no|unknown"), timeout=PATIENCE)
    page.locator(".sheet-button").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll('.row, .unsure-box, .estimator button:not(.inline), .estimator input[type=text], .estimator summary, .view label')]
        .filter(it => it.checkVisibility() && it.getBoundingClientRect().height < 44).map(it => it.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_home_carries_its_answers_into_the_estimator(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto("/en/")
    form = page.locator("#home-form")
    form.locator("[data-key=birth_date] input").fill("1990-5-20")
    form.locator("[data-key=education_level] select").select_option("master")
    form.locator("[data-part=years]").fill("3")
    form.get_by_role("button").click()
    page.wait_for_url("**/en/estimator/")
    expect(question(page, "si_months").locator("[data-part=years]")).to_have_value("3")
    expect(question(page, "birth_date").locator("[data-part=day]")).to_have_value("1990-05-20")
    expect(question(page, "education_level").locator("[value=master]")).to_be_checked()
