"""What the screener is meant to reach: one line for each figure of the headline table."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """A figure of a set.

    Attributes:
        tag: the rows that count; ``measure`` says what is computed from them.
        wanted: the figure to reach, in percent; none for what is shown for information.
        at_most: whether the figure is to stay below.
    """

    name: str
    tag: str
    wanted: float | None = None
    at_most: bool = False
    measure: str = "share"
    title: str = ""

    def reached(self, value: float) -> str:
        """Say whether a figure is good enough."""
        if self.wanted is None or math.isnan(value):
            return ""
        return "yes" if (value <= self.wanted if self.at_most else value >= self.wanted) else "NO"

    @property
    def goal(self) -> str:
        """The figure to reach, in words."""
        return "" if self.wanted is None else f"{'<=' if self.at_most else '>='} {self.wanted:g}"


def _found(name: str, must: float, should: float, stretch: float) -> list[Aim]:
    wanted = {"must": must, "should": should, "stretch": stretch}
    return [Aim(name, tag, value) for tag, value in wanted.items()]


def _spellings(name: str) -> list[Aim]:
    aims = _found(name, 99.5, 92, 60)
    for script, wanted in (("cyrillic", 95), ("arabic", 90)):
        tag = f"cross_script_{script}"
        aims += [Aim(name, f"{tag}, must and should", wanted), Aim(name, tag)]
    return aims


AIMS = [
    Aim("name_pairs_dev", "all", 90, measure="f1", title="F1"),
    Aim("name_pairs_dev", "all", measure="best_f1", title="F1 at its best threshold"),
    Aim("name_pairs_dev", "all", 95, measure="auc", title="AUC"),
    Aim("name_pairs_dev", "quality: STRONG", 100, measure="right", title="STRONG tier right"),
    *[
        aim
        for name in ("testpack_ofac_dev", "testpack_un_dev")
        for aim in (Aim(name, "exact", 100), *_found(name, 99.5, 95, 75))
    ],
    *_spellings("crosslist_ofac_dev"),
    *_spellings("crosslist_un_dev"),
    Aim("cross_script_pairs_dev", "all", 98, measure="auc", title="AUC"),
    Aim("cross_script_pairs_dev", "close", 98, measure="recall_at_1", title="close, at 1 % alerts"),
    Aim("cross_script_pairs_dev", "close", measure="recall", title="close, at the threshold"),
    Aim("cross_script_pairs_dev", "all", measure="alerts", title="alerts, at the threshold"),
    *[
        Aim(
            "cross_script_pairs_dev", f"script: {script}", 98, measure="auc", title=f"AUC, {script}"
        )
        for script in ("cyrillic", "arabic", "greek", "hangul", "han")
    ],
    Aim("negatives_global_dev", "all", 0.3, at_most=True, title="false alerts"),
    Aim("negatives_us_dev", "all", 0.3, at_most=True, title="false alerts"),
    Aim("benign_us_congress_dev", "all", 0.3, at_most=True, title="false alerts"),
    Aim("hard_negatives_dev", "all", 3, at_most=True, title="false alerts"),
    Aim("hard_negatives_dev", "recombined_listed_parts", 5, at_most=True),
    Aim("hard_negatives_dev", "text, by screen_text", at_most=True),
    Aim("hard_negatives_dev", "namesake_other_dob", 20, at_most=True, title="namesakes, dated"),
    Aim("hard_negatives_dev", "conflict shown", 100, title="namesakes shown with the conflict"),
    Aim("positives_un_dev", "as listed", 99.5),
    Aim("positives_un_dev", "spelling altered", 99),
    Aim("positives_un_dev", "as listed, the same date of birth"),
    Aim("positives_un_dev", "spelling altered, the same date of birth"),
    Aim("positives_un_dev", "as listed, another date of birth"),
    Aim("diacritics_eu_dev", "must", 99.5),
    Aim("transliteration_variants_dev", "derivable", measure="recall"),
    Aim("transliteration_variants_dev", "only a list can know", measure="recall"),
    Aim("ofac_search_scores_dev", "within 5 points"),
]
