"""The bytes of a file, sealed and opened in pieces of 64 KiB, so that no large file is held twice.

The identifier of a piece, which it is bound to, says its place and how many there are: a piece that is left
out, put elsewhere or taken from the end does not open. Files of earlier versions have longer pieces.
"""

from collections.abc import Iterator

from .models import File, Piece

# With the four bytes that say its length, a piece fills its padding bucket to the last byte.
PIECE = 64 * 1024 - 4
AT_ONCE = 16


class Incomplete(Exception):
    """A piece of the file is not where it should be."""


def keep(file: File, data: bytes) -> File:
    """Write a new file and its pieces."""
    file.size, file.pieces = len(data), -(-len(data) // PIECE)
    file.save(force_insert=True)
    for number in range(file.pieces):
        piece = Piece(
            id=file.piece_id(number), file=file, content=data[number * PIECE : (number + 1) * PIECE]
        )
        piece.save(force_insert=True)
    return file


def pieces(file: File) -> Iterator[bytes]:
    """The file, opened one piece after the other. Raises Incomplete."""
    for first in range(0, file.pieces, AT_ONCE):
        wanted = [file.piece_id(number) for number in range(first, min(first + AT_ONCE, file.pieces))]
        found = Piece.objects.filter(file=file).in_bulk(wanted)
        for one in wanted:
            if one not in found:
                raise Incomplete(file)
            found[one].file = file
            yield found[one].content


def whole(file: File) -> bytes:
    return b"".join(pieces(file))
