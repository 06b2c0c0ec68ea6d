from __future__ import annotations

from django.urls import URLPattern, path

from tejido.agenda.views import activities, planning, running

app_name = "agenda"
urlpatterns: list[URLPattern] = [
    path("g/<int:pk>/agenda/", planning.agenda, name="agenda"),
    path("g/<int:pk>/agenda/new/", planning.add, name="add"),
    path("g/<int:pk>/agenda/usual/", planning.as_usual, name="as_usual"),
    path("g/<int:pk>/agenda/run/", running.run, name="run"),
    path("g/<int:pk>/agenda/run/begin/", running.begin, name="begin"),
    path("g/<int:pk>/agenda/run/end/", running.end, name="end"),
    path("g/<int:pk>/agenda/run/back/", running.back, name="back"),
    path("g/<int:pk>/agenda/<int:segment>/", planning.change, name="change"),
    path("g/<int:pk>/agenda/<int:segment>/move/", planning.move, name="move"),
    path("g/<int:pk>/agenda/<int:segment>/remove/", planning.remove, name="remove"),
    path("c/<int:pk>/activities/", activities.activities, name="activities"),
    path("c/<int:pk>/activities/new/", activities.write, name="write_activity"),
    path("c/<int:pk>/activities/<int:activity>/", activities.change, name="change_activity"),
    path("c/<int:pk>/activities/<int:activity>/remove/", activities.remove, name="remove_activity"),
]
