from __future__ import annotations

from django.urls import URLPattern, path

from tejido.closing.views import closing, commitments, photographs, promised, reading

app_name = "closing"
urlpatterns: list[URLPattern] = [
    path("g/<int:pk>/closing/", closing.closing, name="closing"),
    path("g/<int:pk>/closing/attendance/", closing.confirm_attendance, name="attendance"),
    path("g/<int:pk>/closing/minutes/", closing.minutes, name="minutes"),
    path("g/<int:pk>/closing/decisions/", closing.decide, name="decide"),
    path("g/<int:pk>/closing/decisions/<int:row>/", closing.decision, name="decision"),
    path("g/<int:pk>/closing/organisations/", closing.contribute, name="contribute"),
    path(
        "g/<int:pk>/closing/organisations/<int:row>/remove/",
        closing.remove_contributor,
        name="remove_contributor",
    ),
    path("g/<int:pk>/closing/next/", closing.next_time, name="next"),
    path("g/<int:pk>/closing/commitments/new/", commitments.new, name="new_commitment"),
    path("g/<int:pk>/closing/photographs/", photographs.photographs, name="photographs"),
    path("g/<int:pk>/closing/photographs/<int:photo>/", photographs.photograph, name="photograph"),
    path("g/<int:pk>/closing/photographs/<int:photo>/remove/", photographs.remove, name="remove_photograph"),
    path("g/<int:pk>/closing/close/", closing.close, name="close"),
    path("g/<int:pk>/closing/reopen/", closing.reopen, name="reopen"),
    path("g/<int:pk>/closing/links/", reading.links, name="links"),
    path("g/<int:pk>/summary/", reading.summary, name="summary"),
    path("g/<int:pk>/photographs/", reading.pictures, name="pictures"),
    path("g/<int:pk>/photographs/<int:photo>/<slug:size>.jpg", photographs.picture, name="picture"),
    path("c/<int:pk>/commitments/", commitments.commitments, name="commitments"),
    path("commitments/<int:pk>/", commitments.commitment, name="commitment"),
    path("commitments/<int:pk>/change/", commitments.change, name="change_commitment"),
    path("commitments/<int:pk>/remove/", commitments.remove, name="remove_commitment"),
    path("commitments/<int:pk>/settle/", commitments.settle, name="settle"),
    path("commitments/<int:pk>/settle/<slug:state>/", commitments.unsettle, name="unsettle"),
    path("commitments/<int:pk>/postpone/", commitments.postpone, name="postpone"),
    path("w/<str:token>/", reading.by_link, name="by_link"),
    path("w/<str:token>/photographs/", reading.pictures_by_link, name="pictures_by_link"),
    path(
        "w/<str:token>/photographs/<int:photo>/<slug:size>.jpg",
        reading.picture_by_link,
        name="picture_by_link",
    ),
    path("k/<str:token>/", promised.promised, name="promised"),
]
