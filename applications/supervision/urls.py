"""Addresses of supervision; complaints stand in them by random ids."""

from __future__ import annotations

from django.urls import path

from applications.supervision import views

COMPLAINT = "kantelut/<uuid:uuid>/"

app_name = "supervision"
urlpatterns = [
    path("", views.log, name="log"),
    path("tulosta/<slug:name>/", views.order_paper, name="order"),
    path("tiedosto/", views.export, name="export"),
    path("tiedosto/peruste/", views.reason, name="reason"),
    path("raportti/", views.report, name="report"),
    path("kantelut/", views.complaints, name="complaints"),
    path("kantelut/uusi/valinta/<uuid:uuid>/", views.about_decision, name="about_decision"),
    path(
        "kantelut/uusi/hakemus/<hakemus:number>/", views.about_application,
        name="about_application",
    ),
    path(COMPLAINT, views.complaint, name="complaint"),
    path(f"{COMPLAINT}selvitys/", views.answer, name="answer"),
    path(f"{COMPLAINT}ratkaisu/", views.close, name="close"),
]  # fmt: skip
