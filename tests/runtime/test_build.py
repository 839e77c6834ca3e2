"""The runtime that the project builds: the same bytes each time, whole, and right or silent."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from runtime import package
from runtime.build import CACHE, build
from runtime.package import FOLDER, ROOT, BuildError
from runtime.profile.requests import requests
from tests.runtime.session import run

pytestmark = pytest.mark.pyodide

DOOR = """
import json
from dataclasses import dataclass

@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    size: int = 0

def handle(kind, payload):
    asked = Asked(kind, len(payload))
    if kind == "echo":
        return json.dumps([asked.kind, asked.size, payload], ensure_ascii=False)
    if kind == "hole":
        import unicodedata

        return json.dumps(unicodedata.normalize("NFKC", "①２"))
    if kind == "module":
        try:
            import statistics
        except ImportError:
            return json.dumps("caught, and wrong")
        return json.dumps(statistics.mean([1, 2, 3]))
    raise ValueError(f"no {kind}")
"""


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("estimator")
    (folder / "entry.py").write_text(DOOR, encoding="utf-8")
    (folder / "__main__.py").write_text("import argparse, nothing_at_all\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def small_wasm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("runtime")
    return out / str(build(out, ROOT / "estimator", CACHE)["variants"]["small"]["wasm"]["file"])


def test_the_same_input_gives_the_same_bytes(stand_in: Path, tmp_path: Path) -> None:
    build(tmp_path / "one", stand_in, tmp_path / "cache one")
    build(tmp_path / "two", stand_in, tmp_path / "cache two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_the_manifest_describes_every_file(stand_in: Path, tmp_path: Path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "python.0000000000.wasm").write_bytes(b"of an earlier build")
    manifest = build(tmp_path, stand_in, CACHE)
    assert json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")) == manifest
    described = {}
    for variant in manifest["variants"].values():
        for record in (variant["glue"], variant["wasm"], *variant["archives"]):
            data = (tmp_path / record["file"]).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (record["bytes"], record["sha256"])
            assert record["sha256"][:10] in record["file"]
            described[record["file"]] = data
    assert described.keys() | {"manifest.json"} == tree(tmp_path).keys()


def test_small_answers_as_full_does(small_wasm: Path, tmp_path: Path) -> None:
    asked = requests(200)
    small = run("small", small_wasm, ROOT / "estimator", asked, tmp_path)
    full = run("full", FOLDER / "pyodide.asm.wasm", ROOT / "estimator", asked, tmp_path)
    assert small["trapped"] == full["trapped"] == []
    assert small["answers"].keys() == full["answers"].keys()
    different = [
        (chapter, here, there)
        for chapter in full["answers"]
        for here, there in zip(small["answers"][chapter], full["answers"][chapter], strict=True)
        if here != there
    ]
    assert different[:5] == []
    assert len(full["answers"]["requests"]) == len(asked)


def test_what_was_left_out_ends_the_instance_and_full_answers(small_wasm: Path, stand_in: Path, tmp_path: Path) -> None:
    asked = [("echo", "漢😀"), ("hole", ""), ("module", ""), ("nothing", ""), ("echo", "still")]
    small = run("small", small_wasm, stand_in, asked, tmp_path)["answers"]["requests"]
    full = run("full", FOLDER / "pyodide.asm.wasm", stand_in, asked, tmp_path)["answers"]["requests"]
    assert full == ['["echo", 2, "漢😀"]', '"12"', "2", "PythonError: ValueError: no nothing", '["echo", 5, "still"]']
    assert [small[0], *small[3:]] == [full[0], *full[3:]]
    assert small[1] == "TrapError: RuntimeError: unreachable"
    assert small[2] == "TrapError: not in this variant: statistics"


def test_another_release_stops_the_build(stand_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "pyodide"
    other.mkdir()
    for name in package.FILES:
        (other / name).write_bytes((FOLDER / name).read_bytes())
    (other / "python_stdlib.zip").write_bytes(b"PK of another release")
    monkeypatch.setattr(package, "FOLDER", other)
    with pytest.raises(
        BuildError, match=r"python_stdlib\.zip is not that of pyodide 314\.0\.7.*runtime/package\.py.*runtime\.profile"
    ):
        build(tmp_path / "out", stand_in, tmp_path / "cache")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (None, r"entry\.py is missing"),
        ("def handle(kind, payload:\n", r"SyntaxError"),
        ("import no_such_module\n", r"No module named 'no_such_module'"),
        ("import zoneinfo.nothing\n", r"zoneinfo"),
    ],
)
def test_an_estimator_that_cannot_be_opened_stops_the_build(source: Any, said: str, tmp_path: Path) -> None:
    folder = tmp_path / "estimator"
    folder.mkdir()
    if source is not None:
        (folder / "entry.py").write_text(source, encoding="utf-8")
    with pytest.raises(BuildError, match=said):
        build(tmp_path / "out", folder, tmp_path / "cache")
