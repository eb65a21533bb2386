"""Runs inside the environment of one package: reads tables of ratings, writes what the package answers.

`python peers.py PACKAGE < tables.json`. A table is a list of subjects, each a list of ratings, null for none.
"""

import json
import sys
import warnings

import numpy as np


def krippendorff(name, ratings):
    from krippendorff import alpha

    for scale in ("nominal", "ordinal", "interval", "ratio"):
        found = alpha(reliability_data=ratings.T, level_of_measurement=scale)
        yield f"krippendorff_alpha_{scale}", [float(found), None, None]


def irrCAC(name, ratings):
    import pandas as pd
    from irrCAC.raw import CAC

    for near in ("identity", "linear", "quadratic"):
        asked = CAC(pd.DataFrame(ratings), weights=near, digits=12)
        for kind in ("gwet", "fleiss", "conger", "krippendorff"):
            if (kind, near) == ("krippendorff", "linear"):  # a distance that Krippendorff does not name
                continue
            found = getattr(asked, kind)()["est"]
            yield f"{kind}_{near}", [found["coefficient_value"], *map(float, found["confidence_interval"])]
        yield f"agreed_{near}", [asked.gwet()["est"]["pa"], None, None]


def pingouin(name, ratings):
    import pandas as pd
    from pingouin import cronbach_alpha, intraclass_corr

    whole = ratings[~np.isnan(ratings).any(axis=1)]
    n, k = whole.shape
    if n < 5:  # it wants five ratings at least
        return
    long = pd.DataFrame(
        {"subject": np.repeat(range(n), k), "rater": np.tile(range(k), n), "rating": whole.ravel()}
    )
    found = intraclass_corr(data=long, targets="subject", raters="rater", ratings="rating")
    ends = next(column for column in found.columns if column.startswith("CI"))
    for row in found.to_dict("records"):
        yield row["Type"], [row["ICC"], *map(float, row[ends])]
    value, ends = cronbach_alpha(pd.DataFrame(whole))
    yield "cronbach_alpha", [float(value), *map(float, ends)]


def statsmodels(name, ratings):
    from statsmodels.stats import inter_rater

    if not np.isnan(ratings).any():
        counts, _ = inter_rater.aggregate_raters(ratings.astype(int))
        yield "fleiss_kappa", [float(inter_rater.fleiss_kappa(counts)), None, None]
    if ratings.shape[1] != 2:
        return
    both = ratings[~np.isnan(ratings).any(axis=1)].astype(int)
    known = np.unique(both)
    crossed = np.array([[((both == (one, other)).all(axis=1)).sum() for other in known] for one in known])
    for wanted, kind in (("cohen_kappa", None), ("linear", "linear"), ("quadratic", "quadratic")):
        found = inter_rater.cohens_kappa(crossed, wt=kind)
        yield wanted, [float(found.kappa), float(found.kappa_low), float(found.kappa_upp)]


def scikit_learn(name, ratings):
    from sklearn.metrics import cohen_kappa_score

    if ratings.shape[1] != 2:
        return
    both = ratings[~np.isnan(ratings).any(axis=1)].astype(int)
    for kind in (None, "linear", "quadratic"):
        found = cohen_kappa_score(both[:, 0], both[:, 1], weights=kind)
        yield kind or "cohen_kappa", [float(found), None, None]


def main():
    warnings.simplefilter("ignore")
    asked = globals()[sys.argv[1].replace("-", "_")]
    tables = json.load(sys.stdin)
    answers = {name: dict(asked(name, np.array(table, dtype=float))) for name, table in tables.items()}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
