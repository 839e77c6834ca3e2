"""Lighthouse for home, an indicator's page and the estimator in both languages, as a phone on a slow line sees them.

Lighthouse makes a guess at that line from one fast visit (its own "simulate"), so the scores do not shake with the machine; the
median of three runs is shown. The served files are those of a release.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
from pathlib import Path
from typing import Any

from tools import bootstrap

from .link import shaped
from .served import site
from .table import show

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("", "en/", "indicators/si_base/", "en/indicators/si_base/", "estimator/", "en/estimator/")
KINDS = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3


def audit(address: str) -> dict[str, Any]:
    """One report of one page."""
    node, chromium = shutil.which("node"), bootstrap.find_chromium()
    if not node or not chromium:
        raise SystemExit("lighthouse: needs node and Chromium: python3 tools/bootstrap.py --browsers")
    command = [
        node,
        str(ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"),
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(KINDS)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-background-networking",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"CHROME_PATH": chromium})
    if done.returncode:
        raise SystemExit(f"lighthouse: {address}: {done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def run(runs: int = RUNS) -> None:
    """Print the four scores of each page, what it loads, and what moved; then every audit that lost points."""
    rows, lost = [], {}
    with shaped(site()) as (address, _wire):
        for page in PAGES:
            reports = [audit(f"{address}{page}") for _run in range(runs)]
            scores = [
                statistics.median(report["categories"][kind]["score"] or 0 for report in reports) for kind in KINDS
            ]
            numbers = [
                statistics.median(report["audits"][name].get("numericValue", 0) for report in reports)
                for name in (
                    "first-contentful-paint",
                    "largest-contentful-paint",
                    "total-blocking-time",
                    "cumulative-layout-shift",
                    "total-byte-weight",
                )
            ]
            shown = [
                f"{numbers[0] / 1000:.1f}",
                f"{numbers[1] / 1000:.1f}",
                f"{numbers[2]:.0f}",
                f"{numbers[3]:.3f}",
                f"{numbers[4] / 1024:.0f}",
            ]
            rows.append([f"/{page}", *(f"{score * 100:.0f}" for score in scores), *shown])
            for kind in KINDS:
                for reference in reports[0]["categories"][kind]["auditRefs"]:
                    found = reports[0]["audits"][reference["id"]]
                    if found["score"] is not None and found["score"] < 0.9 and reference["weight"]:
                        lost.setdefault(f"{kind}: {found['title']} ({found.get('displayValue', '')})", []).append(
                            f"/{page}"
                        )
    show(["page", *KINDS, "paint, s", "largest, s", "blocked, ms", "moved", "KiB"], rows)
    for title, pages in lost.items():
        print(f"- {title}: {', '.join(pages)}")
