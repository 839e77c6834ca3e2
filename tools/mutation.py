"""Try the mutants that mutmut made: ``python -m tools.mutation PACKAGE [options] -- pytest's arguments``, in its folder mutants.

mutmut makes the mutants and finds out which tests run which function; but it begins pytest anew for every mutant, and most
mutants are noticed by a test that takes less than that. Here the tests are collected once, and every mutant has a process
forked from there, which ends at the first test that fails. First come quick tests that noticed many other mutants of its
function and module. Verdicts stand where mutmut keeps its own.

Before and after, all tests run in such a process without a mutant: they must pass, or no verdict is worth anything.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from mutmut.mutation import trampoline
from mutmut.state import state
from pydantic import BaseModel

from rules import checks
from rules.load import Document

#: What mutmut's files say of a mutant that no test runs, of one that lives, of one that was noticed, and of one that came to no end.
NO_TESTS, LIVES, NOTICED, ENDLESS = 33, 0, 1, 36
#: A test may take so many times as long as without a mutant, and so many seconds more: of the processor, and by the clock.
TIMES, PROCESSOR, CLOCK = 10, 5, 60
#: More memory than this is a mutant that fills it; in bytes.
MEMORY = 6 * 2**30
#: Seconds after which verdicts are written and progress is told.
EVERY = 30

# Nobody reads how a mutant failed, so no smallest example is looked for, and chance must not decide a verdict.
settings.register_profile(
    "mutants",
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def function_of(mutant: str) -> str:
    """The function that a mutant was made of, as mutmut writes it."""
    return mutant.partition("__mutmut_")[0]


class Reading:
    """What was read of the rules, kept for all mutants that have no part in it: the tests read the same files again and again."""

    def __init__(self) -> None:
        self.root = Path("rules").resolve()
        self.documents: dict[tuple[str, bytes], Document] = {}
        self.values: dict[tuple[int, type], tuple[Document, Any]] = {}
        self.policies: dict[str | None, checks.Policy] = {}
        real = vars(checks)
        self.read_policy: Callable[..., checks.Policy] = real["read_policy"]
        self.read: Callable[[Path, str], Document] = real["read"]
        self.validate: Callable[[Document, type[BaseModel]], Any] = real["validate"]
        # Before the tests take them by name.
        real.update(read_policy=self.policy, read=self.document, validate=self.value)
        ran: set[str] = state()._stats
        trampoline.set_mutant_under_test("stats")
        self.policies[None] = self.read_policy(self.root)
        #: The functions that run while the rules are read, and those of them that only see a single file.
        self.whole = set(ran)
        ran.clear()
        for name, _text in self.documents:
            self.read(self.root.parent / name, name)
        for (_id, model), (document, _value) in self.values.items():
            self.validate(document, model)
        self.single = set(ran)
        trampoline.set_mutant_under_test("")

    def forget(self, function: str) -> None:
        """Forget what a mutant of the function has a part in."""
        if function in self.whole:
            self.policies.clear()
        if function in self.single:
            self.documents.clear()
            self.values.clear()

    def policy(self, root: Path, named: str | None = None) -> checks.Policy:
        """What ``read_policy`` returns."""
        if Path(root).resolve() != self.root:
            return self.read_policy(root, named)
        if named not in self.policies:
            self.policies[named] = self.read_policy(root, named)
        return self.policies[named]

    def document(self, path: Path, name: str) -> Document:
        """What ``read`` returns."""
        if not path.is_file():
            return self.read(path, name)
        key = name, path.read_bytes()
        if key not in self.documents:
            self.documents[key] = self.read(path, name)
        return self.documents[key]

    def value(self, document: Document, model: type[BaseModel]) -> Any:
        """What ``validate`` returns."""
        key = id(document), model
        if key not in self.values:
            # With the document, so that no other takes its id.
            self.values[key] = document, self.validate(document, model)
        return self.values[key][1]


@dataclass
class Forks:
    """The plugin of pytest that runs mutants instead of tests."""

    package: str
    reading: Reading
    wanted: set[str] | None
    shortest: float
    longest: float
    processes: int
    fits: bool = True
    items: dict[str, pytest.Item] = field(default_factory=dict)
    #: Function or module → tests that noticed mutants of it.
    noticed: dict[str, collections.Counter[str]] = field(
        default_factory=lambda: collections.defaultdict(collections.Counter)
    )

    def __post_init__(self) -> None:
        statistics = json.loads(Path("mutmut-stats.json").read_text(encoding="utf-8"))
        self.runs: dict[str, list[str]] = statistics["tests_by_mangled_function_name"]
        self.takes: dict[str, float] = statistics["duration_by_test"]
        self.verdicts = {
            path: json.loads(path.read_text("utf-8")) for path in sorted(Path(self.package).rglob("*.meta"))
        }

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Tries all mutants that are wanted; nothing is left for pytest to do."""
        self.items = {item.nodeid: item for item in session.items}
        queue = [
            (path, name)
            for path, verdict in self.verdicts.items()
            for name, status in verdict["exit_code_by_key"].items()
            if (status is None if self.wanted is None else name in self.wanted)
        ]
        print(f"mutation: {len(queue)} mutants, {len(self.items)} tests", flush=True)
        if queue:
            self.fits = self.clean() and self.work(queue[::-1]) and self.clean()
        return True

    def clean(self) -> bool:
        """Whether all tests pass in a process of their own without a mutant."""
        status, last = self.wait({self.begin("", list(self.items)): None})[1:]
        if status != LIVES:
            print(
                f"mutation: without any mutant {last or 'a test'} fails ({status}): no verdict can be trusted",
                flush=True,
            )
        return status == LIVES

    def work(self, queue: list[tuple[Path, str]]) -> bool:
        """Takes mutants from the end of the queue, so many at a time as there are processes."""
        running: dict[Running, Path] = {}
        counts: collections.Counter[int] = collections.Counter()
        begun = told = time.monotonic()
        while queue or running:
            while queue and len(running) < self.processes:
                path, name = queue.pop()
                tests = self.tests(name)
                if tests:
                    running[self.begin(name, tests)] = path
                elif function_of(name) not in self.runs:
                    self.put(path, name, NO_TESTS)
                elif self.verdicts[path]["exit_code_by_key"][name] is None:
                    self.put(path, name, LIVES)
            if not running:
                break
            one, status, last = self.wait(running)
            path = running.pop(one)
            if status == NOTICED:
                for place in (function_of(one.mutant), function_of(one.mutant).rpartition(".")[0]):
                    self.noticed[place][last] += 1
            self.put(path, one.mutant, status)
            counts[status] += 1
            if time.monotonic() > told + EVERY:
                told = time.monotonic()
                self.save()
                rate = sum(counts.values()) / (told - begun)
                print(f"mutation: {dict(counts)}, {len(queue)} to come, {rate:.1f} a second", flush=True)
        self.save()
        print(f"mutation: {dict(counts)}", flush=True)
        return True

    def tests(self, mutant: str) -> list[str]:
        """Those that run its function, in the order in which one of them is likely to notice soonest. A test that mutmut did not know runs for every mutant."""
        function = function_of(mutant)
        here, near = self.noticed[function], self.noticed[function.rpartition(".")[0]]
        known = [test for test in self.runs.get(function, []) if test in self.items]
        new = [test for test in self.items if test not in self.takes] if known else []
        chosen = [test for test in known + new if self.shortest < self.takes.get(test, 0.01) <= self.longest]

        def worth(test: str) -> float:
            """How likely it is to notice this one too, for the time that it takes."""
            return (here[test] + near[test] / 10 + 0.01) / (self.takes.get(test, 0.0) + 0.003)

        return sorted(chosen, key=worth, reverse=True)

    def begin(self, mutant: str, tests: list[str]) -> Running:
        """A process that runs the tests with the mutant switched on, until one fails."""
        scratch = tempfile.mkdtemp(prefix="mutant-")
        reads, writes = os.pipe()
        sys.stdout.flush()
        process = os.fork()
        if process:
            os.close(writes)
            return Running(process, mutant, reads, scratch)
        os.close(reads)
        os.setsid()
        status = NOTICED
        try:
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nothing, stream)
            os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["TMPDIR"] = tempfile.tempdir = scratch
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            self.reading.forget(function_of(mutant))
            trampoline.set_mutant_under_test(mutant)
            # What the environment says has no say: tests change it, and commands that they begin must not run mutants otherwise.
            trampoline.get_mutant_under_test = lambda: mutant
            session = self.items[tests[0]].session
            session.config.pluginmanager.unregister(name="terminalreporter")
            session.config.pluginmanager.register(Failing(writes))
            for test, after in zip(tests, [*tests[1:], None], strict=True):
                limit = TIMES * self.takes.get(test, 1.0)
                signal.setitimer(signal.ITIMER_VIRTUAL, limit + PROCESSOR)
                signal.setitimer(signal.ITIMER_REAL, limit + CLOCK)
                item, following = self.items[test], self.items[after] if after else None
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            status = LIVES
        except BaseException as error:
            os.write(writes, repr(error)[:200].encode())
        finally:
            os._exit(status)

    def wait(self, running: dict[Running, Any]) -> tuple[Running, int, str]:
        """The first of them to end: which, its status and the test that failed."""
        process, status = os.wait()
        one = next(each for each in running if each.process == process)
        last = os.read(one.reads, 4096).decode()
        os.close(one.reads)
        # Whatever its tests have begun and left behind goes with it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        shutil.rmtree(one.scratch, ignore_errors=True)
        code = os.waitstatus_to_exitcode(status)
        return one, ENDLESS if code in (-signal.SIGVTALRM, -signal.SIGALRM) else code, last

    def put(self, path: Path, mutant: str, status: int) -> None:
        """Keep a verdict."""
        self.verdicts[path]["exit_code_by_key"][mutant] = status

    def save(self) -> None:
        """Write the verdicts, each file whole or not at all."""
        for path, verdict in self.verdicts.items():
            made = path.with_name(path.name + ".new")
            made.write_text(json.dumps(verdict, indent=4), encoding="utf-8")
            made.replace(path)


@dataclass(frozen=True)
class Running:
    """A mutant that is being tried: its process, where that names the test that failed, and its temporary files."""

    process: int
    mutant: str
    reads: int
    scratch: str


@dataclass
class Failing:
    """What pytest does in such a process when a test fails: it ends, and tells nobody but the one who waits."""

    writes: int

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Before pytest writes down where it failed, for which it would parse a file with all its mutants."""
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            os.write(self.writes, item.nodeid.encode())
            os._exit(NOTICED)


def main() -> int:
    """1 where the tests do not pass without a mutant."""
    parser = argparse.ArgumentParser(prog="tools.mutation")
    parser.add_argument("package")
    parser.add_argument("--names", type=Path, help="a JSON list of the mutants to try; without it, those never tried")
    parser.add_argument("--shortest", type=float, default=-1.0, help="seconds: only tests that take longer")
    parser.add_argument("--longest", type=float, default=float("inf"), help="seconds: only tests that take no longer")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    dashes = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    given = parser.parse_args(sys.argv[1:dashes])
    settings.load_profile("mutants")
    sys.path.insert(0, str(Path.cwd()))
    wanted = set(json.loads(given.names.read_text(encoding="utf-8"))) if given.names else None
    forks = Forks(given.package, Reading(), wanted, given.shortest, given.longest, given.processes)
    status = pytest.main(sys.argv[dashes + 1 :], plugins=[forks])
    return int(bool(status) or not forks.fits)


if __name__ == "__main__":
    sys.exit(main())
