"""MkDocs events, and nothing but: each returns early, delegates, or fails with file and line.

The Chinese site builds the English one when it is done, so that one command builds (or serves) both and each keeps
its own navigation, search index and 404 page. Styles and scripts lie once, in the Chinese site's assets/.
"""

import importlib
import posixpath
import re
import sys
from pathlib import Path
from typing import Any

import jinja2
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import normalize_url

ROOT = Path(__file__).resolve().parent.parent
OURS = ("rules", "estimator", "runtime", "hooks")
log = get_plugin_logger("site")

if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))


def language(config: MkDocsConfig) -> str:
    """`zh` or `en`."""
    return str(config.extra["hreflang"])[:2]


def pages() -> Any:
    """hooks.pages, imported when it is needed: on_config may have dropped an older one."""
    return importlib.import_module("hooks.pages")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take code and rules afresh for every rebuild; take the navigation from the rules."""
    if language(config) == "zh":
        if "only" not in config.extra:
            forget()
    elif not str(config.site_url).endswith("/en/"):
        config.site_url = f"{config.site_url}en/"
    try:
        config.nav = pages().nav(language(config))
    except (ValueError, importlib.import_module("rules.checks").RulesError) as error:
        raise PluginError(str(error)) from error
    return config


def forget(packages: tuple[str, ...] = OURS) -> None:
    """Drop our modules, and with them all that they keep of the policy."""
    for name in [name for name in sys.modules if name.split(".")[0] in packages and name != __name__]:
        del sys.modules[name]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages; leave the theme's own files to the Chinese site."""
    for src_uri, title, markdown in pages().generated(language(config)):
        body = markdown.removeprefix("---\n") if markdown.startswith("---\n") else f"---\n\n{markdown}"
        heading = yaml.safe_dump({"title": title}, allow_unicode=True, width=1000)
        files.append(File.generated(config, src_uri, content=f"---\n{heading}{body}"))
    needless = importlib.import_module("hooks.assets").needless
    for file in list(files):
        if file.src_uri.startswith("assets/") and (language(config) != "zh" or needless(file.src_uri)):
            files.remove(file)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Where only some pages are wanted, leave the others out once the navigation knows them."""
    only = config.extra.get("only")
    if only is not None:
        for file in files.documentation_pages():
            if f"{'en/' if language(config) == 'en' else ''}{file.url.removeprefix('./')}" not in only:
                file.inclusion = InclusionLevel.EXCLUDED
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Run the page's Markdown through Jinja with what hooks.pages gives to its language."""
    place = page.file.abs_src_path or page.file.src_uri
    source = page.file.content_string
    start = source.find(markdown) if markdown else 0
    skipped = source.count("\n", 0, max(start, 0))
    to_root = posixpath.relpath(".", page.url or ".") if language(config) == "zh" else en_root(page.url)
    try:
        return str(
            pages().fill(markdown, language(config), lambda name: f"{to_root}/assets/app/{name}", place, skipped)
        )
    except ValueError as error:
        raise PluginError(str(error)) from error


def en_root(url: str) -> str:
    """The site's root as seen from an English page."""
    return posixpath.normpath(posixpath.join(posixpath.relpath(".", url or "."), ".."))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Have marks and links put in; make tables scroll inside themselves; insist on anchors that are the same everywhere."""
    for item in flat(page.toc.items):
        if not re.fullmatch(r"[a-z][a-z0-9-]*", item.id):
            log.warning(f"{page.file.src_uri}: heading “{item.title}” needs an id of its own, like {{ #some-words }}")
    try:
        html = pages().finish(language(config), html, page.url)
        # Structured data names parts of its page by whole addresses; the fragments know no address.
        html = html.replace('"url":"#"', f'"url":"{page.canonical_url}"').replace(
            '"url":"#', f'"url":"{page.canonical_url}#'
        )
    except ValueError as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from error
    label = config.extra["table_label"]
    opening = f'<div class="scroll" role="group" tabindex="0" aria-label="{label}"><table class="data">'
    return re.sub(r"<table>(.*?)</table>", lambda table: f"{opening}{table[1]}</table></div>", html, flags=re.S)


def root(config: MkDocsConfig) -> str:
    """The address of the whole site, which is that of the Chinese pages."""
    return str(config.site_url).removesuffix("en/") if language(config) == "en" else str(config.site_url)


def flat(items: list[Any]) -> list[Any]:
    """A table of contents without its nesting."""
    return [one for item in items for one in (item, *flat(item.children))]


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Styles and scripts by their hashed names; English pages take them from the Chinese site, so that a reader loads them once."""
    address = importlib.import_module("hooks.assets").address

    @jinja2.pass_context
    def url(context: jinja2.runtime.Context, value: str) -> str:
        value = address(str(value))
        path = f"../{value}" if language(config) == "en" and str(value).startswith("assets/") else str(value)
        if path.startswith("../"):  # out of this language's site, which MkDocs does not reckon with
            joined = posixpath.normpath(posixpath.join(context["base_url"], path))
            return joined if joined.endswith("/") or not path.endswith("/") else f"{joined}/"
        return str(normalize_url(path, page=context["page"], base=context["base_url"]))

    env.filters["url"] = url
    return env


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
    """Give the page's address in the other language to the switcher, and what a printed page says at its end."""
    context["here"] = page.url.removeprefix("./")
    context["sheet"] = pages().sheet(language(config))
    # Where pages change under one's hands, none may be kept.
    context["offline"] = None if "only" in config.extra else pages().offline(language(config))
    context["root_url"] = root(config)
    if page.meta.get("early"):
        context["start"] = pages().start()
    return context


def on_template_context(context: Any, template_name: str, config: MkDocsConfig) -> Any:
    """The 404 page switches to the other language's home; the sitemap asks for both addresses of every page."""
    context["here"] = ""
    context["root_url"] = root(config)
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """The feed; after the Chinese site the shared files, then the English site; see that they match, and list what there is."""
    site_dir = Path(config.site_dir)
    (site_dir / "feed.xml").write_text(
        pages().feed(language(config), str(config.site_url)), encoding="utf-8", newline="\n"
    )
    if language(config) != "zh" or "only" in config.extra:
        return
    maps = "".join(f"Sitemap: {config.site_url}{part}sitemap.xml\n" for part in ("", "en/"))
    (site_dir / "robots.txt").write_text(f"User-agent: *\nAllow: /\n{maps}", encoding="utf-8", newline="\n")
    importlib.import_module("hooks.assets").build(site_dir)
    english = load_config(
        str(ROOT / "mkdocs.en.yml"),
        site_dir=str(site_dir / "en"),
        site_url=f"{config.site_url}en/",
        strict=config.strict,
    )
    english.plugins.on_startup(command="build", dirty=False)
    try:
        build(english)
    finally:
        english.plugins.on_shutdown()
    compare(site_dir)
    for part in ("", "en/"):
        importlib.import_module("hooks.search").set_apart(site_dir, part)
    names = {language(it): (str(it.site_name), str(it.site_description)) for it in (config, english)}
    importlib.import_module("hooks.offline").write(site_dir, names)


def build_some(site_dir: Path, scratch: Path, address: str, only: frozenset[str]) -> None:
    """For the development server: build these pages anew, ``""``, ``faq/`` or ``en/faq/``, and put them into ``site_dir``.

    Raises what a build raises. Call ``forget`` first where something changed.
    """
    importlib.import_module("hooks.assets").build(site_dir)
    (site_dir / "sw.js").write_text(importlib.import_module("hooks.offline").NONE, encoding="utf-8", newline="\n")
    for file, part in (("mkdocs.yml", ""), ("mkdocs.en.yml", "en/")):
        wanted = frozenset(url for url in only if url.startswith("en/") == bool(part))
        if not wanted:
            continue
        config = load_config(str(ROOT / file), site_dir=str(scratch), site_url=f"{address}{part}", strict=False)
        config.extra["only"] = wanted
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
        for path in scratch.rglob("*"):
            known = path.suffix in (".html", ".xml") or not (site_dir / part / path.relative_to(scratch)).exists()
            if path.is_file() and known and "search" not in path.relative_to(scratch).parts:
                there = site_dir / part / path.relative_to(scratch)
                there.parent.mkdir(parents=True, exist_ok=True)
                path.replace(there)


def compare(site_dir: Path) -> None:
    """Every page must be there in both languages."""
    found = {path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*.html")}
    english = {path.removeprefix("en/") for path in found if path.startswith("en/")}
    chinese = {path for path in found if not path.startswith("en/")}
    for path in sorted(english ^ chinese):
        log.warning(f"{path} is there in {'English' if path in english else 'Chinese'} only")
