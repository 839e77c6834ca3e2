"""Nothing that the maintainer's commands take, no rule that they begin and none of the people that they make up changes unnoticed."""

import pytest

from tests import maintainer


@pytest.mark.parametrize("part", ["commands", "begun", "refused", "drawn"])
def test_it_is_what_was_recorded(part: str) -> None:
    assert getattr(maintainer, part)() == maintainer.recorded()[part], "where it is meant: python -m tests.maintainer"
