"""The page's calendar files, read by a library: docs/assets/estimator/ics.mjs."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar

ROOT = Path(__file__).resolve().parent.parent
ABOUT = {"now": "2026-11-21T09:30:15.123Z", "seed": "0123456789abcdef", "lang": "zh"}


def written(events: list[dict[str, Any]]) -> bytes:
    """The file that the page would offer."""
    node = shutil.which("node")
    assert node
    done = subprocess.run(
        [node, "tests/js/calendar.mjs"],
        cwd=ROOT,
        input=json.dumps({"events": events, "about": ABOUT}).encode(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_library_reads_what_the_page_writes() -> None:
    titles = ["签注居住证", "居住证到期；签注后确认积分" * 9, "a, b; c\\d\ne", "𠮷野家" * 30, "END:VEVENT", " spaces  "]
    events = [
        {
            "id": f"e{n}",
            "date": (date(2027, 12, 29) + timedelta(days=n)).isoformat(),
            "title": title,
            "note": title[::-1],
            "alarm": n,
            "yearly": n == 2,
        }
        for n, title in enumerate(titles)
    ]
    found = icalendar.Calendar.from_ical(written(events))
    assert not found.errors and found["VERSION"] == "2.0" and found["PRODID"]
    components = found.walk("VEVENT")
    assert [str(one["SUMMARY"]) for one in components] == titles
    for event, one in zip(events, components, strict=True):
        assert not one.errors
        assert one["UID"] == f"{event['id']}-{ABOUT['seed']}@shanghai-points"
        assert one["DTSTAMP"].dt == datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC)
        assert one["DTSTART"].dt == date.fromisoformat(event["date"])
        assert one["DTEND"].dt == one["DTSTART"].dt + timedelta(days=1)
        assert str(one["DESCRIPTION"]) == event["note"]
        [alarm] = one.walk("VALARM")
        assert alarm["TRIGGER"].dt == timedelta(hours=9) - timedelta(days=event["alarm"])
        assert ("RRULE" in one) == event["yearly"]
    assert components[2]["RRULE"] == {"FREQ": ["YEARLY"]}


def test_a_file_without_events_is_a_calendar_too() -> None:
    assert icalendar.Calendar.from_ical(written([])).walk("VEVENT") == []
