"""The command line: the only part of the estimator that touches files. ``python -m estimator score FILE --on DAY --json``."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from .answers import Fault, collecting, decode, read_answers
from .calendar import parse_day
from .model import Rulebook
from .paths import Path as Way
from .paths import Wishes, paths
from .project import MOST_YEARS, Projection, project
from .roster import Table, result_of, write_results
from .score import Estimate, score
from .words import aliases, join, say_fault, say_reason

DATA = Path(__file__).resolve().parent / "data"
#: In a checkout the policy lies beside this package; an installed wheel has only the bundle.
RULES = Path(__file__).resolve().parent.parent / "rules"


class Fatal(Exception):
    """The command cannot go on; the text says why and what to do."""


def load_bundle(data: Path = DATA, rules: Path = RULES) -> dict[str, Any]:
    """The rulebook's bundle. In a checkout whose YAML was edited since, it is made anew first. Raises ``Fatal``."""
    path = data / "rulebook.json"
    bundle: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    if (rules / "scheme.yaml").is_file() and (bundle is None or bundle.get("files") != digest(rules)):
        made = subprocess.run(
            [sys.executable, "-m", "rules", "bundle", "--out", str(data)],
            cwd=rules.parent,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if made.returncode:
            raise Fatal(
                f"The rules were edited, and the bundle could not be made anew (run “make check”):\n{made.stderr.strip()}"
            )
        bundle = json.loads(path.read_text(encoding="utf-8"))
    if bundle is None:
        raise Fatal(f"{path.name} is missing; run “python -m rules bundle”.")
    return bundle


def digest(root: Path) -> str:
    """A hash of the policy files, as ``rules.bundle.digest`` computes it."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml"), key=lambda p: p.relative_to(root).as_posix()):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def load_words(lang: str, data: Path = DATA) -> dict[str, Any]:
    """The words of one language."""
    words: dict[str, Any] = json.loads((data / f"words.{lang}.json").read_text(encoding="utf-8"))
    return words


def read_input(name: str) -> str:
    """The text of a file, or of standard input for ``-``. Raises ``Fatal``."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise Fatal(f"{name}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Fatal(f"{name}: not UTF-8 text") from None


def _on(text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r}: give a day as YYYY-MM-DD")
    return day


def print_estimate(words: dict[str, Any], estimate: Estimate) -> None:
    """The estimate for a person, in the language of ``words``."""
    zh = words["lang"] == "zh"
    total = _range(estimate.low, estimate.high)
    verdict = {
        "yes": ("达到", "reaches the standard"),
        "no": ("未达到", "below the standard"),
        "unknown": ("还不能确定", "still open"),
    }[estimate.reaches_standard]
    if zh:
        print(f"{estimate.on} 估算：{total} 分（标准分值 {estimate.standard} 分，{verdict[0]}）")
    else:
        print(f"Estimate for {estimate.on}: {total} points (standard {estimate.standard}: {verdict[1]})")
    for item in estimate.items:
        entry = words["indicators"][item.id]
        print(f"  {entry['name']}{'：' if zh else ': '}{_range(item.low, item.high)}")
        for step in item.reasons:
            print(f"      {say_reason(words, step)}")
    for check in estimate.checks:
        mark = {"yes": "✓", "no": "✗", "unknown": "?", "ask": "·"}[check.holds]
        print(f"  {mark} {words['eligibility'][check.id]['text']}")
    print(
        f"规则版本 {estimate.rules}。这是估算，以区人才服务中心的审核为准。"
        if zh
        else f"Rules {estimate.rules}. This is an estimate; the district talent service centre decides."
    )


def _range(low: int, high: int) -> str:
    text = str(low) if low == high else f"{low} … {high}"
    return text.replace("-", "−")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m estimator", description="Estimate Shanghai residence permit points."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, does, reads in (
        ("score", "score one applicant", "the answers as JSON; - is standard input"),
        ("project", "how the score goes on over the years", "the answers as JSON; - is standard input"),
        ("paths", "the ways to reach the standard", "the answers as JSON; - is standard input"),
        (
            "batch",
            "score a roster; CSV on standard output",
            "CSV with a column for each answer, and id; - is standard input",
        ),
    ):
        command = commands.add_parser(name, help=does)
        command.add_argument("file", metavar="FILE", help=reads)
        command.add_argument("--on", type=_on, required=True, help="the day of the estimate, YYYY-MM-DD")
        command.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the words (default: zh)")
        if name != "batch":
            command.add_argument("--json", action="store_true", help="print JSON")
        if name != "score":
            command.add_argument("--years", type=_years, default=10, help="how many years ahead to look (default: 10)")
    return parser


def _years(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_YEARS):
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number from 1 to {MOST_YEARS}")
    return int(text)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, or 2 where the input is refused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        book = Rulebook.from_bundle(load_bundle())
        words = load_words(options.lang)
        return run(options, book, words)
    except Fatal as error:
        print(error, file=sys.stderr)
        return 2


def run(options: argparse.Namespace, book: Rulebook, words: dict[str, Any]) -> int:
    """Carry out the parsed command with these rules and words."""
    faults: list[Fault] = []
    with collecting(faults):
        book.in_force(options.on)
    text = read_input(options.file)
    if options.command == "batch":
        return _batch(options, book, words, text, faults)
    with collecting(faults):
        answers = read_answers(book, decode(text, faults), options.on)
    if faults:
        report(words, faults)
        return 2
    if options.command == "project":
        ahead = project(book, answers, options.years)
        print(json.dumps(ahead.as_json())) if options.json else print_projection(words, ahead)
    elif options.command == "paths":
        found = paths(book, answers, Wishes(years=options.years))
        print(json.dumps([path.as_json() for path in found])) if options.json else print_paths(words, found)
    else:
        estimate = score(book, answers)
        print(json.dumps(estimate.as_json())) if options.json else print_estimate(words, estimate)
    return 0


def _batch(options: argparse.Namespace, book: Rulebook, words: dict[str, Any], text: str, faults: list[Fault]) -> int:
    """Score a roster. A refused row is reported with its line; the others are scored all the same."""
    with collecting(faults):
        rows = list(Table(book, text, aliases(load_words("zh"), load_words("en"))))
    if faults:
        report(words, faults)
        return 2
    results = []
    for row in rows:
        result = result_of(book, row, options.on, options.years)
        results.append(result)
        for fault in result["faults"]:
            print(f"{options.file}:{row.line}: {_say(words, fault)}", file=sys.stderr)
    sys.stdout.write(write_results(results, lambda fault: _say(words, fault)))
    return 0


def _say(words: dict[str, Any], fault: Mapping[str, Any]) -> str:
    return say_fault(words, Fault(fault["code"], fault["key"], fault["value"], fault["allowed"]))


def print_projection(words: dict[str, Any], ahead: Projection) -> None:
    """The projection for a person."""
    zh = words["lang"] == "zh"
    for change in ahead.timeline:
        because = join(
            (f"{words['indicators'][name]['name']} {points:+d}".replace("-", "−") for name, points in change.because),
            words["lang"],
        )
        note = f"（{because}）" if zh else f" ({because})"
        print(f"{change.date}  {_range(change.low, change.high)}{note if because else ''}")
    for day, zh_text, en_text in (
        (ahead.reaches_on, "首次达到标准分值", "First at the standard"),
        (ahead.falls_below_on, "之后首次低于标准分值", "First below it again"),
    ):
        print(f"{zh_text}：{day or '推算期内没有'}" if zh else f"{en_text}: {day or 'not within these years'}")


def print_paths(words: dict[str, Any], found: list[Way]) -> None:
    """The ways for a person."""
    zh = words["lang"] == "zh"
    if not found:
        print("推算期内没有找到办法。" if zh else "No way was found within these years.")
    for path in found:
        names = join((words["actions"][action.id]["name"] for action in path.actions), words["lang"]) or (
            "照现在这样等待" if zh else "Wait, with everything as it is"
        )
        spare = f"超出 {path.margin} 分" if zh else f"{path.margin} to spare"
        until = (
            ""
            if path.falls_below_on is None
            else (f"，到 {path.falls_below_on} 又低于标准" if zh else f", below again on {path.falls_below_on}")
        )
        print(f"{path.reaches_on}  {path.low_then}{'（' if zh else ' ('}{spare}{until}{'）' if zh else ')'}  {names}")
    if found:
        print(words["assumption"])


def report(words: dict[str, Any], faults: Iterable[Fault]) -> None:
    """Say every fault on standard error."""
    for fault in faults:
        print(say_fault(words, fault), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
