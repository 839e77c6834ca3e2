"""What changed between two versions of the rules, in sentences of both languages, for the reviewer and the change log.

Only what a reader would notice is told: figures, dates, words, conditions, sources. The order of a file and its comments are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import BaseModel

from . import model as m
from . import phrases
from .checks import Policy, edition_day, month_after
from .labels import excerpt, label, quoted, show
from .words import Writer, number

#: What is not compared: where a statement stands (a change of that alone is told as such), and in which order things are shown.
_PASSED_OVER = ("cite", "checked_on", "order", "see")

Kind = Literal["rule", "source", "words"]
#: In this order changes are told: first what decides about points.
_KINDS = ("rule", "source", "words")
_PARTS = (
    "standard",
    "best_of",
    "indicators",
    "readings",
    "eligibility",
    "wages",
    "lead_time",
    "education",
    "process",
    "materials",
    "benefits",
    "questions",
    "sources",
)
Two = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """One change: what it concerns (``about``: part of the rules and id), from when it holds (``None``: at once), what it
    rests on, and the sentence in both languages, without the day and without a full stop."""

    about: str
    since: str | None
    zh: str
    en: str
    cite: m.Cite | None = None
    clause: m.Text | None = None
    kind: Kind = "rule"

    def say(self, lang: str) -> str:
        """The change as a sentence with its day and its clause."""
        return sentence(
            self.zh if lang == "zh" else self.en, self.since, getattr(self.clause, lang) if self.clause else "", lang
        )


def sentence(said: str, since: str | None, clause: str, lang: str) -> str:
    """What is said of a change as a whole sentence: from when, and by which clause."""
    if lang == "zh":
        said = f"{f'自 {number(since, lang)}起，' if since else ''}{said}{f'（依据：{clause}）' if clause else ''}"
        return said if said.endswith("？") else f"{said}。"
    begins = f"From {number(since, lang)}, {said}" if since else said[:1].upper() + said[1:]
    said = f"{begins}{f' ({clause})' if clause else ''}"
    return said if said.endswith("?") else f"{said}."


def differences(old: Policy, new: Policy) -> list[Change]:
    """Every change from ``old`` to ``new``: rules, then sources, then words."""
    found = [
        *_standard(old, new),
        *_indicators(old, new),
        *_readings(old, new),
        *_eligibility(old, new),
        *_wages(old, new),
        *_entries(old, new),
        *_questions(old, new),
        *_sources(old, new),
    ]
    return sorted(
        found,
        key=lambda change: (
            _KINDS.index(change.kind),
            _PARTS.index(change.about.partition(":")[0]),
            change.since or "",
            change.about,
        ),
    )


def coming_changes(policy: Policy) -> list[Change]:
    """What these rules will change after the policy's day: every rule that is known and not in force yet, as a change."""
    return [change for change in differences(as_of(policy, policy.day), policy) if change.kind == "rule"]


def as_of(policy: Policy, day: str) -> Policy:
    """The policy without what begins after ``day``, and without the end of what ends after it."""

    def standing(conditions: list[m.Condition]) -> list[m.Condition]:
        known = [c for c in conditions if not c.from_ or c.from_ <= day]
        return [c.model_copy(update={"to": None}) if c.to and c.to >= day else c for c in known]

    def begun(owner: Any) -> Any:
        if isinstance(owner, m.Indicator):
            values = [value for value in owner.values if value.from_ <= day]
            return (
                owner.model_copy(update={"values": values, "conditions": standing(owner.conditions)})
                if values
                else None
            )
        return (
            owner.model_copy(update={"conditions": standing(owner.conditions)})
            if isinstance(owner, m.EducationType)
            else owner
        )

    eligibility = [
        condition.model_copy(update={"values": values})
        for condition in policy.eligibility.conditions
        if (values := [value for value in condition.values if value.from_ <= day])
    ]
    files = {
        **policy.files,
        "scheme.yaml": policy.scheme.model_copy(
            update={"standard": [value for value in policy.scheme.standard if value.from_ <= day]}
        ),
        "eligibility.yaml": policy.eligibility.model_copy(update={"conditions": eligibility}),
        "wages.yaml": policy.wages.model_copy(
            update={"years": [year for year in policy.wages.years if f"{year.from_}-01" <= day]}
        ),
    }
    entries = {
        folder: {name: kept for name, entry in found.items() if (kept := begun(entry)) is not None}
        for folder, found in policy.entries.items()
    }
    return Policy(policy.root, files, entries, named=day)


def _change(
    new: Policy, about: str, since: str | None, said: Two, cites: list[m.Cite] | None = None, kind: Kind = "rule"
) -> Change:
    """A change that rests on the first of ``cites``: the title of its source, and the clause."""
    if not cites:
        return Change(about, since, *said, kind=kind)
    cite, source = cites[0], new.sources[cites[0].source]
    title = source.short or source.title
    clause = m.Text(zh=f"{title.zh}，{cite.clause.zh}", en=f"{title.en}, {cite.clause.en}")
    return Change(about, since, *said, cite, clause, kind)


def _writers(policy: Policy) -> tuple[Writer, Writer]:
    """For Chinese and English; made once, since the facts that a text may name take a while."""
    if "writers" not in policy.made:
        policy.made["writers"] = Writer(policy, "zh"), Writer(policy, "en")
    return policy.made["writers"]  # type: ignore[no-any-return]


# --- what differs between two parts ------------------------------------------------------------------------------------


def _figures(part: Any, path: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], Any]:
    """Every plain value and every text below a part, by path; citations left out. Lists of entries with a name go by that name."""
    if isinstance(part, BaseModel) and not isinstance(part, m.Text):
        out: dict[tuple[Any, ...], Any] = {}
        for name, info in type(part).model_fields.items():
            if name not in _PASSED_OVER and not (path == () and name in ("from_", "to")):
                out |= _figures(getattr(part, name), (*path, info.alias or name))
        return out
    if isinstance(part, dict):
        return {key: value for name, item in part.items() for key, value in _figures(item, (*path, name)).items()}
    if part == []:
        return {}  # as what is absent
    if isinstance(part, list) and any(isinstance(item, BaseModel) for item in part):
        return {
            key: value
            for index, item in enumerate(part)
            for key, value in _figures(item, (*path, _name(item, index))).items()
        }
    return {path: tuple(part) if isinstance(part, list) else part}


def _name(item: Any, index: int) -> Any:
    for attribute in ("id", "key", "value", "code", "answer"):
        name = getattr(item, attribute, None)
        if isinstance(name, str):
            return name
    return index + 1


def _pairs(before: BaseModel, after: BaseModel) -> list[tuple[tuple[Any, ...], Any, Any]]:
    one, other = _figures(before), _figures(after)
    return [
        (path, one.get(path), other.get(path))
        for path in dict.fromkeys([*one, *other])
        if one.get(path) != other.get(path)
    ]


def _steps(before: BaseModel, after: BaseModel, old: Policy, new: Policy) -> Two:
    """What differs between two parts, as “label: old → new” joined for a sentence; empty where only citations differ."""
    pairs = _pairs(before, after)
    zh, en = (
        ("；" if writer.lang == "zh" else "; ").join(
            f"{label(path, writer)}{'：' if writer.lang == 'zh' else ': '}"
            f"{_shown(a, before, past)} → {_shown(b, after, writer)}"
            for path, a, b in pairs
            if path[-1] != "id"  # of an entry that comes or goes, whose place names it
        )
        for past, writer in zip(_writers(old), _writers(new), strict=True)
    )
    return zh, en


def _shown(value: Any, part: BaseModel, writer: Writer) -> str:
    """A value of a part as it is written; a text with the figures that it has there."""
    if not isinstance(value, m.Text):
        return show(value, writer.lang)
    scope = next(scope for _file, _loc, text, scope in writer.texts_in(part) if text is value)
    return excerpt(writer(value, scope))


def _words_only(before: BaseModel, after: BaseModel) -> bool:
    """Whether nothing but wording differs."""
    pairs = _pairs(before, after)
    return bool(pairs) and all(isinstance(a, m.Text | None) and isinstance(b, m.Text | None) for _path, a, b in pairs)


def _kind(before: BaseModel, after: BaseModel) -> Kind:
    return "words" if _words_only(before, after) else "rule" if _pairs(before, after) else "source"


def _counted(before: m.Method, after: m.Method, policy: Policy) -> Two:
    return phrases.change(before, after, policy, "zh"), phrases.change(before, after, policy, "en")


# --- the parts of the rules --------------------------------------------------------------------------------------------


def _standard(old: Policy, new: Policy) -> Iterator[Change]:
    about, term = "standard", new.terms.get("standard-score")
    name = m.Text(zh=term.zh, en=term.en) if term else new.scheme.name
    known = {value.from_: value for value in old.scheme.standard}
    for index, value in enumerate(new.scheme.standard):
        before = known.get(value.from_)
        base = before or (new.scheme.standard[index - 1] if index else None)
        if before == value:
            continue
        a, b = base.points if base else None, value.points
        if a == b:
            yield _change(
                new,
                about,
                value.from_,
                (f"{name.zh}的依据或核对日期更新", f"the citation of the {name.en} is renewed"),
                value.cite,
                "source",
            )
        else:
            fixed = ("更正", "a correction of ") if before else ("", "")
            yield _change(
                new,
                about,
                value.from_,
                (
                    f"{fixed[0]}{name.zh}：{show(a, 'zh')} 分 → {show(b, 'zh')} 分",
                    f"{fixed[1]}the {name.en}: {show(a, 'en')} → {show(b, 'en')}",
                ),
                value.cite,
            )
    for day in known.keys() - {value.from_ for value in new.scheme.standard}:
        yield _change(
            new,
            about,
            day,
            (
                f"不再有这一天开始的{name.zh}（{show(known[day].points, 'zh')} 分）",
                f"the {name.en} of {show(known[day].points, 'en')} does not come after all",
            ),
        )
    yield from _lead_time(old, new)
    groups = {group.id: group for group in old.scheme.best_of}
    for group in new.scheme.best_of:
        said = group.text.zh.rstrip("。"), group.text.en.rstrip(".")
        if group.id not in groups or groups[group.id].members != group.members:
            yield _change(new, f"best_of:{group.id}", None, said, group.cite)
        elif groups[group.id].text != group.text:
            anew = f"文字有改动：{said[0]}", f"worded anew: {said[1]}"
            yield _change(new, f"best_of:{group.id}", None, anew, group.cite, "words")
    for gone in groups.keys() - {group.id for group in new.scheme.best_of}:
        yield _change(
            new,
            f"best_of:{gone}",
            None,
            (f"不再适用：{groups[gone].text.zh.rstrip('。')}", f"no longer so: {groups[gone].text.en.rstrip('.')}"),
        )


def _lead_time(old: Policy, new: Policy) -> Iterator[Change]:
    one, other = old.scheme.lead_time, new.scheme.lead_time
    if one.months != other.months:
        said = (
            f"办理所需的时间：{one.months} 个月 → {other.months} 个月",
            f"the time an application takes: {one.months} → {other.months} months",
        )
        yield _change(new, "lead_time", None, said, other.cite)


def _indicators(old: Policy, new: Policy) -> Iterator[Change]:
    for name, indicator in new.indicators.items():
        about = f"indicators:{name}"
        known = old.indicators.get(name)
        if known is None:
            first = indicator.values[0]
            gives = [phrases.Phrases(new, lang).summary(first.points) for lang in ("zh", "en")]
            said = (
                f"新增指标“{indicator.name.zh}”：{gives[0]}",
                f"there is a new indicator, “{indicator.name.en}”: {gives[1]}",
            )
            yield _change(new, about, first.from_, said, first.cite)
            continue
        yield from _values(about, known, indicator, new)
        yield from _named("conditions", ("条件", "condition"), (known, old), (indicator, new))
        yield from _named("notes", ("说明", "remark"), (known, old), (indicator, new))
        if (known.name, known.summary) != (indicator.name, indicator.summary):
            yield _change(
                new,
                about,
                None,
                (
                    f"“{indicator.name.zh}”的名称或说明文字有改动",
                    f"the name or the summary of “{indicator.name.en}” is worded anew",
                ),
                kind="words",
            )
    for name in old.indicators.keys() - new.indicators.keys():
        gone = old.indicators[name].name
        yield _change(
            new, f"indicators:{name}", None, (f"删去指标“{gone.zh}”", f"the indicator “{gone.en}” is taken out")
        )


def _values(about: str, before: m.Indicator, after: m.Indicator, new: Policy) -> Iterator[Change]:
    """Dated values of an indicator: appended ones, corrected ones, and ones taken away."""
    zh, en = f"“{after.name.zh}”", f"“{after.name.en}”"
    known = {value.from_: value for value in before.values}
    for index, value in enumerate(after.values):
        same_day = known.get(value.from_)
        if same_day == value:
            continue
        if same_day is not None:
            said = _counted(same_day.points, value.points, new)
            if said[0]:
                yield _change(
                    new,
                    about,
                    value.from_,
                    (f"更正{zh}的计分：{said[0]}", f"how {en} counts is corrected: {said[1]}"),
                    value.cite,
                )
            else:
                yield _change(
                    new,
                    about,
                    value.from_,
                    (f"{zh}的依据或核对日期更新", f"the citation of {en} is renewed"),
                    value.cite,
                    "source",
                )
        elif isinstance(value.points, m.Abolished):
            yield _change(new, about, value.from_, (f"取消{zh}", f"{en} is abolished"), value.cite)
        elif index == 0 or isinstance(after.values[index - 1].points, m.Abolished):
            gives = [phrases.Phrases(new, lang).summary(value.points) for lang in ("zh", "en")]
            yield _change(
                new, about, value.from_, (f"开始计算{zh}：{gives[0]}", f"{en} counts: {gives[1]}"), value.cite
            )
        else:
            said = _counted(after.values[index - 1].points, value.points, new)
            if said[0]:
                yield _change(
                    new,
                    about,
                    value.from_,
                    (f"{zh}的计分改变：{said[0]}", f"{en} counts differently: {said[1]}"),
                    value.cite,
                )
            else:
                yield _change(
                    new,
                    about,
                    value.from_,
                    (f"{zh}有了新的依据，计分不变", f"{en} has a new basis and counts as before"),
                    value.cite,
                    "source",
                )
    for day in sorted(known.keys() - {value.from_ for value in after.values}):
        yield _change(
            new,
            about,
            day,
            (f"{zh}不再有这一天开始的规定", f"the rule of {en} that was to begin, or began, then is taken out"),
        )


def _named(
    part: str, what: Two, before: tuple[m.Indicator, Policy], after: tuple[m.Indicator, Policy]
) -> Iterator[Change]:
    """The conditions or remarks of an indicator by their id."""
    indicator, new = after
    about, name = f"indicators:{indicator.id}", indicator.name
    known = {item.id: item for item in getattr(before[0], part)}

    def text(item: Any, owner: m.Indicator, policy: Policy) -> Two:
        """With the figures of its own rules: what is taken out may name some that are taken out with it."""
        zh, en = (
            writer(item.text, writer.indicator_scope(owner) | writer.scope_of(item)).rstrip("。.")
            for writer in _writers(policy)
        )
        return zh, en

    for item in getattr(indicator, part):
        zh, en = text(item, *after)
        since = getattr(item, "from_", None)
        old = known.get(item.id)
        if old is None:
            yield _change(
                new,
                about,
                since,
                (f"“{name.zh}”新增{what[0]}：{zh}", f"“{name.en}” has a new {what[1]}: {en}"),
                item.cite,
            )
        elif old != item:
            ends, ended = getattr(item, "to", None), getattr(old, "to", None)
            # The days of a part itself are left out of its figures.
            kind: Kind = "rule" if (since, ends) != (getattr(old, "from_", None), ended) else _kind(old, item)
            if ends and ends != ended:
                since = (date.fromisoformat(ends) + timedelta(days=1)).isoformat()
                said = (
                    f"“{name.zh}”的{what[0]}不再适用：{zh}",
                    f"a {what[1]} of “{name.en}” no longer holds: {en}",
                )
            elif kind == "source":
                said = (
                    f"“{name.zh}”的{what[0]}依据或核对日期更新：{zh}",
                    f"the citation of a {what[1]} of “{name.en}” is renewed: {en}",
                )
            else:
                said = f"“{name.zh}”的{what[0]}改为：{zh}", f"a {what[1]} of “{name.en}” is now: {en}"
            yield _change(new, about, since, said, item.cite, kind)
    for gone in sorted(known.keys() - {item.id for item in getattr(indicator, part)}):
        zh, en = text(known[gone], *before)
        yield _change(new, about, None, (f"“{name.zh}”删去{what[0]}：{zh}", f"“{name.en}” loses a {what[1]}: {en}"))


def _readings(old: Policy, new: Policy) -> Iterator[Change]:
    known = {reading.id: reading for reading in old.scheme.readings}
    for reading in new.scheme.readings:
        about, before = f"readings:{reading.id}", known.get(reading.id)
        option = next(o for o in reading.options if o.value == reading.taken)
        zh, en = (writer(option.text).rstrip("。.") for writer in _writers(new))
        if before is None:
            said = (
                f"新增一处没有定论的问题：{reading.question.zh}采用：{zh}",
                f"a new open question: {reading.question.en} The reading taken is: {en}",
            )
            yield _change(new, about, None, said, option.cite)
        elif before.taken != reading.taken:
            said = (f"{reading.question.zh}改为采用：{zh}", f"{reading.question.en} The reading taken is now: {en}")
            yield _change(new, about, None, said, option.cite)
        elif before != reading:
            yield _change(
                new,
                about,
                None,
                (
                    f"说法或依据有改动，采用的读法不变：{reading.question.zh}",
                    f"the wording or the sources of a question change, not the reading taken: {reading.question.en}",
                ),
                option.cite,
                "source",
            )
    for gone in sorted(known.keys() - {reading.id for reading in new.scheme.readings}):
        yield _change(
            new,
            f"readings:{gone}",
            None,
            (
                f"不再是没有定论的问题：{known[gone].question.zh}",
                f"no longer an open question: {known[gone].question.en}",
            ),
        )


def _eligibility(old: Policy, new: Policy) -> Iterator[Change]:
    known = {condition.id: condition for condition in old.eligibility.conditions}
    for condition in new.eligibility.conditions:
        about = f"eligibility:{condition.id}"
        texts = _condition(condition, new)
        if condition.id not in known:
            first = condition.values[0]
            yield _change(
                new,
                about,
                first.from_,
                (f"新增申请条件：{texts[0]}", f"a new condition of applying: {texts[1]}"),
                first.cite,
            )
            continue
        was = known[condition.id]
        if (was.text, was.detail, was.failed) != (condition.text, condition.detail, condition.failed):
            said = f"申请条件的文字有改动：{texts[0]}", f"a condition of applying is worded anew: {texts[1]}"
            yield _change(new, about, None, said, kind="words")
        before = {value.from_: value for value in was.values}
        for index, value in enumerate(condition.values):
            base = before.get(value.from_) or (condition.values[index - 1] if index else None)
            if before.get(value.from_) == value:
                continue
            if base is None:
                said = f"申请条件开始适用：{texts[0]}", f"a condition of applying begins: {texts[1]}"
                yield _change(new, about, value.from_, said, value.cite)
                continue
            said = _steps(base, value, old, new)
            if said[0]:
                fixed = ("更正", "is corrected") if value.from_ in before else ("改变", "changes")
                yield _change(
                    new,
                    about,
                    value.from_,
                    (
                        f"申请条件{fixed[0]}：{said[0]}（{texts[0]}）",
                        f"a condition of applying {fixed[1]}: {said[1]} (“{texts[1]}”)",
                    ),
                    value.cite,
                )
            else:
                yield _change(
                    new,
                    about,
                    value.from_,
                    (
                        f"申请条件的依据或核对日期更新：{texts[0]}",
                        f"the citation of a condition of applying is renewed: {texts[1]}",
                    ),
                    value.cite,
                    "source",
                )
        for day in sorted(before.keys() - {value.from_ for value in condition.values}):
            said = (
                f"申请条件不再有这一天开始的规定：{texts[0]}",
                f"the rule of a condition of applying that was to begin, or began, then is taken out: {texts[1]}",
            )
            yield _change(new, about, day, said)
    for gone in sorted(known.keys() - {c.id for c in new.eligibility.conditions}):
        texts = _condition(known[gone], old)
        said = f"删去申请条件：{texts[0]}", f"a condition of applying is taken out: {texts[1]}"
        yield _change(new, f"eligibility:{gone}", None, said)


def _condition(condition: m.EligibilityCondition, policy: Policy) -> list[str]:
    """What a condition of applying says, in both languages, without the full stop."""
    return [writer(condition.text, writer.eligibility_scope(condition)).rstrip("。.") for writer in _writers(policy)]


def _wages(old: Policy, new: Policy) -> Iterator[Change]:
    known = {year.from_: year for year in old.wages.years}
    for year in new.wages.years:
        about, since = f"wages:{year.from_}", f"{year.from_}-01"
        span = [tuple(number(month, lang) for month in (year.from_, year.to)) for lang in ("zh", "en")]
        before = known.get(year.from_)
        if before is None:
            limits = {name: number(yuan, "zh") for name, yuan in _writers(new)[0].wage_scope(year).items()}
            zh = f"新的社会保险年度（{span[0][0]}至 {span[0][1]}）：社会平均工资每月 {limits['average']} 元，缴费基数上限 {limits['ceiling']} 元"
            en = f"a new insurance year ({span[1][0]} to {span[1][1]}) has an average wage of {limits['average']} yuan a month and a highest base of {limits['ceiling']}"
            if "floor" in limits:
                zh, en = f"{zh}，下限 {limits['floor']} 元", f"{en}, a lowest of {limits['floor']}"
            yield _change(new, about, since, (zh, en), year.average.cite)
        elif before != year:
            said = _steps(before, year, old, new)
            zh = (
                f"更正 {span[0][0]}至 {span[0][1]}的工资表：{said[0]}"
                if said[0]
                else f"{span[0][0]}至 {span[0][1]}工资表的依据更新"
            )
            en = (
                f"the wage table of {span[1][0]} to {span[1][1]} is corrected: {said[1]}"
                if said[1]
                else f"the citation of the wages of {span[1][0]} to {span[1][1]} is renewed"
            )
            yield _change(new, about, since, (zh, en), year.average.cite, _kind(before, year))
    for gone in sorted(known.keys() - {year.from_ for year in new.wages.years}):
        yield _change(
            new,
            f"wages:{gone}",
            f"{gone}-01",
            ("删去这一社会保险年度的平均工资", "the average wage of this insurance year is taken out"),
        )


def _entries(old: Policy, new: Policy) -> Iterator[Change]:
    """Diploma types, procedures, materials and the other entries of the guide: added, altered, taken out."""
    for about, what, before, after in (
        ("education", ("学历类型", "diploma type"), old.education_types, new.education_types),
        ("process", ("办理程序", "procedure"), old.processes, new.processes),
        (
            "materials",
            ("材料", "material"),
            {x.id: x for x in old.materials.materials},
            {x.id: x for x in new.materials.materials},
        ),
        (
            "benefits",
            ("待遇", "benefit"),
            {x.id: x for x in old.benefits.benefits},
            {x.id: x for x in new.benefits.benefits},
        ),
    ):
        for name, entry in after.items():
            cites = getattr(entry, "cite", []) or [cite for step in getattr(entry, "steps", []) for cite in step.cite]
            titles = _title(entry, new)
            if name not in before:
                yield _change(
                    new,
                    f"{about}:{name}",
                    None,
                    (f"新增{what[0]}{quoted(titles[0])}", f"new {what[1]}: {quoted(titles[1])}"),
                    cites,
                )
            elif before[name] != entry:
                said = _steps(before[name], entry, old, new)
                tail = (
                    (f"改动：{said[0]}", f"changes: {said[1]}")
                    if said[0]
                    else ("的依据或核对日期更新", "has its citation renewed")
                )
                yield _change(
                    new,
                    f"{about}:{name}",
                    None,
                    (f"{what[0]}{quoted(titles[0])}{tail[0]}", f"the {what[1]} {quoted(titles[1])} {tail[1]}"),
                    cites,
                    _kind(before[name], entry),
                )
        for gone in sorted(before.keys() - after.keys()):
            titles = _title(before[gone], old)
            said = f"删去{what[0]}{quoted(titles[0])}", f"the {what[1]} {quoted(titles[1])} is taken out"
            yield _change(new, f"{about}:{gone}", None, said)


def _title(entry: Any, policy: Policy) -> list[str]:
    """An entry's name in both languages, its figures filled."""
    return [writer(entry.name, getattr(entry, "figures", {})) for writer in _writers(policy)]


def _questions(old: Policy, new: Policy) -> Iterator[Change]:
    for key, question in new.questions.items():
        labels = _label(question, new)
        if key not in old.questions:
            yield _change(
                new,
                f"questions:{key}",
                None,
                (f"估算新增问题：{labels[0]}", f"the estimator asks a new question: {labels[1]}"),
                kind="words",
            )
        elif old.questions[key] != question:
            yield _change(
                new,
                f"questions:{key}",
                None,
                (f"估算的问题有改动：{labels[0]}", f"a question of the estimator is put differently: {labels[1]}"),
                kind="words",
            )
    for key in sorted(old.questions.keys() - new.questions.keys()):
        labels = _label(old.questions[key], old)
        said = f"估算不再询问：{labels[0]}", f"the estimator no longer asks: {labels[1]}"
        yield _change(new, f"questions:{key}", None, said, kind="words")


def _label(question: Any, policy: Policy) -> list[str]:
    """A question's label in both languages, its figures filled."""
    return [writer(question.label, writer.question_scope(question)) for writer in _writers(policy)]


def _sources(old: Policy, new: Policy) -> Iterator[Change]:
    for name, source in new.sources.items():
        about, known = f"sources:{name}", old.sources.get(name)
        if known is None:
            yield _change(
                new, about, None, (f"新增来源：{source.title.zh}", f"a new source: {source.title.en}"), kind="source"
            )
        elif known != source:
            zh, en = _steps(known, source, old, new)
            if known.checked_on != source.checked_on:
                zh = "；".join(filter(None, [zh, f"已于 {number(source.checked_on, 'zh')}重新核对"]))
                en = "; ".join(filter(None, [en, f"checked again on {number(source.checked_on, 'en')}"]))
            yield _change(
                new,
                about,
                None,
                (f"来源{quoted(source.title.zh)}：{zh}", f"the source {quoted(source.title.en)}: {en}"),
                kind="source",
            )
    for name in sorted(old.sources.keys() - new.sources.keys()):
        title = old.sources[name].title
        yield _change(
            new, f"sources:{name}", None, (f"删去来源：{title.zh}", f"a source is taken out: {title.en}"), kind="source"
        )


def days_of_interest(changes: list[Change], new: Policy) -> list[str]:
    """The days for which a comparison of scores says something: the edition's, and each later one on which a rule changes.

    A wage year shows its effect only once its months are paid: it is compared on the day after its last month.
    """
    ends, edition = {year.from_: year.to for year in new.wages.years}, edition_day(new)
    days = {edition}
    for change in changes:
        if change.kind == "rule":
            part, _, name = change.about.partition(":")
            day = f"{month_after(ends[name])}-01" if part == "wages" and name in ends else change.since
            days.add(max(day or edition, edition))
    return sorted(days)
