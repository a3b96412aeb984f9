"""Pages of the room."""

from registry.watch.views.alerts import (
    alert,
    alerts,
    end_listing,
    go_through,
    listed,
    sample,
    samples,
    suspicion,
    suspicions,
)
from registry.watch.views.glass import (
    approve,
    close,
    duties,
    glass,
    glasses,
    open_glass,
    remove_duty,
)

__all__ = [
    "alert",
    "alerts",
    "approve",
    "close",
    "duties",
    "end_listing",
    "glass",
    "glasses",
    "go_through",
    "listed",
    "open_glass",
    "remove_duty",
    "sample",
    "samples",
    "suspicion",
    "suspicions",
]  # fmt: skip
