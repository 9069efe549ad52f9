"""From listed names to the arrays of the index: distinct words, neighbours written together."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sanctscreen.evidence.joins import JOIN_MOST
from sanctscreen.index.arrays import where
from sanctscreen.index.handles import filed_joined
from sanctscreen.index.joins import Joins, are_any, may_share, written_together
from sanctscreen.index.names import Floats, Ints, Names, Postings
from sanctscreen.index.vocabulary import Vocabulary
from sanctscreen.text.codes import joined_codes
from sanctscreen.text.digits import letters_for_digits
from sanctscreen.text.normalize import NormalName
from sanctscreen.text.words import Word

Bools = NDArray[np.bool_]
_NONE = np.zeros(0, dtype=np.int32)


class _Listed(NamedTuple):
    """The words of all names, one after another.

    Attributes:
        words: the distinct words.
        units: for each place, which of them stands there.
        counts: how many places each name has.
        rows: for each place, the name.
        left: for each place, how many places its name has from there on.
    """

    words: list[Word]
    units: Ints
    counts: Ints
    rows: Ints
    left: Ints


def catalogue(names: Iterable[NormalName]) -> tuple[Vocabulary, Names]:
    """Catalogue names by their distinct words and joins."""
    listed, is_cut = _listed(names)
    joins, joined_units, joined_rows = _joins(listed)
    vocabulary = Vocabulary.of(listed.words, joins)
    every = np.concatenate([listed.units, joined_units + np.int32(len(listed.words))])
    every_row = np.concatenate([listed.rows, joined_rows])
    count, also = len(listed.words) + len(joins.texts), is_cut[every_row]
    weights, before = _charges(listed)
    return vocabulary, Names(
        weights,
        is_cut,
        before,
        Postings.of(listed.rows, listed.units, len(is_cut)),
        Postings.of(every, every_row, count),
        Postings.of(every[also], every_row[also], count),
    )


def _listed(names: Iterable[NormalName]) -> tuple[_Listed, Bools]:
    """Number the distinct words of names, and tell which names may lack their end."""
    words: dict[Word, int] = {}
    units, sizes, cut = array("i"), array("i"), array("b")
    for name in names:
        units.extend([words.setdefault(word, len(words)) for word in name.words])
        sizes.append(len(name.words))
        cut.append(name.is_cut)
    counts = np.array(sizes, dtype=np.int32)
    rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    left = (np.repeat(np.cumsum(counts), counts) - np.arange(len(rows))).astype(np.int32)
    listed = _Listed(list(words), np.array(units, dtype=np.int32), counts, rows, left)
    return listed, np.array(cut, dtype=bool)


def _charges(listed: _Listed) -> tuple[Floats, Floats]:
    """Return what a rest of each name can cost, and one of the words before each place."""
    costs = np.array([0.0 if word.wordclass == "title" else word.weight for word in listed.words])
    cost = costs[listed.units] if len(costs) else costs
    before, ends = np.zeros(len(cost)), np.cumsum(listed.counts)
    starts = ends - listed.counts
    for size in range(1, int(listed.counts.max(initial=0))):
        at = starts[listed.counts > size] + size
        before[at] = before[at - 1] + cost[at - 1]
    weights, last = np.zeros(len(ends)), ends[listed.counts > 0] - 1
    weights[listed.counts > 0] = before[last] + cost[last]
    return weights, before


def _joins(listed: _Listed) -> tuple[Joins, Ints, Ints]:
    """Write neighbours together.

    Returns:
        The distinct joins, the number of each that stands in a name, and the row of that name.
    """
    firsts, ends, units, rows = _neighbours(listed)
    words, at = [listed.words[unit] for unit in listed.units.tolist()], listed.units
    stretches = firsts.tolist(), ends.tolist()
    texts = written_together((word.text for word in words), *stretches)
    keys = written_together((word.key for word in words), *stretches)
    handles: list[tuple[str, int]] = []
    sharing = are_any(np.array(list(map(may_share, listed.words)), dtype=bool)[at], firsts, ends)
    for join in where(sharing).tolist():
        texts[join] = letters_for_digits(texts[join])
        codes = joined_codes(words[firsts[join] : ends[join]])
        handles += [(code, join) for code in filed_joined(codes)]
    known = np.array([word.attested for word in listed.words], dtype=bool)[at]
    weight = np.array([word.weight for word in listed.words])[at]
    weights = _weights(weight, firsts, ends)
    return Joins(texts, keys, weights, are_any(known, firsts, ends), handles), units, rows


def _neighbours(listed: _Listed) -> tuple[Ints, Ints, Ints, Ints]:
    """Number the distinct stretches of words that may be joined.

    Returns:
        Where one of each begins, and where it ends; the number of each that stands in a name, and
        the row of that name.
    """
    words, count, found = len(listed.words), 0, [(_NONE, _NONE, _NONE, _NONE)]
    before = listed.units.astype(np.int64)  # numbers of the stretches that end before a word
    for size in range(2, JOIN_MOST + 1):
        places = where(listed.left >= size)
        pairs = before[places] * words + listed.units[places + size - 1]
        distinct, at, which = np.unique(pairs, return_index=True, return_inverse=True)
        before[places] = which
        firsts, rows = places[at].astype(np.int32), listed.rows[places]
        found.append((firsts, firsts + np.int32(size), (which + count).astype(np.int32), rows))
        count += len(distinct)
    firsts, ends, units, rows = map(np.concatenate, zip(*found, strict=True))
    return firsts, ends, units, rows


def _weights(each: Floats, firsts: Ints, ends: Ints) -> Floats:
    """Add the weights of stretches of words up, from left to right."""
    weights = np.zeros(len(firsts))
    for size in range(JOIN_MOST):
        some = where(firsts + size < ends)
        weights[some] += each[firsts[some] + size]
    return weights
