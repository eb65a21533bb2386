"""Agreement corrected for chance: (observed - expected) / (1 - expected), and the observed part alone.

The kinds differ only in what is expected of raters who do not look. Each is worked out from numbers that
are added up over subjects, so that a resample of subjects is a product of two matrices.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from .tables import Array, Coded

Expected = Literal["none", "fleiss", "gwet", "conger"]


@dataclass(frozen=True, slots=True)
class ChanceCorrected:
    """One kind: what is expected by chance, and how close categories are (q × q)."""

    expected: Expected
    closeness: Array

    def statistics(self, table: Coded) -> Array:
        """What is added up: columns × items × subjects. What is observed needs two ratings of a subject."""
        counts = table.counts
        rated = counts.sum(axis=0)
        columns = [_observed(counts, rated, self.closeness), rated >= 2, rated >= 1]
        spread = _by_rater(table) if self.expected == "conger" else counts / np.maximum(rated, 1)
        return np.stack([*columns, *spread])

    def values(self, sums: Array) -> Array:
        """The coefficient from sums of those columns: columns × … to …; NaN where it is not defined."""
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = sums[0] / sums[1]
            if self.expected == "none":
                return observed
            expected = self._expected(sums)
            return np.where(expected < 1 - 1e-12, (observed - expected) / (1 - expected), np.nan)

    def _expected(self, sums: Array) -> Array:
        q = len(self.closeness)
        if self.expected == "conger":
            return _conger(sums[3:].reshape(-1, q, *sums.shape[1:]), self.closeness)
        shares = sums[3:] / sums[2]
        if self.expected == "gwet":
            return _gwet(shares, self.closeness)
        return (np.tensordot(self.closeness, shares, 1) * shares).sum(axis=0)

    def standard_errors(self, table: Coded) -> Array:
        """One for each item, from how much each subject moves the coefficient (Gwet, 2014).

        Subjects count as drawn from very many; raters as given.
        """
        sums = self.statistics(table).sum(axis=-1)
        found = [self._standard_error(table, item, sums[:, item]) for item in range(sums.shape[1])]
        return np.array(found)

    def _standard_error(self, table: Coded, item: int, sums: Array) -> float:
        one = Coded(table.codes[item : item + 1], table.categories)
        counts = one.counts[:, 0].T
        rated = counts.sum(axis=-1)
        with np.errstate(divide="ignore", invalid="ignore"):
            there = rated >= 1
            counts, rated, codes = counts[there], rated[there], one.codes[0][there]
            subjects, paired = len(counts), (rated >= 2).sum()
            observed = _observed(counts.T, rated, self.closeness)
            value = self.values(sums)
            if self.expected == "none":
                moved = subjects / paired * observed - value
                return float(np.sqrt((moved**2).sum() / (subjects * (subjects - 1))))
            expected = self._expected(sums)
            each = self._expected_each(codes, counts, rated, sums)
            moved = subjects / paired * (observed - expected * (rated >= 2)) / (1 - expected)
            moved -= 2 * (1 - value) * (each - expected) / (1 - expected) + value
            return float(np.sqrt((moved**2).sum() / (subjects * (subjects - 1))))

    def _expected_each(self, codes: Array, counts: Array, rated: Array, sums: Array) -> Array:
        """How much each subject adds to what is expected."""
        if self.expected == "conger":
            return _conger_each(codes, self.closeness)
        shares = sums[3:] / sums[2]
        mine = counts / rated[:, np.newaxis]
        if self.expected == "gwet":
            q = len(shares)
            return self.closeness.sum() / (q * (q - 1)) * (mine @ (1 - shares))
        return mine @ (self.closeness @ shares)


def _observed(counts: Array, rated: Array, closeness: Array) -> Array:
    """Σ_k r_ik (r*_ik - 1) / (r_i (r_i - 1)) with r*_ik = Σ_l w_kl r_il (Gwet, 2014)."""
    pairs = rated * (rated - 1)
    same = (counts * np.tensordot(closeness, counts, 1)).sum(axis=0) - rated
    return same / np.where(pairs > 0, pairs, 1) * (pairs > 0)


def _by_rater(table: Coded) -> Array:
    """Which category each rater chose: (raters · categories) × items × subjects of 0 and 1."""
    by_rater = table.codes.transpose(2, 0, 1)[:, np.newaxis]
    chosen = by_rater == np.arange(len(table.categories)).reshape(-1, 1, 1)
    items, subjects, raters = table.codes.shape
    return chosen.reshape(raters * len(table.categories), items, subjects).astype(np.float64)


def _gwet(shares: Array, closeness: Array) -> Array:
    """T_w / (q (q - 1)) Σ_k π_k (1 - π_k) (Gwet, 2008; with weights Gwet, 2014)."""
    q = len(closeness)
    return closeness.sum() / (q * (q - 1)) * (shares * (1 - shares)).sum(axis=0)


def _conger(chosen: Array, closeness: Array) -> Array:
    """Σ_kl w_kl (p̄_k p̄_l - s²_kl / r): the mean over all pairs of raters (Conger, 1980)."""
    ratings = chosen.sum(axis=1)
    shares = chosen / np.maximum(ratings, 1)[:, np.newaxis]
    raters = (ratings > 0).sum(axis=0)
    together = shares.sum(axis=0)
    all_pairs = (np.tensordot(closeness, together, 1) * together).sum(axis=0)
    with_oneself = np.zeros(shares.shape[2:])
    for share in shares:
        with_oneself += (np.tensordot(closeness, share, 1) * share).sum(axis=0)
    return (all_pairs - with_oneself) / (raters * (raters - 1))


def _conger_each(codes: Array, closeness: Array) -> Array:
    q = len(closeness)
    chosen = (codes[..., np.newaxis] == np.arange(q)).astype(np.float64)
    present = (codes >= 0).astype(np.float64)
    used = present.sum(axis=0) > 0
    chosen, present = chosen[:, used], present[:, used]
    often = present.mean(axis=0)
    shares = chosen.mean(axis=0) / often[:, np.newaxis]
    raters = len(often)
    others = shares.sum(axis=0) - shares
    towards = others @ closeness
    moved = (chosen - (present - often)[..., np.newaxis] * shares) / often[:, np.newaxis]
    return (moved * towards).sum(axis=(-1, -2)) / (raters * (raters - 1))
