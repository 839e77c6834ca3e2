"""Markdown with Jinja between its lines. Knows nothing of MkDocs."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import jinja2


class Unfilled(ValueError):
    """A page's Jinja is wrong; the text begins with ``place:line:``."""


@functools.cache
def environment() -> jinja2.Environment:
    """Nothing may be undefined, and lines of markers alone leave no line behind."""
    return jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        # {# is how Markdown names an anchor.
        comment_start_string="{##",
        comment_end_string="##}",
    )


def fill(text: str, names: Mapping[str, Any], asset: Callable[[str], str], place: str, above: int = 0) -> str:
    """The text with its markers filled from ``names``; ``asset`` gives the address of a file of ours.

    ``place`` is what a fault calls the page, ``above`` how many of its lines stand before the text. Raises ``Unfilled``.
    """
    try:
        code = environment().compile(text, filename=place)
        template = jinja2.Template.from_code(environment(), code, {})
        return template.render(names, asset=asset)
    except jinja2.TemplateError as error:
        frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == place]
        line = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else (frames or [1])[-1]
        raise Unfilled(f"{place}:{above + (line or 1)}: {error.message}") from error
