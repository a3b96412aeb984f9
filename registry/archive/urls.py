"""Addresses of the paper archive; a person stands in them by an opaque id."""

from __future__ import annotations

from django.urls import path

from registry.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.papers, name="list"),
    path("haku/", views.find, name="find"),
    path("paikat/", views.stores, name="stores"),
    path("paikat/uusi/", views.new_store, name="new_store"),
    path("paikat/<int:pk>/", views.edit_store, name="edit_store"),
    path("<slug:public_id>/", views.of_person, name="person"),
    path("<slug:public_id>/uusi/", views.add, name="add"),
    path("<slug:public_id>/<int:pk>/", views.file, name="file"),
    path("<slug:public_id>/<int:pk>/muuta/", views.edit, name="edit"),
    path("<slug:public_id>/<int:pk>/lainaa/", views.borrow, name="borrow"),
    path("<slug:public_id>/<int:pk>/palauta/", views.give_back, name="give_back"),
    path("<slug:public_id>/<int:pk>/tuhoa/", views.destroy, name="destroy"),
    path("<slug:public_id>/<int:pk>/todista/", views.witness, name="witness"),
]
