"""What changed in the rules and what is about to: the change log as a page, and as a feed for readers of news."""

from __future__ import annotations

from html import escape
from urllib.parse import urljoin
from xml.etree import ElementTree as Xml

from rules import model as m
from rules.diff import Change, coming_changes, sentence
from rules.impact import Impact

from .base import Guide, block

ATOM = "http://www.w3.org/2005/Atom"


def place(record: m.Record) -> str:
    """A record's anchor."""
    return f"edition-{record.id}"


def coming(guide: Guide) -> str:
    """The rules that are known and not in force yet, each with its day."""
    changes = coming_changes(guide.policy)
    if not changes:
        return block(
            f'<div class="say">{guide.t("目前没有已经公布、还没有实行的变化。", "No change is known that is not in force yet.")}</div>'
        )
    return block(f"<ul>{''.join(_coming(guide, change) for change in changes)}</ul>")


def coming_notice(guide: Guide) -> str:
    """The same for the home page: nothing at all where nothing is to come."""
    changes = coming_changes(guide.policy)
    if not changes:
        return ""
    title = guide.link("updates#coming", guide.t("即将实行的变化", "What is about to change"))
    return block(
        f'<div class="coming-notice"><strong>{title}</strong><ul>{"".join(_coming(guide, change) for change in changes)}</ul></div>'
    )


def _coming(guide: Guide, change: Change) -> str:
    mark = guide.mark([change.cite]) if change.cite else ""
    return f"<li>{escape(sentence(change.zh if guide.lang == 'zh' else change.en, change.since, '', guide.lang), quote=False)} {mark}</li>"


def log(guide: Guide) -> str:
    """Every edition on record, the newest first, as Markdown."""
    out = []
    for record in guide.policy.records:
        out.append(f"### {_title(guide, record)} {{#{place(record)}}}\n{block(_entry(guide, record))}")
    return "\n".join(out)


def _title(guide: Guide, record: m.Record) -> str:
    number = record.id[11:]
    again = guide.t(f"（第 {number} 次）", f" ({number})") if number else ""
    return f"{guide.day(record.id[:10])}{again}"


def _entry(guide: Guide, record: m.Record) -> str:
    """One edition: its name, the note, changes of rules, what they do to a made-up population, and the rest folded."""
    t = guide.t
    parts = [f'<div class="quiet">{t("规则版本", "Rules")} {escape(record.rules)}</div>']
    if record.note:
        parts.append(f'<div class="say">{escape(getattr(record.note, guide.lang), quote=False)}</div>')
    said = {kind: _said(guide, record, kind) for kind in ("rule", "source", "words")}
    parts += said["rule"]
    parts += [f'<div class="say impact">{escape(line, quote=False)}</div>' for line in _impact(guide, record)]
    rest = [*said["source"], *said["words"]]
    if rest:
        parts.append(
            f"<details><summary>{t('来源和文字的变化', 'Changes of sources and words')}</summary>{''.join(rest)}</details>"
        )
    return "".join(parts)


def _said(guide: Guide, record: m.Record, kind: str) -> list[str]:
    items = "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines(record, kind, guide.lang))
    return [f"<ul>{items}</ul>"] if items else []


def lines(record: m.Record, kind: str, lang: str) -> list[str]:
    """The changes of a kind as sentences."""
    return [
        sentence(getattr(change.text, lang), change.since, getattr(change.clause, lang) if change.clause else "", lang)
        for change in record.changes
        if change.kind == kind
    ]


def _impact(guide: Guide, record: m.Record) -> list[str]:
    return [Impact(one.on, one.people, one.gain, one.lose, one.differ).say(guide.lang) for one in record.impact]


def feed(guide: Guide, site_url: str) -> str:
    """The change log as an Atom feed; ``site_url`` is the address of the language's root, ending in a slash."""
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": guide.t("zh-CN", "en")})
    page = urljoin(site_url, "updates/")

    def add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
        element = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text or None
        return element

    name = guide.plain(guide.policy.scheme.name)
    add(root, "id", page)
    add(root, "title", guide.t(f"{name}：更新记录", f"{name}: what changed"))
    add(root, "link", rel="self", type="application/atom+xml", href=urljoin(site_url, "feed.xml"))
    add(root, "link", rel="alternate", type="text/html", href=page)
    add(root, "updated", _moment(guide.policy.records[0] if guide.policy.records else None, guide.edition))
    add(add(root, "author"), "name", guide.t("本站编者", "The editors"))
    for record in guide.policy.records:
        entry = add(root, "entry")
        add(entry, "id", f"{page}#{place(record)}")
        add(entry, "title", _title(guide, record))
        add(entry, "link", rel="alternate", type="text/html", href=f"{page}#{place(record)}")
        add(entry, "updated", _moment(record, record.edition))
        said = [getattr(record.note, guide.lang)] if record.note else []
        said += [line for kind in ("rule", "source", "words") for line in lines(record, kind, guide.lang)] + _impact(
            guide, record
        )
        add(entry, "content", "".join(f"<p>{escape(line, quote=False)}</p>" for line in said), type="html")
    Xml.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _moment(record: m.Record | None, day: str) -> str:
    """A day as Atom writes it; a second record of the day comes a minute later, so that readers see it as newer."""
    minute = int(record.id[11:] or 1) - 1 if record else 0
    return f"{record.id[:10] if record else day}T00:{minute:02}:00Z"
