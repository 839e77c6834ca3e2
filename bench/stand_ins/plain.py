"""For MicroPython: what the rewritten modules call instead of what it lacks."""

from collections import OrderedDict


class Data:
    """What was a dataclass; ``__fields__`` names what its caller gives."""

    def __eq__(self, other):
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.__fields__
        )

    def __hash__(self):
        return hash(tuple(getattr(self, name) for name in self.__fields__))


def replace(one, **changes):
    """As ``dataclasses.replace``."""
    return type(one)(**{name: changes.get(name, getattr(one, name)) for name in one.__fields__})


def merged(first, *others):
    """``{**one, **other}``."""
    out = first.copy()
    for part in others:
        out.update(part)
    return out


def fromkeys(keys, value=None):
    """As ``dict.fromkeys``, in the order of the keys."""
    return OrderedDict([(key, value) for key in keys])


def isascii(text):
    """As ``str.isascii``."""
    return len(text.encode()) == len(text)


def absent(name):
    """What raises as soon as it is called."""

    def missing(*_given, **_named):
        raise NotImplementedError(name)

    return missing
