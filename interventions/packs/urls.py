from django.urls import path

from interventions.packs import views

app_name = "packs"
urlpatterns = [
    path("settings/packs/", views.packs, name="packs"),
    path("settings/packs/new/", views.new, name="new"),
    path("settings/packs/<int:pk>/contents/", views.bill, name="bill"),
    path("settings/packs/<int:pk>/rename/", views.rename, name="rename"),
    path("settings/packs/<int:pk>/close/", views.close, name="close"),
    path("settings/packs/<int:pk>/usual/", views.usual, name="usual"),
    path("providers/<str:code>/copy-settings/", views.copy_settings, name="copy_settings"),
]
