from django.urls import path

from referrals.views import received, sent

app_name = "referrals"
urlpatterns = [
    path("", sent.inbox, name="inbox"),
    path("<uuid:ref>/", received.page, name="received"),
    path("<uuid:ref>/accept/", received.accept, name="accept"),
    path("<uuid:ref>/answer/", received.say, name="answer"),
    path("sent/<uuid:ref>/", sent.page, name="sent"),
    path("sent/<uuid:ref>/outcome/", sent.outcome, name="outcome"),
]
