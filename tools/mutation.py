"""What pytest does otherwise while mutants are tried (loaded by tools/campaign.py mutants with ``-p tools.mutation``).

A mutant lives until the first test that fails, so the quick tests come first; and nobody reads the smallest example of a
mutant's failure, so hypothesis looks for none. With LONGEST_TEST, a number of seconds, slower tests are left out: a first round
for all mutants, after which those that live meet every test.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from mutmut.state import state

settings.register_profile(
    "mutants",
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("mutants")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quickest first, by what mutmut measured of the unchanged code."""
    taken = state().duration_by_test
    longest = float(os.environ.get("LONGEST_TEST", "inf"))
    items[:] = [item for item in items if taken.get(item.nodeid, 0.0) <= longest]
    items.sort(key=lambda item: taken.get(item.nodeid, 0.0))
