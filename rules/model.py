"""What a rule file may say: the one source of the checks, the editor's schema and the bundle.

Strict throughout: an unknown key, a number written as text or a missing translation is a fault. ``Field(description=...)``
becomes the hover help of editors, Chinese first.
"""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError


class Strict(BaseModel):
    """A mapping whose keys are all known and whose values have just the type that is asked for."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


# --- small things ------------------------------------------------------------------------------------------------------


def _day(value: str) -> str:
    from datetime import date

    try:
        parsed = date.fromisoformat(value)
    except ValueError:
        parsed = None
    # fromisoformat also reads other forms of ISO 8601, such as 20260101 and 2026-W01-1.
    if parsed is None or parsed.isoformat() != value:
        raise PydanticCustomError("day", "must be a day that exists, as YYYY-MM-DD")
    return value


def _month(value: str) -> str:
    try:
        _day(f"{value}-01")
    except PydanticCustomError:
        raise PydanticCustomError("month", "must be a month, as YYYY-MM") from None
    return value


def _address(value: str) -> str:
    if not value.startswith("https://") or any(c.isspace() or c in "<>\"'" for c in value):
        raise PydanticCustomError("address", "must be an address that begins with https:// and has no blanks or quotes")
    return value


Day = Annotated[
    str, AfterValidator(_day), Field(description="日期 YYYY-MM-DD · a day", json_schema_extra={"format": "date"})
]
Month = Annotated[
    str,
    AfterValidator(_month),
    Field(description="月份 YYYY-MM · a month", json_schema_extra={"pattern": r"^\d{4}-\d{2}$"}),
]
Address = Annotated[str, AfterValidator(_address)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
#: What each pattern asks for, in words.
LIKE: dict[str, str] = {}


def _like(pattern: str, words: str) -> StringConstraints:
    LIKE[pattern] = words
    return StringConstraints(pattern=pattern)


Id = Annotated[
    str,
    _like(
        r"^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$",
        "small letters, digits and single hyphens, a letter first, like si-base-2026",
    ),
]
Key = Annotated[
    str, _like(r"^[a-z][a-z0-9_]*$", "small letters, digits and underscores, a letter first, like si_months")
]
OptionValue = Annotated[
    str, _like(r"^[a-z0-9][a-z0-9_.]*$", "small letters, digits, underscores and points, like skill_1")
]
#: A multiple of the average wage, in tenths at most: "0.8", "1", "3".
Multiple = Annotated[str, _like(r"^(?:0|[1-9][0-9]*)(?:\.[0-9])?$", 'a multiple with one decimal at most, like "0.8"')]
Count = Annotated[int, Field(ge=0)]
Positive = Annotated[int, Field(ge=1)]

Grade = Literal["official", "seed", "secondary", "derived", "unsettled"]


class Text(Strict):
    """The same thing said in both languages. ``{name}`` stands for a figure of the same entry, or a global one."""

    zh: Words = Field(description="中文 · the Chinese text")
    en: Words = Field(description="英文 · the English text")


class Cite(Strict):
    """Where a statement stands, how far that place can be trusted, and when it was last looked at."""

    source: Id = Field(description="来源编号（见 sources.yaml）· id of a source in sources.yaml")
    clause: Text = Field(description="条款或所在位置 · the clause, or the place in the source")
    grade: Grade = Field(description="等级 · official, seed, secondary, derived or unsettled")
    checked_on: Day = Field(description="最后核对日期 · the day it was last checked")


Cites = Annotated[list[Cite], Field(min_length=1, description="依据 · at least one citation")]


class Dated(Strict):
    """Something that holds from a day on, until the next entry begins."""

    from_: Day = Field(alias="from", description="自何日起 · in force from this day")
    to: Day | None = Field(default=None, description="至何日（可省略，须为下一条的前一天）· last day; may be left out")
    cite: Cites


class Note(Strict):
    """A remark beside a rule, with its own grade."""

    id: Id
    text: Text
    figures: dict[Key, int | str] = Field(default={}, description="本条的数字 · the figures of this remark")
    settled_by: Text | None = Field(
        default=None, description="尚未定论的，什么能定论 · what would settle it, where it is not settled"
    )
    cite: Cites


# --- questions ---------------------------------------------------------------------------------------------------------


class Holds(Strict):
    """A test of one answer; of a date, ``at_least`` and ``at_most`` count completed years on the day."""

    answer: Key
    is_: bool | None = Field(default=None, alias="is")
    in_: list[OptionValue] | None = Field(default=None, alias="in", min_length=1)
    at_least: int | None = None
    at_most: int | None = None


class Derived(Strict):
    """How an answer follows from the contribution history where that is given."""

    history: Key
    window_months: Positive = Field(description="窗口月数 · how many months before the day are looked at")
    multiple: Multiple | None = Field(
        default=None, description="基数倍数 · counts the months at this multiple or more; all where absent"
    )
    at_least: Positive | None = Field(
        default=None, description="至少几个月 · the answer is yes from this many months on"
    )


class Option(Strict):
    value: OptionValue
    label: Text
    help: Text | None = None


class _Question(Strict):
    key: Key = Field(description="答案的键（见 answers.md）· the key of the answer")
    group: Id
    label: Text
    help: Text | None = None
    short: bool = Field(default=False, description="是否属于简表 · part of the short way")
    asked_when: Holds | None = Field(default=None, description="只在此条件下询问 · asked only where this holds")
    neutral: bool | int | str | None = Field(
        default=None,
        description="“没有”的答案 · the answer that claims nothing; used where the page counts what was answered so far",
    )
    derived: Derived | None = None


class DateQuestion(_Question):
    type: Literal["date"]
    earliest: Day


class ChoiceQuestion(_Question):
    type: Literal["choice"]
    options: list[Option] = Field(min_length=2)


class BooleanQuestion(_Question):
    type: Literal["boolean"]
    yes: Text | None = None
    no: Text | None = None


class IntegerQuestion(_Question):
    type: Literal["integer"]
    unit: Literal["months", "yuan", "percent", "people", "times"]
    min: int
    max: int
    grows: Literal["always", "when_positive"] | None = Field(
        default=None, description="推算时每月加一 · grows by one on the first of each month in a projection"
    )


class HistoryQuestion(_Question):
    type: Literal["history"]
    earliest: Month
    max_yuan: Positive
    max_stretches: Positive


Question = Annotated[
    DateQuestion | ChoiceQuestion | BooleanQuestion | IntegerQuestion | HistoryQuestion, Field(discriminator="type")
]


class QuestionGroup(Strict):
    id: Id
    name: Text


class Questions(Strict):
    groups: list[QuestionGroup] = Field(min_length=1)
    questions: list[Question] = Field(min_length=1)


# --- how points are counted --------------------------------------------------------------------------------------------

T = TypeVar("T")


class ByReading(Strict, Generic[T]):
    """A parameter whose value hangs on a reading that scheme.yaml takes."""

    reading: Id
    options: dict[OptionValue, T]


class Bracket(Strict):
    min: int | None = None
    max: int | None = None
    points: int
    step: int | None = Field(default=None, description="每高一岁增减的分 · added for each unit above min")


class Brackets(Strict):
    """Completed years fall into one bracket; every whole number is in exactly one."""

    method: Literal["brackets"]
    answer: Key
    brackets: list[Bracket] = Field(min_length=1)


class Choice(Strict):
    """Each option of the question gives its points."""

    method: Literal["choice"]
    answer: Key
    points: dict[OptionValue, int]


class Diploma(Strict):
    """As ``choice``, where the diploma is of an accepted type (education/*.yaml)."""

    method: Literal["diploma"]
    answer: Key
    route: Key
    place: Key
    points: dict[OptionValue, int]


class Within(Strict):
    """Up to and including the day that many months after the answer's date, where that is given."""

    answer: Key
    months: Positive | ByReading[int | None]


class Flag(Strict):
    """Yes gives the points."""

    method: Literal["flag"]
    answer: Key
    points: int
    within: Within | None = None


class FullYears(Strict):
    """Each full year gives points; from a threshold on, if there is one."""

    method: Literal["full_years"]
    answer: Key
    per_year: int
    from_years: Positive | None = Field(default=None, description="满几年起算 · nothing before this many full years")
    counts: Literal["all", "after"] | ByReading[Literal["all", "after"]] = Field(
        default="all", description="满年后计全部年数还是只计之后 · all years, or only those after the threshold"
    )
    cap: Positive | None = None


class PerCase(Strict):
    """Each case within the window costs points."""

    method: Literal["per_case"]
    answer: Key
    points: Annotated[int, Field(lt=0)]
    window_years: Positive


class EnterprisePart(Strict):
    answer: Key
    unit: Positive = Field(description="每满多少 · each full so many")
    points: Positive


class Enterprise(Strict):
    """Tax paid and people employed by one's own enterprise, by one's share."""

    method: Literal["enterprise"]
    share: Key
    share_scales: Literal["all", "first"] | ByReading[Literal["all", "first"]]
    combine: Literal["best", "sum"] | ByReading[Literal["best", "sum"]]
    parts: list[EnterprisePart] = Field(min_length=1)
    average_years: Positive
    cap: Positive


class Tier(Strict):
    value: OptionValue
    multiple: Multiple
    points: Positive
    months: Positive
    window_months: Positive


class BaseTiers(Strict):
    """The best tier for which enough months within a window were paid at the multiple or above."""

    method: Literal["base_tiers"]
    answer: Key
    history: Key
    tiers: list[Tier] = Field(min_length=1)


class Veto(Strict):
    """Yes refuses the application whatever the points; where the rule is not in force, a note."""

    method: Literal["veto"]
    answer: Key | None = None
    in_force: bool | ByReading[bool] = True


class Abolished(Strict):
    """The indicator gives nothing any more."""

    method: Literal["abolished"]


Method = Annotated[
    Brackets | Choice | Diploma | Flag | FullYears | PerCase | Enterprise | BaseTiers | Veto | Abolished,
    Field(discriminator="method"),
]


class Condition(Strict):
    """What must hold for an indicator to give its points; without ``requires`` it cannot be checked here and is shown."""

    id: Id
    text: Text = Field(description="条件 · the condition as a statement")
    refused: Text | None = Field(default=None, description="不满足时的话 · said where it does not hold")
    applies_to: list[OptionValue] | None = Field(
        default=None, min_length=1, description="只对这些选项 · only for these options"
    )
    requires: Holds | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    cite: Cites


# --- indicators --------------------------------------------------------------------------------------------------------


class IndicatorValue(Dated):
    points: Method


class Example(Strict):
    """Answers whose points the build computes and shows; no figure of the result is written here."""

    text: Text
    answers: dict[Key, bool | int | str | list[dict[str, str | int]]]
    on: Day


class Indicator(Strict):
    id: Id
    kind: Literal["base", "bonus", "deduction", "veto"]
    order: Positive = Field(description="显示顺序 · the order of the rules")
    name: Text
    summary: Text = Field(
        description="一两句话说明（数字用 {占位符}）· one or two plain sentences, figures as {placeholders}"
    )
    values: list[IndicatorValue] = Field(min_length=1)
    conditions: list[Condition] = []
    notes: list[Note] = []
    readings: list[Id] = []
    examples: list[Example] = []

    @property
    def counted(self) -> Method:
        """The last way of counting that is not an abolition: what the texts, materials and conditions of the indicator are about."""
        return next(
            (value.points for value in reversed(self.values) if not isinstance(value.points, Abolished)),
            self.values[-1].points,
        )


# --- the scheme --------------------------------------------------------------------------------------------------------


class Standard(Dated):
    points: Positive


class BestOf(Strict):
    """Of these indicators only the best counts; at a tie, the one named first."""

    id: Id
    members: list[Id] = Field(min_length=2)
    text: Text
    cite: Cites


class ReadingOption(Strict):
    value: OptionValue
    text: Text
    cite: Cites


class Reading(Strict):
    id: Id
    question: Text
    taken: OptionValue
    options: list[ReadingOption] = Field(min_length=1)
    settled_by: Text = Field(description="什么能定论 · what would settle it")


class GradeWords(Strict):
    id: Grade
    name: Text
    meaning: Text


class KindWords(Strict):
    id: Literal["base", "bonus", "deduction", "veto"]
    name: Text
    meaning: Text


class LeadTime(Strict):
    """How long before a deadline one should apply."""

    months: Positive
    text: Text
    cite: Cites


class Scheme(Strict):
    name: Text
    lead_time: LeadTime
    standard: list[Standard] = Field(min_length=1)
    best_of: list[BestOf]
    readings: list[Reading]
    kinds: list[KindWords]
    grades: list[GradeWords]


class Figure(Strict):
    """A sum in yuan a month, given by a source or computed from the average."""

    yuan: Positive | None = None
    times_average: Multiple | None = None
    cite: Cites


class WageYear(Strict):
    from_: Month = Field(alias="from")
    to: Month
    average: Figure
    floor: Figure | None = None
    ceiling: Figure
    derivation: Text | None = None


class Wages(Strict):
    name: Text
    text: Text
    years: list[WageYear] = Field(min_length=1)


class EligibilityValue(Dated):
    requires: Holds | None = None
    standard: bool = Field(default=False, description="即达到标准分值 · the total reaches the standard")


class EligibilityCondition(Strict):
    id: Id
    text: Text
    detail: Text
    failed: Text
    values: list[EligibilityValue] = Field(min_length=1)


class NotCovered(Strict):
    id: Id
    text: Text
    cite: Cites


class Eligibility(Strict):
    conditions: list[EligibilityCondition] = Field(min_length=1)
    not_covered: list[NotCovered]


class Combination(Strict):
    routes: list[OptionValue] = Field(min_length=1)
    places: list[OptionValue] | None = Field(
        default=None, min_length=1, description="学习地点，省略为不问 · places; not asked where absent"
    )


class EducationType(Strict):
    id: Id
    order: Positive
    name: Text
    summary: Text
    accepted_when: Text
    accepts: Combination | None = None
    outcome: Literal["accepted", "with_evidence"]
    conditions: list[Condition] = []
    evidence: list[Text] = []
    notes: list[Note] = []
    cite: Cites


class EducationRisk(Strict):
    id: Id
    name: Text
    text: Text
    refuses: Combination | None = None
    cite: Cites


class EducationCommon(Strict):
    """What holds for every type, and what is refused or at risk."""

    intro: Text
    check: Text
    outcomes: dict[Literal["accepted", "with_evidence", "refused"], Text]
    risks: list[EducationRisk]
    cite: Cites


# --- sources and words -------------------------------------------------------------------------------------------------


class Expiry(Strict):
    on: Day
    acknowledged: Day | None = None
    reason: Text | None = None


class Source(Strict):
    id: Id
    title: Text
    short: Text | None = Field(default=None, description="简称，用于引文 · a short title, for citations")
    number: Words | None = None
    issuer: Text | None = None
    issued: Day | None = None
    in_force: Day | None = None
    republished: Day | None = None
    period: Text | None = None
    expires: Expiry | None = None
    address: Address | None = None
    grade: Grade
    named_by: Id | None = Field(
        default=None, description="由哪个来源提到 · the source that names it, where the text itself is not at hand"
    )
    basis: bool = Field(default=False, description="是否为政策依据文件 · one of the documents of the policy basis")
    checked_on: Day
    check_every_days: Positive
    note: Text | None = None


class Sources(Strict):
    sources: list[Source] = Field(min_length=1)


class Action(Strict):
    """One thing that a person can do: one answer becomes another, and others with it."""

    id: Id
    name: Text
    key: Key
    to: bool | OptionValue
    when: Holds | None = Field(default=None, description="只在此条件下可选 · offered only where this holds")
    also: dict[Key, bool | OptionValue] = Field(default={}, description="同时改变的答案 · answers that change with it")
    months: Positive | None = Field(
        default=None, description="假设所需月数；省略则由规则决定 · assumed months; left out, the rule says"
    )
    cost: Positive = Field(description="相对难度（假设）· assumed effort, to compare")
    may_fail: Text


class Actions(Strict):
    assumption: Text
    actions: list[Action] = Field(min_length=1)


class Term(Strict):
    id: Id
    zh: Words
    pinyin: Words
    en: Words
    also: list[Words] = Field(default=[], description="其他英文叫法 · other English names in use")
    forms: list[Words] = Field(
        default=[], description="正文中的其他中文说法，也链到本词 · other Chinese wordings that link here"
    )
    apart: list[Words] = Field(
        default=[], description="含有本词、却不是本词的词 · words that contain this one and mean something else"
    )
    variants: list[Words] = Field(
        default=[], description="正文中的其他英文形式 · other English wordings that link here"
    )
    meaning: Text
    cite: Cites | None = None


class Terms(Strict):
    terms: list[Term]


class Phrase(Strict):
    code: Key
    zh: Words
    en: Words


class Reasons(Strict):
    """The words for the estimator's codes. ``{name}`` is a parameter of the reason."""

    reasons: list[Phrase]
    faults: list[Phrase]


# --- links -------------------------------------------------------------------------------------------------------------


class LinkNumber(Strict):
    """By which numbers a link names a question and its options. A number is never changed and never used again."""

    number: Count = Field(
        description="问题的编号，永不改变，永不再用 · the question's number, never changed, never used again"
    )
    type: Literal["date", "choice", "boolean", "integer", "history"] = Field(
        description="问题的类型 · the question's type"
    )
    options: dict[OptionValue, Count] | None = Field(
        default=None, description="选项的编号 · the numbers of its options"
    )
    gone: bool = Field(default=False, description="已不再询问 · asked no more")


class Links(Strict):
    questions: dict[Key, LinkNumber] = Field(description="问题的键 → 编号 · the numbers by the question's key")


# --- the change log ----------------------------------------------------------------------------------------------------


class Said(Strict):
    """A sentence of the change log in both languages, as it is shown: nothing is filled in."""

    zh: Words = Field(description="中文 · the Chinese sentence")
    en: Words = Field(description="英文 · the English sentence")


class RecordedChange(Strict):
    """One change of an edition."""

    about: Words = Field(description="涉及哪一部分 · the part of the rules that it concerns, such as indicators:age")
    kind: Literal["rule", "source", "words"] = Field(description="规则、来源或文字 · of a rule, a source or words")
    since: Day | None = Field(
        default=None, description="自何日起；省略为立即 · in force from this day; at once where absent"
    )
    text: Said = Field(description="变化，一句话 · what changed, as a sentence without the day")
    clause: Said | None = Field(default=None, description="依据 · the title of the source and the clause")
    source: Id | None = Field(default=None, description="来源编号 · id of the source")


class RecordedImpact(Strict):
    """What an edition does to a made-up population on one day (see rules/impact.py)."""

    on: Day = Field(description="按哪一天比较 · the day of the comparison")
    people: Positive = Field(description="虚构人数 · how many made-up people were scored")
    gain: Count = Field(description="由不达标变为达标的人数 · how many reach the standard who did not")
    lose: Count = Field(description="由达标变为不达标的人数 · how many no longer reach it")
    differ: Count = Field(description="分数有变化的人数 · how many have another score")


class Record(Strict):
    """An edition of the rules and what it changed; written by ``python -m rules record``, and open to better sentences."""

    id: Annotated[
        str,
        _like(
            r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:-[0-9]{1,2})?$",
            "a day, with a number where it has more than one, like 2026-11-21-2",
        ),
    ] = Field(description="日期，同一天的加序号 · the day, with a number where a day has more than one")
    edition: Day = Field(description="规则的版本日期 · the newest day on which anything in these rules was checked")
    rules: Words = Field(description="规则版本 · the name of the rules, as every estimate shows it")
    note: Said | None = Field(default=None, description="编者的一句话 · a sentence by the editor")
    changes: list[RecordedChange] = Field(default=[], description="变化 · what changed")
    impact: list[RecordedImpact] = Field(
        default=[], description="对虚构人群的影响 · what it does to a made-up population"
    )

    @property
    def order(self) -> int:
        """The place among the editions, by day and number."""
        year, month, day, *number = map(int, self.id.split("-"))
        return ((year * 100 + month) * 100 + day) * 100 + (number[0] if number else 1)
