"""Addresses of people; a person stands in them by an opaque public id."""

from __future__ import annotations

from django.urls import path

from registry.persons import views

app_name = "persons"
urlpatterns = [
    path("", views.person_list, name="list"),
    path("haku/", views.search, name="search"),
    path("vienti/", views.export, name="export"),
    path("uusi/", views.new_person, name="new"),
    path("sidonnaisuudet/", views.ties, name="ties"),
    path("sidonnaisuudet/<int:pk>/", views.end_tie, name="end_tie"),
    path("<slug:public_id>/", views.card, name="card"),
    path("<slug:public_id>/peruste/", views.change_purpose, name="purpose"),
    path("<slug:public_id>/hetu/", views.reveal_hetu, name="reveal_hetu"),
    path("<slug:public_id>/muokkaa/", views.edit_person, name="edit"),
    path("<slug:public_id>/tunniste/", views.edit_identity, name="identity"),
    path("<slug:public_id>/sidonnaisuus/", views.add_tie, name="add_tie"),
    path("<slug:public_id>/yhteystiedot/", views.add_contact_point, name="add_contact_point"),
    path(
        "<slug:public_id>/yhteystiedot/<int:pk>/",
        views.end_contact_point,
        name="end_contact_point",
    ),
    path("<slug:public_id>/osoitteet/", views.add_address, name="add_address"),
    path("<slug:public_id>/osoitteet/<int:pk>/", views.end_address, name="end_address"),
]
