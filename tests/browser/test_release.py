"""The release behind real web servers, at a root and under a path: links, types, compression, headers, and the first estimate."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import brotli
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, expect

from tests.rehearsals import checkout
from tools import release
from tools.serve import free_port

ORIGIN = "https://hr.example.cn"
#: Where Debian keeps the module for Brotli.
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


@dataclass(frozen=True)
class Served:
    """A running server: its port, the path of the site, and the folder that is served."""

    kind: str
    port: int
    prefix: str
    site: Path

    @property
    def address(self) -> str:
        """The site's address, ending in a slash."""
        return f"http://127.0.0.1:{self.port}{self.prefix}"

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body as they come, nothing decoded and no redirect followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(
            "GET",
            urljoin(self.prefix, path),
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def start(kind: str, configuration: Path, work: Path, port: int) -> subprocess.Popen[bytes]:
    """Start a server with the configuration that the release made, and wait until it answers."""
    if kind == "nginx":
        own = work / "main.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        own.write_text(f"load_module {BROTLI};{user}pid {work}/pid;error_log {work}/error.log;worker_processes 1;events {{}}http {{access_log off;client_body_temp_path {work}/a;proxy_temp_path {work}/b;fastcgi_temp_path {work}/c;uwsgi_temp_path {work}/d;scgi_temp_path {work}/e;include {configuration};}}")  # fmt: skip
        command = ["nginx", "-c", str(own), "-p", str(work), "-g", "daemon off;"]
    else:
        command = ["caddy", "run", "--config", str(configuration), "--adapter", "caddyfile"]
    home = {"HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    process = subprocess.Popen(
        command, cwd=work, env=os.environ | home, stdout=subprocess.DEVNULL, stderr=(work / "log").open("wb")
    )
    for _ in range(200):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=1).connect()
            return process
        except OSError:
            assert process.poll() is None, (work / "log").read_text()
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`make release` of a checkout under a path, in which another site may embed the estimator; gives the checkout."""
    root = checkout(tmp_path_factory.mktemp("released"))
    shutil.copytree(release.ROOT / "ops", root / "ops")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert config.count("  embed: []\n") == 1
    (root / "mkdocs.yml").write_text(config.replace("  embed: []\n", f'  embed: ["{ORIGIN}"]\n'), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "rules", "record", str(release.ROOT), "--people", "0"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    done = subprocess.run([sys.executable, "tools/release.py"], cwd=root, capture_output=True, text=True, env=os.environ | {"SITE_URL": "http://127.0.0.1:9999/points/", "NO_MKDOCS_2_WARNING": "1"})  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert ORIGIN in done.stdout
    return root / "release"


@pytest.fixture(
    scope="module", params=["nginx under a path", "nginx at the root", "caddy under a path", "caddy at the root"]
)
def served(
    request: pytest.FixtureRequest, released: Path, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The release behind one server."""
    kind, _, place = request.param.partition(" ")
    if not shutil.which(kind) or (kind == "nginx" and not BROTLI.is_file()):
        pytest.skip(f"{kind} is not installed (Debian: nginx-light libnginx-mod-http-brotli-static caddy)")
    work = tmp_path_factory.mktemp(kind)
    port = free_port(21500)
    prefix = "/points/" if place == "under a path" else "/"
    site, origins = released / "site", [ORIGIN]
    if prefix == "/":
        # Links are relative, so that the same pages serve; what differs is made for the root.
        site, origins = work / "site", []
        shutil.copytree(built_site, site)
        release.compress(site)
    os.environ["SITE_FOLDER"] = str(site)
    try:
        # nginx leaves HTTPS to whoever puts the certificate in; Caddy would ask for one.
        scheme = "https" if request.param == "nginx at the root" else "http"
        made = release.configurations(site, f"{scheme}://127.0.0.1:{port}{prefix}", origins)
    finally:
        del os.environ["SITE_FOLDER"]
    name = "nginx.conf" if kind == "nginx" else "Caddyfile"
    configuration = work / name
    text = made[name] if kind == "nginx" else "{\n\tadmin off\n\tauto_https off\n}\n" + made[name]
    configuration.write_text(text, encoding="utf-8")
    process = start(kind, configuration, work, port)
    yield Served(kind, port, prefix, site)
    process.terminate()
    process.wait()


def test_every_link_and_file_is_there(served: Served) -> None:
    seen: set[str] = set()
    left = [served.prefix, f"{served.prefix}en/"]
    while left:
        path = left.pop()
        if path in seen:
            continue
        seen.add(path)
        status, headers, body = served.get(path)
        assert status == 200, f"{path}: {status}"
        if not headers["content-type"].startswith("text/html"):
            continue
        for tag in BeautifulSoup(body, "lxml").select("[href], [src]"):
            link = urlsplit(urljoin(f"http://127.0.0.1:{served.port}{path}", str(tag.get("href") or tag.get("src"))))
            if link.hostname == "127.0.0.1" and link.port == served.port:
                assert link.path.startswith(served.prefix), f"{path} leads out of the site: {link.path}"
                left.append(unquote(link.path))
    pages = {path for path in seen if path.endswith("/")}
    assert pages == {
        f"{served.prefix}{page.parent.relative_to(served.site).as_posix()}/".replace("/./", "/")
        for page in served.site.rglob("index.html")
    }


def test_types_compression_and_caching(served: Served) -> None:
    kinds = {
        ".html": "text/html; charset=utf-8",
        ".mjs": "text/javascript; charset=utf-8",
        ".wasm": "application/wasm",
        ".css": "text/css; charset=utf-8",
    }
    tried = set()
    for file in sorted(served.site.rglob("*")):
        if file.suffix not in kinds or file.suffix in tried or not file.with_name(f"{file.name}.br").is_file():
            continue
        tried.add(file.suffix)
        path = file.relative_to(served.site).as_posix()
        data = file.read_bytes()
        for asked, decode in (("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)):
            status, headers, body = served.get(path, Accept_Encoding=asked)
            assert status == 200
            assert headers["content-type"].replace("application/javascript", "text/javascript") in (
                kinds[file.suffix],
                kinds[file.suffix].partition(";")[0],
            )
            assert headers.get("content-encoding", "identity") == asked, path
            assert decode(body) == data
        hashed = release.HASHED.match(path)
        assert ("immutable" in headers["cache-control"]) == bool(hashed), path
        if not hashed:
            assert headers["cache-control"] == "no-cache"
            assert served.get(path, If_None_Match=headers["etag"])[0] == 304
    assert tried == kinds.keys()


def test_headers_and_missing_pages(served: Served) -> None:
    page = served.get("faq/")[1]
    assert page["content-security-policy"].endswith("frame-ancestors 'none'")
    assert (page["x-content-type-options"], page["referrer-policy"], page["cross-origin-opener-policy"]) == (
        "nosniff",
        "no-referrer",
        "same-origin",
    )
    assert page["cross-origin-resource-policy"] == "same-origin"
    strict = release.STRICT if (served.kind, served.prefix) == ("nginx", "/") else None
    assert page.get("strict-transport-security") == strict
    assert "camera=()" in page["permissions-policy"] and "payment=()" in page["permissions-policy"]
    assert served.get("data/v1/rulebook.json")[1]["cross-origin-resource-policy"] == "cross-origin"
    frames = re.search(r"frame-ancestors (.*)$", served.get("en/estimator/")[1]["content-security-policy"])
    assert frames
    assert frames[1] == ("'none'" if served.prefix == "/" else f"'self' {ORIGIN}")
    assert served.get("data/v1/rulebook.json")[1]["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in page
    assert served.get("en/manifest.webmanifest")[1]["content-type"].startswith("application/manifest+json")
    assert served.get("sw.js")[1]["cache-control"] == "no-cache"
    for path, language in (("no-such-page/", "zh-CN"), ("en/no-such-page/", "en")):
        status, headers, body = served.get(path)
        assert status == 404
        assert "content-security-policy" in headers
        assert BeautifulSoup(body, "lxml").html["lang"] == language  # type: ignore[index]
    status, headers, _body = served.get("faq")
    assert status in (301, 308)
    assert urlsplit(urljoin(served.address, headers["location"])).path == f"{served.prefix}faq/"
    # The pages' own policy is no wider than the header's.
    meta = BeautifulSoup((served.site / "estimator" / "index.html").read_text(encoding="utf-8"), "lxml").select_one(
        "meta[http-equiv=Content-Security-Policy]"
    )
    assert meta
    # Trusted Types stand in the page alone: the header goes with the workers' scripts too (docs/decisions/0011).
    own = {"require-trusted-types-for 'script'", "trusted-types default points-reading"}
    assert set(str(meta["content"]).split("; ")) == set(release.POLICY.split("; ")) | own


def test_the_first_estimate_comes_through_the_server(served: Served, browser: Browser) -> None:
    context = browser.new_context(base_url=served.address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    context.on("response", lambda it: it.status < 400 or faults.append(f"{it.status} {it.url}"))
    context.on("console", lambda it: it.type == "error" and faults.append(it.text))
    context.on("weberror", lambda it: faults.append(str(it.error)))
    page.goto("estimator/")
    page.locator("#on").fill("2026-11-21")
    page.locator("#on").blur()
    page.locator("#q-birth_date [data-part]").fill("1990-05-01")
    page.locator("#q-birth_date [data-part]").blur()
    expect(page.locator("#result .total .figure")).to_have_text(re.compile(r"^30\b"), timeout=60_000)
    page.goto("en/faq/")
    age = page.locator("time[data-every] + .age").first
    expect(age).to_be_attached()
    assert not faults
    context.close()


def test_the_estimator_in_a_frame_shows_itself_alone(built_site: Path, browser: Browser, tmp_path: Path) -> None:
    """Where the headers allow it, the page in a frame leaves its navigation out and opens its links beside it."""
    from tests.server import serving

    (tmp_path / "index.html").write_text("<!doctype html><title>Host</title><iframe></iframe>", encoding="utf-8")
    with serving(built_site) as inner, serving(tmp_path) as outer:
        page = browser.new_page()
        page.goto(outer)
        page.evaluate("address => { document.querySelector('iframe').src = address; }", f"{inner}en/estimator/")
        frame = page.frame_locator("iframe")
        expect(frame.locator("html.embedded")).to_be_attached(timeout=60_000)
        expect(frame.locator(".md-header")).to_be_hidden()
        expect(frame.locator("#q-birth_date")).to_be_attached()
        assert frame.locator("a[href]:not([href^='#']):not([target=_blank])").count() == 0
        page.close()


@pytest.mark.parametrize("origin", ["hr.example.cn", "https://hr.example.cn/path", "*", 7])
def test_a_wrong_origin_or_address_is_refused(tmp_path: Path, origin: object) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"extra:\n  embed: [{origin!r}]\nhooks: [!ENV [X, y]]\n", encoding="utf-8")
    with pytest.raises(release.Unfit, match=r"extra\.embed"):
        release.embedding(config)
    with pytest.raises(release.Unfit, match="SITE_URL"):
        release.configurations(tmp_path, "https://example.org/points", [])


def test_hosts_that_read_a_headers_file_forbid_frames_but_of_the_estimator(released: Path) -> None:
    text = (released / "site" / "_headers").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^(/\S*)\n  Content-Security-Policy: (frame-ancestors .*)$", text, re.M))
    assert {path for path, value in rules.items() if ORIGIN in value} == {"/points/estimator/", "/points/en/estimator/"}
    assert rules["/points/faq/"] == rules["/points/"] == "frame-ancestors 'none'"
    assert len((released / "SHA256SUMS").read_text().splitlines()) > 100
    assert list(released.glob("shanghai_points-*.whl"))


def test_a_site_of_https_is_asked_for_by_https_alone(tmp_path: Path) -> None:
    line = re.compile(rf"^[^#\n]*Strict-Transport-Security\W+{release.STRICT}\b", re.M)
    for scheme in ("https", "http"):
        for name, text in release.configurations(tmp_path, f"{scheme}://example.org/points/", []).items():
            assert bool(line.search(text)) == (scheme == "https"), name
