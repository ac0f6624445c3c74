from django.urls import path

from ims.codelists import views

urlpatterns = [
    path("", views.reference, name="reference"),
    path("<slug:key>/", views.code_list, name="reference-list"),
    path("<slug:key>.csv", views.code_list_csv, name="reference-csv"),
]
