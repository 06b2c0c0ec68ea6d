from __future__ import annotations

from django.urls import path

from tejido.communities.views import (
    founding,
    governance,
    history,
    memberships,
    messages,
    organisations,
    overview,
    people,
    settings,
)

app_name = "communities"
urlpatterns = [
    path("c/", overview.communities, name="communities"),
    path("c/new/", founding.found, name="found"),
    path("c/<int:pk>/", overview.overview, name="overview"),
    path("c/<int:pk>/charter/", overview.charter, name="charter"),
    path("c/<int:pk>/new/", founding.found_below, name="found_below"),
    path("c/<int:pk>/governance/", governance.governance, name="governance"),
    path("c/<int:pk>/organisations/", organisations.organisations, name="organisations"),
    path("c/<int:pk>/organisations/add/", organisations.add, name="add_organisation"),
    path("organisation-memberships/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisation-memberships/<int:pk>/end/", organisations.end, name="end_organisation"),
    path(
        "organisation-memberships/<int:pk>/undo-joining/",
        organisations.undo_joining,
        name="undo_organisation_joining",
    ),
    path(
        "organisation-memberships/<int:pk>/undo-leaving/",
        organisations.undo_leaving,
        name="undo_organisation_leaving",
    ),
    path("organisation-memberships/<int:pk>/represent/", organisations.represent, name="represent"),
    path(
        "organisation-memberships/<int:pk>/represent/new/", organisations.represent_new, name="represent_new"
    ),
    path("memberships/<int:pk>/undo-naming/", organisations.undo_naming, name="undo_naming"),
    path("c/<int:pk>/people/", people.people, name="people"),
    path("c/<int:pk>/people/add/", people.add, name="add"),
    path("c/<int:pk>/people/new/", people.add_new, name="add_new"),
    path("c/<int:pk>/people/<int:person_pk>/", people.member, name="member"),
    path("c/<int:pk>/messages/", messages.messages, name="messages"),
    path("c/<int:pk>/messages/write/", messages.write, name="write"),
    path("c/<int:pk>/messages/words/", messages.words, name="message_words"),
    path("c/<int:pk>/messages/words/<str:kind>/<str:language>/", messages.word, name="message_word"),
    path("c/<int:pk>/messages/<int:message_pk>/", messages.message, name="message"),
    path("c/<int:pk>/messages/<int:message_pk>/<slug:deed>/", messages.look_after, name="look_after"),
    path("c/<int:pk>/history/", history.history, name="history"),
    path("c/<int:pk>/settings/", settings.settings, name="settings"),
    path("c/<int:pk>/settings/description/", settings.description, name="description"),
    path("c/<int:pk>/settings/periods/", settings.periods, name="periods"),
    path("c/<int:pk>/settings/place/", settings.move, name="move"),
    path("c/<int:pk>/settings/close/", settings.close, name="close"),
    path("c/<int:pk>/settings/reopen/", settings.reopen, name="reopen"),
    path("memberships/<int:pk>/role/", memberships.role, name="role"),
    path("memberships/<int:pk>/end/", memberships.end, name="end"),
    path("memberships/<int:pk>/undo-joining/", memberships.undo_joining, name="undo_joining"),
    path("memberships/<int:pk>/undo-leaving/", memberships.undo_leaving, name="undo_leaving"),
    path("memberships/<int:pk>/undo-role/", memberships.undo_role, name="undo_role"),
]
