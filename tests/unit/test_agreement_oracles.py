"""Ours beside packages written by others. Their answers were kept by `python -m tests.oracles`."""

import json
from pathlib import Path

import pytest

from r2com.core import agreement
from tests.oracles.tables import every_table

KEPT = json.loads((Path(__file__).parent.parent / "fixtures/agreement/oracles.json").read_text("utf-8"))
TABLES = every_table()
ICC = dict(
    zip(
        ["ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)"], agreement.FORMS, strict=True
    )
)


def answers(package):
    """What a package answered, as (table, what was asked, value, low, high)."""
    return [
        (table, asked, *numbers)
        for table, said in KEPT["answers"][package].items()
        for asked, numbers in said.items()
    ]


def same(estimate, value, low, high, *, digits=1e-9, ends=1e-9):
    assert estimate.value == pytest.approx(value, abs=digits)
    if low is not None:
        assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=ends)


@pytest.mark.parametrize(("table", "asked", "value", "low", "high"), answers("krippendorff"))
def test_krippendorff(table, asked, value, low, high):
    found = agreement.krippendorff_alpha(TABLES[table], scale=asked.removeprefix("krippendorff_alpha_"))

    same(found, value, low, high)


@pytest.mark.parametrize(("table", "asked", "value", "low", "high"), answers("irrCAC"))
def test_irrcac_with_its_intervals(table, asked, value, low, high):
    kind, near = asked.split("_")
    if kind == "krippendorff":
        scale = {"identity": "nominal", "quadratic": "interval"}[near]
        found = agreement.krippendorff_alpha(TABLES[table], scale=scale)
    else:
        ours = {
            "gwet": agreement.gwet_ac2,
            "fleiss": agreement.fleiss_kappa,
            "conger": agreement.conger_kappa,
            "agreed": agreement.per_cent_agreement,
        }
        found = ours[kind](TABLES[table], closeness=near)

    same(found, value, low, high)


@pytest.mark.parametrize(("table", "asked", "value", "low", "high"), answers("pingouin"))
def test_pingouin_rounds_its_intervals(table, asked, value, low, high):
    if asked == "cronbach_alpha":
        found, ends = agreement.cronbach_alpha(TABLES[table]), 6e-4
    else:
        found, ends = agreement.intraclass(TABLES[table])[ICC[asked]], 6e-3

    same(found, value, low, high, ends=ends)


@pytest.mark.parametrize(("table", "asked", "value", "low", "high"), answers("statsmodels"))
def test_statsmodels_with_its_intervals(table, asked, value, low, high):
    same(of_two(table, asked), value, low, high)


@pytest.mark.parametrize(("table", "asked", "value", "low", "high"), answers("scikit-learn"))
def test_scikit_learn(table, asked, value, low, high):
    same(of_two(table, asked), value, low, high)


def of_two(table, asked):
    if asked == "fleiss_kappa":
        return agreement.fleiss_kappa(TABLES[table])
    if asked == "cohen_kappa":
        return agreement.cohen_kappa(TABLES[table])
    return agreement.weighted_kappa(TABLES[table], closeness=asked)


def test_every_package_answered_enough():
    assert {package: len(answers(package)) >= 12 for package in KEPT["versions"]} == dict.fromkeys(
        KEPT["versions"], True
    )
