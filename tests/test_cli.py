"""``python -m estimator`` and ``python -m rules``: what they print, where, and their exit status."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from estimator import __main__ as command
from estimator.paths import Wishes
from estimator.project import MOST_YEARS, Projection
from rules import __main__ as maintainer
from rules import bundle, diff, due, impact, record, scaffold
from rules.checks import RulesError
from rules.load import Fault
from tests.elsewhere import as_elsewhere
from tests.golden import Case, cases

ROOT = Path(__file__).resolve().parent.parent
ON = "2026-11-21"
DEGREE = {
    "birth_date": "1990-05-20",
    "education_level": "bachelor_with_degree",
    "education_route": "full_time",
    "education_registered": True,
}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(DEGREE), encoding="utf-8")
    return path


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = command.main(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


def test_json_has_the_keys_of_the_answers_object_in_their_order(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run("score", str(answers), "--on", ON, "--json", capsys=capsys)
    assert (status, err, out.count("\n")) == (0, "", 1)
    result = json.loads(out)
    assert list(result) == ["on", "rules", "standard", "low", "high", "reaches_standard", "vetoed", "eligible", "items"]
    assert [result[key] for key in ("on", "standard", "low", "vetoed")] == [ON, 120, 120 - 7000, False]
    for item in result["items"]:
        assert list(item) == ["id", "kind", "low", "high", "status", "reasons", "sources"]
        assert item["kind"] in ("base", "bonus", "deduction", "veto")
        assert item["status"] in ("counted", "not_counted", "refused", "unknown", "none")
        assert item["reasons"]
        assert all("code" in reason for reason in item["reasons"])
        assert all(isinstance(source, str) for source in item["sources"])
        assert item["sources"], item["id"]
    assert [item["id"] for item in result["items"]] == [
        "age", "education", "qualification", "si_years", "startup_talent", "innovation_intermediary", "shortage_major", "investment", "si_base",
        "public_service", "key_suburb", "fresh_graduate", "award", "spouse", "false_materials", "detention", "minor_crime", "serious_crime",
        "family_planning",
    ]  # fmt: skip
    assert (
        result["rules"]
        == json.loads((ROOT / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))["name"]
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_for_a_person_everything_is_said_in_one_language(
    lang: str, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run("score", str(answers), "--on", ON, "--lang", lang, capsys=capsys)
    assert (status, err) == (0, "")
    words = command.load_words(lang)
    for entry in (*words["indicators"].values(), *({"name": check["text"]} for check in words["eligibility"].values())):
        assert entry["name"] in out
    assert ("估算" in out) == (lang == "zh")
    assert ("Estimate for" in out) == (lang == "en")
    assert f"{120 - 7000} … {1280}".replace("-", "−") in out
    assert "{" not in out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("case", [case for case in cases() if case.refused is not None][:3], ids=lambda case: case.name)
def test_a_refused_input_leaves_standard_output_empty(
    case: Case, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(case.answers), encoding="utf-8")
    status, out, err = run("score", str(path), "--on", case.on, "--json", "--lang", lang, capsys=capsys)
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == len(case.refused or [])
    for (key, _code), line in zip(case.refused or [], lines, strict=True):
        assert key in line
        assert json.dumps(case.answers[key]) in line


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[1]", "[…]"),
        (b"{", "1"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"award": "\\ud800\\u202e", "\\u001b[31m": 1}', "\\ud800\\u202e"),
        ('\ufeff{"award": "none", "award": "none"}'.encode(), "award"),
    ],
)
def test_a_file_that_is_no_answers_is_refused_in_plain_characters(
    content: bytes, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.json"
    path.write_bytes(content)
    status, out, err = run("score", str(path), "--on", ON, capsys=capsys)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
    assert err.replace("\n", "").isprintable()


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nobody.json"
    status, out, err = run("score", str(missing), "--on", ON, capsys=capsys)
    assert (status, out) == (2, "")
    assert str(missing) in err


YEARS = f"give a whole number from 1 to {MOST_YEARS}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["score", "-"], "required: --on"),
        (["score", "-", "--on", "tomorrow"], "argument --on: 'tomorrow': give a day as YYYY-MM-DD\n"),
        (["score", "-", "--on", "2026-02-30"], "argument --on: '2026-02-30': give a day as YYYY-MM-DD\n"),
        (["project", "-", "--on", ON, "--years", "0"], f"argument --years: '0': {YEARS}\n"),
        (["paths", "-", "--on", ON, "--years", f"{MOST_YEARS + 1}"], f"argument --years: '{MOST_YEARS + 1}': {YEARS}\n"),
        (["batch", "-", "--on", ON, "--years", "²"], f"argument --years: '²': {YEARS}\n"),
        (["dance"], "'dance'"),
        ([], "required: command"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert (out, message in err) == ("", True)


def test_a_day_before_the_rules_is_said_with_what_else_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answers.json"
    path.write_text('{"award": "gold"}', encoding="utf-8")
    status, out, err = run("score", str(path), "--on", "1999-01-01", "--lang", "en", capsys=capsys)
    assert (status, out) == (2, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["on", "award"]


def test_years_are_as_many_as_are_asked_for(
    answers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Any] = []

    def project(_book: object, _answers: object, years: int) -> Projection:
        asked.append(years)
        return Projection((), None, None)

    def paths(_book: object, _answers: object, wishes: Wishes) -> list[Any]:
        asked.append(wishes)
        return []

    monkeypatch.setattr(command, "project", project)
    monkeypatch.setattr(command, "paths", paths)
    for years in (1, 3, MOST_YEARS):
        for name in ("project", "paths"):
            assert run(name, str(answers), "--on", ON, "--years", f"{years}", "--json", capsys=capsys)[0] == 0
        assert asked == [years, Wishes(years=years)]
        asked.clear()


def test_ways_are_told_with_what_is_done_and_how_long_it_lasts(capsys: pytest.CaptureFixture[str]) -> None:
    def way(months: int, actions: list[str], below: date | None) -> Any:
        did = [SimpleNamespace(id=name) for name in actions]
        return SimpleNamespace(
            reaches_on=date(2030, months, 1), low_then=12, margin=months, actions=did, falls_below_on=below
        )

    found = [way(1, ["a", "b"], None), way(2, ["b"], date(2031, 1, 1)), way(3, [], date(2032, 1, 1))]
    said = {}
    for lang in ("zh", "en"):
        words = {"lang": lang, "actions": {"a": {"name": "A"}, "b": {"name": "B"}}, "assumption": "If …"}
        command.print_paths(words, found)
        command.print_paths(words, [])
        said[lang] = capsys.readouterr().out.splitlines()
    assert said == {
        "zh": [
            "2030-01-01  12（超出 1 分）  A、B",
            "2030-02-01  12（超出 2 分，到 2031-01-01 又低于标准）  B",
            "2030-03-01  12（超出 3 分，到 2032-01-01 又低于标准）  照现在这样等待",
            "If …",
            "推算期内没有找到办法。",
        ],
        "en": [
            "2030-01-01  12 (1 to spare)  A, B",
            "2030-02-01  12 (2 to spare, below again on 2031-01-01)  B",
            "2030-03-01  12 (3 to spare, below again on 2032-01-01)  Wait, with everything as it is",
            "If …",
            "No way was found within these years.",
        ],
    }


def test_a_roster_may_mix_names_and_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = {lang: command.load_words(lang)["questions"] for lang in ("zh", "en")}
    heading = ["编号", "si_months", labels["zh"]["birth_date"]["label"], labels["en"]["award"]["label"]]
    row = ["1", "12", "1990-05-20", labels["en"]["award"]["options"]["none"]]
    table = tmp_path / "people.csv"
    table.write_text("\n".join(",".join(f'"{cell}"' for cell in line) for line in (heading, row)), encoding="utf-8")
    status, out, err = run("batch", str(table), "--on", ON, "--years", "1", capsys=capsys)
    assert (status, err) == (0, "")
    [person] = csv.DictReader(io.StringIO(out))
    assert (person["line"], person["id"], person["faults"]) == ("2", "1", "")
    assert not {"si_months", "birth_date", "award"} & set(person["open"].split()) and person["open"]


def test_standard_input_is_read_and_said_in_utf_8(monkeypatch: pytest.MonkeyPatch) -> None:
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding="ascii") for name in ("stdout", "stderr")}
    for name, stream in streams.items():
        monkeypatch.setattr(sys, name, stream)
    answered = []
    for text in ('\ufeff{"holds_permit": true}', '{"错": 1}'):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        answered.append(command.main(["score", "-", "--on", ON]))
    assert answered == [0, 2]
    for name, begins in (("stdout", f"{ON} 估算："), ("stderr", "错（值 1）：")):
        streams[name].flush()
        assert streams[name].buffer.getvalue().decode().startswith(begins)


def test_projections_and_ways_are_printed_for_programs_and_for_people(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    short = tmp_path / "short.json"
    short.write_text(json.dumps(cases()[0].answers | {"si_months": 1}), encoding="utf-8")
    for lang, forward, ways in (("zh", "首次达到标准分值", "分"), ("en", "First at the standard", "to spare")):
        status, out, _err = run("project", str(short), "--on", ON, "--years", "3", "--lang", lang, capsys=capsys)
        assert (status, out.splitlines()[0][:10]) == (0, ON)
        assert forward in out
        status, out, _err = run("paths", str(short), "--on", ON, "--years", "3", "--lang", lang, capsys=capsys)
        assert status == 0
        assert ways in out
    status, out, _err = run("project", str(short), "--on", ON, "--json", capsys=capsys)
    assert list(json.loads(out)) == ["timeline", "reaches_on", "falls_below_on"]
    assert list(json.loads(out)["timeline"][1]) == ["date", "low", "high", "because"]
    status, out, _err = run("paths", str(short), "--on", ON, "--json", capsys=capsys)
    assert isinstance(json.loads(out), list)
    # With everything open nothing is certain, and no way leads up from there within a year.
    status, out, _err = run("paths", str(answers), "--on", ON, "--years", "1", "--lang", "en", capsys=capsys)
    assert (status, out) == (0, "No way was found within these years.\n")


def plain_python() -> str:
    """A Python without the packages of the checkout, if there is one: the one that the .venv was made from."""
    return str(getattr(sys, "_base_executable", sys.executable))


def module(
    name: str, *arguments: str, cwd: Path, text: str = "", root: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | {
        "PYTHONPATH": str(root),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [plain_python(), "-m", name, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, input=text, capture_output=True, text=True, encoding="utf-8"
    )


def test_a_plain_python_scores_from_standard_input_in_any_folder(tmp_path: Path) -> None:
    done = module("estimator", "score", "-", "--on", ON, "--json", cwd=tmp_path, text=json.dumps(DEGREE))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["items"][0]["low"] == 30
    refused = module("estimator", "score", "-", "--on", ON, "--json", cwd=tmp_path, text='{"agee": 3}')
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "agee" in refused.stderr


# --- a bundle that is older than the rules ---


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the two packages."""
    for name in ("rules", "estimator"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_stale_bundle_is_made_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, rules = checkout / "estimator" / "data", checkout / "rules"
    before = command.load_bundle(data, rules)
    stamp = (data / "rulebook.json").stat().st_mtime_ns
    assert command.load_bundle(data, rules) == before
    assert (data / "rulebook.json").stat().st_mtime_ns == stamp, "a fresh bundle stays as it is"
    edit(rules / "indicators" / "base" / "si_years.yaml", "per_year: 3", "per_year: 4")
    after = command.load_bundle(data, rules)
    assert after["hash"] != before["hash"]
    assert next(i for i in after["indicators"] if i["id"] == "si_years")["values"][0]["points"]["per_year"] == 4


def test_rules_with_faults_make_no_bundle(checkout: Path) -> None:
    edit(checkout / "rules" / "indicators" / "base" / "si_years.yaml", "per_year: 3", "per_yeer: 3")
    with pytest.raises(
        command.Fatal, match=r"si_years\.yaml:\d+:\d+: per_yeer: not a key here; did you mean per_year\?"
    ):
        command.load_bundle(checkout / "estimator" / "data", checkout / "rules")


def test_an_installed_package_has_its_bundle_only(checkout: Path) -> None:
    data = checkout / "estimator" / "data"
    assert command.load_bundle(data, checkout / "nowhere")["name"]
    (data / "rulebook.json").unlink()
    with pytest.raises(command.Fatal, match=r"rulebook\.json is missing; run “python -m rules bundle”"):
        command.load_bundle(data, checkout / "nowhere")


def test_rules_that_were_edited_are_bundled_by_their_own_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Rules of which nothing is known here but that they can be bundled."""
    as_elsewhere(monkeypatch)
    usual = subprocess.run

    def as_there(*arguments: Any, encoding: str | None = None, **more: Any) -> Any:
        return usual(*arguments, encoding=encoding or "utf-16", **more)

    monkeypatch.setattr(subprocess, "run", as_there)
    data, rules = tmp_path / "data", tmp_path / "rules"
    data.mkdir()
    (rules / "a").mkdir(parents=True)
    (rules / "__init__.py").touch()
    # By name a-b.yaml comes before a/b.yaml, by folder behind it.
    for name in ("scheme.yaml", "a-b.yaml", "a/b.yaml", "a/c.yml"):
        (rules / name).write_bytes(name.encode())
    path = data / "rulebook.json"
    made = {"files": bundle.digest(rules), "name": "是", "asked": ["bundle", "--out", str(data)]}
    writes = f"""
import json, pathlib, sys
print("Bundled.")
made = {made!r} | {{"asked": sys.argv[1:]}}
pathlib.Path({str(path)!r}).write_bytes(json.dumps(made, ensure_ascii=False).encode())
"""
    (rules / "__main__.py").write_text(writes, encoding="utf-8")
    for stale in (None, {}, {"files": "others"}, {"files": bundle.digest(rules / "a"), "name": "old"}):
        if stale is not None:
            path.write_bytes(json.dumps(stale).encode())
        assert command.load_bundle(data, rules) == made
        path.unlink()
    fails = 'import sys\nprint("Read.")\nsys.stderr.buffer.write("  规则\\n".encode() + b"\\xff\\n")\nsys.exit(1)\n'
    (rules / "__main__.py").write_text(fails, encoding="utf-8")
    with pytest.raises(command.Fatal) as caught:
        command.load_bundle(data, rules)
    told = "The rules were edited, and the bundle could not be made anew (run “make check”):\n规则\n\ufffd"
    assert str(caught.value) == told
    # A fresh bundle is taken as it is, and so is any where no rules lie beside it.
    for name, files in (("scheme.yaml", made["files"]), ("other.yaml", "others")):
        (rules / "scheme.yaml").rename(rules / name)
        fresh = made | {"files": files, "asked": []}
        path.write_bytes(json.dumps(fresh, ensure_ascii=False).encode())
        assert command.load_bundle(data, rules) == fresh
    assert capfd.readouterr() == ("", "")
    (data / "words.zh.json").write_bytes('{"lang": "是"}'.encode())
    assert command.load_words("zh", data) == {"lang": "是"}


# --- the maintainer's commands ---


def test_the_rules_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert maintainer.main(["check"]) == 0
    assert "The rules are in order" in capsys.readouterr().out


def test_faults_go_to_standard_error_and_fail(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(checkout / "rules" / "indicators" / "base" / "age.yaml", "max: 43", "mx: 43")
    assert maintainer.main(["--root", str(checkout / "rules"), "bundle", "--out", str(tmp_path / "out")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[1:] == ["1 fault."]
    assert err.startswith("rules/indicators/base/age.yaml:")
    assert not (tmp_path / "out").exists()


def test_bundle_and_schema_write_what_is_in_the_checkout(tmp_path: Path) -> None:
    assert maintainer.main(["bundle", "--out", str(tmp_path / "data")]) == 0
    assert maintainer.main(["schema", "--out", str(tmp_path / "schema")]) == 0
    for made, kept in (
        (tmp_path / "data", ROOT / "estimator" / "data"),
        (tmp_path / "schema", ROOT / "rules" / "schema"),
    ):
        assert {p.name: p.read_bytes() for p in made.iterdir()} == {p.name: p.read_bytes() for p in kept.glob("*.json")}
    # A second time only what differs is written: whoever watches the folder sees nothing else.
    book, words = tmp_path / "data" / "rulebook.json", tmp_path / "data" / "words.en.json"
    text = words.read_bytes()
    words.write_bytes(b"{}")
    for path in (book, words):
        os.utime(path, (0, 0))
    assert maintainer.main(["bundle", "--out", str(tmp_path / "data")]) == 0
    assert (book.stat().st_mtime, words.read_bytes()) == (0, text)


def test_words_are_utf_8_wherever_they_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintainer, "_version", lambda *_of: None)
    monkeypatch.setattr(maintainer, "read_policy", lambda root: None)
    monkeypatch.setattr(diff, "differences", lambda *_two: [])
    for out in (io.TextIOWrapper(io.BytesIO(), encoding="ascii"), io.StringIO()):
        monkeypatch.setattr(sys, "stdout", out)
        assert maintainer.main(["diff", "--people", "0", "--lang", "zh"]) == 0
        out.seek(0)
        assert out.read() == "没有变化。\n"


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30"])
def test_a_day_that_is_none_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        maintainer.main(["due", "--on", day])
    assert caught.value.code == 2
    assert f"argument --on: '{day}': give a day as YYYY-MM-DD" in capsys.readouterr().err


def test_a_check_is_for_the_day_that_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By ``--on`` first, then by SOURCE_DATE_EPOCH; else for the rules' own."""
    asked: list[object] = []
    policy = SimpleNamespace(indicators=range(2), questions=range(3), sources=range(4))
    monkeypatch.setattr(maintainer, "read_policy", lambda *which: asked.append(which) or policy)
    for seconds, words, day in (
        ("", [], None),
        ("86400", [], "1970-01-02"),
        ("86400", ["--on", "2030-06-15"], "2030-06-15"),
        ("soon", ["--on", "2030-06-15"], "2030-06-15"),
    ):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        assert maintainer.main(["--root", "somewhere", "check", *words]) == 0
        assert asked.pop() == (Path("somewhere"), day)
        assert capsys.readouterr() == ("The rules are in order: 2 indicators, 3 questions, 4 sources.\n", "")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert maintainer.main(["check"]) == 2
    assert capsys.readouterr() == (
        "",
        "SOURCE_DATE_EPOCH: 'soon': must be a number of seconds since 1970, such as the output of date +%s\n",
    )
    assert asked == []


def test_faults_are_counted_in_plain_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    faults = [Fault("rules/a.yaml", 2, 3, "one"), Fault("rules/b.yaml", 4, 5, "another")]
    for found, counted in ((faults[:1], "1 fault."), (faults, "2 faults.")):

        def refuse(*_which: object, found: list[Fault] = found) -> None:
            raise RulesError(found)

        monkeypatch.setattr(maintainer, "read_policy", refuse)
        assert maintainer.main(["check"]) == 1
        assert capsys.readouterr() == ("", "\n".join([*map(str, found), counted, ""]))


def test_files_are_the_same_bytes_on_every_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Folders are made where they are missing, and a second time nothing is in the way."""
    as_elsewhere(monkeypatch)
    monkeypatch.setattr(maintainer, "schemas", lambda: {"a.json": {"zh": ["是"]}, "b.json": {}})
    for folder in (tmp_path / "new" / "schema",) * 2:
        assert maintainer.main(["schema", "--out", str(folder)]) == 0
        assert {path.name: path.read_bytes().decode() for path in folder.iterdir()} == {
            "a.json": '{\n  "zh": [\n    "是"\n  ]\n}\n',
            "b.json": "{}\n",
        }
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "a.yaml").write_bytes("a:   是\r\n".encode())
    assert maintainer.main(["--root", str(rules), "format"]) == 0
    assert ((rules / "a.yaml").read_bytes(), capsys.readouterr().out) == ("a: 是\n".encode(), f"{rules / 'a.yaml'}\n")


def test_a_bundle_is_written_where_it_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_elsewhere(monkeypatch)
    policy: Any = SimpleNamespace(root=tmp_path / "rules")
    policy.root.mkdir()
    (policy.root / "a.yaml").write_bytes(b"a: 1\n")
    monkeypatch.setattr(bundle, "rulebook", lambda of: {"name": "是", "of": of is policy})
    monkeypatch.setattr(bundle, "words", lambda of, lang: {"lang": lang, "of": of is policy})
    monkeypatch.setattr(maintainer, "read_policy", lambda root: policy if root == policy.root else None)
    out = tmp_path / "new" / "data"
    command = ["--root", str(policy.root), "bundle", "--out", str(out)]
    made = {
        "rulebook.json": f'{{"files":"{bundle.digest(policy.root)}","name":"是","of":true}}\n',
        "words.en.json": '{"lang":"en","of":true}\n',
        "words.zh.json": '{"lang":"zh","of":true}\n',
    }
    assert maintainer.main(command) == 0
    assert {path.name: path.read_bytes().decode() for path in out.iterdir()} == made
    # Whoever watches the folder sees only what differs.
    (out / "words.en.json").write_bytes(b"{}")
    for path in out.iterdir():
        os.utime(path, (0, 0))
    assert maintainer.main(command) == 0
    assert {path.name: path.read_bytes().decode() for path in out.iterdir()} == made
    assert [path.name for path in out.iterdir() if path.stat().st_mtime] == ["words.en.json"]


def test_a_new_rule_is_begun_with_what_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    policy: Any = SimpleNamespace()
    begun: list[Any] = []
    pieces = [SimpleNamespace(file=file) for file in ("a.yaml", "b.yaml", "a.yaml")]
    blanks = ["a.yaml:1: one", "b.yaml:2: other"]
    monkeypatch.setattr(maintainer, "read_policy", lambda root: policy if root == tmp_path / "rules" else None)
    for kind in ("source", "wage_year", "indicator", "material", "case"):
        monkeypatch.setattr(scaffold, kind, lambda *given, kind=kind: begun.append((kind, *given)) or pieces)
    monkeypatch.setattr(scaffold, "put", lambda *what: blanks if what == (pieces, tmp_path) else [])
    on = "2030-06-15"
    for words, given in (
        (["source", "an-id", "--grade", "seed"], ("source", policy, "an-id", on, "seed")),
        (["wage-year", "a-notice", "--ceiling", "3", "--floor", "1"], ("wage_year", policy, "a-notice", on, 3, 1)),
        (
            ["indicator", "an-id", "a-notice", "--kind", "base", "--method", "choice", "--answer", "key"],
            ("indicator", policy, "an-id", on, "base", "choice", "a-notice", "key"),
        ),
        (["material", "an-id", "whose", "a-notice"], ("material", policy, "an-id", on, "whose", "a-notice")),
        (["case", "a-name"], ("case", policy, "a-name", on)),
    ):
        assert maintainer.main(["--root", str(tmp_path / "rules"), "new", *words, "--on", on]) == 0
        assert begun.pop() == given
        assert capsys.readouterr() == ("a.yaml\nb.yaml\n2 blanks to fill:\na.yaml:1: one\nb.yaml:2: other\n", "")
    blanks.clear()
    assert maintainer.main(["--root", str(tmp_path / "rules"), "new", "case", "a-name", "--on", on]) == 0
    assert capsys.readouterr() == ("a.yaml\nb.yaml\n", "")


@dataclass(frozen=True)
class Told:
    """Something that is said in either language."""

    what: str

    def say(self, lang: str) -> str:
        return f"{self.what}, {lang}"


def read(root: Path) -> Any:
    """What stands for the rules of a folder, with two records."""
    return SimpleNamespace(root=root, records=[SimpleNamespace(id="newest"), SimpleNamespace(id="older")])


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of rules that are read no further; their versions lie beside it."""

    def version(name: str, scratch: Path, checkout: Path) -> Path:
        assert scratch.is_dir()
        if name == "nowhere":
            raise record.NoSuchVersion("no such version")
        return checkout / name

    monkeypatch.setattr(record, "version", version)
    monkeypatch.setattr(maintainer, "read_policy", read)
    return tmp_path / "rules"


def test_a_comparison_prints_each_change_and_whom_it_concerns(
    versions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, found = [Told("one"), Told("other")], [Told("someone")]
    asked: list[Any] = []
    monkeypatch.setattr(diff, "differences", lambda *two: asked.append(two) or changes)
    monkeypatch.setattr(impact, "impacts", lambda *whom: asked.append(whom) or found)
    checkout = versions.parent
    now, head, there, here = (read(checkout / name) for name in ("rules", "HEAD", "there", "here"))
    usual = maintainer._parser().parse_args(["diff"]).people
    for words, old, new, people, printed in (
        ([], head, now, usual, "one, zh\none, en\nother, zh\nother, en\nsomeone, zh\nsomeone, en\n"),
        (["there", "--people", "7", "--lang", "en"], there, now, 7, "one, en\nother, en\nsomeone, en\n"),
        (["there", "here", "--people", "0", "--lang", "zh"], there, here, 0, "one, zh\nother, zh\n"),
    ):
        asked.clear()
        assert maintainer.main(["--root", str(versions), "diff", *words]) == 0
        assert asked == [(old, new), *([(old, new, changes, people)] if people else [])]
        assert capsys.readouterr() == (printed, "")
    changes.clear()
    found.clear()
    for words, printed in (([], "没有变化。\nNothing has changed.\n"), (["--lang", "en"], "Nothing has changed.\n")):
        assert maintainer.main(["--root", str(versions), "diff", *words]) == 0
        assert capsys.readouterr() == (printed, "")
    assert maintainer.main(["--root", str(versions), "diff", "nowhere"]) == 2
    assert capsys.readouterr() == ("", "no such version\n")


def test_an_edition_is_recorded_after_the_one_that_is_named_or_the_last(
    versions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout, now = versions.parent, read(versions)
    asked: list[Any] = []
    recorded = SimpleNamespace(changes=["one", "other"])
    monkeypatch.setattr(record, "is_recorded", lambda policy: policy == now and not asked)
    monkeypatch.setattr(record, "last_recorded", lambda of: "last" if of == checkout else None)
    monkeypatch.setattr(record, "make", lambda *what: asked.append(what) or recorded)
    monkeypatch.setattr(record, "keep", lambda *what: Path("a-file") if what == (recorded, versions) else None)
    for words in ([], ["--check"]):
        assert maintainer.main(["--root", str(versions), "record", *words]) == 0
        assert capsys.readouterr() == ("On record: rules/changes/newest.yaml\n", "")
    usual = maintainer._parser().parse_args(["record"]).people
    for words, old, people in (
        ([], read(checkout / "last"), usual),
        (["there", "--people", "7"], read(checkout / "there"), 7),
        (["--first", "--people", "0"], None, 0),
    ):
        asked[:] = ["not on record"]
        assert maintainer.main(["--root", str(versions), "record", *words]) == 0
        assert asked[1:] == [(old, now, people)]
        said = "a-file: 2 changes. Read it, improve a sentence where you can, and commit it with the rules.\n"
        assert capsys.readouterr() == (said, "")
    asked[:] = ["not on record"]
    assert maintainer.main(["--root", str(versions), "record", "--check"]) == 1
    assert capsys.readouterr() == ("", "These rules are not on record. Run: python -m rules record\n")

    def none_there(_checkout: Path) -> str:
        raise record.NoSuchVersion("name one")

    monkeypatch.setattr(record, "last_recorded", none_there)
    for words, why in ((["nowhere"], "no such version\n"), ([], "name one\n")):
        assert maintainer.main(["--root", str(versions), "record", *words]) == 2
        assert capsys.readouterr() == ("", why)
    assert asked == ["not on record"]


def test_what_is_due_is_asked_for_a_day_and_some_days_more(
    versions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    on = date(2030, 6, 15)
    listed = {0: [Told("one"), Told("other")], 7: [Told("more")]}

    def found(policy: Any, day: date, within: int) -> list[Told]:
        assert (policy, day) == (read(versions), on)
        return listed[within]

    monkeypatch.setattr(due, "due", found)
    monkeypatch.setattr(due, "report", lambda *asked: f"{len(found(*asked))} in all\n")
    for words, printed in (
        ([], "one, zh\none, en\nother, zh\nother, en\n"),
        (["--within", "7", "--lang", "zh"], "more, zh\n"),
        (["--markdown"], "2 in all\n"),
        (["--within", "7", "--markdown", "--lang", "en"], "1 in all\n"),
    ):
        assert maintainer.main(["--root", str(versions), "due", "--on", str(on), *words]) == 0
        assert capsys.readouterr() == (printed, "")
