from django.urls import path

from interventions.batch_exchange import views

app_name = "batch"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("new/", views.new, name="new"),
    path("<uuid:ref>/change/", views.change, name="change"),
    path("<uuid:ref>/delete/", views.delete, name="delete"),
    path("<uuid:ref>/restore/", views.restore, name="restore"),
]
