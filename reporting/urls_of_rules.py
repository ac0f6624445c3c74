from django.urls import path

from reporting import views_of_rules

app_name = "rules"
urlpatterns = [
    path("", views_of_rules.rules_page, name="rules"),
    path("rehearse/", views_of_rules.rehearse, name="rehearse"),
]
