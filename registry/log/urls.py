"""Addresses of the access log."""

from __future__ import annotations

from django.urls import path

from registry.log import views

app_name = "log"
urlpatterns = [
    path("", views.log_list, name="list"),
    path("haku/", views.find, name="find"),
    path("vienti/", views.export, name="export"),
    path("omat/", views.own_views, name="own"),
    path("eheys/", views.integrity, name="integrity"),
    path("henkilo/<slug:public_id>/", views.person_log, name="person"),
]
