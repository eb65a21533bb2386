from django.urls import path

from .views import beside, holding, links, looks, visit

urlpatterns = [
    path("people/<str:reference>/my-record/", beside.my_record, name="my_record"),
    path("people/<str:reference>/my-record.pdf", beside.print_record, name="record_pdf"),
    path("people/<str:reference>/my-record.zip", beside.pack_record, name="record_zip"),
    path("people/<str:reference>/who-looked/", looks.who_looked, name="who_looked"),
    path("agency/who-looked/", looks.readings, name="readings"),
    path("people/<str:reference>/my-record/links/", links.links, name="record_links"),
    path("my-record/links/<uuid:pk>/take-back/", links.take_back, name="take_link_back"),
    path("people/<str:reference>/my-record/held-back/", holding.held_back, name="held_back"),
    path(
        "people/<str:reference>/my-record/held-back/<slug:kind>/<uuid:pk>/",
        holding.hold_back,
        name="hold_back",
    ),
    path(
        "people/<str:reference>/my-record/held-back/<slug:kind>/<uuid:pk>/<slug:part>/",
        holding.hold_back,
        name="hold_back_part",
    ),
    path("my-record/held-back/<uuid:pk>/give-back/", holding.give_back, name="give_back"),
    # Neutral addresses: they stay in the history of somebody's browser.
    path("open/<str:token>/", visit.enter, name="open_link"),
    path("read/", visit.contents, name="read"),
    path("read/leave/", visit.leave, name="read_leave"),
    path("read/<int:number>/", visit.part, name="read_part"),
    path("read/<int:number>/<slug:mark>/", visit.say, name="read_say"),
]
