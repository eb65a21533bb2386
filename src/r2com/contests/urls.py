from django.urls import path

from . import views

urlpatterns = [
    path("people/<str:reference>/say/<slug:kind>/<uuid:pk>/", views.say, name="say"),
    path("people/<str:reference>/say/<slug:kind>/<uuid:pk>/<slug:part>/", views.say, name="say_part"),
    path("contests/<uuid:pk>/", views.contest, name="contest"),
]
