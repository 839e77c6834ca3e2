"""The language itself: calls, classes, generators, matching, closures, and the machinery behind them."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import gc
import sys
import types
import weakref
from abc import ABC, ABCMeta, abstractmethod

from .tool import attempt, show


def calls():
    out = []

    def plain(a, b=2, *rest, c, d=4, **more):
        return a, b, rest, c, d, sorted(more.items())

    def positional(a, b, /, c, *, d):
        return a, b, c, d

    def two(a, b):
        return a - b

    nothing = lambda: None
    for arguments, options in (((1,), {"c": 3}), ((), {}), ((1, 2, 3, 4), {"c": 5, "e": 6}), ((1,), {}), ((1,), {"a": 2, "c": 1}), ((1, 2), {"c": 3, "d": 9, "zz": 1})):
        out += [attempt(plain, *arguments, **options), attempt(positional, *arguments, **options), attempt(two, *arguments, **options), attempt(nothing, *arguments, **options), attempt(len, *arguments, **options), attempt(int, *arguments, **options), attempt(dict, *arguments, **options), attempt(print if False else sorted, *arguments, **options)]
    out += [attempt(positional, 1, 2, 3, d=4), attempt(positional, a=1, b=2, c=3, d=4), attempt(positional, 1, 2, c=3, d=4), attempt(two, b=1, a=5), attempt(two, 1, 2, 3), attempt(two, 1, z=2), attempt(two, 1, bb=2), attempt(lambda: two(*[1, 2])), attempt(lambda: two(*5)), attempt(lambda: two(**{"a": 1, "b": 2})), attempt(lambda: two(**{1: 2})), attempt(lambda: two(**5)), attempt(lambda: two(1, **{"a": 2})), attempt(lambda: plain(1, *[2, 3], c=1, **{"x": 1}, **{"y": 2})), attempt(lambda: plain(1, c=1, **{"c": 2})), attempt(lambda: 5()), attempt(lambda: None.x), attempt(lambda: [].foo()), attempt(lambda: (1).real.bit_length()), attempt(lambda: "".join(1, 2)), attempt(str.upper), attempt(str.upper, 5), attempt(list.append, [], 1, 2), attempt("a".encode, encoding=5), attempt("".split, maxsplit="x"), attempt(int, "1", base="x"), attempt(max), attempt(max, 1), attempt(max, [], default=3), attempt(max, "abc", key=ord), attempt(min, 3, 1, 2), attempt(min, [], key=None), attempt(sum, [1], start=5), attempt(print, 1, bad=2), attempt(isinstance, 1, 5), attempt(isinstance, 1, (int, str)), attempt(isinstance, 1, int | str), attempt(issubclass, bool, int), attempt(issubclass, 1, int), attempt(callable, 5), attempt(getattr, 5, "zz"), attempt(getattr, 5, "zz", 1), attempt(hasattr, 5, "real"), attempt(setattr, 5, "a", 1), attempt(getattr, 5, 6), attempt(iter, 5), attempt(lambda: next(iter([]))), attempt(next, iter([]), "default"), attempt(lambda: list(iter(iter([1, 2, 0]).__next__, 0))), attempt(type, "a"), attempt(lambda: type("New", (int,), {"x": 1})(5).x), attempt(type, 1, 2, 3), attempt(vars, 5), attempt(dir, 5) and 1, attempt(id, 5) and 1, attempt(lambda: [*range(3), *"ab"]), attempt(lambda: {*"a", *[1]} and 1), attempt(eval, "1 + 2 * x", {"x": 5}), attempt(eval, "1 +"), attempt(ord, "ab"), attempt(chr, "a"), attempt(divmod, 1, 0), attempt(abs, "a"), attempt(round, "a"), attempt(pow, 2, 3, 0), attempt(hash, []), attempt(input if False else bool, 1), attempt(zip, 5), attempt(map), attempt(lambda: list(map(max, [1, 2], [3, 0]))), attempt(lambda: list(map(max, [1, 2], [3], strict=True))), attempt(filter, 5), attempt(enumerate, 5), attempt(reversed, {1}), attempt(slice, 1, 2, 3), attempt(slice(1, 10, 2).indices, 5), attempt(lambda: slice(1, 2) == slice(1, 2)), attempt(object), attempt(object, 1) , attempt(lambda: super()), attempt(complex, 1, "a"), attempt(bytes, "a"), attempt(globals) and 1, attempt(locals) and 1, attempt(__import__, "math") and 1, attempt(__import__, ""), attempt(format, 5, 6), attempt(format, None, "x"), attempt(repr), attempt(breakpoint if False else callable), attempt(all, [1, 0]), attempt(any, 5), attempt(bin, "a")]
    # Long enough that the interpreter specializes each of these calls.
    total = 0
    kinds = [lambda n: n + 1, int, str, len, abs, float, (lambda a, b=3: a * b), min]
    for number in range(3000):
        total += kinds[0](number) + kinds[6](number) + len(str(number)) + abs(-number) + int("7") + isinstance(number, int) + (number in (1, 2)) + len([number]) + min(number, 5) + type(number)(1) + max([number, 3])
    return [*out, total]


class Base:
    shared = []
    __slots__ = ("a", "__weakref__", "__dict__")

    def __init__(self, a=1):
        self.a = a

    def method(self, n=0):
        return self.a + n

    @property
    def doubled(self):
        return self.a * 2

    @doubled.setter
    def doubled(self, value):
        self.a = value // 2

    @doubled.deleter
    def doubled(self):
        self.a = 0

    @classmethod
    def make(cls, a):
        return cls(a)

    @staticmethod
    def free(x):
        return x

    def __repr__(self):
        return f"{type(self).__name__}({self.a})"

    def __getattr__(self, name):
        if name == "ghost":
            return "boo"
        raise AttributeError(name)


class Derived(Base):
    __slots__ = ("b",)

    def method(self, n=0):
        return super().method(n) * 10

    def __init_subclass__(cls, **options):
        cls.options = options


class Further(Derived, tag="x"):
    def __eq__(self, other):
        return isinstance(other, Further)

    __hash__ = None


class Left(Base):
    def method(self, n=0):
        return ["left", super().method(n)]


class Right(Base):
    def method(self, n=0):
        return ["right", super().method(n)]


class Both(Left, Right):
    pass


class Operators:
    def __init__(self, value):
        self.value = value


def _operator(name):
    def method(self, *others):
        if others and others[0] == "refuse":
            return NotImplemented
        return f"{name}{others}"

    return method


for _name in ("add radd sub rsub mul rmul truediv rtruediv floordiv rfloordiv mod rmod pow rpow matmul rmatmul and rand or ror xor rxor lshift rlshift rshift rrshift neg pos invert abs iadd isub imul divmod rdivmod "
              "lt le gt ge eq ne getitem setitem delitem contains call round trunc floor ceil enter exit getattribute_").split():
    if _name != "getattribute_":
        setattr(Operators, f"__{_name}__", _operator(_name))


def classes():
    import math
    import operator

    out = []
    base, derived, further, both = Base(), Derived(5), Further(), Both()
    for thing in (base, derived, further, both):
        out += [repr(thing), str(thing), attempt(thing.method, 1), attempt(lambda: thing.doubled), attempt(setattr, thing, "doubled", 20), attempt(lambda: thing.a), attempt(delattr, thing, "doubled"), attempt(lambda: thing.a), attempt(lambda: thing.ghost), attempt(lambda: thing.nothing), attempt(setattr, thing, "b", 2), attempt(lambda: thing.b), attempt(delattr, thing, "b"), attempt(lambda: thing.b), attempt(hash, thing) and 1, attempt(lambda: thing == 1), attempt(lambda: thing < 1), attempt(lambda: thing + 1), attempt(lambda: thing[0]), attempt(len, thing), attempt(lambda: thing()), attempt(iter, thing), attempt(lambda: 1 in thing), attempt(type(thing).make, 9), attempt(type(thing).free, 3), attempt(lambda: [c.__name__ for c in type(thing).__mro__]), attempt(setattr, type(thing), "added", 7), attempt(lambda: thing.added), attempt(delattr, type(thing), "added"), attempt(lambda: thing.added), attempt(lambda: weakref.ref(thing)() is thing), attempt(bool, thing), attempt(format, thing, ""), attempt(format, thing, "x"), attempt(lambda: isinstance(thing, Base))]
    out += [Further.options, attempt(lambda: type("Bad", (Left, Base, Right), {}).__mro__), attempt(lambda: type("Bad", (Base, Left), {})), attempt(lambda: type("Bad", (int, str), {})), attempt(lambda: type("Bad", (bool,), {})), attempt(lambda: type("Bad", (5,), {})), attempt(Base.method), attempt(Base.method, 5), attempt(Base, 1, 2), attempt(lambda: Base.zz), attempt(lambda: Base().a.zz), attempt(Derived.method, base), attempt(lambda: base.__class__.__name__), attempt(setattr, base, "__class__", Left), attempt(setattr, base, "__class__", int)]
    for action in (operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow, operator.matmul, operator.and_, operator.or_, operator.xor, operator.lshift, operator.rshift, divmod, operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne, operator.getitem, operator.contains, operator.iadd, operator.isub, operator.imul):
        out += [attempt(action, Operators(1), 2), attempt(action, 2, Operators(1)), attempt(action, Operators(1), "refuse"), attempt(action, "refuse", Operators(1))]
    out += [attempt(action, Operators(1)) for action in (operator.neg, operator.pos, operator.invert, abs, round, math.trunc, math.floor, math.ceil, len, int, float, str and bool, operator.index)]
    out += [attempt(operator.setitem, Operators(1), 1, 2), attempt(operator.delitem, Operators(1), 1), attempt(Operators(1), 1, 2), attempt(round, Operators(1), 2)]

    class Special:
        def __bool__(self): return "no"
        def __len__(self): return -1
        def __index__(self): return 3
        def __int__(self): return 4
        def __float__(self): return 2.5
        def __complex__(self): return 1j
        def __str__(self): return 5
        def __repr__(self): return None
        def __hash__(self): return 2**70
        def __iter__(self): return 5
        def __format__(self, spec): return f"<{spec}>"
        def __bytes__(self): return b"by"
        def __contains__(self, item): raise KeyError(item)
        def __dir__(self): return ["b", "a"]
        def __sizeof__(self): return 1
        def __reversed__(self): return iter([2, 1])
        def __class_getitem__(cls, item): return item
        def __set_name__(self, owner, name): self.name = name
        def __get__(self, instance, owner): return (instance is None, self.name)
        def __set__(self, instance, value): raise AttributeError("read only")
        def __length_hint__(self): return 3
        def __fspath__(self): return "/path"
        def __instancecheck__(self, other): return True

    special = Special()
    out += [attempt(action, special) for action in (bool, len, int, float, complex, str, repr, hash, iter, format, bytes, dir, reversed and (lambda s: list(reversed(s))), operator.index, operator.length_hint, chr, hex, range, list, tuple, set, ascii)]
    out += [attempt(lambda: 1 in special), attempt(lambda: [0, 1, 2, 3, 4][special]), attempt(lambda: "abcdef"[special:]), attempt(lambda: Special[5]), attempt(format, special, "q"), attempt(lambda: "%d %s" % (special, 1)), attempt(lambda: [1] * special), attempt(lambda: f"{special:>5}"), attempt(isinstance, 5, special)]

    class Holder:
        field = Special()

    out += [Holder.field, Holder().field, attempt(setattr, Holder(), "field", 1), attempt(delattr, Holder(), "field")]

    class Meta(type):
        def __new__(mcs, name, bases, namespace, **options):
            made = super().__new__(mcs, name, bases, namespace)
            made.options = sorted(options)
            return made

        def __init__(cls, name, bases, namespace, **options):
            super().__init__(name, bases, namespace)

        @classmethod
        def __prepare__(mcs, name, bases, **options):
            return {"prepared": True}

        def __call__(cls, *arguments):
            return ("called", super().__call__(*arguments).__class__.__name__)

        def __contains__(cls, item):
            return item == 1

        def __iter__(cls):
            return iter([1, 2])

        def __len__(cls):
            return 2

    class Made(metaclass=Meta, flag=1):
        pass

    out += [Made.options, Made.prepared, Made(), 1 in Made, list(Made), len(Made), type(Made).__name__, attempt(lambda: type("X", (Made, ABC), {}))]

    class Abstract(ABC):
        @abstractmethod
        def must(self): ...

        @property
        @abstractmethod
        def also(self): ...

    class Concrete(Abstract):
        also = 1

        def must(self):
            return 2

    Abstract.register(int)
    out += [attempt(Abstract), attempt(Concrete().must), isinstance(5, Abstract), issubclass(Concrete, Abstract), isinstance(Concrete(), Abstract), isinstance("a", Abstract), attempt(lambda: type("Half", (Abstract,), {"must": 1})())]

    class Slots:
        __slots__ = ("x", "y")

    slots = Slots()
    out += [attempt(lambda: slots.x), attempt(setattr, slots, "x", 1), attempt(lambda: slots.x), attempt(setattr, slots, "z", 1), attempt(delattr, slots, "x"), attempt(delattr, slots, "x"), attempt(vars, slots), attempt(weakref.ref, slots), attempt(lambda: type("S", (), {"__slots__": ["a b"]})), attempt(lambda: type("S", (Slots, Concrete), {"__slots__": ()})), repr(Slots.x)]

    class Everything:
        def __getattribute__(self, name):
            return name if not name.startswith("__") else object.__getattribute__(self, name)

        def __setattr__(self, name, value):
            raise AttributeError(f"cannot set {name}")

        def __delattr__(self, name):
            raise AttributeError(f"cannot delete {name}")

    out += [Everything().anything, attempt(setattr, Everything(), "a", 1), attempt(delattr, Everything(), "a")]
    # Subclasses of the built-in types, which take the general ways.
    for kind, value in ((int, 5), (float, 2.5), (str, "漢字"), (bytes, b"ab"), (list, [1, 2]), (tuple, (1, 2)), (dict, {"a": 1}), (set, {1}), (frozenset, {1}), (bytearray, b"x"), (complex, 1j)):
        sub = type(f"Sub{kind.__name__}", (kind,), {})(value)
        sub.note = 1
        out += [repr(sub), sub == value, type(sub + sub if kind not in (dict, set, frozenset) else sub | sub).__name__, vars(sub), attempt(hash, sub) and 1, attempt(len, sub), attempt(format, sub, ""), attempt(lambda: sub * 2), attempt(bool, sub), attempt(lambda: kind(sub)), attempt(lambda: sub[0]), attempt(sorted, sub), attempt(lambda: f"{sub}"), attempt(str, sub)]
    simple = types.SimpleNamespace(a=1, b=[2])
    out += [repr(simple), simple == types.SimpleNamespace(a=1, b=[2]), attempt(lambda: simple.q), repr(types.MappingProxyType({"a": 1})), attempt(lambda: types.MappingProxyType({})["a"]), repr(int | None), (int | str) == (str | int), hash(int | str) and 1, repr(list[int]), list[int] == list[int], attempt(lambda: list[int]()), attempt(lambda: int | 5), repr(dict[str, list[int]]), types.FunctionType.__name__, types.CodeType.__name__, attempt(lambda: isinstance([], list[int])), (int | None).__args__, list[int].__origin__]
    return out


def generators():
    from contextlib import ExitStack, contextmanager, nullcontext, suppress

    out = []

    def counting(n):
        try:
            for number in range(n):
                got = yield number
                if got:
                    yield f"got {got}"
        except ValueError as error:
            yield f"caught {error}"
        finally:
            out.append("closed")
        return "end"

    def outer():
        answer = yield from counting(2)
        yield answer
        yield from [7, 8]
        yield from "ab"

    out += [list(outer()), sum(x * x for x in range(100)), [x for x in range(20) if x % 3 if x > 5], {x: y for x in range(3) for y in range(x)}, sorted({x % 4 for x in range(10)}), [[y for y in range(x)] for x in range(4)], list(x for x in (1, 2, 3)), max((x for x in range(5)), key=lambda x: -x)]
    running = counting(5)
    out += [next(running), running.send("hi"), next(running), attempt(running.throw, ValueError("thrown")), attempt(next, running), attempt(next, running), attempt(running.send, 1)]
    fresh = counting(1)
    out += [attempt(fresh.send, 5), attempt(fresh.close), attempt(next, fresh)]
    closing = counting(3)
    next(closing)
    out += [attempt(closing.close), attempt(closing.throw, KeyError("k")), attempt(lambda: next(iter(lambda: 1, 1)))]
    delegating = outer()
    next(delegating)
    out += [attempt(delegating.throw, TypeError("deep")), attempt(lambda: list(outer()))]

    def bad():
        yield 1
        raise StopIteration("inside")

    def again():
        yield next(recursive)

    recursive = again()
    out += [attempt(lambda: list(bad())), attempt(next, recursive)]

    @contextmanager
    def managed(fail=False):
        out.append("enter")
        try:
            yield 5
        except KeyError as error:
            out.append(f"swallowed {error}")
        finally:
            out.append("leave")

    with managed() as value, suppress(ZeroDivisionError), nullcontext(3) as three:
        out += [value, three, 1 / 0]
    with managed():
        raise KeyError("k")

    def failing():
        with managed():
            raise TypeError("through")

    out.append(attempt(failing))

    class Manager:
        def __init__(self, swallow):
            self.swallow = swallow

        def __enter__(self):
            return self

        def __exit__(self, kind, error, traceback):
            out.append(repr(error))
            return self.swallow

    with Manager(True):
        raise ValueError("quiet")

    def loud():
        with Manager(False), Manager(0):
            raise ValueError("loud")

    def unmanaged():
        with 5:
            pass

    with ExitStack() as stack:
        stack.enter_context(managed())
        stack.callback(out.append, "called back")
    out += [attempt(loud), attempt(unmanaged)]

    async def coroutine(n):
        async with Asynchronous() as got:
            async for item in Asynchronous():
                n += item
        return [n, got, [x async for x in Asynchronous()]]

    class Asynchronous:
        def __init__(self):
            self.left = 3

        async def __aenter__(self):
            return "in"

        async def __aexit__(self, *_):
            return False

        def __aiter__(self):
            return self

        async def __anext__(self):
            self.left -= 1
            if self.left < 0:
                raise StopAsyncIteration
            return self.left

    started = coroutine(1)
    out.append(attempt(started.send, None))
    import functools
    import heapq
    import itertools
    import operator

    out += [list(itertools.chain([1], "ab")), list(itertools.chain.from_iterable([[1], [2]])), list(itertools.islice(itertools.count(3, 2), 4)), list(itertools.islice(itertools.cycle("ab"), 5)), list(itertools.repeat(1, 3)), list(itertools.accumulate([1, 2, 3], initial=10)), list(itertools.accumulate([3, 1, 2], max)), list(itertools.combinations("abcd", 2)), list(itertools.permutations("abc", 2)), list(itertools.product("ab", [1, 2], repeat=1)), list(itertools.product([0, 1], repeat=3)), list(itertools.combinations_with_replacement("ab", 2)), [(k, list(g)) for k, g in itertools.groupby([1, 1, 2, 3, 3])], list(itertools.zip_longest("ab", [1], fillvalue=0)), list(itertools.starmap(pow, [(2, 3)])), list(itertools.takewhile(bool, [1, 0, 2])), list(itertools.dropwhile(bool, [1, 0, 2])), list(itertools.filterfalse(bool, [1, 0])), list(itertools.compress("abc", [1, 0, 1])), list(itertools.pairwise([1, 2, 3])), list(itertools.batched("abcde", 2)), [list(t) for t in itertools.tee([1, 2])], attempt(itertools.islice, [], -1), attempt(itertools.combinations, [1], -1)]
    out += [functools.reduce(operator.add, [1, 2, 3], 10), attempt(functools.reduce, operator.add, []), functools.partial(pow, 2)(5), repr(functools.partial(int, base=2)), functools.partial(int, base=2)("101"), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))]

    @functools.lru_cache(maxsize=3)
    def cached(a, b=1):
        return a * b

    @functools.cache
    def fibonacci(n):
        return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)

    @functools.singledispatch
    def dispatched(value):
        return "other"

    dispatched.register(int, lambda value: "int")

    @functools.total_ordering
    class Ordered:
        def __init__(self, v):
            self.v = v

        def __eq__(self, other):
            return self.v == other.v

        def __lt__(self, other):
            return self.v < other.v

        @functools.cached_property
        def expensive(self):
            return self.v * 100

    out += [[cached(n % 5) for n in range(20)], cached(1, b=2), str(cached.cache_info()), cached.cache_clear(), attempt(cached, []), fibonacci(60), dispatched(1), dispatched("a"), dispatched(True), Ordered(1) <= Ordered(2), Ordered(1) > Ordered(2), Ordered(3).expensive, functools.wraps(cached)(lambda: 1).__name__]
    heap = [5, 3, 8, 1]
    heapq.heapify(heap)
    heapq.heappush(heap, 2)
    out += [heapq.heappop(heap), heapq.nsmallest(2, heap), heapq.nlargest(2, heap), heapq.heapreplace(heap, 9), heapq.heappushpop(heap, 0), heap, attempt(heapq.heappop, []), list(heapq.merge([1, 4], [2, 3]))]
    import bisect

    ladder = [1, 3, 5, 7]
    out += [bisect.bisect(ladder, 3), bisect.bisect_left(ladder, 3), bisect.bisect_right(ladder, 8, key=lambda v: v), attempt(bisect.bisect, ladder, "a"), bisect.insort(ladder, 4), ladder, operator.itemgetter(1, 2)("abc"), operator.attrgetter("real", "imag")(5), operator.methodcaller("upper")("a"), attempt(operator.itemgetter(9), "a"), attempt(operator.attrgetter("a.b"), 5), operator.countOf([1, 1], 1), operator.indexOf([1, 2], 2), operator.concat([1], [2]), operator.truth([]), operator.is_(None, None)]
    return out


def matching():
    from dataclasses import dataclass

    @dataclass
    class Point:
        x: int
        y: int

    def match(value):
        match value:
            case None | True | False:
                return "constant"
            case 0 | 1.5 | "text" | b"b" | -3 | 1 + 2j:
                return "literal"
            case int(n) if n > 100:
                return f"big {n}"
            case int() | float():
                return "number"
            case str() as text if len(text) > 3:
                return f"long {text}"
            case []:
                return "empty"
            case [1, *rest]:
                return f"starts with 1: {rest}"
            case [a, [b, _], *_, z]:
                return f"{a} {b} {z}"
            case (a, b):
                return f"pair {a} {b}"
            case {"kind": "a", "n": int(n), **others}:
                return f"mapping {n} {sorted(others)}"
            case {}:
                return "some mapping"
            case Point(0, y=y):
                return f"on axis {y}"
            case Point(x, y) if x == y:
                return "diagonal"
            case Point():
                return "point"
            case _:
                return "other"

    values = [None, True, 0, 1.5, "text", b"b", -3, 500, 7, 2.25, "abcd", "ab", [], [1, 2, 3], [0, [1, 2], 3, 4], (5, 6), {"kind": "a", "n": 1, "q": 2}, {"kind": "a", "n": "x"}, {}, Point(0, 4), Point(2, 2), Point(1, 2), object, {1, 2}, range(2), 1 + 2j]
    out = [attempt(match, value) for value in values]

    def unpacking(value):
        a, *b, c = value
        (d, e), f = [value[:2], c]
        return a, b, c, d, e, f

    out += [attempt(unpacking, value) for value in ([1, 2, 3], "abcd", (1,), 5, [1, 2], {1: 2, 3: 4})]
    out += [attempt(lambda: [a for a, b in [(1, 2), (3,)]]), attempt(lambda: [a for a, b in [(1, 2, 3)]]), attempt(lambda: (n := 10) + n), attempt(lambda: 1 < 2 < 3 > 2 != 5), attempt(lambda: not [] or 5 and 0), attempt(lambda: [1, 2, 3][-1:][0] if True else 1 / 0)]
    flat = []
    for n in range(10):
        if n == 2:
            continue
        if n == 7:
            break
        flat.append(n)
    else:
        flat.append("never")
    while flat and flat[-1] != 4:
        flat.pop()
    else:
        flat.append("done")

    def counter():
        count = 0

        def increase(by=1):
            nonlocal count
            count += by
            return count

        return increase

    increase = counter()
    increase()

    def late():
        def inner():
            return cell

        cell = 5
        return inner()

    def early():
        def inner():
            return cell

        answer = inner()
        cell = 5
        return answer

    def deleted():
        gone = 1
        del gone
        return gone

    name, width, value = "字", 12, 3.14159
    out += [flat, increase(5), attempt(late), attempt(early), attempt(deleted), f"{name!r:>{width}} {value:.2f} {value=} {name=!s} {{}} {1 + 1:03d} {'nested ' + f'{name}'}", f"{value:{width}.{2}f}", f"{[1, 2]!s} {None} {True} {b'x'!r} {name:*^9}", "implicit " "join", """triple
quoted""", r"raw\n", "\u6f22\x41\101\t"]
    return out


def memory():
    out = []

    class Node:
        def __init__(self, name):
            self.name, self.other = name, None

        def __del__(self):
            out.append(f"deleted {self.name}")

    one, two = Node("one"), Node("two")
    one.other, two.other = two, one
    reference = weakref.ref(one, lambda _: out.append("gone"))
    table, values, alive = weakref.WeakKeyDictionary(), weakref.WeakValueDictionary(), weakref.WeakSet()
    table[one], values["k"] = 1, one
    alive.add(one)
    proxy = weakref.proxy(one)
    out += [proxy.name, len(table), len(values), len(alive), attempt(weakref.ref, 5), weakref.getweakrefcount(one) > 0]
    del one, two
    gc.collect()
    out += [reference() is None, attempt(lambda: proxy.name), len(table), len(values), len(alive)]
    finalizer = weakref.finalize(Node("three"), out.append, "finalized")
    gc.collect()
    out += [finalizer.alive, gc.isenabled(), gc.get_threshold() and 1, gc.get_count() and 1, gc.is_tracked([]), gc.is_tracked(1), len(gc.get_stats())]
    gc.disable()
    gc.enable()
    gc.freeze()
    gc.unfreeze()
    for _ in range(30):
        cycle = [[{}, set(), (1, [2]), Node] for _ in range(300)]
        for item in cycle:
            item.append(cycle)

        def closure():
            return cycle, closure

        cycle.append(closure)
        generator = (x for x in cycle)
        next(generator)
        cycle.append(generator)
    gc.collect()

    class Revived:
        saved = []

        def __del__(self):
            Revived.saved.append(self)

    Revived()
    out += [len(Revived.saved), sys.getrefcount(Node) > 1, sys.getsizeof([]) > 0, attempt(sys.getsizeof, object()), sys.intern("inter" + "ned") == "interned", attempt(sys.intern, 5)]

    class Fails:
        def __del__(self):
            raise ValueError("in del")

    Fails()
    large = [bytearray(2_000_000) for _ in range(5)]
    text = "漢" * 1_000_000
    out += [len(large), len(text + text), attempt(lambda: bytearray(2**40)), attempt(lambda: [0] * (2**29)), attempt(lambda: "x" * 2**31)]
    del large, text

    out += [attempt(sys.getrecursionlimit), attempt(sys.setrecursionlimit, 900), attempt(sys.setrecursionlimit, -1), attempt(sys.setrecursionlimit, 1000), attempt(sys.getswitchinterval) and 1, sys.maxsize, sys.byteorder, sys.float_info.max, sys.int_info.bits_per_digit, sys.version_info[:2], sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.platform, sys.hash_info.width, attempt(sys._getframe) and 1, attempt(sys.exit, 3), attempt(sys.getallocatedblocks) and 1, attempt(sys.set_int_max_str_digits, 100), attempt(sys.set_int_max_str_digits, 4300)]
    for size in (1, 8, 9, 64, 300, 512, 513, 5000, 70000, 2**20, 2**22):
        blocks = [bytes(size) for _ in range(200 if size < 10000 else 20)]
        blocks = blocks[::2] + [bytes(size + 16) for _ in range(10)]
        out.append(sum(map(len, blocks)))
        grown = bytearray()
        while len(grown) < size:
            grown += b"x" * (1 + len(grown) // 3)
        out.append(len(grown))
    return out


class Promising:
    """Promises a length, so that a list takes the room for it, without any of it being written to."""

    def __init__(self, more):
        self.more = more

    def __length_hint__(self):
        return 2**28 - 100

    def __iter__(self):
        return iter(list(Promising(self.more - 1)) if self.more else [])


def exhaustion():
    out = []
    for _ in range(3):
        out.append(attempt(list, Promising(6)))
    return [*out, sum(range(100)), attempt(json_back)]


def json_back():
    import json

    return json.loads(json.dumps({"still": ["here", 1.5]}))


def compiling():
    sources = ["x = 1", "def f(a, b=1, *c, d, **e): return a", "class A(B, metaclass=C):\n  x: int = 1\n  def m(self): pass", "try:\n  pass\nexcept (A, B) as e:\n  raise X from e\nelse:\n  pass\nfinally:\n  pass", "try:\n  pass\nexcept* A:\n  pass", "with a as b, c: pass", "async def f():\n  await x\n  async for a in b: pass\n  async with c: pass\n  return [x async for x in y]", "lambda *a, **k: (a, k)", "[x for x in y if z for w in v]", "{**a, 'b': 1}", "{*a, 1}", "f'{x!r:>{w}} {y=}'", "t'{x}'", "match x:\n  case [1, *_]: pass\n  case {'a': b}: pass\n  case C(d=1): pass\n  case _: pass", "global g; g = 1", "def f():\n  nonlocal x", "import a.b as c; from . import d; from e import *", "a[1:2, ::3] = b, *c = d", "x = yield", "del a, b[0], c.d", "assert x, y", "for a, b in c:\n  break\nelse:\n  continue", "while 1: pass", "@d\n@e.f(1)\ndef g() -> int: ...", "type X[T] = list[T]", "def f[T: int](x: T) -> T: ...", "class A[T]: ...", "a @= b; c //= d; e **= f; g >>= h", "1_000.5e-3j + 0xFF - 0o17 * 0b11", "'a' b'b'", "x if y else z", "not a and b or c is not d not in e", "(yield)", "print(*a, **b)", "a.b.c(d)(e)[f]", "-x ** +y ~z", "def f(:", "class", "1 +", "x = = 1", "if x\n  pass", "if x:\npass", "  x", "\tx\n  y", "'abc", '"""abc', "f'{'", "f'{x'", "0777", "1__0", "5 = x", "f() = 1", "a b", "return", "break", "x = (1", "x = 1)", "(]", "€ = 1", "print 1", "exec 'x'", "async = 1", "None = 1", "def f(a, a): pass", "f(a=1, a=2)", "f(**a, *b)", "f(x for x in y, 1)", "[x for x]", "{1: 2, 3}", "*a", "*a = 1", "del f()", "nonlocal x", "global x; x: int", "from __future__ import nope", "import", "raise from x", "try: pass", "with a as 5: pass", "match x:\n  case 1 | a: pass", "x := 1", "(x := 1)", "f'{x:{y:{z}}}'", "\\x", "a\\\n+b", "# comment\n\n\nx", "'\\u6f22 \\q'", "b'é'", "lambda: (yield)", "@", "?", "$", "a!b", "x: int", "x.y: int = 1", "pass;", ";", "if 1: pass\nelif 2: pass\nelse: pass", "\x00", "1if 2else 3", "0_7", "1e", "0x", "1.e5", "..." , "a" * 5000, "(" * 300 + ")" * 300, "x = " + "-" * 200 + "1", "[" * 90 + "]" * 90, "1" * 5000]
    out = []
    for source in sources:
        for mode in ("exec", "eval", "single"):
            for flags in (0, 0x400):
                try:
                    code = compile(source, "<text>", mode, flags=0 if flags == 0x400 else 0, dont_inherit=True, optimize=2 if flags else 0)
                    out.append([code.co_name, len(code.co_code), list(code.co_names), len(code.co_consts)])
                except SyntaxError as error:
                    out.append(f"{type(error).__name__} {error.msg} {error.lineno} {error.offset} {error.end_offset}")
                except BaseException as error:
                    out.append(f"{type(error).__name__} {error}")
    namespace = {}
    exec("def f(a, b=2):\n  'doc'\n  return a + b\nclass K:\n  v: int = 5\nx = [f(n) for n in range(3)]", namespace)
    function = namespace["f"]
    out += [namespace["x"], namespace["K"].v, namespace["K"].__annotations__, function.__name__, function.__defaults__, function.__code__.co_varnames, function.__code__.co_argcount, attempt(setattr, function, "__code__", 5), attempt(setattr, function, "__defaults__", (9,)), attempt(function, 1), attempt(setattr, function, "note", 1), function.__dict__, attempt(lambda: types.FunctionType(function.__code__, {})(1, 2)), function.__code__.replace(co_name="g").co_name, list(function.__code__.co_lines()) and 1, list(function.__code__.co_positions()) and 1, attempt(exec, "1/0"), attempt(exec, 5), attempt(eval, compile("1+1", "", "eval")), attempt(exec, "x = 1", {}, {}), repr(function).split(" at ")[0], function.__qualname__, function.__module__, hash(function.__code__) and 1, function.__code__ == function.__code__]
    import marshal

    for value in (None, True, 1, 2**100, -5, 1.5, 1j, "a", "漢", "é" * 300, b"b", (1, (2,)), [1], {"a": 1}, {1}, frozenset([1]), ..., StopIteration, function.__code__, "interned"):
        out.append(attempt(lambda: marshal.loads(marshal.dumps(value)) == value))
    out += [attempt(marshal.loads, b""), attempt(marshal.loads, b"q"), attempt(marshal.dumps, object())]
    return out


CHAPTERS = [calls, classes, generators, matching, compiling, memory, exhaustion]
