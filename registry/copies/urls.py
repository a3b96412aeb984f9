"""Addresses of copies; a copy stands in them by a random id, a part by its register item."""

from __future__ import annotations

from django.urls import path, register_converter

from registry.copies import views


class ItemConverter:
    """Codes of register items, Finnish letters and `+` included."""

    regex = r"[\w+-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ItemConverter, "item")

app_name = "copies"
urlpatterns = [
    path("", views.copies, name="list"),
    path("<uuid:uuid>/", views.copy, name="copy"),
    path("<uuid:uuid>/uudelleen/", views.restart, name="restart"),
    path("<uuid:uuid>/annettavana/", views.preview, name="preview"),
    path("<uuid:uuid>/liite/<str:name>/", views.attachment, name="attachment"),
    path("<uuid:uuid>/nimet/", views.names, name="names"),
    path("<uuid:uuid>/merkitse/", views.mark, name="mark"),
    path("<uuid:uuid>/kohta/<int:pk>/", views.decide, name="decide"),
    path("<uuid:uuid>/osa/<item:code>/", views.part, name="part"),
    path("<uuid:uuid>/osa/<item:code>/luettu/", views.read, name="read"),
]
