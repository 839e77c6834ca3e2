"""Every way to fail, what the failure says, and how it is caught, chained, grouped and shown."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import builtins
import sys

from .tool import attempt


def deep(n):
    return deep(n + 1) + 1


def deep_repr(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return repr(value)


class Endless:
    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __add__(self, other):
        return self + other

    def __hash__(self):
        return hash(self)

    def __str__(self):
        return f"{self}"

    def __iter__(self):
        return iter(self)

    def __call__(self):
        return self()

    def __getitem__(self, key):
        return self[key]


def kinds():
    out = []
    for name in sorted(vars(builtins)):
        kind = getattr(builtins, name)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            for arguments in ((), ("message",), ("a", 2), (5,), ("utf-8", b"ab", 0, 1, "why"), ("utf-8", "漢", 0, 1, "why"), ("漢", 0, 1, "why"), ("group", [ValueError(1)]), (2, "no file"), (2, "no file", "name"), ("msg", ("f", 1, 2, "text"))):
                error = attempt(kind, *arguments)
                out.append(error)
                try:
                    made = kind(*arguments)
                except BaseException as caught:
                    out.append(f"{type(caught).__name__} {caught}")
                    continue
                out += [str(made), repr(made), repr(made.args)]
                try:
                    raise made
                except BaseException as caught:
                    caught.add_note("a note")
                    out += [caught.__notes__, type(caught).__mro__[1].__name__, caught.__context__ is None, caught.with_traceback(None) is caught]
                made.extra = 1
                out += [attempt(lambda: made.nothing), attempt(lambda: made.__reduce__()[1]), attempt(setattr, made, "args", 5), attempt(setattr, made, "__cause__", 5), attempt(setattr, made, "__traceback__", 5)]
    return out


def natural():
    class Thing:
        colour = 1
        size = 2

    thing = Thing()
    sample = {"point": 1, "points": 2}

    def unbound():
        if not sample:
            value = 1
        return value

    def raising(what):
        raise what

    def bare():
        raise

    actions = [
        lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: 0 ** -1, lambda: 2.0 ** 10000, lambda: 10 ** 400 * 1.0, lambda: {}["k"], lambda: {}[(1, 2)], lambda: [][0], lambda: ()[1], lambda: "a"[5], lambda: thing.color, lambda: thing.sizes, lambda: Thing.colr, lambda: undefined_name, lambda: pritn, lambda: unbound(), lambda: None + 1, lambda: "a" + 1, lambda: 1 + "a", lambda: [] + (), lambda: "a" - "b", lambda: {} + {}, lambda: 1 < "a", lambda: None < None, lambda: [1] < ["a"], lambda: -"a", lambda: ~1.5, lambda: len(5), lambda: 5[0], lambda: None[0], lambda: [1]["a"], lambda: {}[[]], lambda: {[]: 1}, lambda: int("x"), lambda: float("y"), lambda: int(None), lambda: [].index(1), lambda: [].remove(1), lambda: [].pop(), lambda: {}.popitem(), lambda: set().pop(), lambda: next(iter([])), lambda: iter(5), lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: "\ud800".encode(), lambda: b"a".decode("nope"), lambda: chr(-1), lambda: ord(""), lambda: raising(5), lambda: raising(ValueError), lambda: raising(ValueError("v")), lambda: raising(None), lambda: bare(), lambda: open("/nothing"), lambda: open("/lib/python314.zip/x"), lambda: open("/"), lambda: __import__("no_such_module"), lambda: __import__("json.nope"), lambda: getattr(thing, "a" * 300), lambda: "%d" % "a", lambda: "%s %s" % 1, lambda: "{}".format(), lambda: "{a}".format(), lambda: format(1, "s"), lambda: format("a", "d"), lambda: (1).foo, lambda: int.from_bytes("a"), lambda: range(0, 1, 0), lambda: [1, 2, 3][::0], lambda: bytes([256]), lambda: sum([[]]), lambda: sorted([1, "a"]), lambda: max([]), lambda: memoryview(5), lambda: type("A", (), {})().x, lambda: exec("raise SystemExit(5)"), lambda: exec("raise KeyboardInterrupt"), lambda: exec("assert 0, 'said'"), lambda: exec("import nothing_here"), lambda: exec("x = 1; x.y = 2"), lambda: exec("a, b = 1"), lambda: exec("a, b = 1, 2, 3"), lambda: exec("del q"), lambda: exec("class A(1): pass"), lambda: exec("nonsense +"), lambda: sys.exit(), lambda: sys.exit("words"), lambda: "a".join([1]), lambda: [*5], lambda: {**5}, lambda: print(**5), lambda: (lambda a: a)(), lambda: (lambda: 1)(2), lambda: (lambda *, a: a)(), lambda: (lambda a, /: a)(a=1), lambda: str(b"a", "nope"), lambda: isinstance(1, "a"), lambda: super(int, "a"), lambda: object().__init__(1), lambda: classmethod(), lambda: property().__get__(1), lambda: 2**63 << 2**40, lambda: 1 << 2**62, lambda: "a" * 2**62, lambda: (1,) * 2**61, lambda: int("1" * 5000), lambda: complex("x"), lambda: round(float("nan")), lambda: int(float("inf")), lambda: float("inf").as_integer_ratio(), lambda: divmod(1.0, 0), lambda: 5 .__getattribute__("zz"), lambda: memoryview(b"a")[5], lambda: memoryview(b"a").cast("q"), lambda: bytearray(b"a").pop(9), lambda: slice(None)[0], lambda: len(range(10**30)), lambda: hash({}), lambda: hash(slice(1, {})), lambda: [].sort(1), lambda: {}.update(1, 2), lambda: dict(1), lambda: "".split(1), lambda: "abc".replace("a"), lambda: "abc".count(), lambda: "x".startswith(5), lambda: b"x".startswith("x"), lambda: "x".strip(5), lambda: "{:{}}".format(1), lambda: f"{1:q}",
    ]
    return [attempt(action) for action in actions]


def recursion():
    endless = Endless()
    out = []
    for action in (lambda: deep(0), lambda: repr(endless), lambda: endless == endless and endless != 1, lambda: endless.a, lambda: endless + 1, lambda: hash(endless), lambda: str(endless), lambda: list(endless), lambda: endless(), lambda: endless[0], lambda: deep_repr(300), lambda: sorted([[endless], [endless]], key=lambda v: v == [endless])):
        try:
            action()
            out.append("returned")
        except RecursionError as error:
            out.append("RecursionError")
        except BaseException as error:
            out.append(type(error).__name__)
    # The interpreter is whole again after each.
    out += [sum(range(1000)), attempt(lambda: deep_repr(50)), attempt(lambda: isinstance(1, tuple_of(40)))]
    nested_tuple = ()
    for _ in range(300):
        nested_tuple = (nested_tuple,)
    out.append(type(attempt(hash, nested_tuple)).__name__)
    del nested_tuple
    chain = None
    for _ in range(300):
        chain = [chain]
    del chain
    linked = {}
    for _ in range(300):
        linked = {"next": linked}
    del linked
    return out


def tuple_of(depth):
    value = (str, float)
    for _ in range(depth):
        value = (value, str)
    return value + (int,)


def handling():
    out = []

    def layered(kind):
        try:
            try:
                raise kind("first")
            except ValueError as error:
                raise TypeError("second") from error
            except KeyError:
                raise RuntimeError("third") from None
            except LookupError:
                raise AttributeError("fourth")
            finally:
                out.append(f"finally {kind.__name__}")
        except (TypeError, RuntimeError) as error:
            out.append([repr(error), repr(error.__cause__), repr(error.__context__), error.__suppress_context__])
            return "handled"
        except AttributeError as error:
            out.append([repr(error), repr(error.__context__)])
        else:
            out.append("else")
        return "after"

    out += [attempt(layered, kind) for kind in (ValueError, KeyError, LookupError, OSError, IndexError)]

    def returning():
        for number in range(5):
            try:
                if number == 1:
                    continue
                if number == 3:
                    return number
            finally:
                out.append(number)

    out += [returning(), sys.exc_info()[0] is None]

    def grouped(errors):
        try:
            raise ExceptionGroup("several", errors)
        except* ValueError as group:
            out.append(["values", [repr(e) for e in group.exceptions]])
        except* (TypeError, KeyError) as group:
            out.append(["types", repr(group)])
            raise OSError("from group")

    out += [attempt(grouped, errors) for errors in ([ValueError(1)], [TypeError(2), ValueError(3)], [ExceptionGroup("inner", [ValueError(4), KeyError(5)])], [IndexError(6)], [], [5])]
    group = ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [TypeError(2)])])
    out += [repr(group.split(ValueError)), repr(group.subgroup(TypeError)), repr(group.subgroup(lambda e: False)), repr(group.derive([KeyError()])), str(group), attempt(BaseExceptionGroup, "b", [KeyboardInterrupt()])]

    class Custom(Exception):
        def __init__(self, code, *, where="here"):
            super().__init__(code)
            self.code, self.where = code, where

        def __str__(self):
            return f"{self.code} at {self.where}"

    class Unprintable(Exception):
        def __str__(self):
            raise RuntimeError("no words")

    def custom():
        raise Custom(7, where="居住地")

    def unprintable():
        raise Unprintable

    for action in (custom, unprintable, lambda: 1 / 0, lambda: {}["漢"]):
        try:
            action()
        except Exception as error:
            trail = []
            step = error.__traceback__
            while step:
                trail.append((step.tb_lineno > 0, step.tb_frame.f_code.co_name, step.tb_lasti >= 0, step.tb_frame.f_lineno > 0, sorted(step.tb_frame.f_locals)[:1], step.tb_frame.f_back is not None))
                step = step.tb_next
            out += [trail, attempt(str, error), attempt(repr, error), error.__traceback__.tb_frame.f_globals["__name__"]]
    import copy
    out += [attempt(copy.copy, Custom(5)) and 1, attempt(copy.copy, ValueError("a", 1)), attempt(copy.deepcopy, KeyError([1]))]
    return out


CHAPTERS = [kinds, natural, recursion, handling]
