"""Sealed fields: text, small structures and pieces of files that only the key of their owner opens.

A model with sealed fields says whose key seals it:

    def sealed_for(self):
        return Owner.CASE, self.case_id

The value is opened when it is first read, not when the row is loaded: a list that does not show a
field does not open it.
"""

import json

from django.core import checks
from django.db import models

from . import sealing


class Ciphertext(bytes):
    """A value as it lies in the database, not opened yet."""


class SealedText(models.BinaryField):
    """A text that is sealed in the database. It cannot be filtered or ordered by."""

    description = "Sealed text"
    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def __init__(self, *args, **kwargs):
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
        if hasattr(self.model, "sealed_for"):
            return super().check(**kwargs)
        return [checks.Error(f"{self.model.__name__} has sealed fields but no sealed_for()", obj=self)]

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
    """Opens a sealed value when it is first read."""

    def __init__(self, field):
        self.field = field

    def __get__(self, row, cls=None):
        if row is None:
            return self
        kept = row.__dict__.get(self.field.attname)
        if not isinstance(kept, Ciphertext):
            return kept
        kind, owner = row.sealed_for()
        opened = self.field.from_bytes(sealing.open_bytes(kept, kind, owner, place(self.field, row)))
        row.__dict__[self.field.attname] = opened
        return opened

    def __set__(self, row, value):
        row.__dict__[self.field.attname] = value


def opened(model, name: str, pk, sealed, kind: str, owner):
    """Open a value that was read without its row, as a list with many rows does."""
    field = model._meta.get_field(name)
    return field.from_words(sealing.open_sealed(sealed, kind, owner, place_in(field, model, pk)))


def place(field, row) -> str:
    return place_in(field, row, row.pk)


def place_in(field, model, pk) -> str:
    """Where a sealed value lies: this field of this row, and nowhere else."""
    return f"{model._meta.label_lower}.{field.attname}:{pk}"
