"""The JSON Schemas for editors, generated from the model: completion and hover help in any editor that reads the line at
the top of each file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from .checks import FILES, FOLDERS
from .help import help_for

_NAMES = {"education.yaml": "education-common.json"}


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema, for every kind of rule file."""
    found = {_NAMES.get(name, name.replace(".yaml", ".json")): kind for name, kind in FILES.items()}
    found |= {
        "indicator.json" if folder.startswith("indicators/") else f"{folder}.json": kind
        for folder, kind in FOLDERS.items()
    }
    return {name: schema(kind) for name, kind in sorted(found.items())}


def schema(kind: type[BaseModel]) -> dict[str, Any]:
    """The schema of one kind of file, every key of it explained."""
    made = kind.model_json_schema(by_alias=True)
    known = {model.__name__: model for model in models(kind)}
    for name, part in {kind.__name__: made, **made.get("$defs", {})}.items():
        model = known.get(name) or known.get(str(part.get("title")))
        for field, info in (model.model_fields if model else {}).items():
            part["properties"][info.alias or field]["description"] = help_for(model, field)  # type: ignore[arg-type]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def models(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all that are inside it."""
    seen: set[type[BaseModel]] = set()

    def inside(hint: Any) -> Iterator[type[BaseModel]]:
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            if hint not in seen:
                seen.add(hint)
                yield hint
                for field in hint.model_fields.values():
                    yield from inside(field.annotation)
        else:
            for part in get_args(hint):
                yield from inside(part)

    yield from inside(kind)
