"""The addresses of every room; this module and `vuokra.settings` alone name them all."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("hallinta/", admin.site.urls),
]
