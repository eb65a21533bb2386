"""A secret in three parts, of which any two give it back and one alone says nothing.

After Shamir, "How to share a secret", Communications of the ACM 22 (1979), over the field GF(256) with the
polynomial of AES (FIPS 197, 4.2): for each byte a straight line through it, and a share is a point on it.
"""

import os

NEEDED, MADE = 2, 3
POLYNOMIAL = 0x11B


def split(secret: bytes) -> list[bytes]:
    """The three shares, for the places 1, 2 and 3."""
    slopes = os.urandom(len(secret))
    return [on_line(secret, slopes, place) for place in range(1, MADE + 1)]


def on_line(secret: bytes, slopes: bytes, place: int) -> bytes:
    return bytes(at_zero ^ times(slope, place) for at_zero, slope in zip(secret, slopes, strict=True))


def join(one: bytes, at: int, other: bytes, beside: int) -> bytes:
    """The secret from two shares and their places. Raises ValueError for the same place twice."""
    if at == beside or not {at, beside} <= set(range(1, MADE + 1)):
        raise ValueError("two different places are needed")
    # Lagrange at zero; minus and plus are the same in this field.
    apart = inverse(at ^ beside)
    of_one, of_other = times(beside, apart), times(at, apart)
    return bytes(times(a, of_one) ^ times(b, of_other) for a, b in zip(one, other, strict=True))


def times(one: int, other: int) -> int:
    """The product in the field, in as many steps for every number."""
    product = 0
    for _ in range(8):
        product ^= one * (other & 1)
        other >>= 1
        one = (one << 1) ^ (POLYNOMIAL * (one >> 7))
    return product


def inverse(one: int) -> int:
    """What times it gives 1: the power 254 (Fermat). Zero has none."""
    if one == 0:
        raise ValueError("zero has no inverse")
    power = one
    for _ in range(253):
        power = times(power, one)
    return power
