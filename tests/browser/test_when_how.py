"""The panels that look ahead: the line and its table, deadlines, ways, papers, reminders."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import icalendar
import pytest
from playwright.sync_api import Locator, Page, expect

from estimator import entry
from tests.browser import axe
from tests.browser.estimator_page import ON, PATIENCE, answer, opened, total

ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ["zh", "en"]
TABS = ["when", "how", "bring", "remind"]
#: 30 + 50 + 24: six years short of the standard by waiting alone, with several ways to it.
ANSWERS: dict[str, Any] = {
    "birth_date": "1990-05-20",
    "education_level": "junior_college",
    "education_route": "full_time",
    "education_registered": True,
    "si_months": 100,
}
#: A fresh graduate's year ends, and the score falls below the standard.
FALLS = ANSWERS | {
    "birth_date": "1982-10-10",
    "education_level": "bachelor",
    "si_months": 120,
    "fresh_graduate": True,
    "graduation_date": "2026-06-30",
}


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    entry.handle("load", (ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))


def ask(kind: str, answers: dict[str, Any], **more: Any) -> Any:
    """What Python says here, as the page's Python should."""
    request = {"on": ON, "answers": answers, "assume": "nothing", **more}
    return json.loads(entry.handle(kind, json.dumps(request)))["ok"]


def shown(
    new_page: Callable[..., Page], language: str, tab: str, answers: dict[str, Any] = ANSWERS, **options: Any
) -> Page:
    """A page with these answers, on one of the tabs."""
    fragment = urlencode(
        {key: json.dumps(value) if isinstance(value, bool) else value for key, value in answers.items()}
    )
    page = opened(new_page, language, f"#{fragment}", **options)
    expect(total(page)).to_have_text(re.compile(r"\d"), timeout=PATIENCE)
    if page.locator(".sheet-button").is_visible():
        page.locator(".sheet-button").click()
    page.locator(f"#tab-{tab}").click()
    expect(page.locator(f"#panel-{tab} h3").first).to_be_visible()
    return page


def say(page: Page) -> dict[str, str]:
    """The panels' own phrases."""
    phrases: dict[str, str] = json.loads(page.locator("#estimator-data").text_content() or "")["parts"]["ahead"]
    return phrases


def points(text: str) -> str:
    """A figure as Python writes it."""
    return text.replace("−", "-").replace(",", "").rstrip(" ◆■")


# --- when -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_by_keyboard_says_what_the_table_says(new_page: Callable[..., Page], language: str) -> None:
    page = shown(new_page, language, "when", FALLS)
    found = ask("project", FALLS, years=10)
    rows = page.locator("#panel-when tbody tr")
    expect(rows).to_have_count(len(found["timeline"]), timeout=PATIENCE)
    page.locator("#panel-when .fold summary").first.click()
    for change, cells in zip(
        found["timeline"],
        rows.evaluate_all("all => all.map(row => [...row.children].map(cell => cell.innerText))"),
        strict=True,
    ):
        assert (cells[0], points(cells[1])) == (change["date"], str(change["low"]))
        assert cells[2].count("\n") == max(0, len(change["because"]) * 2 - 2)
        for because in change["because"]:
            assert f"{because['change']:+d}".replace("-", "−") in cells[2]
    # From the tab into the line: the first change takes the focus, the arrows go on, and each sentence is the table's.
    page.locator("#tab-when").focus()
    options = page.locator("#panel-when svg [role=option]")
    expect(options).to_have_count(len(found["timeline"]))
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "option":
            break
    told = page.locator("#panel-when .told")
    for index, change in enumerate(found["timeline"]):
        expect(options.nth(index)).to_be_focused()
        expect(options.nth(index)).to_have_attribute("aria-selected", "true")
        sentence = str(options.nth(index).get_attribute("aria-label"))
        assert sentence.startswith(change["date"]) and str(change["low"]) in sentence
        expect(told).to_have_text(sentence)
        assert page.locator("#panel-when svg [role=option][tabindex='0']").count() == 1
        page.keyboard.press("ArrowRight")
    expect(options.last).to_be_focused()
    page.keyboard.press("Home")
    expect(options.first).to_be_focused()
    page.keyboard.press("End")
    expect(options.last).to_be_focused()
    # The days of reaching and falling stand on top, and are marked by form.
    for name in ("reaches_on", "falls_below_on"):
        assert page.locator("#panel-when .summary").get_by_text(found[name] if found[name] != ON else "120").count()
    expect(page.locator("#panel-when svg .reach path.shape")).to_have_count(1)
    expect(page.locator("#panel-when svg .fall rect.shape")).to_have_count(1)


def test_a_press_beside_a_dot_takes_the_nearest(new_page: Callable[..., Page]) -> None:
    page = shown(new_page, "zh", "when")
    options = page.locator("#panel-when svg [role=option]")
    expect(options.nth(3)).to_be_attached(timeout=PATIENCE)
    dot = options.nth(3).locator(".shape").bounding_box()
    assert dot
    page.mouse.click(dot["x"] + dot["width"] / 2 + 3, dot["y"] + 60)
    expect(options.nth(3)).to_be_focused()
    # What is selected stays so when the window changes and the line is drawn anew.
    page.set_viewport_size({"width": 1000, "height": 900})
    expect(options.nth(3)).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("language", LANGUAGES)
def test_years_ahead_and_how_open_questions_count(new_page: Callable[..., Page], language: str) -> None:
    page = shown(new_page, language, "when")
    rows = page.locator("#panel-when tbody tr")
    for years in (1, 30):
        page.locator("#panel-when select").select_option(str(years))
        expect(rows).to_have_count(len(ask("project", ANSWERS, years=years)["timeline"]), timeout=PATIENCE)
    expect(page.locator("#panel-when svg .band")).to_have_count(0)
    page.locator("#panel-when .assumption input").uncheck()
    expect(page.locator("#panel-when svg .band")).to_have_count(1, timeout=PATIENCE)
    wide = ask("project", ANSWERS, years=30, assume=None)["timeline"][0]
    expect(rows.first.locator(".total")).to_have_text(f"{wide['low']:,} – {wide['high']:,}".replace("-", "−"))
    # The switch is one for all panels.
    page.locator("#tab-how").click()
    expect(page.locator("#panel-how .assumption input")).not_to_be_checked(timeout=PATIENCE)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("deadline", "fit"), [("2027-5-7", "no"), ("2033-5-7", "unknown"), ("2027-1-20", "late")])
def test_a_deadline_counts_back(new_page: Callable[..., Page], language: str, deadline: str, fit: str) -> None:
    page = shown(new_page, language, "when")
    field = page.locator("#deadline-day")
    field.fill(deadline)
    field.press("Enter")
    result = page.locator("#panel-when .countdown")
    expect(result).to_have_attribute("data-fit", fit, timeout=PATIENCE)
    iso = str(field.input_value())
    found = ask("deadline", ANSWERS, deadline=iso)
    assert found["fit"] == fit
    expect(result.locator(".fit")).to_contain_text(found["apply_by"])
    expect(result.locator(".dates")).to_contain_text(found["apply_by"])
    expect(result.locator(".dates")).to_contain_text(found["insured_from"])
    short = (
        say(page)["short_of"].replace("{points}", str(found["short_of"]))
        if found["short_of"]
        else say(page)["enough_then"]
    )
    expect(result.locator(".dates")).to_contain_text(short)
    wanted = [check for check in found["checks"] if check["holds"] == ("unknown" if fit == "unknown" else "no")]
    assert result.locator("ul.wanted").first.locator("li").count() == (
        len(found["checks"]) if fit == "late" else len(wanted)
    )
    field.fill("1999-1-1")
    field.press("Enter")
    expect(page.locator("#deadline-day-fault")).to_contain_text(ON)
    expect(field).to_have_attribute("aria-invalid", "true")


def test_a_deadline_that_is_met(new_page: Callable[..., Page]) -> None:
    fit = ANSWERS | {
        "education_level": "doctor",
        "holds_permit": True,
        "employed_now": True,
        "branch_outside": False,
        "si_months_last_12": 12,
    }
    records = {"false_materials": 0, "detention": 0, "minor_crime": 0, "serious_crime": False}
    page = shown(new_page, "zh", "when", fit | records)
    page.get_by_role("radio", name="中考").check()
    expect(page.locator(".occasion-note")).to_contain_text(say(page)["check_notice"])
    page.locator("#deadline-day").fill("2027年5月7日")
    page.locator("#deadline-day").press("Enter")
    expect(page.locator("#panel-when .countdown")).to_have_attribute("data-fit", "yes", timeout=PATIENCE)
    # From here to the reminders, where the day already stands.
    page.get_by_role("button", name=say(page)["to_reminders"]).click()
    expect(page.locator("#tab-remind")).to_be_focused()
    expect(page.locator("#panel-remind .events")).to_contain_text("2027-03-07", timeout=PATIENCE)


# --- how --------------------------------------------------------------------------------------------------------------------


def cards(page: Page) -> list[tuple[str, int]]:
    """The actions and the score of every card."""
    found = page.locator("#panel-how .way article").evaluate_all(
        "all => all.map(one => [one.dataset.ids, Number(one.dataset.low)])"
    )
    return [(str(ids), int(low)) for ids, low in found]


def expected(**wishes: Any) -> list[tuple[str, int]]:
    return [(" ".join(path["ids"]), path["low_then"]) for path in ask("paths", ANSWERS, **wishes)["paths"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ways_are_struck_out_put_back_and_set(new_page: Callable[..., Page], language: str) -> None:
    page = shown(new_page, language, "how")
    expect(page.locator("#panel-how .way").first).to_be_visible(timeout=PATIENCE)
    assert cards(page) == expected()
    assert all(low >= 120 for _ids, low in cards(page))
    # Waiting is a card too, and has nothing to strike out.
    waiting = page.locator("#panel-how article[data-ids='']")
    expect(waiting).to_contain_text(say(page)["wait_name"])
    expect(waiting.locator(".action")).to_have_count(0)
    card = page.locator("#panel-how article[data-ids='skill-3']")
    for path in ask("paths", ANSWERS)["paths"]:
        if path["ids"] == ["skill-3"]:
            expect(card).to_contain_text(path["reaches_on"])
    # By keyboard: the focus goes to where it can be taken back.
    card.locator(".action > button").focus()
    page.keyboard.press("Enter")
    restore = page.locator("#restore-skill-3")
    expect(restore).to_be_focused(timeout=PATIENCE)
    assert cards(page) == expected(impossible=["skill-3"])
    expect(page.locator("#panel-how .found")).to_contain_text(str(len(cards(page))))
    restore.click()
    expect(card).to_be_visible(timeout=PATIENCE)
    assert cards(page) == expected()
    # Time and effort are the reader's to set; the order follows.
    card.locator(".action summary").click()
    field = card.locator("input[id^=months-]")
    expect(field).to_have_value("12")
    field.fill("3")
    field.press("Enter")
    expect(page.locator("#panel-how article").first).to_have_attribute(
        "data-ids", expected(months={"skill-3": 3})[0][0], timeout=PATIENCE
    )
    assert cards(page) == expected(months={"skill-3": 3})
    field = card.locator("input[id^=cost-]")
    field.fill("100")
    field.press("Enter")
    expect(card.locator(".fault").last).to_contain_text("99")
    page.locator("#panel-how .settings select").first.select_option("2")
    expect(page.locator("#panel-how .way")).to_have_count(
        len(expected(months={"skill-3": 3}, years=2)), timeout=PATIENCE
    )


def slowed(new_page: Callable[..., Page], milliseconds: int) -> Callable[..., Page]:
    """Makes pages whose ways take so much longer, until ``window.quick`` is set."""

    def make(**options: Any) -> Page:
        page = new_page(**options)
        page.add_init_script(
            "const post = Worker.prototype.postMessage;"
            "Worker.prototype.postMessage = function (message, ...rest) {"
            f"  if (message.kind === 'paths' && !window.quick) setTimeout(() => post.call(this, message, ...rest), {milliseconds});"
            "  else post.call(this, message, ...rest);"
            "};"
        )
        return page

    return make


def drawn_anew(page: Page, selector: str, act: Callable[[], object]) -> None:
    """Does something and waits until the element that was there has made way for a new one."""
    element = page.locator(selector).element_handle()
    assert element
    act()
    page.wait_for_function("it => !it.isConnected", arg=element)


def test_a_new_drawing_leaves_the_reader_where_they_are(new_page: Callable[..., Page]) -> None:
    # Slow enough to go on typing meanwhile.
    page = shown(slowed(new_page, 800), "zh", "how")
    card = page.locator("#panel-how article[data-ids='skill-3']")
    card.locator(".action summary").click()
    months, effort = card.locator("input[id^=months-]"), card.locator("input[id^=cost-]")
    months.fill("3")
    first = "#panel-how article[data-ids='skill-3']"

    def go_on_to_the_effort() -> None:
        months.press("Tab")
        page.keyboard.type("10")

    drawn_anew(page, first, go_on_to_the_effort)
    assert cards(page) == expected(months={"skill-3": 3})
    expect(effort).to_be_focused()
    page.keyboard.type("0")
    expect(effort).to_have_value("100")
    page.keyboard.press("Enter")
    expect(card.locator(".fault").last).to_contain_text("99")
    # What cannot be taken stays as well, and what had the focus keeps it.
    card.locator(".action > button").focus()
    drawn_anew(page, first, lambda: page.locator("#order-how").select_option("easy"))
    expect(card.locator(".action > button")).to_be_focused()
    expect(effort).to_have_value("100")
    expect(card.locator(".fault").last).to_contain_text("99")
    for switch, change in (("#horizon-how", "ArrowUp"), ("#order-how", "ArrowUp"), ("#assume-how", "Space")):
        page.locator(switch).focus()
        drawn_anew(page, switch, functools.partial(page.keyboard.press, change))
        expect(page.locator(switch)).to_be_focused()
    page.locator("#tab-when").click()
    for switch, change in (("#assume-when", "Space"), ("#horizon-when", "ArrowUp")):
        page.locator(switch).focus()
        drawn_anew(page, switch, functools.partial(page.keyboard.press, change))
        expect(page.locator(switch)).to_be_focused()


def test_no_way_is_said_kindly(new_page: Callable[..., Page]) -> None:
    page = shown(new_page, "zh", "how", ANSWERS | {"detention": 5})
    expect(page.locator("#panel-how .found")).to_have_text(
        say(page)["how_none"].replace("{years}", "10"), timeout=PATIENCE
    )
    expect(page.locator("#panel-how .way")).to_have_count(0)


def test_what_takes_long_says_so_and_can_be_stopped(new_page: Callable[..., Page]) -> None:
    page = slowed(new_page, 3000)(viewport={"width": 1280, "height": 900})
    page.goto(f"/estimator/#{urlencode({k: json.dumps(v) if isinstance(v, bool) else v for k, v in ANSWERS.items()})}")
    expect(total(page)).to_have_text(re.compile(r"\d"), timeout=PATIENCE)
    page.locator("#tab-how").click()
    work = page.locator("#panel-how .work")
    expect(work.locator("progress")).to_be_visible()
    work.get_by_role("button", name=say(page)["stop"]).click()
    expect(work).to_contain_text(say(page)["stopped"])
    expect(page.locator("#panel-how .way")).to_have_count(0)
    page.evaluate("window.quick = true")
    work.get_by_role("button", name=say(page)["again"]).click()
    expect(page.locator("#panel-how .way").first).to_be_visible(timeout=PATIENCE)
    expect(work).to_be_empty()


# --- what to bring ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_ticks_change_what_is_at_risk(new_page: Callable[..., Page], language: str) -> None:
    page = shown(new_page, language, "bring", ANSWERS | {"award": "municipal_special"})
    risk = page.locator("#panel-bring .risk")
    everything = ask("materials", ANSWERS | {"award": "municipal_special"}, at_hand=[])
    expect(risk).to_have_attribute("data-points", str(everything["at_risk"]), timeout=PATIENCE)
    expect(risk).to_contain_text(str(everything["safe"]))
    papers = {one["id"]: one["materials"] for one in everything["for"]}
    listed = page.locator("#panel-bring input[data-paper]").evaluate_all("all => all.map(box => box.dataset.paper)")
    assert listed == [*everything["basic"], *(name for one in everything["for"] for name in one["materials"])]
    for name in papers["education"]:
        page.locator(f"input[data-paper={name}]").check()
    expect(risk).to_have_attribute("data-points", "30", timeout=PATIENCE)
    expect(page.locator("[data-for=education] .ready")).to_have_attribute("data-ready", "true")
    expect(page.locator("[data-for=award] .ready")).to_have_attribute("data-ready", "false")
    # Ticks outlast another tab and other answers.
    page.locator("#tab-why").click()
    answer(page, "si_months", 112)
    page.locator("#q-si_months [data-part=months]").blur()
    page.locator("#tab-bring").click()
    page.locator("input[data-paper=award-certificate]").check()
    expect(risk).to_have_attribute("data-points", "0", timeout=PATIENCE)
    expect(risk).to_have_text(say(page)["at_risk_none"])
    assert page.locator("#panel-bring input[data-paper]:checked").count() == len(papers["education"]) + 1
    page.get_by_role("button", name=say(page)["untick"]).click()
    expect(page.locator("#panel-bring input[data-paper]:checked")).to_have_count(0)


def test_one_paper_may_serve_twice(new_page: Callable[..., Page]) -> None:
    page = shown(new_page, "zh", "bring", ANSWERS | {"spouse_months": 36})
    basic, claimed = (
        page.locator("input[data-paper=marriage-certificate]"),
        page.locator("input[data-paper=spouse-marriage]"),
    )
    basic.check()
    expect(claimed).to_be_checked()
    expect(page.locator("[data-for=spouse]")).to_contain_text(say(page)["same_paper"])


@pytest.mark.parametrize("tab", ["when", "how", "bring"])
def test_a_panel_prints_alone(new_page: Callable[..., Page], tab: str) -> None:
    page = shown(new_page, "zh", tab)
    page.evaluate("window.print = () => dispatchEvent(new Event('beforeprint'))")
    page.locator(f"#panel-{tab}").get_by_role("button", name=say(page)["print"]).click()
    page.emulate_media(media="print")
    expect(page.locator(f"#panel-{tab} h3").first).to_be_visible()
    for hidden in ("#panel-why", "#answers", ".tabs", "#panel-remind"):
        expect(page.locator(hidden)).to_be_hidden()
    if tab == "when":
        expect(page.locator("#panel-when tbody tr").last).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    # Otherwise the record of the estimate is printed, whichever tab is open.
    expect(page.locator(".print-record")).to_be_visible()
    expect(page.locator(f"#panel-{tab}")).to_be_hidden()


# --- reminders --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calendar_file_is_one(new_page: Callable[..., Page], language: str, tmp_path: Path) -> None:
    page = shown(new_page, language, "remind", FALLS)
    page.locator("#permit-expiry").fill("2027-5-7")
    page.locator("#permit-expiry").press("Enter")
    page.locator("#remind-deadline").fill("2027-9-1")
    found = ask("project", FALLS, years=10)
    wanted = {"2027-04-07", "2027-05-07", "2027-07-06", "2027-07-01"}
    expect(page.locator("#panel-remind .events")).to_contain_text("2027-04-07", timeout=PATIENCE)
    # What is being typed stays while the list is made anew.
    expect(page.locator("#remind-deadline")).to_have_value("2027-9-1")
    page.locator("#remind-deadline").press("Enter")
    expect(page.locator("#panel-remind .events li")).to_have_count(5)
    with page.expect_download() as download:
        page.get_by_role("button", name=say(page)["download"]).click()
    assert download.value.suggested_filename.endswith(".ics")
    path = tmp_path / "reminders.ics"
    download.value.save_as(path)
    text = path.read_bytes()
    assert b"\r\n" in text and all(len(line) <= 75 for line in text.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    days = {event["DTSTART"].dt.isoformat() for event in events}
    # Two months before the first of September, the fall of the score on the first of July is in the file as well.
    assert days == wanted and len({event["UID"] for event in events}) == len(events) == 5
    now = datetime.now(UTC)
    for event in events:
        assert abs((now - event["DTSTAMP"].dt).total_seconds()) < 600
        assert not re.search(r"\d", str(event["SUMMARY"])), "a title must not tell points or days"
        assert not event.errors and event.walk("VALARM")
    assert [event["DTSTART"].dt for event in events if "RRULE" in event] == [date(2027, 4, 7), date(2027, 5, 7)]
    page.locator("#panel-remind select").last.select_option("all")
    changes = {change["date"] for change in found["timeline"][1:]}
    expect(page.locator("#panel-remind .events li")).to_have_count(len(changes) + 4, timeout=PATIENCE)


# --- all panels -------------------------------------------------------------------------------------------------------------


def test_tabs_by_keyboard(new_page: Callable[..., Page]) -> None:
    page = shown(new_page, "en", "when")
    page.locator("#tab-when").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-how")).to_be_focused()
    expect(page.locator("#panel-when")).to_be_visible()  # only Enter or Space chooses
    page.keyboard.press("Enter")
    expect(page.locator("#panel-how")).to_be_visible()
    expect(page.locator("#tab-how")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.locator("#tab-remind")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-why")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel-how') !== null")
    assert page.locator("[role=tab][tabindex='0']").get_attribute("id") == "tab-how"


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [("zh", 390, "dark"), ("en", 390, "light"), ("zh", 1280, "light"), ("en", 1280, "dark")],
)
def test_every_panel_is_accessible_and_fits(
    new_page: Callable[..., Page], language: str, width: int, scheme: str
) -> None:
    narrow = width < 960
    page = shown(
        new_page,
        language,
        "when",
        ANSWERS | {"award": "municipal_special"},
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        has_touch=narrow,
        reduced_motion="reduce",
    )
    page.locator("#deadline-day").fill("2027-5-7")
    page.locator("#deadline-day").press("Enter")
    expect(page.locator(".countdown .fit")).to_be_visible(timeout=PATIENCE)
    faults = []
    for tab in TABS:
        page.locator(f"#tab-{tab}").click()
        if tab == "remind":
            page.locator("#permit-expiry").fill("2027-5-7")
            page.locator("#permit-expiry").press("Enter")
        expect(filled(page, tab)).to_be_visible(timeout=PATIENCE)
        page.locator(f"#panel-{tab} details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        faults += [f"{tab}: {fault}" for fault in axe.faults(page, "#result")]
        box = page.locator(f"#panel-{tab}")
        assert box.evaluate("one => one.scrollWidth <= one.clientWidth"), tab
        if narrow:
            small = box.locator(
                "button, select, input[type=text], summary, label:has(input[type=radio]), label:has(input[type=checkbox])"
            ).evaluate_all(
                "all => all.map(one => [one.textContent, one.getBoundingClientRect()]).filter(([, box]) => box.height && box.height < 43.5).map(([text, box]) => `${text} ${box.height}`)"
            )
            assert not small, small
    assert not faults, "\n".join(faults)


def filled(page: Page, tab: str) -> Locator:
    """Something of the panel that is there once Python has answered."""
    place = {"when": "svg [role=option]", "how": ".way", "bring": "input[data-paper]", "remind": ".events li"}[tab]
    return page.locator(f"#panel-{tab} {place}").first


def test_nothing_is_asked_for_once_it_is_loaded(new_page: Callable[..., Page]) -> None:
    page = shown(new_page, "zh", "when")
    expect(filled(page, "when")).to_be_attached(timeout=PATIENCE)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    page.locator("#deadline-day").fill("2027-5-7")
    page.locator("#deadline-day").press("Enter")
    expect(page.locator(".countdown .fit")).to_be_visible(timeout=PATIENCE)
    for tab in TABS:
        page.locator(f"#tab-{tab}").click()
        if tab == "remind":
            page.locator("#panel-remind select").last.select_option("all")
        expect(filled(page, tab)).to_be_attached(timeout=PATIENCE)
    assert [url for url in asked if not url.startswith("blob:")] == []
    page.context.set_offline(False)


def test_without_an_answer_there_is_nothing_to_look_ahead_from(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    expect(page.locator("#result")).to_have_attribute("data-state", "none", timeout=PATIENCE)
    expect(page.locator(".panels")).to_be_hidden()
    answer(page, "si_months", 36)
    page.locator("#on").focus()
    expect(page.locator(".tabs")).to_be_visible(timeout=PATIENCE)
