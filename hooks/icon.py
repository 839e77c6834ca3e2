"""The logo as PNG, for home screens that take no SVG: rounded rectangles and nothing else, drawn here. Knows nothing of MkDocs."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Rectangle:
    """One shape of the logo, in pixels."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    colour: Colour
    opacity: float

    def coverage(self, x: float, y: float) -> float:
        """How much of the pixel whose centre is given lies inside, by its distance from the edge."""
        right, bottom = self.width / 2 - self.radius, self.height / 2 - self.radius
        across = abs(x - self.x - self.width / 2) - right
        down = abs(y - self.y - self.height / 2) - bottom
        outside = math.hypot(max(across, 0.0), max(down, 0.0)) + min(max(across, down), 0.0) - self.radius
        return min(1.0, max(0.0, 0.5 - outside))


def png(svg: str, size: int, margin: float = 0.0) -> bytes:
    """A square picture of ``size`` pixels.

    With a ``margin``, a part of the size, the whole square has the colour of the first shape and the others keep that far from
    its edges: what a system cuts into a shape of its own must be.
    """
    background, *shapes = rectangles(svg, size, margin)
    if margin:
        pixels = bytearray(bytes((*background.colour, 255)) * (size * size))
    else:
        pixels = bytearray(4 * size * size)
        paint(pixels, size, background)
    for shape in shapes:
        paint(pixels, size, shape)
    rows = b"".join(b"\0" + pixels[4 * size * y : 4 * size * (y + 1)] for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*part) for part in ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    """A part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rectangles(svg: str, size: int, margin: float) -> Iterator[Rectangle]:
    """The shapes in the order in which they are painted. Raises ``ValueError`` where the logo holds anything else."""
    root = ElementTree.fromstring(svg)
    side = float(root.attrib["viewBox"].split()[2])
    inner = size * (1 - 2 * margin)
    scale, start = inner / side, size * margin

    def walk(element: ElementTree.Element, fill: str) -> Iterator[Rectangle]:
        for child in element:
            name, given = child.tag.rpartition("}")[2], child.attrib
            colour = given.get("fill", fill)
            if name == "g":
                yield from walk(child, colour)
            elif name == "rect":
                x, y, width, height, radius = (
                    float(given.get(key, 0)) * scale for key in ("x", "y", "width", "height", "rx")
                )
                yield Rectangle(
                    start + x, start + y, width, height, radius, hexadecimal(colour), float(given.get("opacity", 1))
                )
            else:
                raise ValueError(
                    f"docs/assets/logo.svg: <{name}>: the icon is drawn from rect and g only (hooks/icon.py)"
                )

    yield from walk(root, "#000")


def hexadecimal(text: str) -> Colour:
    """``#fff`` or ``#00606b`` as numbers."""
    digits = text.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(letter * 2 for letter in digits)
    return int(whole[:2], 16), int(whole[2:4], 16), int(whole[4:], 16)


def paint(pixels: bytearray, size: int, shape: Rectangle) -> None:
    """Lay a shape over what is there."""
    left, right = max(0, math.floor(shape.x)), min(size, math.ceil(shape.x + shape.width))
    top, bottom = max(0, math.floor(shape.y)), min(size, math.ceil(shape.y + shape.height))
    edge = math.ceil(shape.radius) + 1
    solid = bytes((*shape.colour, 255))
    for y in range(top, bottom):
        # Between the rounded corners every pixel is inside; only where the shape lets nothing through is that a plain copy.
        plain = range(left + edge, right - edge) if shape.opacity == 1 and top + 1 <= y < bottom - 1 else range(0)
        if plain:
            pixels[4 * (size * y + plain.start) : 4 * (size * y + plain.stop)] = solid * len(plain)
        for x in range(left, right):
            if x in plain:
                continue
            over = shape.coverage(x + 0.5, y + 0.5) * shape.opacity
            at = 4 * (size * y + x)
            under = pixels[at + 3] / 255 * (1 - over)
            whole = over + under
            if whole:
                for channel in range(3):
                    pixels[at + channel] = round((shape.colour[channel] * over + pixels[at + channel] * under) / whole)
                pixels[at + 3] = round(whole * 255)
