"""Checks before anything starts: demo mode never meets a real register."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security)
def demo_is_embedded(**kwargs: Any) -> list[checks.CheckMessage]:
    """Demo mode has no second factor and known users, so it runs on its own server only."""
    if not settings.DEMO or os.environ.get("VUOKRA_EMBEDDED") == "1":
        return []
    return [
        checks.Error(
            "Demo mode with an external database is refused.",
            hint="Unset VUOKRA_DEMO, or let `make run` start its own database server.",
            id="vuokra_accounts.E001",
        )
    ]
