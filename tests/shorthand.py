"""What the rules made up in tests/made-up.yaml and tests/told.yaml write shortly."""

from typing import Any


def spelt_out(value: Any) -> Any:
    """The same with what each short form stands for.

    “中文 | English” is a text in both languages, «a text» one that is the same in both; §a b cites two clauses of an official
    notice, named a and b.
    """
    if isinstance(value, dict):
        return {key: spelt_out(part) for key, part in value.items()}
    if isinstance(value, list):
        return [spelt_out(part) for part in value]
    if not isinstance(value, str):
        return value
    if value.startswith("«"):
        return dict.fromkeys(("zh", "en"), value[1:-1])
    if value.startswith("§"):
        rest = {"source": "notice", "grade": "official", "checked_on": "2030-06-15"}
        return [{**rest, "clause": dict.fromkeys(("zh", "en"), clause)} for clause in value[1:].split()]
    if " | " in value:
        return dict(zip(("zh", "en"), value.split(" | "), strict=True))
    return value
