from django.urls import path

from clients.views import consent, records

app_name = "clients"
urlpatterns = [
    path("clients/", records.find, name="find"),
    path("clients/new/", records.register, name="register"),
    path("clients/objector/", records.objector, name="objector"),
    path("clients/<uuid:ref>/correct/", records.correct, name="correct"),
    path("clients/<uuid:ref>/consent/", consent.consent, name="consent"),
]
