"""An address answers only those for whom it is declared, and reads with the eyes of whoever asks."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.module_loading import import_string

from . import wall
from .declared import Declared, Who, declared
from .reading import Reader, read_as
from .roles import may


class ask_what_is_declared:
    """Refuses a view that says nothing about itself, and whoever's role allows none of what it asks."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.table: dict[str, Declared] = import_string(settings.DECLARED)

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        said = declared(view, request.resolver_match.url_name, self.table)
        if said is None:
            raise Http404
        request.declared = said
        if said.who in (Who.ROLE, Who.RECORD) and request.user.is_authenticated:
            role = getattr(request.membership, "role", None)
            if not any(may(role, what) for what in said.asked(request.method)):
                raise Http404


def read_with_their_eyes(get_response):
    """From here on fields are open or closed as they are to whoever asks (reading.py).

    The database is asked for nobody until it is known who that is (wall.py).
    """

    def answer(request):
        reader = Reader(request.user)
        with read_as(reader), wall.asked_by(wall.NOBODY):
            response = get_response(request)
            who = wall.who_asks()
        if response.streaming and not isinstance(response, FileResponse):
            response.streaming_content = _with_eyes_of(reader, who, response.streaming_content)
        return response

    return answer


def _with_eyes_of(reader: Reader, who: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of an answer that is made while it is sent."""
    going = iter(pieces)
    while True:
        with read_as(reader), wall.asked_by(who):
            piece = next(going, None)
        if piece is None:
            return
        yield piece
