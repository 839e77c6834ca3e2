"""A copy of the site at an address of its own, which can go away and come back."""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from hooks import offline
from tests.server import serving

#: What the page's foot says once the site is on the device.
KEPT = re.compile("已存在这台设备上|are kept on this device")


class Host:
    """A copy of the site at an address that stays, whether or not anything answers there."""

    def __init__(self, site: Path, folder: Path, prefix: str):
        self.root = folder
        self.site = folder / prefix
        shutil.copytree(site, self.site, copy_function=os.link, ignore=shutil.ignore_patterns("*.map", "*.br", "*.gz"))
        self.stack = ExitStack()
        self.origin = self.stack.enter_context(serving(self.root))
        self.address = f"{self.origin}{prefix}"

    def down(self) -> None:
        self.stack.close()

    def up(self) -> None:
        self.stack.enter_context(serving(self.root, port=int(self.origin.rstrip("/").rpartition(":")[2])))

    def rewrite(self, path: str, change: Callable[[str], str]) -> None:
        """Change a file of the copy, and not of the site that it is linked to."""
        file = self.site / path
        text = change(file.read_text(encoding="utf-8"))
        file.unlink()
        file.write_text(text, encoding="utf-8")

    def publish(self, rules: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another edition: every page says so, and belongs to these rules."""
        for page in self.site.rglob("index.html"):
            self.rewrite(
                page.relative_to(self.site).as_posix(),
                lambda text: re.sub(r'data-rules="[^"]*"', f'data-rules="{rules}"', text).replace(
                    "<title>", f"<title>{rules} "
                ),
            )
        for name in ("sw.js", "manifest.webmanifest", "en/manifest.webmanifest"):
            (self.site / name).unlink()
        monkeypatch.setattr(offline, "rulebook", lambda _policy: {"name": rules})
        offline.write(self.site, {"zh": ("甲", "乙"), "en": ("A", "B")})
