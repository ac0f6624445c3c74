from django.urls import include, path

from tests.bench import views

urlpatterns = [
    path("bench/empty/", views.empty),
    path("bench/empty-post/", views.empty_post),
    path("bench/judge/", views.judge),
    path("", include("ims.urls")),
]
