"""The picture that a link to the site shows elsewhere: the standard score above a bar, as a PNG.

It holds no letters, so that it needs no font and serves both languages; the figure is drawn like that of a calculator, from
the rules. Drawn here, because what reads it takes no SVG, and an image library would be a dependency for one flat picture.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence

from .icon import chunk

WIDTH, HEIGHT = 1200, 630
Point = tuple[float, float]
Colour = tuple[int, int, int]

PAPER: Colour = (0x00, 0x60, 0x6B)
INK: Colour = (0xFF, 0xFF, 0xFF)
SOFT: Colour = (0x86, 0xB6, 0xBB)
#: Lines of a row that are looked at for how much of a pixel a shape covers.
LINES = 4

#: Which of the seven strokes a digit has: top, upper left, upper right, middle, lower left, lower right, bottom.
DIGITS = ["1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"]


def picture(standard: int) -> bytes:
    """A PNG of 1200 by 630 pixels for the score that is to be reached. ``standard`` is not negative."""
    bar, end, top, thick = 108.0, 1092.0, 470.0, 64.0
    mark = bar + (end - bar) * 0.78
    shapes: list[tuple[Sequence[Point], Colour]] = [
        (rounded(bar, top, bar + (end - bar) * 0.7, top + thick, 14), SOFT),
        (rounded(bar, top, bar + (end - bar) * 0.52, top + thick, 14), INK),
        (rounded(mark - 5, top - 36, mark + 5, top + thick + 36, 5), INK),
    ]
    size, gap = 148.0, 52.0
    text = str(standard)
    # The figure ends above the mark that it names.
    left = mark + 5 - len(text) * size - (len(text) - 1) * gap
    for index, digit in enumerate(text):
        shapes += [(stroke, INK) for stroke in strokes(int(digit), left + index * (size + gap), 96.0, size, 280.0)]
    rows = [bytearray(bytes(PAPER) * WIDTH) for _ in range(HEIGHT)]
    for shape, colour in shapes:
        fill(rows, shape, colour)
    return png(rows)


def strokes(digit: int, x: float, y: float, width: float, height: float) -> list[Sequence[Point]]:
    """The strokes of a digit in a box, each a bar with pointed ends."""
    half, rest = 17.0, 5.0

    def bar(a: Point, b: Point) -> Sequence[Point]:
        (ax, ay), (bx, by) = a, b
        if ay == by:
            ax, bx = ax + rest, bx - rest
            return [
                (ax, ay),
                (ax + half, ay - half),
                (bx - half, by - half),
                (bx, by),
                (bx - half, by + half),
                (ax + half, ay + half),
            ]
        ay, by = ay + rest, by - rest
        return [
            (ax, ay),
            (ax + half, ay + half),
            (bx + half, by - half),
            (bx, by),
            (bx - half, by - half),
            (ax - half, ay + half),
        ]

    lines = [y, y + height / 2, y + height]
    left, right = x + half, x + width - half
    every = [
        bar((left, lines[0]), (right, lines[0])),
        bar((left, lines[0]), (left, lines[1])),
        bar((right, lines[0]), (right, lines[1])),
        bar((left, lines[1]), (right, lines[1])),
        bar((left, lines[1]), (left, lines[2])),
        bar((right, lines[1]), (right, lines[2])),
        bar((left, lines[2]), (right, lines[2])),
    ]
    return [stroke for stroke, drawn in zip(every, DIGITS[digit], strict=True) if drawn == "1"]


def rounded(x: float, y: float, to_x: float, to_y: float, radius: float) -> Sequence[Point]:
    """A box with round corners."""
    corners = [
        (to_x - radius, y + radius, -90),
        (to_x - radius, to_y - radius, 0),
        (x + radius, to_y - radius, 90),
        (x + radius, y + radius, 180),
    ]
    return [
        (cx + radius * math.cos(math.radians(start + step)), cy + radius * math.sin(math.radians(start + step)))
        for cx, cy, start in corners
        for step in range(0, 91, 15)
    ]


def fill(rows: list[bytearray], shape: Sequence[Point], colour: Colour) -> None:
    """Paint a convex shape into the rows, its edges as strongly as they cover a pixel."""
    sides = list(zip(shape, [*shape[1:], shape[0]], strict=True))
    for y in range(math.floor(min(py for _px, py in shape)), math.ceil(max(py for _px, py in shape))):
        covered: dict[int, float] = {}
        whole: list[tuple[int, int]] = []
        for line in range(LINES):
            level = y + (line + 0.5) / LINES
            crossed = [
                ax + (level - ay) / (by - ay) * (bx - ax)
                for (ax, ay), (bx, by) in sides
                if (ay <= level) != (by <= level)
            ]
            if len(crossed) < 2:
                continue
            left, right = min(crossed), max(crossed)
            first, last = math.floor(left), math.floor(right)
            for x in {first, last}:
                covered[x] = covered.get(x, 0) + (min(right, x + 1) - max(left, x)) / LINES
            whole.append((first + 1, last))
        if not whole:
            continue
        # What all lines cover is painted at once; the rest pixel by pixel.
        start, stop = (max(a for a, _b in whole), min(b for _a, b in whole)) if len(whole) == LINES else (0, 0)
        for a, b in whole:
            for x in range(a, b):
                if not start <= x < stop:
                    covered[x] = covered.get(x, 0) + 1 / LINES
        if stop > start:
            rows[y][start * 3 : stop * 3] = bytes(colour) * (stop - start)
        for x, share in covered.items():
            if not start <= x < stop and share > 0:
                under = rows[y][x * 3 : x * 3 + 3]
                rows[y][x * 3 : x * 3 + 3] = bytes(
                    round(old + (new - old) * min(share, 1)) for old, new in zip(under, colour, strict=True)
                )


def png(rows: list[bytearray]) -> bytes:
    """Rows of red, green and blue as a PNG file."""
    head = struct.pack(">IIBBBBB", WIDTH, len(rows), 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
