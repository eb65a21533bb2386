"""Quantiles of the normal, Student's t and the F distribution, in plain Python.

The incomplete beta function is the continued fraction of Lentz (Press et al., Numerical Recipes, 3rd ed.,
2007, section 6.4); a quantile is found by Newton's steps, and by halving where a step leads away.
"""

from math import exp, inf, lgamma, log, log1p, nan, sqrt
from statistics import NormalDist

TINY, CLOSE = 1e-300, 1e-16


def normal_quantile(chance: float) -> float:
    """The number that a standard normal value stays below in `chance` of cases, 0 < chance < 1."""
    return NormalDist().inv_cdf(chance)


def t_quantile(chance: float, freedom: float) -> float:
    """The same for Student's t with `freedom` degrees."""
    if chance < 0.5:
        return -t_quantile(1 - chance, freedom)
    inside = beta_quantile(2 * (1 - chance), freedom / 2, 0.5)
    return sqrt(freedom * (1 - inside) / inside)


def f_quantile(chance: float, above: float, below: float) -> float:
    """The same for F with `above` and `below` degrees of freedom; NaN for a degree that is 0 or endless."""
    if not (0 < above < inf and 0 < below < inf):
        return nan
    inside = beta_quantile(1 - chance, below / 2, above / 2)
    return below * (1 - inside) / (above * inside) if inside else inf


def beta_quantile(chance: float, a: float, b: float) -> float:
    """The x at which the regularised incomplete beta function I_x(a, b) is `chance`."""
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(1_000):
        gap = incomplete_beta(x, a, b) - chance
        low, high = (low, x) if gap > 0 else (x, high)
        further = x - gap / _density(x, a, b) if 0 < x < 1 else x
        if not low < further < high:
            further = (low + high) / 2
        if abs(further - x) <= CLOSE * x:
            return further
        x = further
    return x


def _density(x: float, a: float, b: float) -> float:
    together = lgamma(a + b) - lgamma(a) - lgamma(b)
    return _kept(exp(together + (a - 1) * log(x) + (b - 1) * log1p(-x)))


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), 0 ≤ x ≤ 1, a and b above 0."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    return front * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, _kept(1 - (a + b) * x / (a + 1))
    d = 1 / d
    found = d
    for step in range(1, 10_000):
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        for part in (even, odd):
            d = 1 / _kept(1 + part * d)
            c = _kept(1 + part / c)
            found *= d * c
        if abs(d * c - 1) < CLOSE * 10:
            break
    return found


def _kept(number: float) -> float:
    return number if abs(number) > TINY else TINY
