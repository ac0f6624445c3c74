from django.urls import path

from ims.bulk.views import choosing, deciding, looking

app_name = "bulk"
urlpatterns = [
    path("", choosing.uploads, name="uploads"),
    path("<uuid:ref>/", looking.upload, name="upload"),
    path("<uuid:ref>/rejected.csv", looking.rejected, name="rejected"),
    path("<uuid:ref>/confirm/", deciding.confirm, name="confirm"),
    path("<uuid:ref>/give-up/", deciding.give_up, name="give_up"),
    path("<uuid:ref>/retry/", deciding.retry, name="retry"),
]
