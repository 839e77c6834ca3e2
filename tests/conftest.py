"""Fixtures for tests of the built site, and the machine's own Chromium."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.server import serving
from tools import bootstrap

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"
SOURCES = (
    "docs",
    "hooks",
    "rules",
    "estimator",
    "runtime",
    "mkdocs.yml",
    "mkdocs.en.yml",
    "package-lock.json",
    "pyproject.toml",
)

LONGEST = (
    "test_every_page_is_accessible_fits_and_asks_no_other_host",
    "test_both_generators_make_the_same_pages_of_it",
    "test_all_of_it_in_one_checkout_from_edits_to_the_built_site",
)

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-gpu",
]


# A machine that runs two test processes and two browsers may be slow; a right answer that comes late is still right.
expect.set_options(timeout=30_000)


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """One test process at a time; a directory is made by one of them only."""
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.rmdir()


def is_fresh(site: Path) -> bool:
    """Whether the site was built after the last change of anything that it is made from."""
    built = site / "en" / "index.html"
    if not built.is_file():
        return False
    files = (
        file for name in SOURCES for file in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))
    )
    newest = max(file.stat().st_mtime for file in files if file.is_file() and "__pycache__" not in file.parts)
    return newest <= built.stat().st_mtime


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The site of this checkout, built now if the one in site/ is missing or old."""
    base = tmp_path_factory.getbasetemp()
    with alone((base if worker_id == "master" else base.parent) / "site.lock"):
        if not is_fresh(SITE):
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--quiet"]
            done = subprocess.run(
                command, cwd=ROOT, text=True, capture_output=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}
            )
            assert done.returncode == 0, done.stdout + done.stderr
    return SITE


@pytest.fixture(scope="session")
def site_url(built_site: Path) -> Iterator[str]:
    """Address of the served site, ending in a slash."""
    with serving(built_site) as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers; a process can have but one."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, started once, with a profile of its own that is thrown away."""
    path = bootstrap.find_headless()
    assert path, "no Chromium found: run `python3 tools/bootstrap.py --browsers`, or set CHROMIUM to its path"
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    # The sandbox refuses to start for root, which is what most containers run as.
    arguments = [*ARGUMENTS, "--no-sandbox"] if as_root else ARGUMENTS
    chromium = playwright.chromium.launch(executable_path=path, args=arguments)
    yield chromium
    chromium.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no process is left with one of them while the other has nothing to do."""
    items.sort(key=lambda item: not item.name.startswith(LONGEST))
