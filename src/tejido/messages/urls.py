from __future__ import annotations

from django.urls import path

from tejido.messages.views import choosing, gateway, stopping

app_name = "messages"
urlpatterns = [
    path("m/<str:token>/", stopping.stop, name="stop"),
    path("me/messages/", choosing.preferences, name="preferences"),
    path("me/messages/stop/", choosing.stop_everything, name="stop_everything"),
    path("me/messages/<int:pk>/resume/", choosing.resume, name="resume"),
    path("gateway/messages/", gateway.hear, name="hear"),
]
