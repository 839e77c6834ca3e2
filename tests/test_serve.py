"""The development server: an edit shows in the browser, and a mistake shows there with its place instead of a dead server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from tests.rehearsals import checkout

INDICATOR = "rules/indicators/bonus/spouse.yaml"
PATIENCE = 120


class Server:
    """A running server over a checkout of its own."""

    def __init__(self, root: Path, address: str):
        self.root = root
        self.address = address

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of an address."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def edit(self, path: str, old: str, new: str, shown: str) -> tuple[int, str]:
        """Change a file while a browser shows a page; gives what the browser then gets, without asking for it anew."""
        since = re.search(r"reload\.mjs\?since=(\d+)", self.get(shown)[1])
        assert since
        told: Queue[str] = Queue()
        waiting = threading.Thread(
            target=lambda: told.put(self.get(f"__serve/wait?since={since[1]}&page=/{shown}")[1]), daemon=True
        )
        waiting.start()
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1
        file.write_text(text.replace(old, new), encoding="utf-8")
        assert json.loads(told.get(timeout=PATIENCE)) == {"changed": True}
        return self.get(shown)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, started on whatever port is free."""
    root = checkout(tmp_path_factory.mktemp("served"))
    command = [sys.executable, "tools/serve.py", "--no-search", "21000"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    ) as process:
        assert process.stdout
        address = re.search(r"http://\S+", process.stdout.readline())
        assert address
        yield Server(root, address[0])
        process.terminate()


def test_an_edit_shows_and_a_mistake_shows_with_its_place(server: Server) -> None:
    page = "en/indicators/spouse/"
    status, text = server.get(page)
    assert status == 200
    assert 'lang="en"' in text
    status, text = server.edit(INDICATOR, "per_year: 4", "per_year: 7", page)
    assert (status, "7</span> a year" in text) == (200, True)

    # A word that is wrong, then what is no YAML at all: the server lives, and says where.
    status, text = server.edit(INDICATOR, "per_year: 7", "per_yaer: 7", page)
    assert status == 500
    line = next(
        number
        for number, line in enumerate((server.root / INDICATOR).read_text(encoding="utf-8").splitlines(), 1)
        if "per_yaer" in line
    )
    assert f"{INDICATOR}:{line}:7" in text
    assert "did you mean per_year?" in text
    status, text = server.edit(INDICATOR, "id: spouse", "id: [spouse", "")
    assert (status, "not YAML" in text) == (500, True)
    server.edit(INDICATOR, "id: [spouse", "id: spouse", "")
    status, text = server.edit(INDICATOR, "per_yaer: 7", "per_year: 4", page)
    assert (status, "4</span> a year" in text) == (200, True)

    # The same for a page's own Markdown, and for code.
    status, text = server.edit("docs/en/faq.md", "{#faq}\n", "{#faq}\n\n{{ no_such_name }}\n", "en/faq/")
    assert status == 500
    assert re.search(r"docs/en/faq\.md:\d+", text)
    status, text = server.edit("docs/en/faq.md", "{{ no_such_name }}", "A new sentence.", "en/faq/")
    assert (status, "A new sentence." in text) == (200, True)
    status, text = server.edit("hooks/fragments/indicators.py", '"abolished")', '"abolished") +', "faq/")
    assert (status, "SyntaxError" in text) == (500, True)
    status, _text = server.edit("hooks/fragments/indicators.py", '"abolished") +', '"abolished")', "faq/")
    assert status == 200


def test_what_is_no_page_is_served_or_missing(server: Server) -> None:
    assert server.get("no-such-page/")[0] == 404
    status, text = server.get("en/estimator/")
    assert status == 200
    for module in re.findall(r'<script type="module" src="((?:\.\./)+assets/[^"]+)"', text):
        assert server.get(module.replace("../", ""))[0] == 200
    assert server.get("search/search_index.json") == (200, '{"config": {}, "docs": []}')
