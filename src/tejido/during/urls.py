from __future__ import annotations

from django.urls import URLPattern, path

from tejido.during.views import desk, reading, room, walls

app_name = "during"
urlpatterns: list[URLPattern] = [
    path("g/<int:pk>/during/", desk.desk, name="desk"),
    path("g/<int:pk>/during/waiting/", desk.waiting, name="waiting"),
    path("g/<int:pk>/during/room/", desk.settings, name="settings"),
    path("g/<int:pk>/during/code/", desk.renew, name="renew"),
    path("g/<int:pk>/during/wall-link/", desk.wall_link, name="wall_link"),
    path("g/<int:pk>/during/show/", desk.show, name="show"),
    path("g/<int:pk>/during/ask/", desk.ask, name="ask"),
    path("g/<int:pk>/during/ready/", desk.ask_ready, name="ask_ready"),
    path("g/<int:pk>/during/polls/<int:row>/", desk.poll, name="poll"),
    path("g/<int:pk>/during/polls/<int:row>/words/", desk.word, name="word"),
    path("g/<int:pk>/during/questions/<int:row>/", desk.question, name="question"),
    path("g/<int:pk>/during/ticket/", desk.ticket, name="ticket"),
    path("g/<int:pk>/take-part/", reading.take_part, name="take_part"),
    path("g/<int:pk>/questions/", reading.questions, name="questions"),
    path("g/<int:pk>/wall/", walls.wall, name="wall"),
    path("wall/<str:token>/", walls.by_link, name="wall_by_link"),
    path("q/<str:code>/", room.room, name="room"),
    path("q/<str:code>/<int:person_pk>/<str:token>/", room.own, name="own"),
]
