"""``python -m bench [NAME …]``: run the measurements, all of them or those named, and print them side by side."""

from __future__ import annotations

import sys

from . import corpus, first_result, growth, lighthouse, roster, scoring

MEASUREMENTS = {
    "first-result": first_result.run,
    "lighthouse": lighthouse.run,
    "growth": growth.run,
    "scoring": scoring.run,
    "roster": roster.run,
    "corpus": corpus.run,
}


def main(names: list[str]) -> int:
    """Run the named measurements. Returns 2 where a name is not known."""
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        print(f"{', '.join(unknown)}: no such measurement; there are {', '.join(MEASUREMENTS)}", file=sys.stderr)
        return 2
    for name in names or MEASUREMENTS:
        print(f"\n## {name}\n", flush=True)
        MEASUREMENTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
