"""The server's own log tells where it broke, not on whom."""

from __future__ import annotations

import logging
import sys

from django.conf import settings

from vuokra.crypto.reports import BareFormatter


def test_tracebacks_in_the_log_carry_no_messages() -> None:
    try:
        try:
            raise ValueError("310757U9843")
        except ValueError as error:
            raise RuntimeError("Virtakorpi Paavo") from error
    except RuntimeError:
        record = logging.LogRecord("vuokra", logging.ERROR, "", 1, "broke", None, sys.exc_info())
    text = BareFormatter().format(record)
    assert "RuntimeError at" in text
    assert "caused by ValueError" in text
    assert "test_log_lines.py" in text
    assert "Virtakorpi" not in text
    assert "310757" not in text


def test_every_handler_of_the_product_uses_that_formatter() -> None:
    formatters = settings.LOGGING["formatters"]
    assert {f["()"] for f in formatters.values()} == {"vuokra.crypto.reports.BareFormatter"}
    assert all(h["formatter"] in formatters for h in settings.LOGGING["handlers"].values())
