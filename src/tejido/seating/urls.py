from __future__ import annotations

from django.urls import URLPattern, path

from tejido.seating import views

app_name = "seating"
urlpatterns: list[URLPattern] = [
    path("g/<int:pk>/seating/", views.board, name="board"),
    path("g/<int:pk>/seating/settings/", views.settings, name="settings"),
    path("g/<int:pk>/seating/rules/", views.rules, name="rules"),
    path("g/<int:pk>/seating/rules/drop/", views.drop_rule, name="drop_rule"),
    path("g/<int:pk>/seating/propose/", views.propose, name="propose"),
    path("g/<int:pk>/seating/reseat/", views.reseat, name="reseat"),
    path("g/<int:pk>/seating/confirm/", views.confirm, name="confirm"),
    path("g/<int:pk>/seating/take-back/", views.take_back, name="take_back"),
    path("g/<int:pk>/seating/harvest/", views.harvest, name="harvest"),
    path("g/<int:pk>/seating/rooms/", views.rooms, name="rooms"),
    path("t/<int:pk>/<int:number>/<str:token>/", views.table, name="table"),
    path("g/<int:pk>/seating/tables.csv", views.as_table, name="as_table"),
    path("g/<int:pk>/seating/<str:what>.pdf", views.printed, name="printed"),
    path("g/<int:pk>/seating/<int:number>/talks/", views.talks, name="talks"),
    path("g/<int:pk>/seating/<int:number>/<int:person_pk>/", views.person, name="person"),
    path("g/<int:pk>/seating/<int:number>/<int:person_pk>/options/", views.options, name="options"),
]
