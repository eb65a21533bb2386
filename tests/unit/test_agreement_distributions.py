"""Quantiles as the tables in statistics books print them."""

import pytest

from r2com.core.agreement import distributions


@pytest.mark.parametrize(
    ("freedom", "printed"), [(1, 12.706), (2, 4.303), (10, 2.228), (30, 2.042), (120, 1.980), (1e6, 1.960)]
)
def test_students_t_at_975(freedom, printed):
    assert round(distributions.t_quantile(0.975, freedom), 3) == printed
    assert distributions.t_quantile(0.025, freedom) == -distributions.t_quantile(0.975, freedom)


@pytest.mark.parametrize(
    ("above", "below", "printed"),
    [(1, 1, 161.45), (5, 10, 3.33), (10, 5, 4.74), (3, 60, 2.76), (120, 120, 1.35), (1, 120, 3.92)],
)
def test_fishers_f_at_95(above, below, printed):
    assert round(distributions.f_quantile(0.95, above, below), 2) == printed


@pytest.mark.parametrize("chance", [1e-6, 0.025, 0.5, 0.975, 0.999])
@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1, 3), (500, 0.5), (499.5, 1998), (0.05, 40)])
def test_a_quantile_is_where_its_chance_lies(chance, a, b):
    assert distributions.incomplete_beta(distributions.beta_quantile(chance, a, b), a, b) == pytest.approx(
        chance, rel=1e-9, abs=1e-12
    )


def test_no_degree_of_freedom_no_quantile():
    assert str(distributions.f_quantile(0.95, 0, 3)) == "nan"
    assert str(distributions.f_quantile(0.95, 3, float("inf"))) == "nan"
