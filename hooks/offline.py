"""The site without a network: the Service Worker with the list of all files, and what a home screen takes. Knows nothing of MkDocs.

The list names every file of the site with its hash; its own name carries a hash, which is the edition. What changes in any file
changes the list, the worker and so the edition. The complete runtime stays out: it is fetched when something is missing in the
small one, and would treble what is kept.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any, Literal

from hooks import assets, icon
from hooks.form import interface
from rules.bundle import rulebook

#: The sizes that systems ask for; 180 is what Apple's take.
SIZES = (192, 512)
TOUCH = 180
#: Systems cut a maskable icon down to a circle of four fifths.
SAFE = 0.14
#: Not for readers: maps for debuggers, files for search engines and servers, and twins made by a release.
LEFT_OUT = (".map", ".br", ".gz")
LEFT_OUT_NAMES = ("sw.js", "sitemap.xml", "_headers", "share.png", "robots.txt")
#: In place of the worker where pages change under one's hands: whoever has the real one from an earlier day is rid of it.
NONE = """\
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await self.registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith(`points ${self.registration.scope} `)) await caches.delete(name);
  for (const client of await self.clients.matchAll({ type: "window" })) client.navigate(client.url);
})()));
"""


def context(lang: Literal["zh", "en"]) -> dict[str, Any]:
    """What the template of the control takes: its words as JSON text, and the rules of this edition."""
    words = {name: texts[lang] for name, texts in interface()["offline"].items()}
    return {"rules": rulebook(assets.policy())["name"], "words": words}


def write(site_dir: Path, names: dict[str, tuple[str, str]]) -> None:
    """Write icons, manifests, list and worker; last, as the list names what is there. ``names``: language → name, description."""
    folder = site_dir / assets.APP / assets.made().modules
    logo = (folder / "logo.svg").read_text(encoding="utf-8")
    for size in SIZES:
        (folder / f"icon-{size}.png").write_bytes(icon.png(logo, size))
    (folder / f"icon-{SIZES[-1]}-maskable.png").write_bytes(icon.png(logo, SIZES[-1], SAFE))
    (folder / f"icon-{TOUCH}.png").write_bytes(icon.png(logo, TOUCH, SAFE))
    for lang, (name, description) in names.items():
        path = site_dir / ("en" if lang == "en" else "") / "manifest.webmanifest"
        text = json.dumps(manifest(lang, name, description), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    files = listed(site_dir)
    listing = json.dumps(
        [[path, sha256] for path, sha256, _bytes in files], ensure_ascii=False, separators=(",", ":")
    ).encode()
    version = hashlib.sha256(listing).hexdigest()[:10]
    place = f"{assets.APP}data/files.{version}.json"
    (site_dir / place).write_bytes(listing)
    edition = {
        "version": version,
        "rules": rulebook(assets.policy())["name"],
        "list": place,
        "bytes": sum(size for _path, _sha256, size in files),
    }
    source = (assets.SOURCE / assets.WORKER).read_text(encoding="utf-8")
    (site_dir / "sw.js").write_text(f"self.EDITION = {json.dumps(edition)};\n{source}", encoding="utf-8", newline="\n")


def listed(site_dir: Path) -> list[tuple[str, str, int]]:
    """Every file to keep: its address below the site's root, SHA-256 in Base64, size. A page's address is its folder's."""
    complete = {
        f"{assets.APP}runtime/{record['file']}"
        for name, variant in assets.made().runtime["variants"].items()
        if name != "small"
        for record in (variant["glue"], variant["wasm"], *variant["archives"])
    }
    found = []
    for path in sorted(site_dir.rglob("*")):
        name = path.relative_to(site_dir).as_posix()
        if path.is_file() and path.suffix not in LEFT_OUT and path.name not in LEFT_OUT_NAMES and name not in complete:
            if path.parent == site_dir / assets.APP / "data" and name.split("/")[-1].startswith("files."):
                continue  # of a build before this one
            data = path.read_bytes()
            address = name.removesuffix("index.html") if path.name == "index.html" else name
            found.append((address, base64.b64encode(hashlib.sha256(data).digest()).decode(), len(data)))
    return found


def manifest(lang: str, name: str, description: str) -> dict[str, Any]:
    """The web app manifest of one language; both have the whole site in their scope, so that switching stays inside."""
    up = "../" if lang == "en" else ""
    folder = f"{up}{assets.APP}{assets.made().modules}"
    square = [{"src": f"{folder}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in SIZES]
    return {
        "name": name,
        "short_name": interface()["home_screen"]["name"][lang],
        "description": description,
        "lang": "zh-CN" if lang == "zh" else "en",
        "dir": "ltr",
        "start_url": "./",
        "scope": up or "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#00606b",
        "icons": [
            {"src": f"{folder}/logo.svg", "sizes": "any", "type": "image/svg+xml"},
            *square,
            {
                "src": f"{folder}/icon-{SIZES[-1]}-maskable.png",
                "sizes": f"{SIZES[-1]}x{SIZES[-1]}",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [{"name": interface()["home_screen"]["estimator"][lang], "url": "estimator/"}],
    }
