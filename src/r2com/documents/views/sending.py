"""How bytes of a record are sent: as a file to keep, or as a picture in a page, and never as a page."""

from django.http import HttpResponse, StreamingHttpResponse

from .. import content
from ..models import File

ENDING = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
# Whatever a browser makes of it, it runs nothing, loads nothing and belongs to no place.
LOCKED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def as_file(file: File) -> StreamingHttpResponse:
    """The file under a neutral name, one opened piece after the other."""
    name = f"paper-{str(file.pk)[-4:]}.{ENDING.get(file.type, 'bin')}"
    headers = {
        **LOCKED,
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Length": str(file.size),
    }
    return StreamingHttpResponse(content.pieces(file), content_type=file.type, headers=headers)


def as_picture(jpeg: bytes) -> HttpResponse:
    headers = {**LOCKED, "Content-Disposition": 'inline; filename="page.jpg"'}
    return HttpResponse(jpeg, content_type="image/jpeg", headers=headers)
