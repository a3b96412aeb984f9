"""Addresses of the frame's own pages."""

from __future__ import annotations

from django.urls import path

from vuokra.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("ohje/", views.help_page, name="help"),
    path("kieli/", views.language, name="language"),
    path("istunto/", views.alive, name="alive"),
    path("asetukset/istunnot/<int:pk>/", views.end_session, name="end_session"),
    path("asetukset/", views.own_settings, name="settings"),
    path("pikanappaimet/", views.shortcuts, name="shortcuts"),
]
