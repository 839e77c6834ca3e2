"""The form of the rulebook that the site publishes for other programs, as a JSON Schema.

The estimator reads the same text (``rules.bundle.rulebook``). Where its form changes so that an older reader would go wrong,
``rules.bundle.FORMAT`` grows, and with it the address.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import ConfigDict, Field

from . import model as m
from .bundle import FORMAT
from .model import Count, Day, Id, Key, Month, Multiple, OptionValue, Positive, Strict


class Test(Strict):
    """A test of one answer; of a date, completed years on the day of the estimate are compared."""

    answer: Key = Field(description="问题的键 · key of the answer")
    is_: bool | None = Field(default=None, alias="is", description="应为是或否 · must be yes or no")
    in_: list[OptionValue] | None = Field(default=None, alias="in", description="应为其一 · must be one of these")
    at_least: int | None = Field(default=None, description="至少 · at least")
    at_most: int | None = Field(default=None, description="至多 · at most")


class Dated(Strict):
    """Something that holds from a day on, until the next entry begins."""

    from_: Day = Field(alias="from", description="自何日起 · from this day on")
    sources: list[Id] = Field(description="来源编号 · ids of the sources")


class Points(Dated):
    points: Positive = Field(description="标准分值 · the standard score")


class Tier(Strict):
    value: OptionValue = Field(description="选项 · the option")
    tenths: Positive = Field(description="社会平均工资的倍数，以十分之一计 · a multiple of the average wage, in tenths")
    points: Positive = Field(description="分值 · the points")
    months: Positive = Field(description="要满几个月 · months needed")
    window_months: Positive = Field(description="看最近几个月 · months looked back")


class BaseTiers(Strict):
    """The best tier for which enough months within a window were paid at the multiple or above."""

    method: Literal["base_tiers"] = Field(description="按缴费基数的档次计分 · by tiers of the contribution base")
    answer: Key = Field(description="问题的键 · key of the answer")
    history: Key = Field(description="缴费记录的键 · key of the contribution history")
    tiers: list[Tier] = Field(description="各档 · the tiers")


Method = Annotated[
    m.Brackets
    | m.Choice
    | m.Diploma
    | m.Flag
    | m.FullYears
    | m.PerCase
    | m.Enterprise
    | BaseTiers
    | m.Veto
    | m.Abolished,
    Field(discriminator="method"),
]


class Value(Dated):
    points: Method = Field(description="怎么计分 · how the points are counted")


class Condition(Strict):
    """What must hold for the points; without ``requires`` no answer can tell."""

    id: Id = Field(description="编号 · its id")
    requires: Test | None = Field(description="由哪个答案判断 · the test")
    applies_to: list[OptionValue] | None = Field(description="只对这些选项 · only of these options")
    from_: Day | None = Field(alias="from", description="自何日起 · from this day")
    to: Day | None = Field(description="到何日为止 · up to this day")
    sources: list[Id] = Field(description="来源编号 · ids of the sources")


class Indicator(Strict):
    id: Id = Field(description="指标的编号 · its id")
    kind: Literal["base", "bonus", "deduction", "veto"] = Field(description="类别 · the kind")
    readings: list[Id] = Field(description="涉及的读法 · the readings that it hangs on")
    values: list[Value] = Field(description="各条规定 · dated values")
    conditions: list[Condition] = Field(description="条件 · conditions")


class Requirement(Dated):
    requires: Test | None = Field(description="由哪个答案判断 · the test; null where no answer can tell")
    standard: bool = Field(description="即达到标准分值 · that the total reaches the standard")


class Eligibility(Strict):
    id: Id = Field(description="申请条件的编号 · its id")
    values: list[Requirement] = Field(description="各条规定 · dated values")


class Education(Strict):
    id: Id = Field(description="学历类型的编号 · its id")
    outcome: Literal["accepted", "with_evidence", "refused"] = Field(description="结论 · the outcome")
    routes: list[OptionValue] = Field(description="学习形式 · how it was earned")
    places: list[OptionValue] | None = Field(description="学习地点 · places; null where none is asked")
    conditions: list[Condition] = Field(description="条件 · conditions")
    sources: list[Id] = Field(description="来源编号 · ids of the sources")


class Claim(Strict):
    indicator: Id = Field(description="指标 · the indicator")
    options: list[OptionValue] = Field(description="只对这些选项；空即全部 · only of these options; empty: all")
    when: list[Test] = Field(description="另须 · and where these hold")


class Material(Strict):
    id: Id = Field(description="材料的编号 · its id")
    for_: list[Claim] = Field(alias="for", description="为哪些指标；空即基本材料 · what needs it; empty: always")


class Action(Strict):
    id: Id = Field(description="办法的编号 · its id")
    key: Key = Field(description="改变哪个答案 · the answer that changes")
    to: bool | OptionValue = Field(description="改成什么 · what it becomes")
    when: Test | None = Field(description="何时可行 · where it is offered")
    also: dict[Key, bool | OptionValue] = Field(description="同时改变的答案 · answers that change with it")
    months: Positive | None = Field(description="假设所需月数 · assumed months; null: the rule says")
    cost: Positive = Field(description="相对难度（假设） · assumed effort")


class WageYear(Strict):
    from_: Month = Field(alias="from", description="起始月份 · first month")
    to: Month = Field(description="结束月份 · last month")
    average: Positive = Field(
        description="上年度社会平均工资，元／月 · the average wage of the year before, yuan a month"
    )


class Derived(Strict):
    history: Key = Field(description="缴费记录的键 · key of the history")
    window_months: Positive = Field(description="看最近几个月 · months looked back")
    multiple: Multiple | None = Field(default=None, description="倍数 · the multiple of the average wage")
    at_least: Positive | None = Field(default=None, description="至少几个月 · at least so many months")


class Question(Strict):
    """What an answer may be; which keys are there depends on the type."""

    key: Key = Field(description="答案的键 · key of the answer")
    type: Literal["date", "choice", "boolean", "integer", "history"] = Field(description="类型 · the type")
    group: Id = Field(description="问题组 · the group")
    short: bool = Field(default=False, description="属于简表 · part of the short way")
    options: list[OptionValue] | None = Field(default=None, description="选项 · the options")
    min: int | None = Field(default=None, description="最小值 · the least")
    max: int | None = Field(default=None, description="最大值 · the most")
    unit: Literal["months", "yuan", "percent", "people", "times"] | None = Field(
        default=None, description="单位 · the unit"
    )
    earliest: Day | Month | None = Field(default=None, description="最早的日期或月份 · the earliest day or month")
    max_yuan: Positive | None = Field(default=None, description="每月基数的最大值 · the largest monthly base")
    max_stretches: Positive | None = Field(default=None, description="最多几段 · at most so many stretches")
    grows: Literal["always", "when_positive"] | None = Field(
        default=None, description="推算时每月加一 · grows by one each month in a projection"
    )
    neutral: bool | int | str | None = Field(default=None, description="“没有”的答案 · the answer that claims nothing")
    asked_when: Test | None = Field(default=None, description="只在此条件下询问 · asked only where this holds")
    derived: Derived | None = Field(default=None, description="由缴费记录推出 · follows from the history")


class Reading(Strict):
    taken: OptionValue = Field(description="采用的读法 · the reading taken")
    options: list[OptionValue] = Field(description="各种读法 · the readings")


class Rulebook(Strict):
    """The rules of the Shanghai residence permit points, for programs. Words stand in words.zh.json and words.en.json."""

    model_config = ConfigDict(title="Shanghai residence permit points: rulebook")

    format: Literal[1] = Field(description="格式版本，与网址中的一致 · the version of this form, as in the address")
    name: str = Field(description="规则版本 · the name of these rules: edition and hash")
    edition: Day = Field(description="最近一次核对 · the newest day on which anything was checked")
    hash: str = Field(
        description="除 hash、name 外全文的 SHA-256 · SHA-256 of the canonical text without hash and name"
    )
    standard: list[Points] = Field(description="标准分值 · the standard score")
    best_of: list[list[Id]] = Field(
        description="只计较高一项的指标组 · of these only the best counts; at a tie the first"
    )
    readings: dict[Id, Reading] = Field(description="没有定论之处采用的读法 · the readings taken where sources differ")
    questions: list[Question] = Field(description="问题 · the questions")
    indicators: list[Indicator] = Field(description="指标 · the indicators")
    eligibility: list[Eligibility] = Field(description="申请条件 · the conditions of applying")
    education: list[Education] = Field(description="学历类型 · types of diploma")
    materials: list[Material] = Field(description="材料 · what to bring")
    lead_months: Count = Field(description="办理需要几个月 · months that an application takes")
    actions: list[Action] = Field(description="可以采取的办法（假设） · what a person can do; assumptions")
    wages: list[WageYear] = Field(description="社会平均工资 · average wages")


def schema() -> dict[str, Any]:
    """The JSON Schema of the published rulebook."""
    assert get_args(Rulebook.model_fields["format"].annotation) == (FORMAT,)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Rulebook.model_json_schema(by_alias=True)}
