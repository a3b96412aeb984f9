"""Addresses of the register description."""

from __future__ import annotations

from django.urls import path, register_converter

from registry.description import views


class Language:
    """Finnish or English."""

    regex = "fi|en"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "fi_or_en")
app_name = "description"
urlpatterns = [
    path("", views.index, name="index"),
    path("julkaise/", views.publish, name="publish"),
    path("<slug:name>/", views.notice, name="notice"),
    path("<slug:name>/kasittelytoimet/", views.record, name="record"),
    path("<slug:name>/muutokset/", views.changes, name="changes"),
    path("<slug:name>/seloste-<fi_or_en:language>.pdf", views.notice_pdf, name="notice_pdf"),
    path(
        "<slug:name>/kasittelytoimet-<fi_or_en:language>.pdf", views.record_pdf, name="record_pdf"
    ),
]
