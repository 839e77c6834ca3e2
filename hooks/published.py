"""What other programs may use: the rules as JSON with their schema, and the estimator as a wheel, at an address that stays.

Everything lies under data/v<format>/ of the site. The names there never change; a form that an older reader would not
understand gets another number and another folder. The same sources give the same bytes. Knows nothing of MkDocs.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from rules.bundle import FORMAT, canonical, digest, rulebook, words
from rules.checks import Policy
from rules.published import schema

ROOT = Path(__file__).resolve().parent.parent
FOLDER = f"data/v{FORMAT}"
LANGUAGES = ("zh", "en")


def files(policy: Policy, root: Path = ROOT) -> dict[str, bytes]:
    """Path below the site → content."""
    book = rulebook(policy)
    name, wheel = estimator_wheel(policy, root)
    found = {
        "rulebook.json": canonical(book).encode(),
        "rulebook.schema.json": (json.dumps(schema(), ensure_ascii=False, indent=2) + "\n").encode(),
        **{f"words.{lang}.json": canonical(words(policy, lang)).encode() for lang in LANGUAGES},
        name: wheel,
    }
    index = {
        "format": FORMAT,
        "name": book["name"],
        "edition": book["edition"],
        "licence": {"text and data": "CC BY 4.0", "code": "MIT"},
        "wheel": name,
        "files": {
            path: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for path, data in sorted(found.items())
        },
    }
    found["index.json"] = (json.dumps(index, ensure_ascii=False, indent=2) + "\n").encode()
    return {f"{FOLDER}/{path}": data for path, data in found.items()}


def version(policy: Policy, project: dict[str, Any]) -> str:
    """The wheel's version: the project's, and the edition of the rules inside."""
    return f"{project['version']}.{policy.edition.replace('-', '')}"


def estimator_wheel(policy: Policy, root: Path = ROOT) -> tuple[str, bytes]:
    """The estimator with these rules as a pure wheel: its file name, and its bytes. Nothing but the standard library is needed."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    release = version(policy, project)
    distribution = project["name"].replace("-", "_")
    info = f"{distribution}-{release}.dist-info"
    members = {f"estimator/{path.name}": path.read_bytes() for path in (root / "estimator").glob("*.py")}
    book = {**rulebook(policy), "files": digest(policy.root)}
    members |= {"estimator/data/rulebook.json": canonical(book).encode()}
    members |= {f"estimator/data/words.{lang}.json": canonical(words(policy, lang)).encode() for lang in LANGUAGES}
    about = {
        "Metadata-Version": "2.1",
        "Name": project["name"],
        "Version": release,
        "Summary": project["description"],
        "License": project["license"],
        "Requires-Python": project["requires-python"],
    }
    members[f"{info}/METADATA"] = "".join(f"{key}: {value}\n" for key, value in about.items()).encode()
    members[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: shanghai-points\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    scripts = "".join(f"{name} = {target}\n" for name, target in project["scripts"].items())
    members[f"{info}/entry_points.txt"] = f"[console_scripts]\n{scripts}".encode()
    members |= {f"{info}/licenses/{name}": (root / name).read_bytes() for name in ("LICENSE", "LICENSE-TEXT")}
    record = "".join(f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in sorted(members.items()))
    members[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    return f"{distribution}-{release}-py3-none-any.whl", _packed(members)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        # The record goes last, so that a reader who has it has everything.
        for name in sorted(members, key=lambda name: (name.endswith("/RECORD"), name)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            packed.writestr(entry, members[name])
    return out.getvalue()
