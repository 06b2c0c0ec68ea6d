from __future__ import annotations

from django.urls import path

from tejido.web import views

app_name = "web"
urlpatterns = [path("ping", views.ping, name="ping")]
