"""Put a word that nobody would write into everything sealed of an installation, and send it to its pages.

Run in a demonstration: `python -m tests.canaries plant`, or `leak` for one place that is not sealed.
It says in how many columns the word was put, and which have no row to put it into.
"""

import json
import os
import sys

import django

WORD = "Zwirbelkanarie4711"
LEAKED = "Zwirbelverrat4712"


def main(what: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "r2com.config.settings")
    django.setup()
    {"plant": plant, "leak": leak, "tear": tear}[what]()


def plant() -> None:
    from r2com.vault import verify

    send()
    put, empty = 0, []
    for model, fields in verify.sealed_models():
        row = model._base_manager.select_related().order_by("pk").first()
        if row is None:
            empty.append(model._meta.db_table)
            continue
        for field in fields:
            setattr(row, field.attname, like(field))
        model.save_base(row, force_update=True, update_fields=[field.name for field in fields])
        put += len(fields)
    sys.stdout.write(json.dumps({"put": put, "empty": empty}))


def like(field):
    from r2com.vault.fields import SealedBytes, SealedJSON

    if isinstance(field, SealedBytes):
        return WORD.encode()
    return {"words": WORD} if isinstance(field, SealedJSON) else WORD


def send() -> None:
    """What somebody types who works here: a search, a form half written, addresses that do not exist."""
    import re

    from django.test import Client
    from django.urls import reverse

    from r2com.accounts.models import User
    from r2com.cases.models import Case
    from tests import factories

    browser = Client(raise_request_exception=False, SERVER_NAME="localhost")
    ines = User.objects.get(email="ines@lantern.example")
    factories.sign_in(browser, ines)
    door, case = reverse("door"), Case.objects.visible_to(ines).open().first()
    page = browser.get(reverse("profile", args=[case.reference])).content.decode()
    form = re.search(r'data-autosave="([^"]+)"', page)
    typed = {"fields": {"name": [WORD], "matters": [WORD]}, "version": 0}
    browser.post(form[1], json.dumps(typed), content_type="application/json")
    browser.post(door, {"name": WORD, "called": WORD, "step": "search"})
    for path in ("/", door, "/search/"):
        browser.get(path, {"q": WORD, "name": WORD})
        browser.post(path, {"q": WORD, "name": WORD})
    Client(SERVER_NAME="localhost").post(
        reverse("account_login"), {"login": f"{WORD}@example.org", "password": WORD}
    )


def leak() -> None:
    """The word where it is readable: a proof that looking finds it."""
    from r2com.organisations.models import Team

    team = Team.objects.first()
    team.name = LEAKED
    team.save()


def tear() -> None:
    """A rotation that is killed, for good, after three keys."""
    import signal

    from r2com.config import keys
    from r2com.vault import rotation

    rotation.BATCH = 1
    keys.take_in()
    rotation.begin()
    lots = rotation.move(django.utils.timezone.now())
    for _ in range(3):
        next(lots)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1])
