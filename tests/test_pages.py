"""The guide in the built site: two equal languages, every figure with its source, every fact in its place."""

import calendar
import functools
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from hooks import assets
from hooks.fragments import sources
from hooks.fragments.base import Guide
from rules import model as m
from rules.checks import edition_day

ROOT = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u3400-\u9fff]+")
#: Pages that are made elsewhere: they hold a form, not the guide.
FORMS = ("estimator/", "roster/")
MONTHS = list(calendar.month_name)[1:]


@functools.cache
def read(path: Path) -> Tag:
    """A page's article and head, parsed as a browser would."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


@functools.cache
def guide(lang: str) -> Guide:
    """The rules, ready to be told."""
    return Guide(assets.policy(), "zh" if lang == "zh" else "en")


@functools.cache
def pairs(site: Path) -> dict[str, tuple[Tag, Tag]]:
    """Every page of the guide by its path: Chinese and English."""
    found = [path.relative_to(site).as_posix().removesuffix("index.html") for path in sorted(site.rglob("index.html"))]
    return {
        path: (read(site / path / "index.html"), read(site / "en" / path / "index.html"))
        for path in found
        if not path.startswith("en/") and not path.startswith(FORMS)
    }


def article(page: Tag) -> Tag:
    """The page's own content."""
    found = page.select_one("article")
    assert found is not None
    return found


def written(number: str) -> str:
    """A figure as both languages mean it: a day and a month become ISO."""
    if match := re.fullmatch(r"(\d{4}) 年 (\d+) 月(?: (\d+) 日)?", number):
        return "-".join(filter(None, [match[1], f"{int(match[2]):02}", match[3] and f"{int(match[3]):02}"]))
    if (match := re.fullmatch(r"(?:(\d+) )?([A-Z][a-z]+) (\d{4})", number)) and match[2] in MONTHS:
        return "-".join(
            filter(None, [match[3], f"{MONTHS.index(match[2]) + 1:02}", match[1] and f"{int(match[1]):02}"])
        )
    return number


def figures(part: Tag) -> Counter[str]:
    """The figures in a part of a page, whatever their order in the sentence."""
    return Counter(written(number.get_text()) for number in part.select(".number"))


def test_languages_have_the_same_figures_marks_tables_and_pictures(built_site: Path) -> None:
    for path, (zh, en) in pairs(built_site).items():
        ours, theirs = article(zh), article(en)
        assert figures(ours) == figures(theirs), path
        for attribute in ("data-grade", "data-mark"):
            assert [tag[attribute] for tag in ours.select(f".mark[{attribute}]")] == [
                tag[attribute] for tag in theirs.select(f".mark[{attribute}]")
            ], path
        shapes = [
            [[len(row.select("th, td")) for row in table.select("tr")] for table in it.select("table")]
            for it in (ours, theirs)
        ]
        assert shapes[0] == shapes[1], path
        for selector in ("svg[role=img]", "h2, h3", "li", "dt", "a.md-button"):
            assert len(ours.select(selector)) == len(theirs.select(selector)), f"{path}: {selector}"
        rows = [[figures(row) for row in it.select("tr, dd, li")] for it in (ours, theirs)]
        assert rows[0] == rows[1], path


def test_anchors_stand_once(built_site: Path) -> None:
    for path, pair in pairs(built_site).items():
        for page in pair:
            ids = Counter(str(tag["id"]) for tag in page.select("[id]"))
            assert max(ids.values()) == 1, f"{path}: {ids.most_common(3)}"


def texts(page: Tag) -> list[tuple[str, str]]:
    """Every text of an article with the language that it is marked with."""
    out = []
    for text in article(page).find_all(string=True):
        if type(text) is NavigableString and text.strip() and not text.find_parent(["script", "style", "option"]):
            marked = text.find_parent(attrs={"lang": True})
            out.append((str(text), str(marked["lang"]) if isinstance(marked, Tag) else ""))
    return out


def test_english_pages_hold_chinese_only_where_it_is_marked_and_named_in_the_rules(built_site: Path) -> None:
    policy = assets.policy()
    known = [term.zh for term in policy.terms.values()] + [district.zh for district in policy.districts.districts]
    known += [
        word
        for source in policy.sources.values()
        for word in (source.title.zh, source.number or "", source.issuer.zh if source.issuer else "")
    ]
    known += [text.en for _file, _loc, text, _scope in guide("en").writer.texts()]
    everything = "\n".join(known)
    for path, (_zh, en) in pairs(built_site).items():
        for text, lang in texts(en):
            for chinese in CHINESE.findall(text):
                assert lang.startswith("zh"), f"en/{path}: {text.strip()[:60]!r} holds Chinese that is not marked"
                assert chinese in everything, f"en/{path}: {chinese!r} is no term of the rules"


def test_chinese_pages_hold_no_sentence_in_english(built_site: Path) -> None:
    for path, (zh, _en) in pairs(built_site).items():
        for block in article(zh).select("p, li, dd, td, .say, h1, h2, h3"):
            text = block.get_text(" ", strip=True)
            if not CHINESE.search(text) and not block.select_one("[lang=en]"):
                words = re.sub(r"https://\S+", "", text)
                assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{3,}", words), f"{path}: {text[:80]!r}"


def around(number: Tag) -> Tag:
    """The block in which a figure stands, and in which its mark must be: a row, an item, a sentence."""
    for parent in number.parents:
        if parent.name in ("tr", "li", "dd", "p", "figcaption", "summary", "h1", "h2", "h3") or {
            "say",
            "p",
            "kind",
            "reading",
            "total",
        } & set(parent.get("class", [])):
            return parent
    return number


def test_every_figure_has_a_mark_beside_it(built_site: Path) -> None:
    bare = []
    for path, (zh, _en) in pairs(built_site).items():
        for number in article(zh).select(".number"):
            # What a mark opens, and lists of what rests on a source, speak of facts that are marked where they stand.
            if number.find_parent(class_=["mark", "cited", "resting"]) or number.find_parent(["h1", "h2", "h3", "h4"]):
                continue
            block = around(number)
            # A story's own figures are made up.
            if number.find_parent(class_="story"):
                continue
            # Rows that share a reason share its mark.
            shared = (
                block.parent.select(f'[data-comparison="{block["data-comparison"]}"]')
                if block.has_attr("data-comparison") and block.parent
                else [block]
            )
            if not any(row.select_one(".mark") for row in shared):
                bare.append(f"{path}: {block.get_text(' ', strip=True)[:90]}")
    assert not bare, "\n".join(dict.fromkeys(bare))


def guide_grade(mark: Tag) -> str:
    """The name of a mark's grade in the language of its page."""
    page = mark.find_parent("html")
    assert isinstance(page, Tag)
    return guide("en" if page["lang"] == "en" else "zh").grade(str(mark["data-grade"]))


def test_a_mark_opens_source_clause_grade_day_and_both_readings(built_site: Path) -> None:
    policy = assets.policy()
    seen = set()
    for page in (side for pair in pairs(built_site).values() for side in pair):
        for mark in article(page).select("details.mark"):
            summary, body = mark.select_one("summary"), mark.select_one(".mark-body")
            assert summary and body and summary.select_one(".unseen") and guide_grade(mark) in summary.get_text()
            for line in body.select(":scope > ul > li"):
                link = line.select_one("a[href*='sources/#'], a[href^='#']")
                assert link, line
                source = policy.sources[str(link["href"]).rpartition("#")[2].rpartition("--")[2]]
                assert source.id
                assert line.select_one(".cite-grade[data-grade]") and line.select_one("time[datetime]")
                assert len(line.get_text(" ", strip=True)) > len(link.get_text(strip=True)) + 12, (
                    "a clause stands between source and grade"
                )
            readings = body.select(".reading")
            seen |= {reading.get_text() for reading in readings}
            if mark["data-grade"] == "unsettled" and readings:
                assert any(len(reading.select("li")) > 1 for reading in readings)
    open_to = [
        reading
        for reading in policy.scheme.readings
        if any(reading.id in i.readings for i in policy.indicators.values())
    ]
    for reading in open_to:
        for lang in ("zh", "en"):
            said = [guide(lang).plain(option.text) for option in reading.options]
            assert any(all(text in opened for text in said) for opened in seen), (
                f"{reading.id}: no mark shows all its readings"
            )


def test_marks_are_numbered_and_listed_at_the_end_of_the_page(built_site: Path) -> None:
    for path, (zh, en) in pairs(built_site).items():
        for page in (zh, en):
            body = article(page)
            numbers = [int(mark.select_one(".mark-number").get_text()) for mark in body.select("details.mark")]  # type: ignore[union-attr]
            entries = body.select(".cited > ol > li")
            assert list(dict.fromkeys(numbers)) == list(range(1, len(entries) + 1)), path


def test_every_fact_of_the_rules_stands_where_the_lists_say(built_site: Path) -> None:
    facts = guide("zh").writer.facts.values()
    assert len(facts) > 150
    missing = []
    for fact in facts:
        page, _, name = sources.place(fact).partition("#")
        path = "" if page == "index" else f"{page.removesuffix('/index')}/"
        if not pairs(built_site)[path][0].find(id=name):
            missing.append(f"{fact.kind} {fact.id}: no #{name} on {path}")
    assert not missing, "\n".join(missing)


def test_each_source_lists_what_rests_on_it(built_site: Path) -> None:
    policy = assets.policy()
    page = pairs(built_site)["sources/"][0]
    for source in policy.sources.values():
        resting = [
            fact for fact in guide("zh").writer.facts.values() if any(cite.source == source.id for cite in fact.cite)
        ]
        heading = page.find(id=source.id)
        assert isinstance(heading, Tag), source.id
        below = heading.find_next(class_="step")
        assert isinstance(below, Tag)
        assert len(below.select(".resting li")) == len(resting), source.id
        assert source.checked_on in {str(time["datetime"]) for time in below.select("time")}
    assert sum(source.basis for source in policy.sources.values()) == 5


def test_unsettled_page_says_what_would_settle_each(built_site: Path) -> None:
    for lang, page in zip(("zh", "en"), pairs(built_site)["unsettled/"], strict=True):
        # In English the Chinese name stands beside the first use of a term.
        body = re.sub(r" \([\u3400-\u9fff]+\)", "", article(page).get_text())
        for reading in assets.policy().scheme.readings:
            assert guide(lang).plain(reading.settled_by) in body
            assert all(guide(lang).plain(option.text) in body for option in reading.options)
        for _file, _loc, part in walk_notes():
            assert guide(lang).plain(part) in body


def walk_notes() -> list[tuple[str, str, m.Text]]:
    """What would settle each open remark."""
    return [
        (i.id, note.id, note.settled_by)
        for i in assets.policy().indicators.values()
        for note in i.notes
        if note.settled_by
    ]


def test_terms_lead_to_the_glossary_once_and_have_their_chinese_name_in_english(built_site: Path) -> None:
    terms = assets.policy().terms
    used = set()
    for path, (zh, en) in pairs(built_site).items():
        if path == "print/":
            continue
        for page, lang in ((zh, "zh"), (en, "en")):
            links = article(page).select("a.term")
            names = [str(link["href"]).rpartition("#")[2] for link in links]
            assert len(names) == len(set(names)), f"{lang} {path}: a term is linked twice"
            used |= set(names)
            if lang == "en":
                for link, name in zip(links, names, strict=True):
                    chinese = terms[name].zh
                    following = "".join(part.get_text() for part in link.next_siblings)
                    before = "".join(part.get_text() for part in reversed(list(link.previous_siblings)))
                    beside = chinese in before[-len(chinese) - 4 :] or CHINESE.search(following[: len(chinese) + 12])
                    assert beside, f"en/{path}: {link.get_text()}"
    assert len(used) > len(terms) * 0.8


def data(page: Tag) -> list[dict[str, object]]:
    """A page's structured data."""
    return [json.loads(str(script.string)) for script in page.select('script[type="application/ld+json"]')]


def test_structured_data_agrees_with_the_page(built_site: Path) -> None:
    policy = assets.policy()
    kinds = Counter()
    for path, (zh, en) in pairs(built_site).items():
        for lang, page in (("zh-CN", zh), ("en", en)):
            for found in data(page):
                kinds[str(found["@type"])] += 1
                assert found["@context"] == "https://schema.org"
                assert found["inLanguage"] == lang
                body = article(page)
                own = str(page.select_one("link[rel=canonical]")["href"])  # type: ignore[index]
                addresses = re.findall(r'"url": "([^"]*)"', json.dumps(found, ensure_ascii=False))
                assert addresses, path
                for address in addresses:
                    place, _, name = address.partition("#")
                    assert place == own and (not name or body.find(id=name)), f"{path}: {address}"
                headings = {
                    re.sub(r"^\d+\. ", "", head.find(string=True, recursive=False) or "")
                    for head in body.select("h2, h3")
                }
                if found["@type"] == "FAQPage":
                    questions = found["mainEntity"]
                    assert isinstance(questions, list)
                    assert len(questions) == len(policy.faq.questions) >= 14
                    for question in questions:
                        assert question["name"] in headings, question["name"]
                        answer = question["acceptedAnswer"]["text"]
                        assert answer and "{" not in answer and "<" not in answer
                        shown = body.find(id=question["url"].partition("#")[2]).find_next(class_="answer")
                        paragraphs = [plain(part) for part in shown.select(".p, p")]
                        joint = "" if lang == "zh-CN" else " "
                        assert joint.join(paragraphs) == answer, question["name"]
                if found["@type"] == "HowTo":
                    steps = found["step"]
                    assert isinstance(steps, list)
                    process = next(
                        p
                        for p in policy.processes.values()
                        if len(p.steps) == len(steps) and body.find(id=p.steps[0].id)
                    )
                    assert [step["url"] for step in steps] == [f"{own}#{step.id}" for step in process.steps]
                    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
                    assert all(step["@type"] == "HowToStep" and step["text"] for step in steps)
                    assert all(step["name"] in headings for step in steps), path
    assert kinds == {"WebSite": 2, "FAQPage": 2, "HowTo": 4, "DefinedTermSet": 2}


def plain(part: Tag) -> str:
    """A block's words: without marks, and without the Chinese name beside an English term."""
    copy = BeautifulSoup(str(part), "lxml")
    for extra in copy.select(".mark"):
        extra.decompose()
    for beside in copy.select(".beside"):
        beside.replace_with("⟪⟫")
    return re.sub(r"\s+", " ", copy.get_text().replace(" (⟪⟫)", "")).strip()


def test_first_application_has_thirteen_steps_with_who_where_what_how_long_and_what_goes_wrong(
    built_site: Path,
) -> None:
    for page in pairs(built_site)["process/"]:
        steps = article(page).select(".step")
        assert len(steps) == 13
        for step in steps:
            rows = [
                (name.get_text(), plain(text)) for name, text in zip(step.select("dt"), step.select("dd"), strict=True)
            ]
            assert len(rows) == 5 and all(text for _name, text in rows), rows
            # Each says what goes wrong; where and how long may be left open by the documents, and then it says so.
            assert not step.select("dd")[4].select(".quiet")


def test_ways_in_lead_to_the_fitting_part_of_the_estimator(built_site: Path) -> None:
    found = [path for path in pairs(built_site) if path.startswith("ways/")]
    assert len(found) == 4
    estimator = read(built_site / "estimator" / "index.html")
    for path in found:
        for page in pairs(built_site)[path]:
            links = [str(link["href"]) for link in article(page).select('a[href*="estimator/"]')]
            assert links, path
            for link in links:
                part = link.partition("#")[2]
                assert part in {f"show={panel}" for panel in ("when", "how", "bring", "remind")} or estimator.find(
                    id=part
                ), link
            steps = article(page).select("ol > li")
            assert len(steps) >= 5 and len(plain(article(page))) < 2800, path


def test_attributes_of_english_pages_hold_no_chinese(built_site: Path) -> None:
    for path, (_zh, en) in pairs(built_site).items():
        for tag in en.select("[aria-label], [title], [alt], [placeholder], meta[content]"):
            if tag.find_parent(attrs={"lang": "zh-CN"}) or str(tag.get("lang", "")).startswith("zh"):
                continue
            for name in ("aria-label", "title", "alt", "placeholder", "content"):
                assert not CHINESE.search(str(tag.get(name, ""))), f"en/{path}: {name}: {tag[name]}"


def test_titles_and_descriptions_are_there_and_differ(built_site: Path) -> None:
    for side, lang in ((0, "zh"), (1, "en")):
        titles, descriptions = Counter(), Counter()
        for path, pair in pairs(built_site).items():
            page = pair[side]

            def content(name: str, page: Tag = page) -> str:
                tag = page.select_one(f'meta[property="{name}"], meta[name="{name}"]')
                assert tag, name
                return str(tag["content"])

            title = page.select_one("title")
            assert title
            titles[title.get_text()] += 1
            descriptions[content("description")] += 1
            assert content("og:description") == content("description")
            assert content("og:title") in title.get_text()
            assert urlsplit(content("og:url")).path.removeprefix("/") == (path if lang == "zh" else f"en/{path}")
            assert {content("og:locale"), content("og:locale:alternate")} == {"zh_CN", "en_GB"}
            assert bool(CHINESE.search(content("description"))) == (lang == "zh"), path
            assert 20 <= len(content("description")) <= 260, f"{path}: {content('description')}"
        assert max(titles.values()) == max(descriptions.values()) == 1, (
            titles.most_common(2),
            descriptions.most_common(2),
        )


def test_printed_sheet_says_date_rules_and_address(built_site: Path) -> None:
    edition = edition_day(assets.policy())
    for path, pair in pairs(built_site).items():
        for side, page in enumerate(pair):
            sheet = page.select_one("footer.sheet")
            assert sheet, path
            text = sheet.get_text(" ")
            assert f"{edition}+" in text
            assert guide(("zh", "en")[side]).day(edition) in text
            assert str(page.select_one("link[rel=canonical]")["href"]) in text  # type: ignore[index]


def test_whole_guide_holds_every_chapter_with_anchors_of_its_own(built_site: Path) -> None:
    for page in pairs(built_site)["print/"]:
        body = article(page)
        ids = [str(tag["id"]) for tag in body.select("[id]")]
        assert len(ids) == len(set(ids))
        chapters = body.select("section.chapter")
        assert len(chapters) >= len(assets.policy().indicators) + 18
        assert len(body.select(".contents li")) == len(chapters)
        assert not body.select("form, script")
        assert all(len(chapter.get_text(strip=True)) > 60 for chapter in chapters)


DIGITS = re.compile(r"\d")
#: Numerals before a measure word; in English before a unit.
CHINESE_FIGURE = re.compile(
    r"(?<![哪每某这那])[一二两三四五六七八九十百千]+\s*(?:年|个月|月份|天|周岁|岁|分|元|倍|次|个工作日|个区|步|项|种|页)"
)
ENGLISH_FIGURE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|sixteen|eighteen|twenty|thirty|forty|fifty|sixty|hundred)"
    r"\s+(?:years?|months?|days?|points?|yuan|times|working days|districts|steps|people)\b",
    re.I,
)
#: Ways of speaking that count nothing of the policy.
NO_FIGURE = {"一步", "一步一步", "一次", "一页", "一项", "三个", "一种", "一分", "一年", "两种"}


def prose(text: str) -> str:
    """A Markdown page without what is no prose: Jinja, addresses, attributes, anchors, list numbers."""
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?\}|<[^>]*>", " ", text, flags=re.S)
    text = re.sub(r"\]\([^)]*\)", "]", text).replace("CC BY 4.0", "CC BY")
    return re.sub(r"(?m)^\s*\d+\.\s", "", text)


@pytest.mark.parametrize(
    "file",
    # The pages about the project speak of commands and licences, not of the policy.
    sorted((file for file in (ROOT / "docs").glob("[ez][nh]/**/*.md") if "project" not in file.parts), key=str),
    ids=lambda file: file.relative_to(ROOT / "docs").as_posix(),
)
def test_no_figure_is_typed_in_markdown(file: Path) -> None:
    text = prose(file.read_text(encoding="utf-8"))
    for number, line in enumerate(text.splitlines(), 1):
        assert not DIGITS.search(line), f"{file.name}:{number}: {line.strip()}"
        for match in CHINESE_FIGURE.finditer(line):
            assert match[0] in NO_FIGURE, f"{file.name}:{number}: {match[0]} in {line.strip()}"
        assert not ENGLISH_FIGURE.search(line), f"{file.name}:{number}: {line.strip()}"


@pytest.mark.parametrize("typed", ["差 5 分", "满三年", "within sixty days", "补缴六个月"])
def test_a_typed_figure_is_found(typed: str) -> None:
    text = prose(typed)
    found = [match[0] for match in CHINESE_FIGURE.finditer(text) if match[0] not in NO_FIGURE]
    assert DIGITS.search(text) or found or ENGLISH_FIGURE.search(text)


def test_no_promise_is_made(built_site: Path) -> None:
    for path, (zh, en) in pairs(built_site).items():
        assert not re.search(r"只要[^。；]*就能|保证(?:通过|成功)|一定能|百分之百", article(zh).get_text()), path
        assert not re.search(r"\bguarantee|\bsure to\b|\bwill certainly\b", article(en).get_text(), re.I), path
