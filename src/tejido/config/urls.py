from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("tejido.web.urls")),
    path("", include("tejido.accounts.urls")),
    path("", include("tejido.communities.urls")),
    path("", include("tejido.directory.urls")),
    path("", include("tejido.messages.urls")),
    path("", include("tejido.instruments.urls")),
    path("", include("tejido.consultations.urls")),
    path("", include("tejido.calls.urls")),
    path("", include("tejido.charters.urls")),
    path("", include("tejido.buddies.urls")),
    path("", include("tejido.gatherings.urls")),
    path("", include("tejido.agenda.urls")),
    path("", include("tejido.invitations.urls")),
    path("", include("tejido.seating.urls")),
    path("", include("tejido.checkin.urls")),
    path("", include("tejido.certificates.urls")),
    path("", include("tejido.during.urls")),
    path("", include("tejido.closing.urls")),
    path("", include("tejido.improvement.urls")),
    path("", include("tejido.school_leaders.urls")),
    path("", include("tejido.alliances.urls")),
    path("", include("tejido.insights.urls")),
    path("", include("tejido.imports.urls")),
    path("", include("tejido.reports.urls")),
    path("", include("tejido.home.urls")),
]
