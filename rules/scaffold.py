"""Begin a rule: commented YAML with its blanks marked, which passes ``rules check`` once they are filled.

A blank is a value that begins with ``TODO``; ``rules check`` names each one with its place until it is filled.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from .checks import Policy, highest_tenths, month_after
from .links import next_number
from .load import BLANK

#: What a new indicator's points may be counted by, with the question that fits.
METHODS = ("flag", "choice", "full_years", "per_case", "brackets", "veto")
KINDS = ("base", "bonus", "deduction", "veto")
GRADES = ("official", "seed", "secondary", "derived", "unsettled")
_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")


class Unfit(ValueError):
    """It cannot be begun like this; the text says why and what would do."""


@dataclass(frozen=True)
class Piece:
    """Text for a file of the checkout: a new file, or (``append``) the next entry of the list at the end of one."""

    file: str
    text: str
    append: bool


def put(pieces: list[Piece], checkout: Path) -> Iterator[str]:
    """Write the pieces; gives ``file:line`` of each blank. Raises ``Unfit`` before anything is written, where a file is there already."""
    for piece in pieces:
        if not piece.append and (checkout / piece.file).exists():
            raise Unfit(f"{piece.file} is there already; take another id, or edit that file")
    for piece in pieces:
        path = checkout / piece.file
        before = path.read_text(encoding="utf-8").rstrip() + "\n" if piece.append else ""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(before + piece.text, encoding="utf-8", newline="\n")
        for number, line in enumerate(piece.text.splitlines(), before.count("\n") + 1):
            if BLANK in line.partition(" # ")[0]:
                yield f"{piece.file}:{number}: {line.strip()}"


def source(policy: Policy, name: str, on: str, grade: str = "official") -> list[Piece]:
    """A new source, checked on the day."""
    _new(name, policy.sources, "sources.yaml")
    return [
        Piece(
            "rules/sources.yaml",
            f"""\
  - id: {name}
    title:
      zh: {BLANK} 文件或页面的标题
      en: {BLANK} its title in English
    # 文号、发布单位、日期和网址：没有的，整行删去 · number, issuer, days and address: remove a line where there is none
    number: {BLANK} 文号
    issuer: {{zh: {BLANK} 发布单位, en: {BLANK} issuer}}
    issued: {BLANK} YYYY-MM-DD
    in_force: {BLANK} YYYY-MM-DD
    # 何时失效：expires: {{on: YYYY-MM-DD}} · when it ends: expires: {{on: YYYY-MM-DD}}
    address: {BLANK} https://…
    # 等级：official 官方，seed 基础资料，secondary 转述，derived 推算，unsettled 未定
    grade: {grade}
    checked_on: {on}
    # 每隔多少天再核对一次 · look again after so many days
    check_every_days: 180
""",
            append=True,
        )
    ]


def wage_year(policy: Policy, name: str, on: str, ceiling: int | None = None, floor: int | None = None) -> list[Piece]:
    """The insurance year after the last one, from the notice ``name``. With the ceiling given, the average is worked out."""
    _known(name, policy)
    last = policy.wages.years[-1].to
    first = month_after(last)
    until = f"{int(last[:4]) + 1:04}{last[4:]}"
    top = highest_tenths(policy)

    def cite(zh: str, en: str, grade: str) -> str:
        return f"[{{source: {name}, clause: {{zh: {zh}, en: {en}}}, grade: {grade}, checked_on: {on}}}]"

    # Where no tier asks for a multiple of the average, nothing says how the ceiling follows from it.
    average = BLANK if ceiling is None or not top else round(ceiling * 10 / top)
    derived = f"""\
  # 通知写明上限和下限；平均工资 = 上限 ÷ {top / 10:g} · the notice gives ceiling and floor; the average is the ceiling ÷ {top / 10:g}
"""
    return [
        Piece(
            "rules/wages.yaml",
            f"""\
{derived if top else ""}  - from: {first}
    to: {until}
    average:
      yuan: {average}
      cite: {cite("由上限推算", "Computed from the ceiling", "derived")}
    floor:
      yuan: {BLANK if floor is None else floor}
      cite: {cite("缴费基数下限", "Lower limit of the base", "official")}
    ceiling:
      yuan: {BLANK if ceiling is None else ceiling}
      cite: {cite("缴费基数上限", "Upper limit of the base", "official")}
""",
            append=True,
        )
    ]


_POINTS = {
    "flag": " {{method: flag, answer: {key}, points: {blank} 分值}}",
    "full_years": " {{method: full_years, answer: {key}, per_year: {blank} 每满一年的分值, cap: {blank} 上限，没有就删去}}",
    "per_case": " {{method: per_case, answer: {key}, points: {blank} 每次扣分（负数）, window_years: {blank} 看最近几年}}",
    "veto": " {{method: veto, answer: {key}}}",
    "choice": "\n      method: choice\n      answer: {key}\n      points:\n        none: 0\n        first: {blank} 这一档的分值\n        second: {blank} 这一档的分值",
    "brackets": "\n      method: brackets\n      answer: {key}\n      # 每个周岁只落在一段里；step 是每大一岁的增减 · each age in one bracket; step is added for each further year\n      brackets:\n"
    "        - {{max: {blank} 到几周岁, points: {blank} 分值}}\n        - {{min: {blank} 从几周岁, points: {blank} 分值}}",
}
_QUESTION = {
    "flag": "type: boolean\n    neutral: false",
    "veto": "type: boolean\n    neutral: false",
    "full_years": "type: integer\n    neutral: 0\n    unit: months\n    min: 0\n    max: 720\n    # 推算时每月加一 · grows by one each month in a projection\n    grows: when_positive",
    "per_case": "type: integer\n    neutral: 0\n    unit: times\n    min: 0\n    max: 20",
    "choice": "type: choice\n    neutral: none\n    options:\n      - {{value: none, label: {{zh: 没有, en: None}}}}\n"
    "      - {{value: first, label: {{zh: {blank} 选项, en: {blank} option}}}}\n      - {{value: second, label: {{zh: {blank} 选项, en: {blank} option}}}}",
    "brackets": "type: date\n    earliest: 1900-01-01",
}
_EXAMPLE = {
    "flag": "true",
    "veto": "true",
    "full_years": "36",
    "per_case": "1",
    "choice": "first",
    "brackets": "1990-01-01",
}


def indicator(
    policy: Policy, name: str, on: str, kind: str, method: str, cited: str, key: str | None = None
) -> list[Piece]:
    """A new indicator counted by ``method``, with its question unless ``key`` names one that is there."""
    _new(name, policy.indicators, "rules/indicators/")
    _known(cited, policy)
    asked = key or name.replace("-", "_")
    if key is not None and key not in policy.questions:
        raise Unfit(f"{key!r}: no such question in questions.yaml; leave --answer out to begin one")
    if key is None:
        _new(asked, policy.questions, "questions.yaml")
    order = 5 + max(i.order for i in policy.indicators.values() if i.kind == kind)
    while order in {i.order for i in policy.indicators.values()}:
        order += 1
    points = _POINTS[method].format(key=asked, blank=BLANK)
    group = "records" if kind in ("deduction", "veto") else "further"
    pieces = [
        Piece(
            f"rules/indicators/{kind}/{name}.yaml",
            f"""\
# yaml-language-server: $schema=../../schema/indicator.json
id: {name}
kind: {kind}
# 显示的次序 · its place among the indicators
order: {order}
name: {{zh: {BLANK} 指标名称, en: {BLANK} its name}}
summary:
  # 数字写成占位符，如 {{per_year}}、{{points}}、{{cap}} · figures as placeholders, such as {{per_year}}, {{points}}, {{cap}}
  zh: {BLANK} 一两句话，说清怎么计分
  en: {BLANK} one or two sentences that say how it counts
values:
  # 自何日起；以后有变化，在下面再加一条，这一条留着 · from this day; a later change is one more entry below, and this one stays
  - from: {BLANK} YYYY-MM-DD
    points:{points}
    cite:
      - source: {cited}
        clause: {{zh: {BLANK} 第几条, en: {BLANK} which article}}
        grade: official
        checked_on: {on}
# 还要满足什么条件，没有就删去这一段 · what must hold besides; remove this part where there is nothing
conditions:
  - id: {BLANK} an-id
    text: {{zh: {BLANK} 条件，一句话, en: {BLANK} the condition as a statement}}
    # 由哪个问题判断：requires: {{answer: 问题的键, is: true}}，并加 refused（不满足时的话）· which answer decides it
    cite:
      - source: {cited}
        clause: {{zh: {BLANK} 第几条, en: {BLANK} which article}}
        grade: official
        checked_on: {on}
# 例子的得分由估算程序算出，这里不写 · what an example gives is computed; no figure here
examples:
  - text: {{zh: {BLANK} 例子, en: {BLANK} an example}}
    answers: {{{asked}: {_EXAMPLE[method]}}}
    on: {on}
""",
            append=False,
        )
    ]
    if key is None:
        pieces.append(
            Piece(
                "rules/questions.yaml",
                f"""\
  - key: {asked}
    group: {group}
    {_QUESTION[method].format(blank=BLANK)}
    label: {{zh: {BLANK} 问题, en: {BLANK} the question}}
    help: {{zh: {BLANK} 怎么填，没有要说的就删去, en: "{BLANK} how to answer; remove it where nothing is to be said"}}
""",
                append=True,
            )
        )
        options = ", options: {none: 0, first: 1, second: 2}" if method == "choice" else ""
        kind_of = _QUESTION[method].split()[1]
        pieces.append(
            Piece(
                "rules/links.yaml",
                f"  {asked}: {{number: {next_number(policy)}, type: {kind_of}{options}}}\n",
                append=True,
            )
        )
    return pieces


def material(policy: Policy, name: str, on: str, needed_for: str, cited: str) -> list[Piece]:
    """A new material that an indicator needs."""
    _new(name, {item.id for item in policy.materials.materials}, "materials.yaml")
    _known(cited, policy)
    if needed_for not in policy.indicators:
        raise Unfit(f"{needed_for!r}: no such indicator; one of {', '.join(policy.indicators)}")
    return [
        Piece(
            "rules/materials.yaml",
            f"""\
  - id: {name}
    name: {{zh: {BLANK} 材料名称, en: {BLANK} its name}}
    # 谁提供：holder 持证人，employer 单位，spouse 配偶；copy 复印件，original 原件
    provider: holder
    form: copy
    for: [{{indicator: {needed_for}}}]
    cite: [{{source: {cited}, clause: {{zh: {BLANK} 第几条, en: {BLANK} which article}}, grade: official, checked_on: {on}}}]
""",
            append=True,
        )
    ]


def case(policy: Policy, name: str, on: str) -> list[Piece]:
    """A new file of golden cases."""
    # Under another name the tests would pass it over.
    _id(name)
    return [
        Piece(
            f"tests/cases/{name}.yaml",
            f"""\
# {BLANK} 这些例子说明什么 · what these cases show
on: {on}
# nothing：没有写的问题都答“没有”；unknown：都算没有回答 · what a case leaves out claims nothing, or is unknown
others: nothing
cases:
  - name: {BLANK} 一句话说明是什么样的人 · the applicant in a sentence
    answers: {{birth_date: 1990-01-01, si_months: 36}}
    # 把算式写在这里 · the arithmetic goes here
    expect: {{low: {BLANK} 总分, high: {BLANK} 总分}}
""",
            append=False,
        )
    ]


def _id(name: str) -> None:
    if not _ID.fullmatch(name):
        raise Unfit(f"{name!r}: an id has small letters and digits, with - or _ between, and begins with a letter")


def _new(name: str, known: Container[str], where: str) -> None:
    _id(name)
    if name in known:
        raise Unfit(f"{name!r} stands in {where} already")


def _known(name: str, policy: Policy) -> None:
    if name not in policy.sources:
        raise Unfit(f"{name!r}: no such source; begin it first: python -m rules new source {name}")
