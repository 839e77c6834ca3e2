"""Helpers of the chapters."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off


def attempt(action, *arguments, **options):
    """Return what an action gives, as text that is the same in every run, or the exception it raises."""
    try:
        return show(action(*arguments, **options))
    except BaseException as error:
        return placeless(f"{type(error).__name__}: {error}")


def show(value):
    """Write a value as text, with its type where the text would hide it."""
    if isinstance(value, (set, frozenset)):
        return f"{type(value).__name__} {sorted(map(repr, value))}"
    return placeless(repr(value))


def placeless(text):
    """Take out where an object lies, which differs from one build to the next."""
    before, at, after = text.partition(" at 0x")
    return f"{before} at somewhere{placeless(after.lstrip('0123456789abcdef'))}" if at else text


def all_pairs(actions, values):
    """Apply each action to each pair of values."""
    return [attempt(action, left, right) for action in actions for left in values for right in values]
