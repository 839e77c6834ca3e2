"""A second scorer, straight from the YAML, to check the first one.

It shares no code with estimator/ or rules/ and is written the other way round: it knows only complete answers, and where
one is unknown it tries what the answer may be. Multiples are fractions, months and days are compared as text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Answers = dict[str, Any]
INFINITE = 10**15


class Oracle:
    """Scores applicants by the rules in a folder."""

    def __init__(self, rules: Path):
        def read(name: str) -> Any:
            return yaml.load(
                (rules / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
            )

        scheme = read("scheme.yaml")
        self.standard = scheme["standard"]
        self.groups = [group["members"] for group in scheme["best_of"]]
        self.taken = {reading["id"]: reading["taken"] for reading in scheme["readings"]}
        self.questions = {question["key"]: question for question in read("questions.yaml")["questions"]}
        self.eligibility = read("eligibility.yaml")["conditions"]
        self.wages = tuple((str(y["from"]), str(y["to"]), y["average"]["yuan"]) for y in read("wages.yaml")["years"])
        files = [file.relative_to(rules).as_posix() for file in sorted((rules / "indicators").rglob("*.yaml"))]
        self.indicators = sorted(map(read, files), key=lambda indicator: indicator["order"])
        types = [read(f"education/{file.name}") for file in sorted((rules / "education").glob("*.yaml"))]
        self.diplomas = [(t["accepts"], t.get("conditions", [])) for t in types if "accepts" in t]
        self._by_known: dict[Any, set[int]] = {}

    def score_later(self, day: str, on: str, answers: Answers) -> dict[str, Any]:
        """The estimate for ``day``, if work and insurance go on since ``on``: month counts grow on the first of each month."""
        passed = (int(day[:4]) - int(on[:4])) * 12 + int(day[5:7]) - int(on[5:7])
        later = dict(answers)
        for key, question in self.questions.items():
            months = later.get(key)
            if months is not None and (months or question.get("grows") == "always") and "grows" in question:
                later[key] = min(question["max"], months + passed)
        return self.score(day, later, on)

    def score(self, on: str, answers: Answers, since: str | None = None) -> dict[str, Any]:
        """The estimate in the form of the command line, without reasons. The history goes on ``since`` that day."""
        known = {key: value for key, value in answers.items() if value is not None}
        worlds = [
            Known(self, on, known, unpaid, since) for unpaid in ((0, INFINITE) if known.get("si_history") else (0,))
        ]
        sets = {i["id"]: set().union(*(self._points(world, i) for world in worlds)) for i in self.indicators}
        items = {name: (min(points), max(points)) for name, points in sets.items()}
        alone = [points for name, points in sets.items() if not any(name in group for group in self.groups)]
        low, high = sum(map(min, alone)), sum(map(max, alone))
        for group in self.groups:
            best = []
            shares: dict[str, set[int]] = {name: set() for name in group}
            for combination in itertools.product(*(sets[name] for name in group)):
                best.append(max(combination))
                winner = combination.index(max(combination))
                for index, name in enumerate(group):
                    shares[name].add(combination[index] if index == winner else 0)
            low, high = low + min(best), high + max(best)
            items.update({name: (min(points), max(points)) for name, points in shares.items()})
        standard = self._in_force(self.standard, on)["points"]
        reaches = "yes" if low >= standard else "no" if high < standard else "unknown"
        vetoes = [self._vetoes(world, i) for world in worlds for i in self.indicators if i["kind"] == "veto"]
        verdicts = [
            set.union(*checks) for checks in zip(*(self._conditions(world, reaches) for world in worlds), strict=True)
        ]
        verdicts += [{not vetoed for vetoed in found} for found in vetoes]
        eligible = "no" if {False} in verdicts else "yes" if all(v == {True} for v in verdicts) else "unknown"
        return {
            "low": low,
            "high": high,
            "reaches_standard": reaches,
            "vetoed": {True} in vetoes,
            "eligible": eligible,
            "items": items,
        }

    def _in_force(self, values: list[Any], on: str) -> Any:
        begun = [value for value in values if str(value["from"]) <= on]
        return begun[-1] if begun else {"points": {"method": "abolished"}}

    def _settle(self, value: Any) -> Any:
        return (
            value["options"][self.taken[value["reading"]]] if isinstance(value, dict) and "reading" in value else value
        )

    # --- what an answer may be ---

    def _candidates(self, world: Known, key: str) -> list[Any]:
        question = self.questions[key]
        derived = question.get("derived")
        if derived and world.months is not None:
            found = world.paid(derived["window_months"], derived.get("multiple"))
            return [found >= derived["at_least"] if "at_least" in derived else found]
        if key in world.known:
            return [world.known[key]]
        match question["type"]:
            case "boolean":
                return [True, False]
            case "choice":
                return [option["value"] for option in question["options"]]
            case "integer":
                return [question["min"], question["max"]]
            case "date":
                first = int(str(question["earliest"])[:4])
                return [f"{year}-01-01" for year in range(first, int(world.on[:4]) + 1)]
        raise ValueError(key)

    def _every(self, world: Known, keys: list[str]) -> Iterator[Answers]:
        for values in itertools.product(*(self._candidates(world, key) for key in keys)):
            yield dict(zip(keys, values, strict=True))

    # --- points ---

    def _tests(self, world: Known, indicator: Any) -> list[Any]:
        """The conditions that can be tested and that are asked on the day."""
        found = [c for c in indicator.get("conditions", []) if "requires" in c]
        return [c for c in found if str(c.get("from", "")) <= world.on <= str(c.get("to", "9999"))]

    def _points(self, world: Known, indicator: Any) -> set[int]:
        rule = self._in_force(indicator["values"], world.on)["points"]
        points = self._counted(world, indicator, rule)
        if rule["method"] in ("choice", "diploma", "veto"):
            return points
        for condition in self._tests(world, indicator):
            holds = self._truths(world, condition["requires"])
            points = {value if held else 0 for value in points for held in holds}
        return points

    def _counted(self, world: Known, indicator: Any, rule: Any) -> set[int]:
        match rule["method"]:
            case "brackets":
                return {self._bracket(rule["brackets"], world.age(d)) for d in self._candidates(world, rule["answer"])}
            case "choice" | "diploma":
                return self._chosen(world, indicator, rule)
            case "flag":
                return {
                    rule["points"] if self._claimed(world, rule, yes) else 0
                    for yes in self._candidates(world, rule["answer"])
                }
            case "full_years":
                return {self._years(rule, months) for months in self._candidates(world, rule["answer"])}
            case "per_case":
                return {rule["points"] * cases for cases in self._candidates(world, rule["answer"])}
            case "enterprise":
                keys = [rule["share"], *(part["answer"] for part in rule["parts"])]
                return {self._enterprise(rule, given) for given in self._every(world, keys)}
            case "base_tiers":
                return self._tier(world, rule)
            case "veto" | "abolished":
                return {0}
        raise ValueError(rule["method"])

    @staticmethod
    def _bracket(rows: list[Any], age: int) -> int:
        found = [row for row in rows if row.get("min", -1) <= age <= row.get("max", INFINITE)]
        assert len(found) == 1
        points: int = found[0]["points"] + found[0].get("step", 0) * (age - found[0].get("min", 0))
        return points

    def _chosen(self, world: Known, indicator: Any, rule: Any) -> set[int]:
        tests = self._tests(world, indicator)
        keys = [rule["answer"], *(c["requires"]["answer"] for c in tests)]
        if rule["method"] == "diploma":
            tests_of_types = [c["requires"]["answer"] for _accepts, found in self.diplomas for c in found]
            keys = list(dict.fromkeys([*keys, rule["route"], rule["place"], *tests_of_types]))
        name = (
            indicator["id"],
            str(rule["points"]),
            len(tests),
            *(tuple(self._candidates(world, key)) for key in keys),
        )
        if name not in self._by_known:
            out = set()
            for given in self._every(world, keys):
                option = given[rule["answer"]]
                holds = all(_holds(c["requires"], given) for c in tests if option in c.get("applies_to", [option]))
                accepted = rule["method"] == "choice" or self._accepted(
                    given[rule["route"]], given[rule["place"]], given
                )
                out.add(rule["points"][option] if holds and accepted else 0)
            self._by_known[name] = out
        return self._by_known[name]

    def _accepted(self, route: str, place: str, given: Answers) -> bool:
        for accepts, conditions in self.diplomas:
            if route in accepts["routes"] and place in accepts.get("places", [place]):
                return all(_holds(c["requires"], given) for c in conditions)
        return False

    def _claimed(self, world: Known, rule: Any, yes: bool) -> bool:
        within = rule.get("within")
        if not yes or not within or within["answer"] not in world.known:
            return yes
        months = self._settle(within["months"])
        if months is None:
            return True
        year, month, day = map(int, world.known[within["answer"]].split("-"))
        month += months
        return world.on <= f"{year + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}-{day:02}"

    def _years(self, rule: Any, months: int) -> int:
        years, threshold = months // 12, rule.get("from_years", 0)
        counted = years if self._settle(rule.get("counts", "all")) == "all" else max(0, years - threshold)
        points: int = rule["per_year"] * counted * (years >= threshold)
        return min(points, rule.get("cap", INFINITE))

    def _enterprise(self, rule: Any, given: Answers) -> int:
        share = Fraction(given[rule["share"]], 100)
        both = self._settle(rule["share_scales"]) == "all"
        found = []
        for index, part in enumerate(rule["parts"]):
            own = given[part["answer"]] * (share if both or index == 0 else bool(share))
            found.append(int(Fraction(own) / part["unit"]) * part["points"])
        points: int = max(found) if self._settle(rule["combine"]) == "best" else sum(found)
        return min(points, rule["cap"])

    def _tier(self, world: Known, rule: Any) -> set[int]:
        if world.months is not None:
            reached = [
                t["points"] for t in rule["tiers"] if world.paid(t["window_months"], t["multiple"]) >= t["months"]
            ]
            return {max(reached, default=0)}
        points = {tier["value"]: tier["points"] for tier in rule["tiers"]}
        return {points.get(value, 0) for value in self._candidates(world, rule["answer"])}

    # --- veto and eligibility ---

    def _vetoes(self, world: Known, indicator: Any) -> set[bool]:
        rule = self._in_force(indicator["values"], world.on)["points"]
        if rule["method"] != "veto" or not self._settle(rule.get("in_force", True)):
            return {False}
        return set(self._candidates(world, rule["answer"]))

    def _conditions(self, world: Known, reaches: str) -> Iterator[set[bool]]:
        for condition in self.eligibility:
            value = self._in_force(condition["values"], world.on)
            if value.get("standard"):
                yield {"yes": {True}, "no": {False}, "unknown": {True, False}}[reaches]
            elif "requires" in value:
                yield self._truths(world, value["requires"])

    def _truths(self, world: Known, test: Any) -> set[bool]:
        """What the test of one answer may come to; of a date, completed years are tested."""
        candidates = self._candidates(world, test["answer"])
        if self.questions[test["answer"]]["type"] == "date":
            candidates = [world.age(day) for day in candidates]
        return {_holds(test, {test["answer"]: candidate}) for candidate in candidates}


class Known:
    """What is known of one applicant on a day. ``unpaid``: the average wage where the table has none, in one extreme."""

    def __init__(self, oracle: Oracle, on: str, known: Answers, unpaid: int, since: str | None):
        self.on = on
        self.known = known
        #: Each month's base and the average that it is compared with.
        self.months: dict[str, tuple[int, int]] | None = None
        if "si_history" in known:
            self.months = {
                month: (stretch["base"], _average(oracle.wages, month) or unpaid)
                for stretch in known["si_history"]
                for month in _months(stretch["from"], stretch["to"])
            }

            if since and self.months:
                last = self.months[max(self.months)]
                self.months = dict.fromkeys(_months(since[:7], on[:7]), last) | self.months

    def age(self, born: str) -> int:
        """Completed years: the year counts once month and day have come."""
        return int(self.on[:4]) - int(born[:4]) - (self.on[5:] < born[5:])

    def paid(self, window: int, multiple: str | None) -> int:
        """How many of the last so many months, the present one left out, were paid at the multiple or more."""
        assert self.months is not None
        share = Fraction(multiple or 0)
        paid = [self.months[month] for month in _back(self.on[:7], window) if month in self.months]
        return sum(base * share.denominator >= average * share.numerator for base, average in paid)


def _holds(test: Any, given: Answers) -> bool:
    value = given[test["answer"]]
    if "is" in test:
        return bool(value == test["is"])
    if "in" in test:
        return value in test["in"]
    return bool(test.get("at_least", -INFINITE) <= value <= test.get("at_most", INFINITE))


@cache
def _average(wages: tuple[tuple[str, str, int], ...], month: str) -> int | None:
    return next((yuan for first, last, yuan in wages if first <= month <= last), None)


@cache
def _back(month: str, count: int) -> tuple[str, ...]:
    out = []
    for _ in range(count):
        year, number = int(month[:4]), int(month[5:])
        month = f"{year - (number == 1):04}-{(number + 10) % 12 + 1:02}"
        out.append(month)
    return tuple(out)


@cache
def _months(first: str, last: str) -> tuple[str, ...]:
    out = [last]
    while out[-1] > first:
        out.extend(_back(out[-1], 1))
    return tuple(out)


def summary(estimate: Any) -> dict[str, object]:
    """Of the estimator's own estimate, what ``Oracle.score`` gives."""
    return {
        "low": estimate.low,
        "high": estimate.high,
        "reaches_standard": estimate.reaches_standard,
        "vetoed": estimate.vetoed,
        "eligible": estimate.eligible,
        "items": {item.id: (item.low, item.high) for item in estimate.items},
    }
