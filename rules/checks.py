"""Read the whole policy and check what one file alone cannot show.

``read_policy`` returns the policy, or every fault at once: nothing is built from rules that are half right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel

from . import guide as g
from . import links
from . import model as m
from .faults import _suggest, validate
from .load import Document, Fault, Loc, read
from .words import MissingFigure, Writer

Model = TypeVar("Model", bound=BaseModel)

#: Single files and the model of each; each must be there.
FILES: dict[str, type[BaseModel]] = {
    "sources.yaml": m.Sources,
    "scheme.yaml": m.Scheme,
    "wages.yaml": m.Wages,
    "questions.yaml": m.Questions,
    "eligibility.yaml": m.Eligibility,
    "education.yaml": m.EducationCommon,
    "actions.yaml": m.Actions,
    "terms.yaml": m.Terms,
    "reasons.yaml": m.Reasons,
    "materials.yaml": g.Materials,
    "benefits.yaml": g.Benefits,
    "faq.yaml": g.Faqs,
    "districts.yaml": g.Districts,
    "examples.yaml": g.Examples,
    "links.yaml": m.Links,
    "second-opinion.yaml": g.SecondOpinion,
}
#: Folders in which one file is one entry, named after it.
FOLDERS: dict[str, type[BaseModel]] = {
    "indicators/base": m.Indicator,
    "indicators/bonus": m.Indicator,
    "indicators/deduction": m.Indicator,
    "indicators/veto": m.Indicator,
    "education": m.EducationType,
    "process": g.Process,
    "changes": m.Record,
}


@dataclass
class Policy:
    """The rules, read and checked. ``entries`` holds what stands in a folder, by folder and id, in the order of the rules."""

    root: Path
    files: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: The files that have faults: what they say is not known, so a check of completeness would only repeat those faults.
    unread: list[str] = field(default_factory=list)
    #: A day that the builder names, where it lies after the edition.
    named: str | None = None

    #: What was derived from it, so that it is derived once (see rules.bundle).
    made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def parts(self) -> list[tuple[str, Loc, BaseModel]]:
        """Everything that is said, with its file and its place there; once all files are read."""
        return [
            (file, loc, part)
            for file, whole in (*self.files.items(), *((file, entry) for _folder, file, entry in _entry_files(self)))
            for loc, part in _walk(whole)
        ]

    @cached_property
    def edition(self) -> str:
        """The newest day on which anything was checked."""
        return max(part.checked_on for _f, _l, part in self.parts if isinstance(part, m.Cite | m.Source))

    @cached_property
    def day(self) -> str:
        """The day for which the pages tell what is in force: the edition's, or a later one that the builder names."""
        return max(self.edition, self.named or "")

    def _file(self, name: str, _kind: type[Model]) -> Model:
        """What one file says, with the type that ``FILES`` gives it."""
        return cast(Model, self.files[name])

    @property
    def sources(self) -> dict[str, m.Source]:
        return {source.id: source for source in self.files["sources.yaml"].sources}

    @property
    def scheme(self) -> m.Scheme:
        return self._file("scheme.yaml", m.Scheme)

    @property
    def wages(self) -> m.Wages:
        return self._file("wages.yaml", m.Wages)

    @property
    def questions(self) -> dict[str, Any]:
        return {question.key: question for question in self.files["questions.yaml"].questions}

    @property
    def question_groups(self) -> list[m.QuestionGroup]:
        return self._file("questions.yaml", m.Questions).groups

    @property
    def eligibility(self) -> m.Eligibility:
        return self._file("eligibility.yaml", m.Eligibility)

    @property
    def education(self) -> m.EducationCommon:
        return self._file("education.yaml", m.EducationCommon)

    @property
    def education_types(self) -> dict[str, m.EducationType]:
        return self.entries["education"]

    @property
    def actions(self) -> list[m.Action]:
        return self._file("actions.yaml", m.Actions).actions

    @property
    def terms(self) -> dict[str, m.Term]:
        return {term.id: term for term in self.files["terms.yaml"].terms}

    @property
    def reasons(self) -> m.Reasons:
        return self._file("reasons.yaml", m.Reasons)

    @property
    def processes(self) -> dict[str, g.Process]:
        return self.entries["process"]

    @property
    def records(self) -> list[m.Record]:
        """The editions that are on record, the newest first."""
        return list(reversed(self.entries["changes"].values()))

    @property
    def materials(self) -> g.Materials:
        return self._file("materials.yaml", g.Materials)

    @property
    def benefits(self) -> g.Benefits:
        return self._file("benefits.yaml", g.Benefits)

    @property
    def faq(self) -> g.Faqs:
        return self._file("faq.yaml", g.Faqs)

    @property
    def districts(self) -> g.Districts:
        return self._file("districts.yaml", g.Districts)

    @property
    def examples(self) -> g.Examples:
        return self._file("examples.yaml", g.Examples)

    @property
    def second_opinion(self) -> g.SecondOpinion:
        return self._file("second-opinion.yaml", g.SecondOpinion)

    @property
    def indicators(self) -> dict[str, m.Indicator]:
        found = [i for folder in FOLDERS if folder.startswith("indicators/") for i in self.entries[folder].values()]
        return {indicator.id: indicator for indicator in sorted(found, key=lambda i: i.order)}


class RulesError(Exception):
    """The rules have faults; ``faults`` holds all of them, sorted by place."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def read_policy(root: Path, named: str | None = None) -> Policy:
    """Read and check the policy below ``root`` (the folder rules/), for a named day or its own. Raises ``RulesError`` with every fault."""
    policy, faults = examine(root, named)
    if faults:
        raise RulesError(faults)
    return policy


def examine(root: Path, named: str | None = None) -> tuple[Policy, list[Fault]]:
    """The policy as far as it could be read, and all faults, sorted by place."""
    policy = Policy(root, named=named)
    documents: dict[str, Document] = {}
    faults: list[Fault] = []

    def take(path: Path, kind: type[BaseModel]) -> Any:
        relative = path.relative_to(root).as_posix()
        document = documents[relative] = read(path, f"{root.name}/{relative}")
        faults.extend(document.faults)
        if document.faults and not isinstance(document.value, dict):
            policy.unread.append(relative)
            return None
        value, found = validate(document, kind)
        if document.faults or found:
            policy.unread.append(relative)
        # A key that stands twice leaves the rest readable: say what else is wrong in the same go, and nothing twice.
        known = {(fault.line, fault.column) for fault in document.faults}
        faults.extend(fault for fault in found if (fault.line, fault.column) not in known)
        return value if not document.faults else None

    for name, kind in FILES.items():
        if not (root / name).is_file():
            faults.append(Fault(f"{root.name}/{name}", 1, 1, "this file is missing"))
            continue
        policy.files[name] = take(root / name, kind)
    for folder, kind in FOLDERS.items():
        found = {path.stem: take(path, kind) for path in sorted((root / folder).glob("*.yaml"))}
        policy.entries[folder] = dict(
            sorted(((k, v) for k, v in found.items() if v is not None), key=lambda kv: (kv[1].order, kv[0]))
        )
    for path in sorted(root.rglob("*.y*ml")):
        relative = path.relative_to(root).as_posix()
        if relative not in documents and path.suffix in (".yaml", ".yml"):
            known = [*FILES, *(f"{folder}/…" for folder in FOLDERS)]
            faults.append(
                Fault(
                    f"{root.name}/{relative}",
                    1,
                    1,
                    f"nothing reads this file{_suggest(relative, known) or ': neither its name nor its folder is known here'}",
                )
            )
    if all(policy.files.get(name) is not None for name in FILES):
        where = _Where(documents)
        broken = [fault for check in LINKS for fault in check(policy, where)]
        # Where a name leads nowhere, what would have stood there is missed in many places: one fault is enough.
        complete = not policy.unread and not broken
        faults += [
            *broken,
            *(fault for check in (CHECKS + WHOLE if complete else CHECKS) for fault in check(policy, where)),
        ]
    return policy, sorted(set(faults))


class _Where:
    """Finds the place of a statement: ``where(file, loc, message)`` is the fault there."""

    def __init__(self, documents: dict[str, Document]):
        self._documents = documents

    def __call__(self, file: str, loc: Loc, message: str) -> Fault:
        return self._documents[file].fault(loc, message)


Check = Callable[[Policy, _Where], Iterator[Fault]]


def _file_of(policy: Policy, indicator: m.Indicator) -> str:
    return next(file for _folder, file, entry in _entry_files(policy) if entry is indicator)


def _entry_files(policy: Policy) -> Iterator[tuple[str, str, Any]]:
    for folder, entries in policy.entries.items():
        for stem, entry in entries.items():
            yield folder, f"{folder}/{stem}.yaml", entry


def _walk(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, BaseModel]]:
    """Every model below a value with its place, by the names that the file uses."""
    if isinstance(value, BaseModel):
        yield loc, value
        for name, info in type(value).model_fields.items():
            yield from _walk(getattr(value, name), (*loc, info.alias or name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(item, (*loc, key))


def names_and_folders(policy: Policy, where: _Where) -> Iterator[Fault]:
    """An entry is called what its file is called, and lies in the folder of its kind."""
    for folder, file, entry in _entry_files(policy):
        stem, kind = Path(file).stem, Path(folder).name
        if entry.id != stem:
            yield where(file, ("id",), f"id: {entry.id!r}: must be {stem!r}, as the file is called")
        if isinstance(entry, m.Indicator) and entry.kind != kind:
            yield where(file, ("kind",), f"kind: {entry.kind!r}: a file in {folder}/ is of kind {kind!r}")


#: Lists whose entries are facts with the file's or the entry's name before their own (see rules/facts.py).
_FACTS = ("conditions", "notes", "steps", "intro", "none_for", "materials", "benefits")


def unique(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Ids, keys and orders stand once."""
    lists: list[tuple[str, Loc, list[Any], str]] = [
        ("sources.yaml", ("sources",), policy.files["sources.yaml"].sources, "id"),
        ("questions.yaml", ("questions",), policy.files["questions.yaml"].questions, "key"),
        ("questions.yaml", ("groups",), policy.question_groups, "id"),
        ("terms.yaml", ("terms",), policy.files["terms.yaml"].terms, "id"),
        ("eligibility.yaml", ("not_covered",), policy.eligibility.not_covered, "id"),
        ("education.yaml", ("risks",), policy.education.risks, "id"),
        ("actions.yaml", ("actions",), policy.actions, "id"),
        ("scheme.yaml", ("readings",), policy.scheme.readings, "id"),
        ("scheme.yaml", ("kinds",), policy.scheme.kinds, "id"),
        ("scheme.yaml", ("grades",), policy.scheme.grades, "id"),
        ("materials.yaml", ("intro",), policy.materials.intro, "id"),
        ("materials.yaml", ("none_for",), policy.materials.none_for, "id"),
        ("materials.yaml", ("materials",), policy.materials.materials, "id"),
        ("benefits.yaml", ("intro",), policy.benefits.intro, "id"),
        ("benefits.yaml", ("benefits",), policy.benefits.benefits, "id"),
        ("faq.yaml", ("questions",), policy.faq.questions, "id"),
        ("districts.yaml", ("intro",), policy.districts.intro, "id"),
        ("districts.yaml", ("districts",), policy.districts.districts, "id"),
        ("examples.yaml", ("lives",), policy.examples.lives, "id"),
        ("examples.yaml", ("combinations", "mixes"), policy.examples.combinations.mixes, "id"),
        ("second-opinion.yaml", ("peers",), policy.second_opinion.peers, "id"),
        ("second-opinion.yaml", ("topics",), policy.second_opinion.topics, "id"),
        ("second-opinion.yaml", ("comparisons",), policy.second_opinion.comparisons, "id"),
        ("reasons.yaml", ("reasons",), policy.reasons.reasons, "code"),
        ("reasons.yaml", ("faults",), policy.reasons.faults, "code"),
    ]
    lists += [
        ("questions.yaml", ("questions", index, "options"), question.options, "value")
        for index, question in enumerate(policy.files["questions.yaml"].questions)
        if question.type == "choice"
    ]
    lists += [
        ("scheme.yaml", ("readings", index, "options"), reading.options, "value")
        for index, reading in enumerate(policy.scheme.readings)
    ]
    lists += [
        (file, (name,), getattr(entry, name), "id")
        for _f, file, entry in _entry_files(policy)
        for name in ("conditions", "notes", "steps", "phases")
        if hasattr(entry, name)
    ]
    seen: dict[tuple[str, Loc], set[str]] = {}
    for file, loc, items, attribute in lists:
        # Facts of one entry or file are told apart by their ids alone, whichever list they stand in.
        names = seen.setdefault((file, ("facts",) if loc[-1] in _FACTS else loc), set())
        for index, item in enumerate(items):
            name = getattr(item, attribute)
            if name in names:
                yield where(
                    file, (*loc, index, attribute), f"{attribute}: {name!r} stands already above; each may stand once"
                )
            names.add(name)
    orders: dict[tuple[str, int], str] = {}
    for folder, file, entry in _entry_files(policy):
        space = folder.split("/")[0]
        if (space, entry.order) in orders:
            yield where(file, ("order",), f"order: {entry.order} is taken by {orders[space, entry.order]}")
        orders.setdefault((space, entry.order), file)
    # Facts with nothing before their ids. Others name their figures by these, and pages lead to them.
    facts: list[tuple[str, Loc, str]] = [
        (file, (), entry.id)
        for folder, file, entry in _entry_files(policy)
        if folder == "process" or folder.startswith("indicators/")
    ]
    facts += [(f"process/{p.id}.yaml", ("window",), p.window.id) for p in policy.processes.values() if p.window]
    facts += [("scheme.yaml", ("best_of", index), group.id) for index, group in enumerate(policy.scheme.best_of)]
    facts += [
        ("eligibility.yaml", ("conditions", index), condition.id)
        for index, condition in enumerate(policy.eligibility.conditions)
    ]
    taken = {"standard": "scheme.yaml", "lead-time": "scheme.yaml", "education-common": "education.yaml"}
    for file, loc, name in facts:
        if name in taken:
            yield where(file, (*loc, "id"), f"id: {name!r} is taken by {taken[name]}")
        taken.setdefault(name, file)


def references(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Sources, questions, options, readings and indicators that are named exist, and each kind and grade in use is described."""
    sources, questions = policy.sources, policy.questions
    readings = {reading.id: reading for reading in policy.scheme.readings}
    groups = {group.id for group in policy.question_groups}
    indicators = {*policy.indicators, *(Path(file).stem for file in policy.unread if file.startswith("indicators/"))}

    def missing(file: str, loc: Loc, what: str, name: str, known: Any) -> Fault:
        key = next(part for part in reversed(loc) if isinstance(part, str))
        return where(
            file,
            loc,
            f"{key}: {name!r}: no such {what}{_suggest(name, list(known)) or '; known: ' + ', '.join(sorted(known))}",
        )

    for file, loc, part in policy.parts:
        if isinstance(part, m.Cite) and part.source not in sources:
            yield missing(file, (*loc, "source"), "source in sources.yaml", part.source, sources)
        if isinstance(part, g.Contact) and part.source not in sources:
            yield missing(file, (*loc, "source"), "source in sources.yaml", part.source, sources)
        if isinstance(part, g.Faq) and part.origin is not None and part.origin not in sources:
            yield missing(file, (*loc, "origin"), "source in sources.yaml", part.origin, sources)
        if isinstance(part, m.Source) and part.named_by is not None and part.named_by not in sources:
            yield missing(file, (*loc, "named_by"), "source in sources.yaml", part.named_by, sources)
        if isinstance(part, m.ByReading):
            if part.reading not in readings:
                yield missing(file, (*loc, "reading"), "reading in scheme.yaml", part.reading, readings)
            else:
                wanted, given = {o.value for o in readings[part.reading].options}, set(part.options)
                if wanted != given:
                    yield where(
                        file,
                        (*loc, "options"),
                        f"options: the reading {part.reading} has {', '.join(sorted(wanted))}; here stand {', '.join(sorted(given))}",
                    )
        if isinstance(part, m.Indicator):
            for index, name in enumerate(part.readings):
                if name not in readings:
                    yield missing(file, (*loc, "readings", index), "reading in scheme.yaml", name, readings)
        if isinstance(part, m.BestOf):
            for index, name in enumerate(part.members):
                if name not in indicators:
                    yield missing(file, (*loc, "members", index), "indicator", name, indicators)
        if isinstance(part, m.Reading) and part.taken not in {option.value for option in part.options}:
            yield missing(
                file, (*loc, "taken"), "option of this reading", part.taken, {option.value for option in part.options}
            )
        if isinstance(part, m._Question) and part.group not in groups:
            yield missing(file, (*loc, "group"), "group of questions", part.group, groups)
        for key in ("answer", "history", "share", "route", "place"):
            asked = getattr(part, key, None)
            if isinstance(asked, str) and not isinstance(part, m._Question) and asked not in questions:
                yield missing(file, (*loc, key), "question in questions.yaml", asked, questions)
    # Everything of the kind or grade would be a fault: one, where the words are missing, is enough.
    kinds = {indicator.kind for indicator in policy.indicators.values()} - {kind.id for kind in policy.scheme.kinds}
    grades = {part.grade for _f, _l, part in policy.parts if isinstance(part, m.Cite)}
    grades -= {grade.id for grade in policy.scheme.grades}
    for key, wanting in (("kinds", kinds), ("grades", grades)):
        for name in sorted(wanting):
            yield where("scheme.yaml", (key,), f"{key}: {name!r} is in use but does not stand here")


#: What the question behind a part must be, by the part's attribute.
_TYPES: dict[tuple[type, str], str] = {
    (m.Brackets, "answer"): "date",
    (m.Choice, "answer"): "choice",
    (m.Diploma, "answer"): "choice",
    (m.Diploma, "route"): "choice",
    (m.Diploma, "place"): "choice",
    (m.Flag, "answer"): "boolean",
    (m.Within, "answer"): "date",
    (m.FullYears, "answer"): "integer",
    (m.PerCase, "answer"): "integer",
    (m.Enterprise, "share"): "integer",
    (m.EnterprisePart, "answer"): "integer",
    (m.BaseTiers, "answer"): "choice",
    (m.BaseTiers, "history"): "history",
    (m.Veto, "answer"): "boolean",
    (m.Derived, "history"): "history",
}


def fitting_answers(policy: Policy, where: _Where) -> Iterator[Fault]:
    """A rule asks a question of the right type, and treats each of its options."""
    questions = policy.questions

    def options(key: str) -> list[str]:
        question = questions.get(key)
        return (
            [option.value for option in question.options] if question is not None and question.type == "choice" else []
        )

    def outside(file: str, loc: Loc, name: str, key: str) -> Fault:
        known = options(key)
        hint = _suggest(name, known) or (f"; its options: {', '.join(known)}" if known else "; it has none")
        return where(file, loc, f"{name!r} is no option of {key}{hint}")

    for file, loc, part in policy.parts:
        for (kind, attribute), wanted in _TYPES.items():
            if type(part) is kind:
                question = questions.get(getattr(part, attribute))
                if question is not None and question.type != wanted:
                    yield where(
                        file,
                        (*loc, attribute),
                        f"{attribute}: {question.key} is a question of type {question.type}; needed here: {wanted}",
                    )
        if isinstance(part, m.Choice | m.Diploma) and options(part.answer):
            for name in part.points:
                if name not in options(part.answer):
                    yield outside(file, (*loc, "points", name), name, part.answer)
            for name in options(part.answer):
                if name not in part.points:
                    yield where(
                        file,
                        (*loc, "points"),
                        f"points: the option {name!r} of {part.answer} has no points; write 0 if it gives none",
                    )
        if isinstance(part, m.BaseTiers) and options(part.answer):
            for index, tier in enumerate(part.tiers):
                if tier.value not in options(part.answer):
                    yield outside(file, (*loc, "tiers", index, "value"), tier.value, part.answer)
        if isinstance(part, m.Holds) and part.answer in questions:
            yield from _holds(file, loc, part, questions[part.answer], where, outside)
    for file, indicator in ((_file_of(policy, i), i) for i in policy.indicators.values()):
        answer = getattr(indicator.counted, "answer", None)
        for index, condition in enumerate(indicator.conditions):
            for position, name in enumerate(condition.applies_to or []):
                if answer in questions and name not in options(answer):
                    yield outside(file, ("conditions", index, "applies_to", position), name, answer)


def effective(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Nothing that the rules say goes without effect: a veto asks its question, each option has its tier, readings are shown."""
    taken = {reading.id: reading.taken for reading in policy.scheme.readings}
    for indicator in policy.indicators.values():
        file = _file_of(policy, indicator)
        for index, value in enumerate(indicator.values):
            points, loc = value.points, ("values", index, "points")
            if isinstance(points, m.Veto) and points.answer is None:
                strikes = points.in_force
                if isinstance(strikes, m.ByReading):
                    strikes = strikes.options.get(taken.get(strikes.reading, ""), False)
                if strikes:
                    yield where(
                        file, loc, "answer: this key is missing; a veto in force needs the question that it asks"
                    )
            if (
                isinstance(points, m.BaseTiers)
                and (question := policy.questions.get(points.answer)) is not None
                and question.type == "choice"
            ):
                left = {o.value for o in question.options} - {tier.value for tier in points.tiers} - {question.neutral}
                for name in sorted(left):
                    yield where(file, (*loc, "tiers"), f"tiers: the option {name!r} of {points.answer} has no tier")
            if isinstance(points, m.BaseTiers):
                for position, (lower, tier) in enumerate(pairwise(points.tiers), 1):
                    if m_to_tenths(tier.multiple) <= m_to_tenths(lower.multiple) or tier.points <= lower.points:
                        yield where(
                            file,
                            (*loc, "tiers", position),
                            f"tiers: {tier.value!r} must ask for more and give more than {lower.value!r} before it",
                        )
            for place, part in _walk(points, loc):
                if isinstance(part, m.ByReading) and part.reading in taken and part.reading not in indicator.readings:
                    yield where(
                        file,
                        (*place, "reading"),
                        f"reading: {part.reading!r} is used here; name it in readings too, so that it is shown beside the figure",
                    )
    groups: dict[str, str] = {}
    for index, group in enumerate(policy.scheme.best_of):
        for position, name in enumerate(group.members):
            if name in groups:
                yield where(
                    "scheme.yaml",
                    ("best_of", index, "members", position),
                    f"members: {name!r} is in the group {groups[name]} already",
                )
            groups[name] = group.id


def _holds(
    file: str, loc: Loc, part: m.Holds, question: Any, where: _Where, outside: Callable[..., Fault]
) -> Iterator[Fault]:
    given = [name for name in ("is_", "in_", "at_least", "at_most") if getattr(part, name) is not None]
    wanted = {
        "boolean": ("is",),
        "choice": ("in",),
        "integer": ("at_least", "at_most"),
        "date": ("at_least", "at_most"),
        "history": (),
    }[question.type]
    if not given or any(name.rstrip("_") not in wanted for name in given):
        yield where(
            file,
            loc,
            f"a test of {part.answer} (type {question.type}) is written with {' or '.join(wanted) or 'nothing'}"
            f"{'; here: ' + ', '.join(n.rstrip('_') for n in given) if given else ''}",
        )
    elif question.type == "choice":
        for index, name in enumerate(part.in_ or []):
            if name not in {option.value for option in question.options}:
                yield outside(file, (*loc, "in", index), name, part.answer)


def used_questions(policy: Policy, where: _Where) -> Iterator[Fault]:
    """No question without a rule that asks for it. (A rule without its question is found by ``references``.)"""
    used: set[str] = set()
    for _file, _loc, part in policy.parts:
        if isinstance(part, m._Question):
            if part.derived is not None:
                used.add(part.derived.history)
            continue
        used |= {
            name
            for key in ("answer", "history", "share", "route", "place")
            if key in type(part).model_fields and isinstance(name := getattr(part, key), str)
        }
    for index, question in enumerate(policy.files["questions.yaml"].questions):
        if question.key not in used:
            yield where(
                "questions.yaml",
                ("questions", index, "key"),
                f"key: no rule asks for {question.key!r}; use it in an indicator or remove the question",
            )


def _dated_lists(policy: Policy) -> Iterator[tuple[str, Loc, list[Any]]]:
    yield "scheme.yaml", ("standard",), policy.scheme.standard
    for indicator in policy.indicators.values():
        yield _file_of(policy, indicator), ("values",), indicator.values
    for index, condition in enumerate(policy.eligibility.conditions):
        yield "eligibility.yaml", ("conditions", index, "values"), condition.values


def neutral_answers(policy: Policy, where: _Where) -> Iterator[Fault]:
    """The answer that claims nothing is one that the question allows."""
    for index, question in enumerate(policy.files["questions.yaml"].questions):
        value = question.neutral
        if value is None:
            continue
        allowed = (
            _allowed(question, value)
            if question.type in ("boolean", "integer", "choice")
            else "left out: this type of question has none"
        )
        if allowed:
            yield where("questions.yaml", ("questions", index, "neutral"), f"neutral: {value!r}: must be {allowed}")


def _allowed(question: Any, value: Any) -> str:
    """What an answer to the question must be, or nothing where ``value`` is one."""
    if question.type == "boolean":
        return "" if isinstance(value, bool) else "true or false"
    if question.type == "integer":
        return (
            ""
            if isinstance(value, int) and not isinstance(value, bool) and question.min <= value <= question.max
            else f"a whole number from {question.min} to {question.max}"
        )
    if question.type == "choice":
        options = [option.value for option in question.options]
        return "" if value in options else f"one of {', '.join(options)}"
    if question.type == "date":
        return (
            ""
            if isinstance(value, str) and re.fullmatch(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]", value)
            else "a day, as YYYY-MM-DD"
        )
    return "" if isinstance(value, list) else "a list"


def action_answers(policy: Policy, where: _Where) -> Iterator[Fault]:
    """An action changes questions that exist to answers that they allow."""
    for index, action in enumerate(policy.actions):
        loc = ("actions", index)
        for place, key, value in [
            ((*loc, "to"), action.key, action.to),
            *(((*loc, "also", k), k, v) for k, v in action.also.items()),
        ]:
            question = policy.questions.get(key)
            if question is None:
                yield where(
                    "actions.yaml",
                    place,
                    f"{key!r}: no such question in questions.yaml{_suggest(key, list(policy.questions))}",
                )
            elif question.type == "choice" and value not in {o.value for o in question.options}:
                yield where(
                    "actions.yaml",
                    place,
                    f"{value!r} is no option of {key}; its options: {', '.join(o.value for o in question.options)}",
                )
            elif question.type == "boolean" and not isinstance(value, bool):
                yield where("actions.yaml", place, f"{value!r}: {key} is answered by true or false")
            elif question.type not in ("choice", "boolean"):
                yield where(
                    "actions.yaml",
                    place,
                    f"{key}: an action changes a choice, or true and false; {key} is of type {question.type}",
                )


def action_lengths(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Where an action has no months, a rule says how long it takes."""
    tiers = {
        (p.answer, t.value)
        for i in policy.indicators.values()
        if isinstance(p := i.counted, m.BaseTiers)
        for t in p.tiers
    }
    for index, action in enumerate(policy.actions):
        derived = policy.questions[action.key].derived
        if action.months is None and (action.key, action.to) not in tiers and not (derived and derived.at_least):
            yield where(
                "actions.yaml", ("actions", index), "months: this key is missing, and no rule says how long this takes"
            )


def no_gap_no_overlap(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Dated values follow one another without a gap or an overlap, and the last one is open."""
    for file, loc, values in _dated_lists(policy):
        for index, value in enumerate(values):
            begins = date.fromisoformat(value.from_)
            if index:
                before = values[index - 1]
                if value.from_ <= before.from_:
                    yield where(
                        file,
                        (*loc, index, "from"),
                        f"from: {value.from_}: must come after {before.from_}, where the entry before it begins",
                    )
                elif before.to is not None:
                    ends = date.fromisoformat(before.to)
                    if ends + timedelta(days=1) < begins:
                        yield where(
                            file,
                            (*loc, index, "from"),
                            f"from: {value.from_}: a gap: the entry before it ends on {before.to}, so nothing is in force from {ends + timedelta(days=1)}",
                        )
                    elif ends >= begins:
                        yield where(
                            file,
                            (*loc, index, "from"),
                            f"from: {value.from_}: an overlap: the entry before it is in force until {before.to}",
                        )
            if index == len(values) - 1 and value.to is not None:
                yield where(
                    file,
                    (*loc, index, "to"),
                    f"to: {value.to}: nothing follows; leave `to` out, or append an entry that begins the day after (method: abolished, if the indicator ends)",
                )
            if value.to is not None and value.to < value.from_:
                yield where(file, (*loc, index, "to"), f"to: {value.to}: lies before from: {value.from_}")
    years = policy.wages.years
    for index, year in enumerate(years):
        if year.to < year.from_:
            yield where("wages.yaml", ("years", index, "to"), f"to: {year.to}: lies before from: {year.from_}")
        if index:
            wanted = month_after(years[index - 1].to)
            if year.from_ > wanted:
                yield where(
                    "wages.yaml",
                    ("years", index, "from"),
                    f"from: {year.from_}: a gap: the year before ends with {years[index - 1].to}, so this one begins with {wanted}",
                )
            elif year.from_ < wanted:
                yield where(
                    "wages.yaml",
                    ("years", index, "from"),
                    f"from: {year.from_}: an overlap: the year before ends with {years[index - 1].to}",
                )


def month_after(month: str) -> str:
    """The month after another: "2026-12" → "2027-01"."""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def wage_figures(policy: Policy, where: _Where) -> Iterator[Fault]:
    """A wage figure is given or computed, not both, and the three of a year agree within rounding."""
    top = highest_tenths(policy)
    for index, year in enumerate(policy.wages.years):
        for name in ("average", "floor", "ceiling"):
            figure: m.Figure | None = getattr(year, name)
            if figure is None:
                continue
            loc = ("years", index, name)
            if (figure.yuan is None) == (figure.times_average is None):
                yield where("wages.yaml", loc, f"{name}: needs either yuan or times_average")
            elif name == "average" and figure.yuan is None:
                yield where("wages.yaml", loc, "average: must be given in yuan")
        average, ceiling = year.average.yuan, year.ceiling.yuan
        if average and ceiling and top and abs(average * top - ceiling * 10) >= top:
            yield where(
                "wages.yaml",
                ("years", index, "ceiling", "yuan"),
                f"yuan: {ceiling}: is not {top / 10:g} × the average {average} within rounding; look at both figures again",
            )
        if average and year.floor and year.floor.yuan and year.floor.yuan >= average:
            yield where(
                "wages.yaml",
                ("years", index, "floor", "yuan"),
                f"yuan: {year.floor.yuan}: the floor must lie below the average {average}",
            )


def highest_tenths(policy: Policy) -> int:
    """The multiple of the highest tier of any indicator, in tenths; 0 where there are no tiers."""
    return max(
        (
            m_to_tenths(tier.multiple)
            for indicator in policy.indicators.values()
            for value in indicator.values
            if isinstance(value.points, m.BaseTiers)
            for tier in value.points.tiers
        ),
        default=0,
    )


def m_to_tenths(multiple: str) -> int:
    """A multiple in tenths: "0.8" → 8."""
    whole, _, tenth = multiple.partition(".")
    return int(whole) * 10 + int(tenth or 0)


def brackets(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Each whole number of years lies in exactly one bracket; the outer ends are open."""
    for indicator in policy.indicators.values():
        for index, value in enumerate(indicator.values):
            if not isinstance(value.points, m.Brackets):
                continue
            file, loc = _file_of(policy, indicator), ("values", index, "points", "brackets")
            rows = value.points.brackets
            for position, row in enumerate(rows):
                if row.step is not None and row.min is None:
                    yield where(file, (*loc, position, "step"), "step: needs a min to count from")
                if row.step is not None and row.max is None:
                    yield where(file, (*loc, position, "step"), "step: needs a max, or the points never end")
                if position == 0 and row.min is not None:
                    yield where(
                        file,
                        (*loc, position, "min"),
                        f"min: {row.min}: the first bracket has no min, so that nobody falls below it",
                    )
                if position == len(rows) - 1 and row.max is not None:
                    yield where(
                        file,
                        (*loc, position, "max"),
                        f"max: {row.max}: the last bracket has no max, so that nobody falls above it",
                    )
                if row.min is not None and row.max is not None and row.min > row.max:
                    yield where(file, (*loc, position, "max"), f"max: {row.max}: lies below min: {row.min}")
                before = rows[position - 1].max if position else None
                if before is not None and row.min is not None and row.min != before + 1:
                    what = "a gap" if row.min > before else "an overlap"
                    yield where(
                        file, (*loc, position, "min"), f"min: {row.min}: {what}: the bracket before it ends at {before}"
                    )
                if position and (before is None or row.min is None):
                    yield where(file, (*loc, position), "only the first bracket may lack min and only the last one max")


def education_combinations(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Each route, and each place where it is asked, is of one accepted type or refused by one risk."""
    for indicator in policy.indicators.values():
        points = indicator.counted
        if not isinstance(points, m.Diploma):
            continue
        route, place = policy.questions[points.route], policy.questions[points.place]
        asked = set(place.asked_when.in_ or []) if place.asked_when else {o.value for o in route.options}
        entries: list[tuple[str, Loc, m.Combination]] = [
            (f"education/{t.id}.yaml", ("accepts",), t.accepts) for t in policy.education_types.values() if t.accepts
        ]
        entries += [
            ("education.yaml", ("risks", i, "refuses"), r.refuses)
            for i, r in enumerate(policy.education.risks)
            if r.refuses
        ]
        taken: dict[tuple[str, str | None], str] = {}
        no_place: list[str | None] = [None]
        wrong = False
        for file, loc, combination in entries:
            for key, given, question in (
                ("routes", combination.routes, route),
                ("places", combination.places or [], place),
            ):
                known = [o.value for o in question.options]
                for position, name in enumerate(given):
                    if name not in known:
                        wrong = True
                        yield where(
                            file,
                            (*loc, key, position),
                            f"{key}: {name!r} is no option of {question.key}{_suggest(name, known) or '; its options: ' + ', '.join(known)}",
                        )
            odd = [
                name
                for name in combination.routes
                if name in {o.value for o in route.options} and (name in asked) != (combination.places is not None)
            ]
            if odd:
                wrong = True
                yield where(
                    file,
                    (*loc, "routes"),
                    f"routes: for {', '.join(odd)} the place of study is {'not asked; leave the places out' if combination.places else 'asked; name the places'}",
                )
            for name in combination.routes:
                for spot in combination.places or no_place:
                    if (name, spot) in taken:
                        wrong = True
                        yield where(
                            file,
                            loc,
                            f"{name}{' at ' + spot if spot else ''} is treated already in {taken[name, spot]}",
                        )
                    taken[name, spot] = file
        for option in [] if wrong else route.options:
            for spot in [o.value for o in place.options] if option.value in asked else no_place:
                if (option.value, spot) not in taken:
                    yield where(
                        "education.yaml",
                        ("risks",),
                        f"{option.value}{' at ' + spot if spot else ''}: neither an accepted type nor a risk treats this diploma",
                    )


def sources_current(policy: Policy, where: _Where) -> Iterator[Fault]:
    """What a source is known by; a source that has expired stops the build unless it is acknowledged with a reason."""
    today = policy.day
    for index, source in enumerate(policy.files["sources.yaml"].sources):
        loc = ("sources", index)
        if source.issued and source.in_force and source.in_force < source.issued:
            yield where(
                "sources.yaml", (*loc, "in_force"), f"in_force: {source.in_force}: lies before issued: {source.issued}"
            )
        if source.expires and source.expires.on < today and not (source.expires.acknowledged and source.expires.reason):
            yield where(
                "sources.yaml",
                (*loc, "expires"),
                f"{source.id} expired on {source.expires.on}; look for what replaced it, or acknowledge it with a day and a reason",
            )


def edition_day(policy: Policy) -> str:
    """The newest day on which anything was checked: the day the rules are known for."""
    return policy.edition


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def same_placeholders(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Both languages of a text use the same figures."""
    for file, loc, part in policy.parts:
        if isinstance(part, m.Text | m.Phrase):
            zh, en = set(_PLACEHOLDER.findall(part.zh)), set(_PLACEHOLDER.findall(part.en))
            if zh != en:
                only = ", ".join(f"{{{name}}}" for name in sorted(zh ^ en))
                yield where(file, (*loc, "en"), f"{only}: stands in one language only")


def languages(policy: Policy, where: _Where) -> Iterator[Fault]:
    """The Chinese text is Chinese, and the two are not the same text."""
    for file, loc, part in policy.parts:
        if isinstance(part, m.Text) and part.zh == part.en and re.search(r"[A-Za-z]{4}", part.zh):
            yield where(file, (*loc, "zh"), f"zh: {part.zh[:40]!r}: the same as the English text; translate it")
        elif (
            isinstance(part, m.Text | m.Phrase)
            and re.search(r"[\u3400-\u9fff]", part.en)
            and not re.search(r"[A-Za-z]{2}", part.en)
        ):
            yield where(file, (*loc, "en"), f"en: {part.en[:40]!r}: no English in it")
        elif (
            isinstance(part, m.Text)
            and re.search(r"[A-Za-z]{3}", part.zh)
            and not re.search(r"[\u3400-\u9fff]", part.zh)
        ):
            yield where(file, (*loc, "zh"), f"zh: {part.zh[:40]!r}: no Chinese in it")


def figures(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Every ``{name}`` in a text is a figure, and every sum can be worked out."""
    writer = Writer(policy, "zh")
    for file, loc, text, scope in writer.texts():
        for lang in ("zh", "en"):
            for name in dict.fromkeys(_PLACEHOLDER.findall(getattr(text, lang))):
                try:
                    writer.figure(name, scope)
                except MissingFigure as missing:
                    yield where(file, (*loc, lang), f"{lang}: {missing.args[0]}")


def procedures(policy: Policy, where: _Where) -> Iterator[Fault]:
    """The phases of a procedure hold its steps in order, and its total lies between two of them."""
    for process in policy.processes.values():
        file, steps = f"process/{process.id}.yaml", [step.id for step in process.steps]
        phased = [
            (index, position, name)
            for index, phase in enumerate(process.phases)
            for position, name in enumerate(phase.steps)
        ]
        for index, position, name in phased:
            if name not in steps:
                yield where(
                    file,
                    ("phases", index, "steps", position),
                    f"steps: {name!r} is no step of this procedure{_suggest(name, steps)}",
                )
        if (
            process.phases
            and [name for _i, _p, name in phased] != steps
            and all(name in steps for _i, _p, name in phased)
        ):
            yield where(file, ("phases",), "phases: each step must stand in one phase, in the order of the steps")
        if process.total is not None:
            first, last = process.total.from_, process.total.to
            for key, name in (("from", first), ("to", last)):
                if name not in steps:
                    yield where(
                        file, ("total", key), f"{key}: {name!r} is no step of this procedure{_suggest(name, steps)}"
                    )
            if first in steps and last in steps and steps.index(first) >= steps.index(last):
                yield where(file, ("total", "to"), f"to: {last}: must come after {first}")


def claims(policy: Policy, where: _Where) -> Iterator[Fault]:
    """A material is needed for indicators and options that exist."""
    for index, material in enumerate(policy.materials.materials):
        for position, claim in enumerate(material.for_):
            loc = ("materials", index, "for", position)
            if claim.indicator not in policy.indicators:
                yield where(
                    "materials.yaml",
                    (*loc, "indicator"),
                    f"indicator: {claim.indicator!r}: no such indicator{_suggest(claim.indicator, list(policy.indicators))}",
                )
                continue
            question = policy.questions.get(getattr(policy.indicators[claim.indicator].counted, "answer", None) or "")
            options = (
                [option.value for option in question.options]
                if question is not None and question.type == "choice"
                else []
            )
            for place, name in enumerate(claim.options or []):
                if name not in options:
                    yield where(
                        "materials.yaml",
                        (*loc, "options", place),
                        f"{name!r} is no option of {claim.indicator}{_suggest(name, options) or '; its options: ' + (', '.join(options) or 'none')}",
                    )


def cited(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Every statement rests on something: a citation of its own or of its entry, or a fact whose figure it names."""
    writer = Writer(policy, "zh")

    def walk(file: str, loc: Loc, value: Any, covered: bool) -> Iterator[Fault]:
        if isinstance(value, BaseModel):
            covered = covered or bool(getattr(value, "cite", None))
            if isinstance(value, g.Statement) and not covered and not writer.named(value.text):
                yield where(
                    file,
                    (*loc, "text"),
                    "text: rests on nothing; add a cite, or name a figure of the fact that it comes from",
                )
            for name, info in type(value).model_fields.items():
                yield from walk(file, (*loc, info.alias or name), getattr(value, name), covered)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from walk(file, (*loc, index), item, covered)

    for file, value in policy.files.items():
        yield from walk(file, (), value, False)
    for _folder, file, entry in _entry_files(policy):
        yield from walk(file, (), entry, False)


def examples(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Examples answer questions that exist, with answers that they allow."""
    known = list(policy.questions)

    def answers(file: str, loc: Loc, given: Mapping[str, Any]) -> Iterator[Fault]:
        for key, value in given.items():
            if key not in known:
                yield where(file, (*loc, key), f"{key}: no such question{_suggest(key, known)}")
            elif allowed := _allowed(policy.questions[key], value):
                yield where(file, (*loc, key), f"{key}: {value!r}: must be {allowed}")

    for file, indicator in ((_file_of(policy, i), i) for i in policy.indicators.values()):
        for index, example in enumerate(indicator.examples):
            yield from answers(file, ("examples", index, "answers"), example.answers)
    book = policy.examples
    yield from answers("examples.yaml", ("shared",), book.shared)
    for index, life in enumerate(book.lives):
        yield from answers("examples.yaml", ("lives", index, "answers"), life.answers)
        for position, key in enumerate(life.unknown):
            if key not in book.shared:
                yield where(
                    "examples.yaml",
                    ("lives", index, "unknown", position),
                    f"{key}: not among the shared answers{_suggest(key, list(book.shared))}",
                )
        if life.other_reading is not None and life.other_reading not in {
            reading.id for reading in policy.scheme.readings
        }:
            yield where(
                "examples.yaml",
                ("lives", index, "other_reading"),
                f"other_reading: {life.other_reading!r}: no such reading in scheme.yaml",
            )
    for index, mix in enumerate(book.combinations.mixes):
        yield from answers("examples.yaml", ("combinations", "mixes", index, "answers"), mix.answers)
    file, second = "second-opinion.yaml", policy.second_opinion
    yield from answers(file, ("shared",), second.shared)
    shared = {**book.shared, **second.shared}
    for index, comparison in enumerate(second.comparisons):
        for number, applicant in enumerate(comparison.people):
            loc = ("comparisons", index, "people", number)
            yield from answers(file, (*loc, "answers"), applicant.answers)
            for position, key in enumerate(applicant.unknown):
                if key not in shared:
                    yield where(
                        file,
                        (*loc, "unknown", position),
                        f"{key}: not among the shared answers{_suggest(key, list(shared))}",
                    )


def comparisons(policy: Policy, where: _Where) -> Iterator[Fault]:
    """A comparison is with calculators, under a topic, and about results that there are; each calculator and topic is used."""
    second = policy.second_opinion
    known = {
        "topic": {topic.id for topic in second.topics},
        "peers": {peer.id for peer in second.peers},
        "shows": {*policy.indicators, "total", "reaches", "eligible"},
    }
    used: dict[str, set[str]] = {part: set() for part in known}
    for index, comparison in enumerate(second.comparisons):
        for part, names in (("topic", [comparison.topic]), ("peers", comparison.peers), ("shows", comparison.shows)):
            used[part].update(names)
            for position, name in enumerate(names):
                if name not in known[part]:
                    # There is one topic and no list of them: the fault stands at the nearest place, which is the topic.
                    yield where(
                        "second-opinion.yaml",
                        ("comparisons", index, part, position),
                        f"{part}: {name!r}: no such name here{_suggest(name, sorted(known[part])) or '; known: ' + ', '.join(sorted(known[part]))}",
                    )
    for part, ids, named in (
        ("topics", [topic.id for topic in second.topics], used["topic"]),
        ("peers", [peer.id for peer in second.peers], used["peers"]),
    ):
        for index, name in enumerate(ids):
            if name not in named:
                yield where(
                    "second-opinion.yaml", (part, index, "id"), f"id: no comparison names {name!r}; use it or remove it"
                )


#: Names lead somewhere, and each leads to one thing.
LINKS: list[Check] = [names_and_folders, unique, references, fitting_answers, action_answers, procedures, examples]


def link_numbers(policy: Policy, where: _Where) -> Iterator[Fault]:
    """Links can name every question and option, each by a number of its own (see rules/links.py)."""
    for key, fault in links.wrong(policy, links.numbers(policy)):
        yield where("links.yaml", ("questions", key), fault)


#: What can be checked of every file that could be read.
CHECKS: list[Check] = [
    effective,
    neutral_answers,
    no_gap_no_overlap,
    wage_figures,
    brackets,
    sources_current,
    same_placeholders,
    languages,
]
#: What needs all of the rules.
WHOLE: list[Check] = [
    used_questions,
    comparisons,
    link_numbers,
    action_lengths,
    education_combinations,
    claims,
    figures,
    cited,
]
