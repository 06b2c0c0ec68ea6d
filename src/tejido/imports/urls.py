from __future__ import annotations

from django.urls import path

from tejido.imports.views import bringing, columns, deeds, review

app_name = "imports"
urlpatterns = [
    path("c/<int:pk>/lists/", bringing.lists, name="lists"),
    path("c/<int:pk>/lists/new/", bringing.bring, name="bring"),
    path("schools/lists/", bringing.school_lists, name="school_lists"),
    path("schools/lists/new/", bringing.bring_schools, name="bring_schools"),
    path("lists/<int:pk>/", review.run, name="run"),
    path("lists/<int:pk>/columns/", columns.columns, name="columns"),
    path("lists/<int:pk>/progress/", deeds.progress, name="progress"),
    path("lists/<int:pk>/decide/", review.decide_all, name="decide_all"),
    path("lists/<int:pk>/apply/", deeds.apply, name="apply"),
    path("lists/<int:pk>/stop/", deeds.stop, name="stop"),
    path("lists/<int:pk>/resume/", deeds.resume, name="resume"),
    path("lists/<int:pk>/undo/", deeds.undo, name="undo"),
    path("lists/<int:pk>/discard/", deeds.discard, name="discard"),
    path("lists/rows/<int:pk>/", review.decide, name="decide"),
    path("lists/gatherings/<int:pk>/", review.decide_gathering, name="decide_gathering"),
]
