"""Addresses of people; a person stands in them by an opaque public id."""

from __future__ import annotations

from django.urls import path

from registry.persons import views
from registry.persons.imports.pages import PAGES

app_name = "persons"
urlpatterns = [
    path("", views.person_list, name="list"),
    path("haku/", views.search, name="search"),
    path("valitut/", views.chosen, name="chosen"),
    path("vienti/", views.export, name="export"),
    path("nakymat/", views.save_view, name="save_view"),
    path("nakymat/<int:pk>/", views.open_view, name="open_view"),
    path("nakymat/<int:pk>/poista/", views.delete_view, name="delete_view"),
    path("uusi/", views.new_person, name="new"),
    path("sidonnaisuudet/", views.ties, name="ties"),
    path("sidonnaisuudet/<int:pk>/", views.end_tie, name="end_tie"),
    *PAGES.urls("tuonti/"),
    path("<slug:public_id>/", views.card, name="card"),
    path("<slug:public_id>/peruste/", views.change_purpose, name="purpose"),
    path("<slug:public_id>/hetu/", views.reveal_hetu, name="reveal_hetu"),
    path("<slug:public_id>/muokkaa/", views.edit_person, name="edit"),
    path("<slug:public_id>/tunniste/", views.edit_identity, name="identity"),
    path("<slug:public_id>/kuolema/", views.edit_death, name="death"),
    path("<slug:public_id>/rajoitettu/", views.restricted, name="restricted"),
    path("<slug:public_id>/merkinta/", views.add_mark, name="add_mark"),
    path("<slug:public_id>/merkinta/<int:pk>/", views.end_mark, name="end_mark"),
    path("<slug:public_id>/merkinta/<int:pk>/tarkistus/", views.review_hold, name="review_hold"),
    path("<slug:public_id>/informointi/", views.add_notice, name="add_notice"),
    path("<slug:public_id>/muutokset/", views.history, name="history"),
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
