"""Sealed fields: text, small structures and pieces of files that only the key of their owner opens.

A model with sealed fields says whose key seals it:

    def sealed_for(self):
        return Owner.CASE, self.case_id

The value is opened when it is first read, not when the row is loaded: a list that does not show a
field does not open it. Each says of which kinds of content it is, `NONE` where its row decides alone; for
whoever does not read such a kind it is empty (access/reading.py):

    words = SealedText(categories=[Category.LEGAL])
"""

import json
from collections.abc import Callable, Iterable

from django.core import checks
from django.db import models
from django.utils.translation import gettext as _

from r2com.access import reading
from r2com.access.categories import Category
from r2com.core.refusals import Refused

from . import sealing

# Some rows say it themselves, such as those about one item of an instrument.
Categories = Iterable[Category] | Callable[[models.Model], Iterable[Category]]


class Ciphertext(bytes):
    """A value as it lies in the database, not opened yet."""


class SealedText(models.BinaryField):
    """A text that is sealed in the database. It cannot be filtered or ordered by."""

    description = "Sealed text"
    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def __init__(self, *args, categories: Categories | None = None, **kwargs):
        self.categories = categories
        kwargs.setdefault("editable", True)
        kwargs.setdefault("default", self.nothing)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def nothing(self):
        return ""

    def to_words(self, value):
        return value

    def from_words(self, text):
        return text

    def to_bytes(self, value):
        return self.to_words(value).encode()

    def from_bytes(self, plain):
        return self.from_words(plain.decode())

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("default", None)
        return name, path, args, kwargs

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, Opening(self))

    def check(self, **kwargs):
        if not hasattr(self.model, "sealed_for"):
            return [checks.Error(f"{self.model.__name__} has sealed fields but no sealed_for()", obj=self)]
        if self.categories is None:
            return [checks.Error(f"{self} does not say of which kinds of content it is", obj=self)]
        return super().check(**kwargs)

    def is_open(self, row: models.Model | None, kind: str, owner) -> bool:
        """Whether whoever reads just now reads this field of a row that is sealed for this owner."""
        said = self.categories
        if callable(said):
            if row is None:
                raise TypeError(f"{self.name} depends on its row: open it there")
            said = said(row)
        return not said or reading.opens(kind, owner, frozenset(said))

    def from_db_value(self, value, expression, connection):
        return None if value is None else Ciphertext(value)

    def pre_save(self, row, add):
        kept = row.__dict__.get(self.attname)
        if isinstance(kept, Ciphertext) or kept is None:
            return kept
        kind, owner = row.sealed_for()
        return Ciphertext(sealing.seal_bytes(self.to_bytes(kept), kind, owner, place(self, row)))

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is not None and not isinstance(value, Ciphertext):
            raise TypeError(f"{self.name} is sealed: save the row, do not update or filter by it")
        return super().get_db_prep_value(None if value is None else bytes(value), connection, True)

    def get_prep_value(self, value):
        return value

    def get_default(self):
        return self.nothing()

    def value_to_string(self, row):
        raise TypeError(f"{self.name} is sealed and is not serialised")


class SealedJSON(SealedText):
    """A small structure of texts, lists and dictionaries, sealed whole."""

    description = "Sealed structure"
    _pyi_private_set_type: dict
    _pyi_private_get_type: dict

    def nothing(self):
        return {}

    def to_words(self, value):
        return json.dumps(value, ensure_ascii=False)

    def from_words(self, text):
        return json.loads(text)


class SealedBytes(SealedText):
    """Bytes, such as a piece of a file."""

    description = "Sealed bytes"
    _pyi_private_set_type: bytes
    _pyi_private_get_type: bytes

    def nothing(self):
        return b""

    def to_bytes(self, value):
        return bytes(value)

    def from_bytes(self, plain):
        return plain


class Opening:
    """Opens a sealed value when it is first read. One that is closed to whoever reads stays sealed."""

    def __init__(self, field):
        self.field = field

    def __get__(self, row, cls=None):
        if row is None:
            return self
        kept = row.__dict__.get(self.field.attname)
        if not isinstance(kept, Ciphertext):
            return kept
        kind, owner = row.sealed_for()
        if not self.field.is_open(row, kind, owner):
            return self.field.nothing()
        opened = self.field.from_bytes(sealing.open_bytes(kept, kind, owner, place(self.field, row)))
        row.__dict__[self.field.attname] = opened
        return opened

    def __set__(self, row, value):
        """Raises Refused for words over what is closed to whoever writes. Emptied it stays as it is."""
        kept = row.__dict__.get(self.field.attname)
        is_over = isinstance(kept, Ciphertext) and not isinstance(value, Ciphertext)
        if not is_over or self.field.is_open(row, *row.sealed_for()):
            row.__dict__[self.field.attname] = value
        elif value != self.field.nothing():
            raise Refused(_("What stands here is closed to you, so you cannot write over it."))


def opened(model, name: str, pk, sealed, kind: str, owner):
    """Open a value that was read without its row, as a list with many rows does."""
    field = model._meta.get_field(name)
    if not field.is_open(None, kind, owner):
        return field.nothing()
    return field.from_words(sealing.open_sealed(sealed, kind, owner, place_in(field, model, pk)))


def place(field, row) -> str:
    return place_in(field, row, row.pk)


def place_in(field, model, pk) -> str:
    """Where a sealed value lies: this field of this row, and nowhere else."""
    return f"{model._meta.label_lower}.{field.attname}:{pk}"
