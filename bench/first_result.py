"""Bytes on the wire and time to the first result, cold and warm, over three lines, five ways side by side.

A round goes through all ways before the next begins, so that a busy moment of the machine meets them all. Cold is a browser
context without anything kept, warm the second visit in it. Times count from the navigation to the result in the page.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Browser, Page

from .chromium import Family, chromium
from .link import LINES, Line, Wire, shaped
from .served import WAYS, Way, absolute, site
from .table import show, spread

ROUNDS = 5
#: No way is slower than this, in milliseconds.
PATIENCE = 240_000
#: Notes when the result is there; stands in the page before anything else does.
WATCH = """
(() => {
  const seen = () => { if (window.first === undefined && (() => { try { return %s; } catch { return false; } })()) window.first = performance.now(); };
  new MutationObserver(seen).observe(document, { childList: true, characterData: true, subtree: true });
  setInterval(seen, 5);
})();
"""


def visit(page: Page, way: Way, address: str) -> float:
    """Milliseconds from the navigation to the result."""
    page.goto(f"{address}{way.page}", wait_until="commit", timeout=PATIENCE)
    until = time.monotonic() + PATIENCE / 1000
    # Playwright's own waiting evaluates text in the page, which the estimator's policy forbids.
    while not page.evaluate("window.first !== undefined"):
        if time.monotonic() > until:
            raise RuntimeError(f"{way.name}: no result")
        time.sleep(0.1)
    text = page.evaluate("window.result?.text ?? ''")
    if text.startswith("failed"):
        raise RuntimeError(f"{way.name}: {text}")
    at = page.evaluate("window.result?.at ?? window.first")
    return float(at)


def measure(
    browser: Browser, family: Family, wire: Wire, line: Line, way: Way, address: str
) -> tuple[float, float, int, float]:
    """One way once: cold and warm milliseconds, bytes of the cold visit, megabytes of its processes after it."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    page.add_init_script(WATCH % way.result)
    with family.slowed(line.share):
        wire.use(line)
        cold = visit(page, way, address)
        size = wire.bytes
        # What is still on its way (the search's index, say) belongs to this visit and not to the next.
        time.sleep(1)
        memory = 0.0 if line.share < 1 else family.megabytes()
        page.goto("about:blank")
        warm = visit(page, way, address)
    context.close()
    return cold, warm, size, memory


def run(rounds: int = ROUNDS, lines: tuple[Line, ...] = LINES) -> None:
    """Print a table for each line, every way as a ratio to the stock package."""
    folder: Path = site()
    with shaped(folder) as (address, wire), chromium() as (browser, family):
        absolute(folder, address)
        for line in lines:
            found: dict[str, list[tuple[float, float, int, float]]] = defaultdict(list)
            for _round in range(rounds):
                for way in WAYS:
                    found[way.name].append(measure(browser, family, wire, line, way, address))
            report(line, found)


def report(line: Line, found: dict[str, list[tuple[float, float, int, float]]]) -> None:
    """One line's table."""
    stock = [statistics.median(each) for each in zip(*found[WAYS[0].name], strict=True)]
    rows = []
    for name, runs in found.items():
        cold, warm, size, memory = (list(each) for each in zip(*runs, strict=True))
        row = [name, f"{statistics.median(size):,.0f}", f"{statistics.median(size) / stock[2]:.3f}", spread(cold)]
        row += [f"{statistics.median(cold) / stock[0]:.3f}", spread(warm), f"{statistics.median(warm) / stock[1]:.3f}"]
        rows.append([*row, spread(memory)] if stock[3] else row)
    head = ["way", "bytes", "ratio", "cold, ms", "ratio", "warm, ms", "ratio"]
    share = "" if line.share == 1 else f", processor at {line.share:.0%}"
    width = f"{line.megabits:g} Mbit/s, {line.delay * 1000:g} ms{share}" if line.megabits else "no limit"
    print(f"\n{line.name} ({width}), {len(next(iter(found.values())))} rounds, median [middle half]\n")
    show([*head, "page, MB"] if stock[3] else head, rows)
