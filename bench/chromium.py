"""Chromium for measuring: as fast as it is, or with its whole family of processes stopped most of the time.

The slowing that browsers offer themselves does not reach workers, where the estimator runs. So all of its processes are stopped
and continued by signal, ten milliseconds on and thirty off for a quarter of the speed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools import bootstrap

#: How long the browser runs at a time, in seconds.
TURN = 0.01


class Family:
    """The processes of one browser."""

    def __init__(self, mark: str):
        #: Found in the command line of each, through the profile's folder or the port.
        self.mark = mark

    def members(self) -> list[int]:
        """Their numbers: the one that was started, and whatever descends from it."""
        parents: dict[int, int] = {}
        started = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                with contextlib.suppress(OSError, ValueError, IndexError):
                    parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                    if self.mark.encode() in (entry / "cmdline").read_bytes():
                        started.append(int(entry.name))
        found = set(started)
        grown = True
        while grown:
            grown = False
            for number, parent in parents.items():
                if parent in found and number not in found:
                    found.add(number)
                    grown = True
        return sorted(found)

    def megabytes(self) -> float:
        """What the pages' processes hold for themselves: proportional set size of the renderers."""
        total = 0
        for number in self.members():
            with contextlib.suppress(OSError):
                if b"--type=renderer" in Path(f"/proc/{number}/cmdline").read_bytes():
                    lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
                    total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024

    def processor_seconds(self) -> float:
        """What the pages' processes, workers included, have used of the processor so far: it shakes less than the clock."""
        ticks = 0
        for number in self.members():
            with contextlib.suppress(OSError):
                if b"--type=renderer" in Path(f"/proc/{number}/cmdline").read_bytes():
                    used = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
                    ticks += int(used[11]) + int(used[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    @contextlib.contextmanager
    def slowed(self, share: float) -> Iterator[None]:
        """Let them run for that part of the time only."""
        if share >= 1:
            yield
            return
        over = threading.Event()

        def pace() -> None:
            known, looked = self.members(), time.monotonic()
            while not over.is_set():
                send(known, signal.SIGSTOP)
                time.sleep(TURN / share - TURN)
                send(known, signal.SIGCONT)
                time.sleep(TURN)
                if time.monotonic() - looked > 0.5:
                    known, looked = self.members(), time.monotonic()
            send(self.members(), signal.SIGCONT)

        thread = threading.Thread(target=pace, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def send(processes: list[int], what: signal.Signals) -> None:
    """A signal to each that is still there."""
    for number in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, what)


@contextlib.contextmanager
def chromium() -> Iterator[tuple[Browser, Family]]:
    """The machine's Chromium, and its processes."""
    path = bootstrap.find_chromium()
    if not path:
        raise SystemExit("no Chromium: run `python3 tools/bootstrap.py --browsers`, or set CHROMIUM to its path")
    mark = f"--bench-{os.getpid()}-{time.monotonic_ns()}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking", "--no-first-run", mark]
        )
        yield browser, Family(mark)
        browser.close()
