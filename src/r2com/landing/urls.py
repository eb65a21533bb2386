from django.urls import path

from . import views

GATE = "people/<str:reference>/before-the-gate/"
BOARD = "people/<str:reference>/first-72-hours/"

urlpatterns = [
    path(GATE, views.the_list, name="before_the_gate"),
    path(GATE + "add/", views.add_line, name="add_gate_line"),
    path(GATE + "print/", views.print_gate, name="before_the_gate_pdf"),
    path(GATE + "day/", views.release_day, name="release_day"),
    path(GATE + "lines/<str:line>/", views.line, name="gate_line"),
    path(BOARD, views.board, name="first_72_hours"),
    path(BOARD + "print/", views.print_board, name="first_72_hours_pdf"),
    path(BOARD + "lamps/<str:lamp>/", views.lamp, name="lamp"),
    path(BOARD + "lamps/<str:lamp>/light/", views.light_lamp, name="light_lamp"),
]
