from django.urls import path

from tejido.insights.views import attention, insight, networks

app_name = "insights"
urlpatterns = [
    path("c/<int:pk>/insight/", insight.insight, name="insight"),
    path("c/<int:pk>/insight/compute/", insight.compute, name="compute"),
    path("c/<int:pk>/insight/compare/", insight.compare, name="compare"),
    path("c/<int:pk>/insight/indicators.csv", insight.indicators_csv, name="indicators_csv"),
    path("c/<int:pk>/insight/ties.csv", insight.ties_csv, name="ties_csv"),
    path("c/<int:pk>/networks/", networks.networks, name="networks"),
    path("joinings/<int:pk>/shares/", networks.shares, name="shares"),
    path("c/<int:pk>/attention/", attention.attention, name="attention"),
    path("c/<int:pk>/attention/<int:item>/", attention.attention_item, name="attention_item"),
    path("c/<int:pk>/attention/<int:item>/done/", attention.item_done, name="item_done"),
    path("c/<int:pk>/attention/<int:item>/later/", attention.item_snoozed, name="item_snoozed"),
    path("c/<int:pk>/attention/<int:item>/aside/", attention.item_dismissed, name="item_dismissed"),
    path("c/<int:pk>/attention/<int:item>/again/", attention.item_reopened, name="item_reopened"),
]
