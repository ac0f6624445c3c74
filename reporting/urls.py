from django.urls import path

from reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("year/<int:start>/", views.year, name="year"),
    path("year/<int:start>/figures.csv", views.year_file, name="year_file"),
]
