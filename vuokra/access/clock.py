"""The time that log rows carry."""

from __future__ import annotations

from django.db import models


class ClockTimestamp(models.Func):
    """The database server's clock at this very row, not at the start of the transaction."""

    function = "clock_timestamp"
    template = "%(function)s()"
    output_field = models.DateTimeField()
