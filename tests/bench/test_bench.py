"""The whole bench on few people: every figure is measured and written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.cluster import ROOT

KEYS = {"name", "value", "unit", "baseline", "ratio", "reach", "met"}


@pytest.mark.full
def test_the_bench_runs_on_few_people(tmp_path: Path) -> None:
    results = tmp_path / "results.json"
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("VUOKRA_", "DATABASE_", "KEYS_", "DJANGO_"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench"],
        env=environment
        | {"SIZE": "500", "EVENTS": "2000", "ROUNDS": "2", "PAGES": "20", "RESULTS": str(results)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert results.exists(), done.stderr
    rows = json.loads(results.read_text())
    assert all(set(row) == KEYS for row in rows)
    assert all(isinstance(row["value"], int | float) for row in rows)
    assert all(row["value"] > 0 for row in rows if row["reach"] is not None)
    assert len({row["name"] for row in rows}) == len(rows) >= 15
    assert done.returncode == int(not all(row["met"] for row in rows))
    for row in rows:
        assert row["name"] in done.stdout
    counted = [row for row in rows if row["unit"] == "statements"]
    assert counted
    # Two rounds say nothing of time, but counts hold.
    assert [row for row in counted if not row["met"]] == []
