from django.urls import path

from ims.bulk.views import choosing, deciding, looking, profiles, transfer

app_name = "bulk"
urlpatterns = [
    path("", choosing.uploads, name="uploads"),
    path("profiles/", profiles.profiles, name="profiles"),
    path("profiles/new/", profiles.new, name="new_profile"),
    path("profiles/new/columns/", profiles.columns, name="profile_columns"),
    path("profiles/<int:pk>/change/", profiles.change, name="change_profile"),
    path("profiles/<int:pk>/end/", profiles.end, name="end_profile"),
    path("transfer/", transfer.transfer, name="transfer"),
    path("<uuid:ref>/", looking.upload, name="upload"),
    path("<uuid:ref>/rejected.csv", looking.rejected, name="rejected"),
    path("<uuid:ref>/confirm/", deciding.confirm, name="confirm"),
    path("<uuid:ref>/give-up/", deciding.give_up, name="give_up"),
    path("<uuid:ref>/retry/", deciding.retry, name="retry"),
]
