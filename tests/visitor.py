"""Goes through the pages of an installation as the people who work in it, and says which did not open.

Run in a process of its own, on the installation of its environment: `python -m tests.visitor`.
"""

import json
import os
import re
import sys

LINK = re.compile(r'href="(/[^"#?]*)"')
LEFT_OUT = ("/static/", "/sign-in/", "/sign-out", "/account/", "/leave", "/calendar", "/api/", "/ui/")
MOST = 60


def visit(email: str) -> dict:
    """Every page that is linked from Today and from the people one supports, and from there, once."""
    from django.test import Client

    from r2com.accounts.models import User
    from tests import factories

    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    factories.sign_in(client, User.objects.get(email=email))
    wanted, seen, words = ["/", "/people/"], {}, ""
    while wanted and len(seen) < MOST:
        address = wanted.pop(0)
        answer = client.get(address)
        seen[address] = answer.status_code
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            words += answer.content.decode()
            found = dict.fromkeys(LINK.findall(answer.content.decode()))
            wanted += [one for one in found if one not in seen and one not in wanted and is_page(one)]
    return {
        "pages": len(seen),
        "closed": {a: s for a, s in seen.items() if s >= 400},
        "milo": "Milo" in words,
    }


def is_page(address: str) -> bool:
    return not address.startswith(LEFT_OUT)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "r2com.config.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps({email: visit(email) for email in sys.argv[1:]}))
