"""Runs inside a peer's own environment: how long it takes, and what its loop over the same draws answers.

`python agreement_peers.py PACKAGE FILE.npz`. Times are those of the processor, on one thread.
"""

import json
import sys
import warnings
from statistics import median
from time import process_time

import numpy as np


def krippendorff(tables):
    from krippendorff import alpha

    def one(ratings):
        return alpha(reliability_data=ratings.T, level_of_measurement="ordinal")

    gaps, draws = tables["gaps"], tables["draws"]
    started = process_time()
    limits = [np.quantile([one(item[draw]) for draw in draws], [0.025, 0.975]).tolist() for item in gaps]
    return {"loop_s": process_time() - started, "loops": len(gaps), "limits": limits, **timed(one, gaps[0])}


def pingouin(tables):
    import pandas as pd
    from pingouin import intraclass_corr

    def one(ratings):
        n, k = ratings.shape
        columns = {
            "subject": np.repeat(range(n), k),
            "rater": np.tile(range(k), n),
            "rating": ratings.ravel(),
        }
        found = intraclass_corr(pd.DataFrame(columns), targets="subject", raters="rater", ratings="rating")
        return found["ICC"].to_numpy()

    whole, draws = tables["whole"], tables["draws"]
    started = process_time()
    found = np.array([one(whole[0][draw]) for draw in draws])
    limits = np.quantile(found, [0.025, 0.975], axis=0).T.tolist()
    return {"loop_s": process_time() - started, "loops": 1, "limits": limits, **timed(one, whole[0])}


def statsmodels(tables):
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

    return timed(lambda ratings: fleiss_kappa(aggregate_raters(ratings)[0]), tables["whole"][0].astype(int))


def irrCAC(tables):
    import pandas as pd
    from irrCAC.raw import CAC

    table = pd.DataFrame(tables["gaps"][0])
    return timed(lambda ratings: CAC(ratings).gwet(), table)


def timed(work, ratings, times=30):
    """Median milliseconds of one estimate."""
    work(ratings)
    seen = []
    for _ in range(times):
        started = process_time()
        work(ratings)
        seen.append(process_time() - started)
    return {"single_ms": median(seen) * 1000}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    with np.load(sys.argv[2]) as found:
        print(json.dumps(globals()[sys.argv[1]](dict(found))))  # noqa: T201
