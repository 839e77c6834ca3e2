"""What pytest does otherwise while mutants are tried (loaded by tools/campaign.py mutants with ``-p tools.mutation``).

A mutant lives until the first test that fails. So first come the tests that noticed other mutants of the same function, then
the quick ones; and nobody reads a mutant's failure, so hypothesis looks for no smallest example, and nothing is written about
where it failed, for which pytest would parse the whole file with all its mutants. With LONGEST_TEST, a number of seconds,
slower tests are left out: a first round for all mutants, after which those that live meet every test.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from mutmut.state import state

#: Which tests noticed mutants of which function, a file each; beside the folder that mutmut runs in.
NOTICED = Path("..").resolve() / "noticed"

settings.register_profile(
    "mutants",
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")


def _record() -> Path | None:
    name, mark, _number = os.environ.get("MUTANT_UNDER_TEST", "").partition("__mutmut_")
    return NOTICED / name if mark else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which a mutant is likely to be noticed soonest."""
    record = _record()
    known = record.read_text(encoding="utf-8").splitlines() if record and record.is_file() else []
    taken = state().duration_by_test
    longest = float(os.environ.get("LONGEST_TEST", "inf"))
    items[:] = [item for item in items if taken.get(item.nodeid, 0.0) <= longest]
    items.sort(key=lambda item: (-known.count(item.nodeid), taken.get(item.nodeid, 0.0)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Note which test noticed, and end there."""
    record = _record()
    if record and call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
        record.parent.mkdir(parents=True, exist_ok=True)
        with record.open("a", encoding="utf-8") as file:
            file.write(f"{item.nodeid}\n")
        os._exit(int(pytest.ExitCode.TESTS_FAILED))
