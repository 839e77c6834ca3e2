"""The search's index, set apart from what every page loads. Knows nothing of MkDocs.

The theme fetches the whole index with every page, for the one reader in a hundred who searches. Here the file that it fetches
holds the settings alone and names another one, with a hash in its name, which the search's worker fetches at the first letter
that is typed (docs/assets/search-worker.js).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from hooks.assets import APP


def set_apart(site_dir: Path, part: str) -> None:
    """Move the entries of one language's index, ``part`` is ``""`` or ``en/``, to a file under assets/app/data/."""
    file = site_dir / part / "search" / "search_index.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    entries = json.dumps(index["docs"], ensure_ascii=False, separators=(",", ":")).encode()
    name = f"data/search.{part.strip('/') or 'zh'}.{hashlib.sha256(entries).hexdigest()[:10]}.json"
    (site_dir / APP / name).write_bytes(entries)
    small = {"config": {**index["config"], "entries": name}, "docs": []}
    file.write_text(json.dumps(small, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")
