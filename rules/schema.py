"""The JSON Schemas for editors, generated from the model: completion and hover help in any editor that reads the line at
the top of each file."""

from __future__ import annotations

from typing import Any

from .checks import FILES, FOLDERS

_NAMES = {"education.yaml": "education-common.json"}


def schemas() -> dict[str, dict[str, Any]]:
    """File name → schema, for every kind of rule file."""
    found = {_NAMES.get(name, name.replace(".yaml", ".json")): kind for name, kind in FILES.items()}
    found |= {"indicator.json" if folder.startswith("indicators/") else f"{folder}.json": kind for folder, kind in FOLDERS.items()}
    return {name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **kind.model_json_schema(by_alias=True)} for name, kind in sorted(found.items())}
