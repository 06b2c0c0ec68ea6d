from __future__ import annotations

from django.urls import path

from tejido.alliances.views import agreements, contributions, joinings

app_name = "alliances"
urlpatterns = [
    path("c/<int:pk>/joinings/", joinings.joinings, name="joinings"),
    path("c/<int:pk>/joinings/ask/", joinings.ask, name="ask"),
    path("c/<int:pk>/joinings/link/", joinings.open_link, name="open_link"),
    path("c/<int:pk>/joinings/link/close/", joinings.close_link, name="close_link"),
    path("joinings/<int:pk>/accept/", joinings.accept, name="accept"),
    path("joinings/<int:pk>/end/", joinings.end, name="end"),
    path("join-network/<str:token>/", joinings.by_link, name="by_link"),
    path("c/<int:pk>/agreements/", agreements.agreements, name="agreements"),
    path("c/<int:pk>/agreements/new/", agreements.new, name="new"),
    path("c/<int:pk>/agreements/contributions/", contributions.totals, name="totals"),
    path("agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path("agreements/<int:pk>/edit/", agreements.edit, name="edit"),
    path("agreements/<int:pk>/discard/", agreements.discard, name="discard"),
    path("agreements/<int:pk>/papers/", agreements.add_document, name="add_document"),
    path("agreement-papers/<int:pk>/", agreements.document, name="document"),
    path("agreement-papers/<int:pk>/remove/", agreements.remove_document, name="remove_document"),
    path("agreements/<int:pk>/contributions/new/", contributions.record, name="record"),
    path("contributions/<int:pk>/edit/", contributions.change, name="change"),
    path("contributions/<int:pk>/remove/", contributions.remove, name="remove"),
]
