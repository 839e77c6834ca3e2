"""Is this diploma of an accepted type? (认可的学历, policy-facts section 4: seed-process and secondary)

The answer is "accepted", "accepted with evidence" or "likely refused": never a promise, because the centre goes through
enrolment, courses and graduation before it decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .answers import Answers
from .methods import Diploma, Reason, reason
from .model import Condition, EducationType, Rulebook


@dataclass(frozen=True)
class Accepted:
    """Whether the diploma counts (``None``: unknown), the type it falls under if that is certain, why, and what is missing."""

    holds: bool | None
    type: EducationType | None
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]
    sources: tuple[str, ...]


def accepted(book: Rulebook, method: Diploma, answers: Answers) -> Accepted:
    """Judge the diploma by route, place and the conditions of its type."""
    day = answers.on.isoformat()
    types = list(_possible(book, method, answers))
    results = [_judge(kind, answers, day) for kind in types]
    only = types[0] if len(types) == 1 else None
    sources = tuple(dict.fromkeys(source for kind in types for source in kind.sources)) if only else ()
    missing: dict[str, None] = {}
    if only is None:
        route = answers.get(method.route)
        missing[method.route if route is None else method.place] = None
    for _holds, _reasons, open_answers in results:
        missing.update(dict.fromkeys(open_answers))
    verdicts = {holds for holds, _reasons, _open in results}
    if verdicts == {True}:
        return Accepted(
            True, only, (reason("diploma_accepted", type=only.id, outcome=only.outcome),) if only else (), (), sources
        )
    if verdicts == {False}:
        found = (
            [r for _holds, reasons, _open in results for r in reasons]
            if only
            else [reason("diploma_refused_either_way")]
        )
        return Accepted(False, only, tuple(found), (), sources)
    return Accepted(None, only, (), tuple(missing), sources)


def _possible(book: Rulebook, method: Diploma, answers: Answers) -> Iterator[EducationType]:
    """The types that the diploma may be of, as far as route and place are known."""
    route, place = answers.get(method.route), answers.get(method.place)
    for kind in book.education:
        if route is None:
            # Of a place that is known without its route, only types at that place or without a place remain.
            if place is None or kind.places is None or place in kind.places:
                yield kind
        elif route in kind.routes and (kind.places is None or place is None or place in kind.places):
            yield kind


def _judge(kind: EducationType, answers: Answers, day: str) -> tuple[bool | None, tuple[Reason, ...], tuple[str, ...]]:
    if kind.outcome == "refused":
        return False, (reason("diploma_refused", type=kind.id),), ()
    return judge_conditions(kind.conditions, answers, None, day, kind.id)


def judge_conditions(
    conditions: Iterable[Condition], answers: Answers, option: str | None, day: str, owner: str
) -> tuple[bool | None, tuple[Reason, ...], tuple[str, ...]]:
    """Whether all conditions that apply hold: no if one fails, unknown if one is open, yes otherwise."""
    reasons: list[Reason] = []
    missing: list[str] = []
    holds: bool | None = True
    for condition in conditions:
        if condition.requires is None or not condition.applies(option, day):
            continue
        found = condition.requires.of(answers)
        if found is False:
            holds = False
            reasons.append(reason("condition_failed", owner=owner, condition=condition.id))
        elif found is None:
            holds = None if holds else holds
            missing.append(condition.requires.answer)
    return holds, tuple(reasons), tuple(missing) if holds is None else ()
