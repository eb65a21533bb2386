"""Files on their way in stay in memory: nothing that somebody sends lies on the disk unsealed."""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """Keeps at most `UPLOAD_LIMIT` bytes of one request. Of what is larger, only its size is told."""

    def __init__(self, request=None):
        super().__init__(request)
        self.room = settings.UPLOAD_LIMIT

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        self.room -= len(raw_data)
        if self.room >= 0:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size):
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )


def is_too_large(file) -> bool:
    """Whether a file that came in was too large to be kept whole."""
    return file.size > settings.UPLOAD_LIMIT or file.size != file.file.getbuffer().nbytes
