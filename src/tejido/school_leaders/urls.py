from __future__ import annotations

from django.urls import path

from tejido.school_leaders import views

app_name = "school_leaders"
urlpatterns = [
    path("c/<int:pk>/school-leaders/", views.schools, name="schools"),
    path("c/<int:pk>/school-leaders/invite/", views.invite_everybody, name="invite_all"),
    path("c/<int:pk>/school-leaders/words/", views.words, name="words"),
    path("c/<int:pk>/school-leaders/<int:school_pk>/", views.school, name="school"),
    path("c/<int:pk>/school-leaders/<int:school_pk>/invite/", views.invite, name="invite"),
    path("c/<int:pk>/school-leaders/<int:school_pk>/write/", views.write, name="write"),
    path("c/<int:pk>/school-leaders/<int:school_pk>/answer/", views.write_down, name="write_down"),
    path("c/<int:pk>/school-leaders/<int:school_pk>/withdraw/", views.withdraw, name="withdraw"),
    path("c/<int:pk>/school-leaders/<int:school_pk>/note/", views.note, name="note"),
    path("schools/<int:pk>/leading/", views.leading, name="leading"),
    path("h/<str:token>/", views.answer, name="answer"),
    path("h/<str:token>/school/", views.her_school, name="her_school"),
    path("h/<str:token>/gatherings.ics", views.her_calendar, name="her_calendar"),
    path("h/<str:token>/substitute/<int:pk>/", views.substitute, name="substitute"),
    path("h/<str:token>/substitute/<int:pk>/take-back/", views.come_after_all, name="come_after_all"),
]
