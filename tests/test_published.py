"""What other programs use: the rules as JSON with a schema, and the estimator as a wheel; with the examples of the site's own page."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from estimator.model import Rulebook
from hooks import published
from rules.bundle import rulebook, words
from rules.checks import Policy, read_policy
from rules.guide import Statement
from rules.model import Text
from rules.words import Writer
from tests.rehearsals import ROOT, copy_rules, rehearsals
from tests.server import serving

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The policy of this checkout."""
    return read_policy(ROOT / "rules")


def test_the_published_rules_follow_the_published_schema_also_after_every_change(
    policy: Policy, tmp_path: Path
) -> None:
    rules = copy_rules(tmp_path)
    for rehearsal in rehearsals():
        rehearsal.play(rules)
    for one in (policy, read_policy(rules)):
        files = published.files(one)
        schema = json.loads(files[f"{published.FOLDER}/rulebook.schema.json"])
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(json.loads(files[f"{published.FOLDER}/rulebook.json"]))
    wrong = {**rulebook(policy), "standard": [{"from": "soon", "points": 120}]}
    assert list(Draft202012Validator(schema).iter_errors(wrong))


def test_the_index_names_every_file_with_its_hash(policy: Policy) -> None:
    files = published.files(policy)
    assert files == published.files(policy), "the same rules give the same bytes"
    index = json.loads(files[f"{published.FOLDER}/index.json"])
    named = {f"{published.FOLDER}/{name}": entry["sha256"] for name, entry in index["files"].items()}
    assert named == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if not name.endswith("index.json")
    }
    assert (index["name"], index["wheel"] in index["files"]) == (rulebook(policy)["name"], True)
    # What is asked for so often is made once.
    assert rulebook(policy) is rulebook(policy) and words(policy, "zh") is words(policy, "zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_of_materials_and_questions_have_the_figures_of_their_own(policy: Policy, lang: str) -> None:
    """Whichever of their texts names them: today's rules name few."""
    asked, papers = policy.files["questions.yaml"], policy.files["materials.yaml"]
    question = next(one for one in asked.questions if one.derived)
    figure, value = next(iter(Writer(policy, lang).question_scope(question).items()))
    help_ = Text(zh=f"有 {{{figure}}}", en=f"has {{{figure}}}")
    copies = Text(zh="{copies} 份", en="{copies} copies")
    changed = {"name": copies, "where": copies, "only": copies, "figures": {"copies": 1007}}
    paper = papers.materials[0].model_copy(
        update={**changed, "details": [Statement(text=copies, cite=papers.materials[0].cite)]}
    )
    files = policy.files | {
        "questions.yaml": asked.model_copy(
            update={
                "questions": [
                    one.model_copy(update={"help": help_}) if one is question else one for one in asked.questions
                ]
            }
        ),
        "materials.yaml": papers.model_copy(update={"materials": [paper]}),
    }
    made = words(Policy(policy.root, files, policy.entries), lang)
    assert made["questions"][question.key]["help"] == {"zh": f"有 {value}", "en": f"has {value}"}[lang]
    said = {"zh": "1,007 份", "en": "1,007 copies"}[lang]
    [shown] = made["materials"].values()
    assert [shown[part] for part in ("name", "where", "only", "details")] == [said, said, said, [said]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> Path:
    """The wheel, installed by pip into a folder of its own, without an index."""
    folder = tmp_path_factory.mktemp("wheel")
    name, data = published.estimator_wheel(policy)
    (folder / name).write_bytes(data)
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-compile",
        "--disable-pip-version-check",
    ]
    subprocess.run([*command, "--target", str(folder / "lib"), str(folder / name)], check=True)
    with zipfile.ZipFile(folder / name) as packed:
        assert packed.testzip() is None
    return folder / "lib"


def run(installed: Path, *words: str, given: str = "") -> str:
    """Run Python with the wheel alone: neither this checkout nor its packages."""
    done = subprocess.run(
        [sys.executable, "-S", *words],
        cwd=installed,
        input=given,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(installed)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_scores_as_the_checkout_does(installed: Path, policy: Policy) -> None:
    answers = '{"education_level": "bachelor_with_degree", "education_route": "full_time", "education_registered": true, "qualification": "none"}'
    found = json.loads(run(installed, "-m", "estimator", "score", "-", "--on", "2026-11-21", "--json", given=answers))
    assert found["rules"] == Rulebook.from_bundle(rulebook(policy)).name
    assert {item["id"]: [item["low"], item["high"]] for item in found["items"]}["education"] == [90, 90]


def examples(lang: str) -> list[str]:
    """The Python examples of the page on reuse."""
    text = (ROOT / "docs" / lang / "project" / "reuse.md").read_text(encoding="utf-8")
    return re.findall(r"```python\n(.*?)```", text, re.S)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_of_the_page_run_as_they_stand(
    lang: str, installed: Path, policy: Policy, built_site: Path
) -> None:
    assert len(examples(lang)) == 2
    assert [re.sub(r"\s*#.*", "", code) for code in examples("zh")] == [
        re.sub(r"\s*#.*", "", code) for code in examples("en")
    ]
    with serving(built_site) as address:
        printed = [
            run(installed, "-c", code.replace("https://example.org/points/", address)) for code in examples(lang)
        ]
    standard = policy.scheme.standard[0].points
    assert printed[0].split() == [rulebook(policy)["name"], str(standard)]
    assert printed[1].split() == [str(standard), str(standard), "yes"]
