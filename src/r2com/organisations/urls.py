from django.urls import path

from .views import invitations, lists, people, proposing, retention, teams

urlpatterns = [
    path("agency/two/", proposing.waiting, name="proposals"),
    path("agency/two/<uuid:pk>/answer/", proposing.answer, name="answer_proposal"),
    path("agency/", people.people, name="agency"),
    path("agency/people/<uuid:user_id>/", people.person, name="agency_person"),
    path("agency/people/<uuid:user_id>/place/", people.change_place, name="change_place"),
    path("agency/people/<uuid:user_id>/leaving/", people.end_place, name="end_place"),
    path(
        "agency/people/<uuid:user_id>/second-factor/", people.reset_second_factor, name="reset_second_factor"
    ),
    path("agency/people/<uuid:user_id>/certify/", people.certify, name="certify"),
    path("agency/people/<uuid:user_id>/certify/end/", people.end_certification, name="end_certification"),
    path("agency/invite/", invitations.invite, name="invite"),
    path("agency/invitations/<uuid:invitation_id>/again/", invitations.send_again, name="invite_again"),
    path(
        "agency/invitations/<uuid:invitation_id>/withdraw/", invitations.withdraw, name="withdraw_invitation"
    ),
    path("agency/teams/", teams.teams, name="agency_teams"),
    path("agency/teams/<uuid:team_id>/end/", teams.end_team, name="end_team"),
    path("agency/lists/", lists.lists, name="agency_lists"),
    path("agency/lists/<str:name>/", lists.one_list, name="agency_list"),
    path("agency/lists/<str:name>/<uuid:entry_id>/", lists.entry, name="agency_entry"),
    path("agency/lists/<str:name>/<uuid:entry_id>/retire/", lists.retire, name="retire_entry"),
    path("agency/lists/<str:name>/<uuid:entry_id>/move/", lists.shift, name="shift_entry"),
    path("agency/retention/", retention.retention, name="agency_retention"),
    path("agency/retention/<str:kind>/", retention.change_rule, name="change_retention"),
    path("agency/roles/", teams.roles, name="agency_roles"),
    path("join/ready/", invitations.joined, name="joined"),
    path("join/<str:token>/", invitations.join, name="join"),
]
