"""The names of days and months. They stand here so that each language can write them its own way.

Django brings translations of its own; Portuguese among them begins with capitals, which is no longer
written so. What our files say comes first.
"""

from django.utils.translation import gettext_noop as _

DAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
DAYS_SHORT = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
MONTHS = [
    *[_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July")],
    *[_("August"), _("September"), _("October"), _("November"), _("December")],
]
