from __future__ import annotations

from django.urls import path

from tejido.consultations import views

app_name = "consultations"
urlpatterns = [
    path("c/<int:pk>/consultations/", views.consultations, name="list"),
    path("c/<int:pk>/consultations/ask/", views.ask, name="ask"),
    path("consultations/<int:pk>/", views.consultation, name="consultation"),
    path("consultations/<int:pk>/ballots/", views.ballots, name="ballots"),
    path("consultations/<int:pk>/change/", views.change, name="change"),
    path("consultations/<int:pk>/propose/", views.propose, name="propose"),
    path("consultations/<int:pk>/wall/", views.wall, name="wall"),
    path("consultations/<int:pk>/from-a-form/", views.from_a_form, name="from_a_form"),
    path("consultations/<int:pk>/merge/", views.merge, name="merge"),
    path("consultations/<int:pk>/part/", views.part, name="part"),
    path("consultations/<int:pk>/remove/", views.remove, name="remove"),
    path("consultations/<int:pk>/open/", views.open_vote, name="open"),
    path("consultations/<int:pk>/extend/", views.extend, name="extend"),
    path("consultations/<int:pk>/close/", views.close, name="close"),
    path("consultations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("consultations/<int:pk>/voters/", views.voters, name="voters"),
    path("consultations/<int:pk>/call/", views.call, name="call"),
    path("consultations/<int:pk>/paper/", views.paper, name="paper"),
    path("consultations/<int:pk>/paper/type-in/", views.type_in, name="type_in"),
    path("consultations/<int:pk>/begin/", views.begin, name="begin"),
    path("consultations/<int:pk>/nodes/", views.nodes, name="nodes"),
    path("consultations/<int:pk>/gather/", views.gather, name="gather"),
    path("consultations/<int:pk>/name/", views.name, name="name"),
    path("consultations/<int:pk>/challenge/", views.challenge, name="challenge"),
    path("v/<str:token>/", views.vote, name="vote"),
    path("v/<str:token>/join/", views.join, name="join"),
]
