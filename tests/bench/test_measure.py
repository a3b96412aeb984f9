"""Figures out of rounds: what is a miss, what is noise, and what the shell is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench import measure
from bench.measure import Figure


def test_a_round_measures_every_variant_and_the_first_only_warms_up() -> None:
    asked: list[tuple[str, int]] = []

    def variant(name: str) -> measure.Variant:
        return lambda number: asked.append((name, number)) or float(number)

    found = measure.alternate({"a": variant("a"), "b": variant("b")}, 3)
    assert found == {"a": [0.0, 1.0, 2.0], "b": [0.0, 1.0, 2.0]}
    assert [name for name, _ in asked] == ["b", "a", "a", "b", "b", "a", "a", "b"]


def test_noise_in_half_of_the_rounds_is_no_miss() -> None:
    figure = measure.compared("x", "s", [1.0, 1.1, 5.0, 9.0], [1.0] * 4, 1.2)
    assert figure.met
    assert figure.ratio == pytest.approx(3.05)


def test_a_ratio_is_missed_when_its_lower_quartile_misses() -> None:
    figure = measure.compared("x", "s", [1.0, 1.5, 1.5, 1.5], [1.0] * 4, 1.2)
    assert not figure.met


def test_a_rate_is_missed_when_its_upper_quartile_misses() -> None:
    assert measure.compared_rate("x", "1/s", [0.7, 0.9, 0.9, 0.7], [1.0] * 4, 0.85).met
    assert not measure.compared_rate("x", "1/s", [0.7, 0.9, 0.7, 0.7], [1.0] * 4, 0.85).met


def test_a_count_must_be_the_same_and_within_its_budget() -> None:
    assert measure.counted("x", "statements", 12, 12, 12).met
    assert not measure.counted("x", "statements", 13, 13, 12).met
    assert not measure.counted("x", "statements", 12, 11, 12).met


def test_an_absolute_figure_has_no_baseline() -> None:
    figure = measure.absolute("x", "ms", [11.0, 12.0, 13.0], 10)
    assert (figure.baseline, figure.ratio, figure.met) == (None, None, False)


@pytest.mark.parametrize(("met", "status"), [(True, 0), (False, 1)])
def test_a_missed_figure_is_told_to_the_shell(
    met: bool, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def nothing() -> Iterator[None]:
        yield

    figures = [Figure("good", 1, "s", 1, 1, 2, True), Figure("other", 3, "s", 1, 3, 2, met)]
    monkeypatch.setattr(bench, "installation", nothing)
    monkeypatch.setattr(bench.Bench, "figures", lambda self, place: iter(figures))
    run = bench.Bench(size=500, events=1, rounds=1, pages=1, results=tmp_path / "results.json")
    assert run.run() == status
    written: list[dict[str, Any]] = json.loads(run.results.read_text())
    assert [row["met"] for row in written] == [True, met]


def test_a_part_that_the_bench_does_not_know_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench.signal, "signal", lambda *_given: None)
    monkeypatch.setattr(bench.Bench, "run", lambda self: 0)
    monkeypatch.setenv("ONLY", "leases")
    assert bench.main() == 0
    monkeypatch.setenv("ONLY", "houses")
    assert bench.main() == 2
    assert "ONLY" in capsys.readouterr().err
