"""The rulebook as the bundle brings it: frozen, dated, and without a word of prose.

``rules.bundle`` writes what ``Rulebook.from_bundle`` reads; tests/test_contract.py holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from .answers import Answers, Fault, History, Refused
from .calendar import Month, completed_years, month_of, parse_month
from .methods import Diploma, Method, method_from

#: The bundle's form that this code reads.
FORMAT = 1

T = TypeVar("T")


def tenths(multiple: str) -> int:
    """A multiple of the average wage in tenths: ``"0.8"`` → 8."""
    whole, _, tenth = multiple.partition(".")
    return int(whole) * 10 + int(tenth or 0)


@dataclass(frozen=True)
class Entry(Generic[T]):
    """A value that holds from a day on."""

    since: str
    value: T
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Timeline(Generic[T]):
    """Dated values without a gap; before the first there is none."""

    entries: tuple[Entry[T], ...]

    def at(self, day: str) -> Entry[T] | None:
        """The value in force on ``day`` (ISO), or ``None`` before the first."""
        # Most have one value, or the newest is wanted.
        for entry in reversed(self.entries):
            if entry.since <= day:
                return entry
        return None


@dataclass(frozen=True)
class Test:
    """A condition on one answer."""

    answer: str
    is_: bool | None = None
    in_: tuple[str, ...] | None = None
    at_least: int | None = None
    at_most: int | None = None

    def of(self, answers: Answers) -> bool | None:
        """Whether it holds; ``None`` while the answer is unknown. Of a date, completed years on the day are compared."""
        value = answers.get(self.answer)
        if value is None:
            return None
        if isinstance(value, date):
            value = completed_years(value, answers.on)
        if self.is_ is not None:
            return value is self.is_
        if self.in_ is not None:
            return value in self.in_
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True)
class Derived:
    """How an answer follows from the contribution history."""

    history: str
    window: int
    tenths: int | None
    at_least: int | None

    def of(self, history: History, on: date) -> int | bool | None:
        """The number of months, or whether there are enough; ``None`` where an unknown average wage decides it."""
        low, high = history.count(month_of(on), self.window, self.tenths)
        if self.at_least is None:
            return low if low == high else None
        return True if low >= self.at_least else False if high < self.at_least else None


@dataclass(frozen=True)
class Question:
    """What an answer may be. ``min`` and ``max`` bound an integer; ``earliest`` a day or a month."""

    key: str
    type: str
    options: tuple[str, ...] = ()
    min: int = 0
    max: int = 0
    earliest: str = ""
    unit: str = ""
    max_yuan: int = 0
    max_stretches: int = 0
    grows: str | None = None
    #: The answer that claims nothing, where there is one.
    neutral: bool | int | str | None = None
    asked_when: Test | None = None
    derived: Derived | None = None
    short: bool = False


@dataclass(frozen=True)
class Condition:
    """What must hold for an indicator to give its points. Without ``requires`` it is shown and cannot be checked here."""

    id: str
    requires: Test | None
    applies_to: frozenset[str] | None
    sources: tuple[str, ...]
    since: str = ""
    until: str = "9999-12-31"

    def applies(self, option: str | None, day: str) -> bool:
        """Whether it is asked of that option on that day."""
        return self.since <= day <= self.until and (self.applies_to is None or option in self.applies_to)


@dataclass(frozen=True)
class Indicator:
    """One indicator of the scheme with its dated rules."""

    id: str
    kind: str
    values: Timeline[Method]
    conditions: tuple[Condition, ...]
    readings: tuple[str, ...]


@dataclass(frozen=True)
class Eligibility:
    """A condition of applying: a test of an answer, the standard, or neither (then it cannot be checked here)."""

    id: str
    values: Timeline[tuple[Test | None, bool]]


@dataclass(frozen=True)
class EducationType:
    """An accepted type of diploma, or (``outcome`` refused) a combination that is likely refused."""

    id: str
    outcome: str
    routes: frozenset[str]
    places: frozenset[str] | None
    conditions: tuple[Condition, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Action:
    """Something a person can do: one answer becomes another, others with it, after some months (``None``: the rule says how long)."""

    id: str
    key: str
    to: bool | str
    when: Test | None
    also: Mapping[str, bool | str]
    months: int | None
    #: Assumed effort, only to compare.
    cost: int


@dataclass(frozen=True)
class Claim:
    """For what a material is needed: an indicator, some of its options (all where none is named), and further tests."""

    indicator: str
    options: frozenset[str]
    when: tuple[Test, ...]


@dataclass(frozen=True)
class Material:
    """Something to bring; a basic material has no claims."""

    id: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class WageTable:
    """The average wage in yuan a month by social-insurance year."""

    years: tuple[tuple[Month, Month, int], ...]

    def average(self, month: Month) -> int | None:
        """The average wage that a month's base is compared with, or ``None`` outside the table."""
        for first, last, yuan in self.years:
            if first <= month <= last:
                return yuan
        return None


@dataclass(frozen=True)
class Rulebook:
    """Everything the estimator knows. ``name`` says which rules these are; it goes into every result."""

    name: str
    hash: str
    standard: Timeline[int]
    questions: Mapping[str, Question]
    indicators: tuple[Indicator, ...]
    best_of: tuple[tuple[str, ...], ...]
    eligibility: tuple[Eligibility, ...]
    education: tuple[EducationType, ...]
    wages: WageTable
    actions: tuple[Action, ...]
    materials: tuple[Material, ...]
    #: How many months before a deadline one should apply.
    lead_months: int
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: By indicator, the answers that its points may hang on.
    reads: Mapping[str, frozenset[str]] = field(init=False, default_factory=dict)
    #: By indicator, the days on which a rule that it hangs on begins, or has just ended.
    turns: Mapping[str, frozenset[date]] = field(init=False, default_factory=dict)

    @classmethod
    def from_bundle(cls, bundle: Mapping[str, Any], readings: Mapping[str, str] | None = None) -> Rulebook:
        """The rulebook in a decoded bundle, with the readings it takes, or others where ``readings`` names them.

        Raises ``ValueError`` where the bundle has another form than this code reads.
        """
        if bundle.get("format") != FORMAT:
            raise ValueError(f"bundle format {bundle.get('format')!r}; this estimator reads {FORMAT}")
        taken = {name: reading["taken"] for name, reading in bundle["readings"].items()} | dict(readings or {})

        def settle(value: Any) -> Any:
            """A parameter that hangs on a reading becomes the value under the reading taken."""
            if isinstance(value, dict):
                if value.keys() == {"reading", "options"}:
                    return value["options"][taken[value["reading"]]]
                return {key: settle(item) for key, item in value.items()}
            return [settle(item) for item in value] if isinstance(value, list) else value

        questions = {q["key"]: _question(q) for q in bundle["questions"]}
        return cls(
            name=bundle["name"],
            hash=bundle["hash"],
            standard=_timeline(bundle["standard"], lambda v: v["points"]),
            questions=questions,
            indicators=tuple(
                Indicator(
                    i["id"],
                    i["kind"],
                    _timeline(i["values"], lambda v: method_from(settle(v["points"]), questions)),
                    tuple(map(_condition, i["conditions"])),
                    tuple(i["readings"]),
                )
                for i in bundle["indicators"]
            ),
            best_of=tuple(map(tuple, bundle["best_of"])),
            eligibility=tuple(
                Eligibility(e["id"], _timeline(e["values"], lambda v: (_test(v.get("requires")), v["standard"])))
                for e in bundle["eligibility"]
            ),
            education=tuple(
                EducationType(
                    t["id"],
                    t["outcome"],
                    frozenset(t["routes"]),
                    None if t["places"] is None else frozenset(t["places"]),
                    tuple(map(_condition, t["conditions"])),
                    tuple(t["sources"]),
                )
                for t in bundle["education"]
            ),
            wages=WageTable(tuple((_month(y["from"]), _month(y["to"]), y["average"]) for y in bundle["wages"])),
            actions=tuple(
                Action(a["id"], a["key"], a["to"], _test(a["when"]), a["also"], a["months"], a["cost"])
                for a in bundle["actions"]
            ),
            materials=tuple(
                Material(
                    m["id"],
                    tuple(
                        Claim(c["indicator"], frozenset(c["options"]), tuple(filter(None, map(_test, c["when"]))))
                        for c in m["for"]
                    ),
                )
                for m in bundle["materials"]
            ),
            lead_months=bundle["lead_months"],
            alternatives={
                name: tuple(o for o in reading["options"] if o != taken[name])
                for name, reading in bundle["readings"].items()
            },
        )

    def __post_init__(self) -> None:
        object.__setattr__(self, "reads", {indicator.id: self._reads(indicator) for indicator in self.indicators})
        object.__setattr__(self, "turns", {indicator.id: self._turns(indicator) for indicator in self.indicators})

    def _reads(self, indicator: Indicator) -> frozenset[str]:
        """The answers that the indicator's points may hang on, under any of its dated rules."""
        keys: set[str] = set()
        tests = [condition.requires for condition in indicator.conditions]
        for entry in indicator.values.entries:
            keys.update(entry.value.keys())
            if isinstance(entry.value, Diploma):
                keys |= {entry.value.route, entry.value.place}
                tests += [condition.requires for kind in self.education for condition in kind.conditions]
        keys |= {test.answer for test in tests if test is not None}
        keys |= {d.history for key in keys if (d := self.questions[key].derived) is not None}
        return frozenset(keys)

    def _turns(self, indicator: Indicator) -> frozenset[date]:
        """The days on which a rule that the indicator hangs on begins, or has just ended."""
        days = {date.fromisoformat(entry.since) for entry in indicator.values.entries}
        conditions = list(indicator.conditions)
        if any(isinstance(entry.value, Diploma) for entry in indicator.values.entries):
            conditions += [condition for kind in self.education for condition in kind.conditions]
        for condition in conditions:
            if condition.since:
                days.add(date.fromisoformat(condition.since))
            if condition.until < "9999":
                days.add(date.fromisoformat(condition.until) + timedelta(days=1))
        return frozenset(days)

    def standard_on(self, day: str) -> int:
        """The standard score (标准分值) on a day (ISO); before the rules begin, the first one."""
        entry = self.standard.at(day)
        return (entry or self.standard.entries[0]).value

    def in_force(self, on: date) -> None:
        """Raises ``Refused`` where there are no rules for that day."""
        first = self.standard.entries[0].since
        if on.isoformat() < first:
            raise Refused([Fault("before_the_rules", "on", on.isoformat(), {"earliest": first})])


def _timeline(values: Iterable[Mapping[str, Any]], read: Any) -> Timeline[Any]:
    return Timeline(tuple(Entry(v["from"], read(v), tuple(v["sources"])) for v in values))


def _month(text: str) -> Month:
    month = parse_month(text)
    if month is None:
        raise ValueError(f"{text!r} is no month")
    return month


def _test(spec: Mapping[str, Any] | None) -> Test | None:
    if spec is None:
        return None
    options = spec.get("in")
    return Test(
        spec["answer"],
        spec.get("is"),
        None if options is None else tuple(options),
        spec.get("at_least"),
        spec.get("at_most"),
    )


def _condition(spec: Mapping[str, Any]) -> Condition:
    applies = spec.get("applies_to")
    return Condition(
        spec["id"],
        _test(spec.get("requires")),
        None if applies is None else frozenset(applies),
        tuple(spec["sources"]),
        spec.get("from") or "",
        spec.get("to") or "9999-12-31",
    )


def _question(spec: Mapping[str, Any]) -> Question:
    derived = spec.get("derived")
    plain = {
        name: spec[name]
        for name in ("min", "max", "earliest", "max_yuan", "max_stretches", "grows", "short", "neutral", "unit")
        if spec.get(name) is not None
    }
    return Question(
        spec["key"],
        spec["type"],
        tuple(spec.get("options", ())),
        asked_when=_test(spec.get("asked_when")),
        derived=derived
        and Derived(
            derived["history"],
            derived["window_months"],
            tenths(derived["multiple"]) if derived.get("multiple") else None,
            derived.get("at_least"),
        ),
        **plain,
    )
