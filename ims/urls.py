"""Every address of the site."""

from django.urls import include, path

from ims.record.views.counter import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("ims.accounts.urls")),
    path("", include("clients.urls")),
    path("", include("ims.record.urls")),
    path("referrals/", include("referrals.urls")),
    path("uploads/", include("ims.bulk.urls")),
    path("reports/", include("reporting.urls")),
    path("rules/", include("reporting.urls_of_rules")),
    path("batch-exchanges/", include("interventions.batch_exchange.urls")),
    path("", include("interventions.packs.urls")),
    path("settings/", include("ims.providers.urls")),
    path("reference/layouts/", include("ims.bulk.urls_of_layouts")),
    path("reference/", include("ims.codelists.urls")),
]

handler400 = "ims.core.refused_page.bad_request"
