from django.urls import path

from . import views

urlpatterns = [
    path("ui/", views.open_in_demo(views.gallery), name="gallery"),
    path("language/", views.language, name="language"),
    path("favicon.ico", views.favicon, name="favicon"),
]
