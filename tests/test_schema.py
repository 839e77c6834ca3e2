"""What an editor learns from the schemas: every key explained in both languages, and no explanation that nothing needs."""

from __future__ import annotations

import re

from rules import help as hints
from rules.checks import FILES, FOLDERS
from rules.schema import models, schemas

BOTH = re.compile(r"[\u3400-\u9fff].*· .*[A-Za-z]")


def test_every_key_is_explained_in_both_languages() -> None:
    unexplained = [
        f"{name}: {part}.{key}: {field.get('description', '')!r}"
        for name, schema in schemas().items()
        for part, value in {"": schema, **schema.get("$defs", {})}.items()
        for key, field in value.get("properties", {}).items()
        if not BOTH.search(field.get("description", ""))
    ]
    assert not unexplained


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
