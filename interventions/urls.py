from django.urls import path

import interventions.brief_intervention.views as brief
import interventions.syringe_exchange.views as exchange

app_name = "interventions"
urlpatterns = [
    path("clients/<uuid:ref>/exchanges/new/", exchange.record, name="record_exchange"),
    path("clients/<uuid:ref>/brief-interventions/new/", brief.record, name="record_brief"),
]
