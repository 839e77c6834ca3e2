"""Everything that reads the code without running it: rules, style, types.

    python tools/check.py

Runs all of them even when one fails, and fails if any did.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = [name for name in ("rules", "estimator", "runtime", "hooks", "tools") if any((ROOT / name).glob("*.py"))]


def checks() -> list[list[str]]:
    """The commands, in the order in which they run."""
    python = sys.executable
    commands = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy", *PACKAGES],
    ]
    if (ROOT / "rules" / "__main__.py").exists():
        commands.insert(0, [python, "-m", "rules", "check"])
    return commands + typescript_checks()


def typescript_checks() -> list[list[str]]:
    """One command for each tsconfig: the page and the worker see different globals, so they have one each."""
    node = shutil.which("node") or "node"
    tsc = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
    return [[node, str(tsc), "--project", str(path)] for path in sorted(ROOT.glob("tsconfig*.json"))]


def run_all(commands: list[list[str]]) -> int:
    """Run every command; 1 if any failed."""
    failed = 0
    for command in commands:
        print("$", " ".join(part.replace(f"{ROOT}/", "") for part in command), flush=True)
        failed |= subprocess.run(command, cwd=ROOT).returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(run_all(checks()))
