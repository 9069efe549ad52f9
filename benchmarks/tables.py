"""The tables that `quality.py` prints, as aligned text or as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aims import Aim
from judges import OURS
from measures import MEASURES, Answer, counted

#: tag -> judge -> answers
Answered = Mapping[str, Mapping[str, list[Answer]]]
Cells = Sequence[str]


def headline(aims: Sequence[Aim], answered: Mapping[str, Answered], *, markdown: bool) -> str:
    """Return the table of figures that have an aim, ours first."""
    aims = [aim for aim in aims if aim.tag in answered.get(aim.name, ())]
    labels = _labels([answered[aim.name][aim.tag] for aim in aims])
    titles = ["set", "figure", "rows", "aim", *labels, "reached"]
    lines = [_line(aim, answered[aim.name][aim.tag], labels) for aim in aims]
    return render(titles, lines, markdown=markdown)


def _line(aim: Aim, by: Mapping[str, Sequence[Answer]], labels: Sequence[str]) -> Cells:
    measure = MEASURES[aim.measure]
    values = {label: measure(answers) for label, answers in by.items()}
    cells = [f"{values[label]:.2f}" if label in values else "" for label in labels]
    rows = str(len(counted(aim.measure, by[OURS])))
    return [aim.name, aim.title or aim.tag, rows, aim.goal, *cells, aim.reached(values[OURS])]


def detail(name: str, answered: Answered, *, markdown: bool) -> str:
    """Return the figures of one set, tag by tag."""
    labels = _labels(list(answered.values()))
    is_paired = any(answer.score for answer in answered.get("all", {}).get(OURS, ()))
    measures = ["recall", "alerts"] if is_paired else ["share"]
    lines = [
        [tag, measure, str(rows), *_values(measure, by, labels)]
        for tag, by in sorted(answered.items())
        for measure in measures
        if (rows := len(counted(measure, by[OURS])))
    ]
    heading = f"\n### {name}\n\n" if markdown else f"\n{name}\n"
    return heading + render(["", "", "rows", *labels], lines, markdown=markdown)


def _values(measure: str, by: Mapping[str, Sequence[Answer]], labels: Sequence[str]) -> list[str]:
    return [f"{MEASURES[measure](by[label]):.2f}" if label in by else "" for label in labels]


def _labels(groups: Sequence[Mapping[str, object]]) -> list[str]:
    """Return every judge once, the screener first."""
    return list(dict.fromkeys([OURS, *(label for group in groups for label in group)]))


def render(titles: Cells, lines: Sequence[Cells], *, markdown: bool) -> str:
    """Set cells in columns."""
    if markdown:
        rule = ["---"] * len(titles)
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (titles, rule, *lines))
    widths = [max(map(len, column)) for column in zip(titles, *lines, strict=True)]
    rows = (zip(cells, widths, strict=True) for cells in (titles, *lines))
    return "\n".join("  ".join(c.ljust(w) for c, w in row).rstrip() for row in rows)
