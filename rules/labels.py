"""Names of the parts of a rule file for people, in both languages, and how a figure is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import model as m
from .words import number

if TYPE_CHECKING:
    from .checks import Policy

_LABELS: dict[str, tuple[str, str]] = {
    "points": ("分值", "points"),
    "per_year": ("每满一年的分值", "points for each full year"),
    "from_years": ("起算年数", "years before it counts"),
    "cap": ("上限", "cap"),
    "counts": ("计入的年数", "years that count"),
    "brackets": ("年龄段", "bracket"),
    "min": ("从", "from"),
    "max": ("到", "to"),
    "step": ("每高一岁", "for each further year"),
    "method": ("计分方法", "way of counting"),
    "answer": ("依据的答案", "answer"),
    "months": ("月数", "months"),
    "window_months": ("窗口月数", "months looked at"),
    "window_years": ("期限（年）", "window in years"),
    "multiple": ("社平工资倍数", "multiple of the average wage"),
    "tiers": ("档次", "tier"),
    "parts": ("项目", "part"),
    "unit": ("每满", "each full"),
    "share_scales": ("份额折算范围", "what the share scales"),
    "combine": ("合计方式", "how the parts combine"),
    "average_years": ("平均年数", "years averaged"),
    "within": ("有效期", "how long it counts"),
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
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
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
    "values": ("规定", "rule"),
    "from": ("起", "from"),
    "to": ("止", "to"),
    "notes": ("说明", "remark"),
    "note": ("说明", "remark"),
    "readings": ("读法", "readings"),
    "examples": ("例子", "examples"),
    "answers": ("答案", "answer"),
    "route": ("学习形式", "how it was earned"),
    "place": ("学习地点", "place of study"),
    "share": ("份额", "share"),
    "history": ("缴费记录", "history"),
    "refused": ("不满足时的话", "said where it fails"),
    "failed": ("不满足时的话", "said where it fails"),
    "applies_to": ("适用的选项", "applies to"),
    "settled_by": ("什么能定论", "what would settle it"),
    "value": ("选项", "option"),
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
    "detail": ("细节", "detail"),
    "acknowledged": ("知悉日期", "acknowledged"),
    "reason": ("理由", "reason"),
    "years": ("年", "years"),
    "short": ("简称", "short name"),
    "issued": ("发布日期", "issued"),
    "republished": ("重新发布", "republished"),
    "period": ("时间范围", "period"),
    "reading": ("读法", "reading"),
    "in_force_by": ("是否施行", "in force"),
    "derivation": ("算式", "arithmetic"),
    "check_every_days": ("核对间隔（天）", "days between checks"),
}


def label(path: tuple[Any, ...], lang: str, policy: Policy) -> str:
    """The place of a figure in words: known parts by their name, options and questions by their label."""
    index = 0 if lang == "zh" else 1
    options = {
        option.value: option.label
        for question in policy.questions.values()
        if question.type == "choice"
        for option in question.options
    }
    parts = []
    for position, part in enumerate(path):
        if part == "points" and position < len(path) - 1:
            continue  # what holds the way of counting, not a figure of its own
        if part in _LABELS:
            parts.append(_LABELS[part][index])
        elif part in options:
            parts.append(getattr(options[part], lang).split("{")[0].strip() or str(part))
        elif part in policy.questions:
            parts.append(getattr(policy.questions[part].label, lang).split("{")[0].strip())
        else:
            parts.append(str(part))
    return (" " if lang == "en" else "").join(dict.fromkeys(parts)) or ("值" if lang == "zh" else "value")


def quoted(text: str) -> str:
    """A name between quotation marks, the marks inside it changed to the inner ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def show(value: Any, lang: str) -> str:
    """A figure as it is written; what is absent as “none”."""
    if value is None:
        return "无" if lang == "zh" else "none"
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, m.Text):
        text = getattr(value, lang)
        return quoted(text if len(text) <= 80 else f"{text[:79]}…")
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(show(item, lang) for item in value)
    return number(value, lang)
