"""Lists, tuples, dictionaries, sets and their kin; sorting; growing and shrinking."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import operator

from .tool import all_pairs, attempt, show

COMPARISONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]


def noise(count, seed=12345):
    """Return numbers that look random and are the same in every run."""
    out = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2**31
        out.append(seed)
    return out


def lists_and_tuples():
    out = []
    values = [[], [1], [1, 2, 3], ["a", None], [[1], [2]], (), (1,), (1, 2, 3), ("a", 2.5), ((1, 2), 3), range(0), range(5), range(10, 0, -3)]
    out += all_pairs(COMPARISONS + [operator.add, operator.mul, operator.contains, operator.getitem], values + [2, -1, slice(0, 2)])
    for value in values:
        out += [attempt(action, value) for action in (len, bool, repr, hash, list, tuple, set, sum, min, max, sorted, iter if False else len, dict, frozenset, any, all, enumerate if False else len)]
        out += [attempt(lambda: list(reversed(value))), attempt(value.count, 1), attempt(value.index, 2), attempt(value.index, "z"), attempt(lambda: [*value, *value]), attempt(lambda: list(enumerate(value, 5))), attempt(lambda: list(zip(value, value[1:]))), attempt(lambda: list(zip(value, [1], strict=True))), attempt(lambda: list(map(lambda a: (a, a), value))), attempt(lambda: list(filter(None, value)))]
        out += [attempt(operator.getitem, value, part) for part in (slice(None), slice(1, None), slice(None, None, -1), slice(-2, None), slice(0, 9, 2), slice(None, None, 0), 0, -1, 9, "x", None, True, slice("a", None))]
    numbers = list(range(20))
    for action in (lambda: numbers.append(5), lambda: numbers.extend("ab"), lambda: numbers.extend((1, 2)), lambda: numbers.extend(x for x in range(3)), lambda: numbers.extend({7: 8}), lambda: numbers.insert(3, "i"), lambda: numbers.insert(-100, 0), lambda: numbers.pop(), lambda: numbers.pop(2), lambda: numbers.pop(100), lambda: numbers.remove(7), lambda: numbers.remove("zz"),
                   lambda: numbers.reverse(), lambda: operator.setitem(numbers, 0, 9), lambda: operator.setitem(numbers, 99, 9), lambda: operator.setitem(numbers, slice(2, 5), []), lambda: operator.setitem(numbers, slice(1, 1), [1, 2, 3]), lambda: operator.setitem(numbers, slice(None, None, 2), [0]), lambda: operator.setitem(numbers, slice(0, 6, 3), "xy"), lambda: operator.setitem(numbers, slice(0, 1), 5),
                   lambda: operator.delitem(numbers, slice(3, 6)), lambda: operator.delitem(numbers, slice(None, None, 4)), lambda: operator.delitem(numbers, 0), lambda: operator.delitem(numbers, 99), lambda: operator.iadd(numbers, [1]), lambda: operator.imul(numbers, 2), lambda: operator.imul(numbers, "a"), lambda: numbers.copy(), lambda: numbers.sort(), lambda: numbers.extend(5), lambda: numbers.clear(), lambda: numbers.pop()):
        out += [attempt(action), repr(numbers)]
    nested = [1]
    nested.append(nested)
    out += [repr(nested), attempt(lambda: nested == nested), attempt(lambda: [0] * 2**30 * 8), attempt(lambda: [1] * -1), attempt(lambda: (1, 2) * 3), attempt(lambda: list(range(2**62))), attempt(range, 1, 2, 0), attempt(range, "a"), attempt(lambda: range(10**20)[10**19]), attempt(lambda: 5 in range(0, 10, 5)), attempt(lambda: 10**30 in range(10**31)), attempt(lambda: len(range(10**30))), attempt(lambda: list(range(10**20, 10**20 + 3))), attempt(lambda: range(5).index(9)), attempt(lambda: hash(range(3)))]
    big = []
    for number in range(200000):
        big.append(number)
    while len(big) > 10:
        big.pop()
    out += [big, attempt(lambda: len([None] * 3000000)), attempt(lambda: sum(list(range(100000))[::7]))]
    return out


def sorting():
    out = []
    for count in (0, 1, 2, 5, 31, 33, 64, 65, 500, 5000):
        base = noise(count)
        kinds = {
            "ints": base, "big": [n * 2**40 for n in base], "floats": [n / 7 for n in base], "latin": [str(n) for n in base], "wide": [f"字{n}" for n in base], "mixed width": [("é" if n % 2 else "漢") + str(n) for n in base],
            "tuples": [(n % 10, str(n)) for n in base], "tuples of floats": [(n / 3, n) for n in base], "lists": [[n % 5, n] for n in base], "mixed": [n if n % 2 else n / 2 for n in base], "few": [n % 4 for n in base], "up": sorted(base), "down": sorted(base, reverse=True),
            "runs": sorted(base[: count // 2]) + sorted(base[count // 2 :]), "sawtooth": [n % 100 for n in range(count)], "bools": [n % 3 == 0 for n in base], "bytes": [str(n).encode() for n in base], "organ": list(range(count)) + list(range(count, 0, -1)), "nearly": sorted(base)[: max(0, count - 3)] + base[:3],
        }
        for values in kinds.values():
            for options in ({}, {"reverse": True}, {"key": str}, {"key": lambda v: (type(v).__name__, repr(v)), "reverse": True}, {"key": lambda v: -hash(repr(v))}):
                copied = list(values)
                copied.sort(**options)
                out.append(hash(tuple(map(repr, copied))))
    out += [attempt(sorted, values) for values in ([1, "a"], [None, None], [(1, "a"), (1, None)], [1.5, float("nan"), 0.5], [{}, {}], ["a", b"a"], [2**70, 1.5, 1], {3, 1, 2}, {"b": 1, "a": 2}, "hello", 5)]
    out += [attempt(sorted, [3, 1], key=5), attempt(sorted, [3, 1], key=lambda v: 1 / 0), attempt(sorted, [3, 1], reverse="x"), attempt(sorted, [3, 1], bad=1)]

    class Contrary:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            if self.value == 13:
                raise ValueError("unlucky")
            return self.value < other.value

    out += [attempt(lambda: [c.value for c in sorted(map(Contrary, [3, 1, 2]))]), attempt(lambda: [c.value for c in sorted(map(Contrary, [3, 13, 2]))])]
    shrinking = [5, 4, 3]
    out.append(attempt(shrinking.sort, key=lambda v: shrinking.clear() or v))
    return out


def dictionaries():
    out = []
    values = [{}, {"a": 1}, {"a": 1, "b": 2}, {1: "x", "y": None}, {(1, 2): [3]}, {"漢": {"字": 1}}, dict.fromkeys("abc", 0)]
    out += all_pairs(COMPARISONS + [operator.or_, operator.contains, operator.getitem], values + ["a", 1, [], None])
    for value in values:
        out += [attempt(action, value) for action in (len, bool, repr, hash, list, tuple, sorted, set, iter if False else len, max, sum)]
        out += [attempt(lambda: list(value.keys())), attempt(lambda: list(value.values())), attempt(lambda: list(value.items())), attempt(lambda: list(reversed(value))), attempt(lambda: list(reversed(value.items()))), attempt(lambda: list(reversed(value.values()))), attempt(value.get, "a"), attempt(value.get, "q", 9), attempt(value.get, []), attempt(value.copy), attempt(lambda: {**value, "z": 1}), attempt(lambda: dict(value, q=1)), attempt(lambda: repr(value.keys())), attempt(lambda: repr(value.items())), attempt(lambda: repr(value.values()))]
        for other in values[:4]:
            for action in (operator.and_, operator.or_, operator.sub, operator.xor, operator.eq, operator.le, operator.lt, operator.ge):
                out += [attempt(action, value.keys(), other.keys()), attempt(action, value.items(), other.items())]
            out += [attempt(value.keys().isdisjoint, other), attempt(lambda: ("a", 1) in value.items()), attempt(lambda: 1 in value.values()), attempt(value.keys().__contains__, "a")]
    table = {}
    for action in (lambda: table.update(a=1), lambda: table.update({"b": 2}), lambda: table.update([("c", 3), ["d", 4]]), lambda: table.update([(1,)]), lambda: table.update(5), lambda: table.update(["ab", "xyz"]), lambda: table.setdefault("e", []), lambda: table.setdefault("a"), lambda: table.pop("a"), lambda: table.pop("zz"), lambda: table.pop("zz", 0), lambda: table.popitem(), lambda: operator.setitem(table, "n", 1), lambda: operator.setitem(table, [], 1), lambda: operator.delitem(table, "n"), lambda: operator.delitem(table, "n"),
                   lambda: operator.ior(table, {"i": 9}), lambda: operator.ior(table, [("j", 1)]), lambda: operator.ior(table, 5), lambda: table["missing"], lambda: table.__missing__, lambda: table.clear(), lambda: table.popitem(), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(a=1, **{"b": 2}), lambda: dict.fromkeys(5), lambda: dict.fromkeys({1, 2}), lambda: dict.fromkeys({"k": 1}, 2), lambda: dict(zip("ab", [1, 2])), lambda: {**5}):
        out += [attempt(action), repr(table)]
    for make in (lambda n: n, lambda n: str(n), lambda n: (n, str(n)), lambda n: f"字{n}", lambda n: n * 2**61, lambda n: n / 3, lambda n: frozenset([n])):
        grown = {}
        for number in range(5000):
            grown[make(number)] = number
        for number in range(0, 5000, 3):
            del grown[make(number)]
        for number in range(3000, 9000):
            grown.setdefault(make(number), -number)
        out += [len(grown), sum(grown.values()), make(4) in grown, make(3) in grown, len(grown.copy()), len({**grown}), sum(1 for _ in grown.items()), len(dict(grown) | {"more": 1})]
    large = {f"key {number}": number for number in range(150000)}
    out += [len(large), large["key 99999"], len(large.copy()), sum(large.values())]
    large.clear()

    def changing(action):
        changed = {1: 1, 2: 2, 3: 3}
        for key in changed:
            action(changed, key)

    out += [attempt(changing, lambda d, k: d.pop(k)), attempt(changing, lambda d, k: d.setdefault(k + 10, 0)), attempt(changing, lambda d, k: operator.setitem(d, k, 0))]
    itself = {}
    itself["self"] = itself
    out += [repr(itself), attempt(lambda: itself == itself)]

    class Awkward:
        def __init__(self, number):
            self.number = number

        def __hash__(self):
            return self.number % 3

        def __eq__(self, other):
            if self.number == 99:
                raise RuntimeError("no comparing")
            return isinstance(other, Awkward) and self.number == other.number

    keys = [Awkward(n) for n in range(60)]
    collided = {key: key.number for key in keys}
    out += [len(collided), collided[Awkward(31)], attempt(lambda: collided[Awkward(99)]), attempt(lambda: collided.pop(Awkward(5))), Awkward(5) in collided, len(set(keys)), attempt(lambda: {Awkward(99), Awkward(0), Awkward(3)} and 1)]

    class Missing(dict):
        def __missing__(self, key):
            return f"no {key}"

    out += [Missing(a=1)["b"], Missing(a=1)["a"], repr(Missing(a=1)), attempt(lambda: Missing(a=1) | {"b": 2})]

    # Instances share their keys until they differ.
    class Record:
        pass

    records = []
    for number in range(200):
        record = Record()
        record.a = number
        record.b = str(number)
        if number % 7 == 0:
            setattr(record, f"extra{number}", 1)
        if number % 11 == 0:
            del record.a
        records.append(record)
    out += [sum(len(vars(record)) for record in records), attempt(lambda: records[0].a), attempt(lambda: records[1].zz), vars(records[22])]
    records[1].__dict__ = {"c": 3}
    out += [records[1].c, attempt(setattr, records[1], "__dict__", 5), attempt(delattr, records[1], "nothing")]
    return out


def sets():
    out = []
    values = [set(), {1}, {1, 2, 3}, {"a", None}, frozenset(), frozenset([1, 2]), frozenset("漢字"), {(1, 2), 3}]
    out += all_pairs(COMPARISONS + [operator.and_, operator.or_, operator.sub, operator.xor, operator.contains], values + [[1, 2], "a", 1, {1: 2}])
    for value in values:
        out += [attempt(action, value) for action in (len, bool, hash, sorted, list if len(value) < 2 else len)]
        for other in [*values, [1, 2, 9], "a", {1: 2}, 5, range(3)]:
            for name in ("union", "intersection", "difference", "symmetric_difference", "isdisjoint", "issubset", "issuperset"):
                out.append(attempt(getattr(value, name), other))
            changed = set(value)
            for name in ("update", "intersection_update", "difference_update", "symmetric_difference_update"):
                out += [attempt(getattr(changed, name), other), show(changed)]
        out += [attempt(value.union, [1], "b", {3}), attempt(value.intersection), attempt(value.difference, [1], [2]), attempt(value.copy), attempt(lambda: value | value), attempt(lambda: frozenset(value) == value)]
    changed = set()
    for action in (lambda: changed.add(1), lambda: changed.add([]), lambda: changed.remove(1), lambda: changed.remove(1), lambda: changed.discard(1), lambda: changed.discard([]), lambda: changed.pop(), lambda: changed.update([1, 2], "ab"), lambda: operator.ior(changed, {5}), lambda: operator.iand(changed, {1, 5}), lambda: operator.isub(changed, {5}), lambda: operator.ixor(changed, {7}), lambda: operator.ior(changed, [1]), lambda: changed.clear(), lambda: {frozenset([1])} == {frozenset([1])}, lambda: {1} in {frozenset([1])}, lambda: {[]}):
        out += [attempt(action), show(changed)]
    grown = set()
    for number in range(60000):
        grown.add(number * 7919 % 100003)
    for number in range(0, 60000, 3):
        grown.discard(number)
    out += [len(grown), sum(grown), len(grown | set(range(50))), len(grown & set(range(5000))), len(grown - set(range(5000))), len(grown ^ set(range(5000))), 17 in grown, len({str(n) for n in range(20000)}), len(frozenset(f"字{n}" for n in range(5000)))]

    def changing():
        shrinking = {1, 2, 3}
        for value in shrinking:
            shrinking.discard(value)
            shrinking.add(value + 10)

    out += [attempt(changing), repr(set()), repr({1}), repr(frozenset()), repr(frozenset([1]))]
    return out


def kinds_of_container():
    from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, abc, defaultdict, deque, namedtuple

    out = []
    counted = Counter("abracadabra")
    out += [counted.most_common(2), counted["z"], sorted((counted + Counter("abc")).items()), sorted((counted - Counter("aab")).items()), sorted((counted & Counter("ab")).items()), sorted((counted | Counter("zz")).items()), counted.total(), sorted(counted.elements()), attempt(counted.update, "ab"), attempt(counted.subtract, "a"), repr(counted), attempt(lambda: counted == Counter("a"))]
    grouped = defaultdict(list)
    grouped["a"].append(1)
    out += [repr(grouped), attempt(lambda: grouped["b"]), attempt(lambda: defaultdict(5)), attempt(lambda: defaultdict(None)["a"]), attempt(grouped.copy), attempt(lambda: grouped | {"c": 1})]
    ordered = OrderedDict(a=1, b=2, c=3)
    out += [attempt(ordered.move_to_end, "a"), attempt(ordered.move_to_end, "c", last=False), attempt(ordered.move_to_end, "z"), attempt(ordered.popitem), attempt(ordered.popitem, last=False), repr(ordered), attempt(lambda: ordered == OrderedDict(b=2)), attempt(lambda: list(reversed(ordered))), attempt(ordered.pop, "q"), attempt(ordered.setdefault, "s", 1), attempt(ordered.copy), attempt(lambda: ordered | {"x": 1}), attempt(ordered.clear)]
    queue = deque([1, 2, 3], maxlen=5)
    for action in (lambda: queue.append(4), lambda: queue.appendleft(0), lambda: queue.append(9), lambda: queue.extend([7, 8]), lambda: queue.extendleft("ab"), lambda: queue.pop(), lambda: queue.popleft(), lambda: queue.rotate(2), lambda: queue.rotate(-1), lambda: queue.reverse(), lambda: queue[1], lambda: queue[99], lambda: operator.setitem(queue, 0, "s"), lambda: operator.delitem(queue, 0), lambda: queue.insert(1, "i"), lambda: queue.remove(7), lambda: queue.remove("none"), lambda: queue.index(8), lambda: queue.count(8), lambda: 8 in queue, lambda: queue == deque([8]), lambda: queue + deque([1]), lambda: queue * 2, lambda: queue.copy(), lambda: list(reversed(queue)), lambda: queue.clear(), lambda: queue.pop()):
        out += [attempt(action), repr(queue)]
    long = deque()
    for number in range(5000):
        long.append(number)
        if number % 3 == 0:
            long.popleft()
    out += [len(long), sum(long), long[1000]]
    Point = namedtuple("Point", "x y z", defaults=[0])
    point = Point(1, 2)
    out += [repr(point), point.x, point._replace(x=5), point._asdict(), Point._fields, Point._make([1, 2, 3]), attempt(Point, 1), attempt(Point, 1, 2, 3, 4), attempt(lambda: point.q), attempt(setattr, point, "x", 1), attempt(lambda: point[5]), point == (1, 2, 0), hash(point), attempt(namedtuple, "A", "a a"), attempt(namedtuple, "A", "class"), attempt(point._replace, q=1)]
    chained = ChainMap({"a": 1}, {"a": 2, "b": 3})
    out += [chained["b"], attempt(lambda: chained["z"]), sorted(chained), len(chained), repr(chained.new_child({"c": 1})), attempt(operator.setitem, chained, "n", 1), attempt(operator.delitem, chained, "b"), UserDict(a=1)["a"], UserList([1, 2]) + [3]]
    out += [attempt(isinstance, value, kind) for value in ([], (), {}, set(), "a", 1, iter([]), (x for x in []), len, range(3), b"") for kind in (abc.Sequence, abc.Mapping, abc.MutableMapping, abc.Set, abc.Iterable, abc.Iterator, abc.Hashable, abc.Callable, abc.Sized, abc.Container, abc.Generator, abc.Collection)]

    class Numbers(abc.Sequence):
        def __getitem__(self, index):
            if index >= 4:
                raise IndexError(index)
            return index * 10

        def __len__(self):
            return 4

    class Table(abc.Mapping):
        def __getitem__(self, key):
            return {"k": 1}[key]

        def __iter__(self):
            return iter(["k"])

        def __len__(self):
            return 1

    out += [list(Numbers()), list(reversed(Numbers())), Numbers().index(20), 30 in Numbers(), Numbers().count(0), Table().get("q"), dict(Table()), Table() == {"k": 1}, list(Table().items()), attempt(abc.Sequence), {**Table()}, attempt(Numbers().index, 7)]
    return out


CHAPTERS = [lists_and_tuples, sorting, dictionaries, sets, kinds_of_container]
