"""A roster of 10,000 rows in Chromium, settings as they are at first: seconds from choosing the file to the summary, and memory."""

from __future__ import annotations

import json
import time
from pathlib import Path

from tests.applicants import applicants

from .chromium import chromium
from .link import shaped
from .served import site
from .table import show, spread

ROOT = Path(__file__).resolve().parent.parent
ROWS = 10_000
ROUNDS = 3


def table(rows: int) -> str:
    """Made-up people as the CSV that the page takes."""
    book = json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))
    keys = [question["key"] for question in book["questions"] if question["type"] != "history"]
    people = [answers for _on, answers in applicants(book, 500, seed=5)]
    lines = [",".join(["id", *keys])]
    for number in range(rows):
        answers = people[number % len(people)]
        lines.append(",".join([f"e{number:05}", *(cell(answers.get(key)) for key in keys)]))
    return "\r\n".join(lines)


def cell(value: object) -> str:
    """One answer as a spreadsheet holds it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def run(rows: int = ROWS, rounds: int = ROUNDS) -> None:
    """Print the seconds and the megabytes."""
    text = table(rows)
    seconds, used, memory = [], [], []
    with shaped(site()) as (address, _wire), chromium() as (browser, family):
        for _round in range(rounds):
            context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 900})
            page = context.new_page()
            page.goto(f"{address}en/roster/")
            page.locator("#on").fill("2026-11-21")
            page.locator("#on").blur()
            file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": text.encode()}
            page.wait_for_timeout(3_000)  # the worker starts meanwhile, as it does while a person looks for the file
            begun, before = time.perf_counter(), family.processor_seconds()
            page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
            while not page.evaluate("document.querySelector('.summary')?.textContent"):
                time.sleep(0.1)
            seconds.append(time.perf_counter() - begun)
            used.append(family.processor_seconds() - before)
            memory.append(family.megabytes())
            context.close()
    show(
        ["rows", "seconds", "of the processor", "rows a second", "page, MB"],
        [
            [
                f"{rows:,}",
                spread(seconds),
                spread(used),
                f"{rows / sorted(seconds)[len(seconds) // 2]:,.0f}",
                spread(memory),
            ]
        ],
    )
