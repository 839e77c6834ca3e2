"""For MicroPython, which lacks it: ``contextmanager``."""


class _Manager:
    def __init__(self, steps):
        self._steps = steps

    def __enter__(self):
        return next(self._steps)

    def __exit__(self, kind, error, _trace):
        if kind is None:
            return next(self._steps, None)
        try:
            self._steps.throw(error)
        except StopIteration:
            return True
        return False


def contextmanager(function):
    """As in CPython, for generators that yield once."""
    return lambda *given: _Manager(function(*given))
