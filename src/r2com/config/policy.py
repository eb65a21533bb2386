"""Who may open each address, as one table: printable, read by two people when it changes.

Views behind `organisations.permission.only` and the operations of the API say it themselves. What stands
here for a record holds in addition to what the view and the action ask.
"""

from typing import Final

from r2com.access.declared import EVERYBODY, SIGNED_IN, Declared, of_record, of_role
from r2com.access.roles import May
from r2com.cases.rights import HELPS

READ, SENSITIVE, RATE = May.READ, May.READ_SENSITIVE, May.RATE
# Whoever only reads, as in an emergency or after the support ended for a mentor, changes nothing.
WORK = (May.ADD_EVIDENCE, May.RATE, May.SIGN_OFF, May.FOLLOW_UP)

FOR_EVERYBODY = """
gallery language favicon blocked_report account_login sign_in_again mfa_login_webauthn leave mfa_authenticate
account_inactive account_logout openid_connect_login openid_connect_callback socialaccount_login_cancelled
account_reset_password account_reset_password_done
account_reset_password_from_key account_reset_password_from_key_done join joined calendar open_link
read read_part read_say read_leave api_nothing complain complaint_answer
"""

FOR_ONESELF = """
today sign_out_everywhere account_change_password account_set_password mfa_index mfa_activate_totp
mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes
mfa_list_webauthn mfa_add_webauthn mfa_remove_webauthn account_reauthenticate mfa_reauthenticate
mfa_reauthenticate_webauthn devices go_on draft tokens end_token
"""

TO_READ = """
person explain print_notice corner conditions case_tasks documents document document_file document_page
redaction_picture map pulses pulses_pdf kept_pulse assessment assessment_map thank_you
before_the_gate before_the_gate_pdf first_72_hours first_72_hours_pdf safety_card
safety_plan_version plan plan_pdf contacts contact contact_version case_programmes chosen_programme
programme_pdf observations closing_letter_pdf
"""

TO_READ_WHOLE = """
make_sense assessment_pdf own_view review_pdf review_carried_pdf case_hand_overs my_record record_pdf
record_zip golden_thread who_looked
"""

TO_READ_AND_WORK = """
give_notice choice withdraw team contest let_near task undo_task add_task put_off put_off_one thread
amend_entry ask_colleague item not_known countersign take_back questionnaires
 add_gate_line release_day gate_line lamp light_lamp
plan_answer pause_programme resume_programme end_programme observation reviews
bring_complaint read_hand_over restorative restorative_consent restorative_person
"""

# A form is filled in for a case, or by the agency on its own practice: the row and the action know which.
CASE_OR_PRACTICE = """
questionnaire questionnaire_page questionnaire_pdf finish_questionnaire choose_change end_change
"""

# The person's rights, which go on after the support ended: either of the two that help with them.
TO_READ_AND_HELP = """
say say_part
"""

TO_HELP = """
record_links take_link_back held_back hold_back hold_back_part give_back
"""

TO_READ_AND_RATE = """
supporter let_go take_back_in condition remove_document redact release redaction
finish_redaction letter assessments pulse amend_pulse sense hand_in together write_safety_plan plans
change_plan add_goal goal remove_goal put_back_goal
choose_programme review closing closing_letter
"""

TO_RATE = """
profile add_supporter add_condition letters next_letter released_file letter_pdf blank_questionnaire
"""

TO_ADD = """
add_document write_contact contact_again amend_contact safety_plan take_back_copy finish_step
programme_session observe
"""


TO_HAND_OVER = "person_file consent_receipts look_again file_takes_longer give_file"
TO_READ_SECOND = "read_file file_read_through put_passage_back set_aside tell_of_use use_again"
SECOND = [RATE, May.FOLLOW_UP, May.SIGN_OFF]


def _each(names: str, said: Declared) -> dict[str, Declared]:
    return dict.fromkeys(names.split(), said)


ADDRESSES: Final[dict[str, Declared]] = {
    **_each(FOR_EVERYBODY, EVERYBODY),
    **_each(FOR_ONESELF, SIGNED_IN),
    **_each("people programmes programme", of_role([READ])),
    **_each(CASE_OR_PRACTICE, of_role([READ, May.SET_UP])),
    **_each(TO_READ, of_record([READ])),
    **_each(TO_READ_WHOLE, of_record([SENSITIVE])),
    **_each(TO_READ_AND_WORK, of_record([READ], WORK)),
    **_each(TO_READ_AND_HELP, of_record([READ], HELPS)),
    **_each(TO_HELP, of_record(HELPS, HELPS)),
    **_each(TO_READ_AND_RATE, of_record([READ], [RATE])),
    **_each(TO_RATE, of_record([RATE], [RATE])),
    **_each(TO_ADD, of_record([READ], [May.ADD_EVIDENCE])),
    **_each(TO_HAND_OVER, of_record([RATE, May.FOLLOW_UP], [RATE, May.FOLLOW_UP])),
    **_each(TO_READ_SECOND, of_record(SECOND, SECOND)),
    **_each("sign_off", of_record([READ], [May.SIGN_OFF])),
    **_each("reopen aftercare", of_record([READ], [May.FOLLOW_UP])),
}

# What only somebody does who showed within ten minutes that it is they. allauth asks for the same before a
# password, a second factor or a recovery code is seen or changed.
TO_SEND_AGAIN = """
exports answer_export take_export answer_proposal open_emergency longer_emergency change_place end_place
reset_second_factor invite invite_again certify change_retention tokens record_links let_near
calendar_feed begin_import undo_import devices sign_out_everywhere retention_plan holds end_hold
"""
TO_TAKE_AGAIN = "record_pdf record_zip"
ASK_AGAIN: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(TO_SEND_AGAIN.split(), ("POST",)),
    **dict.fromkeys(TO_TAKE_AGAIN.split(), ("GET",)),
}
