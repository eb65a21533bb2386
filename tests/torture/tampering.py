"""Changing the trail as somebody would who owns the database and has no key.

Each kind takes the dice and changes rows behind the application's back. They are clever: where a hash can
be worked out anew without a key, it is.
"""

import os
from base64 import b64encode
from contextlib import contextmanager
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from r2com.audit import log, trail
from r2com.audit.models import CaseCount, Checkpoint, Event, Leaf, Waiting
from r2com.core import merkle
from r2com.core.identifiers import new_id
from r2com.vault import signing
from tests import emptying

TABLES = ("audit_event", "audit_leaf", "audit_checkpoint")


@contextmanager
def taken_back():
    """As the owner of the database, with every trigger lifted; afterwards all is as before."""
    with transaction.atomic():
        if connection.vendor == "sqlite":
            with emptying.unguarded(connection):
                yield
        else:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL ROLE NONE")
                for table in TABLES:
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            yield
        transaction.set_rollback(True)


def flip_a_word(dice):
    """One field of one entry says something else."""
    event = dice.choice(list(Event.objects.all()))
    field, value = dice.choice(
        [
            ("name", event.name + "x"),
            ("at", event.at + timedelta(microseconds=dice.choice([-1, 1, 3_600_000_000]))),
            ("by", new_id()),
            ("organisation", new_id()),
            ("case", new_id()),
            ("case_seq", 10_000 + dice.randrange(1000)),
            ("subject", new_id()),
            ("subject_kind", event.subject_kind + "x"),
            ("facts", {**event.facts, "page": new_id().hex}),
        ]
    )
    Event.objects.filter(pk=event.pk).update(**{field: value})


def flip_a_word_and_its_hash(dice):
    """The same, and the leaf is worked out anew."""
    leaf = dice.choice(list(Leaf.objects.select_related("event")))
    leaf.event.name += "x"
    Event.objects.filter(pk=leaf.event_id).update(name=leaf.event.name)
    Leaf.objects.filter(pk=leaf.pk).update(hash=leaf.event.leaf())


def flip_a_bit(dice):
    """One bit of a leaf, a link, a signed root or its tree."""
    model, field = dice.choice([(Leaf, "hash"), (Leaf, "link"), (Checkpoint, "frontier")])
    row = dice.choice(list(model.objects.all()))
    value = bytearray(getattr(row, field))
    value[dice.randrange(len(value))] ^= 1 << dice.randrange(8)
    model.objects.filter(pk=row.pk).update(**{field: bytes(value)})


def flip_a_note(dice):
    """One letter of a signed note."""
    row = dice.choice(list(Checkpoint.objects.all()))
    place = dice.randrange(len(row.note) - 1)
    letter = "A" if row.note[place] != "A" else "B"
    Checkpoint.objects.filter(pk=row.pk).update(note=row.note[:place] + letter + row.note[place + 1 :])


def delete_an_entry(dice):
    Event.objects.filter(pk=dice.choice(list(Event.objects.values_list("pk", flat=True)))).delete()


def delete_an_entry_and_close_the_gap(dice):
    """Entry and place are gone, and every later place moves up."""
    index = dice.randrange(Leaf.objects.count() - 1)
    event = Leaf.objects.get(pk=index).event_id
    Leaf.objects.filter(pk=index).delete()
    Event.objects.filter(pk=event).delete()
    for later in Leaf.objects.filter(index__gt=index).order_by("index"):
        Leaf.objects.filter(pk=later.pk).update(index=later.index - 1)


def delete_a_place(dice):
    Leaf.objects.filter(pk=dice.randrange(Leaf.objects.count())).delete()


def delete_a_checkpoint(dice):
    dice.choice(list(Checkpoint.objects.all())).delete()


def insert_an_entry(dice):
    _copy(dice)


def insert_an_entry_in_line(dice):
    """It waits like any other, or as if it had been there before the log began."""
    bound = dice.choice([b"", os.urandom(32)])
    Waiting.objects.create(event=_copy(dice).pk, bound=bound)


def insert_an_entry_at_the_end(dice):
    event = _copy(dice)
    Leaf.objects.create(index=Leaf.objects.count(), event=event, hash=event.leaf(), link=os.urandom(32))


def swap_two_entries(dice):
    """Each says what the other said."""
    one, other = dice.sample(list(Event.objects.all()), 2)
    one_said, other_said = ((event.name, event.at, event.facts, event.by) for event in (one, other))
    for event, (name, at, facts, by) in ((one, other_said), (other, one_said)):
        Event.objects.filter(pk=event.pk).update(name=name, at=at, facts=facts, by=by)


def swap_two_places(dice):
    one, other = dice.sample(range(Leaf.objects.count()), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        Leaf.objects.filter(pk=old).update(index=new)


def cut_off_the_end(dice):
    """The last entries are gone, with their places, numbers and checkpoints, as if they had never been."""
    _back_to(dice.randrange(1, _signed()))


def bring_an_old_database(dice):
    """Everything is as it was at an earlier checkpoint, and work went on from there with the real key."""
    _back_to(dice.choice(list(Checkpoint.objects.values_list("size", flat=True)[: _last_but_one()])))
    for _ in range(dice.randrange(0, 12)):
        trail.record("case.told", subject=None, by=None, case=new_id())
    log.take_in()


def sign_with_another_key(dice):
    """History is written anew up to a checkpoint, and signed with a key of one's own."""
    checkpoint = dice.choice(list(Checkpoint.objects.all()))
    leaf = Leaf.objects.select_related("event").get(pk=dice.randrange(checkpoint.size))
    leaf.event.name += "x"
    Event.objects.filter(pk=leaf.event_id).update(name=leaf.event.name)
    Leaf.objects.filter(pk=leaf.pk).update(hash=leaf.event.leaf())
    hashes = Leaf.objects.filter(index__lt=checkpoint.size).order_by("index").values_list("hash", flat=True)
    size, root, after = checkpoint.size, merkle.root(map(bytes, hashes)), 0
    Checkpoint.objects.filter(pk=size).update(note=_signed_by_somebody(log.said(size, root, after=after)))


def count_differently(dice):
    count = dice.choice(list(CaseCount.objects.all()))
    CaseCount.objects.filter(pk=count.pk).update(last=count.last + dice.choice([-1, 1, 5]))


KINDS = [
    flip_a_word,
    flip_a_word_and_its_hash,
    flip_a_bit,
    flip_a_note,
    delete_an_entry,
    delete_an_entry_and_close_the_gap,
    delete_a_place,
    delete_a_checkpoint,
    insert_an_entry,
    insert_an_entry_in_line,
    insert_an_entry_at_the_end,
    swap_two_entries,
    swap_two_places,
    cut_off_the_end,
    bring_an_old_database,
    sign_with_another_key,
    count_differently,
]


def _copy(dice) -> Event:
    """An entry that nobody wrote, in no case or with the next number of one."""
    event = dice.choice(list(Event.objects.all()))
    event.pk, event.name = new_id(), "case.told"
    if event.case is not None:
        event.case_seq = CaseCount.next(event.case)
    event.save(force_insert=True)
    return event


def _signed() -> int:
    return Checkpoint.objects.order_by("-size").values_list("size", flat=True)[0]


def _last_but_one() -> int:
    return Checkpoint.objects.count() - 1


def _back_to(size: int) -> None:
    gone = list(Leaf.objects.filter(index__gte=size).values_list("event_id", flat=True))
    gone += Waiting.objects.values_list("event", flat=True)
    Waiting.objects.all().delete()
    Leaf.objects.filter(index__gte=size).delete()
    Event.objects.filter(pk__in=gone).delete()
    Checkpoint.objects.filter(size__gt=size).delete()
    for count in CaseCount.objects.all():
        left = Event.objects.filter(case=count.pk, case_seq__isnull=False).count()
        rows = CaseCount.objects.filter(pk=count.pk)
        rows.update(last=left) if left else rows.delete()


def _signed_by_somebody(text: str) -> str:
    signature = Ed25519PrivateKey.generate().sign(text.encode())
    line = b64encode(signing.key_id(signing.public()) + signature).decode()
    return f"{text}\n— {signing.ORIGIN} {line}\n"
