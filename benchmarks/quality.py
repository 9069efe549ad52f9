"""Print how well the screener does on labelled development sets, beside other matchers.

    python benchmarks/quality.py DATA [--sample N] [--baselines] [--show] [--markdown]

``DATA`` is the folder that holds ``eval/``, ``ofac/``, ``un/`` and ``eu/``; ``docs/benchmarks.md``
says which figures were measured and when. Names are screened at the default thresholds, by name
and kind alone unless a line says otherwise. ``--baselines`` adds rapidfuzz's
``token_sort_ratio``, ``token_set_ratio`` and ``WRatio``, and nomenklatura's logic-v2 where it is
installed, over the same rows in the same run.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from aims import AIMS
from judges import OURS, Judge, Ours, judges
from measures import Answer
from sets import LISTS, NAMESAKES, PAIRED, SCREENED, Pair, Query, Sample, pairs, queries, rows
from tables import Answered, detail, headline

import sanctscreen as ss

PARITY = "ofac_search_scores_dev"


def main() -> None:
    """Parse the arguments, judge, and print the tables."""
    options = _options()
    answered: dict[str, Answered] = {}
    for name, by in _judged(options):
        print(f"judging {name}", file=sys.stderr)
        answered[name] = _answers(name, by, options)
    print(headline(AIMS, answered, markdown=options.markdown))
    for name, answers in answered.items():
        print(detail(name, answers, markdown=options.markdown))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--sample", type=int, default=1, help="judge one row in N of large sets")
    parser.add_argument("--whole", type=int, default=3_000, help="rows of a set that is not large")
    parser.add_argument("--only", action="append", help="judge this set; may be repeated")
    parser.add_argument("--baselines", action="store_true", help="add other matchers")
    parser.add_argument("--show", action="store_true", help="print what was missed or raised")
    parser.add_argument("--markdown", action="store_true", help="print Markdown tables")
    return parser.parse_args()


def _judged(options: argparse.Namespace) -> Iterator[tuple[str, dict[str, Judge]]]:
    """Yield every set with its judges; the lists are read one after the other."""
    wanted = options.only or [*PAIRED, *SCREENED, PARITY]
    by = judges(ss.default_list(), baselines=options.baselines)
    yield from ((name, by) for name in (*PAIRED, PARITY) if name in wanted)
    for key, (path, _) in LISTS.items():
        names = [name for name, list_key in SCREENED.items() if list_key == key and name in wanted]
        if names:
            by = judges(ss.read_list(options.data / path), baselines=options.baselines)
            yield from ((name, by) for name in names)


def _answers(name: str, by: dict[str, Judge], options: argparse.Namespace) -> Answered:
    """Return every judge's answers, by tag."""
    answered: Answered = defaultdict(lambda: defaultdict(list))
    if name == PARITY:
        _compare_with_ofac(answered, options)
    elif name in PAIRED:
        for pair in pairs(options.data, name, Sample(options.sample, options.whole)):
            _judge_pair(pair, by, answered, show=options.show)
    else:
        for query in queries(options.data, name, Sample(options.sample, options.whole)):
            _judge_query(query, by, answered, show=options.show)
    return answered


def _judge_pair(pair: Pair, by: dict[str, Judge], answered: Answered, *, show: bool) -> None:
    for label, judge in by.items():
        score = judge.score(pair)
        answer = Answer(pair.is_match, score >= judge.least(pair.kind), score)
        for tag in pair.tags:
            answered[tag][label].append(answer)
        if show and label == OURS and answer.is_hit is not answer.is_match:
            print(f"  {score:6.2f}  {pair.left!r} ~ {pair.right!r}  {pair.tags}")


def _judge_query(query: Query, by: dict[str, Judge], answered: Answered, *, show: bool) -> None:
    for label, judge in by.items():
        found = judge.hits(query)
        is_hit = query.expected in found if query.expected else bool(found)
        for tag in query.tags:
            answered[tag][label].append(Answer(bool(query.expected), is_hit))
        if show and label == OURS and is_hit is not bool(query.expected):
            print(f"  {query.name!r} {query.expected} {sorted(found)[:3]}  {query.tags}")
    if NAMESAKES in query.tags:
        _judge_conflict(query, by[OURS], answered)


def _judge_conflict(query: Query, judge: Judge, answered: Answered) -> None:
    """Count whether a namesake of another date of birth is shown with the conflict."""
    assert isinstance(judge, Ours)
    result = judge.result(query)
    shown = [fact for hit in (*result.hits, *result.set_aside) for fact in hit.facts]
    is_shown = any("birth" in str(fact) for fact in shown)
    answered["conflict shown"][OURS].append(Answer(is_match=True, is_hit=is_shown))


def _compare_with_ofac(answered: Answered, options: argparse.Namespace) -> None:
    """Count the scores that lie within 5 points of those that OFAC's own search shows."""
    for row in rows(options.data / "eval" / f"{PARITY}.csv"):
        shown = float(row["ofac_score"] or 0)
        score = ss.compare(row["query_name"], row["result_name"]).score
        # OFAC's search shows nothing below 80; both sides below is agreement.
        is_near = abs(score - shown) <= 5 if shown else score < 80
        answered["within 5 points"][OURS].append(Answer(is_match=True, is_hit=is_near))


if __name__ == "__main__":
    main()
