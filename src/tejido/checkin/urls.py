from __future__ import annotations

from django.urls import URLPattern, path

from tejido.checkin import views

app_name = "checkin"
urlpatterns: list[URLPattern] = [
    path("g/<int:pk>/door/", views.door, name="door"),
    path("g/<int:pk>/door/open/", views.opening, name="open"),
    path("g/<int:pk>/door/close/", views.closing, name="close"),
    path("g/<int:pk>/door/wall/", views.wall, name="wall"),
    path("g/<int:pk>/paper/", views.paper, name="paper"),
    path("g/<int:pk>/paper/sheet.pdf", views.paper_sheet, name="paper_sheet"),
    path("g/<int:pk>/my-code/", views.my_code, name="my_code"),
    path("k/<int:pk>/<int:person_pk>/<str:token>/", views.personal, name="personal"),
    path("here/<int:pk>/<str:code>/", views.here, name="here"),
]
