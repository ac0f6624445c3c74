from django.urls import path

from ims.providers import views

app_name = "settings"
urlpatterns = [
    path("", views.index, name="index"),
    path("modules/", views.modules, name="modules"),
    path("rules/", views.rules, name="rules"),
    path("uploads/", views.uploads, name="uploads"),
    path("information/", views.information, name="information"),
    path("sites/", views.sites, name="sites"),
    path("sites/new/", views.new_site, name="new_site"),
    path("sites/<int:pk>/change/", views.change_site, name="change_site"),
    path("sites/<int:pk>/close/", views.close_site, name="close_site"),
    path("sites/<int:pk>/reopen/", views.reopen_site, name="reopen_site"),
]
