from __future__ import annotations

from django.urls import path

from tejido.reports import views

app_name = "reports"
urlpatterns = [
    path("c/<int:pk>/reports/", views.reports, name="reports"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/report.pdf", views.report_pdf, name="pdf"),
    path("reports/<int:pk>/data.zip", views.report_data, name="data"),
    path("reports/<int:pk>/discard/", views.discard, name="discard"),
]
