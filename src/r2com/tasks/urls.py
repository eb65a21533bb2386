from django.urls import path

from .views import calendar, case, day, task

urlpatterns = [
    path("tasks/", day.tasks, name="tasks"),
    path("tasks/<uuid:pk>/", task.task, name="task"),
    path("tasks/<uuid:pk>/undo/", task.undo, name="undo_task"),
    path("people/<str:reference>/tasks/", case.tasks, name="case_tasks"),
    path("people/<str:reference>/tasks/add/", case.add, name="add_task"),
    path("people/<str:reference>/reminders/<str:kind>/", case.put_off, name="put_off"),
    path("people/<str:reference>/reminders/<str:kind>/<str:about>/", case.put_off, name="put_off_one"),
    path("account/calendar/", calendar.settings, name="calendar_feed"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
]
