"""What changed between two versions of the rules, in sentences of both languages, for the reviewer and the change log.

Only what a reader would notice is told: figures, dates, words, conditions, sources. The order of a file and its comments are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from . import model as m
from .checks import Policy, edition_day
from .labels import label, show

#: Parts that only say where a statement stands; a change of them alone is told as such.
_CITES = ("cite", "checked_on")


@dataclass(frozen=True)
class Change:
    """One change: what it concerns (``about``: file and id), from when it holds (``None``: at once), its clause, and the sentence."""

    about: str
    since: str | None
    zh: str
    en: str
    clause_zh: str = ""
    clause_en: str = ""
    kind: str = "rule"

    def say(self, lang: str) -> str:
        """The change as a sentence with its day and clause."""
        sentence, clause = (self.zh, self.clause_zh) if lang == "zh" else (self.en, self.clause_en)
        if lang == "zh":
            return f"{f'自 {self.since} 起，' if self.since else ''}{sentence}{f'（依据：{clause}）' if clause else ''}。"
        begins = f"From {self.since}: {sentence}" if self.since else sentence[:1].upper() + sentence[1:]
        return f"{begins}{f' ({clause})' if clause else ''}."


def differences(old: Policy, new: Policy) -> list[Change]:
    """Every change from ``old`` to ``new``, rules first, then sources and words."""
    found = [*_standard(old, new), *_indicators(old, new), *_readings(old, new), *_eligibility(old, new), *_wages(old, new),
             *_entries(old, new), *_questions(old, new), *_sources(old, new)]
    order = {"rule": 0, "source": 1, "words": 2}
    return sorted(found, key=lambda change: (order[change.kind], change.since or "", change.about))


def _clause(new: Policy, cites: list[m.Cite]) -> tuple[str, str]:
    """The first citation as text: the source's title and the clause."""
    if not cites:
        return "", ""
    source, cite = new.sources[cites[0].source], cites[0]
    return f"{source.title.zh}，{cite.clause.zh}", f"{source.title.en}, {cite.clause.en}"


def _figures(part: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every plain value below a part, by path; citations and notes left out. Lists of entries with a name go by that name."""
    if isinstance(part, BaseModel):
        out: dict[tuple[Any, ...], Any] = {}
        for name, info in type(part).model_fields.items():
            if name not in _CITES and not (path == () and name in ("from_", "to")):
                out |= _figures(getattr(part, name), (*path, info.alias or name))
        return out
    if isinstance(part, dict):
        return {key: value for name, item in part.items() for key, value in _figures(item, (*path, name)).items()}
    if isinstance(part, list) and any(isinstance(item, BaseModel) for item in part):
        return {key: value for index, item in enumerate(part) for key, value in _figures(item, (*path, _name(item, index))).items()}
    return {path: tuple(part) if isinstance(part, list) else part}


def _name(item: Any, index: int) -> Any:
    for attribute in ("id", "key", "value", "code", "answer"):
        name = getattr(item, attribute, None)
        if isinstance(name, str):
            return name
    low, high = getattr(item, "min", None), getattr(item, "max", None)
    return f"{low if low is not None else ''}–{high if high is not None else ''}" if (low, high) != (None, None) else index


def _steps(before: BaseModel, after: BaseModel, policy: Policy) -> tuple[str, str]:
    """What differs between two values, as “label: old → new” joined for a sentence."""
    one, other = _figures(before), _figures(after)
    pairs = [(path, one.get(path), other.get(path)) for path in dict.fromkeys([*one, *other]) if one.get(path) != other.get(path)]
    zh = "；".join(f"{label(path, 'zh', policy)}：{show(a, 'zh')} → {show(b, 'zh')}" for path, a, b in pairs)
    en = "; ".join(f"{label(path, 'en', policy)}: {show(a, 'en')} → {show(b, 'en')}" for path, a, b in pairs)
    return zh, en


def _dated(about: str, name: m.Text, before: list[Any], after: list[Any], new: Policy) -> Iterator[Change]:
    """Changes in a list of dated values: appended ones, and ones that were altered or taken away."""
    old_by_day = {value.from_: value for value in before}
    for index, value in enumerate(after):
        clause = _clause(new, value.cite)
        known = old_by_day.get(value.from_)
        if known is None:
            base = after[index - 1] if index else None
            if isinstance(getattr(value, "points", None), m.Abolished):
                yield Change(about, value.from_, f"“{name.zh}”取消", f"“{name.en}” is abolished", *clause)
            elif base is None:
                yield Change(about, value.from_, f"“{name.zh}”开始实行", f"“{name.en}” begins", *clause)
            else:
                zh, en = _steps(base, value, new)
                yield Change(about, value.from_, f"“{name.zh}”改变：{zh or '依据更新'}", f"“{name.en}” changes: {en or 'a new basis'}", *clause)
        elif known != value:
            zh, en = _steps(known, value, new)
            kind = "rule" if zh else "source"
            yield Change(about, value.from_, f"更正“{name.zh}”：{zh or '依据或核对日期更新'}", f"“{name.en}” is corrected: {en or 'its citation or the day it was checked'}", *clause, kind)
    for day in old_by_day.keys() - {value.from_ for value in after}:
        yield Change(about, day, f"删去“{name.zh}”在这一天开始的规定", f"the value of “{name.en}” that began on this day is taken out")


def _standard(old: Policy, new: Policy) -> Iterator[Change]:
    name = new.terms["standard-score"] if "standard-score" in new.terms else None
    text = m.Text(zh=name.zh, en=name.en) if name else new.scheme.name
    yield from _dated("scheme.yaml:standard", text, old.scheme.standard, new.scheme.standard, new)
    zh, en = _steps(old.scheme.lead_time, new.scheme.lead_time, new)
    if zh:
        yield Change("scheme.yaml:lead_time", None, f"办理所需时间改变：{zh}", f"the time an application takes changes: {en}", *_clause(new, new.scheme.lead_time.cite))
    if [g.members for g in old.scheme.best_of] != [g.members for g in new.scheme.best_of]:
        yield Change("scheme.yaml:best_of", None, "“只计较高一项”的指标有变化", "which indicators count only the better of them changes")


def _indicators(old: Policy, new: Policy) -> Iterator[Change]:
    for name, indicator in new.indicators.items():
        about = f"indicators:{name}"
        known = old.indicators.get(name)
        if known is None:
            first = indicator.values[0]
            yield Change(about, first.from_, f"新增指标“{indicator.name.zh}”", f"a new indicator, “{indicator.name.en}”, begins", *_clause(new, first.cite))
            continue
        yield from _dated(about, indicator.name, known.values, indicator.values, new)
        yield from _named(about, indicator.name, "条件", "condition", known.conditions, indicator.conditions, new)
        yield from _named(about, indicator.name, "说明", "note", known.notes, indicator.notes, new)
        if (known.name, known.summary) != (indicator.name, indicator.summary):
            yield Change(about, None, f"“{indicator.name.zh}”的文字有改动", f"the words of “{indicator.name.en}” change", kind="words")
    for name in old.indicators.keys() - new.indicators.keys():
        yield Change(f"indicators:{name}", None, f"删去指标“{old.indicators[name].name.zh}”", f"the indicator “{old.indicators[name].name.en}” is taken out")


def _named(about: str, name: m.Text, zh: str, en: str, before: list[Any], after: list[Any], new: Policy) -> Iterator[Change]:
    known = {item.id: item for item in before}
    for item in after:
        if item.id not in known:
            yield Change(about, getattr(item, "from_", None), f"“{name.zh}”新增{zh}：{item.text.zh}", f"“{name.en}” has a new {en}: {item.text.en}", *_clause(new, item.cite))
        elif known[item.id] != item:
            yield Change(about, getattr(item, "from_", None), f"“{name.zh}”的{zh}改动：{item.text.zh}", f"a {en} of “{name.en}” changes: {item.text.en}", *_clause(new, item.cite))
    for gone in known.keys() - {item.id for item in after}:
        yield Change(about, None, f"“{name.zh}”删去{zh}：{known[gone].text.zh}", f"“{name.en}” loses a {en}: {known[gone].text.en}")


def _readings(old: Policy, new: Policy) -> Iterator[Change]:
    known = {reading.id: reading for reading in old.scheme.readings}
    for reading in new.scheme.readings:
        before = known.get(reading.id)
        option = next(o for o in reading.options if o.value == reading.taken)
        if before is None:
            yield Change(f"readings:{reading.id}", None, f"新增一处读法：{reading.question.zh}", f"a new question of reading: {reading.question.en}")
        elif before.taken != reading.taken:
            yield Change(f"readings:{reading.id}", None, f"{reading.question.zh}改为采用：{option.text.zh.rstrip('。')}",
                         f"{reading.question.en} The reading taken is now: {option.text.en.rstrip('.')}", *_clause(new, option.cite))


def _eligibility(old: Policy, new: Policy) -> Iterator[Change]:
    known = {condition.id: condition for condition in old.eligibility.conditions}
    for condition in new.eligibility.conditions:
        about = f"eligibility:{condition.id}"
        if condition.id not in known:
            yield Change(about, condition.values[0].from_, f"新增申请条件：{condition.text.zh.rstrip('。')}", f"a new condition of applying: {condition.text.en.rstrip('.')}", *_clause(new, condition.values[0].cite))
        else:
            name = m.Text(zh=f"申请条件 {condition.id}", en=f"the condition {condition.id}")
            yield from _dated(about, name, known[condition.id].values, condition.values, new)
    for gone in known.keys() - {c.id for c in new.eligibility.conditions}:
        yield Change(f"eligibility:{gone}", None, f"删去申请条件：{known[gone].text.zh.rstrip('。')}", f"a condition of applying is taken out: {known[gone].text.en.rstrip('.')}")


def _wages(old: Policy, new: Policy) -> Iterator[Change]:
    known = {year.from_: year for year in old.wages.years}
    for year in new.wages.years:
        clause = _clause(new, year.average.cite)
        if year.from_ not in known:
            yield Change(f"wages:{year.from_}", f"{year.from_}-01", f"新的社会保险年度（至 {year.to}）：平均工资每月 {show(year.average.yuan, 'zh')} 元",
                         f"a new social-insurance year (to {year.to}), average wage {show(year.average.yuan, 'en')} yuan a month", *clause)
        elif known[year.from_] != year:
            zh, en = _steps(known[year.from_], year, new)
            yield Change(f"wages:{year.from_}", f"{year.from_}-01", f"更正平均工资表：{zh or '依据更新'}", f"the wage table is corrected: {en or 'its citation'}", *clause, "rule" if zh else "source")
    for gone in known.keys() - {year.from_ for year in new.wages.years}:
        yield Change(f"wages:{gone}", f"{gone}-01", "删去这一社会保险年度的平均工资", "the average wage of this insurance year is taken out")


def _entries(old: Policy, new: Policy) -> Iterator[Change]:
    """Diploma types, procedures, materials and the other entries of the guide: added, altered, taken out."""
    for zh, en, before, after in (
        ("学历类型", "diploma type", old.education_types, new.education_types),
        ("办理程序", "procedure", old.processes, new.processes),
        ("材料", "material", {x.id: x for x in old.materials.materials}, {x.id: x for x in new.materials.materials}),
        ("待遇", "benefit", {x.id: x for x in old.benefits.benefits}, {x.id: x for x in new.benefits.benefits}),
    ):
        for name, entry in after.items():
            about, cites = f"{en}:{name}", getattr(entry, "cite", []) or []
            if name not in before:
                yield Change(about, None, f"新增{zh}“{entry.name.zh}”", f"a new {en}: “{entry.name.en}”", *_clause(new, cites))
            elif before[name] != entry:
                said_zh, said_en = _steps(before[name], entry, new)
                kind = "rule" if said_zh else "source"
                yield Change(about, None, f"{zh}“{entry.name.zh}”改动：{said_zh or '依据更新'}", f"the {en} “{entry.name.en}” changes: {said_en or 'its citation'}", *_clause(new, cites), kind)
        for gone in before.keys() - after.keys():
            yield Change(f"{en}:{gone}", None, f"删去{zh}“{before[gone].name.zh}”", f"the {en} “{before[gone].name.en}” is taken out")


def _questions(old: Policy, new: Policy) -> Iterator[Change]:
    for key, question in new.questions.items():
        if key not in old.questions:
            yield Change(f"questions:{key}", None, f"估算新增问题：{question.label.zh}", f"the estimator asks a new question: {question.label.en}", kind="words")
        elif old.questions[key] != question:
            yield Change(f"questions:{key}", None, f"估算的问题有改动：{question.label.zh}", f"a question of the estimator changes: {question.label.en}", kind="words")
    for key in old.questions.keys() - new.questions.keys():
        yield Change(f"questions:{key}", None, f"估算不再询问：{old.questions[key].label.zh}", f"the estimator no longer asks: {old.questions[key].label.en}", kind="words")


def _sources(old: Policy, new: Policy) -> Iterator[Change]:
    for name, source in new.sources.items():
        known = old.sources.get(name)
        if known is None:
            yield Change(f"sources:{name}", None, f"新增来源：{source.title.zh}", f"a new source: {source.title.en}", kind="source")
        elif known != source:
            zh, en = _steps(known, source, new)
            day = f"{known.checked_on} → {source.checked_on}" if known.checked_on != source.checked_on else ""
            zh, en = "；".join(filter(None, [zh, day and f"核对日期：{day}"])), "; ".join(filter(None, [en, day and f"checked on: {day}"]))
            yield Change(f"sources:{name}", None, f"来源“{source.title.zh}”更新：{zh}", f"the source “{source.title.en}” changes: {en}", kind="source")
    for name in old.sources.keys() - new.sources.keys():
        yield Change(f"sources:{name}", None, f"删去来源：{old.sources[name].title.zh}", f"a source is taken out: {old.sources[name].title.en}", kind="source")


def days_of_interest(changes: list[Change], new: Policy) -> list[str]:
    """The days for which a comparison of scores says something: today's edition, and each day on which a change begins."""
    edition = edition_day(new)
    return sorted({edition, *(change.since for change in changes if change.since and change.since > edition)})
