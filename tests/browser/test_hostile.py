"""Broken and hostile text in the page itself: links, files, pasted tables and stored answers, made at random from a seed.

Whatever comes, the page stays alive, nothing of it becomes markup, and nothing is half-read: the answers are those from
before, or those of a whole input.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.estimator_page import ON, PATHS, answer, day, shows_row
from tests.browser.test_roster import done, give, opened

PIECES = ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "\u202e\u2066", "\u200f", "=1+1", "a=1.", "a=9.", "&", "=", "%", "%00", "%E4", "si_months", "birth_date", "1990-05-20", "12", "-1", "9" * 400, "__proto__", "constructor", "{", '"', "[]", "null", "\ud83d", "show=", "q-", "💥"]  # fmt: skip
MARKUP = "() => document.querySelectorAll('article img, article iframe, article script:not([src]):not([type])').length + (window.owned ? 1 : 0)"
SEED = 7


def made(dice: random.Random) -> str:
    return "".join(dice.choice(PIECES) for _ in range(dice.randrange(1, 7)))


#: Milliseconds during which a page that does not answer is taken to hang, and what notes the longest of them.
PATIENCE = 1000
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longest = Math.max(longest, duration); })
  .observe({ type: 'longtask', buffered: true });
"""


def alive(page: Page) -> None:
    """No markup came in, and at no time did the page stand still."""
    assert page.evaluate(MARKUP) == 0
    assert page.evaluate("longest") < PATIENCE
    assert page.evaluate("document.documentElement.dir") in ("", "ltr")


def test_broken_fragments_take_nothing_and_break_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(WATCH)
    page.goto(PATHS["en"])
    day(page, ON)
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    dice = random.Random(SEED)
    for _ in range(60):
        # A part that the page knows would be taken, and rightly so: each of these holds one that nothing knows.
        text = (
            f"x{dice.randrange(10)}={made(dice)}&{made(dice)}"
            if dice.random() < 0.5
            else f"a={dice.choice(['1.', '2.', ''])}{made(dice)}"
        )
        page.evaluate("text => { location.hash = text }", quote(text, safe="=&%.", errors="replace"))
        page.wait_for_timeout(10)
    page.wait_for_timeout(300)
    alive(page)
    expect(page.locator("#q-si_months [data-part=years]")).to_have_value("3")
    assert page.locator("#result-si_years .points").inner_text() == "9"
    answer(page, "si_months", 48)
    shows_row(page, "si_years", "12")


@pytest.mark.parametrize("path", ["/", PATHS["en"], "/roster/"])
def test_what_stands_in_a_query_is_words_to_search_for_at_most(new_page: Callable[..., Page], path: str) -> None:
    """Answers stand behind the # only, because a query is sent to the server: one that holds some is not read."""
    page = new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(WATCH)
    dice = random.Random(SEED)
    words = page.locator(".md-search__input")
    for _ in range(6):
        asked, other = (made(dice).encode("utf-8", "replace").decode() for _ in range(2))
        query = {"q": asked, "h": other, "si_months": "36", "a": "1.x", "birth_date": other, "__proto__": other}
        page.goto(f"{path}?{urlencode(query)}")
        expect(words).to_have_value(asked.replace("\0", ""))
        alive(page)
        assert page.locator(".md-search :is(img, script, iframe)").count() == 0
    if path == PATHS["en"]:
        page.keyboard.press("Escape")
        expect(page.locator("html.estimator-alive")).to_be_attached()
        expect(page.locator("#result")).to_have_attribute("data-state", "none")
        expect(page.locator("#q-si_months [data-part=years]")).to_have_value("")


def test_broken_files_and_stores_are_refused_whole(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(WATCH)
    page.goto(PATHS["zh"])
    day(page, ON)
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    keep = json.loads(page.locator("#estimator-data").text_content() or "")["parts"]["keep"]
    page.locator(".actions").get_by_role("button", name=keep["save"]).click()
    dice = random.Random(SEED)
    whole = json.dumps({"birth_date": "1990-05-20", "si_months": 60})
    for number in range(25):
        cut = dice.randrange(len(whole))
        text = [whole[:cut] + made(dice), made(dice), "[" * 20_000, '{"si_months": ' + "9" * 500 + "}", whole[:cut]][
            number % 5
        ]
        path = tmp_path / f"{number}.json"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        page.locator("#keep input[type=file]").set_input_files(path)
        expect(page.locator("#keep .fault:not(:empty)").first).to_be_visible()
    alive(page)
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 3_000_000 + b"{}")
    page.locator("#keep input[type=file]").set_input_files(large)
    expect(page.locator("#keep")).to_contain_text(keep["file_large"].partition("{")[0])
    page.keyboard.press("Escape")
    assert page.locator("#result-si_years .points").inner_text() == "9"
    # What another program left in the browser's storage under our name.
    for _ in range(10):
        page.evaluate(
            "text => localStorage.setItem('shanghai-points.profiles', text)",
            made(dice).encode("utf-8", "replace").decode(),
        )
        page.locator(".actions").get_by_role("button", name=keep["save"]).click()
        expect(page.locator("#keep .profiles .fault")).to_be_visible()
        page.keyboard.press("Escape")
    alive(page)


def test_broken_tables_name_their_faults_and_are_text(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "en")
    page.evaluate(WATCH)
    dice = random.Random(SEED)
    give(
        page,
        "id,birth_date,si_months\n"
        + "".join(f'"{made(dice)}",{dice.choice(["1990-05-20", "x"])},12\n'.replace('""', '"') for _ in range(8)),
    )
    page.wait_for_timeout(1000)
    alive(page)
    page.add_init_script(WATCH)
    page.goto("/en/roster/")
    page.locator("#on").fill(ON)
    names = ["<b onclick=alert(1)>x</b>", "\u202egnirts", "=HYPERLINK(1)"]
    give(page, "id,birth_date\n" + "".join(f"{name},1990-05-20\n" for name in names))
    done(page)
    alive(page)
    assert page.locator(".roster-table tbody th").all_inner_texts() == names
    assert page.locator(".roster-table b").count() == 0
