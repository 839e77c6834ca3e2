"""Stands in for typing, of which nothing is asked at run time but that its names can be imported, subscripted and inherited.

Any other name asked of this module is looked up as a module that does not exist, so that the request runs again in the
complete runtime.
"""

# It runs in Pyodide's Python, beside modules that only exist there.
# mypy: ignore-errors

TYPE_CHECKING = False


class _Form:
    """A name for annotations; subscripted, it remembers what it was, as dataclasses wants of ClassVar."""

    def __init__(self, name, origin=None):
        self._name = name
        self.__origin__ = origin

    def __getitem__(self, arguments):
        return _Form(self._name, self)

    def __or__(self, other):
        return self

    __ror__ = __or__

    def __repr__(self):
        return f"typing.{self._name}"


Any = _Form("Any")
Annotated = _Form("Annotated")
ClassVar = _Form("ClassVar")
Final = _Form("Final")
Literal = _Form("Literal")
Never = _Form("Never")
NoReturn = _Form("NoReturn")
Optional = _Form("Optional")
Self = _Form("Self")
TypeAlias = _Form("TypeAlias")
TypeGuard = _Form("TypeGuard")
Union = _Form("Union")


class Generic:
    """A base that takes type parameters and does nothing with them."""

    def __class_getitem__(cls, parameters):
        return cls


class Protocol(Generic):
    """A base that nothing is asked of; isinstance with it is not for run time."""


def TypeVar(name, *constraints, bound=None, covariant=False, contravariant=False, default=None):
    """Return a name for annotations."""
    return _Form(name)


def get_origin(form):
    """As typing.get_origin, for what there is here."""
    return getattr(form, "__origin__", None)


def cast(typ, val):
    """As typing.cast."""
    return val


def final(f):
    """As typing.final, for the reader."""
    return f


overload = override = final


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return __import__(f"typing {name}")
