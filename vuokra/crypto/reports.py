"""Error reports without data: what Django's error page and error mail may show.

Django prints the local variables of every frame, and while DEBUG is on it hides nothing. Here
every variable is shown by its type alone, and of the request only method and route survive.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter


class ReportFilter(SafeExceptionReporterFilter):
    """Hides form data and local variables always, not only in production."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None:
            return {}
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        return {name: type(value) for name, value in tb_frame.f_locals.items()}.items()


class Reporter(ExceptionReporter):
    """Leaves out what the page tells of the request beyond its method: address, files, cookies."""

    def get_traceback_data(self) -> dict[str, Any]:
        data = super().get_traceback_data()
        for name in ("request_GET_items", "request_FILES_items", "request_COOKIES_items"):
            data[name] = []
        return data | {
            "request": None,
            "request_meta": {},
            "request_insecure_uri": "",
            "user_str": None,
            "unicode_hint": "",
        }


class BareFormatter(logging.Formatter):
    """Log lines whose tracebacks name places and kinds of faults, never a message or a value."""

    def formatException(self, ei: Any) -> str:
        kind, error, trace = ei
        lines = [f"{kind.__name__} at"]
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        cause = error.__cause__ if error is not None else None
        if cause is not None:
            lines.append(f"caused by {type(cause).__name__}")
        return "\n".join(lines)
