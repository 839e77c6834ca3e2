"""Nothing that the estimator answers or prints changes unnoticed. What each answer must be, other tests say."""

import json
from typing import Any

import pytest

from tests import transcripts

KNOWN = transcripts.asked()
REQUESTS = [transcripts.payload(request, KNOWN["day"]) for request in KNOWN["requests"]]
AHEAD = [transcripts.payload(request, KNOWN["day"]) for request in KNOWN["asked_ahead"]]
APPLICANTS = [
    (kind, json.dumps({"on": day, "answers": answers}))
    for day, answers in KNOWN["applicants"]
    for kind in ("score", "explain")
]


@pytest.fixture(scope="module")
def before() -> Any:
    transcripts.load()
    return transcripts.recorded()


@pytest.mark.parametrize("number", range(len(REQUESTS)), ids=lambda n: f"{n}-{REQUESTS[n][0]}")
def test_requests(number: int, before: Any) -> None:
    assert transcripts.answer(*REQUESTS[number]) == before["requests"][number]


@pytest.mark.parametrize("number", range(len(AHEAD)), ids=lambda n: f"{n}-{AHEAD[n][0]}")
def test_rules_that_are_known_to_change(number: int, before: Any) -> None:
    transcripts.load(ahead=True)
    try:
        assert transcripts.answer(*AHEAD[number]) == before["ahead"][number]
    finally:
        transcripts.load()


@pytest.mark.parametrize("number", range(len(APPLICANTS)))
def test_applicants(number: int, before: Any) -> None:
    kind, text = APPLICANTS[number]
    assert transcripts.answer(kind, text) == before["applicants"][number // 2][kind]


def test_loading_says_what_was_loaded(before: Any) -> None:
    assert transcripts.load() == before["loaded"]


def test_what_the_command_line_takes(before: Any) -> None:
    assert transcripts.parsers() == before["parsers"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("number", range(len(KNOWN["commands"])))
def test_commands(number: int, lang: str, before: Any) -> None:
    arguments, text = transcripts.command_line(KNOWN["commands"][number], KNOWN["day"], lang)
    assert transcripts.printed(arguments, text) == before["commands"][lang][number]
