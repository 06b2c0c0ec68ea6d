from __future__ import annotations

from django.urls import URLPattern, path

from tejido.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("accounts/", views.account, name="settings"),
    path("accounts/language/", views.language, name="language"),
    path("demo/sign-in/<slug:key>", views.demonstration_sign_in, name="demonstration_sign_in"),
    path("_parts/", views.parts, name="parts"),
    path("_parts/mark", views.parts_mark, name="parts_mark"),
]
