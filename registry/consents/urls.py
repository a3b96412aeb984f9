"""Addresses of consents and objections; a person stands in them by an opaque public id."""

from __future__ import annotations

from django.urls import path

from registry.consents import views
from registry.consents.imports import PAGES

app_name = "consents"
urlpatterns = [
    *PAGES.urls("tuonti/"),
    path("kielto/", views.by_number, name="by_number"),
    path("<slug:public_id>/", views.person, name="person"),
    path("<slug:public_id>/kiella/", views.forbid, name="forbid"),
    path("<slug:public_id>/peruuta/", views.withdraw, name="withdraw"),
    path("<slug:public_id>/vahvistuskirje/", views.order_letter, name="order_letter"),
    path("<slug:public_id>/suostumus/", views.permit, name="permit"),
    path("<slug:public_id>/kielto/", views.record, name="record"),
    path("<slug:public_id>/kielto/<slug:use>/<slug:channel>/", views.lift, name="lift"),
    path("<slug:public_id>/kirjaus/<int:pk>/", views.correct, name="correct"),
]
