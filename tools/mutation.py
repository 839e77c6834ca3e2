"""Try the mutants that mutmut made: ``python -m tools.mutation PACKAGE [options] -- pytest's arguments``, in its folder mutants.

mutmut makes the mutants and finds out which tests run which function; but it begins pytest anew for every mutant, and most
mutants are noticed by a test that takes less than that. Here the tests are collected once, and every mutant has a process
forked from there, which ends at the first test that fails. All tests are run once to see which lines each of them runs, so
that a mutant meets only those that run what it changes: first quick ones that do there what few others do, or that noticed
other mutants of its function and module. Verdicts stand where mutmut keeps its own.

Before and after, all tests run in such a process without a mutant: they must pass, or no verdict is worth anything. A mutant
may write where the code would not: after each, the folder is compared with how it was, and mended.
"""

from __future__ import annotations

import argparse
import ast
import collections
import contextlib
import difflib
import gc
import itertools
import json
import linecache
import os
import resource
import shutil
import signal
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage
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
        self.keeps = True
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
        if not self.keeps or Path(root).resolve() != self.root:
            return self.read_policy(root, named)
        if named not in self.policies:
            self.policies[named] = self.read_policy(root, named)
        return self.policies[named]

    def document(self, path: Path, name: str) -> Document:
        """What ``read`` returns."""
        if not self.keeps or not path.is_file():
            return self.read(path, name)
        key = name, path.read_bytes()
        if key not in self.documents:
            self.documents[key] = self.read(path, name)
        return self.documents[key]

    def value(self, document: Document, model: type[BaseModel]) -> Any:
        """What ``validate`` returns."""
        if not self.keeps:
            return self.validate(document, model)
        key = id(document), model
        if key not in self.values:
            # With the document, so that no other takes its id.
            self.values[key] = document, self.validate(document, model)
        return self.values[key][1]


class Tree:
    """The files that the tests read, kept as they were before any mutant wrote among them."""

    def __init__(self) -> None:
        self.kept = {path: (self.seen(path), path.read_bytes()) for path in self.files()}

    def files(self) -> Iterator[Path]:
        """All but what Python, mutmut and this module keep here."""
        for folder, folders, names in os.walk("."):
            folders[:] = [name for name in folders if name not in ("__pycache__", "node_modules", ".hypothesis")]
            own = [name for name in names if name.startswith(("lines.", "mutmut-")) or ".meta" in name]
            yield from (Path(folder, name) for name in names if name not in own)

    def seen(self, path: Path) -> tuple[int, int]:
        """What tells a file that was written to from one that was not."""
        found = path.stat()
        return found.st_mtime_ns, found.st_size

    def mend(self) -> list[Path]:
        """Put back what is not as it was; returns it."""
        now = {path: self.seen(path) for path in self.files()}
        wrong = [path for path, (seen, _content) in self.kept.items() if now.get(path) != seen]
        for path in wrong:
            path.parent.mkdir(parents=True, exist_ok=True)
            (time_of, _size), content = self.kept[path]
            path.write_bytes(content)
            os.utime(path, ns=(time_of, time_of))
        more = [path for path in now if path not in self.kept]
        for path in more:
            path.unlink()
        return wrong + more


class Lines:
    """Which tests run which line, found by running all of them once; a mutant is tried by those that run what it changes."""

    def __init__(self, package: str) -> None:
        self.file = Path("lines.coverage").resolve()
        self.cost_file = self.file.with_suffix(".json")
        #: Seconds that fixtures take which several tests share, and that the tests take which are the first to ask for them.
        self.costs: dict[str, float] = {}
        self.takes: dict[str, float] = {}
        self.coverage = coverage.Coverage(data_file=str(self.file), source=[package], config_file=False, messages=False)
        self.contexts: dict[Path, dict[int, list[str]]] = {}
        self.fixtures: dict[str, list[str]] = {}
        self.statements: dict[str, list[range]] = {}
        self.rarities: dict[str, dict[str, float]] = {}
        made = self.file.stat().st_mtime if self.file.is_file() else 0
        sources = [*Path(package).rglob("*.py"), *Path("tests").rglob("*.*")]
        #: Whether they are still to be run.
        self.missing = any(path.stat().st_mtime > made for path in sources if "__pycache__" not in path.parts)
        if self.missing:
            self.file.unlink(missing_ok=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool | None, bool | None]:
        """What runs here is the test's."""
        self.test = item.nodeid
        self.coverage.switch_context(self.test)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """What runs for a fixture that several tests share runs for all of them."""
        if fixturedef.scope == "function":
            return (yield)
        self.coverage.switch_context(f"fixture:{fixturedef.argname}")
        begun = time.monotonic()
        try:
            return (yield)
        finally:
            self.costs[fixturedef.argname] = time.monotonic() - begun
            self.coverage.switch_context(self.test)

    def write(self) -> None:
        """Leave for the process that waits what was found out in this one."""
        self.coverage.stop()
        self.coverage.save()
        self.cost_file.write_text(json.dumps(self.costs), encoding="utf-8")

    def read(self, items: dict[str, pytest.Item]) -> None:
        """Take over what the process that ran them has written down."""
        costs = json.loads(self.cost_file.read_text(encoding="utf-8"))
        data = coverage.CoverageData(basename=str(self.file))
        data.read()
        self.contexts = {Path(name).resolve(): data.contexts_by_lineno(name) for name in data.measured_files()}
        for test, item in items.items():
            for name in getattr(item, "fixturenames", ()):
                self.fixtures.setdefault(f"fixture:{name}", []).append(test)
                self.takes[test] = self.takes.get(test, 0.0) + costs.get(name, 0.0)

    def tests(self, source: Path, mutant: str) -> set[str]:
        """Those that run a statement that the mutant changes; ``source`` is the file with all mutants."""
        short = mutant.rpartition(".")[2]
        (first, last), (start, end) = self.span(source, mutant)
        lines = [
            linecache.getline(str(source.resolve()), number) for number in range(min(first, start), max(last, end) + 1)
        ]
        base = min(first, start)
        before, after = lines[first - base : last - base + 1], lines[start - base : end - base + 1]
        # The name of the function differs in any case.
        head = next(index for index, line in enumerate(before) if "__mutmut_orig" in line)
        after[head] = before[head] if short in after[head] else after[head]
        changed = {
            index
            for tag, low, high, *_ in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
            if tag != "equal"
            for index in range(low, max(high, low + 1))
        }
        if not changed or min(changed) <= head:
            wanted = set(range(len(before)))
        else:
            wanted = {line for index in changed for line in self.statement("".join(before), index)}
        return {test for index in wanted for test in self.of_line(source, first + index)}

    def rarity(self, source: Path, mutant: str) -> dict[str, float]:
        """How much each test does in the function of the mutant that few others do: a fault that it is about, perhaps."""
        function = function_of(mutant)
        if function not in self.rarities:
            found = self.rarities[function] = collections.defaultdict(float)
            first, last = self.span(source, mutant)[0]
            for number in range(first, last + 1):
                tests = self.of_line(source, number)
                for test in tests:
                    found[test] += 1 / len(tests)
        return self.rarities[function]

    def of_line(self, source: Path, number: int) -> set[str]:
        """The tests that run a line."""
        contexts = self.contexts.get(source.resolve(), {}).get(number, ())
        return {test for context in contexts for test in self.fixtures.get(context, [context])}

    def span(self, source: Path, mutant: str) -> tuple[list[int], list[int]]:
        """First and last line of the function that a mutant was made of, and of the mutant."""
        spans = json.loads(source.with_name(source.name + ".spans").read_text(encoding="utf-8"))["spans"]
        short = mutant.rpartition(".")[2]
        return spans[f"{short.partition('__mutmut_')[0]}__mutmut_orig"], spans[short]

    def statement(self, source: str, index: int) -> range:
        """The lines of the smallest statement around a line, without what it holds; lines count from 0."""
        if source not in self.statements:
            found = []
            for node in ast.walk(ast.parse(textwrap.dedent(source))):
                if isinstance(node, ast.stmt) and node.end_lineno:
                    body: list[ast.stmt] = getattr(node, "body", [])
                    found.append(
                        range(node.lineno - 1, max(node.lineno, body[0].lineno - 1) if body else node.end_lineno)
                    )
                    found.append(range(node.lineno - 1, node.end_lineno))
            self.statements[source] = sorted(found, key=len)
        return next((lines for lines in self.statements[source] if index in lines), range(source.count("\n")))


@dataclass
class Forks:
    """The plugin of pytest that runs mutants instead of tests."""

    package: str
    reading: Reading
    lines: Lines
    wanted: set[str] | None
    whole: bool
    budget: float
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
        self.tree = Tree()
        # What is here stays, and no process forked from here need look through it for what has become rubbish.
        gc.freeze()
        if queue:
            self.fits = self.clean() and self.work(queue[::-1]) and self.clean()
        return True

    def clean(self) -> bool:
        """Whether all tests pass in a process of their own without a mutant; which lines they run is noted once."""
        lines = self.lines if self.lines.missing else None
        status, last = self.wait({self.begin("", list(self.items), lines): None})[1:]
        if status != LIVES:
            print(
                f"mutation: without any mutant {last or 'a test'} fails ({status}): no verdict can be trusted",
                flush=True,
            )
        else:
            self.lines.missing = False
            self.lines.read(self.items)
        return status == LIVES

    def work(self, queue: list[tuple[Path, str]]) -> bool:
        """Takes mutants from the end of the queue, so many at a time as there are processes."""
        running: dict[Running, Path] = {}
        counts: collections.Counter[int] = collections.Counter()
        alone = 0
        begun = told = time.monotonic()
        while queue or running:
            while queue and len(running) < (1 if alone else self.processes):
                path, name = queue.pop()
                tests = self.tests(path.with_suffix(""), name)
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
            if wrong := self.tree.mend():
                print(f"mutation: {one.mutant} or what ran beside it wrote to {', '.join(map(str, wrong))}", flush=True)
                if running:
                    # Whichever it was, none of them may be judged by files that another one spoilt.
                    for other in running:
                        os.kill(other.process, signal.SIGKILL)
                        os.waitpid(other.process, 0)
                        self.clear(other)
                    again = [(path, one.mutant), *((there, other.mutant) for other, there in running.items())]
                    running.clear()
                    queue += again
                    alone = len(again)
                    continue
            alone = max(0, alone - 1)
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

    def tests(self, source: Path, mutant: str) -> list[str]:
        """Those that run what it changes, or its function, in the order in which one of them is likely to notice soonest."""
        function = function_of(mutant)
        rarity = self.lines.rarity(source, mutant)
        here, near = self.noticed[function], self.noticed[function.rpartition(".")[0]]
        # mutmut does not look again at a test that has changed, and lines are not all that a test hangs on.
        found = {*self.runs.get(function, ()), *rarity} if self.whole else self.lines.tests(source, mutant)
        chosen = [test for test in found if test in self.items]

        def takes(test: str) -> float:
            """Seconds, with what it would share with others if it came first."""
            return self.takes.get(test, 0.0) + self.lines.takes.get(test, 0.0)

        def worth(test: str) -> float:
            """How likely it is to notice this one too, for the time that it takes."""
            likely = here[test] + near[test] / 10 + rarity.get(test, 0.0) + 0.01
            return likely / (takes(test) + 0.003)

        chosen.sort(key=worth, reverse=True)
        spent = itertools.accumulate(map(takes, chosen), initial=0.0)
        return [test for test, before in zip(chosen, spent, strict=False) if before < self.budget]

    def begin(self, mutant: str, tests: list[str], lines: Lines | None = None) -> Running:
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
            if lines:
                self.reading.keeps = False
                session.config.pluginmanager.register(lines)
                lines.coverage.start()
            for test, after in zip(tests, [*tests[1:], None], strict=True):
                limit = TIMES * self.takes.get(test, 1.0)
                signal.setitimer(signal.ITIMER_VIRTUAL, limit + PROCESSOR)
                signal.setitimer(signal.ITIMER_REAL, limit + CLOCK)
                item, following = self.items[test], self.items[after] if after else None
                item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if lines:
                lines.write()
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
        self.clear(one)
        code = os.waitstatus_to_exitcode(status)
        return one, ENDLESS if code in (-signal.SIGVTALRM, -signal.SIGALRM) else code, last

    def clear(self, one: Running) -> None:
        """Remove what a process that has ended leaves behind, and whatever its tests have begun."""
        os.close(one.reads)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(one.process, signal.SIGKILL)
        shutil.rmtree(one.scratch, ignore_errors=True)

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
    parser.add_argument(
        "--whole", action="store_true", help="not only the tests that run a changed line, but all of its function"
    )
    parser.add_argument(
        "--budget",
        type=float,
        default=float("inf"),
        help="seconds of tests for a mutant, those that are left are not run",
    )
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    dashes = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    given = parser.parse_args(sys.argv[1:dashes])
    settings.load_profile("mutants")
    sys.path.insert(0, str(Path.cwd()))
    wanted = set(json.loads(given.names.read_text(encoding="utf-8"))) if given.names else None
    forks = Forks(given.package, Reading(), Lines(given.package), wanted, given.whole, given.budget, given.processes)
    status = pytest.main(sys.argv[dashes + 1 :], plugins=[forks])
    return int(bool(status) or not forks.fits)


if __name__ == "__main__":
    sys.exit(main())
