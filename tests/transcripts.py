"""What the estimator answers and prints, word by word, by one edition of rules and words that is kept with it.

Tests that say what must come out name what matters; this one notices everything else. It knows no policy: the edition in
tests/transcripts/edition/ stays as it is when the rules change. After a change of the estimator that is meant:

    python -m tests.transcripts

writes the answers anew, and the difference says what the change does.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import yaml

from estimator import __main__ as command
from estimator import entry

FOLDER = Path(__file__).resolve().parent / "transcripts"
EDITION, ANSWERS = FOLDER / "edition", FOLDER / "answers"
#: Most entries of a list that are kept one by one: a chart of months or a timeline has hundreds, each much like the one before.
LONGEST = 20
Known = dict[str, Any]


def asked() -> Known:
    """What requests.yaml says, and applicants.json under ``applicants``: pairs of a day and answers."""
    found: Known = yaml.safe_load((FOLDER / "requests.yaml").read_text(encoding="utf-8"))
    return {**found, "applicants": json.loads((FOLDER / "applicants.json").read_text(encoding="utf-8"))}


def recorded() -> Known:
    """What was answered when it was last written, by the names of the files."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in ANSWERS.glob("*.json")}


def load(*, ahead: bool = False) -> Any:
    """The estimator of this process takes the kept edition; with ``ahead`` one whose rules are known to change. Its answer."""
    book = json.loads((EDITION / "rulebook.json").read_text(encoding="utf-8"))
    for change in asked()["ahead"] if ahead else []:
        *way, last = change["at"]
        place = book
        for step in way:
            place = _part(place, step)
        if "put" in change:
            place[last] = change["put"]
        else:
            _part(place, last).append(change["add"])
    return answer("load", json.dumps(book))


def _part(place: Any, step: str | int) -> Any:
    """What stands there: of a list, the entry with that id or number."""
    if isinstance(place, list) and isinstance(step, str):
        return next(each for each in place if each["id"] == step)
    return place[step]


def payload(request: Known, on: str) -> tuple[str, str]:
    """Kind and payload of an entry of ``requests``."""
    parts = dict(request)
    kind = parts.pop("kind")
    if "text_of_payload" in parts:
        return kind, parts["text_of_payload"]
    if kind == "score" and "text" in parts:
        return kind, parts["text"]
    return kind, json.dumps({"on": on, "answers": {}, **parts}, ensure_ascii=False)


def answer(kind: str, text: str) -> Any:
    """What the estimator answers, read, with long lists made short."""
    return brief(json.loads(entry.handle(kind, text)))


def brief(value: Any) -> Any:
    """The same, but of a list longer than ``LONGEST`` the first and last entry, how many there are, and the hash of them all."""
    if isinstance(value, dict):
        return {key: brief(each) for key, each in value.items()}
    if isinstance(value, list) and len(value) > LONGEST:
        whole = hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
        return {"first": value[0], "last": value[-1], "count": len(value), "sha256": whole}
    return [brief(each) for each in value] if isinstance(value, list) else value


def printed(arguments: list[str], text: str) -> Known:
    """Exit status and both streams of the command line, with the kept edition."""
    out, err = io.StringIO(), io.StringIO()
    bundle = json.loads((EDITION / "rulebook.json").read_text(encoding="utf-8"))
    words = {lang: json.loads((EDITION / f"words.{lang}.json").read_text(encoding="utf-8")) for lang in ("zh", "en")}
    with (
        mock.patch.object(command, "load_bundle", lambda: bundle),
        mock.patch.object(command, "load_words", words.__getitem__),
        mock.patch.object(command, "read_input", lambda _name: text),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        status = command.main(arguments)
    return {"status": status, "out": out.getvalue().splitlines(), "err": err.getvalue().splitlines()}


def command_line(entry_: Known, on: str, lang: str) -> tuple[list[str], str]:
    """Arguments and standard input of an entry of ``commands``."""
    name, *options = entry_["run"]
    if lang != "zh":  # the usual one
        options += ["--lang", lang]
    text = entry_["input"] if "input" in entry_ else json.dumps(entry_["answers"], ensure_ascii=False)
    return [name, "-", "--on", on, *options], text


def parsers() -> Known:
    """What the command line takes, by command; Python's own words around it differ from version to version."""
    whole = command._parser()
    [commands] = [action.choices for action in whole._actions if isinstance(action.choices, dict)]
    found: Known = {"": [whole.prog, whole.description, commands_of(whole)]}
    for name, one in commands.items():
        found[name] = [
            [a.option_strings, a.dest, a.required, str(a.default), str(a.metavar), str(a.choices), a.help]
            for a in one._actions
            if a.dest != "help"
        ]
    return found


def commands_of(parser: argparse.ArgumentParser) -> Known:
    """Whether a command must be named, under which name it is found, and what each does."""
    [choice] = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return {"dest": choice.dest, "required": choice.required, "help": {a.dest: a.help for a in choice._choices_actions}}


def everything() -> Known:
    """All answers, by the file that they belong in."""
    known = asked()
    on = known["day"]
    load(ahead=True)
    ahead = [answer(*payload(request, on)) for request in known["asked_ahead"]]
    return {
        "loaded": load(),
        "ahead": ahead,
        "parsers": parsers(),
        "requests": [answer(*payload(request, on)) for request in known["requests"]],
        "applicants": [
            {kind: answer(kind, json.dumps({"on": day, "answers": answers})) for kind in ("score", "explain")}
            for day, answers in known["applicants"]
        ],
        "commands": {
            lang: [printed(*command_line(entry_, on, lang)) for entry_ in known["commands"]] for lang in ("zh", "en")
        },
    }


def lines(value: Any, depth: int = 3) -> str:
    """JSON text with a line for each thing that may differ on its own, so that a difference can be read."""
    if depth and isinstance(value, dict) and value:
        return (
            "{\n"
            + ",\n".join(
                f"{json.dumps(key, ensure_ascii=False)}: {lines(each, depth - 1)}" for key, each in value.items()
            )
            + "\n}"
        )
    if depth and isinstance(value, list) and value:
        return "[\n" + ",\n".join(lines(each, depth - 1) for each in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit("Usage: python -m tests.transcripts")
    for name, answers in everything().items():
        (ANSWERS / f"{name}.json").write_text(lines(answers, 2) + "\n", encoding="utf-8", newline="\n")
