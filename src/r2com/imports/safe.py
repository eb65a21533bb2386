"""The uploaded file at rest: sealed in pieces, under a key that is destroyed with it."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO

from r2com.vault import keyring
from r2com.vault.models import DataKey, Owner

from .models import Import, Piece

CHUNK = 384 * 1024


def put(found: Import, file: BinaryIO) -> None:
    """Seal the file. Nothing of it is written anywhere else."""
    keyring.make(Owner.SYSTEM, found.pk)
    file.seek(0)
    number = 0
    while part := file.read(CHUNK):
        number += 1
        Piece(of=found, number=number, content=b64encode(part).decode()).save(force_insert=True)


@contextmanager
def opened(found: Import) -> Iterator[BytesIO]:
    """The file in memory, for as long as it is needed."""
    file = BytesIO()
    for piece in found.pieces.iterator(chunk_size=4):
        file.write(b64decode(piece.content))
    file.seek(0)
    with file:
        yield file


def holds(found: Import) -> bool:
    return found.pieces.exists()


def forget(found: Import) -> None:
    """Delete the file and its key."""
    found.pieces.all().delete()
    DataKey.objects.filter(kind=Owner.SYSTEM, owner=found.pk).delete()


def digest(file: BinaryIO, *more: str) -> str:
    """By which the same file, with the same words beside it, is known again."""
    found = sha256("\0".join(more).encode())
    file.seek(0)
    while part := file.read(CHUNK):
        found.update(part)
    file.seek(0)
    return found.hexdigest()
