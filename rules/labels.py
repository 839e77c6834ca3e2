"""Names of the parts of a rule entry for people, in both languages, and how a figure is shown. Points have ``rules.phrases``."""

from __future__ import annotations

from typing import Any

from .words import Writer, number

#: The keys of what ``rules.diff`` compares part by part, and two figures that entries name.
LABELS: dict[str, tuple[str, str]] = {
    "answer": ("依据的答案", "answer"),
    "months": ("月数", "months"),
    "requires": ("要求", "requirement"),
    "at_least": ("至少", "at least"),
    "at_most": ("至多", "at most"),
    "is": ("应为", "must be"),
    "in": ("应为其一", "one of"),
    "standard": ("达到标准分值", "reaches the standard"),
    "average": ("平均工资", "average wage"),
    "floor": ("缴费基数下限", "lowest base"),
    "ceiling": ("缴费基数上限", "highest base"),
    "yuan": ("元", "yuan"),
    "times_average": ("平均工资的倍数", "times the average"),
    "title": ("标题", "title"),
    "number": ("文号", "number"),
    "issuer": ("发布单位", "issuer"),
    "in_force": ("施行日期", "in force"),
    "expires": ("失效", "expiry"),
    "address": ("网址", "address"),
    "grade": ("等级", "grade"),
    "working_days": ("工作日", "working days"),
    "lasts": ("所需时间", "how long it takes"),
    "text": ("说明", "text"),
    "name": ("名称", "name"),
    "options": ("选项", "options"),
    "conditions": ("条件", "condition"),
    "steps": ("步骤", "step"),
    "figures": ("数字", "figure"),
    "on": ("日期", "day"),
    "kind": ("类别", "kind"),
    "summary": ("简介", "summary"),
    "from": ("起", "from"),
    "to": ("止", "to"),
    "notes": ("说明", "remark"),
    "note": ("说明", "remark"),
    "refused": ("不满足时的话", "said where it fails"),
    "applies_to": ("适用的选项", "applies to"),
    "settled_by": ("什么能定论", "what would settle it"),
    "accepted_when": ("认可的条件", "accepted when"),
    "accepts": ("认可", "accepts"),
    "routes": ("学习形式", "how it was earned"),
    "places": ("学习地点", "places of study"),
    "outcome": ("结论", "outcome"),
    "evidence": ("证明材料", "evidence"),
    "phases": ("阶段", "phase"),
    "who": ("由谁办", "who acts"),
    "where": ("地点", "where"),
    "needs": ("需要", "needed"),
    "wrong": ("容易出错之处", "what goes wrong"),
    "total": ("全程", "in all"),
    "window": ("期限", "time limit"),
    "days": ("天数", "days"),
    "then": ("过期后", "after that"),
    "after": ("起算", "counted from"),
    "provider": ("由谁提供", "provided by"),
    "form": ("形式", "form"),
    "only": ("限于", "only where"),
    "details": ("细节", "detail"),
    "for": ("用于", "for"),
    "indicator": ("指标", "indicator"),
    "when": ("另须", "and where"),
    "named_by": ("由其提到", "named by"),
    "basis": ("政策依据文件", "policy basis"),
    "acknowledged": ("知悉日期", "acknowledged"),
    "reason": ("理由", "reason"),
    "years": ("年", "years"),
    "short": ("简称", "short name"),
    "issued": ("发布日期", "issued"),
    "republished": ("重新发布", "republished"),
    "period": ("时间范围", "period"),
    "derivation": ("算式", "arithmetic"),
    "check_every_days": ("核对间隔（天）", "days between checks"),
}


def label(path: tuple[Any, ...], writer: Writer) -> str:
    """The place of a figure in words: known parts by their name, questions by their label, anything else by its id."""
    questions, parts = writer.policy.questions, []
    for part in path:
        if part in LABELS:
            parts.append(LABELS[part][0 if writer.lang == "zh" else 1])
        elif part in questions:
            parts.append(writer(questions[part].label, writer.question_scope(questions[part])))
        else:
            parts.append(str(part))
    return (" " if writer.lang == "en" else "").join(dict.fromkeys(parts))


def quoted(text: str) -> str:
    """A name between quotation marks, the marks inside it changed to the inner ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def excerpt(text: str) -> str:
    """A text between quotation marks, the rest left out where it is long."""
    return quoted(text if len(text) <= 80 else f"{text[:79]}…")


def show(value: Any, lang: str) -> str:
    """A figure as it is written; what is absent as “none”."""
    if value is None:
        return "无" if lang == "zh" else "none"
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(show(item, lang) for item in value)
    return number(value, lang)
