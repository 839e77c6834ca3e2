"""The installer's messages, and the lock files."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bootstrap

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "tools" / "bootstrap.py"


def test_old_python_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_old_python_is_named_when_no_newer_one_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        bootstrap.Missing, match=r"Python 3\.11 or newer is needed, and this is Python 3\.9\. Install it"
    ):
        bootstrap.find_python()


@pytest.mark.parametrize(
    ("programs", "message"),
    [
        ({}, r"Node\.js 20 or newer is needed, and no `node` is on the PATH"),
        ({"node": "echo v18.1.0"}, r"Node\.js 20 or newer is needed, and `.*node` is v18\.1\.0"),
        ({"node": "exit 1"}, r"Node\.js 20 or newer is needed, and `.*node` is broken"),
        ({"node": "echo v20.1.0"}, r"npm is needed, and none is on the PATH"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
def test_missing_tool_is_named_without_a_traceback(tmp_path: Path, programs: dict[str, str], message: str) -> None:
    for name, line in programs.items():
        program = tmp_path / name
        program.write_text(f"#!{shutil.which('sh')}\n{line}\n")
        program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, SCRIPT], env=os.environ | {"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert re.search(message, done.stderr), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")
def test_failing_install_shows_what_the_tool_said(tmp_path: Path) -> None:
    program = tmp_path / "npm"
    program.write_text(f"#!{shutil.which('sh')}\necho network unreachable\nexit 7\n")
    program.chmod(0o755)
    with pytest.raises(bootstrap.Missing, match=r"(?s)exit 7.*Check the network.*network unreachable"):
        bootstrap.run([str(program)], "Installing", "Check the network.")


def test_chromium_variable_that_names_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(bootstrap.Missing, match="CHROMIUM names /no/such/browser"):
        bootstrap.find_chromium()


def test_locks_pin_by_hash_and_name_no_registry() -> None:
    python = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in python
    assert "--index" not in python
    pins = re.findall(r"^[A-Za-z][^\n]*(?:\n    [^\n]*)*", python, re.M)
    assert pins
    assert all("==" in pin and "--hash=sha256:" in pin for pin in pins)
    node = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in node["packages"].items():
        assert "resolved" not in package, name
        assert name == "" or package["integrity"], name
    for version in (node["packages"][""]["dependencies"] | node["packages"][""]["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_each_engine_is_found_or_named_with_its_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WebKitWebDriver", "Xvfb", "firefox-esr"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    browser = tmp_path / "MiniBrowser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.delenv("FIREFOX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "WEBKIT_PLACES", [str(browser)])
    assert bootstrap.find_firefox() == str(tmp_path / "firefox-esr")
    assert bootstrap.find_webkit() == [str(tmp_path / "WebKitWebDriver"), str(browser), str(tmp_path / "Xvfb")]
    browser.unlink()
    assert bootstrap.find_webkit() is None
    for package in ("firefox-esr", "webkit2gtk-driver", "xvfb"):
        assert package in bootstrap.PACKAGES and package in bootstrap.ENGINES_WANTED
    monkeypatch.setenv("FIREFOX", "no-such-program")
    with pytest.raises(bootstrap.Missing, match="no-such-program"):
        bootstrap.find_firefox()


def test_the_browser_without_a_window_is_taken_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    whole, headless = tmp_path / "chromium", tmp_path / bootstrap.HEADLESS
    for program in (whole, headless):
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    assert (bootstrap.find_headless(), bootstrap.find_chromium()) == (str(headless), str(whole))
    headless.unlink()
    assert bootstrap.find_headless() == str(whole)
    monkeypatch.setenv("CHROMIUM", str(whole))
    headless.write_text("#!/bin/sh\n")
    headless.chmod(0o755)
    assert bootstrap.find_headless() == str(whole)
