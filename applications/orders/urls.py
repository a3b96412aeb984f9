"""Addresses of orders; no person and no number stands in them."""

from __future__ import annotations

from django.urls import path

from applications.orders import views

app_name = "orders"
urlpatterns = [path("<uuid:uuid>/", views.draw_up, name="draw_up")]
