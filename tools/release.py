"""Make the folder release/: the site, compressed ahead, with configurations for the servers that may serve it.

    SITE_URL=https://example.org/points/ python tools/release.py [folder]

site/ is what is served, at the root or the path that SITE_URL names; nginx.conf, Caddyfile and site/_headers say how. The
wheel of the estimator lies beside it, and SHA256SUMS over everything. Who may embed the estimator is `extra.embed` of mkdocs.yml.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import brotli  # type: ignore[import-untyped]
import yaml

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "compressed"
#: What is worth compressing; the rest is compressed already.
COMPRESSED = {
    ".html",
    ".css",
    ".js",
    ".mjs",
    ".map",
    ".json",
    ".svg",
    ".xml",
    ".txt",
    ".wasm",
    ".zip",
    ".csv",
    ".webmanifest",
}
#: What every file's header says. The pages' own policy says the same or less; a worker is governed by its header alone.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
#: Files with a hash of their content in their own name or their folder's, as in ops/nginx.conf and ops/Caddyfile.
HASHED = re.compile(
    r"assets/(app/(m-[0-9a-f]+|data|runtime)/|(javascripts|stylesheets)/.*\.[0-9a-f]{8}\.min\.(js|css)$)"
)
PERMISSIONS = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)
#: One year; sent where the site's address is one of HTTPS.
STRICT = "max-age=31536000"
ORIGIN = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]+)?|https://\*\.[A-Za-z0-9.-]+")


class Unfit(Exception):
    """It cannot be released like this; the text says why and what to do."""


class _Loader(yaml.SafeLoader):
    """MkDocs' configuration, of which only plain values are wanted here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def embedding(config: Path) -> list[str]:
    """The origins that may embed the estimator. Raises ``Unfit``."""
    value: Any = yaml.load(config.read_text(encoding="utf-8"), Loader=_Loader)
    origins = (value.get("extra") or {}).get("embed") or []
    for origin in origins if isinstance(origins, list) else [origins]:
        if not isinstance(origin, str) or not ORIGIN.fullmatch(origin):
            raise Unfit(
                f"{config.name}: extra.embed: {origin!r}: must be a list of origins, such as https://hr.example.cn"
            )
    return list(origins)


def frames(origins: list[str]) -> str:
    """The sources of `frame-ancestors` for the estimator."""
    return " ".join(["'self'", *origins]) if origins else "'none'"


def compress(site: Path) -> None:
    """Put .br and .gz beside each file that becomes smaller; what was compressed once is kept by its content."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for path in sorted(site.rglob("*")):
        if not path.is_file() or path.suffix not in COMPRESSED or path.stat().st_size < 256:
            continue
        data = path.read_bytes()
        for suffix, pack in (
            (".br", lambda it: brotli.compress(it, quality=11)),
            (".gz", lambda it: gzip.compress(it, 9, mtime=0)),
        ):
            kept = CACHE / f"{hashlib.sha256(data).hexdigest()}{suffix}"
            if not kept.is_file():
                part = kept.with_suffix(f"{suffix}.{os.getpid()}")
                part.write_bytes(pack(data))
                part.replace(kept)
            if kept.stat().st_size < len(data):
                shutil.copyfile(kept, path.with_name(path.name + suffix))


def configurations(site: Path, address: str, origins: list[str]) -> dict[str, str]:
    """The servers' configurations, filled: file name → text."""
    place = urlsplit(address)
    if place.scheme not in ("http", "https") or not place.netloc or not place.path.endswith("/"):
        raise Unfit(
            f"SITE_URL: {address!r}: must be an address that ends in a slash, such as https://example.org/points/"
        )
    fill = {
        "URL": address,
        "PREFIX": place.path,
        "HOST": place.hostname or "_",
        "ADDRESS": f"{place.scheme}://{place.netloc}",
        "LISTEN": str(place.port or 80),
        "FOLDER": os.environ.get("SITE_FOLDER", "/srv/points/site"),
        "POLICY": POLICY,
        "PERMISSIONS": PERMISSIONS,
        "STRICT": STRICT,
        "SECURE": "" if place.scheme == "https" else "# ",
        "FRAMES": frames(origins),
    }
    made = {}
    for name in ("nginx.conf", "Caddyfile"):
        text = (ROOT / "ops" / name).read_text(encoding="utf-8")
        made[name] = re.sub(r"@([A-Z]+)@", lambda match: fill[match[1]], text)
    return made | {"site/_headers": headers(site, place, origins)}


def headers(site: Path, place: SplitResult, origins: list[str]) -> str:
    """Headers for hosts that read a file `_headers` (Cloudflare Pages, Netlify). Rules that match together add up there, so that
    what forbids frames is written for every folder but the estimator's where that may be embedded."""
    prefix = place.path
    common = {
        "Content-Security-Policy": POLICY if origins else f"{POLICY}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
    } | ({"Strict-Transport-Security": STRICT} if place.scheme == "https" else {})
    rules: dict[str, dict[str, str]] = {f"{prefix}*": common}
    for_ever = {"Cache-Control": "public, max-age=31536000, immutable"}
    for folder in ("m-*", "data", "runtime"):
        for found in sorted((site / "assets" / "app").glob(folder)):
            rules[f"{prefix}assets/app/{found.name}/*"] = for_ever
    for found in sorted((site / "assets").rglob("*.min.*")):
        path = found.relative_to(site).as_posix()
        if HASHED.match(path) and found.suffix in (".css", ".js"):
            rules[f"{prefix}{path}"] = for_ever
    rules |= {
        f"{prefix}{part}manifest.webmanifest": {"Content-Type": "application/manifest+json"} for part in ("", "en/")
    }
    for path in ("data/*", "feed.xml", "en/feed.xml"):
        rules[f"{prefix}{path}"] = {"Access-Control-Allow-Origin": "*"}
    if origins:
        for page in sorted(site.rglob("index.html")):
            folder = page.parent.relative_to(site).as_posix()
            folder = "" if folder == "." else f"{folder}/"
            allowed = frames(origins) if folder in ("estimator/", "en/estimator/") else "'none'"
            rules[f"{prefix}{folder}"] = {"Content-Security-Policy": f"frame-ancestors {allowed}"}
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in found.items()) for path, found in rules.items()
    )


def main(arguments: list[str]) -> int:
    """Exit status: 0, or 1 with what is in the way on standard error."""
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        sys.exit("Usage: SITE_URL=https://example.org/points/ python tools/release.py [folder]")
    out = Path(arguments[0] if arguments else ROOT / "release").resolve()
    address = os.environ.get("SITE_URL", "http://127.0.0.1:8000/")
    site = out / "site"
    try:
        origins = embedding(ROOT / "mkdocs.yml")
        configurations(site, address, origins)
        for command in (
            ["rules", "check"],
            ["rules", "record", "--check"],
            ["mkdocs", "build", "--strict", "--clean", "--quiet", "--site-dir", str(site)],
        ):
            if subprocess.run(
                [sys.executable, "-m", *command], cwd=ROOT, env=os.environ | {"SITE_URL": address}
            ).returncode:
                raise Unfit(f"stopped by: python -m {' '.join(command[:2])}")
        for wheel in out.glob("*.whl"):
            wheel.unlink()
        for wheel in site.glob("data/v*/*.whl"):
            shutil.copyfile(wheel, out / wheel.name)
        compress(site)
        for name, text in configurations(site, address, origins).items():
            (out / name).write_text(text, encoding="utf-8", newline="\n")
    except Unfit as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    files = sorted(path for path in out.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(out).as_posix()}\n" for path in files
    )
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    print(f"{out}: {len(files)} files for {address}; may embed the estimator: {', '.join(origins) or 'nobody'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
