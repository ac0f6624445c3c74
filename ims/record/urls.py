from django.urls import path

from ims.record.views import contacts, counter, deleting, extract, grid, pages, reviews, rules

app_name = "record"
urlpatterns = [
    path("clients/<uuid:ref>/", pages.client, name="client"),
    path("clients/<uuid:ref>/detailed-record/", pages.detailed, name="detailed"),
    path("clients/<uuid:ref>/history/", pages.client_history, name="client_history"),
    path("clients/<uuid:ref>/delete/", deleting.delete_client, name="delete_client"),
    path("clients/<uuid:ref>/restore/", deleting.restore_client, name="restore_client"),
    path("clients/<uuid:ref>/<slug:kind>/new/", contacts.new, name="new"),
    path("contacts/<slug:kind>/<uuid:ref>/change/", contacts.change, name="change"),
    path("contacts/<slug:kind>/<uuid:ref>/delete/", contacts.delete, name="delete"),
    path("contacts/<slug:kind>/<uuid:ref>/restore/", contacts.restore, name="restore"),
    path("contacts/<slug:kind>/<uuid:ref>/history/", contacts.history, name="history"),
    path("counter/", counter.find, name="counter"),
    path("counter/save/", counter.save, name="counter_save"),
    path("counter/register/", counter.register, name="counter_register"),
    path("grid/<slug:kind>/", grid.page, name="grid"),
    path("deleted/", deleting.deleted, name="deleted"),
    path("reviews-due/", reviews.due, name="reviews_due"),
    path("settings/rules-to-come/", rules.to_come, name="rules_to_come"),
    path("local-extract/", extract.extract, name="extract"),
]
