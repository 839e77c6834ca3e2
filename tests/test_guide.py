"""The guide's own rule files: what is refused, how figures are found, and that examples say what the estimator says."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from estimator import entry
from hooks import assets, pages, svg
from hooks.fragments import examples, indicators
from hooks.fragments.base import Guide
from hooks.fragments.estimates import Scorer, carried
from hooks.fragments.finish import finish, link_terms, mark_chinese
from rules import guide as g
from rules.bundle import canonical, rulebook
from rules.checks import examine
from rules.words import MissingFigure, Writer, number
from tests.test_pages import CHINESE_FIGURE, ENGLISH_FIGURE

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def chinese() -> Guide:
    return Guide(assets.policy(), "zh")


@pytest.fixture(scope="module")
def english() -> Guide:
    return Guide(assets.policy(), "en")


# --- the files ----------------------------------------------------------------------------------------------------------

MISTAKES = [
    pytest.param("faq.yaml", "{education.junior_college} 分", "{education.junior_colege} 分", "did you mean {education.junior_college}?", id="another fact's figure misspelt"),
    pytest.param("faq.yaml", "rest: = standard - education.junior_college", "rest: = standard - education.junior_collage", "no such figure", id="a sum of an unknown figure"),
    pytest.param("faq.yaml", "rest: = standard - education.junior_college", "rest: = standard education.junior_college", "must be figures with + or -", id="a sum without a sign"),
    pytest.param("indicators/base/age.yaml", "{top_max} 周岁及以下", "{top_maks} 周岁及以下", "zh: {top_maks}: no such figure", id="an indicator's own figure misspelt"),
    pytest.param("process/confirmation.yaml", "  days: 60\n", "  dayz: 60\n", "dayz: not a key here; did you mean days?", id="a misspelt key"),
    pytest.param("process/first-application.yaml", "steps: [get-permit, simulate, ask-employer]", "steps: [get-permit, simulat, ask-employer]", "'simulat' is no step of this procedure; did you mean simulate?", id="a phase with an unknown step"),
    pytest.param("process/first-application.yaml", "steps: [get-permit, simulate, ask-employer]", "steps: [simulate, get-permit, ask-employer]", "each step must stand in one phase, in the order of the steps", id="phases out of order"),
    pytest.param("process/first-application.yaml", "  to: collect-notice\n", "  to: get-permit\n", "to: get-permit: must come after hand-in", id="a total that runs backwards"),
    pytest.param("process/first-application.yaml", "lasts: {kind: at_least, working_days: 20}", "lasts: {kind: at_most, working_days: 20}", "must be 'at_least', 'about' or 'not_before'", id="a duration of an unknown kind"),
    pytest.param("process/first-application.yaml", "who: [centre]", "who: [center]", "must be 'holder', 'employer' or 'centre'", id="somebody unknown acts"),
    pytest.param("materials.yaml", "for: [{indicator: spouse}]", "for: [{indicator: spose}]", "'spose': no such indicator; did you mean spouse?", id="a material for an unknown indicator"),
    pytest.param("materials.yaml", "options: [bachelor_with_degree, master, doctor]", "options: [bachelor_with_degre, master, doctor]", "'bachelor_with_degre' is no option of education; did you mean bachelor_with_degree?", id="a material for an unknown option"),
    pytest.param("districts.yaml", "  - source: one-stop\n", "  - source: one-shop\n", "no such source", id="a contact without a source"),
    pytest.param("examples.yaml", "      spouse_months: 86\n", "      spouse_month: 86\n", "spouse_month: no such question; did you mean spouse_months?", id="an example answers an unknown question"),
    pytest.param("examples.yaml", "other_reading: five-years", "other_reading: six-years", "no such reading", id="an example under an unknown reading"),
    pytest.param("examples.yaml", "unknown: [si_base_tier]", "unknown: [si_base_teir]", "not among the shared answers", id="an example does not know what nobody asks"),
    pytest.param("benefits.yaml", "deadline: 2022-05-07", "deadline: true", "must be", id="a figure that is none"),
    pytest.param("terms.yaml", "    zh: 签注\n", "", "zh: this key is missing; both languages are needed", id="a term without its Chinese"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    path = tmp_path / "rules" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}; change this test with it"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    faults = [fault for fault in examine(tmp_path / "rules")[1] if message in fault.message]
    assert faults, [str(fault) for fault in examine(tmp_path / "rules")[1]]
    assert faults[0].file == f"rules/{file}"
    # The fault stands at the mistake, or at the entry around it where a key is missing or a sum is used.
    assert abs(faults[0].line - line) <= 8, f"{faults[0]} (the mistake is in line {line})"


def test_a_statement_without_any_source_is_refused(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules", ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    path = tmp_path / "rules" / "faq.yaml"
    text = path.read_text(encoding="utf-8")
    cite = re.search(r"\n        cite: \[\{source: seed-process, clause: \{zh: 提交申请.*\n", text)
    assert cite
    path.write_text(text.replace(cite[0], "\n"), encoding="utf-8")
    assert [fault.message for fault in examine(tmp_path / "rules")[1]] == [
        "text: rests on nothing; add a cite, or name a figure of the fact that it comes from"
    ]


def test_every_text_of_the_rules_can_be_written_in_both_languages() -> None:
    for lang in ("zh", "en"):
        writer = Writer(assets.policy(), lang)
        texts = list(writer.texts())
        assert len(texts) > 900
        for _file, _loc, text, scope in texts:
            assert "{" not in writer(text, scope)


#: Digits that are no figure of the policy: a year of the calendar, a version, “0” for “none”, the arithmetic of a derivation.
NO_FIGURE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b3\.0\b|填 0|: 0(?=\.)|0\.6 ×")


def test_no_figure_is_typed_in_a_text_of_the_rules(chinese: Guide) -> None:
    """A figure stands once, as a value; texts name it in braces. What a citation quotes, and what others say, is their own."""
    typed = []
    for file, loc, text, _scope in chinese.writer.texts():
        # What other calculators are asked and what they say is theirs.
        theirs = file == "second-opinion.yaml" and ("people" in loc or "peers" in loc)
        if file == "sources.yaml" or "clause" in loc or theirs:
            continue
        for said in (text.zh, text.en):
            left = NO_FIGURE.sub("", re.sub(r"\{[^{}]*\}", "", said))
            # “一年”, “第二天” and “one month more” are ways of speaking, and so are “两项” and “两种” where both are named.
            spelt = [
                it[0]
                for it in CHINESE_FIGURE.finditer(left)
                if not re.match("一[^二三四五六七八九十百千]|两[项种]", it[0]) and left[it.start() - 1] != "第"
            ]
            if (
                re.search(r"\d", left)
                or spelt
                or ENGLISH_FIGURE.search(re.sub(r"\bone (month|year)\b", "", left, flags=re.I))
            ):
                typed.append(f"{file} {loc}: {said}")
    assert not typed, "\n".join(typed)


def test_figures_are_found_by_name_and_by_sum(chinese: Guide) -> None:
    writer, policy = chinese.writer, assets.policy()
    points = policy.indicators["education"].values[-1].points.points
    assert writer.figure("education.junior_college") == points["junior_college"]
    assert writer.figure("standard") == writer.figure("standard.points")
    assert writer.sum("= standard - education.junior_college") == writer.figure("standard") - points["junior_college"]
    with pytest.raises(MissingFigure, match="no whole number"):
        writer.sum("= standard - si_base.lowest_multiple")
    with pytest.raises(MissingFigure, match="no such figure"):
        writer.figure("nothing.at_all")


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [(10338, "10,338", "10,338"), (-150, "−150", "−150"), ("2022-05-07", "2022 年 5 月 7 日", "7 May 2022"), ("2026-01", "2026 年 1 月", "January 2026"), ("0.8", "0.8", "0.8"), (0, "0", "0"), (None, "无", "none")],
)  # fmt: skip
def test_numbers_and_days_in_each_language(value: int | str | None, zh: str, en: str) -> None:
    assert (number(value, "zh"), number(value, "en")) == (zh, en)


def test_total_is_the_sum_of_the_steps_between() -> None:
    process = assets.policy().processes["first-application"]
    assert process.total is not None
    between = g.steps_between(process, process.total.from_, process.total.to)
    assert between[0].id != process.total.from_
    assert between[-1].id == process.total.to
    # The wait before an account is opened runs before the papers are handed in, and is no part of it.
    waits = [step for step in process.steps if step.lasts and step.lasts.kind == "not_before"]
    assert waits and not any(step in between for step in waits)
    taken = sum(step.lasts.working_days for step in between if step.lasts)
    assert g.working_days(process, process.total) == taken
    # Nor is it of a time that begins before it.
    assert g.working_days(process, process.total.model_copy(update={"from_": process.steps[0].id})) == taken


# --- examples -----------------------------------------------------------------------------------------------------------


def ask(answers: dict[str, object], on: str) -> dict[str, object]:
    """The estimate through the estimator's only door, which the page uses too."""
    entry.handle("load", canonical(rulebook(assets.policy())))
    answer = json.loads(entry.handle("score", json.dumps({"on": on, "answers": answers})))
    assert "ok" in answer, answer
    return answer["ok"]


def test_worked_examples_are_what_the_estimator_says() -> None:
    book = assets.policy().examples
    assert len(book.lives) >= 8
    for lang in ("zh", "en"):
        text = pages.context(lang)["lives"]()
        for life in book.lives:
            section = text[text.index(f"{{#{life.id}}}") :]
            section = section[: section.find("\n### ") if "\n### " in section else None]
            found = ask(examples.answers_of(book, life), book.on)
            assert f'data-low="{found["low"]}" data-high="{found["high"]}"' in section, life.id
            counted = [item for item in found["items"] if item["status"] != "none"]
            assert section.count("<tr>") == len(counted) + 2, life.id
            link = re.search(r'href="page:estimator#([^"]+)"', section)
            assert link
            over = dict(parse_qsl(link[1].replace("&amp;", "&"), strict_parsing=True))
            types = {key: assets.policy().questions[key].type for key in over}
            answers = {
                key: value if types[key] in ("choice", "date") else json.loads(value) for key, value in over.items()
            }
            assert ask(answers, book.on) == found, life.id


def test_examples_are_of_different_kinds() -> None:
    book = assets.policy().examples
    results = [ask(examples.answers_of(book, life), book.on) for life in book.lives]
    assert {found["reaches_standard"] for found in results} == {"yes", "no", "unknown"}
    assert any(found["eligible"] == "no" and found["reaches_standard"] == "yes" for found in results)
    counted = {item["id"] for found in results for item in found["items"] if item["status"] == "counted"}
    assert {
        "age",
        "education",
        "qualification",
        "si_years",
        "si_base",
        "spouse",
        "key_suburb",
        "fresh_graduate",
        "detention",
    } <= counted


def test_every_indicator_has_an_example_with_the_estimators_points(chinese: Guide) -> None:
    scorer = Scorer(chinese)
    for indicator in assets.policy().indicators.values():
        assert indicator.examples, indicator.id
        shown = indicators.examples(chinese, scorer, indicator)
        for example in indicator.examples:
            found = next(item for item in ask(example.answers, example.on)["items"] if item["id"] == indicator.id)
            if indicator.kind != "veto":
                assert f'<span class="number">{number(found["own"][0], chinese.lang)}</span>' in shown, indicator.id


def test_carried_answers_hold_nothing_that_an_address_cannot() -> None:
    link = carried(
        {
            "birth_date": "1990-05-01",
            "fresh_graduate": False,
            "si_months": 12,
            "si_history": [{"from": "2022-07", "to": "2022-08", "base": 9000}],
        }
    )
    assert (
        link
        == "birth_date=1990-05-01&fresh_graduate=false&si_months=12&si_history=%5B%7B%22from%22:%222022-07%22,%22to%22:%222022-08%22,%22base%22:9000%7D%5D"
    )


# --- the last hand ------------------------------------------------------------------------------------------------------


def test_terms_are_linked_longest_first_and_once(chinese: Guide) -> None:
    html = link_terms(chinese, "<p>居住证积分和居住证，再说居住证。有居住证明。</p><h2>签注</h2><p>签注</p>")
    assert html.count('class="term"') == 3
    assert (
        '<a class="term" href="page:glossary#points">居住证积分</a>和<a class="term" href="page:glossary#residence-permit">居住证</a>，再说居住证。有居住证明。'
        in html
    )
    assert "<h2>签注</h2><p><a" in html


def test_terms_in_english_have_the_chinese_beside_the_first_use(english: Guide) -> None:
    html = link_terms(english, "<p>Employers and the employer. An endorsement (签注) each year.</p>")
    assert (
        '<a class="term" href="page:glossary#employer">Employers</a> (<span lang="zh-CN" class="beside">用人单位</span>) and the employer.'
        in html
    )
    assert "endorsement</a> (签注) each" in html


def test_chinese_in_english_is_marked_once() -> None:
    html = mark_chinese(
        '<p title="签注">see 《上海市居住证》 (<span lang="zh-CN">签注</span>)</p><select><option>大专</option></select>'
    )
    assert (
        html
        == '<p title="签注">see <span lang="zh-CN">《上海市居住证》</span> (<span lang="zh-CN">签注</span>)</p><select><option>大专</option></select>'
    )


def test_marks_are_numbered_in_order_and_leave_paragraphs_whole(chinese: Guide) -> None:
    facts = chinese.writer.facts
    age, spouse = chinese.mark_of(facts["age"]), chinese.mark_of(facts["spouse"])
    html = finish(chinese, f"<p>一{age}二{spouse}三{age}</p><p>四</p>", "", frozenset({"", "sources/", "glossary/"}))
    assert re.findall(r'class="mark-number">(\d)<', html) == ["1", "2", "1"]
    assert html.startswith('<div class="p">一<details') and "<p>四</p>" in html
    assert html.count('id="cite-') == 2


@pytest.mark.parametrize(
    ("path", "place", "address"),
    [("", "sources#agencies", "sources/#agencies"), ("indicators/age/", "sources", "../../sources/"), ("indicators/", "indicators/age", "age/"),
     ("process/", "process#hand-in", "#hand-in"), ("process/", "index", "../"), ("ways/parent/", "indicators/index#base", "../../indicators/#base")],
)  # fmt: skip
def test_addresses_are_relative_to_the_page(chinese: Guide, path: str, place: str, address: str) -> None:
    assert finish(chinese, f'<a href="page:{place}">x</a>', path, pages.addresses("zh")) == f'<a href="{address}">x</a>'


def test_an_address_of_a_page_that_is_not_there_is_refused(chinese: Guide) -> None:
    with pytest.raises(ValueError, match="page:nowhere: no such page"):
        finish(chinese, '<a href="page:nowhere#x">x</a>', "", pages.addresses("zh"))


def test_every_page_named_in_the_rules_is_there() -> None:
    policy = assets.policy()
    named = [
        place
        for item in (*policy.faq.questions, *policy.examples.lives, *policy.districts.districts)
        for place in item.see
    ]
    assert len(named) > 50
    assert {place.partition("#")[0] for place in named} <= set(pages.titles("zh"))


# --- pictures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lines"), [("先核对，再提交，最后打印。", 2), ("check first, submit second", 2), ("短", 1)]
)
def test_text_is_wrapped_without_a_line_that_begins_with_a_stop(text: str, lines: int) -> None:
    found = svg.wrapped(text, 14, 112)
    assert len(found) == lines
    assert not any(line[0] in "，。" for line in found)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


def test_a_picture_has_a_name_a_description_and_the_same_as_a_list(english: Guide) -> None:
    html = pages.context("en")["process_picture"]("first-application")
    process = assets.policy().processes["first-application"]
    assert html.count("<svg") == 2 and html.count('role="img"') == 2
    for variant in ("wide", "narrow"):
        assert f'aria-labelledby="pic-first-application-{variant}-title pic-first-application-{variant}-desc"' in html
    for step in process.steps:
        assert html.count(english.plain(step.name)) >= 3
    assert html.count("<li>") == len(process.steps)
    assert "style=" not in html


def test_the_calendar_follows_the_rule(chinese: Guide) -> None:
    html = pages.context("zh")["recent_months"]()
    rule = chinese.fact("six-of-twelve").figures
    wide = html[: html.index("</svg>")]
    enough, short = wide.split(">还不能申请<")
    assert enough.count("pic-paid") == rule["at_least"]
    assert short.count("pic-paid") == rule["at_least"] - 1
    assert all(
        part.count('class="pic-paid"') + part.count('class="pic-made_up"') + part.count('class="pic-gap"')
        == rule["window_months"]
        for part in (enough, short)
    )
