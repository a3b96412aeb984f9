"""Addresses of the desk beside the home page."""

from __future__ import annotations

from django.urls import path

from vuokra.desk import views

app_name = "desk"
urlpatterns = [
    path("ota/", views.take, name="take"),
    path("muistutukset/uusi/", views.new_reminder, name="new_reminder"),
    path("muistutukset/uusi/<slug:reference>/", views.reminder_about, name="reminder_about"),
    path("muistutukset/<int:pk>/", views.edit_reminder, name="reminder"),
    path("muistutukset/<int:pk>/tehty/", views.reminder_done, name="reminder_done"),
    path("muistutukset/<int:pk>/avaa/", views.reminder_undone, name="reminder_undone"),
    path("rivi/<slug:kind>/<slug:key>/", views.handle, name="handle"),
]
