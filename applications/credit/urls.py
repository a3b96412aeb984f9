"""Addresses of credit checks; no person stands in them."""

from __future__ import annotations

from django.urls import path

from applications.credit import views

app_name = "credit"
urlpatterns = [
    path("valinta/<uuid:uuid>/", views.of_decision, name="of_decision"),
    path("sopimus/<int:pk>/", views.of_lease, name="of_lease"),
    path("<uuid:uuid>/arvio/", views.assess, name="assess"),
    path("<uuid:uuid>/ilmoitus/", views.notice, name="notice"),
    path("<uuid:uuid>/ilmoitettu/", views.noticed, name="noticed"),
]
