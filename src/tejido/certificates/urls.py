from __future__ import annotations

from django.urls import URLPattern, path

from tejido.certificates import views

app_name = "certificates"
urlpatterns: list[URLPattern] = [
    path("g/<int:pk>/certificates/", views.certificates, name="certificates"),
    path("g/<int:pk>/certificates/rule/", views.rule, name="rule"),
    path("g/<int:pk>/certificates/issue/", views.issue, name="issue"),
    path("g/<int:pk>/certificates/all.zip", views.all_as_zip, name="all_as_zip"),
    path("certificates/<int:pk>/", views.certificate, name="certificate"),
    path("certificates/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("verify/<str:key>/", views.verify, name="verify"),
    path("verify/<str:key>/certificate.pdf", views.paper, name="paper"),
    path("verify/<str:key>/credential.json", views.badge, {"ending": "json"}, name="credential"),
    path("verify/<str:key>/badge.svg", views.badge, {"ending": "svg"}, name="badge_svg"),
    path("verify/<str:key>/badge.png", views.badge, {"ending": "png"}, name="badge_png"),
    path("badges/revoked/<int:number>/", views.status_list, name="status_list"),
    path(".well-known/did.json", views.keys, name="keys"),
]
