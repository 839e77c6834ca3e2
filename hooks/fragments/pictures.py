"""Pictures of the procedures and of the rule on recent insurance, each with the same content as a list."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from hooks import svg
from rules import guide as g

from .base import Guide
from .procedures import WHO, first_letter, who

LANES = tuple(WHO)


def figure(
    guide: Guide,
    wide: str,
    narrow: str,
    lines: Sequence[str],
    caption: str = "",
    classes: str = "picture",
    shown: bool = False,
) -> str:
    """The picture in both forms, and the same as a list: behind a word, or in sight."""
    kind = "ul" if shown else "ol"
    items = "".join(f"<li>{text}</li>" for text in lines)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    if shown:
        return f'<figure class="{classes}">{wide}{narrow}{below}<{kind} class="as-text">{items}</{kind}></figure>'
    label = guide.t("图中内容的文字版", "The picture in words")
    return f'<figure class="{classes}">{wide}{narrow}{below}<details class="as-text"><summary>{label}</summary><{kind}>{items}</{kind}></details></figure>'


def lasts(guide: Guide, step: g.Step) -> str:
    """How long a step takes, without markup."""
    if step.lasts is None:
        return ""
    days = step.lasts.working_days
    shown = {
        "at_least": (f"至少 {days} 个工作日", f"at least {days} working days"),
        "about": (f"约 {days} 个工作日", f"about {days} working days"),
        "not_before": (f"等 {days} 个工作日", f"wait {days} working days"),
    }
    return guide.t(*shown[step.lasts.kind])


def bands(guide: Guide, process: g.Process) -> list[svg.Band]:
    """The phases of a procedure with their steps, for drawing."""
    steps = {step.id: (number, step) for number, step in enumerate(process.steps, 1)}

    def stop(name: str) -> svg.Stop:
        number, step = steps[name]
        places = tuple(LANES.index(actor) for actor in step.who)
        # Beside each other in one box; apart, the one who begins.
        places = places if max(places) - min(places) == len(places) - 1 else places[:1]
        return svg.Stop(number, guide.plain(step.name), places, who(guide, step), lasts(guide, step))

    return [svg.Band(guide.plain(phase.name), tuple(stop(name) for name in phase.steps)) for phase in process.phases]


def in_words(guide: Guide, process: g.Process) -> list[str]:
    """The steps of a procedure, one line each."""
    joint, stop = guide.t("，", ", "), guide.t("：", ": ")
    lines = []
    for step in process.steps:
        time = f"{joint}{lasts(guide, step)}" if step.lasts else ""
        lines.append(f"{who(guide, step)}{stop}{guide.plain(step.name)}{time}")
    return lines


def process(guide: Guide, name: str) -> str:
    """A procedure step by step."""
    item = guide.policy.processes[name]
    title, lines = guide.plain(item.name), in_words(guide, item)
    description = guide.t("；", "; ").join(f"{number}. {text}" for number, text in enumerate(lines, 1))
    actors = [first_letter(guide.t(*WHO[lane])) for lane in LANES]
    drawn = bands(guide, item)
    return figure(
        guide,
        svg.lanes(f"pic-{name}", title, description, actors, drawn),
        svg.column(f"pic-{name}", title, description, drawn),
        [escape(text, quote=False) for text in lines],
    )


def phases(guide: Guide, name: str) -> str:
    """A procedure in a few phases, with the time that each takes."""
    item = guide.policy.processes[name]
    numbers = {step.id: number for number, step in enumerate(item.steps, 1)}
    rows, lines = [], []
    for phase in item.phases:
        own = [step for step in item.steps if step.id in phase.steps]
        first, last = numbers[phase.steps[0]], numbers[phase.steps[-1]]
        actors = list(dict.fromkeys(guide.t(*WHO[actor]) for step in own for actor in step.who))
        span = (
            guide.t(f"第 {first} 步", f"Step {first}")
            if first == last
            else guide.t(f"第 {first}–{last} 步", f"Steps {first}–{last}")
        )
        note = f"{span} · {first_letter(guide.t('、', ', ').join(actors))}"
        time = guide.t("，", ", ").join(lasts(guide, step) for step in own if step.lasts)
        rows.append((guide.plain(phase.name), note, time))
        link = guide.link(f"process#{own[0].id}", escape(guide.plain(phase.name), quote=False))
        lines.append(f"{link}{guide.t('：', ': ')}{note}{guide.t('，', ', ') + time if time else ''}")
    title = guide.plain(item.name)
    description = guide.t("；", "; ").join(guide.t("，", ", ").join(filter(None, row)) for row in rows)
    return figure(
        guide,
        svg.chain(f"phases-{name}", title, description, rows),
        svg.stack(f"phases-{name}", title, description, rows),
        lines,
        classes="picture broad",
    )


def renewal(guide: Guide) -> str:
    """The yearly renewal as a line of time."""
    item = guide.policy.processes["confirmation"]
    assert item.window is not None
    t, days = guide.t, item.window.days
    first, *following = (guide.plain(phase.name) for phase in item.phases)
    year = svg.Year(
        valid=t("居住证有效期内", "While the permit is valid"),
        first=first,
        following=tuple(following),
        expiry=t("到期日", "Expiry"),
        late=t(f"过期 {days} 天以内", f"{days} days"),
        after=t(f"超过 {days} 天：", f"More than {days} days: ") + guide.plain(item.window.then),
    )
    title = t("每年的签注和积分确认", "The yearly endorsement and points confirmation")
    then = t("签注之后，依次", "After the endorsement, in this order")
    lines = [
        f"{year.valid}{t('：', ': ')}{first}",
        f"{then}{t('：', ': ')}{t('、', ', ').join(following)}",
        t(f"到期日之后 {days} 天", f"The {days} days after the expiry"),
        year.after,
    ]
    description = t("；", "; ").join(lines)
    shown = [escape(text, quote=False) for text in lines]
    shown[-1] += f" {guide.mark(item.window.cite)}"
    return figure(
        guide,
        svg.year_wide("pic-year", title, description, year),
        svg.year_narrow("pic-year", title, description, year, then),
        shown,
    )


def recent_months(guide: Guide) -> str:
    """The rule on recent insurance on a calendar: one row that has enough months paid in time, and one that has not."""
    rule = guide.fact("six-of-twelve")
    window, needed = int(rule.figures["window_months"]), int(rule.figures["at_least"])
    book = guide.policy.examples.months
    names = list(before(book.apply_in, window))
    early = needed // 2
    rest = window - needed
    enough = ["paid"] * early + ["gap"] * (rest // 2) + ["made_up"] * (rest - rest // 2) + ["paid"] * (needed - early)
    late = min(2, window - needed + 1)
    short = ["gap"] * (window - (needed - 1) - late) + ["made_up"] * late + ["paid"] * (needed - 1)
    t = guide.t
    rows, lines = [], []
    for label, states, text in (
        (t("可以申请", "May apply"), enough, book.enough),
        (t("还不能申请", "Not yet"), short, book.short),
    ):
        scope = {state: states.count(state) for state in ("paid", "made_up")} | {"shown": window - states.count("gap")}
        rows.append((label, [(month(guide, name), state) for name, state in zip(names, states, strict=True)]))
        lines.append(f"{label}{t('：', ': ')}{guide.text(text, scope)} {guide.mark_of(rule)}")
    said = {
        "paid": t("✓ 按时缴纳", "✓ paid in time"),
        "made_up": t("+ 补缴", "+ made up later"),
        "gap": t("– 没有缴", "– not paid"),
    }
    caption = t("、", ", ").join(said.values())
    title = t(
        f"{guide.day(book.apply_in)}申请，往前数 {window} 个月",
        f"Applying in {guide.day(book.apply_in)}: the {window} months before",
    )
    plain = t("；", "; ").join(
        f"{label}{t('：', ': ')}{t('、', ', ').join(f'{name[0]} {name[1]} {said[state][2:]}' for name, state in squares)}"
        for label, squares in rows
    )
    return figure(
        guide,
        svg.months("pic-months", "wide", title, plain, rows),
        svg.months("pic-months", "narrow", title, plain, rows),
        lines,
        f"{title}{t('。', '. ')}{caption}{t('。', '.')}",
        shown=True,
    )


def before(month: str, count: int) -> list[str]:
    """The months before a month, oldest first."""
    last = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(last - count, last)]


def month(guide: Guide, name: str) -> tuple[str, str]:
    """The year and the month in a few letters."""
    year, number = name.split("-")
    return year, guide.t(f"{int(number)}月", guide.day(name)[:3])
