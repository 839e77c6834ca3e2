"""Write requirements.lock and campaigns.lock anew from their .in files: hashed, for every system, naming no package index.

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
    "--python-version 3.11 --quiet"
)


def main() -> None:
    """Resolve each .in file into its lock."""
    if not UV_HOME.exists():
        venv.create(UV_HOME, with_pip=True)
    scripts = UV_HOME / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    for name in ("requirements", "campaigns"):
        command: list[str | Path] = [
            scripts / "uv",
            "pip",
            "compile",
            *OPTIONS.split(),
            "--output-file",
            f"{name}.lock",
            f"{name}.in",
        ]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
