"""The built HTML of both languages, read without a browser."""

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u3400-\u9fff]")
HOST = "http://site.invalid/"


@functools.cache
def read(path: Path) -> BeautifulSoup:
    """A page, parsed as a browser would."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def pages_of(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of both languages by its path: `` or `en/sources/`; the 404 pages by their file name."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): read(path)
        for path in sorted(site.rglob("*.html"))
    }


def twin(path: str) -> str:
    """The same page's path in the other language."""
    return path.removeprefix("en/") if path.startswith("en/") else f"en/{path}"


def target(page: str, link: str) -> str:
    """Where a link of a page leads, inside the site."""
    return unquote(urlsplit(urljoin(HOST + page, link)).path).removeprefix("/")


def one(page: BeautifulSoup, selector: str) -> Tag:
    """The only element that the selector finds."""
    found = page.select(selector)
    assert len(found) == 1, f"{selector}: {len(found)} found"
    return found[0]


def test_both_languages_have_the_same_pages_and_anchors(built_site: Path) -> None:
    pages = pages_of(built_site)
    assert {"", "en/", "404.html", "en/404.html"} <= pages.keys()
    assert {twin(path) for path in pages} == pages.keys()
    for path, page in pages.items():
        if not path.startswith("en/"):
            ours, theirs = (
                [tag.get("id") for tag in one(it, "article").select("[id]")] for it in (page, pages[twin(path)])
            )
            assert ours == theirs, path


def test_language_marks_and_switcher_lead_to_the_same_page(built_site: Path) -> None:
    for path, page in pages_of(built_site).items():
        own, other = ("en", "zh-CN") if path.startswith("en/") else ("zh-CN", "en")
        assert one(page, "html")["lang"] == own, path
        switch = one(page, "a[data-language-switch]")
        assert switch["hreflang"] == other, path
        if path.endswith("404.html"):
            assert target(path, str(switch["href"])) == ("" if own == "en" else "en/")
            continue
        assert target(path, str(switch["href"])) == twin(path), path
        links = {str(tag["hreflang"]): str(tag["href"]) for tag in page.select("link[rel=alternate][hreflang]")}
        # Search engines pass over alternates whose address is not whole.
        root = str(one(page, "link[rel=canonical]")["href"]).removesuffix(path)
        chinese = path.removeprefix("en/") if own == "en" else path
        assert links == {own: root + path, other: root + twin(path), "x-default": root + chinese}, path


def test_navigation_is_in_the_language_of_the_page(built_site: Path) -> None:
    for path, page in pages_of(built_site).items():
        for element in page.select(
            ".md-nav__link, .md-header__topic, .md-footer__title, title, .md-search [aria-label]"
        ):
            words = str(element.get("aria-label") or element.get_text(" ", strip=True))
            if words:
                assert bool(CHINESE.search(words)) != path.startswith("en/"), f"{path}: {words}"


def test_every_link_anchor_and_file_is_there(built_site: Path) -> None:
    pages = pages_of(built_site)
    ids = {path: {tag["id"] for tag in page.select("[id]")} for path, page in pages.items()}
    broken = []
    for path, page in pages.items():
        for tag in page.select("[href], [src]"):
            link = str(tag.get("href") or tag.get("src"))
            place = urlsplit(urljoin(HOST + path, link))
            if tag.get("rel") == ["canonical"] or (tag.get("rel") == ["alternate"] and tag.get("hreflang")):
                # The addresses that are whole: the page's own, in both languages.
                if place.path.removeprefix("/") not in (path, twin(path)):
                    broken.append(f"{path}: says that it is {link}")
                continue
            if place.scheme in ("data", "mailto", "tel"):
                continue
            if place.netloc != urlsplit(HOST).netloc:
                if tag.name != "a" or place.scheme != "https":
                    broken.append(f"{path}: <{tag.name}> reaches for {link}")
                continue
            there = target(path, link)
            if not (built_site / there).exists() or ((built_site / there).is_dir() and there not in pages):
                broken.append(f"{path}: {link} is not there")
            # A fragment with an equals sign carries answers into the estimator; others name an element.
            elif (
                place.fragment
                and "=" not in place.fragment
                and there in pages
                and unquote(place.fragment) not in ids[there]
            ):
                broken.append(f"{path}: {link} names no element")
    assert not broken, "\n".join(broken)


def test_no_inline_script_and_no_handler_in_an_attribute(built_site: Path) -> None:
    for path, page in pages_of(built_site).items():
        for script in page.find_all("script"):
            assert script.get("src") or script.get("type") in ("application/json", "application/ld+json"), (
                f"{path}: {script}"
            )
        for tag in page.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")], f"{path}: {tag}"
            assert not str(tag.get("href", "")).startswith("javascript:"), f"{path}: {tag}"


def test_the_theme_s_style_is_cut_where_no_page_needs_it(built_site: Path) -> None:
    from hooks import style

    for path, page in pages_of(built_site).items():
        for tag in page.find_all(class_=True):
            found = [name for name in tag["class"] if style.needless(f".{name}")]
            assert not found, f"{path}: hooks/style.py cuts the style of {found}"
        assert not page.select("[dir=rtl]")
    # What is switched on needs the script that goes with it: the same names must not come from there.
    css = next(built_site.glob("assets/app/m-*/style.css")).read_text(encoding="utf-8")
    for kept in (
        ".md-search__input",
        ".md-nav__link",
        ".md-typeset .admonition",
        ".md-top",
        ".mark-body",
        "@media print",
    ):
        assert kept in css, kept
    assert css.count("{") == css.count("}")


def test_styles_reach_for_no_other_host(built_site: Path) -> None:
    for style in built_site.rglob("*.css"):
        assert not re.search(r"(url\(\s*['\"]?|@import\s+['\"])(https?:)?//", style.read_text(encoding="utf-8")), style


def test_sitemaps_name_both_languages_of_every_page(built_site: Path) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    found = {}
    for file in ("sitemap.xml", "en/sitemap.xml"):
        for entry in ElementTree.parse(built_site / file).findall("s:url", names):
            path = urlsplit(entry.findtext("s:loc", "", names)).path.removeprefix("/")
            links = entry.findall("x:link", names)
            found[path] = {
                link.get("hreflang"): urlsplit(link.get("href", "")).path.removeprefix("/") for link in links
            }
    pages = {
        path
        for path, page in pages_of(built_site).items()
        if not path.endswith("404.html") and not page.select("meta[name=robots][content*=noindex]")
    }
    assert found.keys() == pages
    # The whole guide on one page would stand against the pages that it repeats.
    assert {path for path in pages_of(built_site) if path.endswith("print/")}.isdisjoint(pages)
    for path, links in found.items():
        chinese = path.removeprefix("en/")
        assert links == {"zh-CN": chinese, "en": f"en/{chinese}", "x-default": chinese}
    root = str(one(pages_of(built_site)[""], "link[rel=canonical]")["href"])
    robots = (built_site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in robots if line.startswith("Sitemap")] == [
        f"Sitemap: {root}{file}" for file in ("sitemap.xml", "en/sitemap.xml")
    ]


def test_the_picture_for_links_is_there_and_as_large_as_said(built_site: Path) -> None:
    for path, page in pages_of(built_site).items():
        if path.endswith("404.html"):
            continue
        said = {str(tag["property"]): str(tag["content"]) for tag in page.select('meta[property^="og:image"]')}
        root = str(one(page, "link[rel=canonical]")["href"]).removesuffix(path)
        file = built_site / said["og:image"].removeprefix(root)
        data = file.read_bytes()
        assert data.startswith(b"\x89PNG") and said["og:image:type"] == "image/png"
        assert [int.from_bytes(data[at : at + 4], "big") for at in (16, 20)] == [
            int(said["og:image:width"]),
            int(said["og:image:height"]),
        ]
        assert bool(CHINESE.search(said["og:image:alt"])) != path.startswith("en/"), path


def test_shared_files_lie_once(built_site: Path) -> None:
    assert not (built_site / "en" / "assets").exists()
    for name in ("style.css", "theme.js", "theme-start.js", "theme-palette.js"):
        assert len(list(built_site.glob(f"assets/app/m-*/{name}"))) == 1


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        pytest.param("docs/en/sources.md", None, None, r"sources(\.md|/index\.html)", id="a page in one language only"),
        pytest.param(
            "docs/zh/sources.md",
            "{#sources}\n",
            "{#sources}\n\n{{ no_such_name }}\n",
            r"docs/zh/sources\.md:7: 'no_such_name' is undefined",
            id="an unknown name, by file and line",
        ),
        pytest.param(
            "docs/en/index.md",
            "{#home}\n",
            "{#home}\n\n{% if %}\n",
            r"docs/en/index\.md:10: ",
            id="a syntax error, counting the lines of the front matter",
        ),
        pytest.param(
            "docs/zh/sources.md",
            " {#sources}",
            "",
            r"sources\.md: heading .* needs an id",
            id="a heading without an id",
        ),
        pytest.param(
            "docs/zh/index.md", "{#home}\n", "{#home}\n\n[x](absent.md)\n", r"index\.md.*absent\.md", id="a dead link"
        ),
    ],
)
def test_build_refuses(tmp_path: Path, path: str, old: str | None, new: str | None, message: str) -> None:
    for name in ("docs", "hooks", "rules", "estimator", "runtime"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (path for path in ROOT.iterdir() if path.is_file()):
        shutil.copy(file, tmp_path / file.name)
    for name in ("node_modules", ".cache"):
        (tmp_path / name).symlink_to(ROOT / name)
    page = tmp_path / path
    if old is None or new is None:
        page.unlink()
    else:
        text = page.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} no longer contains {old!r} once; change this test with it"
        page.write_text(text.replace(old, new), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr
