"""Stands in for annotationlib, of which dataclasses asks the annotations of a class and nothing else.

The whole of annotationlib brings ast and enum's slowest classes, for annotations that name what does not exist yet. Those,
and any other name asked of this module, are looked up as a module that does not exist, so that the request runs again in
the complete runtime.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors
# ruff: noqa: RUF063


class Format:
    """The numbers of annotationlib.Format."""

    VALUE = 1
    VALUE_WITH_FAKE_GLOBALS = 2
    FORWARDREF = 3
    STRING = 4


_annotations_of_class = type.__dict__["__annotations__"].__get__


def get_annotations(obj, *, globals=None, locals=None, eval_str=False, format=Format.VALUE):
    """Return the annotations of a class, as they are."""
    if eval_str or format not in (Format.VALUE, Format.FORWARDREF) or not isinstance(obj, type):
        return __getattr__("get_annotations")
    try:
        return dict(_annotations_of_class(obj))
    except NameError:
        return __getattr__("ForwardRef")
    except AttributeError:  # a class written in C has none
        return {}


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return __import__(f"annotationlib {name}")
