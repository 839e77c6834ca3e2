"""The same pages without MkDocs: nothing but hooks/site.py knows the site generator."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from tests.rehearsals import ROOT

HOST = "http://site.invalid/"
#: Run with MkDocs and its theme out of reach, so that any import of them fails.
WITHOUT = "import sys; sys.modules.update(dict.fromkeys(('mkdocs', 'material'))); sys.argv[0] = 'export'; import runpy; runpy.run_path('tools/export.py', run_name='__main__')"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages as tools/export.py writes them."""
    folder = tmp_path_factory.mktemp("exported")
    done = subprocess.run([sys.executable, "-c", WITHOUT, str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def article(html: str) -> Tag:
    """What a page says, without what a theme puts around it."""
    found = BeautifulSoup(html, "lxml").select_one("article")
    assert found
    for extra in found.select(".headerlink, .sheet, .md-source-file, script, style"):
        extra.decompose()
    return found


def said(page: Tag) -> str:
    """The words of a page, one space between them."""
    return re.sub(r"\s+", "", page.get_text(" "))


def test_both_generators_make_the_same_pages_of_it(exported: Path, built_site: Path) -> None:
    ours = {path.relative_to(exported / "site").as_posix(): path for path in (exported / "site").rglob("index.html")}
    theirs = {path.relative_to(built_site).as_posix(): path for path in built_site.rglob("index.html")}
    assert ours.keys() == theirs.keys()
    for name, path in ours.items():
        one, other = article(path.read_text(encoding="utf-8")), article(theirs[name].read_text(encoding="utf-8"))
        assert said(one) == said(other), name
        assert [tag["id"] for tag in one.select("[id]")] == [tag["id"] for tag in other.select("[id]")], name
        assert len(one.select("table, svg, input, details")) == len(other.select("table, svg, input, details")), name


def test_the_exported_pages_link_to_one_another(exported: Path) -> None:
    site = exported / "site"
    broken = []
    for path in site.rglob("index.html"):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for tag in page.select("[href], [src]"):
            link = urlsplit(urljoin(HOST + url, str(tag.get("href") or tag.get("src"))))
            there = site / unquote(link.path).removeprefix("/")
            if (
                link.netloc == "site.invalid"
                and not (there / "index.html" if link.path.endswith("/") else there).is_file()
            ):
                broken.append(f"{url}: {link.path}")
    assert not broken, "\n".join(broken)


def test_the_markdown_is_filled_and_stands_for_itself(exported: Path) -> None:
    files = list((exported / "markdown").rglob("*.md"))
    assert len(files) == len(list((exported / "site").rglob("index.html")))
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert "{{" not in text and "{%" not in text, path
        assert re.search(r"^# .+ \{#[a-z][a-z0-9-]*\}$", text, re.M), path
