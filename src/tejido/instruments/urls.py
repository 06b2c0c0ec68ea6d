from __future__ import annotations

from django.urls import path

from tejido.instruments.views import (
    answering,
    building,
    collections,
    downloads,
    engine,
    forms,
    open_answers,
    people,
    publishing,
    results,
    scales,
    shelf,
)

app_name = "instruments"
urlpatterns = [
    path("a/<str:token>/", answering.answer, name="answer"),
    path("a/<str:token>/thanks/", answering.thanks, name="thanks"),
    path("a/<str:token>/full/", engine.full, name="full"),
    path("a/<str:token>/full/worker.js", engine.worker, name="engine_worker"),
    path("a/<str:token>/full/file/<str:name>", engine.file, name="engine_file"),
    path("c/<int:pk>/forms/", forms.forms, name="forms"),
    path("c/<int:pk>/forms/new/", publishing.bring, name="bring"),
    path("c/<int:pk>/forms/templates/", shelf.templates, name="templates"),
    path("c/<int:pk>/forms/templates/<slug:key>/", shelf.template, name="template"),
    path("c/<int:pk>/forms/build/", building.build, name="build"),
    path("forms/<int:pk>/edit/", building.edit, name="edit"),
    path("forms/<int:pk>/", forms.instrument, name="instrument"),
    path("forms/<int:pk>/version/", publishing.bring_version, name="bring_version"),
    path("forms/<int:pk>/scale/", scales.scale, name="scale"),
    path("forms/versions/<int:pk>/source/", forms.source, name="source"),
    path("forms/versions/<int:pk>/codebook.csv", downloads.codebook, name="codebook"),
    path("c/<int:pk>/forms/<int:instrument>/give/", collections.give, name="give"),
    path("collections/<int:pk>/", results.collection, name="collection"),
    path("collections/<int:pk>/answer/", forms.begin, name="begin"),
    path("collections/<int:pk>/projector/", results.projector, name="projector"),
    path("collections/<int:pk>/groups/", results.groups, name="groups"),
    path("collections/<int:pk>/share/", collections.share, name="share"),
    path("collections/<int:pk>/close/", collections.close, name="close"),
    path("collections/<int:pk>/reopen/", collections.reopen, name="reopen"),
    path("collections/<int:pk>/withdraw/", collections.withdraw, name="withdraw"),
    path("collections/<int:pk>/people/", people.asked, name="asked"),
    path("collections/<int:pk>/remind/", people.remind, name="remind"),
    path("collections/<int:pk>/look-at/", people.look_at, name="look_at"),
    path("collections/<int:pk>/open/", open_answers.open_answers, name="open_answers"),
    path("collections/<int:pk>/answers.csv", downloads.answers_csv, name="answers_csv"),
    path("collections/<int:pk>/answers.xlsx", downloads.answers_xlsx, name="answers_xlsx"),
    path("collections/<int:pk>/answers.zip", downloads.answers_xml, name="answers_xml"),
]
