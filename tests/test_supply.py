"""What the site is made of: the bill of materials, the licences, the locks, and a build that gives the same bytes again."""

import json
import re
import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from hooks import assets, supply
from tools import campaign

ROOT = Path(__file__).resolve().parent.parent


def test_the_bill_lists_everything_that_is_locked(built_site: Path) -> None:
    bill = json.loads((built_site / "sbom.cdx.json").read_text(encoding="utf-8"))
    components = {one["bom-ref"]: one for one in bill["components"]}
    assert len(components) == len(bill["components"])
    required = {one["name"] for one in components.values() if one["scope"] == "required"}
    assert required == {entry["id"] for entry in supply.shipped(assets.made().runtime["python"])}
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, record in locked.items():
        if path:
            name = path.rpartition("node_modules/")[2].replace("@", "%40")
            assert components[f"pkg:npm/{name}@{record['version']}"]["hashes"], path
    pinned = re.findall(r"(?m)^([A-Za-z0-9._-]+)==([^ \\;]+)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert len(pinned) > 50
    for name, version in pinned:
        one = components[f"pkg:pypi/{name}@{version}"]
        assert one.get("hashes") or one.get("properties"), name
    # Made without a clock and without chance.
    assert "timestamp" not in bill["metadata"]
    assert supply.bill("1", "x") == supply.bill("1", "x")


def test_the_licences_page_names_every_part_with_its_licence(built_site: Path) -> None:
    for path in ("project/licences", "en/project/licences"):
        page = BeautifulSoup((built_site / path / "index.html").read_text(encoding="utf-8"), "lxml")
        rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.select("tbody tr")]
        found = {(name, licence) for name, _version, _what, licence in rows}
        assert found == {(entry["name"], entry["licence"]) for entry in supply.shipped("")}


def test_every_lock_has_hashes_and_no_address() -> None:
    for name in ("requirements.lock", "campaigns.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        packages = re.findall(r"(?m)^\S+==", text)
        assert len(re.findall(r"(?m)^\S+==[^\n]*\\\n\s+--hash=", text)) == len(packages) > 10
        assert "://" not in text
    records = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("resolved" not in record and (not path or record["integrity"]) for path, record in records.items())


def test_campaigns_are_named_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in campaign.CAMPAIGNS:
        assert re.search(rf"(?m)^{name}: .*tools/campaign\.py {name}", makefile), name
    done = subprocess.run([sys.executable, "tools/campaign.py", "nothing"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "Usage" in done.stderr
