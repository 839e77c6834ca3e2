"""Turn what pydantic found into faults a maintainer can act on: the place, the value, what is allowed."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from .load import Document, Fault, Loc
from .model import LIKE


def validate(document: Document, model: type[BaseModel]) -> tuple[BaseModel | None, list[Fault]]:
    """The file's value as ``model``, or ``None`` and every fault in it."""
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        details = _one_each(error.errors(), document)
        # A misspelt key is not missing as well.
        meant = {
            (*d["loc"][:-1], _near(str(d["loc"][-1]), _keys(model, d["loc"][:-1])))
            for d in details
            if d["type"] == "extra_forbidden"
        }
        return None, [
            _fault(document, model, detail)
            for detail in details
            if detail["type"] != "missing" or detail["loc"] not in meant
        ]


#: What a value may be, in a few words: for values that may be of several types.
_SHORT = {
    "bool_type": "true or false",
    "int_type": "a whole number",
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
}


def _one_each(details: Iterable[Any], document: Document) -> list[dict[str, Any]]:
    """One detail for each mistake: a value that may be of several types fails once for each of them."""
    placed: dict[Loc, list[dict[str, Any]]] = {}
    for detail in details:
        placed.setdefault(_real(detail["loc"], document), []).append(detail)
    out = []
    for loc, found in placed.items():
        types = [d for d in found if d["type"] in _SHORT or d["type"] == "literal_error"]
        others = [d for d in found if d not in types]
        # Where something is said of what is inside, or of a value that fits one of the types, that says what is wrong.
        if others or any(other[: len(loc)] == loc and len(other) > len(loc) for other in placed):
            types = []
        elif len(types) > 1:
            options = dict.fromkeys(_SHORT.get(d["type"]) or d["ctx"]["expected"] for d in types)
            types = [{**types[0], "type": "several", "ctx": {"options": list(options)}}]
        out += types + others
    return out


def _fault(document: Document, model: type[BaseModel], detail: dict[str, Any]) -> Fault:
    loc = _real(detail["loc"], document)
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    name = ".".join(str(part) for part in loc) or "the file"
    if kind == "extra_forbidden":
        return document.fault(loc, _unknown_key(str(loc[-1]), _keys(model, detail["loc"][:-1])), at_key=True)
    if kind == "missing":
        key = detail["loc"][-1]
        hint = "; both languages are needed" if key in ("zh", "en") else ""
        return document.fault(loc, f"{key}: this key is missing{hint}")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        field = context["discriminator"].strip("'")
        tag = value.get(field)
        allowed = [
            known
            for member in _kinds(model, detail["loc"])
            for known in get_args(member.model_fields[field].annotation)
        ]
        if tag is None:
            return document.fault(loc, f"{field}: this key is missing; one of {', '.join(allowed)}")
        return document.fault(
            (*loc, field),
            f"{field}: {_show(tag)} is not known here{_suggest(str(tag), allowed)}; one of {', '.join(allowed)}",
        )
    return document.fault(loc, f"{name}: {_show(value)}: {_allowed(kind, context, detail['msg'])}")


def _unknown_key(key: str, known: list[str]) -> str:
    suggestion = _suggest(key, known) or f"; known here: {', '.join(known)}"
    return f"{key}: not a key here{suggestion}"


def _keys(model: Any, loc: tuple[str | int, ...]) -> list[str]:
    """The keys that would have been right at ``loc``: those of the type that pydantic was filling."""
    return sorted(
        {
            field.alias or name
            for kind in _kinds(model, loc)
            if _is_model(kind)
            for name, field in kind.model_fields.items()
        }
    )


def _near(word: str, known: list[str]) -> str:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.6)), "")


def _suggest(word: str, known: list[str]) -> str:
    near = _near(word, known)
    return f"; did you mean {near}?" if near else ""


def _show(value: Any) -> str:
    text = (
        "nothing"
        if value is None
        else "a list"
        if isinstance(value, list)
        else "a mapping"
        if isinstance(value, dict)
        else repr(value)
    )
    return text if len(text) <= 60 else text[:57] + "…"


def _allowed(kind: str, context: dict[str, Any], message: str) -> str:
    """What is allowed, in words; pydantic's own message where it says it well."""
    match kind:
        case "string_type":
            return "must be text; put quotes around it if it looks like a number"
        case "int_type":
            return "must be a whole number, without quotes"
        case "bool_type":
            return "must be true or false, without quotes"
        case "list_type":
            return "must be a list, one entry a line, each after “- ”"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "must be a mapping of keys to values"
        case "string_too_short":
            return "must not be empty"
        case "too_short":
            return f"must have at least {context['min_length']} {'entry' if context['min_length'] == 1 else 'entries'}"
        case "several":
            *first, last = context["options"]
            return f"must be {', '.join(first)} or {last}" if first else f"must be {last}"
        case "literal_error":
            return f"must be {context['expected']}"
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than":
            return f"must be less than {context['lt']}"
        case "string_pattern_mismatch":
            return f"must be {LIKE[context['pattern']]}"
        case _:
            return message


def _real(loc: tuple[str | int, ...], document: Document) -> Loc:
    """pydantic's path less the tags it puts in for unions, which the file does not have."""
    out: Loc = ()
    for part in loc:
        if (*out, part) in document.values:
            out = (*out, part)
    return out


def _is_model(owner: Any) -> bool:
    return isinstance(owner, type) and issubclass(owner, BaseModel)


def _members(kind: Any) -> list[Any]:
    """The concrete types behind annotations, options and unions."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _members(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return [member for option in get_args(kind) for member in _members(option)]
    return [kind]


def _kinds(model: Any, loc: tuple[str | int, ...]) -> list[Any]:
    """The types that may stand at ``loc``."""
    kinds: list[Any] = [model]
    for part in loc:
        following: list[Any] = []
        for kind in kinds:
            origin = get_origin(kind)
            if _is_model(kind):
                if part == kind.__name__:
                    following.append(kind)
                for name, field in kind.model_fields.items():
                    if part in (name, field.alias):
                        following += _members(field.annotation)
                    elif (
                        field.annotation is not None
                        and name in ("method", "type")
                        and part in get_args(field.annotation)
                    ):
                        following.append(kind)
            elif origin is list and isinstance(part, int):
                following += _members(get_args(kind)[0])
            elif origin is dict:
                following += _members(get_args(kind)[1])
        kinds = following or kinds
    return kinds
