"""What takes long and belongs to no ordinary test run: asked for by name, told in numbers.

    python tools/campaign.py audit | coverage | mutants | oracle | fuzz [seconds] | axe | reproducible

Each prints what it found, and ends with 1 where something is wrong, with 3 where it could not be done here (a service that
does not answer). Tools that only a campaign needs come from campaigns.lock into .cache/campaigns.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache" / "campaigns"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
#: What the mutants are tried against: the tests that say what a score must be, and nothing that builds the site.
SCORING = [
    "tests/test_cases.py",
    "tests/test_properties.py",
    "tests/test_projection.py",
    "tests/test_oracle.py",
    "tests/test_explain.py",
    "tests/test_paths.py",
    "tests/test_materials.py",
    "tests/test_deadline.py",
    "tests/test_roster.py",
    "tests/test_hostile.py",
]


def say(text: str) -> None:
    """A line of the campaign's own."""
    print(f"campaign: {text}", flush=True)


def run(*command: str | Path, **environment: str) -> int:
    """The exit status of a command in the checkout."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, env=os.environ | environment).returncode


def tools() -> None:
    """Install campaigns.lock, unless it is there."""
    lock = (ROOT / "campaigns.lock").read_bytes()
    stamp = HOME / "installed-from"
    if stamp.is_file() and stamp.read_bytes() == lock:
        return
    say("installing the packages of campaigns.lock")
    venv.create(HOME, with_pip=True, clear=True)
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(ROOT / "campaigns.lock")]
    if subprocess.run(command, cwd=ROOT).returncode:
        say("the packages of campaigns.lock could not be installed; see above")
        sys.exit(3)
    stamp.write_bytes(lock)


def audit(_arguments: list[str]) -> int:
    """Ask the advisory services about everything that is locked; say plainly where one does not answer."""
    tools()
    worst = 0
    for lock in ("requirements.lock", "campaigns.lock"):
        command = [str(PYTHON), "-m", "pip_audit", "--disable-pip", "--no-deps", "--format", "json", "-r", lock]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        try:
            found = json.loads(done.stdout)["dependencies"]
        except (ValueError, KeyError):
            found = []
        asked = [one for one in found if "skip_reason" not in one]
        if not asked:
            say(f"{lock}: the advisory service gave no answer: {(done.stderr.strip() or done.stdout)[-300:]}")
            worst = max(worst, 3)
            continue
        known = [(one["name"], one["version"], bug["id"]) for one in asked for bug in one["vulns"]]
        say(f"{lock}: {len(asked)} of {len(found)} packages looked up, {len(known)} known faults")
        for name, version, bug in known:
            say(f"  {name} {version}: {bug}")
        worst = 1 if known else max(worst, 0 if len(asked) == len(found) else 3)
    done = subprocess.run([shutil.which("npm") or "npm", "audit", "--json"], cwd=ROOT, capture_output=True, text=True)
    try:
        counts = json.loads(done.stdout)["metadata"]["vulnerabilities"]
    except (ValueError, KeyError):
        say(f"package-lock.json: the advisory service gave no answer: {done.stderr.strip()[-300:]}")
        return worst or 3
    say(f"package-lock.json: {counts}")
    return 1 if counts["total"] else worst


def coverage(_arguments: list[str]) -> int:
    """Branch coverage of estimator and rules in CPython, and of the page's modules under node."""
    tests = ["tests", "--ignore=tests/browser", "--ignore=tests/runtime", "-m", "not browser and not pyodide"]
    status = run(
        sys.executable, "-m", "pytest", "-q", "-n", "2", "--cov=estimator", "--cov=rules", "--cov-branch",
        "--cov-report=term-missing:skip-covered", *tests,
    )  # fmt: skip
    scripts = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "js").glob("*.test.mjs"))
    return status | run(shutil.which("node") or "node", "--test", "--experimental-test-coverage", *scripts)


def mutants(arguments: list[str]) -> int:
    """Change the estimator in small ways and see which changes no test notices. Takes hours for all files; names limit it."""
    files = arguments or ["estimator/score.py", "estimator/methods.py", "estimator/answers.py", "estimator/project.py"]
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        for name in ("estimator", "rules", "tests", "tools", "hooks", "runtime", "docs", "node_modules"):
            if (ROOT / name).is_dir() and name != "node_modules":
                shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
        quote = ", ".join(f'"{one}"' for one in files)
        tests = ", ".join(f'"{one}"' for one in SCORING)
        text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        (work / "pyproject.toml").write_text(
            f"{text}\n[tool.mutmut]\nsource_paths = [{quote}]\n"
            f'also_copy = ["rules", "tests", "tools", "hooks", "runtime", "docs", "estimator"]\n'
            f'pytest_add_cli_args = ["-x", "-q", "-p", "no:cacheprovider"]\npytest_add_cli_args_test_selection = [{tests}]\n',
            encoding="utf-8",
        )
        environment = os.environ | {"APPLICANTS": "300"}
        status = subprocess.run([sys.executable, "-m", "mutmut", "run"], cwd=work, env=environment).returncode
        subprocess.run([sys.executable, "-m", "mutmut", "results"], cwd=work)
    return status


def oracle(arguments: list[str]) -> int:
    """Both scorers on many made-up applicants: 50,000 unless another number is given."""
    count = arguments[0] if arguments else "50000"
    return run(sys.executable, "-m", "pytest", "-q", "tests/test_oracle.py", APPLICANTS=count)


def fuzz(arguments: list[str]) -> int:
    """Every door for text in Python under atheris, guided by what the code does with it."""
    seconds = int(arguments[0]) if arguments else 60
    tools()
    inside = str(next(Path(sys.prefix).glob("lib/python*/site-packages")))
    status = 0
    for door in ("score", "answers", "paste", "roster_open", "yaml"):
        say(f"{door}, {seconds} seconds")
        status |= (
            run(PYTHON, "-m", "tests.fuzz", door, f"-max_total_time={seconds}", "-timeout=5", PYTHONPATH=inside) != 0
        )
    return int(status)


def axe(_arguments: list[str]) -> int:
    """Every page of the site, in both languages and themes, at three widths, with axe."""
    return run(sys.executable, "-m", "pytest", "-q", "tests/browser/test_accessibility.py", WHOLE_SITE="1")


def reproducible(_arguments: list[str]) -> int:
    """Two clean builds in two places; every byte must be the same."""
    with tempfile.TemporaryDirectory() as scratch:
        sums = []
        for name in ("one", "other"):
            place = Path(scratch) / name
            ignore = shutil.ignore_patterns(
                ".venv", "node_modules", ".cache", ".git", "site", "build", "release", "__pycache__"
            )
            shutil.copytree(ROOT, place, ignore=ignore)
            (place / "node_modules").symlink_to(ROOT / "node_modules")
            build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--quiet"]
            subprocess.run(build, cwd=place, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
            files = sorted(path for path in (place / "site").rglob("*") if path.is_file())
            sums.append({path.relative_to(place).as_posix(): path.read_bytes() for path in files})
        one, other = sums
        differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    say(f"{len(one)} files, {len(differ)} differ{': ' + ', '.join(differ[:10]) if differ else ''}")
    return int(bool(differ))


CAMPAIGNS: dict[str, Callable[[list[str]], int]] = {
    campaign.__name__: campaign for campaign in (audit, coverage, mutants, oracle, fuzz, axe, reproducible)
}


def main(arguments: list[str]) -> int:
    """Exit status of the campaign that is named."""
    if not arguments or arguments[0] not in CAMPAIGNS:
        sys.exit(f"Usage: python tools/campaign.py {' | '.join(CAMPAIGNS)}")
    if not re.fullmatch(r"[\w./ -]*", " ".join(arguments)):
        sys.exit("campaign: names and numbers only")
    return CAMPAIGNS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
