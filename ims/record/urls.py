from django.urls import path

from ims.record.views import extract, pages

app_name = "record"
urlpatterns = [
    path("clients/<uuid:ref>/", pages.client, name="client"),
    path("clients/<uuid:ref>/detailed-record/", pages.detailed, name="detailed"),
    path("local-extract/", extract.extract, name="extract"),
]
