"""Addresses of documents; a document stands in them by a random id."""

from __future__ import annotations

from django.urls import path

from vuokra.documents import views

app_name = "documents"
urlpatterns = [
    path("<uuid:uuid>/", views.document, name="document"),
    path("<uuid:uuid>/lataa/", views.download, name="download"),
    path("<uuid:uuid>/uudelleen/", views.retry, name="retry"),
]
