"""``python -m rules check``: the maintainer's commands."""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from .bundle import write
from .checks import Policy, RulesError, read_policy
from .dated import named_day
from .schema import schemas

ROOT = Path(__file__).resolve().parent
DATA = ROOT.parent / "estimator" / "data"


class Failed(Exception):
    """The command cannot go on; the text says why and what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0, 1 where the rules have faults, 2 where the command cannot be carried out."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        return int(options.run(options) or 0)
    except Failed as error:
        print(error, file=sys.stderr)
        return 2
    except RulesError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        count = len(error.faults)
        print(f"{count} {'fault' if count == 1 else 'faults'}.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rules", description="Check the policy in rules/ and make what is generated from it."
    )
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="the folder with the YAML files (default: rules/ of this checkout)"
    )
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, run: object, does: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=does, description=does[:1].upper() + does[1:] + ".")
        found.set_defaults(run=run)
        return found

    def languages(parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--lang", choices=("zh", "en", "both"), default="both")

    check = command("check", _check, "report every fault as file:line:column: message")
    check.add_argument(
        "--on", type=_day, help="also what has expired by this day, YYYY-MM-DD (default: SOURCE_DATE_EPOCH)"
    )
    bundle = command("bundle", _bundle, "write rulebook.json and the words for the estimator")
    bundle.add_argument("--out", type=Path, default=DATA)
    schema = command("schema", _schema, "write the JSON Schemas for editors")
    schema.add_argument("--out", type=Path, default=ROOT / "schema")
    tidy = command("format", _format, "bring every rule file into the one form, comments kept")
    tidy.add_argument("--check", action="store_true", help="only name the files that are not in it")
    compare = command("diff", _diff, "say what changed between two versions, in sentences, and for whom")
    compare.add_argument(
        "old", metavar="OLD", nargs="?", default="HEAD", help="a folder with rules, or a Git revision (default: HEAD)"
    )
    compare.add_argument(
        "new", metavar="NEW", nargs="?", help="the same for the newer version (default: the rules as they are now)"
    )
    compare.add_argument(
        "--people", type=int, default=2000, metavar="N", help="how many made-up people to score (0: none)"
    )
    languages(compare)
    keep = command(
        "record", _record, "record what changed since the last edition in rules/changes/, for the site's change log"
    )
    keep.add_argument(
        "old",
        metavar="OLD",
        nargs="?",
        help="the older rules: a folder or a Git revision (default: where the last record was made)",
    )
    keep.add_argument("--first", action="store_true", help="record a first edition, which changes nothing")
    keep.add_argument("--check", action="store_true", help="only see whether these rules are on record")
    keep.add_argument(
        "--people", type=int, default=2000, metavar="N", help="how many made-up people to score (0: none)"
    )
    stale = command("due", _due, "list the sources to look at again, those that most people's points rest on first")
    stale.add_argument("--on", type=_day, default=date.today(), help="the day, YYYY-MM-DD (default: today)")
    stale.add_argument(
        "--within", type=int, default=0, metavar="DAYS", help="also those that are due within so many days"
    )
    stale.add_argument(
        "--markdown", action="store_true", help="print the list as Markdown, for an issue; nothing where nothing is due"
    )
    languages(stale)
    _new_parser(command("new", _new, "begin a new rule: commented YAML with its blanks marked"))
    return parser


def _new_parser(parser: argparse.ArgumentParser) -> None:
    from .scaffold import GRADES, KINDS, METHODS

    kinds = parser.add_subparsers(dest="what", required=True)

    def kind(name: str, does: str, *positional: str) -> argparse.ArgumentParser:
        found = kinds.add_parser(name, help=does)
        for word in positional:
            found.add_argument(word)
        found.add_argument(
            "--on", type=_day, default=date.today(), help="the day it was looked up, YYYY-MM-DD (default: today)"
        )
        return found

    kind("source", "a notice or a page", "id").add_argument("--grade", choices=GRADES, default="official")
    year = kind("wage-year", "the insurance year after the last one", "source")
    year.add_argument("--ceiling", type=int, help="highest base, yuan a month")
    year.add_argument("--floor", type=int, help="lowest base, yuan a month")
    indicator = kind("indicator", "an indicator, with its question", "id", "source")
    indicator.add_argument("--kind", choices=KINDS, default="bonus")
    indicator.add_argument(
        "--method", choices=METHODS, default="flag", help="how its points are counted (default: flag)"
    )
    indicator.add_argument("--answer", metavar="KEY", help="a question that is there already")
    kind("material", "something to bring for an indicator", "id", "indicator", "source")
    kind("case", "a file of golden cases", "name")


def _check(options: argparse.Namespace) -> None:
    try:
        policy = read_policy(options.root, str(options.on) if options.on else named_day())
    except ValueError as error:
        raise Failed(str(error)) from None
    print(
        f"The rules are in order: {len(policy.indicators)} indicators, {len(policy.questions)} questions, {len(policy.sources)} sources."
    )


def _bundle(options: argparse.Namespace) -> None:
    write(read_policy(options.root), options.out)


def _schema(options: argparse.Namespace) -> None:
    options.out.mkdir(parents=True, exist_ok=True)
    for name, value in schemas().items():
        (options.out / name).write_text(
            json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
        )


def _format(options: argparse.Namespace) -> int:
    from .tidy import untidy

    found = untidy(options.root)
    for path, text in found.items():
        print(path)
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
    return int(bool(found) and options.check)


def _new(options: argparse.Namespace) -> None:
    from . import scaffold as s

    policy, on = read_policy(options.root), options.on.isoformat()
    try:
        pieces = {
            "source": lambda: s.source(policy, options.id, on, options.grade),
            "wage-year": lambda: s.wage_year(policy, options.source, on, options.ceiling, options.floor),
            "indicator": lambda: s.indicator(
                policy, options.id, on, options.kind, options.method, options.source, options.answer
            ),
            "material": lambda: s.material(policy, options.id, on, options.indicator, options.source),
            "case": lambda: s.case(policy, options.name, on),
        }[options.what]()
        blanks = list(s.put(pieces, options.root.resolve().parent))
    except s.Unfit as error:
        raise Failed(str(error)) from None
    print(
        "\n".join(
            [
                *dict.fromkeys(piece.file for piece in pieces),
                *([f"{len(blanks)} blanks to fill:", *blanks] if blanks else []),
            ]
        )
    )


def _languages(options: argparse.Namespace) -> tuple[str, ...]:
    return ("zh", "en") if options.lang == "both" else (options.lang,)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: give a day as YYYY-MM-DD") from None


def _version(name: str, options: argparse.Namespace) -> Policy:
    """The policy of a folder or a revision. Raises ``Failed``, or ``RulesError`` with faults that name the version, as Git does."""
    from .record import NoSuchVersion, version

    with tempfile.TemporaryDirectory() as scratch:
        try:
            return read_policy(version(name, Path(scratch), options.root.resolve().parent))
        except NoSuchVersion as error:
            raise Failed(str(error)) from None
        except RulesError as error:
            raise RulesError([replace(fault, file=f"{name}:{fault.file}") for fault in error.faults]) from None


def _diff(options: argparse.Namespace) -> None:
    """Say what changed, and what it does to a made-up population."""
    from .diff import differences
    from .impact import impacts

    old = _version(options.old, options)
    new = read_policy(options.root) if options.new is None else _version(options.new, options)
    changes = differences(old, new)
    for change in changes:
        for lang in _languages(options):
            print(change.say(lang))
    if not changes:
        print("\n".join({"zh": "没有变化。", "en": "Nothing has changed."}[lang] for lang in _languages(options)))
    for found in impacts(old, new, changes, options.people) if options.people else []:
        for lang in _languages(options):
            print(found.say(lang))


def _record(options: argparse.Namespace) -> int:
    """Record the edition, unless these rules are on record already."""
    from .record import NoSuchVersion, is_recorded, keep, last_recorded, make

    new = read_policy(options.root)
    if is_recorded(new):
        print(f"On record: rules/changes/{new.records[0].id}.yaml")
        return 0
    if options.check:
        print("These rules are not on record. Run: python -m rules record", file=sys.stderr)
        return 1
    try:
        old = None if options.first else _version(options.old or last_recorded(options.root.resolve().parent), options)
    except NoSuchVersion as error:
        raise Failed(str(error)) from None
    record = make(old, new, options.people)
    path = keep(record, options.root)
    print(
        f"{path}: {len(record.changes)} changes. Read it, improve a sentence where you can, and commit it with the rules."
    )
    return 0


def _due(options: argparse.Namespace) -> None:
    from .due import due, report

    policy = read_policy(options.root)
    if options.markdown:
        print(report(policy, options.on, options.within), end="")
        return
    for entry in due(policy, options.on, options.within):
        for lang in _languages(options):
            print(entry.say(lang))


if __name__ == "__main__":
    sys.exit(main())
