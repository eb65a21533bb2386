"""The bytes of a file, sealed and opened piece by piece, so that no large file is held twice."""

from collections.abc import Iterator

from .models import File, Piece

PIECE = 512 * 1024


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
    for number in range(file.pieces):
        piece = Piece.objects.filter(pk=file.piece_id(number), file=file).first()
        if piece is None:
            raise Incomplete(file)
        piece.file = file
        yield piece.content


def whole(file: File) -> bytes:
    return b"".join(pieces(file))
