"""Write requirements.lock anew from requirements.in: hashed, for every system, naming no package index.

    make lock

uv does the resolving, from an environment of its own under build/, so that it is no dependency of the project.
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV_HOME = ROOT / "build" / "uv"
OPTIONS = (
    "--universal --upgrade --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links "
    "--python-version 3.11 --quiet --output-file requirements.lock requirements.in"
)


def main() -> None:
    """Resolve requirements.in into requirements.lock."""
    if not UV_HOME.exists():
        venv.create(UV_HOME, with_pip=True)
    scripts = UV_HOME / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    subprocess.run([scripts / "uv", "pip", "compile", *OPTIONS.split()], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
