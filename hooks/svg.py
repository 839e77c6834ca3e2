"""Pictures as SVG text, from plain data. Colours come from the page's style by class; every picture has a title and a text.

A picture is drawn twice, for wide and for narrow screens; the page's style shows one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Stop:
    """A step of a procedure: its number, its name, who acts (columns, from 0), who in words, how long in words."""

    number: int
    name: str
    lanes: tuple[int, ...]
    who: str
    lasts: str = ""


@dataclass(frozen=True)
class Band:
    """Steps in a row under one name."""

    name: str
    stops: tuple[Stop, ...]


# --- drawing -----------------------------------------------------------------------------------------------------------


def width(text: str, size: float) -> float:
    """About how wide a text is, in the units of the drawing: a Chinese character is as wide as it is high."""
    return sum(size if ord(letter) > 0x2E80 else size * 0.56 for letter in text)


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines that fit: between words in English, between characters in Chinese."""
    chinese = any(ord(letter) > 0x2E80 for letter in text)
    pieces = list(text) if chinese else text.split(" ")
    joint = "" if chinese else " "
    lines = [pieces[0]]
    for piece in pieces[1:]:
        longer = f"{lines[-1]}{joint}{piece}"
        # No line begins with punctuation.
        if width(longer, size) <= room or piece in "，。、；：）》”":
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def words(
    text: str, x: float, y: float, size: float = 14, kind: str = "", anchor: str = "start", room: float = 0
) -> tuple[str, float]:
    """A text as SVG from its first baseline, and the height that it takes."""
    lines = wrapped(text, size, room) if room else [text]
    leading = size * 1.35
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    style = f' class="{kind}"' if kind else ""
    spans = "".join(
        f'<tspan x="{x:g}" y="{y + index * leading:g}">{escape(line, quote=False)}</tspan>'
        for index, line in enumerate(lines)
    )
    return f'<text font-size="{size:g}"{place}{style}>{spans}</text>', leading * len(lines)


def box(x: float, y: float, wide: float, high: float, kind: str, radius: float = 6) -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{radius:g}" class="{kind}"/>'


def line(points: Iterable[tuple[float, float]], kind: str = "pic-line", arrow: bool = False) -> str:
    """A line through points, with an arrow head at its end where asked for."""
    path = list(points)
    d = "M" + " L".join(f"{x:g} {y:g}" for x, y in path)
    out = f'<path d="{d}" class="{kind}"/>'
    if arrow:
        (x0, y0), (x, y) = path[-2:]
        if abs(x - x0) > abs(y - y0):
            side = 5 if x > x0 else -5
            out += f'<path d="M{x - side:g} {y - 4:g} L{x:g} {y:g} L{x - side:g} {y + 4:g}" class="{kind}"/>'
        else:
            out += f'<path d="M{x - 4:g} {y - 5:g} L{x:g} {y:g} L{x + 4:g} {y - 5:g}" class="{kind}"/>'
    return out


def disc(number: int, x: float, y: float, radius: float = 11) -> str:
    """A number in a disc."""
    text, _ = words(str(number), x, y + 4.2, 12, "pic-on", "middle")
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" class="pic-disc"/>{text}'


def drawing(
    name: str, variant: str, wide: float, high: float, title: str, description: str, parts: Iterable[str]
) -> str:
    """The SVG element: an image with a name and a description."""
    ids = f"{name}-{variant}-title {name}-{variant}-desc"
    return (
        f'<svg class="pic pic-{variant}" viewBox="0 0 {wide:g} {high:g}" role="img" aria-labelledby="{ids}" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{name}-{variant}-title">{escape(title, quote=False)}</title>'
        f'<desc id="{name}-{variant}-desc">{escape(description, quote=False)}</desc>{"".join(parts)}</svg>'
    )


# --- pictures ----------------------------------------------------------------------------------------------------------


def lanes(name: str, title: str, description: str, actors: Sequence[str], bands: Sequence[Band]) -> str:
    """A procedure for wide screens: one column for each who acts, time runs down."""
    left, lane, gap = 112, 196, 12
    total = left + len(actors) * lane + (len(actors) - 1) * gap
    parts, y = [], 30.0
    for index, actor in enumerate(actors):
        x = left + index * (lane + gap)
        parts.append(words(actor, x + lane / 2, 16, 14, "pic-strong", "middle")[0])
    before: tuple[float, float] | None = None
    for number, band in enumerate(bands):
        begin = y
        drawn: list[str] = []
        y += 8
        for stop in band.stops:
            first, last = min(stop.lanes), max(stop.lanes)
            x = left + first * (lane + gap)
            wide = lane * (last - first + 1) + gap * (last - first)
            label, high = words(stop.name, x + 36, y + 20, 13.5, "", room=wide - 44)
            note, more = (
                words(stop.lasts, x + 36, y + 20 + high, 12, "pic-note", room=wide - 44) if stop.lasts else ("", 0)
            )
            tall = max(34, high + more + 13)
            here = (x + wide / 2, y)
            if before:
                half = (before[1] + here[1]) / 2
                path = (
                    [before, here]
                    if abs(before[0] - here[0]) < 1
                    else [before, (before[0], half), (here[0], half), here]
                )
                drawn.append(line(path, arrow=True))
            drawn += [box(x, y, wide, tall, "pic-box"), disc(stop.number, x + 18, y + 17), label, note]
            before = (x + wide / 2, y + tall)
            y += tall + 16
        y -= 4
        shade = "pic-band" if number % 2 == 0 else "pic-band-alt"
        parts += [
            box(0, begin, total, y - begin, shade, 0),
            words(band.name, 10, begin + 26, 13, "pic-soft", room=left - 22)[0],
            *drawn,
        ]
    return drawing(name, "wide", total, y + 4, title, description, parts)


def column(name: str, title: str, description: str, bands: Sequence[Band]) -> str:
    """A procedure for narrow screens: one line of steps, time runs down."""
    total, parts, y = 350, [], 8.0
    top: float | None = None
    bottom = 0.0
    drawn: list[str] = []
    for band in bands:
        label, high = words(band.name, 38, y + 14, 13.5, "pic-soft", room=total - 42)
        drawn.append(label)
        y += high + 12
        for stop in band.stops:
            top = y + 6 if top is None else top
            bottom = y + 6
            text, tall = words(stop.name, 38, y + 11, 15.5, "", room=total - 42)
            under = f"{stop.who} · {stop.lasts}" if stop.lasts else stop.who
            note, more = words(under, 38, y + 11 + tall, 13, "pic-note", room=total - 42)
            drawn += [f"<g>{disc(stop.number, 14, y + 6, 12)}{text}{note}</g>"]
            y += tall + more + 14
        y += 4
    parts.append(line([(14, top or 0), (14, bottom)]))
    return drawing(name, "narrow", total, y, title, description, [*parts, *drawn])


def chain(name: str, title: str, description: str, items: Sequence[tuple[str, str, str]]) -> str:
    """A few phases side by side for wide screens: name, note, time."""
    total, gap = 960, 22
    wide = (total - gap * (len(items) - 1)) / len(items)
    texts, deepest = [], 0.0
    for index, (label, note, lasts) in enumerate(items):
        x, y = index * (wide + gap) + 14, 32.0
        for text, size, kind in ((label, 16.5, "pic-strong"), (note, 13.5, "pic-soft"), (lasts, 13.5, "pic-note")):
            if text:
                drawn, high = words(text, x, y, size, kind, room=wide - 26)
                texts.append(drawn)
                y += high + 3
        deepest = max(deepest, y)
    tall = deepest - 12
    parts = [box(index * (wide + gap) + 1, 4, wide - 2, tall, "pic-box") for index in range(len(items))]
    parts += [
        line([(index * (wide + gap) - gap + 3, 4 + tall / 2), (index * (wide + gap) - 3, 4 + tall / 2)], arrow=True)
        for index in range(1, len(items))
    ]
    return drawing(name, "wide", total, tall + 8, title, description, [*parts, *texts])


def stack(name: str, title: str, description: str, items: Sequence[tuple[str, str, str]]) -> str:
    """The same phases one under the other for narrow screens."""
    total, y = 350, 2.0
    parts = []
    for index, (label, note, lasts) in enumerate(items):
        under = f"{note} · {lasts}" if lasts else note
        text, high = words(label, 14, y + 24, 16.5, "pic-strong", room=total - 26)
        more, tall = words(under, 14, y + 24 + high, 13.5, "pic-soft", room=total - 26)
        size = high + tall + 18
        parts += [box(1, y, total - 2, size, "pic-box"), text, more]
        y += size
        if index < len(items) - 1:
            parts.append(line([(total / 2, y + 3), (total / 2, y + 15)], arrow=True))
            y += 18
    return drawing(name, "narrow", total, y + 2, title, description, parts)


@dataclass(frozen=True)
class Year:
    """The yearly renewal: what comes first and before the expiry, what follows it, and what if it comes late."""

    valid: str
    first: str
    following: tuple[str, ...]
    expiry: str
    late: str
    after: str


def year_wide(name: str, title: str, description: str, year: Year) -> str:
    """The year as a line from left to right; what follows the first step stands above it, tied to no day."""
    total, axis = 720, 158
    begin, begun, expiry, late = 10, 300, 440, 560
    after, deep = words(year.after, late, axis + 32, 13.5, "pic-soft", room=total - late - 4)
    parts = [
        box(begin, axis - 8, expiry - begin, 16, "pic-band", 3),
        box(expiry, axis - 8, late - expiry, 16, "pic-late", 3),
        line([(begin, axis + 8), (total - 6, axis + 8)], arrow=True),
        words(year.valid, begin + 8, axis + 32, 14, "pic-soft")[0],
        line([(expiry, axis - 20), (expiry, axis + 14)], "pic-strong-line"),
        words(year.expiry, expiry, axis + 32, 14, "pic-strong", "middle")[0],
        words(year.late, (expiry + late) / 2, axis - 18, 13, "pic-note", "middle")[0],
        line([(late, axis - 14), (late, axis + 14)]),
        after,
        disc(1, begun, axis, 12),
        words(year.first, begun, axis - 20, 14, "pic-strong", "middle")[0],
    ]
    left, step = begun + 40.0, (total - begun - 40) / len(year.following)
    before: list[tuple[float, float]] = [(begun, axis - 38), (begun, 34)]
    for index, label in enumerate(year.following, 2):
        middle = left + step / 2
        parts += [disc(index, middle, 34), words(label, middle, 66, 13.5, "", "middle", room=step - 10)[0]]
        parts.append(line([*before, (middle - 14, 34)], arrow=True))
        before = [(middle + 14, 34)]
        left += step
    return drawing(name, "wide", total, axis + 26 + deep, title, description, parts)


def year_narrow(name: str, title: str, description: str, year: Year, then: str) -> str:
    """The year as a line from top to bottom, and below it what follows the first step, under the words ``then``."""
    total, x, y = 350, 14, 18.0
    parts: list[str] = []

    def say(text: str, size: float, kind: str, gap: float) -> None:
        nonlocal y
        drawn, high = words(text, 38, y + 5, size, kind, room=total - 42)
        parts.append(drawn)
        y += high + gap

    say(year.valid, 14.5, "pic-soft", 14)
    parts.append(disc(1, x, y, 12))
    say(year.first, 15.5, "pic-strong", 14)
    expiry = y + 2
    parts.append(line([(2, expiry), (26, expiry)], "pic-strong-line"))
    say(year.expiry, 15.5, "pic-strong", 12)
    say(year.late, 14.5, "pic-note", 16)
    late = y
    parts.append(line([(4, late), (24, late)]))
    say(year.after, 14.5, "pic-soft", 0)
    end = y
    back = [
        line([(x, 8), (x, expiry)]),
        box(x - 4, expiry, 8, late - expiry, "pic-late", 0),
        line([(x, late), (x, end)], arrow=True),
    ]
    y += 28
    say(then, 14.5, "pic-soft", 14)
    back.append(line([(x, y), (x, y + 34 * (len(year.following) - 1))]))
    for index, label in enumerate(year.following, 2):
        parts.append(disc(index, x, y, 12))
        say(label, 15.5, "", 14)
    return drawing(name, "narrow", total, y, title, description, [*back, *parts])


#: What a month may be, and the sign for it; colours never speak alone.
MONTHS = {"paid": "✓", "made_up": "+", "gap": "–"}


def months(
    name: str,
    variant: str,
    title: str,
    description: str,
    rows: Sequence[tuple[str, Sequence[tuple[tuple[str, str], str]]]],
) -> str:
    """Months as squares in rows: label above, then ((year, month), what it is) for each; fewer in a line when narrow."""
    across, size, total = (12, 64, 720) if variant == "wide" else (6, 64, 350)
    parts, y = [], 4.0
    for label, squares in rows:
        text, high = words(label, 0, y + 14, 14, "pic-strong", room=total)
        parts.append(text)
        y += high + 6
        for index, (month, state) in enumerate(squares):
            x = (index % across) * (total / across)
            top = y + (index // across) * (size + 6)
            parts += [
                box(x + 1, top, total / across - 6, size, f"pic-{state}", 4),
                words(month[0], x + total / across / 2 - 2, top + 13, 10.5, "pic-soft", "middle")[0],
                words(month[1], x + total / across / 2 - 2, top + 28, 12.5, "", "middle")[0],
                words(MONTHS[state], x + total / across / 2 - 2, top + 56, 16, "pic-strong", "middle")[0],
            ]
        y += -(-len(squares) // across) * (size + 6) + 14
    return drawing(name, variant, total, y, title, description, parts)
