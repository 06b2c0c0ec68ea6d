from __future__ import annotations

from django.urls import URLPattern, path

from tejido.invitations import views

app_name = "invitations"
urlpatterns: list[URLPattern] = [
    path("g/<int:pk>/answers/", views.answers, name="answers"),
    path("g/<int:pk>/answers/ask/", views.ask, name="ask"),
    path("g/<int:pk>/answers/settings/", views.settings, name="settings"),
    path("g/<int:pk>/answers/whom/", views.whom, name="whom"),
    path("g/<int:pk>/answers/venues/", views.venues, name="venues"),
    path("g/<int:pk>/answers/<int:person_pk>/", views.person, name="person"),
    path("g/<int:pk>/answer/", views.mine, name="mine"),
    path("g/<int:pk>/answer/quick/", views.quick, name="quick"),
    path("i/<str:token>/", views.answer, name="answer"),
    path("i/<str:token>/gathering.ics", views.calendar_file, name="calendar_file"),
    path("i/<str:token>/substitute/", views.substitute, name="substitute"),
]
