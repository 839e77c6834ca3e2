"""The roster's page in Chromium: a table in, results out, whatever stands in the cells."""

import csv
import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from estimator.__main__ import load_bundle, load_words
from estimator.insight import assume_nothing
from estimator.model import Rulebook
from estimator.roster import Table, result_of
from estimator.words import aliases
from hooks import assets
from hooks.roster import MOST_BYTES, Roster
from rules.checks import read_policy
from tests.browser import axe
from tests.browser.estimator_page import ON

ROOT = Path(__file__).resolve().parent.parent.parent
PATHS = {"zh": "/roster/", "en": "/en/roster/"}
#: Loading the runtime takes seconds on a machine that does other things too.
PATIENCE = 90_000

DAY = date.fromisoformat(ON)
BOOK = Rulebook.from_bundle(load_bundle())
NAMES = aliases(load_words("zh"), load_words("en"))


def opened(new_page: Callable[..., Page], language: str = "zh", **options: Any) -> Page:
    """The page, for the day of the tests."""
    page = new_page(**({"viewport": {"width": 1280, "height": 900}} | options))
    page.goto(PATHS[language])
    page.locator("#on").fill(ON)
    page.locator("#on").blur()
    return page


def done(page: Page) -> None:
    """Wait until every row is scored."""
    expect(page.locator(".summary")).not_to_be_empty(timeout=PATIENCE)


def give(page: Page, text: str) -> None:
    """Type a table into the field and have it scored."""
    page.locator("#paste").fill(text)
    page.locator("#read").click()


def paste(page: Page, text: str) -> None:
    """Paste a table into the field, as the clipboard brings it."""
    page.locator("#paste").focus()
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', text);
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


def ids(page: Page) -> list[str]:
    """The ids on the page, in their order."""
    return page.locator(".roster-table tbody th").all_inner_texts()


def chosen(page: Page, group: str) -> None:
    """Show one group."""
    page.locator(f"input[name=group][value={group}]").check(force=True)


def saved(page: Page, button: str, tmp_path: Path) -> bytes:
    """What a download button saves."""
    with page.expect_download(timeout=PATIENCE) as download:
        page.get_by_role("button", name=button).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def roster(count: int, seed: int = 7) -> str:
    """A made-up roster with that many people, by the keys of the answers."""
    chance = random.Random(seed)
    policy = read_policy(ROOT / "rules").questions
    keys = [key for key, question in policy.items() if question.type != "history"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", *keys])
    for number in range(count):
        cells = []
        for key in keys:
            question = policy[key]
            if question.type == "choice":
                cells.append(chance.choice([option.value for option in question.options]))
            elif question.type == "boolean":
                cells.append(chance.choice(["true", "false", ""]))
            elif question.type == "date":
                cells.append(f"{chance.randint(1965, 2003)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}")
            else:
                cells.append(
                    "0"
                    if question.neutral == 0 and chance.random() < 0.9
                    else str(chance.randint(question.min, min(question.max, 120)))
                )
        writer.writerow([f"E{number:05}", *cells])
    return out.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sample_from_the_first_click_to_a_person(new_page: Callable[..., Page], language: str) -> None:
    page = opened(new_page, language)
    page.locator("#sample").click()
    done(page)
    rows = list(Table(BOOK, Roster(assets.policy(), language).sample(), NAMES))
    results = [result_of(BOOK, row, DAY, 10, assume_nothing) for row in rows]
    assert ids(page) == [result["id"] for result in results]
    for group, wanted in {
        "now": [r["id"] for r in results if r["reaches_standard"] == "yes"],
        "will": [r["id"] for r in results if r["reaches_standard"] != "yes" and r["reaches_on"]],
        "below": [r["id"] for r in results if r["falls_below_on"]],
        "open": [r["id"] for r in results if r["open"]],
        "faults": [r["id"] for r in results if r["faults"]],
    }.items():
        chosen(page, group)
        expect(page.locator(".roster-table tbody th")).to_have_text(wanted)
        expect(page.locator(f".count[data-group={group}]")).to_have_text(str(len(wanted)))
    chosen(page, "now")
    best = next(r for r in results if r["reaches_standard"] == "yes")
    with page.context.expect_page() as person:
        page.get_by_role("link", name=re.compile(f"^{best['id']}")).click()
    expect(person.value.locator("#result .total .figure")).to_have_text(str(best["low"]), timeout=PATIENCE)
    with page.context.expect_page() as again:
        page.locator(".roster-table tbody tr").first.locator(".c-points").click()
    assert again.value.evaluate("window.opener") is None
    expect(page.locator(".roster-table")).to_be_visible()


def test_a_fault_is_said_by_row_and_column(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    give(
        page, "工号,出生日期,最高学历,在上海累计缴纳职工社会保险的时间\nA1,1990-2-30,本科,40\nA2,1990-2-28,硕士,4000\n"
    )
    done(page)
    first, second = page.locator(".roster-table tbody tr").all()
    expect(first.locator(".c-line")).to_have_text("2")
    expect(first.locator(".c-faults li")).to_have_count(2)
    expect(first.locator(".c-faults")).to_contain_text("出生日期：请填写日期")
    expect(first.locator(".c-faults")).to_contain_text("1990-02-30")
    expect(first.locator(".c-faults")).to_contain_text("最高学历：请从 大专以下")
    expect(second.locator(".c-faults")).to_contain_text(re.compile("时间：请填 0 到 720 .*4000"))
    expect(page.locator(".summary")).to_contain_text("2 行有错误")


def test_columns_that_are_no_answer_are_asked_about(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "en")
    paste(page, "Name\tDate of birt\tHighest diploma\nAnn\t1990-1-1\tMaster\n")
    box = page.locator("#table-faults")
    expect(box).to_contain_text("Column 1, “Name”", timeout=PATIENCE)
    expect(box).to_contain_text("do you mean “Date of birth”?")
    expect(page.locator("#outcome")).to_be_hidden()
    box.get_by_role("button").click()
    done(page)
    expect(page.locator(".remarks")).to_contain_text("Name, Date of birt")
    assert ids(page) == ["row 2"]


def test_rows_are_sorted_found_and_paged(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    text = roster(130)
    paste(page, text)
    done(page)
    results = [result_of(BOOK, row, DAY, 10, assume_nothing) for row in Table(BOOK, text)]
    assert ids(page) == [f"E{number:05}" for number in range(50)]
    points = page.locator("th[data-column=points]")
    points.get_by_role("button").click()
    expect(points).to_have_attribute("aria-sort", "ascending")
    points.get_by_role("button").click()
    expect(points).to_have_attribute("aria-sort", "descending")
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    best = sorted((r for r in results if not r["faults"]), key=lambda r: (-r["low"], -r["high"], r["line"]))
    assert ids(page) == [r["id"] for r in best[:50]]
    expect(page.locator(".roster [role=status].visually-hidden")).to_contain_text("积分从大到小")
    page.get_by_role("button", name="下一页").click()
    page.get_by_role("button", name="下一页").click()
    expect(page.locator(".shown")).to_have_text(f"第 101–130 行，共 {len(results)} 行")
    expect(page.get_by_role("button", name="下一页")).to_be_disabled()
    expect(page.get_by_role("button", name="上一页")).to_be_focused()
    page.locator("#find").fill("e0012")
    expect(page.locator(".roster-table tbody tr")).to_have_count(10)
    page.locator("#find").fill("nobody")
    expect(page.locator(".shown")).to_have_text("没有符合的行")


def test_what_is_downloaded(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page)
    text = 'id,si_months,birth_date\n=HYPERLINK("http://x"),40,1990-1-1\n＋1,x,1990-1-1\n-5,40,1971-2-3\n'
    page.locator("#nothing").uncheck()
    give(page, text)
    done(page)
    people = saved(page, "下载这 3 行", tmp_path)
    assert people.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(people.decode("utf-8-sig"), newline="")))
    assert rows[0][:2] == ["编号", "行"] and [len(row) for row in rows] == [10] * 4
    assert [row[0] for row in rows[1:]] == ['\'=HYPERLINK("http://x")', "'＋1", "-5"]
    assert "请填 0 到 720 之间的整数" in rows[2][-1]
    data = saved(page, "下载 CSV（数据）", tmp_path)
    table = tmp_path / "people.csv"
    table.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "estimator", "batch", str(table), "--on", ON]
    assert data == subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    chosen(page, "faults")
    only = list(csv.reader(io.StringIO(saved(page, "下载 CSV（数据）", tmp_path).decode(), newline="")))
    assert [row[1] for row in only[1:]] == ["'＋1"]


def test_files_of_all_kinds(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page)
    faults = page.locator("#table-faults")

    def choose(name: str, content: bytes) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        page.locator("#file").set_input_files(path)

    choose("book.xlsx", b"PK\x03\x04" + bytes(100))
    expect(faults).to_contain_text("Excel 工作簿")
    choose("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(100))
    expect(faults).to_contain_text("不是文本表格")
    choose("nothing.csv", b"")
    expect(faults).to_contain_text("什么也没有")
    choose("large.csv", b"id\n" + b"1\n" * (MOST_BYTES // 2))
    expect(faults).to_contain_text("最大 24 MB")
    choose("open.csv", b'id,si_months\n"1,2\n' + b"3,4\n" * 40_000)
    expect(faults).to_contain_text("不是可以读取的表格", timeout=PATIENCE)
    choose("names.csv", "编号,最高学历\n１,硕士\n".encode("gb18030"))
    done(page)
    expect(page.locator(".source")).to_contain_text("names.csv：1 人，1 列")
    expect(page.locator(".remarks")).to_contain_text("GB18030")
    page.get_by_role("button", name="换一份表格").click()
    expect(page.locator("#choose")).to_be_focused()
    choose("heads.csv", "编号,最高学历\n".encode())
    done(page)
    expect(page.locator(".summary")).to_have_text("表格里只有列名，没有人。")


def test_stopping_and_going_on(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = opened(new_page)
    path = tmp_path / "many.csv"
    path.write_text(roster(3000), encoding="utf-8")
    page.locator("#file").set_input_files(path)
    expect(page.locator(".roster-table tbody tr").first).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name="停止").click()
    go_on = page.get_by_role("button", name="继续")
    expect(go_on).to_be_focused()
    scored = int(re.sub(r"\D", "", page.locator(".count[data-group=all]").inner_text()))
    assert 0 < scored < 3000
    expect(page.locator(".progress-text")).to_have_text(f"已停止，算了 {scored:,}／3,000 人")
    expect(page.get_by_role("button", name=f"下载这 {scored:,} 行")).to_be_enabled()
    go_on.click()
    done(page)
    expect(page.locator(".count[data-group=all]")).to_have_text("3,000")
    expect(page.locator("#outcome-title")).to_be_focused()
    expect(page.locator("#outcome > [role=status]")).to_contain_text("共 3,000 人")


def longest_task(trace: bytes) -> float:
    """The longest that the page's own thread worked without a break: milliseconds of its processor time, which other programs on
    the machine do not lengthen."""
    events = json.loads(trace)["traceEvents"]
    mains = {
        (e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        e["tdur"] for e in events if (e["pid"], e["tid"]) in mains and e["name"].endswith("RunTask") and "tdur" in e
    ]
    assert len(tasks) > 1000
    return max(tasks) / 1000


def test_ten_thousand_rows_without_standing_still(
    new_page: Callable[..., Page], browser: Browser, tmp_path: Path
) -> None:
    page = opened(new_page)
    page.locator("#sample").click()
    done(page)
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    path = tmp_path / "all.csv"
    path.write_text(roster(10_000), encoding="utf-8")
    browser.start_tracing(page=page, categories=["toplevel"])
    page.locator("#file").set_input_files(path)
    expect(page.locator(".summary")).to_contain_text("共 10,000 人", timeout=4 * PATIENCE)
    for column in ("id", "points", "reaches", "open", "line"):
        page.locator(f"th[data-column={column}] button").click()
    chosen(page, "will")
    page.locator("#find").fill("9")
    page.get_by_role("button", name="下一页").click()
    page.locator("#find").fill("")
    chosen(page, "all")
    expect(page.get_by_role("button", name="下载这 10,000 行")).to_be_visible()
    assert len(saved(page, "下载这 10,000 行", tmp_path).decode().splitlines()) == 10_001
    # A blob's address is no request to anybody, and the tab's icon the browser's own doing after a download.
    assert [url for url in asked if not url.startswith("blob:") and not url.endswith("/logo.svg")] == []
    assert longest_task(browser.stop_tracing()) < 100


def test_hostile_cells_stay_text(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    ugly = [
        '<img src=x onerror="alert(1)">',
        "</script><script>alert(1)</script>",
        "\u202e321-A\u202c",
        "=cmd|' /C calc'!A0",
        "{{7*7}}",
        "a\u0000b",
    ]
    page.on("dialog", lambda dialog: pytest.fail(f"a cell ran: {dialog.message}"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["id", "最高学历", "<b>部门</b>"])
    writer.writerows([one, one, one] for one in ugly)
    paste(page, out.getvalue())
    box = page.locator("#table-faults")
    expect(box).to_contain_text("<b>部门</b>", timeout=PATIENCE)
    assert box.locator("b").count() == 0
    box.get_by_role("button").click()
    done(page)
    assert page.locator("#outcome :is(img, script, b)").count() == 0
    assert [text.replace("\ufffd", "\0") for text in page.locator(".roster-table tbody th").all_text_contents()] == ugly
    # What turns the direction of writing is shut in with the id, or shown by its number.
    assert page.locator(".roster-table tbody th > bdi, .roster-table tbody th > a > bdi").count() == len(ugly)
    expect(page.locator(".c-faults").nth(2)).to_contain_text("\\u202e321-A")
    page.locator("#find").fill("<img")
    expect(page.locator(".roster-table tbody tr")).to_have_count(1)


def test_settings_are_checked_and_score_anew(new_page: Callable[..., Page]) -> None:
    page = opened(new_page, "en")
    give(page, "id,birth_date,education_level\n1,1982-12-01,none\n")
    done(page)
    cell = page.locator("td.c-points")
    before = cell.inner_text()
    page.locator("#on").fill("2026-12-1")
    page.locator("#on").blur()
    expect(cell).not_to_have_text(before)
    expect(page.locator("#on")).to_have_value("2026-12-01")
    page.locator("#nothing").uncheck()
    expect(cell).to_contain_text("−")
    page.locator("#years").fill("99")
    page.locator("#years").blur()
    expect(page.locator("#years-fault")).to_contain_text("from 1 to 60")
    expect(page.locator("#years")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".failure")).to_be_visible()
    page.locator("#years").fill("5")
    page.locator("#years").blur()
    done(page)
    expect(page.locator(".failure")).to_be_empty()


def test_the_calculation_that_does_not_come_is_said(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.expected.append("Failed to load resource|status 503|ERR_FAILED")  # type: ignore[attr-defined]
    page.route("**/runtime/**/*.wasm", lambda route: route.fulfill(status=503))
    page.goto(PATHS["zh"])
    page.locator("#sample").click()
    failure = page.locator(".failure")
    expect(failure).to_contain_text("没有取到文件", timeout=PATIENCE)
    page.unroute("**/runtime/**/*.wasm")
    failure.get_by_role("button", name="重试").click()
    done(page)


def test_by_keyboard_alone(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    page.locator("#sample").focus()
    page.keyboard.press("Enter")
    done(page)
    expect(page.locator("#outcome-title")).to_be_focused()

    def forward(until: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", until):
                return
        raise AssertionError(f"{until} is not reached by keyboard")

    forward("input[name=group]")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=group][value=now]")).to_be_checked()
    forward("th[data-column=below] button")
    page.keyboard.press("Space")
    expect(page.locator("th[data-column=below]")).to_have_attribute("aria-sort", "ascending")
    forward(".roster-table tbody a")
    forward("#outcome .downloads button")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing(new_page: Callable[..., Page], language: str, width: int, scheme: str) -> None:
    page = opened(
        new_page, language, viewport={"width": width, "height": 844}, color_scheme=scheme, reduced_motion="reduce"
    )

    def faults() -> list[str]:
        # Under the header that stays in view, anything has too small a target.
        page.evaluate("scrollTo(0, 0)")
        return axe.faults(page)

    page.locator(".columns-help summary").click()
    found = faults()
    give(page, "外号,id\n1,2\n")
    expect(page.locator("#table-faults li")).to_have_count(1, timeout=PATIENCE)
    found += faults()
    page.locator("#sample").click()
    done(page)
    page.locator(".roster-table details summary").first.click()
    found += faults()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not found, "\n".join(found)


def test_without_javascript_the_template_is_there(new_page: Callable[..., Page], tmp_path: Path) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(PATHS["zh"])
    with page.expect_download() as download:
        page.locator("#template").click()
    download.value.save_as(tmp_path / "template.csv")
    text = (tmp_path / "template.csv").read_text(encoding="utf-8-sig")
    assert list(Table(BOOK, text, NAMES)) == []
    expect(page.locator("#choose")).to_be_hidden()
    expect(page.locator(".no-script")).to_be_visible()
