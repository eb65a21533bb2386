"""Tables of ratings that were published with their coefficients, and some that no textbook shows."""

import numpy as np

NONE = np.nan


def crossed(counts, categories=None):
    """Two raters' cross table as ratings: rows are the first rater's categories, columns the second's."""
    counts = np.asarray(counts)
    names = np.arange(1, len(counts) + 1) if categories is None else np.asarray(categories)
    first, second = np.nonzero(counts)
    pairs = np.repeat(np.stack([names[first], names[second]], axis=1), counts[first, second], axis=0)
    return pairs.astype(float)


def tallied(counts):
    """How many raters chose each category, as ratings; who chose what is not known, and does not matter."""
    return np.array([np.repeat(np.arange(1, len(row) + 1), row) for row in counts], dtype=float)


def lettered(*raters):
    """Ratings written as one text of letters for each rater."""
    return np.array([[ord(letter) for letter in rater] for rater in raters], dtype=float).T


# Shrout & Fleiss 1979, table 2: six subjects, four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float
)

# Krippendorff 2011, section C: twelve units, four observers, gaps. Also Gwet 2014, table 2.10.
FOUR_OBSERVERS = np.array(
    [
        [1, 1, NONE, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [NONE, 5, 5, 5],
        [NONE, NONE, 1, 1],
        [NONE, NONE, 3, NONE],
    ]
)

# Krippendorff 2011, sections A and B.
MEG_AND_OWEN = lettered("0100000010", "1110010000")
BEN_AND_GERRY = lettered("aabbdcccedda", "babbbccceddd")

# Krippendorff 1980, as in Hayes & Krippendorff 2007: three coders, fifteen units, many gaps.
THREE_CODERS = np.array(
    [
        [NONE, NONE, NONE, NONE, NONE, 3, 4, 1, 2, 1, 1, 3, 3, NONE, 3],
        [1, NONE, 2, 1, 3, 3, 4, 3, NONE, NONE, NONE, NONE, NONE, NONE, NONE],
        [NONE, NONE, 2, 1, 3, 4, 4, NONE, 2, 1, 1, 3, 3, NONE, 4],
    ]
).T

# Fleiss 1971, table 1: thirty patients, six psychiatrists, five diagnoses.
FLEISS = tallied(
    [
        *([0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0]),
        *([2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6]),
        *([1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1]),
        *([0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3]),
        *([0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1]),
        *([0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6]),
    ]
)

# Cohen 1968, table 1, two hundred patients; and his numbers for how grave a disagreement is.
COHEN = crossed([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
COHENS_DISAGREEMENT = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])

# Fleiss, Cohen & Everitt 1969, table 1, two hundred patients.
FLEISS_COHEN_EVERITT = crossed([[106, 10, 4], [22, 28, 10], [2, 12, 6]])
THEIR_CLOSENESS = np.array([[1, 0, 4 / 9], [0, 1, 2 / 3], [4 / 9, 2 / 3, 1]])

# Feinstein & Cicchetti 1990: the same agreement of 85 in 100, and very different kappas.
EVEN = crossed([[40, 9], [6, 45]])
UNEVEN = crossed([[80, 10], [5, 5]])
SKEWED_ALIKE = crossed([[45, 15], [25, 15]])
SKEWED_APART = crossed([[25, 35], [5, 35]])
