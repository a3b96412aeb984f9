"""Addresses of a person's documents."""

from __future__ import annotations

from django.urls import path

from registry.papers import views

app_name = "papers"
urlpatterns = [
    path("<slug:public_id>/asiakirjat/", views.documents, name="documents"),
    path("<slug:public_id>/asiakirjat/tarkistuskirje/", views.order_details, name="order_details"),
]
