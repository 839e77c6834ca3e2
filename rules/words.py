"""Fill the figures into the policy's texts, in one language."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel

from . import model as m
from .checks import Policy

Scope = dict[str, Any]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class MissingFigure(KeyError):
    """A text asks for a figure that its entry does not have."""


class Writer:
    """Writes texts of ``policy`` in ``lang``. ``writer(text, scope)`` fills ``{name}`` from the scope or the global figures."""

    def __init__(self, policy: Policy, lang: str):
        self.policy = policy
        self.lang = lang
        self.globals: Scope = {"standard": policy.scheme.standard[-1].points}

    def __call__(self, text: m.Text, scope: Scope | None = None) -> str:
        """The text in this language with its figures. Raises ``MissingFigure``."""
        known = {**self.globals, **(scope or {})}

        def figure(match: re.Match[str]) -> str:
            if match[1] not in known:
                raise MissingFigure(f"{{{match[1]}}} in “{text.en[:60]}”; known here: {', '.join(sorted(known))}")
            return number(known[match[1]])

        return _PLACEHOLDER.sub(figure, getattr(text, self.lang))

    def settled(self, value: Any) -> Any:
        """A parameter under the reading that is taken."""
        if isinstance(value, m.ByReading):
            taken = next(r.taken for r in self.policy.scheme.readings if r.id == value.reading)
            return value.options[taken]
        return value

    def figures(self, part: BaseModel) -> Scope:
        """The plain figures of a part, readings settled."""
        found = {}
        for name in type(part).model_fields:
            value = self.settled(getattr(part, name))
            if isinstance(value, int | str) and not isinstance(value, bool):
                found[name] = value
        return found

    def indicator_scope(self, indicator: m.Indicator) -> Scope:
        """The figures of the indicator's latest value."""
        points = indicator.values[-1].points
        scope = self.figures(points)
        if isinstance(points, m.Brackets):
            top = max(points.brackets, key=lambda row: row.points)
            scope |= {"max": top.points, "top_max": top.max}
        if isinstance(points, m.PerCase):
            scope["minus"] = -points.points
        return scope

    def condition_scope(self, condition: m.Condition) -> Scope:
        """The figures of the test, and of how its answer follows from the history."""
        return self.test_scope(condition.requires) if condition.requires else {}

    def eligibility_scope(self, condition: m.EligibilityCondition) -> Scope:
        """The figures of the latest test."""
        test = condition.values[-1].requires
        return self.test_scope(test) if test else {}

    def test_scope(self, test: m.Holds) -> Scope:
        """The figures of a test and of the question behind it; the test's own come first."""
        question = self.policy.questions[test.answer]
        return {**(self.figures(question.derived) if question.derived else {}), **self.figures(test)}

    def action_scope(self, action: m.Action) -> Scope:
        """The figures of the tier or the condition that the action is about."""
        for indicator in self.policy.indicators.values():
            for tier in getattr(indicator.values[-1].points, "tiers", []):
                if tier.value == action.to:
                    return self.figures(tier)
        derived = self.policy.questions[action.key].derived
        return self.figures(derived) if derived else {}

    def question_scope(self, question: Any) -> Scope:
        """The figures of every rule that asks the question, and of its own derivation."""
        scope: Scope = {}
        for indicator in self.policy.indicators.values():
            points = indicator.values[-1].points
            parts = [points, *getattr(points, "parts", [])]
            if any(question.key == getattr(part, name, None) for part in parts for name in ("answer", "history", "share")):
                scope |= self.figures(points)
        return {**scope, **(self.figures(question.derived) if question.derived else {})}


def number(value: Any) -> str:
    """A figure as it is written in both languages: thousands apart from 10,000 on, as in the sources."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace("-", "−")
    return str(value)
