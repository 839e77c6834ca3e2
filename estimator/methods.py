"""The ways in which points are counted, one class each.

A method knows its figures (from rules/) and says what an applicant's answers give: the least and the most, which differ
where an answer is unknown, and the steps that led there as reason codes. Every method is monotone in each whole number it
reads, so the ends of a range come from the ends of what an answer may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from .calendar import completed_years, month_of, months_later

if TYPE_CHECKING:
    from .answers import Answers
    from .model import Question

#: A step of the reasoning: ``{"code": …}`` and its parameters.
Reason = dict[str, Any]


@dataclass(frozen=True)
class Points:
    """What a method gives. ``missing`` names the unknown answers that the result hangs on."""

    low: int
    high: int
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    refused: bool = False


def reason(code: str, **parameters: Any) -> Reason:
    """A step of the reasoning."""
    return {"code": code, **parameters}


def unknown(low: int, high: int, *missing: str) -> Points:
    """A range because answers are missing."""
    return Points(low, high, (reason("unknown", answers=list(missing)),), missing)


#: Says of an option whether its conditions hold: yes, no or unknown, the reasons, and the unknown answers.
Verdict = Callable[[str], "tuple[bool | None, tuple[Reason, ...], tuple[str, ...]]"]


@dataclass(frozen=True)
class Brackets:
    """A date's completed years fall into one bracket (年龄)."""

    answer: str
    #: (from, to, points at from, points for each further year); the ends are open with ``None``.
    rows: tuple[tuple[int | None, int | None, int, int], ...]

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.answer,)

    def of(self, answers: Answers) -> Points:
        """Points by the completed years on the day."""
        birth = answers.get(self.answer)
        if birth is None:
            ends = [
                end
                for low, high, points, step in self.rows
                for end in (points, points if high is None else points + step * (high - (low or 0)))
            ]
            return unknown(min(ends), max(ends), self.answer)
        years = completed_years(birth, answers.on)
        points = self.at(years)
        return Points(points, points, (reason("completed_years", years=years, points=points),))

    def at(self, years: int) -> int:
        """Points at that many completed years."""
        for low, high, points, step in self.rows:
            if high is None or years <= high:
                return points + step * (years - (low or 0))
        raise AssertionError("the last bracket is open")


@dataclass(frozen=True)
class Options:
    """Each option of a question gives its points, where its conditions hold (学历、职称、表彰)."""

    answer: str
    points: Mapping[str, int]

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.answer,)

    def of(self, answers: Answers, verdict: Verdict) -> Points:
        """Points of the option chosen; the range of all options while it is unknown."""
        chosen = answers.get(self.answer)
        if chosen is not None:
            points = self.points[chosen]
            step = reason("option", answer=self.answer, value=chosen, points=points)
            if not points:
                return Points(0, 0, (step,))
            holds, found, missing = verdict(chosen)
            if holds is None:
                return Points(0, points, (step, *found, reason("unknown", answers=list(missing))), missing)
            return Points(points if holds else 0, points if holds else 0, (step, *found), (), not holds)
        lows, highs = [], []
        open_answers: dict[str, None] = {}
        against: dict[str, Reason] = {}
        for option, points in self.points.items():
            holds, found, missing = verdict(option) if points else (True, (), ())
            lows.append(points if holds else 0)
            highs.append(0 if holds is False else points)
            open_answers.update(dict.fromkeys(missing))
            against.update((str(step), step) for step in found if holds is False)
        low, high = min(lows), max(highs)
        if low != high:
            return unknown(low, high, self.answer, *open_answers)
        # Whatever the answer, a condition fails for each option that would give points.
        return Points(low, high, tuple(against.values()), (), bool(against))


@dataclass(frozen=True)
class Choice(Options):
    """Options with the indicator's own conditions."""


@dataclass(frozen=True)
class Diploma(Options):
    """Options that count only where the diploma is of an accepted type (认可的学历)."""

    route: str
    place: str


@dataclass(frozen=True)
class Flag:
    """Yes gives the points, for some months after a date where one is set."""

    answer: str
    points: int
    within: str | None
    months: int | None

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.answer, self.within) if self.within else (self.answer,)

    def last_day(self, answers: Answers) -> date | None:
        """The last day on which the points count; ``None`` where nothing limits them."""
        if self.within is None or self.months is None:
            return None
        begins = answers.get(self.within)
        last = date.max if begins is None else months_later(begins, self.months)
        return last if last < date.max else None

    def of(self, answers: Answers) -> Points:
        """The points, none, or either while the answer is unknown."""
        given = answers.get(self.answer)
        last = self.last_day(answers)
        if last is not None and answers.on > last:
            return (
                Points(0, 0, (reason("not_claimed"),))
                if given is False
                else Points(0, 0, (reason("lapsed", last_day=last.isoformat()),), (), True)
            )
        if given is None:
            return unknown(min(0, self.points), max(0, self.points), self.answer)
        if given is False:
            return Points(0, 0, (reason("not_claimed"),))
        return Points(
            self.points,
            self.points,
            (reason("claimed", points=self.points), *([reason("until", last_day=last.isoformat())] if last else [])),
        )


@dataclass(frozen=True)
class FullYears:
    """Each full year gives points, from a threshold on where there is one, up to a cap where there is one."""

    answer: str
    per_year: int
    from_years: int
    after_only: bool
    cap: int | None
    longest: int

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.answer,)

    def at(self, months: int) -> int:
        """Points for that many months."""
        years = months // 12
        if years < self.from_years:
            return 0
        points = (years - self.from_years if self.after_only else years) * self.per_year
        return points if self.cap is None else min(points, self.cap)

    def of(self, answers: Answers) -> Points:
        """Points for the months answered."""
        months = answers.get(self.answer)
        if months is None:
            return unknown(0, self.at(self.longest), self.answer)
        years, points = months // 12, self.at(months)
        if months == 0:
            return Points(0, 0, (reason("not_claimed"),))
        steps = [reason("full_years", months=months, years=years, per_year=self.per_year, points=points)]
        if years < self.from_years:
            steps.append(reason("below_from_years", from_years=self.from_years))
        elif self.cap is not None and points == self.cap:
            steps.append(reason("capped", cap=self.cap))
        return Points(points, points, tuple(steps))


@dataclass(frozen=True)
class PerCase:
    """Each case within the window takes points away."""

    answer: str
    points: int
    window_years: int
    most: int

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.answer,)

    def of(self, answers: Answers) -> Points:
        """The deduction as a negative number."""
        cases = answers.get(self.answer)
        if cases is None:
            return unknown(self.most * self.points, 0, self.answer)
        if cases == 0:
            return Points(0, 0, (reason("no_case", window_years=self.window_years),))
        points = cases * self.points
        return Points(
            points,
            points,
            (reason("cases", count=cases, each=self.points, points=points, window_years=self.window_years),),
        )


@dataclass(frozen=True)
class Enterprise:
    """Tax and local employment of one's own enterprise, by one's share."""

    share: str
    parts: tuple[tuple[str, int, int, int], ...]  # answer, unit, points for each full unit, the largest answer
    scale_all: bool
    add: bool
    cap: int

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.share, *(part[0] for part in self.parts))

    def _points(self, share: int, amounts: Iterable[int]) -> tuple[int, list[int]]:
        found = []
        for index, ((_answer, unit, each, _most), amount) in enumerate(zip(self.parts, amounts, strict=True)):
            percent = share if self.scale_all or index == 0 else 100 * (share > 0)
            found.append(amount * percent // (100 * unit) * each)
        return min(self.cap, sum(found) if self.add else max(found)), found

    def of(self, answers: Answers) -> Points:
        """The better of the parts (or their sum, by the reading taken), capped."""
        share = answers.get(self.share)
        amounts = [answers.get(answer) for answer, _unit, _each, _most in self.parts]
        low, _ = self._points(share or 0, [amount or 0 for amount in amounts])
        high, found = self._points(
            100 if share is None else share,
            [part[3] if amount is None else amount for part, amount in zip(self.parts, amounts, strict=True)],
        )
        if low != high:
            missing = [key for key in (self.share, *(part[0] for part in self.parts)) if answers.get(key) is None]
            return unknown(low, high, *missing)
        if high == 0 and (not share or not any(amounts)):
            return Points(0, 0, (reason("not_claimed"),))
        steps = [
            reason("own_share", answer=part[0], amount=amount, share=share, unit=part[1], each=part[2], points=points)
            for part, amount, points in zip(self.parts, amounts, found, strict=True)
            if amount is not None and share is not None
        ]
        if high == self.cap:
            steps.append(reason("capped", cap=self.cap))
        return Points(low, high, tuple(steps))


@dataclass(frozen=True)
class BaseTiers:
    """The best tier for which enough months within a window were paid at its multiple of the average wage or above."""

    answer: str
    history: str
    tiers: tuple[tuple[str, int, int, int, int], ...]  # option, tenths, points, months, window

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.answer, self.history)

    def of(self, answers: Answers) -> Points:
        """By the history where it is given, by the tier one knows otherwise."""
        history = answers.history.get(self.history)
        if history is None:
            chosen = answers.get(self.answer)
            if chosen is None:
                return unknown(0, max(tier[2] for tier in self.tiers), self.answer)
            for option, multiple, points, months, window in self.tiers:
                if option == chosen:
                    return Points(
                        points, points, (reason("tier", tenths=multiple, months=months, window=window, points=points),)
                    )
            return Points(0, 0, (reason("no_tier"),))
        before = month_of(answers.on)
        low = high = 0
        steps = []
        for _option, multiple, points, months, window in self.tiers:
            least, most = history.count(before, window, multiple)
            steps.append(
                reason(
                    "months_at",
                    tenths=multiple,
                    found=least,
                    possible=most,
                    months=months,
                    window=window,
                    points=points,
                )
            )
            if least >= months:
                low = max(low, points)
            if most >= months:
                high = max(high, points)
        if low != high:
            return Points(low, high, (*steps, reason("wage_unknown")), (self.history,))
        if not low:
            steps.append(reason("no_tier"))
        return Points(low, high, tuple(steps))


@dataclass(frozen=True)
class Veto:
    """Yes refuses the application whatever the points; not in force, it is a note."""

    answer: str | None
    in_force: bool

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return (self.answer,) if self.answer else ()

    def of(self, answers: Answers) -> Points:
        """No points in any case; ``refused`` where the veto strikes."""
        if not self.in_force or self.answer is None:
            return Points(0, 0, (reason("note"),))
        given = answers.get(self.answer)
        if given is None:
            return unknown(0, 0, self.answer)
        return Points(0, 0, (reason("veto" if given else "no_veto"),), (), given)


@dataclass(frozen=True)
class Abolished:
    """The indicator gives nothing any more."""

    def keys(self) -> tuple[str, ...]:
        """The answers that claim this indicator."""
        return ()

    def of(self, _answers: Answers) -> Points:
        """Nothing."""
        return Points(0, 0, (reason("abolished"),))


Method = Brackets | Choice | Diploma | Flag | FullYears | PerCase | Enterprise | BaseTiers | Veto | Abolished


def method_from(spec: Mapping[str, Any], questions: Mapping[str, Question]) -> Method:
    """The method that a bundle describes. Raises ``ValueError`` for one that this code does not know."""
    name = spec["method"]
    if name == "brackets":
        return Brackets(
            spec["answer"],
            tuple((row.get("min"), row.get("max"), row["points"], row.get("step") or 0) for row in spec["brackets"]),
        )
    if name == "choice":
        return Choice(spec["answer"], spec["points"])
    if name == "diploma":
        return Diploma(spec["answer"], spec["points"], spec["route"], spec["place"])
    if name == "flag":
        within = spec.get("within") or {}
        return Flag(spec["answer"], spec["points"], within.get("answer"), within.get("months"))
    if name == "full_years":
        return FullYears(
            spec["answer"],
            spec["per_year"],
            spec.get("from_years") or 0,
            spec["counts"] == "after",
            spec.get("cap"),
            questions[spec["answer"]].max,
        )
    if name == "per_case":
        return PerCase(spec["answer"], spec["points"], spec["window_years"], questions[spec["answer"]].max)
    if name == "enterprise":
        return Enterprise(
            spec["share"],
            tuple(
                (part["answer"], part["unit"], part["points"], questions[part["answer"]].max) for part in spec["parts"]
            ),
            spec["share_scales"] == "all",
            spec["combine"] == "sum",
            spec["cap"],
        )
    if name == "base_tiers":
        return BaseTiers(
            spec["answer"],
            spec["history"],
            tuple(
                (tier["value"], tier["tenths"], tier["points"], tier["months"], tier["window_months"])
                for tier in spec["tiers"]
            ),
        )
    if name == "veto":
        return Veto(spec.get("answer"), spec["in_force"])
    if name == "abolished":
        return Abolished()
    raise ValueError(f"method {name!r} is not known to this estimator")
