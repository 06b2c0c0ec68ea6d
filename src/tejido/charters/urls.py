from __future__ import annotations

from django.urls import path

from tejido.charters import views

app_name = "charters"
urlpatterns = [
    path("c/<int:pk>/charter/", views.charter, name="charter"),
    path("c/<int:pk>/charter/begin/", views.begin, name="begin"),
    path("c/<int:pk>/charter/public/", views.public_settings, name="public_settings"),
    path("charter-versions/<int:pk>/", views.version, name="version"),
    path("charter-versions/<int:pk>/compare/", views.compare, name="compare"),
    path("charter-versions/<int:pk>/add/", views.add, name="add"),
    path("charter-versions/<int:pk>/discard/", views.discard, name="discard"),
    path("charter-versions/<int:pk>/adopt/", views.adopt, name="adopt"),
    path("charter-versions/<int:pk>/vote/", views.vote, name="vote"),
    path("charter-versions/<int:pk>/declare/", views.declare, name="declare"),
    path("charter-versions/<int:pk>/settle/", views.settle, name="settle"),
    path("charter-versions/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("charter-versions/<int:pk>/accept/", views.accept, name="accept"),
    path("charter-versions/<int:pk>/acceptances/", views.acceptances, name="acceptances"),
    path("charter-versions/<int:pk>/acceptances/ask/", views.ask, name="ask"),
    path("charter-versions/<int:pk>/leaflet/", views.leaflet, name="leaflet"),
    path("charter-articles/<int:pk>/", views.write, name="write"),
    path("charter-articles/<int:pk>/suggest/", views.suggest, name="suggest"),
    path("charter-articles/<int:pk>/move/", views.move, name="move"),
    path("charter-articles/<int:pk>/remove/", views.remove, name="remove"),
    path("charter-suggestions/<int:pk>/decide/", views.decide, name="decide"),
    path("charters/<slug:slug>/", views.public, name="public"),
    path("ch/<str:token>/", views.by_link, name="by_link"),
]
