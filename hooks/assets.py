"""Files of the page that are not pages: style, modules, rules bundle, runtime. Knows nothing of MkDocs."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "assets"


def build(site_dir: Path) -> None:
    """Write everything under <site_dir>/assets/app/, where the pages of both languages find it."""
    shutil.copytree(SOURCE, site_dir / "assets" / "app", dirs_exist_ok=True)
