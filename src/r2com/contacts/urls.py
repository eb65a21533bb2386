from django.urls import path

from .views import group, reading, writing

urlpatterns = [
    path("people/<str:reference>/contacts/", reading.contacts, name="contacts"),
    path("people/<str:reference>/contacts/new/", writing.write, name="write_contact"),
    path("contacts/together/", group.session, name="group_session"),
    path("contacts/<uuid:pk>/", reading.contact, name="contact"),
    path("contacts/<uuid:pk>/again/", writing.again, name="contact_again"),
    path("contacts/<uuid:pk>/amend/", writing.amend, name="amend_contact"),
    path("contacts/<uuid:pk>/versions/<int:number>/", reading.version, name="contact_version"),
]
