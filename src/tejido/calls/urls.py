from __future__ import annotations

from django.urls import path, re_path

from tejido.calls.views import choosing, public, reading, running, status

app_name = "calls"
urlpatterns = [
    path("c/<int:pk>/calls/", running.calls, name="list"),
    path("c/<int:pk>/calls/make/", running.make, name="make"),
    path("open-calls/<int:pk>/", running.call, name="call"),
    path("open-calls/<int:pk>/change/", running.change, name="change"),
    path("open-calls/<int:pk>/requirements/", running.requirements, name="requirements"),
    path("open-calls/<int:pk>/criteria/", running.criteria, name="criteria"),
    re_path(
        r"^open-calls/(?P<pk>[0-9]+)/(?P<what>requirements|criteria)/(?P<line>[0-9]+)/remove/$",
        running.remove_line,
        name="remove_line",
    ),
    path("open-calls/<int:pk>/share/", running.share, name="share"),
    path("open-calls/<int:pk>/extend/", running.extend, name="extend"),
    re_path(r"^open-calls/(?P<pk>[0-9]+)/(?P<deed>publish|close|withdraw)/$", running.turn, name="turn"),
    path("open-calls/<int:pk>/applications/", reading.applications, name="applications"),
    path("open-calls/<int:pk>/reviewers/", reading.reviewers, name="reviewers"),
    path("open-calls/<int:pk>/reviewers/<int:line>/dismiss/", reading.dismiss, name="dismiss"),
    path("open-calls/<int:pk>/reviewers/share-out/", reading.share_out, name="share_out"),
    path("open-calls/<int:pk>/reviewers/close/", reading.close_review, name="close_review"),
    path("open-calls/<int:pk>/choose/", choosing.choose, name="choose"),
    path("open-calls/<int:pk>/tell/", choosing.tell, name="tell"),
    path("open-calls/<int:pk>/give-on/", choosing.give_on, name="give_on"),
    path("open-calls/<int:pk>/welcome/", choosing.welcome, name="welcome"),
    path("open-calls/<int:pk>/welcome/new/", choosing.take_in_new, name="take_in_new"),
    path("open-calls/applications/<int:pk>/", reading.application, name="read"),
    path("open-calls/applications/<int:pk>/score/", reading.score, name="score"),
    path("open-calls/applications/<int:pk>/conflict/", reading.conflict, name="conflict"),
    path("open-calls/applications/<int:pk>/undo/", choosing.undo, name="undo"),
    path("open-calls/applications/<int:pk>/take-in/", choosing.take_in, name="take_in"),
    path("open-calls/files/<uuid:key>/", reading.file, name="read_file"),
    path("calls/<str:token>/", public.call, name="public"),
    path("calls/<str:token>/apply/", public.apply, name="apply"),
    path("applications/<str:token>/", status.application, name="application"),
    path("applications/<str:token>/change/", status.edit, name="edit"),
    path("applications/<str:token>/withdraw/", status.withdraw, name="withdraw"),
    path("applications/<str:token>/files/", status.add_files, name="add_files"),
    path("applications/<str:token>/files/<uuid:key>/", status.file, name="file"),
    path("applications/<str:token>/files/<uuid:key>/remove/", status.drop_file, name="drop_file"),
]
