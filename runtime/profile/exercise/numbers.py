"""Whole numbers, floats, fractions, and their formats."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import math
import operator

from .tool import all_pairs, attempt

SMALL = [0, 1, -1, 2, 7, -13, 100, 255, 256, 2**15, -(2**30), 2**31 - 1, 2**62, True, False]
BIG = [2**63, -(2**64) - 7, 10**30 + 3, 3**200, -(7**150), 2**1000 + 1, 10**400 - 1]
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 1e-7, 123456.789, 1e16, 1e22, 1e300, -1e-300, 5e-324, float("inf"), float("-inf"), float("nan")]

ARITHMETIC = [
    operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, divmod,
    operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge,
]
BITS = [operator.and_, operator.or_, operator.xor]


def whole_numbers():
    out = all_pairs(ARITHMETIC + BITS, SMALL + BIG)
    for value in SMALL + BIG:
        for action in (operator.neg, operator.pos, abs, operator.invert, bool, float, str, repr, hash, hex, oct, bin, int,
                       int.bit_length, int.bit_count, int.as_integer_ratio, int.is_integer, operator.index, math.sqrt,
                       math.floor, math.ceil, math.trunc, math.isqrt, complex, round):
            out.append(attempt(action, value))
        for shift in (0, 1, 7, 30, 31, 64, 200, -1):
            out += [attempt(operator.lshift, value, shift), attempt(operator.rshift, value, shift)]
        for power in (0, 1, 2, 3, 5, 17, -1, 0.5):
            out += [attempt(pow, value, power), attempt(pow, value, power, 97), attempt(pow, value, power, -1000003)]
        for digits in (None, 0, 1, -1, -2, -5, -40):
            out.append(attempt(round, value, digits))
        for length, order, sign in ((1, "big", True), (8, "little", True), (200, "big", True), (16, "little", False), (4, "middle", False)):
            out.append(attempt(value.to_bytes, length, order, signed=sign))
    out += [attempt(int.from_bytes, bytes(range(n)), order, signed=sign) for n in (0, 1, 3, 8, 40) for order in ("big", "little") for sign in (True, False)]
    out += [attempt(pow, a, b, c) for a in (3, 10**20, -5) for b in (2, 10**18, -3, 2**300 + 1) for c in (7, 10**25 + 13, -9, 0)]
    big = 7**3000
    out += [attempt(lambda: (big * big) % 10**50), attempt(lambda: (big**2 // (big - 1)) & 0xFFFF), attempt(lambda: big // 3**2000 % 10**40),
            attempt(lambda: len(str(big))), attempt(lambda: int(str(big)) == big), attempt(lambda: len(hex(big))), attempt(lambda: int(hex(big), 16) == big),
            attempt(lambda: str(10**5000)), attempt(lambda: int("9" * 5000)), attempt(lambda: float(big)), attempt(lambda: big / (big + 1)),
            attempt(lambda: big == float("inf")), attempt(lambda: big < 1e300), attempt(lambda: hash(big)), attempt(lambda: 1e300 > big)]
    return out


def number_texts():
    texts = ["0", "7", "-12", "+3", " 42 ", "\t5\n", "1_000", "１２", "٣٤", "一", "0x1f", "0b11", "0o17", "1e3", "1.5", ".5", "5.", "", " ", "--1",
             "1__0", "_1", "1_", "nan", "inf", "-Infinity", "1e400", "1e-400", "0.1e1", "123456789012345678901234567890", "1.7976931348623159e308",
             "4.9e-324", "2.5e-324", "0.30000000000000004", "9007199254740993", "é", "1\x00", "漢", "12三", "1 2", "１２．５", "9" * 400, "0." + "1" * 100,
             "2.2250738585072011e-308", "179769313486231580793e289", "0x1.8p3", "1,000"]
    out = []
    for text in texts:
        out += [attempt(int, text), attempt(float, text), attempt(complex, text), attempt(float.fromhex, text), attempt(int, text.encode()), attempt(float, text.encode())]
        out += [attempt(int, text, base) for base in (0, 2, 3, 8, 10, 16, 32, 36, 1, 37)]
    out += [attempt(int, value) for value in (1.9, -1.9, 1e30, float("nan"), float("inf"), None, [], "5", b"6", bytearray(b"7"), True)]
    out += [attempt(float, value) for value in (1, 2**80, 10**400, None, [], "5", b"6", True)]
    return out


def floats():
    out = all_pairs(ARITHMETIC, FLOATS + [0, 1, -3, 2**53 + 1, 10**25, 10**400, True]) + all_pairs([pow], FLOATS + [0, 1, -3, True])
    for value in FLOATS:
        for action in (repr, str, abs, operator.neg, bool, int, round, math.floor, math.ceil, math.trunc, float.is_integer, float.hex, float.as_integer_ratio,
                       math.isnan, math.isinf, math.isfinite, math.sqrt, math.exp, math.log, math.log2, math.log10, math.log1p, math.expm1, math.sin, math.cos,
                       math.tan, math.atan, math.asin, math.acos, math.sinh, math.cosh, math.tanh, math.gamma, math.lgamma, math.erf, math.erfc, math.frexp, math.modf,
                       math.degrees, math.radians, math.fabs, math.ulp, math.cbrt, math.exp2):
            out.append(attempt(action, value))
        for digits in (0, 1, 2, 5, 15, 20, -1, -5, -400, 400, None):
            out.append(attempt(round, value, digits))
        for other in (0.0, 1.5, -2.0, float("inf"), float("nan")):
            for action in (math.pow, math.fmod, math.remainder, math.copysign, math.atan2, math.hypot, math.isclose, math.nextafter, math.log):
                out.append(attempt(action, value, other))
    out += [attempt(hash, value) for value in FLOATS if value == value]
    out += [attempt(round, value, 2) for value in (0.125, 0.375, 2.675, 1.005, -0.5, 1234.565, 1e15 + 0.55)]
    out += [attempt(round, value) for value in (0.5, 1.5, 2.5, -0.5, -1.5)]
    values = [0.1] * 10 + [1e16, 1.0, -1e16, 1e-300]
    out += [attempt(sum, values), attempt(math.fsum, values), attempt(math.prod, values), attempt(min, values), attempt(max, values), attempt(sum, [1, 2.5, True]),
            attempt(sum, [1, 2**70, 0.5]), attempt(sum, [[1], [2]], []), attempt(sum, ["a"]), attempt(sum, ["a"], ""), attempt(math.sumprod, [1, 2.0, 3], [4, 5, 6]),
            attempt(math.dist, [1, 2], [3, 4]), attempt(math.gcd, 12, 18, 27), attempt(math.lcm, 4, 6), attempt(math.comb, 40, 20), attempt(math.perm, 10, 3),
            attempt(math.factorial, 50), attempt(math.factorial, -1), attempt(math.gcd, 3**100, 9**30), attempt(math.isqrt, 10**40), attempt(math.ldexp, 0.5, 10),
            attempt(math.log, 10**400), attempt(math.log2, 2**2000), attempt(math.log10, 10**500), attempt(math.log, 0), attempt(math.sqrt, -1)]
    return out


FORMATS = ["", "d", "5d", "05d", "+d", " d", "-d", ",d", "_d", "<8d", "^8d", ">8d", "=8d", "*^12d", "x", "#x", "X", "#o", "b", "#b", "c", "n", "e", "E", ".3e", "f", "F", ".0f", ".2f",
           "#.0f", ",.2f", "_.1f", "010.2f", "+.1f", "g", "G", ".3g", "#g", "%", ".1%", ",.0%", "s", "5", "<5", "z.1f", "_x", "_b", ".2", "10.3", "q", "d ", ",x", ".3d", "c,", "漢^10", "1000d", ".200f"]


def formats():
    values = [0, 7, -42, 1234567, 2**70, -(10**25), True, 0.0, -0.0, 3.14159, -1234.5678, 1e20, 1e-10, 1e100, float("nan"), float("-inf"), 65, 0x6F22, 2**40, 1 + 2j]
    out = [attempt(format, value, spec) for value in values for spec in FORMATS]
    percent = ["%d", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%X", "%o", "%#o", "%e", "%.2e", "%f", "%.1f", "%10.3f", "%g", "%#g", "%s", "%10s", "%-10s|", "%.2s", "%r", "%a", "%c", "%%", "%i", "%u", "%*d", "%(a)s", "%q", "%", "%ld", "%.*f"]
    for spec in percent:
        for value in [*values, "文字", "é", (3, 7), (2, 1.5), {"a": 5}, None, b"x", [1]]:
            out.append(attempt(operator.mod, spec, value))
            out.append(attempt(operator.mod, spec.encode(), value))
    for template in ("{}", "{0}", "{0}{1}", "{}{}", "{a}", "{0.real}", "{0[0]}", "{!r}", "{!s:>9}", "{!a}", "{:{}}", "{", "}", "{{}}", "{0}{}", "{0!x}", "{:>{w}}", "{a[b]}", "{a.b}", "{-1}", "{0.}"):
        for arguments in ((5,), ("漢字", 9), ([1, 2],), ()):
            out.append(attempt(template.format, *arguments, a={"b": 1}, w=12))
    return out


def fractions():
    from fractions import Fraction

    values = [Fraction(1, 3), Fraction(-7, 4), Fraction(0), Fraction(10**20, 3), 2, 0.5, -1, 10**30]
    out = all_pairs(ARITHMETIC + [pow], values[:6])
    for value in values[:4]:
        for action in (str, repr, hash, float, int, round, math.floor, math.ceil, math.trunc, abs, operator.neg, bool, Fraction.limit_denominator, Fraction.as_integer_ratio):
            out.append(attempt(action, value))
        out += [attempt(format, value, spec) for spec in ("", ".2f", "8.3f", ",.1f", "e", "g", "%", "d", "q")] + [attempt(round, value, 2)]
    out += [attempt(Fraction, text) for text in ("1/3", "0.25", "1e-3", "x", "1/0", " 3 ", "-5/10", 0.1, 7, None, float("nan"))]
    return out


CHAPTERS = [whole_numbers, number_texts, floats, formats, fractions]
