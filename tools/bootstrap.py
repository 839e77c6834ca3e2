"""Install everything the project needs into the checkout.

    python3 tools/bootstrap.py [--browsers]

Makes .venv from requirements.lock and node_modules from package-lock.json; with --browsers it also makes
sure of a Chromium and of a font with Chinese glyphs. Running it again costs nothing: what is there already
is known by a hash of the lock file. Standard library only.
"""

# Up to main() this file keeps to syntax that Python 3.6 reads, so that an old Python can say what is missing.

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys
from typing import List, Optional

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
MODULES = os.path.join(ROOT, "node_modules")

PYTHON_WANTED = (3, 11)
NODE_WANTED = 20
PYTHON_NAMES = ["python3.13", "python3.12", "python3.11", "python3.14", "python3", "python"]
CHROMIUM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
HEADLESS = "chromium-headless-shell"
FIREFOX_NAMES = ["firefox-esr", "firefox"]
FIREFOX_PLACES = [
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
]
WEBKIT_PLACES = ["/usr/lib/*/webkit2gtk-4.*/MiniBrowser", "/usr/libexec/webkit2gtk-4.*/MiniBrowser"]
ENGINES_WANTED = (
    "The tests run in Firefox and in WebKitGTK too. On Debian: apt-get install firefox-esr webkit2gtk-driver xvfb; "
    "a Firefox elsewhere is named by the variable FIREFOX."
)
CHROMIUM_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
]

#: What the tests of the pages need, by its package on Debian.
PACKAGES = {
    "chromium": "Chromium",
    "fonts-noto-cjk": "a Chinese font",
    "firefox-esr": "Firefox",
    "webkit2gtk-driver": "WebKitGTK's driver and browser",
    "xvfb": "Xvfb",
}


class Missing(Exception):
    """Something the machine lacks; the text says what, and what to do."""


def say(text: str) -> None:
    print("bootstrap: " + text, flush=True)


def output_of(command: List[str]) -> Optional[str]:
    """First line a command prints, or None when it is not there or fails."""
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True, timeout=60
        )
    except (OSError, subprocess.SubprocessError):
        return None
    lines = done.stdout.strip().splitlines()
    return lines[0] if done.returncode == 0 and lines else None


def run(command: List[str], purpose: str, advice: str) -> None:
    """Run a command in the checkout; its own output is shown only when it fails."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
        )
    except OSError as error:
        raise Missing("%s failed: %s. %s" % (purpose, error, advice))
    if done.returncode:
        lines = [line for line in done.stdout.strip().splitlines() if not line.upper().startswith(("WARN", "NPM WARN"))]
        tail = "\n".join("    " + line for line in lines[-12:])
        raise Missing("%s failed (exit %d). %s It said:\n%s" % (purpose, done.returncode, advice, tail))


def find_python() -> str:
    """Path of a Python that is new enough: the running one, else the newest found by name."""
    if sys.version_info[:2] >= PYTHON_WANTED:
        return sys.executable
    probe = "import sys; print('%d.%d' % sys.version_info[:2]); import ensurepip, venv"
    for name in PYTHON_NAMES:
        path = shutil.which(name)
        version = output_of([path, "-c", probe]) if path else None
        if path and version and tuple(int(part) for part in version.split(".")) >= PYTHON_WANTED:
            return path
    raise Missing(
        "Python 3.11 or newer is needed, and this is Python %d.%d. Install it (for example: apt-get install "
        "python3 python3-venv; brew install python; or the installer of python.org) and run the same command again."
        % sys.version_info[:2]
    )


def check_node() -> str:
    """Path of npm; refuses a machine without Node 20 or npm."""
    node = shutil.which("node") or shutil.which("nodejs")
    advice = "Install Node.js 20 or newer (nodejs.org, or your system's package) and run the same command again."
    if not node:
        raise Missing("Node.js 20 or newer is needed, and no `node` is on the PATH. " + advice)
    version = output_of([node, "--version"]) or ""
    found = re.match(r"v(\d+)", version)
    if not found or int(found.group(1)) < NODE_WANTED:
        raise Missing("Node.js 20 or newer is needed, and `%s` is %s. %s" % (node, version or "broken", advice))
    npm = shutil.which("npm")
    if not npm:
        raise Missing(
            "npm is needed, and none is on the PATH. It comes with Node.js from nodejs.org; some systems package it "
            "apart (apt-get install npm). Install it and run the same command again."
        )
    return npm


def digest(paths: List[str]) -> str:
    """One hash over the files' contents."""
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def is_stamped(stamp: str, value: str) -> bool:
    try:
        with open(stamp) as file:
            return file.read() == value
    except OSError:
        return False


def write_stamp(stamp: str, value: str) -> None:
    with open(stamp, "w") as file:
        file.write(value)


def install_python_packages(python: str) -> None:
    """Make .venv from requirements.lock, unless it already matches."""
    lock = os.path.join(ROOT, "requirements.lock")
    stamp = os.path.join(VENV, ".installed-from")
    value = digest([lock])
    if is_stamped(stamp, value) and output_of([VENV_PYTHON, "-c", "print(1)"]):
        return
    version = output_of([VENV_PYTHON, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
    if not version or tuple(int(part) for part in version.split(".")) < PYTHON_WANTED:
        say("making .venv with " + python)
        run(
            [python, "-m", "venv", "--clear", VENV],
            "Making .venv",
            "On Debian and Ubuntu the module is a package of its own: apt-get install python3-venv.",
        )
    say("installing the Python packages of requirements.lock")
    run(
        [VENV_PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        + ["-r", lock],
        "Installing the Python packages",
        "Check the network (and pip's proxy or index settings), then run the same command again.",
    )
    write_stamp(stamp, value)


def install_node_packages(npm: str) -> None:
    """Make node_modules from package-lock.json, unless it already matches."""
    stamp = os.path.join(MODULES, ".installed-from")
    value = digest([os.path.join(ROOT, name) for name in ("package.json", "package-lock.json")])
    if is_stamped(stamp, value):
        return
    say("installing the Node packages of package-lock.json")
    run(
        [npm, "ci", "--no-fund", "--no-audit", "--loglevel=error"],
        "Installing the Node packages",
        "Check the network (and npm's proxy or registry settings), then run the same command again.",
    )
    write_stamp(stamp, value)


def find_chromium() -> Optional[str]:
    """Path of a Chromium-like browser: $CHROMIUM, else the first found; None when there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if not path:
            raise Missing("The variable CHROMIUM names %s, and no such program is there. Correct or unset it." % named)
        return path
    for name in CHROMIUM_NAMES:
        path = shutil.which(name)
        if path:
            return path
    return next((path for path in CHROMIUM_PLACES if os.path.exists(path)), None)


def find_headless() -> Optional[str]:
    """Path of Chromium without a window of its own, which takes half the processor; else of any Chromium."""
    named = os.environ.get("CHROMIUM")
    return (None if named else shutil.which(HEADLESS)) or find_chromium()


def find_firefox() -> Optional[str]:
    """Path of a Firefox: $FIREFOX, else the first found; None when there is none."""
    named = os.environ.get("FIREFOX")
    if named and not shutil.which(named):
        raise Missing("The variable FIREFOX names %s, and no such program is there. Correct or unset it." % named)
    for name in [named] if named else FIREFOX_NAMES:
        path = shutil.which(name)
        if path:
            return path
    return next((path for path in FIREFOX_PLACES if os.path.exists(path)), None)


def find_webkit() -> Optional[List[str]]:
    """Paths of WebKitGTK's driver, its little browser and a screen that nobody sees; None when one is missing."""
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = [path for place in WEBKIT_PLACES for path in sorted(glob.glob(place)) if os.access(path, os.X_OK)]
    return [driver, browsers[-1], screen] if driver and screen and browsers else None


def is_packaged(name: str) -> bool:
    """Whether apt knows a package of this name that can be installed."""
    return bool(output_of(["apt-cache", "show", "--no-all-versions", name]))


def has_chinese_font() -> bool:
    """Whether a font with Chinese glyphs is there. Systems without fontconfig ship one."""
    if not shutil.which("fc-list"):
        return not sys.platform.startswith("linux") or os.path.isdir("/usr/share/fonts/opentype/noto")
    return bool(output_of(["fc-list", ":lang=zh-cn", "family"]))


def check_browsers() -> None:
    """Make sure of a Chromium and a Chinese font; on Debian and its kin, install them."""
    apt = shutil.which("apt-get")
    packages = []  # type: List[str]
    if not find_chromium():
        packages.append("chromium")
    if not has_chinese_font():
        packages.append("fonts-noto-cjk")
    # Only where the packages are to be had: elsewhere the tests of these engines say what they lack.
    if apt:
        if not find_firefox():
            packages.append("firefox-esr")
        if not find_webkit():
            packages += ["webkit2gtk-driver", "xvfb"]
    has_headless = bool(os.environ.get("CHROMIUM") or shutil.which(HEADLESS) or not apt)
    if not packages and (has_headless or not is_packaged(HEADLESS)):
        return
    by_hand = (
        "The tests need %s. Install it (Debian: apt-get install %s) and run the same command again; "
        "a browser elsewhere is named by the variable CHROMIUM."
        % (" and ".join(PACKAGES[name] for name in packages),
           " ".join(packages))
    )  # fmt: skip
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if is_root else ["sudo", "-n"]
    if not apt or (sudo and not output_of(sudo + ["echo", "yes"])):
        if not packages:
            return
        raise Missing(by_hand)
    env = ["env", "DEBIAN_FRONTEND=noninteractive"]
    run(sudo + env + [apt, "update", "-q"], "apt-get update", by_hand)
    # It spares time and no more: a system without it is as good.
    if not has_headless and is_packaged(HEADLESS):
        packages.append(HEADLESS)
    say("installing " + " ".join(packages))
    run(sudo + env + [apt, "install", "-q", "-y", "--no-install-recommends"] + packages, "apt-get install", by_hand)
    if not find_chromium():
        raise Missing(by_hand)


def main(arguments: List[str]) -> None:
    if [word for word in arguments if word != "--browsers"]:
        raise Missing("Usage: python3 tools/bootstrap.py [--browsers]")
    python = find_python()
    npm = check_node()
    install_python_packages(python)
    install_node_packages(npm)
    if "--browsers" in arguments:
        check_browsers()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Missing as problem:
        sys.exit("bootstrap: %s" % problem)
    except KeyboardInterrupt:
        sys.exit("bootstrap: stopped; run the same command again to go on.")
