"""Stands in for inspect, which dataclasses needs for a docstring and for one loop.

The whole of inspect brings ast, dis, tokenize and eight more: a third of the start. Any other name asked of this module is
looked up as a module that does not exist, so that the request runs again in the complete runtime.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors


def signature(*args, **kwargs):
    """Refuse: dataclasses then leaves the signature out of the docstring, which is all it wants it for."""
    raise TypeError("signatures are not part of this library")


def unwrap(func, *, stop=None):
    """Return the function at the end of a chain of ``__wrapped__``; the rule of inspect.unwrap."""
    first = func
    seen = {id(first): first}
    while not isinstance(func, type) and hasattr(func, "__wrapped__"):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
        if id(func) in seen:
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen[id(func)] = func
    return func


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return __import__(f"inspect {name}")
