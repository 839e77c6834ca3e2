"""Fill the figures into the policy's texts, in one language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from . import guide as g
from . import model as m
from .dated import Turning, combined, over_time, standing
from .facts import Fact, facts
from .load import Loc

if TYPE_CHECKING:
    from .checks import Policy

Scope = dict[str, Any]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: A placeholder and the space behind it.
_FIGURE = re.compile(r"\{([^{}]*)\}( ?)")


#: What a full year is counted from.
MONTHS_A_YEAR = 12


class MissingFigure(KeyError):
    """A text asks for a figure that its entry does not have."""


class Writer:
    """Writes texts of ``policy`` in ``lang``. ``writer(text, scope)`` fills ``{name}`` from the scope or the global figures."""

    def __init__(self, policy: Policy, lang: str):
        self.policy = policy
        self.lang = lang
        self.globals: Scope = {"standard": over_time(self.standing(policy.scheme.standard), self.figures)["points"]}

    def __call__(self, text: m.Text, scope: Scope | None = None) -> str:
        """The text in this language with its figures. Raises ``MissingFigure``."""

        def written(match: re.Match[str]) -> str:
            value = self.figure(match[1], scope)
            return number(value, self.lang) + self.gap(value, match[2])

        return _FIGURE.sub(written, getattr(text, self.lang))

    def gap(self, value: Any, space: str) -> str:
        """The space behind a figure: Chinese has none behind a bracket, or behind a day, which ends with a character."""
        ends = isinstance(value, Turning) or "\u3400" <= number(value, self.lang)[-1:] <= "\u9fff"
        return "" if self.lang == "zh" and ends else space

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Every fact of the policy by its id."""
        return facts(self)

    def figure(self, name: str, scope: Scope | None = None) -> Any:
        """The figure ``name`` of the entry's own scope, a global one, or ``fact.figure``. Raises ``MissingFigure``."""
        known = {**self.globals, **(scope or {})}
        if name in known:
            value = known[name]
        else:
            owner, _, part = name.rpartition(".")
            figures = self.facts[owner].figures if owner in self.facts else {}
            if part not in figures:
                indicator = self.policy.indicators.get(owner)
                if indicator and all(isinstance(v.points, m.Abolished) for v in self.standing(indicator.values)):
                    raise MissingFigure(f"{{{name}}}: {owner} is abolished; say it without this figure")
                everything = [*known, *(f"{fact.id}.{key}" for fact in self.facts.values() for key in fact.figures)]
                near = difflib.get_close_matches(name, everything, n=1, cutoff=0.6)
                hint = f"did you mean {{{near[0]}}}?" if near else f"known here: {', '.join(sorted(known))}"
                raise MissingFigure(f"{{{name}}}: no such figure; {hint}")
            value = figures[part]
        return self.sum(value, scope) if isinstance(value, str) and value.startswith("=") else value

    def sum(self, formula: str, scope: Scope | None = None) -> Any:
        """What ``= a + b - c`` comes to; every name is a figure. Raises ``MissingFigure``."""
        words = ["+", *formula.removeprefix("=").split()]
        if len(words) % 2 or any(word not in ("+", "-") for word in words[::2]):
            raise MissingFigure(f"{formula!r}: must be figures with + or - between them, like “= standard - age.max”")
        signs = [1 if sign == "+" else -1 for sign in words[::2]]
        parts = []
        for name in words[1::2]:
            value = self.figure(name, scope)
            over = [value.now, *(later for _since, later in value.later)] if isinstance(value, Turning) else [value]
            if any(isinstance(one, bool) or not isinstance(one, int | None) for one in over):
                raise MissingFigure(f"{name} in {formula!r}: {value!r} is no whole number")
            parts.append(value)
        return combined(parts, lambda now: sum(sign * value for sign, value in zip(signs, now, strict=True)))

    def named(self, text: m.Text) -> list[Fact]:
        """The facts whose figures a text names, ``{standard}`` among them."""
        found = {}
        for name in _PLACEHOLDER.findall(text.zh):
            owner = name if name in self.facts else name.rpartition(".")[0]
            if owner in self.facts:
                found[owner] = self.facts[owner]
        return list(found.values())

    def settled(self, value: Any) -> Any:
        """A parameter under the reading that is taken."""
        if isinstance(value, m.ByReading):
            taken = next(r.taken for r in self.policy.scheme.readings if r.id == value.reading)
            return value.options[taken]
        return value

    def figures(self, part: BaseModel) -> Scope:
        """The plain figures of a part, readings settled: numbers, multiples, days and months, but no method and no key."""
        found = {}
        for name in type(part).model_fields:
            value = self.settled(getattr(part, name))
            if (isinstance(value, int) and not isinstance(value, bool)) or (
                isinstance(value, str) and value[0].isdigit()
            ):
                found[name] = value
        return found

    def standing(self, values: Sequence[Any]) -> list[Any]:
        """Of dated values, the one in force on the policy's day and those to come."""
        return standing(values, self.policy.day)

    def indicator_scope(self, indicator: m.Indicator) -> Scope:
        """The figures that the indicator's own texts may name; of an abolished one, those that it had last."""
        values = self.standing(indicator.values)
        if all(isinstance(value.points, m.Abolished) for value in values):
            values = [value for value in indicator.values if not isinstance(value.points, m.Abolished)][-1:]
        return over_time(values, lambda value: self.points_scope(value.points))

    def points_scope(self, points: m.Method) -> Scope:
        """The figures of one way of counting."""
        scope = self.figures(points)
        if isinstance(points, m.Brackets):
            top = max(points.brackets, key=lambda row: row.points)
            scope |= {"max": top.points, "top_max": top.max}
            for row in points.brackets:
                if row.step:
                    scope |= {
                        "slope": abs(row.step),
                        "slope_from": row.min,
                        "slope_to": row.max,
                        "slope_points": row.points,
                    }
                elif row.points and row is not top:
                    scope |= {"low_points": row.points, "low_from": row.min, "low_to": row.max}
        if isinstance(points, m.FullYears):
            scope["year_months"] = MONTHS_A_YEAR
            if points.from_years:
                scope |= {"years_before": points.from_years - 1, "first_points": points.from_years * points.per_year}
        if isinstance(points, m.Flag) and points.within and isinstance(points.within.months, m.ByReading):
            # Texts of readings name what each option gives, whichever is taken.
            scope |= {name: months for name, months in points.within.months.options.items() if months is not None}
        if isinstance(points, m.PerCase):
            scope["minus"] = -points.points
        if isinstance(points, m.Enterprise):
            for part in points.parts:
                scope |= {f"{part.answer}_unit": part.unit, f"{part.answer}_points": part.points}
        if isinstance(points, m.BaseTiers):
            for name, tier in (("lowest", points.tiers[0]), ("highest", points.tiers[-1])):
                scope |= {f"{name}_{key}": value for key, value in self.figures(tier).items() if key != "value"}
        return scope

    def all_figures(self, indicator: m.Indicator) -> Scope:
        """What other texts may name of an indicator: its figures, and the points of each option."""

        def figures(value: m.IndicatorValue) -> Scope:
            options = value.points.points if isinstance(value.points, m.Choice | m.Diploma) else {}
            return {**options, **self.points_scope(value.points)}

        values = self.standing(indicator.values)
        # One that has not begun gives nothing until then.
        return over_time(values, figures, begun=values[0].from_ <= self.policy.day)

    def wage_scope(self, year: m.WageYear) -> Scope:
        """The figures of one social-insurance year in yuan; a multiple of the average is worked out."""
        average = year.average.yuan or 0
        found: Scope = {}
        for name in ("average", "floor", "ceiling"):
            figure: m.Figure | None = getattr(year, name)
            if figure is not None:
                whole, _, tenth = (figure.times_average or "0").partition(".")
                found[name] = figure.yuan or average * (int(whole) * 10 + int(tenth or 0)) // 10
        return found

    def scope_of(self, part: Any, process: BaseModel | None = None) -> Scope:
        """The figures that the texts of an entry may name without saying whose they are; for a total, with its procedure."""
        scope: Scope = {}
        if isinstance(part, m.Indicator):
            scope = self.indicator_scope(part)
        elif isinstance(part, m.Condition):
            scope = self.condition_scope(part)
        elif isinstance(part, m.EligibilityCondition):
            scope = self.eligibility_scope(part)
        elif isinstance(part, m._Question):
            scope = self.question_scope(part)
        elif isinstance(part, m.Option):
            scope = {"value": part.value}
        elif isinstance(part, m.Action):
            scope = self.action_scope(part)
        elif isinstance(part, m.LeadTime):
            scope = {"months": part.months}
        elif isinstance(part, m.WageYear):
            scope = self.wage_scope(part)
        elif isinstance(part, g.Total) and isinstance(process, g.Process):
            scope = {"working_days": g.working_days(process, part)}
        elif isinstance(part, g.Step) and part.lasts is not None:
            scope = {"working_days": part.lasts.working_days}
        elif isinstance(part, g.Process):
            scope = {"steps": len(part.steps)}
        elif isinstance(part, g.Window):
            scope = {"days": part.days}
        elif isinstance(part, m.Example):
            scope = story_scope(part.answers, part.on)
        elif isinstance(part, g.Applicant):
            scope = story_scope(part.answers, self.policy.second_opinion.on)
        elif isinstance(part, g.Months):
            scope = {"paid": 0, "made_up": 0, "shown": 0}
        return {**scope, **getattr(part, "figures", {})}

    def texts(self) -> Iterator[tuple[str, Loc, m.Text, Scope]]:
        """Every text of the policy with its file, its place and the figures that it may name."""
        for name, value in self.policy.files.items():
            yield from self.texts_in(value, name)
        for folder, entries in self.policy.entries.items():
            for stem, entry in entries.items():
                yield from self.texts_in(entry, f"{folder}/{stem}.yaml")

    def texts_in(self, part: Any, file: str = "") -> Iterator[tuple[str, Loc, m.Text, Scope]]:
        """Every text of one part of the policy, in the same form."""
        return self._texts(file, (), part, {})

    def _texts(self, file: str, loc: Loc, value: Any, scope: Scope) -> Iterator[tuple[str, Loc, m.Text, Scope]]:
        if isinstance(value, m.Text):
            yield file, loc, value, scope
        elif isinstance(value, BaseModel):
            own = {**scope, **self.scope_of(value)}
            for name, info in type(value).model_fields.items():
                part = getattr(value, name)
                # How long a procedure takes follows from its steps, which do not stand in the total.
                inner = own | self.scope_of(part, value) if isinstance(part, g.Total) else own
                if isinstance(value, g.Examples) and name == "lives":
                    for index, life in enumerate(part):
                        yield from self._texts(
                            file,
                            (*loc, name, index),
                            life,
                            own | story_scope({**value.shared, **life.answers}, value.on),
                        )
                else:
                    yield from self._texts(file, (*loc, info.alias or name), part, inner)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._texts(file, (*loc, index), item, scope)
        elif isinstance(value, dict):
            for key, item in value.items():
                yield from self._texts(file, (*loc, key), item, scope)

    def condition_scope(self, condition: m.Condition) -> Scope:
        """The figures of the test, and of how its answer follows from the history."""
        return self.test_scope(condition.requires) if condition.requires else {}

    def eligibility_scope(self, condition: m.EligibilityCondition) -> Scope:
        """The figures of the test."""
        return over_time(
            self.standing(condition.values), lambda value: self.test_scope(value.requires) if value.requires else {}
        )

    def test_scope(self, test: m.Holds) -> Scope:
        """The figures of a test and of the question behind it; the test's own come first."""
        question = self.policy.questions[test.answer]
        return {**(self.figures(question.derived) if question.derived else {}), **self.figures(test)}

    def action_scope(self, action: m.Action) -> Scope:
        """The figures of the tier or the condition that the action is about."""
        for indicator in self.policy.indicators.values():
            values = self.standing(indicator.values)
            if any(tier.value == action.to for value in values for tier in getattr(value.points, "tiers", [])):
                return over_time(
                    values,
                    lambda value: next(
                        (self.figures(t) for t in getattr(value.points, "tiers", []) if t.value == action.to), {}
                    ),
                )
        derived = self.policy.questions[action.key].derived
        return self.figures(derived) if derived else {}

    def question_scope(self, question: Any) -> Scope:
        """The figures of every rule that asks the question, and of its own derivation."""
        scope: Scope = {}

        def asks(points: m.Method) -> bool:
            parts = [points, *getattr(points, "parts", [])]
            return any(question.key == getattr(part, name, None) for part in parts for name in ("answer", "share"))

        for indicator in self.policy.indicators.values():
            counted = [value for value in indicator.values if not isinstance(value.points, m.Abolished)]
            values = self.standing(counted)
            if any(asks(value.points) for value in values):
                scope |= over_time(values, lambda value: self.figures(value.points))
        return {**scope, **(self.figures(question.derived) if question.derived else {})}


_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def number(value: Any, lang: str) -> str:
    """A figure as it is written in the language: thousands apart, a day or a month in words, a coming change behind it."""
    if value is None:
        return {"zh": "无", "en": "none"}[lang]
    if isinstance(value, Turning):
        return number(value.now, lang) + turns(value, lang)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace("-", "−")
    match = _DAY.fullmatch(str(value))
    if not match:
        return str(value)
    year, month, day = match[1], int(match[2]), match[3] and int(match[3])
    if lang == "zh":
        return f"{year} 年 {month} 月" + (f" {day} 日" if day else "")
    return (f"{day} " if day else "") + f"{_MONTHS[month - 1]} {year}"


def turns(value: Turning, lang: str, show: Callable[[Any], str] | None = None) -> str:
    """The changes to come of a figure, to stand behind it; ``show`` writes a figure, ``number`` where it is left out."""
    said = []
    for since, later in value.later:
        begins, figure = number(since, lang), (show or (lambda it: number(it, lang)))(later)
        if lang == "zh":
            said.append(f"自 {begins}起{'取消' if later is None else f' {figure}'}")
        else:
            said.append(f"{'abolished' if later is None else figure} from {begins}")
    return f"（{'，'.join(said)}）" if lang == "zh" else f" ({', '.join(said)})"


def story_scope(answers: dict[str, Any], on: str) -> Scope:
    """The figures of a story: each answer, the completed years of age, full years of what is given in months."""
    scope: Scope = {"on": on}
    for key, value in answers.items():
        if isinstance(value, bool):
            continue
        if isinstance(value, list):
            for index, stretch in enumerate(value, 1):
                scope |= {f"{name}_{index}": part for name, part in stretch.items()}
            continue
        scope[key] = value
        if key.endswith("_months") and isinstance(value, int):
            scope[f"{key.removesuffix('_months')}_years"] = value // 12
        if key == "birth_date" and isinstance(value, str):
            scope["age"] = int(on[:4]) - int(value[:4]) - (on[5:] < value[5:])
    return scope
