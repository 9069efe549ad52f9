"""The distribution of scores as a drawing (SVG) and as a table for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from sanctscreen.report.page.tally import BAR_POINTS, Tally, bar_of

WIDTH, HEIGHT = 520, 190
TOP, FOOT, SIDE = 26, 30, 6
#: Review lies below match in a bar, since it is what a person has to do first.
STACK = ("review", "match")


def chart(tally: Tally, thresholds: Sequence[float]) -> str:
    """Draw how many rows have a best hit of which score.

    Args:
        tally: the counts.
        thresholds: the scores from which on a party is a hit; bars begin at the lowest.
    """
    lows = [low for _, low in tally.scores]
    if not lows:
        return '<p class="quiet">No row has a hit, so there are no scores to show.</p>'
    first = min(*lows, bar_of(min(thresholds)), 100 - BAR_POINTS)
    bars = range(first, 100 + BAR_POINTS, BAR_POINTS)
    drawn = "".join(_bar(tally, bars, at) for at in range(len(bars)))
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Rows by the score of their best hit; the table below has the numbers">'
        f'<line class="axis" x1="0" x2="{WIDTH}" y1="{HEIGHT - FOOT}" y2="{HEIGHT - FOOT}"/>'
        f"{drawn}</svg>{_table(tally, bars)}"
    )


def _bar(tally: Tally, bars: range, at: int) -> str:
    """Draw one bar, its count above and its score below."""
    step = (WIDTH - 2 * SIDE) / len(bars)
    left, low = SIDE + at * step, bars[at]
    most = max(_count(tally, each) for each in bars)
    scale = (HEIGHT - TOP - FOOT) / most
    bottom, drawn, middle = float(HEIGHT - FOOT), "", f"{left + step / 2:.1f}"
    for decision in STACK:
        if count := tally.scores[decision, low]:
            height = max(2.0, count * scale)
            bottom -= height
            drawn += (
                f'<rect class="bar {decision}" x="{left + step * 0.1:.1f}" y="{bottom:.1f}" '
                f'width="{step * 0.8:.1f}" height="{height:.1f}" rx="2">'
                f"<title>{_range(low)}: {count:,} {decision}</title></rect>"
            )
    if total := _count(tally, low):
        drawn += f'<text class="count" x="{middle}" y="{bottom - 6:.1f}">{total:,}</text>'
    if low % (2 * BAR_POINTS) == 0:
        drawn += f'<text class="tick" x="{middle}" y="{HEIGHT - 9}">{low}</text>'
    return drawn


def _table(tally: Tally, bars: range) -> str:
    """Write the same numbers as a table that only screen readers meet."""
    rows = "".join(
        f"<tr><th scope=row>{_range(low)}</th>"
        f"{''.join(f'<td>{tally.scores[decision, low]:,}</td>' for decision in STACK)}</tr>"
        for low in bars
    )
    heads = "".join(f"<th scope=col>{decision}</th>" for decision in STACK)
    caption = "<caption>Rows by the score of their best hit</caption>"
    return f'<table class="unseen">{caption}<tr><th scope=col>score</th>{heads}</tr>{rows}</table>'


def _count(tally: Tally, low: int) -> int:
    return sum(tally.scores[decision, low] for decision in STACK)


def _range(low: int) -> str:
    return "score 100" if low == 100 else f"score {low} to below {low + BAR_POINTS}"
