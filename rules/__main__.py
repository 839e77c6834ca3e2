"""``python -m rules check``: the maintainer's commands."""

from __future__ import annotations

import argparse
import json
import sys
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
    options = parser.parse_args(arguments)
    if options.command == "schema":
        options.out.mkdir(parents=True, exist_ok=True)
        for name, value in schemas().items():
            (options.out / name).write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
        return 0
    try:
        policy = read_policy(options.root)
    except RulesError as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        count = len(error.faults)
        print(f"{count} {'fault' if count == 1 else 'faults'}.", file=sys.stderr)
        return 1
    if options.command == "bundle":
        write(policy, options.out)
    else:
        print(f"The rules are in order: {len(policy.indicators)} indicators, {len(policy.questions)} questions, {len(policy.sources)} sources.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
