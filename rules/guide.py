"""What the guide's own rule files may say: procedures, materials, benefits, questions people ask, districts, examples.

As strict as ``rules.model``. A figure stands once: a text names a figure of its own entry as ``{name}``, and one of another
fact as ``{fact.name}``, for instance ``{education.junior_college}`` or ``{six-of-twelve.at_least}``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from .model import Cite, Cites, Day, Holds, Id, Key, Month, OptionValue, Positive, Strict, Text, Words, _like


def _figure(value: int | str) -> int | str:
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("figure", "must be a whole number, a day, a month, or a sum that begins with “= ”")
    return value


Figures = Annotated[
    dict[Key, Annotated[int | str, AfterValidator(_figure)]],
    Field(
        description="本条的数字：整数、日期，或以“= ”开头的算式（= standard - age.max） · "
        "the figures of this entry: a whole number, a day, or a sum of other figures that begins with “= ”"
    ),
]
#: A page of the guide, and a place on it: "process", "process#hand-in".
Place = Annotated[
    str, _like(r"^[a-z][a-z0-9_/-]*(?:#[a-z][a-z0-9_-]*)?$", "a page and a place on it, like process#hand-in")
]


class Statement(Strict):
    """A sentence or two with its figures; cited by itself, or by the entry around it."""

    text: Text
    figures: Figures = Field(default={})
    cite: list[Cite] = Field(
        default=[], description="依据；省略时用外层的依据 · citations; those around it where absent"
    )


class NamedStatement(Statement):
    id: Id


# --- procedures --------------------------------------------------------------------------------------------------------


class Lasts(Strict):
    """How long a step takes or must wait, in working days."""

    kind: Literal["at_least", "about", "not_before"] = Field(
        description="至少、约、最早在几个工作日之后 · at least, about, or not before so many working days"
    )
    working_days: Positive


class Step(Strict):
    id: Id
    who: list[Literal["holder", "employer", "centre"]] = Field(min_length=1, description="由谁办 · who acts")
    name: Text = Field(description="步骤名，用于标题和示意图 · a short name, for headings and the picture")
    text: list[Statement] = Field(min_length=1)
    where: Text | None = Field(default=None, description="在哪里办 · where")
    needs: list[Statement] = Field(default=[], description="需要什么 · what is needed")
    lasts: Lasts | None = None
    wrong: list[Statement] = Field(default=[], description="容易出错之处 · what goes wrong")
    figures: Figures = Field(default={})
    cite: Cites


class Phase(Strict):
    """Some steps in a row, for the picture."""

    id: Id
    name: Text
    steps: list[Id] = Field(min_length=1)


class Total(Strict):
    """The time between two steps: the sum of what the steps between them take."""

    from_: Id = Field(alias="from")
    to: Id
    text: Text = Field(description="{working_days} 由各步骤相加 · {working_days} is the sum over the steps")
    figures: Figures = Field(default={})
    cite: Cites


class Window(Strict):
    """A span of days after an event, after which another way must be taken."""

    id: Id
    name: Text
    after: Text = Field(description="从什么时候起算 · what it is counted from")
    days: Positive
    then: Text = Field(description="过期怎么办 · what to do once it is over")
    cite: Cites


class Process(Strict):
    id: Id
    order: Positive
    name: Text
    summary: Text
    phases: list[Phase] = Field(default=[])
    steps: list[Step] = Field(min_length=1)
    total: Total | None = None
    window: Window | None = None
    notes: list[NamedStatement] = Field(default=[])


# --- materials ---------------------------------------------------------------------------------------------------------


class Claim(Strict):
    """An indicator (or some options of it) for which a material is needed, and further answers that call for it."""

    indicator: Id
    options: list[OptionValue] | None = Field(
        default=None, min_length=1, description="只对这些选项 · only for these options"
    )
    when: list[Holds] = Field(default=[], description="还须满足的答案 · answers that must hold besides")


class Material(Strict):
    id: Id
    name: Text
    provider: Literal["holder", "employer", "spouse"] = Field(description="由谁提供 · who provides it")
    form: Literal["copy", "original"] = Field(
        description="copy：复印件，原件到窗口核验；original：交这一份本身 · a copy with the original at hand, or the paper itself"
    )
    where: Text | None = Field(default=None, description="到哪里取得 · where to get it")
    only: Text | None = Field(default=None, description="只在何种情况下需要 · needed only in this case")
    details: list[Statement] = Field(default=[])
    for_: list[Claim] = Field(
        default=[],
        alias="for",
        description="为哪些指标；省略即基本材料 · the indicators that need it; a basic material where absent",
    )
    figures: Figures = Field(default={})
    cite: Cites


class Materials(Strict):
    intro: list[NamedStatement] = Field(min_length=1)
    none_for: list[NamedStatement] = Field(default=[], description="不需要本人提供的 · what the holder need not bring")
    materials: list[Material] = Field(min_length=1)


# --- benefits, questions, districts --------------------------------------------------------------------------------------


class Benefit(Strict):
    id: Id
    name: Text
    text: list[Statement] = Field(min_length=1)
    figures: Figures = Field(default={})
    cite: Cites


class Benefits(Strict):
    intro: list[NamedStatement] = Field(min_length=1)
    benefits: list[Benefit] = Field(min_length=1)


class Faq(Strict):
    id: Id
    question: Text
    answer: list[Statement] = Field(min_length=1)
    see: list[Place] = Field(default=[], description="相关页面 · pages to read on")
    origin: Id | None = Field(default=None, description="问题出自哪个来源 · the source that asks this question")


class Faqs(Strict):
    questions: list[Faq] = Field(min_length=1)


class District(Strict):
    id: Id
    zh: Words
    en: Words
    pinyin: Words
    note: Text | None = None
    see: list[Place] = Field(default=[])
    cite: list[Cite] = Field(default=[])


class Contact(Strict):
    source: Id
    name: Text
    use: Text = Field(description="可以问什么、办什么 · what it is good for")
    phones: list[Words] = Field(default=[])


class Districts(Strict):
    intro: list[NamedStatement] = Field(min_length=1)
    districts: list[District] = Field(min_length=1)
    contacts: list[Contact] = Field(min_length=1)


# --- examples ----------------------------------------------------------------------------------------------------------

Answers = dict[Key, bool | int | str | list[dict[str, str | int]]]


class Life(Strict):
    """A person with answers. The build computes the result; ``{age}`` and every answer are figures of the texts."""

    id: Id
    name: Text
    story: Text
    lesson: Text = Field(description="这个例子说明什么 · what the example shows")
    answers: Answers = Field(description="与 shared 不同的答案 · the answers that differ from the shared ones")
    later: Day | None = Field(default=None, description="再按这一天算一次 · scored once more for this day")
    other_reading: Id | None = Field(
        default=None, description="再按另一种读法算一次 · scored once more under the other reading"
    )
    unknown: list[Key] = Field(default=[], description="不知道的答案 · shared answers that this person does not know")
    see: list[Place] = Field(default=[])


class Mix(Strict):
    """Answers that make one of the published combinations."""

    id: Id
    answers: Answers


class Mixes(Strict):
    intro: NamedStatement
    mixes: list[Mix] = Field(min_length=1)


class Months(Strict):
    """Two lines of months for the picture of the rule on recent insurance, counted back from the month of application."""

    apply_in: Month
    enough: Text
    short: Text


class Examples(Strict):
    on: Day = Field(description="按哪一天计算 · the day of all these estimates")
    shared: Answers = Field(description="没有另外说明时的答案 · the answers where an example says nothing else")
    lives: list[Life] = Field(min_length=1)
    combinations: Mixes
    months: Months


# --- what others say ---------------------------------------------------------------------------------------------------


class Peer(Strict):
    """A public calculator, by what it is and not by its name."""

    id: Id
    tag: Words = Field(description="表中的代号 · how tables call it")
    name: Text


class Topic(Strict):
    id: Id
    name: Text


class Applicant(Strict):
    """What was put into a calculator, and what it said. ``{age}`` and every answer are figures of the text."""

    text: Text = Field(description="填了什么 · what was put in")
    answers: Answers = Field(description="与共同答案不同的答案 · the answers that differ from the shared ones")
    unknown: list[Key] = Field(default=[], description="不知道的答案 · shared answers that are left open")
    said: int | Text = Field(description="它说什么 · what it said")


class Comparison(Strict):
    """Some applicants of whom a calculator says something else than these rules. Our side is computed by the build."""

    id: Id
    topic: Id
    peers: list[Id] = Field(min_length=1)
    shows: list[Id | Literal["total", "reaches", "eligible"]] = Field(
        min_length=1,
        description="本站这一边显示什么：指标（几项则相加）、总分、是否达标、能否申请 · what our side shows: indicators (added up), the total, the standard, eligibility",
    )
    people: list[Applicant] = Field(min_length=1)
    why: Statement = Field(description="为什么 · why")


class SecondOpinion(Strict):
    on: Day = Field(description="按哪一天计算 · the day of all these estimates")
    checked_on: Day = Field(description="何时读过、试过这些计算器 · when the calculators were read and tried")
    intro: Text
    shared: Answers = Field(
        description="examples.yaml 的共同答案之外的共同答案 · shared answers besides those of examples.yaml"
    )
    peers: list[Peer] = Field(min_length=1)
    topics: list[Topic] = Field(min_length=1)
    comparisons: list[Comparison] = Field(min_length=1)


def steps_between(process: Process, first: str, last: str) -> list[Step]:
    """The steps after ``first`` up to and including ``last``."""
    names = [step.id for step in process.steps]
    return process.steps[names.index(first) + 1 : names.index(last) + 1]


def working_days(process: Process, total: Total) -> int:
    """The sum of what the steps of a total take, in working days; waits that run beside them are left out."""
    steps = steps_between(process, total.from_, total.to)
    return sum(step.lasts.working_days for step in steps if step.lasts and step.lasts.kind != "not_before")
