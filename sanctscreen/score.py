"""Two names in, a score and its explanation out.

The score is computed from the two names, the kind and the configuration, and from nothing
else: not from the list, nor from the rest of the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sanctscreen.config import Config
from sanctscreen.evidence.names import Alignment, Costs, Pair, align
from sanctscreen.evidence.passages import LEAST_SCORE, stretches
from sanctscreen.model import Kind
from sanctscreen.text.alternatives import sought
from sanctscreen.text.normalize import NormalName, normalize
from sanctscreen.text.words import Reading, Word

#: How the names of each kind are read; a party of unknown kind is read both ways.
READINGS: dict[Kind | None, tuple[Reading, ...]] = {
    "person": ("person",),
    "entity": ("organisation",),
    "vessel": ("vessel",),
    "aircraft": ("vessel",),
    None: ("organisation", "person"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why two names scored as they did: ``str()`` reads in a terminal, `to_dict` as data.

    Attributes:
        left: the first name, normalised.
        right: the second name, normalised.
        alignment: the words set against each other, with their weights.
        score: 0 to 100.
        costs: what words cost that do not agree.
    """

    left: NormalName
    right: NormalName
    alignment: Alignment
    score: float
    costs: Costs

    def __str__(self) -> str:
        title = f"{self.score:.1f}  {self.left.original}  ~  {self.right.original}"
        return "\n".join([title, *(f"      {line}" for line in self._lines())])

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON-ready data."""
        alignment = self.alignment
        return {
            "score": self.score,
            "left": _name_data(self.left),
            "right": _name_data(self.right),
            "pairs": [_pair_data(pair) for pair in alignment.pairs],
            "left_over": [_word_data(word) for word in alignment.left_over],
            "right_over": [_word_data(word) for word in alignment.right_over],
            "agreed": round(alignment.agreed, 4),
            "contradicted": round(alignment.contradicted, 4),
            "misspelled": round(alignment.misspelled, 4),
            "omitted": round(alignment.omitted, 4),
            "chance": round(alignment.chance(self.costs), 4),
            "costs": self._costs(),
        }

    def _costs(self) -> dict[str, float]:
        """Return what each sort of disagreement cost in this comparison."""
        due = self.alignment.costs_due(self.costs)
        return {name: round(cost, 4) for name, cost in due._asdict().items()}

    def _lines(self) -> list[str]:
        if self.left.unscreenable or self.right.unscreenable:
            return [self.left.unscreenable or self.right.unscreenable]
        return [line for line in (self._agreeing(), self._against(), self._sum()) if line]

    def _agreeing(self) -> str:
        return " · ".join(_pair_text(pair) for pair in self.alignment.pairs)

    def _against(self) -> str:
        left, right = self.alignment.left_over, self.alignment.right_over
        verdict = "contradicted: " if left and right else "omitted: "
        sides = [" ".join(_word_text(word) for word in side) for side in (left, right) if side]
        return verdict + " against ".join(sides) if sides else ""

    def _sum(self) -> str:
        if self.alignment.equal:
            return "equal after normalisation"
        terms = [f"agreed {self.alignment.agreed:.2f}"]
        chance = self.alignment.chance(self.costs)
        for name, cost in self._costs().items():
            weight = chance if name == "chance" else getattr(self.alignment, name)
            terms += [f"{name} {weight:.2f} × {cost:g}"] if weight else []
        return ", ".join(terms)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of comparing two names.

    Attributes:
        score: 0 to 100.
        explanation: how the score came about.
    """

    score: float
    explanation: Explanation

    def __str__(self) -> str:
        return str(self.explanation)


def compare(
    left: str, right: str, *, kind: Kind | None = None, config: Config | None = None
) -> Comparison:
    """Compare two names.

    >>> compare("Дмитрий Юрьевич Никулин", "NIKULIN, Dmitry Yuryevich", kind="person").score > 90
    True

    Args:
        left: one name, in any script.
        right: the other.
        kind: what both name; ``None`` reads them as people and as organisations, and keeps
            the better score.
        config: weights and fallback; the default configuration if ``None``.

    Returns:
        The comparison; where a text holds several names ("X (ex Y)"), that of the best pair; a
        name that cannot be screened scores 0 and says why.
    """
    settings = config or Config()
    outcomes = (
        _compare_as(one, other, reading=reading, config=settings)
        for reading in READINGS[kind]
        for one in sought(left)
        for other in sought(right)
    )
    return max(outcomes, key=lambda outcome: outcome.score)


def score_names(
    left: NormalName, right: NormalName, *, ordered: bool, config: Config
) -> Comparison:
    """Compare two normalised names; the one place where a score is made.

    Args:
        left: one name.
        right: the other, normalised in the same reading.
        ordered: whether names must have the same word order to be equal.
        config: what words cost that do not agree.
    """
    costs = costs_of(config, ordered=ordered)
    alignment = align(left, right, ordered=ordered)
    score = alignment.score(costs)
    if left.unscreenable or right.unscreenable:
        score = 0.0
    return Comparison(score, Explanation(left, right, alignment, score, costs))


def costs_of(config: Config, *, ordered: bool) -> Costs:
    """Return what words cost that do not agree; chance counts in people's names alone."""
    weights = config.weights
    chance = 0.0 if ordered else weights.chance
    return Costs(weights.contradicted, weights.misspelled, weights.omitted, chance)


def score_inside(
    passage: NormalName, whole: Comparison, *, ordered: bool, config: Config
) -> Comparison:
    """Score a listed name against the stretch of a passage where it may stand.

    Args:
        passage: the text that is screened.
        whole: the comparison of all of it with the listed name.
        ordered: as for `score_names`.
        config: as for `score_names`.

    Returns:
        The best comparison of a stretch, if it names somebody and scores high enough to stand
        out of a text; else ``whole``.
    """
    listed = whole.explanation.right
    found = [
        score_names(stretch, listed, ordered=ordered, config=config)
        for stretch in stretches(passage, listed, ordered=ordered)
    ]
    inside = max(found, key=lambda each: each.score, default=whole)
    return inside if inside.score >= LEAST_SCORE else whole


def is_ordered(reading: Reading) -> bool:
    """Tell whether word order matters for equality: it does for all but people."""
    return reading != "person"


def _compare_as(left: str, right: str, *, reading: Reading, config: Config) -> Comparison:
    names = [normalize(each, reading=reading, fallback=config.fallback) for each in (left, right)]
    return score_names(names[0], names[1], ordered=is_ordered(reading), config=config)


def _spelled(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def _word_text(word: Word) -> str:
    return f"{word.text} ({word.wordclass} {word.weight:.2f})"


def _pair_text(pair: Pair) -> str:
    left, right = _spelled(pair.left), _spelled(pair.right)
    weight = min(sum(word.weight for word in side) for side in (pair.left, pair.right))
    if pair.verdict == "same":
        return f"{left} ({pair.left[0].wordclass} {weight:.2f})"
    return f"{left} ≈ {right} ({pair.verdict} {pair.similarity:.2f}, weight {weight:.2f})"


def _word_data(word: Word) -> dict[str, Any]:
    return {
        "text": word.text,
        "origin": word.origin,
        "class": word.wordclass,
        "weight": round(word.weight, 4),
    }


def _name_data(name: NormalName) -> dict[str, Any]:
    data: dict[str, Any] = {"original": name.original, "normalized": name.text}
    data["steps"] = list(name.steps)
    if name.fallback_letters:
        data["fallback_letters"] = name.fallback_letters
    if name.unscreenable:
        data["unscreenable"] = name.unscreenable
    return data


def _pair_data(pair: Pair) -> dict[str, Any]:
    return {
        "left": [_word_data(word) for word in pair.left],
        "right": [_word_data(word) for word in pair.right],
        "similarity": round(pair.similarity, 4),
        "verdict": pair.verdict,
    }
