"""Small numbers are not told, nor can they be worked out from a sum (pienten lukujen peittäminen).

Source: GDPR article 5(1)(c); resident-selection specification, section 11.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of counts and their sum; None stands for a number that is not."""

    counts: tuple[int | None, ...]
    total: int | None


def told(counts: Sequence[int], smallest: int) -> Told:
    """Which of the counts of one table may be told with their sum. None is told below `smallest`;
    zeros are told where nothing else is hidden, else they would point at the row that is not zero.
    What is hidden is never a single number, and comes to at least `smallest` together: larger ones
    are hidden beside it, the smaller first. Where there are none the sum is hidden too. Raises
    ValueError for a negative count."""
    if any(count < 0 for count in counts):
        raise ValueError("a count is not below zero")
    hidden = {at for at, count in enumerate(counts) if 0 < count < smallest}
    if not hidden:
        return Told(tuple(counts), sum(counts))
    larger = sorted(
        (at for at, count in enumerate(counts) if count >= smallest), key=counts.__getitem__
    )
    while larger and (len(hidden) < 2 or sum(counts[at] for at in hidden) < smallest):
        hidden.add(larger.pop(0))
    enough = len(hidden) > 1 and sum(counts[at] for at in hidden) >= smallest
    shown = tuple(count if count and at not in hidden else None for at, count in enumerate(counts))
    return Told(shown, sum(counts) if enough else None)
