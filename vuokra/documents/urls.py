"""Addresses of documents; a document stands in them by a random id."""

from __future__ import annotations

from django.urls import path

from vuokra.documents import views

app_name = "documents"
urlpatterns = [
    path("era/<uuid:batch>/", views.batch, name="batch"),
    path("era/<uuid:batch>/uudelleen/", views.retry_batch, name="retry_batch"),
    path("era/<uuid:batch>/tuloste/", views.print_batch, name="print_batch"),
    path("<uuid:uuid>/", views.document, name="document"),
    path("<uuid:uuid>/lataa/", views.download, name="download"),
    path("<uuid:uuid>/uudelleen/", views.retry, name="retry"),
]
