"""Every address of the site."""

from django.urls import include, path

from ims.record.views.pages import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("ims.accounts.urls")),
    path("", include("clients.urls")),
    path("", include("interventions.urls")),
    path("", include("ims.record.urls")),
    path("reports/", include("reporting.urls")),
    path("reference/", include("ims.codelists.urls")),
]
