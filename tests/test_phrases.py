"""Ways of counting, days and figures in words, whole: made-up ones, so that no change of the policy changes what is said here."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

from rules import model as m
from rules.dated import Turning, combined, coming, day_before, in_force, named_day, over_time, standing, turning
from rules.phrases import Phrases, change
from rules.words import MissingFigure, Writer, number, story_scope, turns

LANGUAGES = ("zh", "en")
DAY = "2030-06-15"


def text(zh: str, en: str) -> m.Text:
    """A text in both languages."""
    return m.Text(zh=zh, en=en)


def asked() -> dict[str, Any]:
    """Questions that the ways of counting name."""
    whole = {"group": "all", "type": "integer", "min": 0, "max": 9}
    return {
        "paid": m.IntegerQuestion(key="paid", label=text("税", "Tax"), unit="yuan", **whole),
        "hired": m.IntegerQuestion(key="hired", label=text("人", "People"), unit="people", **whole),
        "share": m.IntegerQuestion(key="share", label=text("份额", "Share"), unit="percent", **whole),
        "level": m.ChoiceQuestion(
            key="level",
            group="all",
            type="choice",
            label=text("等级", "Level"),
            options=[
                m.Option(value="low", label=text("低（{value}）", "Low ({value})")),
                m.Option(value="2", label=text("第 {value} 级", "Level {value}")),
            ],
        ),
        "yes": m.BooleanQuestion(key="yes", group="all", type="boolean", label=text("有", "Yes")),
    }


def policy(**taken: str) -> Any:
    """As much of a policy as phrases need: questions, and the readings that are taken."""
    readings = [SimpleNamespace(id=name, taken=value) for name, value in {"other": "none", **taken}.items()]
    standard = [m.Standard.model_validate({"from": "2030-01-01", "points": 7, "cite": CITE})]
    return SimpleNamespace(questions=asked(), day=DAY, scheme=SimpleNamespace(readings=readings, standard=standard))


CITE = [{"source": "a-notice", "clause": {"zh": "条", "en": "Article"}, "grade": "official", "checked_on": DAY}]


def method(method: str, **parts: Any) -> Any:
    """A way of counting as a rule file gives it."""
    value = {"from": "2030-01-01", "cite": CITE, "points": {"method": method, **parts}}
    return m.IndicatorValue.model_validate(value).points


def enterprise(**parts: Any) -> Any:
    """An enterprise's tax and employment."""
    counted = [{"answer": "paid", "unit": 250_000, "points": 11}, {"answer": "hired", "unit": 3, "points": 13}]
    usual = {"share": "share", "share_scales": "all", "combine": "best", "average_years": 4, "cap": 1234}
    return method("enterprise", **{"parts": counted, **usual, **parts})


def by(reading: str, **options: Any) -> dict[str, Any]:
    """A parameter that hangs on a reading."""
    return {"reading": reading, "options": options}


ROWS: dict[str, tuple[Any, list[tuple[str, str]], list[tuple[str, str]]]] = {
    "ages": (
        method("brackets", answer="yes", brackets=[
            {"max": 9, "points": 5}, {"min": 10, "max": 19, "points": 1100, "step": -2},
            {"min": 20, "max": 29, "points": -6, "step": 3}, {"min": 30, "points": 0},
        ]),
        [("9 周岁及以下", "5 分"), ("10 至 19 周岁", "1,100 分起每大 1 岁减 2 分"),
         ("20 至 29 周岁", "−6 分起每大 1 岁加 3 分"), ("30 周岁及以上", "0 分")],
        [("up to 9", "5"), ("10 to 19", "1,100, 2 less for each further year"),
         ("20 to 29", "−6, 3 more for each further year"), ("from 30", "0")],
    ),
    "options, the third of which is no longer asked": (
        method("choice", answer="level", points={"low": 5, "2": 1000, "gone": 6}),
        [("低（low）", "5 分"), ("第 2 级", "1,000 分"), ("gone", "6 分")],
        [("Low (low)", "5"), ("Level 2", "1,000"), ("gone", "6")],
    ),
    "options of a question that has none": (
        method("choice", answer="yes", points={"low": 5}), [("low", "5 分")], [("low", "5")],
    ),
    "options of no question": (
        method("diploma", answer="nothing", route="level", place="level", points={"low": 5}),
        [("low", "5 分")], [("low", "5")],
    ),
    "a flag": (method("flag", answer="yes", points=9), [("符合条件的", "9 分")], [("where it applies", "9")]),
    "a flag for some months": (
        method("flag", answer="yes", points=9, within={"answer": "day", "months": by("long", some=1500, ever=None)}),
        [("符合条件的", "9 分"), ("能算多久", "1,500 个月")],
        [("where it applies", "9"), ("how long it counts", "1,500 months")],
    ),
    "a flag without end": (
        method("flag", answer="yes", points=9, within={"answer": "day", "months": by("ever", some=1500, ever=None)}),
        [("符合条件的", "9 分"), ("能算多久", "一直有效")],
        [("where it applies", "9"), ("how long it counts", "without end")],
    ),
    "full years": (method("full_years", answer="yes", per_year=3), [("每满 1 年", "3 分")], [("each full year", "3")]),
    "full years from a threshold on": (
        method("full_years", answer="yes", per_year=3, from_years=1200, counts=by("count", part="after"), cap=1300),
        [("每满 1 年", "3 分"), ("起算年限", "1,200 年"), ("计入的年数", "只计起算年限之后"), ("上限", "1,300 分")],
        [("each full year", "3"), ("counted from", "1,200 years"),
         ("years that count", "only those after that"), ("at most", "1,300")],
    ),
    "full years, all of them from a threshold on": (
        method("full_years", answer="yes", per_year=3, from_years=4),
        [("每满 1 年", "3 分"), ("起算年限", "4 年"), ("计入的年数", "全部")],
        [("each full year", "3"), ("counted from", "4 years"), ("years that count", "all")],
    ),
    "cases": (
        method("per_case", answer="yes", points=-1000, window_years=2000),
        [("每次", "−1,000 分"), ("看最近", "2,000 年")],
        [("each case", "−1,000"), ("looked back", "2,000 years")],
    ),
    "an enterprise": (
        enterprise(),
        [("纳税", "每满 250,000 元得 11 分"), ("带动就业", "每满 3 人得 13 分"), ("按份额折算的", "全部"),
         ("两项合计", "取较高的一项"), ("取平均的年数", "4 年"), ("上限", "1,234 分")],
        [("tax", "11 for each full 250,000 yuan"), ("employment", "13 for each full 3 people"),
         ("scaled by the share", "all"), ("taken together", "the better one"), ("years averaged", "4"),
         ("at most", "1,234")],
    ),
    "an enterprise by readings, of what has another unit or no question": (
        enterprise(
            parts=[{"answer": "share", "unit": 5, "points": 2000}, {"answer": "nothing", "unit": 6, "points": 8}],
            share_scales=by("scales", tax="first"), combine=by("adds", both="sum"), average_years=5000,
        ),
        [("share", "每满 5 得 2,000 分"), ("nothing", "每满 6 得 8 分"), ("按份额折算的", "只有纳税"),
         ("两项合计", "相加"), ("取平均的年数", "5,000 年"), ("上限", "1,234 分")],
        [("share", "2,000 for each full 5"), ("nothing", "8 for each full 6"), ("scaled by the share", "tax alone"),
         ("taken together", "the sum"), ("years averaged", "5,000"), ("at most", "1,234")],
    ),
    "tiers": (
        method("base_tiers", answer="level", history="past", tiers=[
            {"value": "low", "multiple": "0.7", "points": 1000, "months": 2000, "window_months": 3000},
        ]),
        [("0.7 倍", "3,000 个月内满 2,000 个月得 1,000 分")],
        [("0.7 ×", "1,000 for 2,000 of 3,000 months")],
    ),
    "a veto": (method("veto", answer="yes"), [("效力", "一票否决")], [("effect", "veto")]),
    "a note": (
        method("veto", in_force=by("force", off=False)), [("效力", "仅作提示")], [("effect", "a note only")],
    ),
    "an abolition": (method("abolished"), [("", "取消")], [("", "abolished")]),
}  # fmt: skip
TAKEN = {"long": "some", "ever": "ever", "count": "part", "scales": "tax", "adds": "both", "force": "off"}


@pytest.mark.parametrize("name", ROWS)
def test_a_way_of_counting_is_told_row_by_row(name: str) -> None:
    points, zh, en = ROWS[name]
    assert Phrases(policy(**TAKEN), "zh").rows(points) == zh
    assert Phrases(policy(**TAKEN), "en").rows(points) == en


def test_a_new_way_of_counting_is_the_tail_of_a_sentence() -> None:
    plain, capped = (
        method("full_years", answer="yes", per_year=1000, **more) for more in ({}, {"from_years": 2000, "cap": 3000})
    )
    said = {
        lang: [Phrases(policy(**TAKEN), lang).summary(points) for points in (plain, capped, ROWS["tiers"][0], ROWS["a flag for some months"][0], ROWS["an abolition"][0])]
        for lang in LANGUAGES
    }  # fmt: skip
    assert said == {
        "zh": [
            "每满 1 年加 1,000 分",
            "每满 1 年加 1,000 分，满 2,000 年起计，最高 3,000 分",
            "0.7 倍 3,000 个月内满 2,000 个月得 1,000 分",
            "符合条件的 9 分，能算多久 1,500 个月",
            " 取消",
        ],
        "en": [
            "1,000 points for each full year",
            "1,000 points for each full year, once 2,000 years are full, up to 3,000",
            "0.7 × 1,000 for 2,000 of 3,000 months",
            "where it applies 9, how long it counts 1,500 months",
            "abolished",
        ],
    }


def brackets(*rows: tuple[int | None, int | None, int]) -> Any:
    """Ages as (from, to, points)."""
    return method(
        "brackets",
        answer="yes",
        brackets=[{"min": low, "max": high, "points": points} for low, high, points in rows],
    )


CHANGES: dict[str, tuple[Any, Any, str, str]] = {
    "brackets in their places": (
        brackets((None, 9, 5), (10, 19, 6), (20, None, 7)), brackets((None, 9, 5), (10, 18, 6), (20, None, 8)),
        "10 至 19 周岁 6 分 → 10 至 18 周岁 6 分；20 周岁及以上：7 分 → 8 分",
        "10 to 19: 6 → 10 to 18: 6; from 20: 7 → 8",
    ),
    "a bracket more": (
        brackets((None, 9, 5), (10, None, 6)), brackets((None, 9, 5), (10, 19, 6), (20, None, 7)),
        "10 周岁及以上：6 分 → 无；10 至 19 周岁：无 → 6 分；20 周岁及以上：无 → 7 分",
        "from 10: 6 → none; 10 to 19: none → 6; from 20: none → 7",
    ),
    "options": (
        method("choice", answer="level", points={"low": 5, "2": 6}), method("choice", answer="level", points={"2": 8, "gone": 9}),
        "低（low）：5 分 → 无；第 2 级：6 分 → 8 分；gone：无 → 9 分",
        "Low (low): 5 → none; Level 2: 6 → 8; gone: none → 9",
    ),
    "the way itself": (
        method("full_years", answer="yes", per_year=3, cap=30), ROWS["a flag for some months"][0],
        "每满 1 年3 分，上限30 分 → 符合条件的9 分，能算多久1,500 个月",
        "each full year 3, at most 30 → where it applies 9, how long it counts 1,500 months",
    ),
    "abolished": (ROWS["a flag"][0], method("abolished"), "符合条件的9 分 → 取消", "where it applies 9 → abolished"),
    "nothing": (enterprise(), enterprise(share_scales=by("whole", all="all")), "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_two_ways_of_counting_are_told_by_what_differs(name: str) -> None:
    before, after, zh, en = CHANGES[name]
    known = policy(whole="all", **TAKEN)
    assert (change(before, after, known, "zh"), change(before, after, known, "en")) == (zh, en)


# --- figures that are about to change ------------------------------------------------------------------------------------


def test_a_figure_that_is_about_to_change_brings_its_days() -> None:
    found = turning([("2030-01-01", 1000), ("2030-02-01", 1000), ("2030-07-01", 2000), ("2031-01-15", None)])
    assert found == Turning(1000, (("2030-07-01", 2000), ("2031-01-15", None)))
    assert number(found, "zh") == "1,000（自 2030 年 7 月 1 日起 2,000，自 2031 年 1 月 15 日起取消）"
    assert number(found, "en") == "1,000 (2,000 from 1 July 2030, abolished from 15 January 2031)"
    # A caller may write figures in its own way.
    assert turns(found, "zh", lambda it: f"<{it}>") == "（自 2030 年 7 月 1 日起 <2000>，自 2031 年 1 月 15 日起取消）"
    assert turns(found, "en", lambda it: f"<{it}>") == " (<2000> from 1 July 2030, abolished from 15 January 2031)"
    assert [found.at(day) for day in ("2029-12-31", "2030-06-30", "2030-07-01", "2031-01-14", "2031-01-15")] == [
        1000,
        1000,
        2000,
        2000,
        None,
    ]


def test_days_before_and_the_day_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [day_before(day) for day in ("2031-01-01", "2032-03-01", "2031-03-01")] == [
        "2030-12-31",
        "2032-02-29",
        "2031-02-28",
    ]
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert named_day() is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert named_day() is None
    # In UTC, whatever the clock on the wall says.
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    for seconds, day in (
        (0, "1970-01-01"),
        (86_399, "1970-01-01"),
        (86_400, "1970-01-02"),
        (1_893_456_000, "2030-01-01"),
    ):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
        assert named_day() == day
    monkeypatch.delenv("TZ")
    time.tzset()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "-1")
    with pytest.raises(ValueError) as refused:
        named_day()
    assert str(refused.value) == (
        "SOURCE_DATE_EPOCH: '-1': must be a number of seconds since 1970, such as the output of date +%s"
    )


def test_what_a_day_knows_of_dated_values() -> None:
    past, now, later = (SimpleNamespace(from_=f"2030-0{month}-01", points=month * 1000) for month in (1, 2, 3))
    values: Any = [past, now, later]
    assert [in_force(values, day) for day in ("2029-12-31", "2030-01-01", "2030-02-28", "2030-03-01")] == [None, past, now, later]  # fmt: skip
    assert [coming(values, day) for day in ("2029-12-31", "2030-02-01", "2030-03-01")] == [values, [later], []]
    assert [standing(values, day) for day in ("2029-12-31", "2030-02-01", "2030-03-01")] == [values, [now, later], [later]]  # fmt: skip


def test_figures_turn_one_by_one_and_sums_with_them() -> None:
    first, second, third = (SimpleNamespace(from_=f"2030-0{month}-01") for month in (1, 2, 3))
    figures = {id(first): {"cap": 9, "gone": 1}, id(second): {"cap": 9, "new": 5}, id(third): {"cap": 8, "new": 5}}
    found = over_time([first, second, third], lambda value: figures[id(value)])
    assert found == {
        "cap": Turning(9, (("2030-03-01", 8),)),
        "gone": Turning(1, (("2030-02-01", None),)),
        "new": Turning(None, (("2030-02-01", 5),)),
    }
    assert combined([found["cap"], 100], sum) == Turning(109, (("2030-03-01", 108),))
    assert combined([found["cap"], found["new"]], sum) == Turning(None, (("2030-02-01", 14), ("2030-03-01", 13)))
    # One that turns back, and two that turn on one day against each other.
    back = turning([("", 1), ("2030-02-01", 2), ("2030-03-01", 1)])
    assert back == Turning(1, (("2030-02-01", 2), ("2030-03-01", 1)))
    against = Turning(2, (("2030-02-01", 1), ("2030-03-01", 2)))
    assert combined([back, against], sum) == 3
    assert combined([back, 7], sum) == Turning(8, (("2030-02-01", 9), ("2030-03-01", 8)))
    assert combined([1, None], sum) is None
    assert turning([("2030-01-01", 4)]) == 4


# --- the figures that texts may name ---------------------------------------------------------------------------------------


def test_texts_may_name_the_figures_of_a_way_of_counting() -> None:
    writer = Writer(policy(**TAKEN), "en")
    scopes = {name: writer.points_scope(points) for name, (points, _zh, _en) in ROWS.items()}
    tier = {"multiple": "0.7", "points": 1000, "months": 2000, "window_months": 3000}
    assert scopes["ages"] == {
        "max": 1100, "top_max": 19, "slope": 3, "slope_from": 20, "slope_to": 29, "slope_points": -6,
        "low_points": 5, "low_from": None, "low_to": 9,
    }  # fmt: skip
    assert scopes["a flag for some months"] == {"points": 9, "some": 1500}
    assert scopes["full years"] == {"per_year": 3, "year_months": 12}
    assert scopes["full years from a threshold on"] == {
        "per_year": 3, "from_years": 1200, "cap": 1300, "year_months": 12, "years_before": 1199, "first_points": 3600,
    }  # fmt: skip
    assert scopes["cases"] == {"points": -1000, "window_years": 2000, "minus": 1000}
    assert scopes["an enterprise"] == {
        "average_years": 4, "cap": 1234, "paid_unit": 250_000, "paid_points": 11, "hired_unit": 3, "hired_points": 13,
    }  # fmt: skip
    assert scopes["tiers"] == {f"{end}_{name}": value for end in ("lowest", "highest") for name, value in tier.items()}
    assert scopes["options, the third of which is no longer asked"] == scopes["a veto"] == scopes["an abolition"] == {}


def test_texts_may_name_the_figures_of_a_story_and_of_a_wage_year() -> None:
    history = [{"from": "2029-01", "base": 7}, {"from": "2030-01", "base": 8}]
    answers = {
        "yes": True,
        "past": history,
        "birth_date": "1990-06-16",
        "paid_months": 35,
        "level": "low",
        "some_months": "x",
    }
    found = story_scope(answers, "2030-06-15")
    assert found == {
        "on": "2030-06-15", "from_1": "2029-01", "base_1": 7, "from_2": "2030-01", "base_2": 8,
        "birth_date": "1990-06-16", "age": 39, "paid_months": 35, "paid_years": 2, "level": "low", "some_months": "x",
    }  # fmt: skip
    assert story_scope({"birth_date": "1990-06-15"}, "2030-06-15")["age"] == 40
    figures = {"average": {"yuan": 1001, "cite": CITE}, "ceiling": {"times_average": "2.5", "cite": CITE}}
    year = m.WageYear.model_validate({"from": "2029-07", "to": "2030-06", **figures})
    writer = Writer(policy(), "zh")
    assert writer.wage_scope(year) == {"average": 1001, "ceiling": 2502}
    floor = m.Figure.model_validate({"times_average": "3", "cite": CITE})
    assert writer.wage_scope(year.model_copy(update={"floor": floor})) == {
        "average": 1001,
        "floor": 3003,
        "ceiling": 2502,
    }


def test_figures_are_filled_by_name_and_by_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Writer, "facts", {})
    zh, en = (Writer(policy(), lang) for lang in LANGUAGES)
    turns_ = turning([("2030-01-01", 3), ("2030-07-01", 4)])
    scope = {"a": 1000, "day": "2030-06-15", "turns": turns_, "sum": "= a + turns - standard", "word": "low"}
    said = text("{a} 分，{day} 起，{turns} 分，{word} 级。", "{a} points, {day} on, {turns} points, {word} level.")
    assert zh(said, scope) == "1,000 分，2030 年 6 月 15 日起，3（自 2030 年 7 月 1 日起 4）分，low 级。"
    assert en(said, scope) == "1,000 points, 15 June 2030 on, 3 (4 from 1 July 2030) points, low level."
    assert zh.figure("sum", scope) == Turning(996, (("2030-07-01", 997),))
    assert zh.sum("= standard - a", scope) == -993
    for wrong, why in (
        ("= a b", "'= a b': must be figures with + or - between them, like “= standard - age.max”"),
        ("= a * standard", "'= a * standard': must be figures with + or - between them, like “= standard - age.max”"),
        ("= a +- standard", "'= a +- standard': must be figures with + or - between them, like “= standard - age.max”"),
        ("= a +", "'= a +': must be figures with + or - between them, like “= standard - age.max”"),
        ("= a + word", "word in '= a + word': 'low' is no whole number"),
    ):
        with pytest.raises(MissingFigure) as refused:
            zh.sum(wrong, scope)
        assert refused.value.args == (why,)
