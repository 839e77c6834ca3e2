"""What the site is made of: the licences of what it delivers, and a bill of materials in CycloneDX. Knows nothing of MkDocs.

The bill lists what reaches a reader as ``required``, and what only builds and tests the site as ``excluded``. It is made from
the lock files alone, without a clock, so that the same sources give the same bytes.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import uuid
from base64 import b64decode
from html import escape
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
#: Where the bill lies in the site.
BILL = "sbom.cdx.json"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ \\;]+)([^\\\n]*)((?:\\\n\s+--hash=sha256:[0-9a-f]{64}[^\n]*)*)", re.M)


@functools.cache
def shipped(python: str) -> list[dict[str, Any]]:
    """The entries of hooks/components.yaml, each with its ``version``; empty where the theme does not say it.

    ``python`` is the version of the Python inside the runtime."""
    known = {"npm": dict(npm()), "pypi": {n: v for n, v, _ in pypi()}}
    found = yaml.safe_load((Path(__file__).parent / "components.yaml").read_text(encoding="utf-8"))["shipped"]
    for entry in found:
        if entry["from"] == "runtime":
            entry["version"] = python
        else:
            entry["version"] = known.get(entry["from"], {}).get(entry["id"], "")
    return list(found)


@functools.cache
def npm() -> dict[tuple[str, str], dict[str, Any]]:
    """Name and version → record of every package in package-lock.json."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {
        (path.rpartition("node_modules/")[2], record["version"]): record for path, record in packages.items() if path
    }


@functools.cache
def pypi() -> list[tuple[str, str, list[str]]]:
    """Name, version and SHA-256 of every package in requirements.lock."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [(m[1], m[2], re.findall(r"sha256:([0-9a-f]{64})", m[4])) for m in _PINNED.finditer(text)]


def licences(lang: str, python: str) -> str:
    """The table of what is shipped, as HTML."""
    head = ("名称", "版本", "用来做什么", "许可证") if lang == "zh" else ("Name", "Version", "What for", "Licence")
    rows = "".join(
        f'<tr><th scope="row"><a href="{escape(entry["home"])}">{escape(entry["name"])}</a></th>'
        f"<td>{escape(entry['version'] or '–')}</td><td>{escape(entry['what'][lang])}</td>"
        f'<td><a href="https://spdx.org/licenses/{entry["licence"]}.html">{entry["licence"]}</a></td></tr>'
        for entry in shipped(python)
    )
    top = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    return f"\n\n<table><thead><tr>{top}</tr></thead><tbody>{rows}</tbody></table>\n\n"


def bill(python: str, edition: str) -> bytes:
    """The bill of materials: CycloneDX 1.6 as JSON. ``edition`` is the name of the rules."""
    delivered = {(entry["from"], entry["id"]): entry for entry in shipped(python)}
    components: list[dict[str, Any]] = []
    for (origin, name), entry in delivered.items():
        if origin in ("runtime", "theme"):
            components.append(_component("generic", name, entry["version"], "required", entry["licence"], []))
    for (name, version), record in npm().items():
        taken = delivered.get(("npm", name))
        kind, _, digest = record.get("integrity", "").partition("-")
        hashes = [{"alg": "SHA-512", "content": b64decode(digest).hex()}] if kind == "sha512" else []
        licence = record.get("license", "")
        scope = "required" if taken else "excluded"
        components.append(_component("npm", name, version, scope, licence, hashes))
    for name, version, digests in pypi():
        entry = delivered.get(("pypi", name), {})
        hashes = [{"alg": "SHA-256", "content": digest} for digest in digests]
        scope = "required" if entry else "excluded"
        components.append(_component("pypi", name, version, scope, entry.get("licence", ""), hashes))
    components.sort(key=lambda one: str(one["bom-ref"]))
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "shanghai-points",
                "version": edition,
                "bom-ref": "shanghai-points",
                "licenses": [{"expression": "MIT AND CC-BY-4.0"}],
            }
        },
        "components": components,
    }
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    # The number is of the content: the same bill has the same one.
    serial = uuid.uuid5(uuid.NAMESPACE_URL, digest)
    return (json.dumps({**body, "serialNumber": f"urn:uuid:{serial}"}, indent=1, sort_keys=True) + "\n").encode()


def _component(
    kind: str, name: str, version: str, scope: str, licence: str, hashes: list[dict[str, str]]
) -> dict[str, Any]:
    address = f"pkg:{kind}/{name.replace('@', '%40')}" + (f"@{version}" if version else "")
    simple = re.fullmatch(r"[A-Za-z0-9.+-]+", licence)
    return {
        "type": "library",
        "bom-ref": address,
        "purl": address,
        "name": name,
        **({"version": version} if version else {}),
        "scope": scope,
        **({"licenses": [{"license": {"id": licence}} if simple else {"expression": licence}]} if licence else {}),
        # One archive for each system and Python: which of them was installed is the installer's to say.
        **({"hashes": hashes} if len(hashes) == 1 else {}),
        **(
            {"properties": [{"name": "locked:sha256", "value": one["content"]} for one in hashes]}
            if len(hashes) > 1
            else {}
        ),
    }
