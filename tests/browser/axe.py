"""What axe finds on a page as it stands."""

from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"type": "rule", "values": ["color-contrast"]}


def faults(page: Page, within: str = "html", only: dict[str, object] | None = None) -> list[str]:
    """Each fault as a line: the rule, the element, what is wrong. ``within`` is a selector, ``only`` axe's ``runOnly``."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    report = page.evaluate(
        "([within, runOnly]) => axe.run(within, {runOnly, resultTypes: ['violations']})", [within, only or TAGS]
    )
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in report["violations"]
        for node in fault["nodes"]
    ]
