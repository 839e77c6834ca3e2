"""Build the site, then run every test: types of the page's modules, JavaScript tests, Python and browser tests.

python tools/test.py [pytest's arguments]
"""

import shutil
import subprocess
import sys

from check import ROOT, run_all, typescript_checks

#: One more than the cores of a small machine: each waits for its browser about a third of the time.
PROCESSES = "3"


def main(arguments: list[str]) -> int:
    """Exit status: 0 when all passed."""
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--quiet"]
    if run_all([build]):
        return 1
    commands = typescript_checks()
    scripts = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.test.mjs"))
    if scripts:
        commands.append([shutil.which("node") or "node", "--test", *scripts])
    failed = run_all(commands)
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", PROCESSES, "--dist", "worksteal", *arguments], cwd=ROOT
    )
    return failed or tests.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
