"""Addresses of households and relations: pages about one person, by the opaque public id."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from registry.households import views

View = Callable[..., HttpResponseBase]


def relation(part: str, name: str, add: View, end: View, reveal: View) -> list[URLPattern]:
    """The addresses of one kind of relation."""
    base = f"<slug:public_id>/{part}/"
    return [
        path(f"{base}uusi/", add, name=f"add_{name}"),
        path(f"{base}<int:pk>/", end, name=f"end_{name}"),
        path(f"{base}<int:pk>/<slug:name>/", reveal, name=f"reveal_{name}"),
    ]


app_name = "households"
urlpatterns = [
    path("<slug:public_id>/ruokakunta/", views.household, name="household"),
    path("<slug:public_id>/ruokakunta/uusi/", views.add_member, name="add_member"),
    path("<slug:public_id>/ruokakunta/<int:pk>/", views.edit_membership, name="edit_membership"),
    path("<slug:public_id>/tunnuksen-peruste/<int:pk>/", views.reveal_ground, name="reveal_ground"),
    *relation(
        "huoltajat", "guardian", views.add_guardian, views.end_guardian, views.reveal_guardian
    ),
    *relation(
        "edunvalvonta",
        "trusteeship",
        views.add_trusteeship,
        views.end_trusteeship,
        views.reveal_trusteeship,
    ),
    *relation(
        "maksajat",
        "commitment",
        views.add_commitment,
        views.end_commitment,
        views.reveal_commitment,
    ),
]
