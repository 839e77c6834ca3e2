"""What takes long and belongs to no ordinary test run: asked for by name, told in numbers.

    python tools/campaign.py audit | coverage | mutants | oracle | fuzz [seconds] | axe | reproducible

Each prints what it found, and ends with 1 where something is wrong, with 3 where it could not be done here (a service that
does not answer). Tools that only a campaign needs come from campaigns.lock into .cache/campaigns.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache" / "campaigns"
PYTHON = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
#: What the mutants of a package are tried against: tests that say what must come out, and nothing that builds the site.
TRIED = {
    "estimator": "case cases cli contract deadline entry explain fewer_rules hostile materials oracle other_rules page_words pasted paths projection properties roster small_rules transcripts words",
    "rules": "cli contract diff faults fewer_rules guide invalid_rules link load made_up maintainer other_rules page_words phrases policy published schema tools_of_the_rules updates",
}
#: These read the source instead of running it, run it where mutmut is not installed, or go by chance.
NOT_TRIED = [
    "test_cli.py::test_a_plain_python_scores_from_standard_input_in_any_folder",
    "test_cli.py::test_a_stale_bundle_is_made_anew",
    "test_cli.py::test_rules_with_faults_make_no_bundle",
    "test_contract.py::test_every_code_has_words_and_no_words_are_left_over",
    "test_contract.py::test_imports_point_one_way",
    "test_contract.py::test_no_figure_of_the_policy_stands_in_the_estimator",
    "test_contract.py::test_no_telling_figure_stands_in_a_hook_or_a_module_of_the_page",
    "test_contract.py::test_the_estimator_imports_the_standard_library_and_itself",
    "test_invalid_rules.py::test_no_mistake_ends_in_a_traceback",
    "test_published.py::test_the_examples_of_the_page_run_as_they_stand",
    "test_published.py::test_the_wheel_scores_as_the_checkout_does",
    "test_updates.py::test_both_feeds_are_part_of_the_site",
]
#: Seconds of tests that a mutant meets in the first round, the likeliest first; what lives without being explained meets all.
BUDGET = "6"
#: Mutants that mutmut tries itself, to find out which tests run what: those of a small function.
SAMPLE = {"estimator": "estimator.calendar.*__mutmut_1", "rules": "rules.due.*__mutmut_1"}


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
            # pip-audit says that there are no known faults even where it could look nothing up.
            reason = found[0]["skip_reason"] if found else (done.stderr.strip() or done.stdout)[-300:]
            say(f"{lock}: the advisory service gave no answer for any of {len(found)} packages: {reason}")
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
    """Change the code in small ways and see which changes no test notices: of ``estimator`` and ``rules``, or of one of them.

    Takes an hour; what was found is kept in .cache/mutants, and a run that was stopped goes on. 1 where fewer than 95 of a
    hundred are noticed, or where one that lives is not explained in tests/survivors.yaml.
    """
    # Beside this file, where only the command line looks.
    import survivors

    worst = 0
    for package in arguments or list(TRIED):
        work = HOME.parent / "mutants" / package
        options = prepare(work, package)
        environment = os.environ | {"APPLICANTS": "100"}
        subprocess.run([sys.executable, "-m", "mutmut", "run", SAMPLE[package]], cwd=work, env=environment, check=True)
        trial = [sys.executable, "-m", "tools.mutation", package]
        subprocess.run([*trial, "--budget", BUDGET, "--", *options], cwd=work / "mutants", env=environment, check=True)
        names = work / "again.json"
        again = survivors.explained(work, living(work), survivors.entries())
        names.write_text(json.dumps(list(again)), encoding="utf-8")
        again_slowly = [*trial, "--whole", "--names", str(names), "--", *options]
        subprocess.run(again_slowly, cwd=work / "mutants", env=environment, check=True)
        live = living(work)
        found = len(verdicts(work))
        say(f"{package}: {found} mutants, {1 - len(live) / found:.1%} noticed, {len(live)} live")
        known = survivors.entries()
        unexplained = survivors.explained(work, live, known)
        for entry in known:
            if entry.found:
                say(f"{len(entry.found)} explained: {entry.why}")
        say(f"{len(unexplained)} not explained")
        for name, change in unexplained.items():
            print(f"  {name}\n    " + change.replace("\n", "\n    "))
        worst |= len(live) > found * 0.05 or bool(unexplained)
    return int(worst)


def prepare(work: Path, package: str) -> list[str]:
    """A copy of what is committed, in which mutmut may do as it likes; what it found before stays. Returns pytest's arguments."""
    work.mkdir(parents=True, exist_ok=True)
    for path in work.iterdir():
        if path.name != "mutants":
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(work, filter="data")
    (work / "node_modules").symlink_to(ROOT / "node_modules")
    names = sorted(path.name for path in work.iterdir() if path.name not in ("mutants", "node_modules", "bench"))
    options = ["-x", "-q", "-p", "no:cacheprovider", "-m", "not browser and not pyodide"]
    options += [part for name in NOT_TRIED for part in ("--deselect", f"tests/{name}")]
    selection = [f"tests/test_{name}.py" for name in TRIED[package].split()]
    settings = {
        "source_paths": [package],
        "also_copy": names,
        "pytest_add_cli_args": options,
        "pytest_add_cli_args_test_selection": selection,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    with (work / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n" + "\n".join(lines) + "\n")
    return options + selection


def verdicts(work: Path) -> dict[str, int | None]:
    """Name of a mutant → exit status of its tests, as mutmut keeps it; 0 where none of them failed."""
    found: dict[str, int | None] = {}
    for path in (work / "mutants").rglob("*.py.meta"):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def living(work: Path) -> list[str]:
    """The mutants that no test noticed, or that none runs (33)."""
    return sorted(name for name, status in verdicts(work).items() if status in (0, 33))


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
