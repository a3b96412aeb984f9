"""What a figure is, and how rounds become one.

A round measures every variant once, one right after the other, so that a busy machine slows them
alike; the order turns from round to round. A ratio is worked out per round. The median is what is
told; a figure is missed only when its better quartile misses as well, since what else runs on the
machine can only make it look worse.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

ROUNDS = 30

Variant = Callable[[int], float]
"""Measures one variant in the round of that number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result. `ratio` is value to baseline; `reach` is what it is held to.

    An absolute figure has no baseline and is held to by its value; one without `reach` only
    informs.
    """

    name: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    reach: float | None
    met: bool


def alternate(variants: Mapping[str, Variant], rounds: int) -> dict[str, list[float]]:
    """Measure the variants by turns; one round before them warms up and is not counted."""
    names = list(variants)
    measured: dict[str, list[float]] = {name: [] for name in names}
    for number in range(-1, rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            value = variants[name](number)
            if number >= 0:
                measured[name].append(value)
    return measured


def compared(
    name: str,
    unit: str,
    values: Sequence[float],
    baselines: Sequence[float],
    reach: float,
    *,
    scale: float = 1.0,
) -> Figure:
    """A figure that may be at most `reach` times its baseline."""
    ratios = [value / base for value, base in zip(values, baselines, strict=True)]
    return _ratio(name, unit, values, baselines, ratios, reach, scale, better(ratios) <= reach)


def compared_rate(
    name: str, unit: str, values: Sequence[float], baselines: Sequence[float], reach: float
) -> Figure:
    """A figure that must be at least `reach` times its baseline."""
    ratios = [value / base for value, base in zip(values, baselines, strict=True)]
    met = -better([-ratio for ratio in ratios]) >= reach
    return _ratio(name, unit, values, baselines, ratios, reach, 1.0, met)


def _ratio(
    name: str,
    unit: str,
    values: Sequence[float],
    baselines: Sequence[float],
    ratios: Sequence[float],
    reach: float,
    scale: float,
    met: bool,
) -> Figure:
    value, baseline = median(values) * scale, median(baselines) * scale
    return Figure(name, value, unit, baseline, median(ratios), reach, met)


def absolute(name: str, unit: str, values: Sequence[float], reach: float) -> Figure:
    """A figure that is held to as it is."""
    return Figure(name, median(values), unit, None, None, reach, better(values) <= reach)


def counted(name: str, unit: str, value: float, baseline: float, reach: float) -> Figure:
    """A count, which no machine makes larger: at most `reach`, and not above its baseline."""
    met = value <= baseline and value <= reach
    return Figure(name, value, unit, baseline, value / baseline, reach, met)


def told(name: str, unit: str, value: float) -> Figure:
    """Something worth knowing that is held to nothing."""
    return Figure(name, value, unit, None, None, None, True)


def better(values: Sequence[float]) -> float:
    """The lower quartile."""
    return quantiles(values, n=4, method="inclusive")[0] if len(values) > 1 else values[0]


def percentile(values: Sequence[float], share: int) -> float:
    """The value below which `share` percent of the values are."""
    return quantiles(values, n=100, method="inclusive")[share - 1]


HEADER = f"{'figure':<52}{'value':>11} {'unit':<12}{'baseline':>11}{'ratio':>8}{'reach':>8}"


def line(figure: Figure) -> str:
    """One line of the table."""
    verdict = "" if figure.met else "  MISSED"
    return (
        f"{figure.name:<52}{_number(figure.value):>11} {figure.unit:<12}"
        f"{_number(figure.baseline):>11}{_number(figure.ratio):>8}{_number(figure.reach):>8}"
        f"{verdict}"
    )


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write the figures as JSON."""
    path.parent.mkdir(exist_ok=True)
    rows = [asdict(figure) for figure in figures]
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
