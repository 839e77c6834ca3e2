"""Files of the site that are not pages: style, modules, rules, runtime. Knows nothing of MkDocs.

Whatever the estimator loads has a hash of its content in its name (or in its folder's name). It may be cached for ever, and
a page that names its files by hash can never work with those of another version.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks import published, share_image, style, supply
from rules.bundle import canonical, rulebook, words
from rules.checks import Policy, read_policy
from rules.dated import in_force, named_day
from runtime.build import build as build_runtime
from runtime.package import run_node

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SOURCE = ROOT / "docs" / "assets"
#: Where the runtime is put together; its own cache keeps what is slow.
RUNTIME = ROOT / ".cache" / "site-runtime"
LANGUAGES = ("zh", "en")
#: What the browser takes of docs/assets; the rest is for those who write it.
TAKEN = ("*.mjs", "*.js", "*.css", "*.svg")
#: Goes to the site's root instead (hooks/offline.py).
WORKER = "service-worker.js"
#: Keeps its plain name: it has to be there where a page outlived the folder with a hash that it names.
ALIVE = "alive.js"
#: In front of what a template names; the folder with the hash comes after it.
APP = "assets/app/"
#: What pages and workers begin with; what these import is put into them.
ENTRIES = (
    "theme.js",
    "estimator/qrcode.mjs",
    "home.mjs",
    "estimator/main.mjs",
    "estimator/worker.mjs",
    "roster/main.mjs",
    "second-opinion/main.mjs",
)


@dataclass(frozen=True)
class Assets:
    """What ``build`` writes, and the names by which the pages know it. Every path is relative to assets/app/."""

    #: The folder of modules, styles and pictures.
    modules: str
    #: Path → content.
    files: dict[str, bytes]
    #: The runtime's manifest (see runtime/loader.mjs).
    runtime: dict[str, Any]
    #: The rulebook for the estimator, and the words of each language: file, bytes, sha256.
    rules: dict[str, Any]
    words: dict[str, dict[str, Any]]
    #: The hash that rulebook and words carry.
    rules_hash: str


@functools.cache
def policy() -> Policy:
    """The policy of this checkout, read once a build. Raises ``RulesError`` with every fault."""
    return read_policy(ROOT / "rules", named_day())


@functools.cache
def made() -> Assets:
    """Everything that has a hash in its name. The same sources give the same bytes and names."""
    files: dict[str, bytes] = {}
    modules = {
        path.relative_to(SOURCE).as_posix(): path.read_bytes()
        for pattern in TAKEN
        for path in SOURCE.rglob(pattern)
        if path.name not in (WORKER, ALIVE)
    }
    # One style for every page and one for the estimator's: each file more is another way there and back before anything shows.
    modules["style.css"] = style.whole([modules.pop(f"{name}.css").decode() for name in ("site", "guide")]).encode()
    own = (modules["estimator.css"], *(modules.pop(f"estimator-{name}.css") for name in ("ahead", "why", "keep")))
    modules["estimator-page.css"] = b"\n".join(own)
    modules["estimator/loader.mjs"] = (ROOT / "runtime" / "loader.mjs").read_bytes()
    modules["estimator/qrcode.mjs"] = (ROOT / "node_modules" / "qrcode-generator" / "dist" / "qrcode.mjs").read_bytes()
    modules = bundled(modules)
    total = hashlib.sha256()
    for name in sorted(modules):
        total.update(name.encode() + b"\0" + hashlib.sha256(modules[name]).digest())
    folder = f"m-{total.hexdigest()[:10]}"
    files |= {f"{folder}/{name}": data for name, data in modules.items()}
    files[ALIVE] = (SOURCE / ALIVE).read_bytes()

    book = rulebook(policy())
    known = {
        name: canonical(value).encode()
        for name, value in (("rules", book), *((f"words.{lang}", words(policy(), lang)) for lang in LANGUAGES))
    }
    records: dict[str, dict[str, Any]] = {}
    for name, data in known.items():
        digest = hashlib.sha256(data).hexdigest()
        file = f"data/{name}.{digest[:10]}.json"
        records[name] = {"file": file, "bytes": len(data), "sha256": digest}
        files[file] = data
    return Assets(
        folder,
        files,
        build_runtime(RUNTIME),
        records["rules"],
        {lang: records[f"words.{lang}"] for lang in LANGUAGES},
        book["hash"],
    )


def bundled(modules: dict[str, bytes]) -> dict[str, bytes]:
    """The same modules, each of ENTRIES with what it imports in it, and without what then nobody asks for by itself.

    Raises ``BuildError`` where a module cannot be read or imports something that is not there.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch).resolve()
        for name, data in modules.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        found = json.loads(run_node([str(HERE / "bundle.mjs"), str(folder), *ENTRIES]))
    kept = {name: data for name, data in modules.items() if name not in found["taken"]}
    return kept | {name: text.encode() for name, text in found["files"].items()}


def first_files(lang: str) -> list[str]:
    """What the estimator's page loads before its first result, apart from style and modules; paths below assets/app/."""
    small = made().runtime["variants"]["small"]
    runtime = [f"runtime/{record['file']}" for record in (small["wasm"], *small["archives"], small["glue"])]
    return [*runtime, made().rules["file"], made().words[lang]["file"]]


def needless(path: str) -> bool:
    """Whether a file of the theme is for no reader of this site: maps for debuggers, the search's other languages, its own icon."""
    kept = ("lunr.stemmer.support.min.js", *(f"lunr.{lang}.min.js" for lang in LANGUAGES))
    return (
        path.endswith(".map")
        or path == "assets/images/favicon.png"
        or path.startswith("assets/stylesheets/")  # in style.css
        or (path.startswith("assets/javascripts/lunr/") and path.rpartition("/")[2] not in kept)
    )


def address(path: str) -> str:
    """Where a template's ``assets/app/site.css`` lies, seen from the site's root; other paths stay as they are."""
    if not path.startswith(APP) or path == f"{APP}{ALIVE}":
        return path
    return f"{APP}{made().modules}/{path.removeprefix(APP)}"


def build(site_dir: Path) -> None:
    """Write everything under <site_dir>/assets/app/, where the pages of both languages find it, and what other programs use."""
    for name, data in published.files(policy()).items():
        path = site_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (site_dir / supply.BILL).write_bytes(supply.bill(made().runtime["python"], rulebook(policy())["name"]))
    out = site_dir / "assets" / "app"
    for name, data in made().files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    standard = in_force(policy().scheme.standard, policy().day) or policy().scheme.standard[0]
    (out / "share.png").write_bytes(share_image.picture(standard.points))
    for variant in made().runtime["variants"].values():
        for record in (variant["glue"], variant["wasm"], *variant["archives"]):
            path = out / "runtime" / record["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(RUNTIME / record["file"], path)
