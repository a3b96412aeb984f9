"""Addresses of the door; no person and no name stands in them."""

from __future__ import annotations

from django.urls import path

from leases.doors import views

app_name = "doors"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("paivystys/", views.on_call, name="on_call"),
    path("vuorot/", views.roster, name="roster"),
    path("kysymys/<int:pk>/avaus/", views.order, name="order"),
    path("avaukset/", views.openings, name="list"),
    path("avaukset/<int:pk>/", views.opening, name="opening"),
    path("avaukset/<int:pk>/tulos/", views.report, name="report"),
    path("avaukset/<int:pk>/oikaisu/", views.correct, name="correct"),
]
