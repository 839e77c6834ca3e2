"""``python -m rules check``: the maintainer's commands."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from datetime import date
from pathlib import Path

from .bundle import write
from .checks import RulesError, read_policy
from .schema import schemas

ROOT = Path(__file__).resolve().parent
DATA = ROOT.parent / "estimator" / "data"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, or 1 where the rules have faults."""
    parser = argparse.ArgumentParser(prog="python -m rules", description="Check the policy in rules/ and make what is generated from it.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder with the YAML files (default: rules/ of this checkout)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="report every fault as file:line:column: message")
    bundle = commands.add_parser("bundle", help="write rulebook.json and the words for the estimator")
    bundle.add_argument("--out", type=Path, default=DATA)
    schema = commands.add_parser("schema", help="write the JSON Schemas for editors")
    schema.add_argument("--out", type=Path, default=ROOT / "schema")
    compare = commands.add_parser("diff", help="say what changed between two versions, in sentences, and for whom")
    compare.add_argument("old", metavar="OLD", help="a folder with rules, or a Git revision")
    compare.add_argument("new", metavar="NEW", help="the same for the newer version")
    compare.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    compare.add_argument("--people", type=int, default=2000, metavar="N", help="how many made-up people to score (0: none)")
    stale = commands.add_parser("due", help="list the sources to look at again")
    stale.add_argument("--on", type=_day, required=True, help="the day, YYYY-MM-DD")
    stale.add_argument("--within", type=int, default=0, metavar="DAYS", help="also those that are due within so many days")
    stale.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    if options.command == "schema":
        options.out.mkdir(parents=True, exist_ok=True)
        for name, value in schemas().items():
            (options.out / name).write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
        return 0
    try:
        if options.command == "diff":
            return _diff(options)
        policy = read_policy(options.root)
    except NoSuchVersion as error:
        print(error, file=sys.stderr)
        return 2
    except RulesError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        count = len(error.faults)
        print(f"{count} {'fault' if count == 1 else 'faults'}.", file=sys.stderr)
        return 1
    if options.command == "bundle":
        write(policy, options.out)
    elif options.command == "due":
        from .due import due

        for entry in due(policy, options.on, options.within):
            for lang in _languages(options):
                print(entry.say(lang))
    else:
        print(f"The rules are in order: {len(policy.indicators)} indicators, {len(policy.questions)} questions, {len(policy.sources)} sources.")
    return 0


class NoSuchVersion(Exception):
    """Neither a folder with rules nor a revision that has them."""


def _languages(options: argparse.Namespace) -> tuple[str, ...]:
    return ("zh", "en") if options.lang == "both" else (options.lang,)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: give a day as YYYY-MM-DD") from None


def _version(name: str, scratch: Path) -> Path:
    """The folder with the rules of a version: ``name`` itself, its subfolder rules/, or the rules/ of a Git revision."""
    for folder in (Path(name), Path(name) / "rules"):
        if (folder / "scheme.yaml").is_file():
            return folder
    packed = subprocess.run(["git", "archive", name, "rules"], cwd=ROOT.parent, capture_output=True, check=False)
    if packed.returncode:
        raise NoSuchVersion(f"{name!r}: neither a folder with scheme.yaml nor a Git revision with rules/")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "rules"


def _diff(options: argparse.Namespace) -> int:
    """Say what changed, and what it does to a made-up population."""
    from .diff import days_of_interest, differences
    from .impact import impact

    with tempfile.TemporaryDirectory() as scratch:
        old, new = (read_policy(_version(name, Path(scratch) / part)) for name, part in ((options.old, "old"), (options.new, "new")))
    changes = differences(old, new)
    for change in changes:
        for lang in _languages(options):
            print(change.say(lang))
    if not changes:
        print("\n".join({"zh": "没有变化。", "en": "Nothing has changed."}[lang] for lang in _languages(options)))
    elif options.people and any(change.kind == "rule" for change in changes):
        for day in days_of_interest(changes, new):
            found = impact(old, new, day, options.people)
            for lang in _languages(options):
                print(found.say(lang))
    return 0


if __name__ == "__main__":
    sys.exit(main())
