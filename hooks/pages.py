"""What the pages say: words and figures from the rules, in one language. Knows nothing of MkDocs.

Markdown pages lie in docs/zh and docs/en; where the rules speak, they call the names that ``context`` gives them. Pages
that exist in the rules only come from ``generated``; ``finish`` has the last hand on every page's HTML.
"""

import functools
import importlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hooks import assets, browsers, filling, supply
from hooks.fragments import (
    architecture,
    comparisons,
    education,
    examples,
    indicators,
    lists,
    pictures,
    procedures,
    sources,
    structured,
    updates,
    whole,
)
from hooks.fragments import finish as finishing
from hooks.fragments.base import Guide, Lang, block
from hooks.fragments.estimates import Scorer
from rules.bundle import rulebook
from rules.words import number

ROOT = Path(__file__).resolve().parent.parent

#: The pages in the order of the guide: section (none for the home page), path, title in Chinese and in English.
SECTIONS: list[tuple[tuple[str, str] | None, list[tuple[str, str, str]]]] = [
    (None, [("index", "首页", "Home"), ("estimator", "积分估算", "Estimator")]),
    (
        ("从这里开始", "Start here"),
        [
            ("ways/applicant", "我要申请", "I want to apply"),
            ("ways/parent", "为孩子升学", "For my child’s school"),
            ("ways/renewing", "我要续签", "I have to renew"),
            ("ways/personnel", "我是单位人事", "I am a personnel officer"),
            ("roster", "批量估算", "Many at once"),
        ],
    ),
    (
        ("怎么办理", "How to apply"),
        [
            ("eligibility", "申请条件", "Who may apply"),
            ("process", "首次申请", "First application"),
            ("confirmation", "签注与积分确认", "Renewal and confirmation"),
            ("changes", "换单位和其他变动", "A new job, other changes"),
            ("materials", "材料", "Materials"),
            ("districts", "到哪个区办", "Which district"),
        ],
    ),
    (
        ("分数怎么算", "How points count"),
        [
            ("indicators/index", "积分指标", "Indicators"),
            ("education", "认可的学历", "Accepted education"),
            ("wages", "社会平均工资", "Average wage"),
            ("examples", "实例", "Worked examples"),
            ("second-opinion", "别处算的不一样", "Second opinion"),
        ],
    ),
    (
        ("有什么用", "What for"),
        [("benefits", "积分待遇", "What the points give"), ("faq", "常见问题", "Questions people ask")],
    ),
    (
        ("依据", "Sources"),
        [
            ("sources", "依据与来源", "Sources"),
            ("updates", "更新记录", "What changed"),
            ("unsettled", "没有定论的地方", "What is unsettled"),
            ("glossary", "名词对照", "Glossary"),
            ("print", "整册打印", "The whole guide to print"),
        ],
    ),
    (
        ("本项目", "This project"),
        [
            ("project/privacy", "隐私", "Privacy"),
            ("project/browsers", "能用的浏览器", "Browsers"),
            ("project/maintain", "政策变了怎么更新", "When the policy changes"),
            ("project/architecture", "结构与决定", "Architecture and decisions"),
            ("project/licences", "组件与许可证", "Parts and licences"),
            ("project/reuse", "数据、程序包与嵌入", "Data, package and embedding"),
        ],
    ),
]
#: Pages that the whole-guide sheet leaves out: what needs the browser, what is news, and itself.
NOT_PRINTED = (
    "estimator",
    "roster",
    "updates",
    "project/privacy",
    "project/browsers",
    "project/licences",
    "project/maintain",
    "project/architecture",
    "project/reuse",
    "second-opinion",
    "print",
)


@functools.cache
def guide(lang: Lang) -> Guide:
    """The policy told in one language, read once a build."""
    return Guide(assets.policy(), lang)


@functools.cache
def scorer(lang: Lang) -> Scorer:
    """The estimator for the examples."""
    return Scorer(guide(lang))


@functools.cache
def titles(lang: Lang) -> dict[str, str]:
    """Page → its title."""
    which = 1 if lang == "zh" else 2
    known = {page[0]: page[which] for _section, pages in SECTIONS for page in pages}
    return known | {f"indicators/{i.id}": guide(lang).plain(i.name) for i in assets.policy().indicators.values()}


@functools.cache
def context(lang: Lang) -> dict[str, Any]:
    """The names that every page's Markdown may use between {{ and }}."""
    it, score, names = guide(lang), scorer(lang), titles(lang)

    def bound(function: Callable[..., str], *arguments: Any) -> Callable[..., str]:
        return functools.partial(function, it, *arguments)

    def said(kind: str) -> str:
        """Named statements of a rule file: ``materials.intro``, ``districts.intro`` …"""
        file, _, part = kind.partition(".")
        return lists.statements(it, getattr(getattr(it.policy, file), part))

    def said_one(path: str) -> str:
        """One named statement, by its path in the policy."""
        part: Any = it.policy
        for name in path.split("."):
            part = getattr(part, name)
        return block(it.statement(part))

    def best_of() -> str:
        return block(
            "".join(
                f'<div class="say" id="{group.id}">{it.text(group.text)} {it.mark(group.cite)}</div>'
                for group in it.policy.scheme.best_of
            )
        )

    def summary(name: str) -> str:
        process = it.policy.processes[name]
        return it.sentence(process.summary, it.writer.scope_of(process), process.steps[0].cite)

    return {
        "lang": lang,
        "home_form": lambda: "",
        "fig": it.figure,
        "standard": number(it.writer.figure("standard.points"), lang),
        "edition": f'<time datetime="{it.edition}">{it.day(it.edition)}</time>',
        "said": said,
        "said_one": said_one,
        "summary": summary,
        "best_of": best_of,
        "wage_text": lambda: it.text(it.policy.wages.text),
        "eligibility": bound(lists.eligibility),
        "not_covered": bound(lists.not_covered),
        "recent_months": bound(pictures.recent_months),
        "steps": bound(procedures.steps),
        "total": bound(procedures.total),
        "notes": bound(procedures.notes),
        "window": bound(procedures.window),
        "process_picture": bound(pictures.process),
        "phases_picture": bound(pictures.phases),
        "renewal_picture": bound(pictures.renewal),
        "education_common": bound(education.common),
        "education_decisions": bound(education.decisions),
        "education_types": bound(education.types),
        "education_risks": bound(education.risks),
        "indicators": bound(indicators.overview),
        "materials_basic": bound(lists.materials_basic),
        "materials_by_indicator": bound(lists.materials_by_indicator),
        "materials_left_open": bound(lists.materials_left_open),
        "materials_from": bound(lists.materials_from),
        "benefits": bound(lists.benefits),
        "faq": bound(lists.faq, names),
        "districts": bound(lists.districts, names),
        "contacts": bound(lists.contacts),
        "hotline": bound(lists.hotline),
        "wages": bound(lists.wages),
        "derivations": bound(lists.derivations),
        "glossary": bound(lists.glossary),
        "grades": bound(sources.grades),
        "sources": bound(sources.sources),
        "newest": bound(sources.newest),
        "unsettled": bound(sources.unsettled),
        "open_notes": bound(sources.open_notes),
        "only_secondary": bound(sources.only_secondary, names),
        "lives": bound(examples.lives, score, names),
        "combinations": bound(examples.combinations, score),
        "calculators": bound(comparisons.peers),
        "comparisons": bound(comparisons.comparisons, score),
        "coming_changes": bound(updates.coming),
        "coming_notice": bound(updates.coming_notice),
        "change_log": bound(updates.log),
        "browsers_oldest": functools.partial(browsers.oldest, lang),
        "browsers_needs": functools.partial(browsers.needs, lang),
        "licences_table": lambda: supply.licences(lang, assets.made().runtime["python"]),
        "architecture_picture": bound(architecture.picture),
        "faq_data": bound(structured.faq),
        "how_to_data": bound(structured.how_to),
        "site_data": bound(structured.site),
        "terms_data": bound(structured.terms),
        "whole_guide": lambda: whole.whole(it, chapters(lang), context(lang), path_of),
        **form_context(lang),
    }


def fill(text: str, lang: Lang, asset: Callable[[str], str], place: str, above: int = 0) -> str:
    """A page's Markdown with what the rules say (see hooks.filling). Raises ``ValueError`` with the place of a mistake."""
    return filling.fill(text, context(lang), asset, place, above)


def markdown(lang: Lang, path: str, asset: Callable[[str], str] = lambda name: f"assets/app/{name}") -> str:
    """Any page of the guide as Markdown, filled; its front matter stands above it. ``path`` is as in SECTIONS."""
    known = indicator_pages(lang)
    file = ROOT / "docs" / lang / f"{path}.md"
    text = known[path] if path in known else file.read_text(encoding="utf-8")
    return fill(text, lang, asset, f"docs/{lang}/{path}.md")


def form_context(lang: Lang) -> dict[str, Any]:
    """What the estimator's pages add: the ``context`` of hooks.form, hooks.roster and hooks.second_opinion, where they are there."""
    names: dict[str, Any] = {}
    for module in ("hooks.form", "hooks.roster", "hooks.second_opinion"):
        if importlib.util.find_spec(module) is not None:
            names |= importlib.import_module(module).context(lang)
    return names


@functools.cache
def indicator_pages(lang: Lang) -> dict[str, str]:
    """Path → Markdown of each indicator's own page."""
    found = assets.policy().indicators.values()
    return {f"indicators/{i.id}": indicators.page(guide(lang), scorer(lang), i) for i in found}


def generated(lang: Lang) -> list[tuple[str, str, str]]:
    """Pages that exist in the rules only: (path under docs/<lang>, title, Markdown)."""
    return [(f"{path}.md", titles(lang)[path], markdown) for path, markdown in indicator_pages(lang).items()]


def chapters(lang: Lang) -> list[tuple[str, str, str]]:
    """Every page of the whole-guide sheet, in order: path, title, Markdown."""
    found = []
    for _section, pages in SECTIONS:
        for path, *_titles in pages:
            file = ROOT / "docs" / lang / f"{path}.md"
            if path not in NOT_PRINTED and file.is_file():
                found.append((path, titles(lang)[path], file.read_text(encoding="utf-8")))
            if path == "indicators/index":
                found += [(own, titles(lang)[own], markdown) for own, markdown in indicator_pages(lang).items()]
    return found


def path_of(path: str) -> str:
    """A page's address below its language's root."""
    return "" if path == "index" else f"{path.removesuffix('/index')}/"


def paths(lang: Lang) -> list[str]:
    """All pages of a language, as in SECTIONS."""
    folder = ROOT / "docs" / lang
    files = sorted(file.relative_to(folder).with_suffix("").as_posix() for file in folder.rglob("*.md"))
    return [*files, *indicator_pages(lang)]


@functools.cache
def addresses(lang: Lang) -> frozenset[str]:
    """The addresses of all pages of a language."""
    return frozenset(path_of(path) for path in paths(lang))


def finish(lang: Lang, html: str, url: str) -> str:
    """A page's HTML as it is served: marks, terms, languages, addresses. ``url`` is the page's below its language's root."""
    return finishing.finish(guide(lang), html, url.removeprefix("./"), addresses(lang))


def feed(lang: Lang, site_url: str) -> str:
    """The change log as an Atom feed; ``site_url`` is the address of the language's root."""
    return updates.feed(guide(lang), site_url)


def sheet(lang: Lang) -> dict[str, str]:
    """What a printed page says at its end besides its address: when the facts were checked, and under which rules."""
    book = rulebook(assets.policy())
    it = guide(lang)
    return {
        "checked": it.t(f"核对于 {it.day(it.edition)}", f"Facts checked on {it.day(it.edition)}"),
        "rules": it.t(f"规则版本 {book['name']}", f"Rules {book['name']}"),
        "printed": it.t("打印于", "Printed on"),
        "address": it.t("网址：", "Address: "),
        "picture": it.t(
            f"标准分值 {number(it.writer.figure('standard'), 'zh')}，下面一条表示分数的横线",
            f"The standard score of {number(it.writer.figure('standard'), 'en')} above a bar for one’s own score",
        ),
    }


def start() -> str:
    """What a page's worker begins with, as JSON, for the page's head (see docs/assets/estimator/early.js)."""
    return importlib.import_module("hooks.form").start_data(assets.made())  # type: ignore[no-any-return]


def offline(lang: Lang) -> dict[str, Any]:
    """What the control at each page's foot takes (hooks/offline.py)."""
    return importlib.import_module("hooks.offline").context(lang)  # type: ignore[no-any-return]


def nav(lang: Lang) -> list[Any]:
    """The whole navigation, in MkDocs' form; titles in the page's language only."""
    which = 0 if lang == "zh" else 1
    out: list[Any] = []
    for section, pages in SECTIONS:
        entries: list[Any] = []
        for path, *names in pages:
            if not (ROOT / "docs" / lang / f"{path}.md").is_file():
                continue
            if path == "indicators/index":
                own = [{titles(lang)[page]: f"{page}.md"} for page in indicator_pages(lang)]
                entries.append({names[which]: [f"{path}.md", *own]})
            else:
                entries.append({names[which]: f"{path}.md"})
        out += [{section[which]: entries}] if section else entries
    return [entry for entry in out if all(entry.values())]
