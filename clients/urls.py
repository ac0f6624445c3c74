from django.urls import path

from clients.duplicates import views as duplicates
from clients.views import consent, records

app_name = "clients"
urlpatterns = [
    path("clients/", records.find, name="find"),
    path("clients/new/", records.register, name="register"),
    path("clients/objector/", records.objector, name="objector"),
    path("clients/<uuid:ref>/correct/", records.correct, name="correct"),
    path("clients/<uuid:ref>/consent/", consent.consent, name="consent"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:ref>/<uuid:other>/tell-apart/", duplicates.tell_apart, name="tell_apart"),
    path("duplicates/<uuid:ref>/<uuid:other>/link/", duplicates.link, name="link"),
    path("duplicates/<uuid:ref>/<uuid:other>/unlink/", duplicates.unlink, name="unlink"),
]
