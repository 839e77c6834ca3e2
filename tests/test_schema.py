"""What an editor learns from the schemas: every key explained in both languages, and no explanation that nothing needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ConfigDict, Field, TypeAdapter

from rules import help as hints
from rules import published
from rules.checks import FILES, FOLDERS
from rules.model import LIKE, Month, Strict
from rules.schema import models, schema, schemas

BOTH = re.compile(r"[\u3400-\u9fff].*· .*[A-Za-z]")


def test_every_key_is_explained_in_both_languages() -> None:
    unexplained = [
        f"{name}: {part}.{key}: {field.get('description', '')!r}"
        for name, made in schemas().items()
        for part, value in {"": made, **made.get("$defs", {})}.items()
        for key, field in value.get("properties", {}).items()
        if not BOTH.search(field.get("description", ""))
    ]
    assert not unexplained


def patterns(part: Any) -> Iterator[str]:
    """Every regular expression that a schema asks a text to match."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "pattern" and isinstance(value, str):
                yield value
            else:
                yield from patterns(value)
    elif isinstance(part, list):
        for value in part:
            yield from patterns(value)


def test_every_pattern_is_told_in_words() -> None:
    told_by_its_validator = TypeAdapter(Month).json_schema()["pattern"]
    assert {*patterns(schemas())} - {told_by_its_validator} == LIKE.keys()


def test_no_explanation_is_left_of_a_key_that_is_gone() -> None:
    known = {model for kind in {*FILES.values(), *FOLDERS.values()} for model in models(kind)}
    keys = {info.alias or name for model in known for name, info in model.model_fields.items()}
    owned = {
        f"{model.__name__.partition('[')[0]}.{info.alias or name}"
        for model in known
        for name, info in model.model_fields.items()
    }
    assert hints.KEYS.keys() <= keys
    assert hints.OWN.keys() <= owned


class Colour(Enum):
    """No model: nothing of it is explained."""

    GREEN = "green"


class Leaf(Strict):
    """Called otherwise than its class."""

    model_config = ConfigDict(title="A leaf")

    from_: int = Field(alias="from")


class Tree(Strict):
    """One that may stand in itself."""

    leaf: Leaf = Field(description="叶 · a leaf")
    colour: Colour = Field(description="色 · its colour")
    trees: list[Tree] = Field(description="树 · more of them")


def test_a_schema_explains_the_keys_as_they_are_written_however_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "KEYS", {"from": "自何时 · since when"})
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    leaf = {
        "description": "Called otherwise than its class.",
        "properties": {"from": {"title": "From", "type": "integer", "description": "自何时 · since when"}},
        "required": ["from"],
        "title": "A leaf",
        "type": "object",
        "additionalProperties": False,
    }
    assert schema(Leaf) == {**draft, **leaf}
    made = schema(Tree)
    assert (made["$schema"], made["$defs"]["Leaf"]) == (draft["$schema"], leaf)
    assert {name: part["description"] for name, part in made["$defs"]["Tree"]["properties"].items()} == {
        "leaf": "叶 · a leaf",
        "colour": "色 · its colour",
        "trees": "树 · more of them",
    }
    assert list(models(Tree)) == [Tree, Leaf]


def test_the_schema_of_the_published_rules_has_the_keys_as_they_are_published() -> None:
    made = published.schema()
    assert made["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(made)
    dated = {"from": "2030-01-01", "sources": []}
    points = Draft202012Validator({**made["$defs"]["Points"], "$defs": made["$defs"]})
    assert not list(points.iter_errors({**dated, "points": 7}))
    assert [fault.validator for fault in points.iter_errors({"from_": "2030-01-01", "sources": [], "points": 7})] == [
        "additionalProperties",
        "required",
    ]
