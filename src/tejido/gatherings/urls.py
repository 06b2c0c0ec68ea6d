from __future__ import annotations

from django.urls import URLPattern, path

from tejido.gatherings.views import (
    asking,
    attendance,
    cloning,
    feeds,
    gathering,
    guests,
    lists,
    people,
    planning,
    rounds,
    series,
)

app_name = "gatherings"
urlpatterns: list[URLPattern] = [
    path("c/<int:pk>/gatherings/", lists.gatherings, name="list"),
    path("c/<int:pk>/gatherings/new/", planning.plan, name="plan"),
    path("c/<int:pk>/gatherings/places/", planning.places, name="places"),
    path("c/<int:pk>/gatherings/guests/", guests.guests, name="guests"),
    path("c/<int:pk>/gatherings/taken-back/<int:entry>/", cloning.take_back, name="take_back"),
    path("c/<int:pk>/series/", series.all_series, name="series"),
    path("series/<int:pk>/", series.one_series, name="one_series"),
    path("series/<int:pk>/end/", series.end, name="end_series"),
    path("series/<int:pk>/open/", series.open_again, name="open_series"),
    path("c/<int:pk>/calendar/", lists.month, name="month"),
    path("g/<int:pk>/", gathering.gathering, name="gathering"),
    path("g/<int:pk>/gathering.ics", gathering.calendar_file, name="calendar_file"),
    path("g/<int:pk>/change/", planning.change, name="change"),
    path("g/<int:pk>/cancel/", planning.cancel, name="cancel"),
    path("g/<int:pk>/plan-again/", planning.plan_again, name="plan_again"),
    path("g/<int:pk>/repeat/", cloning.repeat, name="repeat"),
    path("g/<int:pk>/invited/", planning.invited, name="invited"),
    path("g/<int:pk>/attendance/", attendance.attendance, name="attendance"),
    path("g/<int:pk>/attendance/mark/", attendance.mark, name="mark"),
    path("g/<int:pk>/attendance/rest/", attendance.mark_rest, name="mark_rest"),
    path("g/<int:pk>/attendance/close/", attendance.close, name="close"),
    path("g/<int:pk>/attendance/reopen/", attendance.reopen, name="reopen"),
    path("g/<int:pk>/attendance/add/", people.add_somebody, name="add_somebody"),
    path("g/<int:pk>/attendance/<int:person>/", people.line, name="line"),
    path("g/<int:pk>/attendance/<int:person>/back/<slug:status>/", attendance.unmark, name="unmark"),
    path("g/<int:pk>/ask/", asking.ask, name="ask"),
    path("g/<int:pk>/tables/", rounds.tables, name="tables"),
    path("g/<int:pk>/tables/<int:number>/", rounds.round_, name="round"),
    path("g/<int:pk>/tables/<int:number>/remove/", rounds.remove, name="remove_round"),
    path("calendar/", feeds.feeds, name="feeds"),
    path("calendar/open/", feeds.open_feed, name="open_feed"),
    path("calendar/<int:pk>/revoke/", feeds.revoke_feed, name="revoke_feed"),
    path("calendar/<str:key>.ics", feeds.feed, name="feed"),
]
