from django.urls import path

from ims.bulk.views import layouts

app_name = "layouts"
urlpatterns = [
    path("<slug:key>/", layouts.layout, name="layout"),
    path("<slug:key>.csv", layouts.template, name="template"),
]
