"""Text and bytes: every method on every width of character, and the ways between text and bytes."""

# ruff: noqa
# mypy: ignore-errors
# fmt: off

import operator

from .tool import all_pairs, attempt

# One of each width that CPython keeps apart, and lengths on both sides of where its searches change their ways.
TEXTS = ["", "a", "Hello, World", "  pad\t", "x" * 300 + "y", "1234", "line\nline\r\nend\x0b\x1c", "é", "Straße ÀÉ ñ", "\xa0ÿµ" * 20, "漢字", "居住证积分，１２０分。", "ＡＢｃ　ｄ",
         "İıſŉǰΐﬁ", "ΑΣ ΟΔΟΣ", "한국어", "😀", "a😀漢é" * 9, "𝟙𝟚 𐐀𐐨", "\ud800", "a\ud83dz", "e\u0301\u200d", "٣٤५", "ⅣⅷǅǆǄ", "_ident", "tab\tsep\t", "a,b,,c"]
LONG = ["ab" * 3000 + "c", "漢字" * 2500 + "末", "😀x" * 2000 + "!", "é" * 4000 + "ü"]
NEEDLES = ["", "a", "y", "ab", "ll", "xy", "é", "漢", "字居", "分。", "😀", "x!", "\n", " ", "zz", "ababab" * 20 + "c", "漢字" * 100 + "末", "😀x" * 60 + "!", "é" * 80 + "ü", "\ud800", "abc" * 50, "cab" * 30]

PLAIN = ["capitalize", "casefold", "expandtabs", "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper",
         "lower", "lstrip", "rstrip", "strip", "swapcase", "title", "upper", "split", "rsplit", "splitlines", "__repr__", "__hash__", "__len__", "encode"]
WITH_TEXT = ["count", "endswith", "find", "index", "partition", "rfind", "rindex", "rpartition", "startswith", "split", "rsplit", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "join",
             "__contains__", "__add__", "__eq__", "__lt__", "__ge__", "zfill"]


def methods_of_text():
    out = []
    for text in TEXTS + LONG:
        short = len(text) < 1000
        for name in PLAIN:
            answer = attempt(getattr(text, name))
            out.append(answer if short else hash(answer))
        for needle in NEEDLES:
            for name in WITH_TEXT:
                answer = attempt(getattr(text, name), needle)
                out.append(answer if short else hash(answer))
            out += [attempt(text.replace, needle, new) if short else hash(attempt(text.replace, needle, new)) for new in ("", "-", "漢漢", "😀", needle, "é")]
            out += [attempt(text.replace, needle, "<>", 2) if short else 0, attempt(text.split, needle, 1) if short else 0, attempt(text.rsplit, needle, 1) if short else 0]
            out += [attempt(text.find, needle, 2), attempt(text.rfind, needle, 0, -1), attempt(text.count, needle, 1, 40), attempt(text.startswith, (needle, "q"), 1), attempt(text.endswith, (needle,), 0, 5)]
        if short:
            for fill in ("", " ", "*", "漢", "😀", "ab"):
                for width in (0, 5, 30):
                    out += [attempt(text.center, width, fill), attempt(text.ljust, width, fill), attempt(text.rjust, width, fill)]
            out += [attempt(text.zfill, 20), attempt(text.expandtabs, 3), attempt(text.splitlines, True), attempt(text.split, None, 1), attempt(text.rsplit, None, 1), attempt(ascii, text), attempt(text.__mul__, 3), attempt(text.__mul__, -1)]
            for part in (slice(None), slice(1, None), slice(None, -1), slice(None, None, 2), slice(None, None, -1), slice(5, 1, -2), slice(-3, 100), slice(0, 0)):
                out.append(attempt(operator.getitem, text, part))
            for index in (0, -1, 1000, "x", None, 1.5):
                out.append(attempt(operator.getitem, text, index))
            for spec in ("", "s", "10", "<10", ">10", "^11", "*^11", ".2", "10.3", "漢>8", "d", "=5", "0<9", ",", "😀^9.1"):
                out.append(attempt(format, text, spec))
            table = str.maketrans({"a": "1", "漢": None, "é": "ee", 120: 121, "😀": "smile"})
            out += [attempt(text.translate, table), attempt(text.translate, str.maketrans("abc", "漢é😀", "x")), attempt(text.translate, {}), attempt(list, text), attempt(sorted, text), attempt(lambda: text[::-1] + text), attempt(reversed, text) and 1]
            out += [attempt(min, text), attempt(max, text), attempt(text.format_map, {}), attempt(text.join, "一二"), attempt(text.join, ["a", "é", "漢", "😀"]), attempt(text.join, ["a", 1]), attempt(text.join, []), attempt(text.join, ["😀"])]
            out += [attempt(ord, text), attempt(hash, text), attempt(int, text), attempt(text.isidentifier), attempt(text.maketrans, text, text)]
    out += all_pairs([operator.add, operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge, operator.contains], TEXTS)
    out += [attempt(chr, number) for number in (0, 65, 233, 0x6F22, 0x1F600, 0xD800, 0x10FFFF, 0x110000, -1, 1.5)]
    out += [attempt(str, value) for value in (None, 1, 1.5, True, [1, "a"], {"k": (1,)}, b"x", {1}, object, ValueError("v"))] + [attempt(str, b"\xe6\xbc\xa2", "utf-8"), attempt(str, b"\xff", "utf-8", "replace"), attempt(str, 5, "utf-8")]
    out += [attempt(operator.add, "a", 1), attempt(operator.mul, "a", "b"), attempt(operator.mul, "a", 2**62), attempt(operator.lt, "a", 1), attempt(lambda: "a".foo), attempt("a".split, ""), attempt("a".center, "x"), attempt("abc".index, "z"), attempt("".rindex, "a")]
    # Every character's properties and cases, as one number for each.
    for name in ("upper", "lower", "title", "casefold", "swapcase", "isalpha", "isdigit", "isdecimal", "isnumeric", "isspace", "isprintable", "isupper", "islower", "isidentifier"):
        out.append(hash(tuple(getattr(chr(code), name)() for code in range(0, 0x30000, 7))))
    return out


CODECS = ["utf-8", "UTF8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
HANDLERS = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass", "nobody"]


def text_and_bytes():
    out = []
    for text in [*TEXTS, "ab" * 300, "é" * 300, "漢" * 300, "😀" * 300, "ab" * 50 + "\udcff"]:
        for codec in CODECS:
            for handler in HANDLERS:
                out.append(attempt(text.encode, codec, handler))
    broken = [b"", b"abc", b"\xff", b"\xc3", b"\xc3\x28", b"\xe6\xbc", b"\xe6\xbc\xa2", b"\xf0\x9f\x98", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xc0\x80", b"a" * 100 + b"\x80" + b"b" * 50,
              b"\xff\xfea\x00", b"\xfe\xff\x00a", b"\xff\xfe\x00\xd8", b"\x00\x00\xfe\xff\x00\x00\x00a", b"\xff\xfe\x00\x00a\x00\x00\x00", b"\x00\xd8a\x00", b"a\x00b", "居住证".encode() * 60 + b"\xe5", b"\xef\xbb\xbfbom", bytes(range(256))]
    for data in broken:
        for codec in [*CODECS, "utf-8-sig"]:
            for handler in HANDLERS:
                if not (codec == "utf-8-sig"):
                    out.append(attempt(data.decode, codec, handler))
    return out


def methods_of_bytes():
    out = []
    values = [b"", b"a", b"Hello, World", b"  pad\t", b"x" * 300 + b"y", b"1234", b"l\nl\r\ne", b"\xff\x00\x80", b"a,b,,c", b"ab" * 900]
    needles = [b"", b"a", b"y", b"ll", b"\x00", b"ab" * 40, 97, 300, "a", b","]
    plain = ["capitalize", "expandtabs", "isalnum", "isalpha", "isascii", "isdigit", "islower", "isspace", "istitle", "isupper", "lower", "lstrip", "rstrip", "strip", "swapcase", "title", "upper", "split", "rsplit", "splitlines", "hex", "__len__", "__repr__"]
    argued = ["count", "endswith", "find", "index", "partition", "rfind", "rindex", "rpartition", "startswith", "split", "rsplit", "strip", "removeprefix", "removesuffix", "join", "__contains__", "__add__", "__eq__", "__lt__", "zfill"]
    for kind in (bytes, bytearray):
        for raw in values:
            value = kind(raw)
            out += [attempt(getattr(value, name)) for name in plain]
            out += [attempt(getattr(value, name), needle) for name in argued for needle in needles]
            out += [attempt(value.replace, b"a", b"bb"), attempt(value.replace, b"", b"-", 3), attempt(value.center, 20, b"*"), attempt(value.ljust, 5), attempt(value.rjust, 9, b"0"), attempt(value.translate, bytes(range(256)), b"a"), attempt(value.zfill, 9),
                    attempt(operator.getitem, value, 0), attempt(operator.getitem, value, slice(None, None, -1)), attempt(operator.getitem, value, slice(1, 5, 2)), attempt(operator.getitem, value, 10**9), attempt(value.__mul__, 2), attempt(hash, value), attempt(list, value), attempt(int, value), attempt(float, value), attempt(value.hex, ":"), attempt(operator.mod, value, 5)]
    changed = bytearray(b"abcdef")
    for action in (lambda: changed.append(120), lambda: changed.extend(b"yz"), lambda: changed.insert(1, 65), lambda: changed.pop(), lambda: changed.remove(97), lambda: changed.reverse(), lambda: operator.setitem(changed, 0, 66), lambda: operator.setitem(changed, slice(1, 3), b"QQQQ"),
                   lambda: operator.delitem(changed, slice(0, 2)), lambda: operator.delitem(changed, 0), lambda: changed.append(300), lambda: changed.remove(1), lambda: changed.extend([1, 2]), lambda: changed.clear(), lambda: changed.pop(), lambda: operator.setitem(changed, 5, 1)):
        out += [attempt(action), bytes(changed).hex()]
    out += [attempt(bytes, value) for value in (5, -1, "x", [1, 2], [300], None, 1.5, b"y", bytearray(b"z"), range(4), 2**40)] + [attempt(bytes, "漢", "utf-8"), attempt(bytes.fromhex, "00 ff 7A"), attempt(bytes.fromhex, "0"), attempt(bytes.fromhex, "zz")]
    view = memoryview(bytearray(b"0123456789"))
    out += [attempt(bytes, view[2:5]), attempt(view.tolist), attempt(lambda: view[0]), attempt(operator.setitem, view, 0, 65), attempt(operator.setitem, view, slice(1, 3), b"xy"), attempt(view.tobytes), attempt(view.hex), attempt(lambda: view[::-2].tobytes()), attempt(lambda: view == b"x"), attempt(lambda: view.cast("H").tolist()), attempt(view.release), attempt(len, view), attempt(hash, memoryview(b"ab"))]
    return out


CHAPTERS = [methods_of_text, text_and_bytes, methods_of_bytes]
