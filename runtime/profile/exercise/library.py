"""The library's modules that an estimator may use: JSON, dates, data classes, enumerations, patterns, tables, copies."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import json
import operator

from .tool import all_pairs, attempt


def json_texts():
    out = []
    values = [None, True, False, 0, -1, 2**64, 10**50, 1.5, -0.0, 1e100, 1e-7, float("nan"), float("inf"), "", "a", "漢字", "😀", "\ud800", 'q"\\/\b\f\n\r\t\x00\x1f\x7f\u2028', [], {}, [1, [2, [3]]], {"a": {"b": []}}, (1, 2), {1: 2, None: 3, True: 4, 1.5: 5}, {"z": 1, "a": 2, "字": 3}, [1.0, "x", None], {(1, 2): 3}, {1, 2}, b"b", object, [float("nan")], {"k": 10**5000 if False else 1}, ["é" * 50], "a" * 5000, "漢" * 5000, [[]] * 20]
    options = [{}, {"ensure_ascii": False}, {"indent": 2}, {"indent": "\t", "ensure_ascii": False}, {"separators": (",", ":")}, {"sort_keys": True}, {"skipkeys": True}, {"allow_nan": False}, {"default": str}, {"default": lambda v: 1 / 0}, {"check_circular": False}, {"indent": 0, "sort_keys": True}, {"indent": 1, "allow_nan": False, "ensure_ascii": False}]
    for value in values:
        for option in options:
            out.append(attempt(json.dumps, value, **option))
    circular = []
    circular.append(circular)
    ring = {}
    ring["me"] = ring
    deep_list, deep_dict = [], {}
    for _ in range(200):
        deep_list, deep_dict = [deep_list], {"d": deep_dict}
    very = []
    for _ in range(400):
        very = [very]
    out += [attempt(json.dumps, circular), attempt(json.dumps, ring, indent=1), len(json.dumps(deep_list)), len(json.dumps(deep_dict, indent=1)), attempt(json.dumps, very)[:40]]
    del very
    texts = ["", " ", "null", "true", "false", "0", "-1", "1.5", "-0.0", "1e5", "1E-400", "1e400", "123456789012345678901234567890", '"a"', '"漢字"', '"\\u6f22\\ud83d\\ude00\\ud800\\"\\\\\\/\\b\\f\\n\\r\\t"', "[]", "{}", "[1, 2, [3]]", '{"a": {"b": [1]}}', ' \n\t{"a" : 1 , "b":[ ]} \r', '{"a":1,"a":2}', "NaN", "Infinity", "-Infinity", "[NaN]",
             "nul", "tru", "01", "1.", ".5", "-", "+1", "1e", "1e+", "0x1", "'a'", '"a', '"\\x"', '"\\u12"', '"\\u12g4"', '"a\nb"', '"\x00"', "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{1:2}", "{'a':1}", '{"a" 1}', '{"a":1 "b":2}', "]", "}", "1 2", "[1]x", "\ufeff1", "// c\n1", "undefined", '{"a":1}}', "[[[]]]", '"' + "a" * 5000 + '"', '"' + "漢" * 3000 + '\\n"', "[" + ",".join(["1.5"] * 500) + "]", "9" * 5000, "-" + "9" * 100, '["é", "漢", "😀", "a"]', '{"é": 1, "漢": 2, "é": 3}']
    hooks = [{}, {"parse_float": str}, {"parse_int": float}, {"parse_constant": lambda c: f"<{c}>"}, {"object_hook": lambda d: sorted(d)}, {"object_pairs_hook": lambda p: p}, {"strict": False}, {"cls": json.JSONDecoder}, {"parse_float": lambda t: 1 / 0}]
    for text in texts:
        for hook in hooks:
            out.append(attempt(json.loads, text, **hook))
        for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-32-be"):
            if codec != "utf-8-sig":
                out.append(attempt(lambda: json.loads(text.encode(codec, "surrogatepass"))))
    out += [attempt(json.loads, value) for value in (None, 5, [], b"\xff", bytearray(b"[1]"), b"")]
    out += [attempt(json.loads, "[" * 200 + "]" * 200) and 1, attempt(json.loads, "[" * 200000)[:30], attempt(json.loads, '{"a":' * 200000)[:30]]
    try:
        json.loads('{"a": 1,\n "b": x}')
    except json.JSONDecodeError as error:
        out += [error.msg, error.lineno, error.colno, error.pos, error.doc, str(error)]

    class Encoder(json.JSONEncoder):
        def default(self, value):
            return sorted(value) if isinstance(value, set) else super().default(value)

    out += [attempt(json.dumps, {"s": {2, 1}}, cls=Encoder), attempt(json.dumps, object, cls=Encoder), "".join(json.JSONEncoder(indent=1).iterencode([1, {"a": (2, 3)}])), json.JSONDecoder().raw_decode("[1] tail"), attempt(json.JSONDecoder().raw_decode, "x")]

    class Text(str):
        pass

    class Number(int):
        pass

    class Real(float):
        pass

    class Pairs(dict):
        def items(self):
            return [("forged", 1)]

    out += [json.dumps([Text("t"), Number(5), Real(1.5), Pairs(a=1), {Text("k"): 1, Number(7): 2}]), attempt(json.dumps, {Text("k"): 1}, sort_keys=True), attempt(json.dumps, {"a": 1, 2: 3}, sort_keys=True)]
    return out


def dates():
    import datetime as module
    from datetime import date, datetime, time, timedelta, timezone, tzinfo

    out = []
    zone = timezone(timedelta(hours=8))
    days = [date(2026, 1, 31), date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31), date(2000, 6, 15)]
    moments = [datetime(2026, 3, 2, 9, 5, 7, 89), datetime(2024, 2, 29), datetime(1970, 1, 1, tzinfo=timezone.utc), datetime(2026, 7, 1, 12, tzinfo=zone), datetime.min, datetime.max]
    spans = [timedelta(0), timedelta(days=1), timedelta(days=-1, seconds=5), timedelta(days=365.25), timedelta(microseconds=1), timedelta.max, timedelta.min, timedelta(hours=36, minutes=5, milliseconds=7, weeks=2)]
    times = [time(), time(9, 30), time(23, 59, 59, 999999), time(12, tzinfo=timezone.utc), time(1, fold=1)]
    actions = [operator.add, operator.sub, operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge]
    out += all_pairs(actions, days + moments[:4] + spans[:4] + [1, None])
    out += all_pairs([*actions, operator.truediv, operator.floordiv, operator.mod, divmod, operator.mul], [*spans, 2, 1.5, -3, 0])
    out += all_pairs(actions[2:], times)
    for value in [*days, *moments, *spans, *times, timezone.utc, zone]:
        for action in (repr, str, hash, bool):
            answer = attempt(action, value)
            out.append(answer)
        out += [attempt(format, value, spec) for spec in ("", "%Y-%m-%d", "%Y年%m月%d日 %H:%M:%S", "%a %A %b %B %p %j %U %W %w %y %c %x %X %%", "%z %Z %f %:z", "%G-W%V-%u", "%Q", "%-d", "%")]
        for name in ("isoformat", "weekday", "isoweekday", "isocalendar", "toordinal", "timetuple", "utctimetuple", "ctime", "date", "time", "timetz", "timestamp", "utcoffset", "dst", "tzname", "total_seconds", "__reduce__"):
            if hasattr(value, name) and not (name == "timestamp" and value.tzinfo is None):
                out.append(attempt(getattr(value, name)))
        for name in ("year", "month", "day", "hour", "minute", "second", "microsecond", "tzinfo", "fold", "days", "seconds", "microseconds", "min", "max", "resolution"):
            out.append(attempt(getattr, value, name))
        for options in ({"year": 2023}, {"month": 2}, {"day": 31}, {"hour": 5}, {"tzinfo": None}, {"tzinfo": timezone.utc}, {"month": 13}, {"year": "x"}, {"fold": 1}):
            if hasattr(value, "replace"):
                out.append(attempt(value.replace, **options))
    out += [attempt(date, *arguments) for arguments in ((2026, 2, 29), (2026, 13, 1), (0, 1, 1), (10000, 1, 1), (2026, 1), ("a", 1, 1), (2026, 1.5, 1), (2026, 4, 31), (2**40, 1, 1))]
    texts = ["2026-03-02", "20260302", "2026-W10-1", "2026W101", "2026-W10", "2026-02-30", "2026-3-2", "2026-03-02T09:00", "2026-03-02 09:00:05.123456+08:00", "2026-03-02T09:00Z", "2026-03-02T24:00", "2026-03-02T25:00", "09:30", "0930", "T09:30:15.5", "", "x", "２０２６-03-02", "2026-03-02T", "2026-03-02T09:00:00+8", "2026-03-02T09:00:00.1234567", "9999-12-31T24:00:00", "2026-W54-1", "2026-W10-8", "二〇二六", "\ud800" * 10, "2026-03-02x"]
    out += [attempt(kind.fromisoformat, text) for text in texts for kind in (date, datetime, time)] + [attempt(kind.fromisoformat, 5) for kind in (date, datetime, time)]
    out += [attempt(date.fromordinal, n) for n in (1, 739000, 0, 3652060, -5, 2**40)] + [attempt(date.fromisocalendar, *a) for a in ((2026, 10, 1), (2020, 53, 7), (2021, 53, 1), (2026, 0, 1), (2026, 1, 8), (0, 1, 1))]
    out += [attempt(datetime.combine, days[0], times[1]), attempt(datetime.combine, days[0], times[3], zone), attempt(moments[3].astimezone, timezone.utc), attempt(datetime.fromtimestamp, 1e9, timezone.utc), attempt(datetime.fromtimestamp, 1e18, timezone.utc), attempt(datetime.fromtimestamp, float("nan"), timezone.utc), attempt(date.today) and 1, attempt(datetime.now) and 1, attempt(datetime.now, zone) and 1, attempt(datetime.now, timezone.utc) and 1, attempt(datetime.now, 5), attempt(lambda: datetime.now().astimezone()) and 1, attempt(lambda: datetime(2026, 1, 1).timestamp()) and 1, attempt(lambda: date.fromtimestamp(0)) and 1]
    out += [attempt(timezone, value) for value in (timedelta(hours=25), timedelta(hours=-5), 5, timedelta(seconds=1))] + [attempt(timezone, timedelta(hours=8), "北京"), attempt(timedelta, "a"), attempt(timedelta, days=10**10), attempt(timedelta, hours=1.5, days=0.1), attempt(timedelta, days=float("nan")), attempt(timedelta, days=10**400 // 10**395), attempt(time, 25), attempt(time, 1, 60), attempt(datetime, 2026, 1, 1, 24), attempt(lambda: sum(spans[:4], timedelta())), attempt(lambda: max(days)), attempt(lambda: abs(spans[2])), attempt(lambda: round(spans[3] / timedelta(hours=1), 2)), attempt(lambda: spans[1] * 0.1), attempt(lambda: spans[1] / 3), attempt(lambda: spans[5] * 2), attempt(lambda: -spans[6])]

    class Zone(tzinfo):
        def utcoffset(self, when):
            return timedelta(hours=9)

        def dst(self, when):
            return timedelta(0)

        def tzname(self, when):
            return "东"

    out += [attempt(lambda: datetime(2026, 1, 1, tzinfo=Zone()).isoformat()), attempt(lambda: datetime(2026, 1, 1, tzinfo=Zone()).astimezone(timezone.utc)), attempt(lambda: datetime(2026, 1, 1, tzinfo=Zone()).strftime("%Z %z")), attempt(lambda: datetime(2026, 1, 1, tzinfo=Zone()) - moments[2]), attempt(lambda: tzinfo().utcoffset(None)), module.MINYEAR]

    class Day(date):
        pass

    out += [repr(Day(2026, 1, 1) + timedelta(1)), Day.fromisoformat("2026-01-02"), Day(2026, 1, 1) == date(2026, 1, 1)]
    # Walking through months and years, as a projection does.
    here, walked = date(2020, 1, 31), []
    for _ in range(800):
        month = here.month % 12 + 1
        year = here.year + (here.month == 12)
        for day in (31, 30, 29, 28):
            try:
                here = date(year, month, day)
                break
            except ValueError:
                continue
        walked.append(here.isoformat())
    out += [hash(tuple(walked)), walked[-1]]
    return out


def calendars_and_parsing():
    import calendar
    import time
    from datetime import datetime

    out = [calendar.monthrange(2024, 2), calendar.isleap(1900), calendar.leapdays(2000, 2030), calendar.weekday(2026, 1, 1), attempt(calendar.monthrange, 2026, 13), calendar.monthcalendar(2026, 2), calendar.timegm((2026, 1, 1, 0, 0, 0)), list(calendar.Calendar().itermonthdates(2026, 2))[:3], calendar.month(2026, 2)]
    for text, form in (("2026-03-02", "%Y-%m-%d"), ("2026年3月2日", "%Y年%m月%d日"), ("02 Mar 2026 09:05:07", "%d %b %Y %H:%M:%S"), ("x", "%Y"), ("2026-13-01", "%Y-%m-%d"), ("2026-03-02x", "%Y-%m-%d"), ("09 PM", "%I %p"), ("Monday", "%A"), ("+0800", "%z"), ("2026 60", "%Y %j"), ("5", "%Q"), ("26", "%y")):
        out.append(attempt(datetime.strptime, text, form))
    out += [attempt(time.gmtime, 0), attempt(time.strftime, "%Y", time.gmtime(0)), attempt(time.time) and 1, attempt(time.monotonic) and 1, attempt(time.perf_counter) and 1, attempt(time.gmtime, 1e30), attempt(time.localtime) and 1, attempt(time.time_ns) and 1]
    return out


def data_classes():
    import dataclasses
    from dataclasses import KW_ONLY, FrozenInstanceError, InitVar, dataclass, field

    out = []

    @dataclass
    class Plain:
        a: int
        b: str = "x"
        c: list = field(default_factory=list)

    @dataclass(frozen=True)
    class Frozen:
        a: int
        b: tuple = ()

    @dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        a: int
        b: str = field(default="b", compare=False, repr=False)

    @dataclass(kw_only=True, slots=True)
    class Keyword:
        a: int
        b: int = 0

    @dataclass
    class Derived(Plain):
        d: int = 4
        _: KW_ONLY
        e: int = 5
        f: InitVar[int] = 0

        def __post_init__(self, f):
            self.d += f

    @dataclass(eq=False, repr=False)
    class Bare:
        a: int = 1

    @dataclass(unsafe_hash=True, match_args=False)
    class Hashed:
        a: int = 1

    @dataclass(frozen=True, slots=True)
    class Slotted(Ordered):
        z: float = 0.5
        computed: int = field(init=False, default=0)

        def __post_init__(self):
            object.__setattr__(self, "computed", self.a * 2)

    for kind in (Plain, Frozen, Ordered, Keyword, Derived, Bare, Hashed, Slotted):
        for arguments, options in (((1,), {}), ((), {"a": 2}), ((), {}), ((1, "q"), {}), ((1, 2, 3, 4, 5, 6, 7), {}), ((), {"zz": 1}), ((3,), {"e": 1, "f": 2})):
            made = attempt(kind, *arguments, **options)
            out.append(made.split(" at 0x")[0])
            try:
                value = kind(*arguments, **options)
            except TypeError:
                continue
            other = kind(*arguments, **options)
            out += [value == other, value != 5, attempt(hash, value) if kind in (Frozen, Ordered, Hashed, Slotted) else 0, attempt(lambda: value < other), attempt(setattr, value, "a", 9), attempt(delattr, value, "a"), attempt(setattr, value, "new", 1), attempt(dataclasses.asdict, other), attempt(dataclasses.astuple, other), attempt(lambda: repr(dataclasses.replace(other, a=7)).split(" at ")[0]), attempt(dataclasses.replace, other, zz=1), [f.name for f in dataclasses.fields(other)], dataclasses.is_dataclass(other)]
    out += [attempt(dataclasses.fields, 5), attempt(dataclasses.asdict, Plain), repr(dataclasses.make_dataclass("Made", [("x", int), ("y", int, 5)])(1)), repr(dataclasses.fields(Plain)[1].default), issubclass(FrozenInstanceError, AttributeError), Plain.__match_args__, Plain.__doc__ is not None]

    def bad_default():
        @dataclass
        class Bad:
            a: list = []

    def bad_order():
        @dataclass
        class Bad:
            a: int = 1
            b: int

    def bad_frozen():
        @dataclass
        class Bad(Frozen):
            c: int = 1

    out += [attempt(bad_default), attempt(bad_order), attempt(bad_frozen)]
    nested = Plain(1, "q", [Frozen(2), {"k": Frozen(3)}, (Frozen(4),)])
    out += [dataclasses.asdict(nested), dataclasses.astuple(nested), repr(nested), nested == Plain(1, "q", [Frozen(2), {"k": Frozen(3)}, (Frozen(4),)])]
    nested.c.append(nested)
    out.append(repr(nested))
    return out


def enumerations():
    import enum
    from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique

    class Colour(Enum):
        RED = 1
        GREEN = "g"
        BLUE = auto() if False else 3
        ALIAS = 1

        @property
        def lower(self):
            return self.name.lower()

    class Level(IntEnum):
        LOW = auto()
        HIGH = auto()

    class Word(StrEnum):
        ONE = auto()
        TWO = "二"

    class Rights(Flag):
        READ = auto()
        WRITE = auto()
        BOTH = READ | WRITE

    class Bits(IntFlag):
        A = 1
        B = 4

    class Rich(Enum):
        EARTH = (1, 2)

        def __init__(self, a, b):
            self.total = a + b

        @classmethod
        def _missing_(cls, value):
            return cls.EARTH if value == "home" else None

    out = []
    for kind in (Colour, Level, Word, Rights, Bits, Rich):
        out += [[repr(m) for m in kind], len(kind), list(kind.__members__), attempt(kind, 1), attempt(kind, "zz"), attempt(kind, 99), attempt(lambda: kind["RED"]), attempt(lambda: kind["nope"]), attempt(lambda: kind.NOPE), attempt(setattr, kind, "RED", 5), attempt(kind, "home"), attempt(lambda: 1 in kind), attempt(lambda: None in kind), repr(kind)]
        for member in kind:
            out += [str(member), repr(member), format(member, ""), attempt(format, member, ">12"), member.name, member.value, hash(member) and 1, member == member, attempt(lambda: member < member), attempt(setattr, member, "value", 1), isinstance(member, kind), f"{member}", attempt(lambda: member | member), attempt(lambda: ~member), attempt(bool, member), attempt(json.dumps, member), {member: 1}[member], attempt(lambda: member + 1)]
    out += [Colour.RED.lower, Colour.ALIAS is Colour.RED, Rich.EARTH.total, repr(Rights.READ | Rights.WRITE), Rights.READ in Rights.BOTH, list(Rights.BOTH), repr(Rights(0)), attempt(Rights, 8), repr(Bits(5)), repr(Bits(8)), Bits.A | 8, Bits.A & 5, Bits.B ^ 1, attempt(unique, Colour), Enum("Made", "A B")(2), attempt(lambda: type("Sub", (Colour,), {})), Word.TWO == "二", Word.ONE.upper(), Level.LOW < Level.HIGH, Level.HIGH + 1, sorted(Level, reverse=True), attempt(lambda: Colour.RED < Colour.GREEN)]
    return out


def patterns():
    import re

    out = []
    subjects = ["", "abc", "Hello World 123", "2026-03-02", "a1b22c333", "居住证积分120分", "é漢😀x", "line1\nline2\n", "aaaa" * 50, "x" * 300 + "y", "  pad ", "key=value; k2=v2", "Straße", "İstanbul ſ K", b"bytes 12"]
    sources = ["", "a", "abc", "[a-z]+", r"\d+", r"\w+", r"\W", r"\s*", r"^\S+$", r"(\d{4})-(\d\d)-(?P<day>\d\d)", "(a)(b)?", r"(?:a|b)*c", r"a{2,3}?", "(?i)HELLO", "(?s).+", "(?m)^l.*$", "(?x) a # c\n b", r"\bW", r"(?<=o )W", r"(?<!a)1", r"(?=1)\d", "(?!a).", r"(\w)\1", r"(?P<q>['\"]).*?(?P=q)", "[^a-c]", "[\u4e00-\u9fff]+", "漢|字|积", ".*y", "(x+x+)+y" if False else "x+y", r"\A\w", r"\Z", "(?a)\\w+", "(?i)straße", "(?i)ſ", "[à-ÿ]", "😀", "(a|ab)(c|bcd)", "(?>a+)b", "a*+", "(?(1)a|b)", "(", ")", "[", "*", "a**", r"\\", r"\q", "(?P<1>a)", r"\9", "[b-a]", "a{3,1}", "(?z)", r"(?<=a+)b", "(?#c)a", r"[\d\s-]+", "[]]", "[^]]", r"\x41\u6f22", "a|", "(?:)", r"$", r"[[:alpha:]]", "(?i:A)b", r"\N{BULLET}" if False else "b"]
    for source in sources:
        compiled = attempt(re.compile, source)
        out.append(compiled)
        try:
            pattern = re.compile(source)
        except re.error as error:
            out.append([error.msg, error.pos])
            continue
        for subject in subjects:
            if isinstance(subject, bytes):
                out.append(attempt(pattern.search, subject))
                continue
            match = pattern.search(subject)
            if match:
                out += [match.group(), match.span(), match.groups(), match.groupdict(), match.start(), match.end(), attempt(match.group, 1), attempt(match.group, "day"), attempt(match.expand, r"<\g<0>>"), repr(match)[:60], match.lastindex, match.string == subject, match.regs]
            out += [attempt(pattern.match, subject), attempt(pattern.fullmatch, subject), attempt(pattern.findall, subject), attempt(pattern.split, subject), attempt(pattern.split, subject, 1), attempt(pattern.sub, "-", subject), attempt(pattern.sub, r"[\g<0>]", subject, 2), attempt(pattern.sub, lambda m: m.group().upper(), subject), attempt(pattern.subn, "漢", subject), [m.span() for m in pattern.finditer(subject, 1)]]
        out += [pattern.groups, pattern.groupindex, pattern.flags, pattern.pattern, pattern == re.compile(source), hash(pattern) and 1]
    for source in (rb"\d+", rb"[a-z]", rb"(?i)B", rb"\w+"):
        out += [attempt(re.findall, source, b"ab 12 \xff"), attempt(re.sub, source, b"-", b"ab 12"), attempt(re.search, source, "text"), attempt(re.split, source, bytearray(b"a1b"))]
    out += [re.escape("a.b*漢"), attempt(re.sub, "(a)", r"\2", "a"), attempt(re.sub, "a", "\\", "a"), attempt(re.compile, "a", 2**20), attempt(re.compile, 5), attempt(re.compile, b"a", re.U), re.purge(), str(re.I | re.M), attempt(re.match, "(a*)*b", "a" * 20), re.template if hasattr(re, "template") else 0, [m[0] for m in re.finditer(r"(?P<w>\w)", "ab")], re.match("(?P<n>a)", "a")["n"]]
    return out


def copies_and_tables():
    import copy
    import csv
    import io
    import string
    import textwrap

    out = []

    class Thing:
        def __init__(self):
            self.items, self.me = [1, {"a": (2,)}], self

    class Copied:
        def __copy__(self):
            return "copied"

        def __deepcopy__(self, memo):
            return "deeply"

        def __reduce__(self):
            return "x"

    thing = Thing()
    clone = copy.deepcopy(thing)
    out += [clone.items, clone.me is clone, clone.items is not thing.items, copy.copy(thing).items is thing.items, copy.copy(Copied()), copy.deepcopy([Copied()]), [attempt(copy.deepcopy, v) for v in (1, "a", None, [1], (1, [2]), {"a": [1]}, {1, 2}, frozenset([1]), b"a", bytearray(b"b"), 1.5, int, len, range(3), slice(1))], attempt(copy.replace, thing, a=1)]
    tables = ["a,b\r\n1,2\r\n", '"q ""x""",2\n', "甲,乙\n1,\n", "a;b\n", '"open', "a,b,c\n1\n", "\n\n", "'x',y\n", "a\tb\n", 'a,"multi\nline"\n', "\x00", "1,2.5,x\n"]
    for text in tables:
        for options in ({}, {"delimiter": ";"}, {"quotechar": "'"}, {"strict": True}, {"skipinitialspace": True}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"}, {"dialect": "excel-tab"}, {"delimiter": "ab"}, {"quoting": csv.QUOTE_STRINGS}):
            out += [attempt(lambda: list(csv.reader(io.StringIO(text), **options)))]
        out.append(attempt(lambda: list(csv.DictReader(text.splitlines()))))
    for row in (["a", 'q"', "c,d", "漢\n", None, 1.5, True], [], [1], ["\\"], [" x"]):
        for options in ({}, {"quoting": csv.QUOTE_ALL}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_NONE}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"}, {"lineterminator": "\n"}, {"doublequote": False, "escapechar": "!"}, {"quoting": csv.QUOTE_NOTNULL}):
            target = io.StringIO()
            out += [attempt(lambda: csv.writer(target, **options).writerow(row)), target.getvalue()]
    target = io.StringIO()
    writer = csv.DictWriter(target, ["a", "b"])
    out += [attempt(writer.writeheader), attempt(writer.writerow, {"a": 1}), attempt(writer.writerow, {"z": 1}), target.getvalue(), attempt(csv.reader, 5), attempt(csv.field_size_limit), attempt(csv.list_dialects)]
    memory = io.StringIO("one\ntwo\r\nthree")
    out += [memory.readline(), memory.read(2), memory.tell(), memory.readlines(), memory.seek(0), memory.write("X"), memory.getvalue(), memory.truncate(3), list(io.StringIO("a\nb")), attempt(memory.seek, -1), memory.close(), attempt(memory.read), attempt(io.StringIO, 5), attempt(io.StringIO("a").write, 5)]
    raw = io.BytesIO(b"one\ntwo")
    out += [raw.readline(), raw.read(), raw.seek(0), raw.readinto(bytearray(2)), raw.write(b"Z"), raw.getvalue(), bytes(raw.getbuffer()), raw.readlines(), attempt(raw.write, "x"), io.TextIOWrapper(io.BytesIO("漢\r\n字".encode()), encoding="utf-8").read()]
    out += [string.Template("$a ${b} $$").safe_substitute(a=1), attempt(string.Template("$a").substitute), string.capwords("a b"), string.ascii_letters, string.Formatter().format("{0} {a}", 1, a=2), textwrap.fill("word " * 20, 30), textwrap.dedent("  a\n  b"), textwrap.shorten("a b c d e f", 7)]
    print("printed", 1, None, sep="-", end="!\n")
    print("漢", file=target)
    return out


CHAPTERS = [json_texts, dates, calendars_and_parsing, data_classes, enumerations, patterns, copies_and_tables]
