"""Rules as a maintainer may change them: the estimator still says what the YAML says (by the second scorer)."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from estimator.answers import read_answers
from estimator.model import Rulebook
from estimator.score import score
from rules import bundle
from rules.checks import read_policy
from tests.applicants import applicants
from tests.oracle import Oracle, summary

RULES = Path(__file__).resolve().parent.parent / "rules"
CITE = "cite: [{source: agencies, clause: {zh: 新规定, en: New rule}, grade: secondary, checked_on: 2026-11-21}]"

#: What changes, as (file, text, other text).
CHANGES: dict[str, list[tuple[str, str, str]]] = {
    "the other readings": [
        ("scheme.yaml", "do all of them count?\"\n    taken: all\n", "do all of them count?\"\n    taken: after\n"),
        ("scheme.yaml", "scale both tax and employees?\"}\n    taken: all\n", "scale both tax and employees?\"}\n    taken: tax_only\n"),
        ("scheme.yaml", "taken: one_year", "taken: permit_validity"),
    ],
    "a veto that is asked for": [
        ("scheme.yaml", "taken: note", "taken: veto"),
        ("indicators/veto/family_planning.yaml", "method: veto\n", "method: veto\n      answer: family_planning\n"),
        ("questions.yaml", "  - key: serious_crime\n", "  - {key: family_planning, group: records, type: boolean, label: {zh: 违反计划生育政策, en: Family planning}}\n  - key: serious_crime\n"),
        ("links.yaml", "questions:\n", "questions:\n  family_planning: {number: 900, type: boolean}\n"),
    ],
    "tax and employees add up, by another cap": [
        ("indicators/bonus/investment.yaml", "combine: {reading: investment-best, options: {best: best}}", "combine: sum"),
        ("indicators/bonus/investment.yaml", "cap: 120", "cap: 75"),
        ("indicators/bonus/investment.yaml", "share_scales: {reading: investment-share, options: {all: all, tax_only: first}}", "share_scales: first"),
    ],
    "another standard, more for a year of insurance, and less from some age on": [
        ("scheme.yaml", "standard:\n", f"standard:\n  - {{from: 2017-01-01, points: 90, {CITE}}}\n"),
        ("indicators/base/si_years.yaml", "values:\n", f"values:\n  - {{from: 2013-07-01, points: {{method: full_years, answer: si_months, per_year: 2, from_years: 2, cap: 9}}, {CITE}}}\n"),
        ("indicators/base/age.yaml", "{min: 61, points: 0}", "{min: 61, max: 70, points: -1, step: -3}\n        - {min: 71, points: -40}"),
    ],
    "an indicator ends, another begins, a third changes": [
        ("indicators/bonus/award.yaml", "values:\n  - from: 2018-01-01\n", f"values:\n  - {{from: 2018-01-01, to: 2024-12-31, points: {{method: abolished}}, {CITE}}}\n  - from: 2025-01-01\n"),
        ("indicators/bonus/spouse.yaml", "values:\n  - from: 2018-01-01\n", "values:\n  - from: 2023-06-15\n"),
        ("indicators/deduction/detention.yaml", "values:\n  - from: 2018-01-01\n", f"values:\n  - {{from: 2018-01-01, points: {{method: per_case, answer: detention, points: -20, window_years: 5}}, {CITE}}}\n  - from: 2024-02-29\n"),
        ("eligibility.yaml", "      - from: 2018-01-01\n        requires: {answer: holds_permit, is: true}\n", "      - from: 2026-11-01\n        requires: {answer: holds_permit, is: true}\n"),
    ],
    "conditions, also of what is not chosen from options, for some time": [
        ("indicators/base/si_years.yaml", "notes:\n", f"conditions:\n  - {{id: permit, text: {{zh: 有居住证。, en: Holds a permit.}}, refused: {{zh: 没有居住证。, en: No permit.}}, requires: {{answer: holds_permit, is: true}}, {CITE}}}\nnotes:\n"),
        ("indicators/bonus/si_base.yaml", "conditions:\n", f"conditions:\n  - {{id: young, text: {{zh: 年轻。, en: Young.}}, refused: {{zh: 不年轻。, en: Not young.}}, from: 2024-01-01, to: 2027-12-31, requires: {{answer: birth_date, at_most: 40}}, {CITE}}}\n"),
        ("indicators/deduction/minor_crime.yaml", "values:\n", f"conditions:\n  - {{id: employed, text: {{zh: 在职。, en: Employed.}}, refused: {{zh: 不在职。, en: Not employed.}}, requires: {{answer: employed_now, is: true}}, {CITE}}}\nvalues:\n"),
        ("indicators/base/qualification.yaml", "    requires: {answer: qualification_base_met, is: true}\n", "    requires: {answer: qualification_base_met, is: true}\n    from: 2025-07-01\n"),
    ],
    "other windows, and nothing of which only the better counts": [
        ("scheme.yaml", "members: [education, qualification]", "members: [qualification, si_years]"),
        ("indicators/bonus/si_base.yaml", "points: 25, months: 36, window_months: 48}", "points: 25, months: 3, window_months: 6}"),
        ("questions.yaml", "derived: {history: si_history, window_months: 12, multiple: \"1\", at_least: 6}", "derived: {history: si_history, window_months: 18, multiple: \"2\", at_least: 5}"),
        ("questions.yaml", "derived: {history: si_history, window_months: 12}", "derived: {history: si_history, window_months: 24}"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_changed_rules_score_as_they_say(name: str, tmp_path: Path) -> None:
    root = tmp_path / "rules"
    shutil.copytree(RULES, root, ignore=shutil.ignore_patterns("*.py", "*.json", "__pycache__"))
    for file, old, new in CHANGES[name]:
        text = (root / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (file, old)
        (root / file).write_text(text.replace(old, new), encoding="utf-8")
    made = json.loads(bundle.canonical(bundle.rulebook(read_policy(root))))
    now = json.loads((RULES.parent / "estimator" / "data" / "rulebook.json").read_text(encoding="utf-8"))
    books, oracle = (Rulebook.from_bundle(now), Rulebook.from_bundle(made)), Oracle(root)
    different = 0
    for on, answers in applicants(made, 300, seed=77):
        known = {key: value for key, value in answers.items() if key in books[0].questions}
        before, after = (
            score(book, read_answers(book, known if book is books[0] else answers, date.fromisoformat(on)))
            for book in books
        )
        found = summary(after)
        assert found == oracle.score(on, answers), (on, answers)
        different += found != summary(before)
    assert different > 20
