"""Text that comes from outside, broken and hostile: answered or refused whole, never raised, with nothing half-read.

The same doors are fuzzed for as long as one likes by ``python tools/campaign.py fuzz`` (tests/fuzz.py).
"""

import csv
import io
import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from estimator import entry
from estimator.pasted import LONGEST_LINE, MOST_LINES
from estimator.roster import MOST_ROWS, write_table
from rules.load import MAX_BYTES, MAX_DEPTH, read
from tests import fuzz

ROOT = Path(__file__).resolve().parent.parent
AGE = (ROOT / "rules" / "indicators" / "base" / "age.yaml").read_bytes()
#: What turns text into something else elsewhere: markup, formulas, marks that reverse or end a line, digits that are none.
MARKS = ["<img src=x onerror=alert(1)>", "</script>", "=1+1", "@SUM(A1)", "+1", "\u202e", "\u2066", "\ufeff", "\x00", "²", "٣", "\u2028", "\ud800", "%s", "{0}", "../", "'", '"', "\t", "\r\n", ","]  # fmt: skip
PIECES = st.lists(
    st.sampled_from(
        [*MARKS, "2024-07", "202407", "年", "月", "补缴", "12,000.00", "id", "birth_date", "1990-05-20", "基数", "\n"]
    )
    | st.text(max_size=8),
    max_size=30,
).map("".join)
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    fuzz.load()


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with pieces cut out, doubled, moved or replaced."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        data[start:end] = draw(st.sampled_from([b"", bytes(data[start:end]) * 2, b"\xff", b"- ", b": ", b"&a *a", b"!!python/object:os.system ", b"\n", b"  "]) | st.binary(max_size=6))  # fmt: skip
    return bytes(data)


@SETTINGS
@given(st.sampled_from(["score", "answers", "paste", "roster_open"]), PIECES)
@example("paste", "2024-07\t99999999999999999999999")
@example("roster_open", 'id,birth_date\n"1')
@example("answers", '{"birth_date":' * 5000)
@example("answers", '{"si_months": 1e999}')
@example("answers", '{"si_months": ' + "9" * 5000 + "}")
@example("answers", '{"birth_date": NaN, "birth_date": 1}')
def test_no_text_is_more_than_refused(door: str, text: str) -> None:
    fuzz.DOORS[door](encoded(text))


@SETTINGS
@given(damaged(AGE))
@example(AGE[: len(AGE) // 2])
@example(b"\xff\xfe" + AGE)
@example(b"a: &a [*a, *a]\n")
@example(b"[" * 10_000)
@example(b"? " * 3_000)
@example(b"x: !!binary |\n  AAAA\n")
def test_a_damaged_file_of_rules_is_told_with_its_place(data: bytes) -> None:
    fuzz.DOORS["yaml"](data)


def test_files_of_rules_have_limits(tmp_path: Path) -> None:
    path = tmp_path / "age.yaml"
    path.write_bytes(b"a: 1 #" + b"x" * MAX_BYTES)
    assert "at most" in read(path, "age.yaml").faults[0].message
    path.write_bytes(b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2))
    assert "nested too deeply" in read(path, "age.yaml").faults[0].message
    # What grows without end when it is read: each line holds the one before it ten times.
    lines = ["a: &a [x, x]"] + [
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]" for n in range(12)
    ]
    fuzz.DOORS["yaml"]("\n".join(lines).encode())
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read(path, "age.yaml").faults


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("paste", "2024-07 1\n" * (MOST_LINES + 1), "too_many_lines"),
        ("paste", "2024-07 " + "1" * LONGEST_LINE, "line_unread"),
        ("roster_open", "id,si_months\n" + "a,1\n" * (MOST_ROWS + 1), "too_many_rows"),
    ],
)
def test_sizes_have_limits_that_are_told(kind: str, text: str, code: str) -> None:
    began = time.thread_time()
    answer = json.loads(entry.handle(kind, json.dumps({"on": fuzz.ON, "text": text})))
    assert time.thread_time() - began < fuzz.PATIENCE
    assert [fault["code"] for fault in answer["refused"]] == [code]
    assert len(json.dumps(answer)) < 3000


@given(st.lists(st.lists(st.sampled_from(MARKS) | st.text(max_size=6), min_size=2, max_size=2), min_size=1, max_size=4))
def test_no_cell_that_is_written_runs_in_a_spreadsheet(rows: list[list[str]]) -> None:
    written = write_table(rows)
    for row in csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")):
        for cell in row:
            assert (
                cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠") or cell.lstrip("+-").isdigit()
            ), cell
