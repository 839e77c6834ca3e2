"""What holds the parts together: the bundle and its reader, codes and their words, generated files, who imports whom."""

import ast
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

import estimator.model
from estimator import entry
from estimator.answers import Fault, Refused, read_answers
from estimator.methods import method_from
from estimator.model import Rulebook
from estimator.score import score
from estimator.words import say_fault, say_reason
from rules import bundle, model
from rules.checks import Policy, read_policy
from rules.schema import schemas
from tests.applicants import applicants
from tests.golden import cases
from tests.kinds import KINDS, extras

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "estimator" / "data"
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return read_policy(ROOT / "rules")


# --- the bundle and its reader ---


class Spy(dict[str, Any]):
    """A mapping that knows which of its keys were read."""

    def __init__(self, *args: Any):
        super().__init__(*args)
        self.seen: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.seen.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.seen.add(key)
        return super().get(key, default)

    def items(self) -> Any:
        self.seen |= self.keys()
        return super().items()


def spied(value: Any) -> Any:
    if isinstance(value, dict):
        return Spy({key: spied(item) for key, item in value.items()})
    return [spied(item) for item in value] if isinstance(value, list) else value


def unread(value: Any, place: str = "") -> Iterator[str]:
    if isinstance(value, Spy):
        for key, item in dict.items(value):
            if key not in value.seen:
                yield f"{place}.{key}"
            else:
                yield from unread(item, f"{place}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from unread(item, place)


def test_the_estimator_reads_every_field_of_the_bundle(monkeypatch: pytest.MonkeyPatch, policy: Policy) -> None:
    specs: list[Spy] = []

    def read_method(spec: dict[str, Any], questions: Any) -> Any:
        specs.append(spied(spec))
        return method_from(specs[-1], questions)

    monkeypatch.setattr(estimator.model, "method_from", read_method)
    book = spied(bundle.rulebook(policy))
    Rulebook.from_bundle(book)
    # The page groups the questions; how many years an average runs over is only told. Methods are read in copies, and what
    # else an action changes is taken as a whole.
    told = {".edition", ".questions.group"}
    wholes = (".indicators.values.points", ".actions.also")
    assert {place for place in unread(book) if not place.startswith(wholes)} == told
    assert {place for spec in specs for place in unread(spec) if not place.startswith(".points.")} == {".average_years"}


def test_every_way_of_counting_is_known_to_the_estimator() -> None:
    ways = {get_args(way.model_fields["method"].annotation)[0] for way in get_args(get_args(model.Method)[0])}
    source = ast.parse((ROOT / "estimator" / "methods.py").read_text(encoding="utf-8"))
    reader = next(n for n in source.body if isinstance(n, ast.FunctionDef) and n.name == "method_from")
    compared = [
        n
        for n in ast.walk(reader)
        if isinstance(n, ast.Compare) and isinstance(n.left, ast.Name) and n.left.id == "name"
    ]
    assert ways == {n.comparators[0].value for n in compared if isinstance(n.comparators[0], ast.Constant)}
    with pytest.raises(ValueError, match="not known"):
        method_from({"method": "astrology"}, {})


# --- codes and their words ---


def words(lang: str) -> Any:
    return json.loads((DATA / f"words.{lang}.json").read_text(encoding="utf-8"))


def emitted(call: str) -> set[str]:
    """The codes that estimator/*.py passes to ``call``, also by way of a condition or a variable."""
    found = set()
    for path in (ROOT / "estimator").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assigned = {
            n.targets[0].id: n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == call and node.args:
                first = node.args[0]
                first = assigned.get(first.id, first) if isinstance(first, ast.Name) else first
                branches = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                found |= {str(branch.value) for branch in branches if isinstance(branch, ast.Constant)}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_words_and_no_words_are_left_over(lang: str) -> None:
    assert emitted("reason") == set(words(lang)["reasons"])
    assert emitted("Fault") == set(words(lang)["faults"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_and_fault_is_said_in_full(lang: str) -> None:
    text = words(lang)
    book = Rulebook.from_bundle(json.loads((DATA / "rulebook.json").read_text(encoding="utf-8")))
    said = {}
    everyone = [(case.on, case.answers) for case in cases() if case.refused is None]
    for on, answers in [
        *everyone,
        *applicants(json.loads((DATA / "rulebook.json").read_text(encoding="utf-8")), 300, seed=9),
    ]:
        for item in score(book, read_answers(book, answers, date.fromisoformat(on))).items:
            said |= {step["code"]: say_reason(text, step) for step in item.reasons}
    for case in cases():
        if case.refused is not None:
            with pytest.raises(Refused) as caught:
                book.in_force(date.fromisoformat(case.on))
                read_answers(book, case.answers, date.fromisoformat(case.on))
            said |= {fault.code: say_fault(text, fault) for fault in caught.value.faults}
    assert len(said) > 40
    for code, sentence in said.items():
        assert sentence, code
        assert not re.search(r"\{[a-z_]+\}|None", sentence), (code, sentence)


def test_what_only_other_rules_would_say_is_said_in_full_too(policy: Policy) -> None:
    """Reasons that no applicant meets under the rules of today, and faults of files and tables."""
    parameters = {
        "since": "2030-01-01",
        "line": 3,
        "column": 7,
        "max": 9,
        "near": "si_months",
        "earliest": "2018-01-01",
        "latest": "2026-11-21",
    }
    for lang in LANGUAGES:
        text = words(lang)
        assert "{" not in say_reason(text, {"code": "abolished"}) + say_reason(
            text, {"code": "not_yet", "since": "2030-01-01"}
        )
        for code in text["faults"]:
            sentence = say_fault(
                text,
                Fault(code, "birth_date", '"x"', {**parameters, "min": 0, "options": ["a", "b"], "from": "2022-07"}),
            )
            assert "{" not in sentence, sentence


# --- generated files ---


def test_the_schemas_for_editors_are_fresh() -> None:
    folder = ROOT / "rules" / "schema"
    made = {name: json.dumps(value, ensure_ascii=False, indent=2) + "\n" for name, value in schemas().items()}
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")} == made, (
        "python -m rules schema"
    )


def test_every_rule_file_names_the_schema_that_it_follows() -> None:
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert match, path
        assert (path.parent / match[1]).is_file(), path


def test_the_bundle_in_the_package_is_fresh(policy: Policy, tmp_path: Path) -> None:
    bundle.write(policy, tmp_path)
    for path in tmp_path.iterdir():
        assert (DATA / path.name).read_bytes() == path.read_bytes(), "python -m rules bundle"


def test_the_bundle_is_the_same_text_for_the_same_rules(policy: Policy) -> None:
    book = bundle.rulebook(policy)
    text = bundle.canonical(book)
    assert bundle.canonical(json.loads(text)) == text
    assert not re.search(r"[0-9]\.[0-9]", re.sub(r'"[^"]*"', "", text)), "whole numbers only"
    for lang in LANGUAGES:
        assert bundle.words(policy, lang)["hash"] == book["hash"]


# --- who imports whom, and what may stand where ---


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """The top-level packages that a file imports, and from how far up."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0], node.level


def python(folder: str) -> list[Path]:
    return sorted(path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


#: Nothing here reads a file, a clock, the network or chance.
PURE = {
    "__future__", "bisect", "collections", "contextlib", "csv", "dataclasses", "datetime", "functools", "io", "itertools", "json", "re", "typing",
}  # fmt: skip


@pytest.mark.parametrize("path", python("estimator"), ids=lambda path: path.name)
def test_the_estimator_imports_the_standard_library_and_itself(path: Path) -> None:
    allowed = sys.stdlib_module_names if path.name == "__main__.py" else PURE
    for name, level in imports(path):
        assert level == 1 or name in allowed, name
    if path.name != "__main__.py":
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("today", "now", "utcnow", "fromtimestamp"), f"line {node.lineno}: a clock"
            elif isinstance(node, ast.Name):
                assert node.id not in ("open", "input", "eval", "exec", "__import__", "print"), (
                    f"line {node.lineno}: {node.id}"
                )


def test_imports_point_one_way() -> None:
    ours = {"rules", "estimator", "hooks", "tools", "runtime", "tests"}
    allowed = {"rules": {"rules"}, "hooks": {"hooks", "rules", "estimator", "runtime"}}
    for folder, others in allowed.items():
        for path in python(folder):
            found = {name for name, level in imports(path) if level == 0} & ours
            # What a change of the rules does to people can only be told by scoring them.
            extra = {"estimator"} if path == ROOT / "rules" / "impact.py" else set()
            assert found <= others | extra, path
            if path != ROOT / "hooks" / "site.py":
                assert "mkdocs" not in {name for name, _level in imports(path)}, path


def figures(value: Any, inside: bool = False) -> Iterator[int]:
    """The numbers of the policy: points, sums, months, ages."""
    names = {
        "points",
        "per_year",
        "from_years",
        "cap",
        "months",
        "window_months",
        "window_years",
        "unit",
        "yuan",
        "min",
        "max",
        "at_least",
        "at_most",
    }
    if isinstance(value, dict):
        for key, item in value.items():
            yield from figures(item, inside or key in names)
    elif isinstance(value, list):
        for item in value:
            yield from figures(item, inside)
    elif inside and isinstance(value, int) and not isinstance(value, bool):
        yield abs(value)


#: Numbers that any program is full of, and what each file means by another that happens to be a figure too.
EVERYDAY = {*range(13), 100}
OTHERS = {
    "estimator/answers.py": {18: "digits", 20: "levels of JSON", 60: "characters shown"},
    "estimator/entry.py": {30: "years ahead"},
    "estimator/insight.py": {60: "months, a sample", 70: "years of age, a sample", 120: "months, a sample"},
    "estimator/project.py": {60: "years ahead"},
    "estimator/roster.py": {18: "digits"},
}


@pytest.mark.parametrize("path", python("estimator"), ids=lambda path: path.name)
def test_no_figure_of_the_policy_stands_in_the_estimator(path: Path) -> None:
    rules = [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ROOT / "rules").rglob("indicators/**/*.yaml")
    ]
    rules += [
        yaml.safe_load((ROOT / "rules" / name).read_text(encoding="utf-8"))
        for name in ("scheme.yaml", "wages.yaml", "eligibility.yaml")
    ]
    known = set(figures(rules)) - EVERYDAY - OTHERS.get(path.relative_to(ROOT).as_posix(), {}).keys()
    assert {25, 30, 43, 50, 120, 140, 12577, 100000} <= set(figures(rules))
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            assert node.value not in known, f"line {node.lineno}: {node.value}: figures belong into rules/"


#: Figures that a page's module or a hook could only know from the policy.
TELLING = {29, 43, 55, 61, 110, 120, 130, 140, 150}


@pytest.mark.parametrize(
    "path", [*python("hooks"), *sorted((ROOT / "docs" / "assets").rglob("*.mjs"))], ids=lambda path: path.name
)
def test_no_telling_figure_stands_in_a_hook_or_a_module_of_the_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'""".*?"""|/\*.*?\*/|(?://|#)[^\n]*', "", text, flags=re.S)
    numbers = {float(number) for number in re.findall(r"(?<![\w.#-])\d+(?:\.\d+)?(?![\w.%])", text)}
    assert not numbers & TELLING


# --- requests ---


def test_every_kind_of_request_has_parts_that_it_accepts() -> None:
    entry.handle("load", (DATA / "rulebook.json").read_text(encoding="utf-8"))
    for kind in KINDS:
        payload = {"on": "2026-11-21", "answers": {}} | extras(kind, "2026-11-21")
        assert "ok" in json.loads(entry.handle(kind, json.dumps(payload))), kind
