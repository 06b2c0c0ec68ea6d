from __future__ import annotations

from django.urls import path

from tejido.buddies import views

app_name = "buddies"
urlpatterns = [
    path("me/skills/", views.mine, name="mine"),
    path("s/<str:token>/", views.tell, name="tell"),
    path("b/<str:token>/", views.buddy, name="buddy"),
    path("c/<int:pk>/skills/", views.skills, name="skills"),
    path("c/<int:pk>/skills/help/", views.seek, name="help"),
    path("c/<int:pk>/skills/wish/", views.wish, name="wish"),
    path("c/<int:pk>/skills/ask/", views.ask, name="ask"),
    path("c/<int:pk>/skills/asked/", views.asked, name="asked"),
    path("c/<int:pk>/skills/remind/", views.remind, name="remind"),
    path("c/<int:pk>/skills/suggestions/", views.suggestions, name="suggestions"),
    path("c/<int:pk>/skills/suggestions/<int:suggestion_pk>/", views.decide, name="decide"),
    path("c/<int:pk>/buddies/", views.buddies, name="buddies"),
    path("c/<int:pk>/buddies/open/", views.open_round, name="open_round"),
    path("buddies/<int:pk>/", views.wave, name="round"),
    path("buddies/<int:pk>/propose/", views.propose, name="propose"),
    path("buddies/<int:pk>/send/", views.send, name="send"),
    path("buddies/<int:pk>/swap/", views.swap, name="swap"),
    path("buddies/<int:pk>/leave-out/<int:partner_pk>/", views.leave_out, name="leave_out"),
    path("buddies/<int:pk>/close/", views.close, name="close"),
    path("buddies/pair/<int:pk>/", views.begin, name="begin"),
]
