"""The language of the screen, Finnish unless the user has chosen otherwise; and missing rules.

Django's own middleware would follow the browser's language; an office whose browsers are in
English still works in Finnish.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from vuokra.rules.errors import RuleMissing

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class LanguageMiddleware:
    """Activates the language of the language cookie, else the default."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        with translation.override(chosen if known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "fi")
            return response


class MissingRuleMiddleware:
    """Answers a request that stopped at a missing rule with a page that names the rule.

    Stands outside the access context: what the request saved has been rolled back, what it read
    stays recorded.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if not isinstance(error, RuleMissing):
            return None
        context = {"rule": error.title, "key": error.key, "day": error.on}
        return render(request, "rules/missing.html", context, status=error.status_code)
