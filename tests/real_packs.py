"""The packs of this installation, read and checked once for all tests that only look at them."""

from functools import cache
from pathlib import Path

from linli.rules.policy.library import Library
from linli.rules.policy.load import load_packs

PACKS = Path(__file__).parents[1] / "packs"


@cache
def real_packs() -> Library:
    return load_packs(PACKS)
