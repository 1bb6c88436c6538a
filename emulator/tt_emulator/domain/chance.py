"""Luck as a pure function: the same seed and the same place in the story, the same outcome."""

from hashlib import blake2b
from math import exp


def draw(seed: int, *place: object) -> float:
    """A number in [0, 1) that depends on the seed and the place, and on nothing else."""
    digest = blake2b(repr((seed, *place)).encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def log_normal(luck: float, median: float, sigma: float) -> float:
    """The value that a log-normal distribution has at `luck` (a number in [0, 1))."""
    from statistics import NormalDist  # 2 ms of each start, and few worlds have a use for it

    return median * exp(sigma * NormalDist().inv_cdf(max(luck, 2**-53)))
