from __future__ import annotations

from django.urls import URLPattern, path

from tejido.improvement.views import reading, writing

app_name = "improvement"
urlpatterns: list[URLPattern] = [
    path("c/<int:pk>/cycles/", reading.board, name="board"),
    path("c/<int:pk>/cycles/new/", writing.new, name="new"),
    path("c/<int:pk>/learnt/", reading.learnt, name="learnt"),
    path("cycles/<int:pk>/", reading.cycle, name="cycle"),
    path("cycles/<int:pk>/plan/", writing.plan, name="plan"),
    path("cycles/<int:pk>/move/", writing.move, name="move"),
    path("cycles/<int:pk>/log/", writing.log, name="log"),
    path("cycles/<int:pk>/log/<int:row>/off/", writing.take_off, name="take_off"),
    path("cycles/<int:pk>/log/<int:row>/back/", writing.put_back, name="put_back"),
    path("cycles/<int:pk>/correct/", writing.correct, name="correct"),
    path("cycles/<int:pk>/study/", writing.study, name="study"),
    path("cycles/<int:pk>/decide/", writing.decide, name="decide"),
    path("cycles/<int:pk>/tasks/", writing.add_task, name="add_task"),
    path("cycles/<int:pk>/tasks/<int:row>/", writing.settle_task, name="settle_task"),
    path("cycles/<int:pk>/factors/", writing.add_factor, name="add_factor"),
    path("cycles/<int:pk>/factors/<int:row>/remove/", writing.remove_factor, name="remove_factor"),
    path("cycles/<int:pk>/people/", writing.add_person, name="add_person"),
    path("cycles/<int:pk>/join/", writing.join, name="join"),
    path("cycles/<int:pk>/leave/", writing.leave, name="leave"),
]
