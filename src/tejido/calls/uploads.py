"""What is sent with a form goes to the disk piece by piece, and no further than its limit."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class OnlySoLarge(FileUploadHandler):
    """Stops keeping a file at its limit; the rest of the form is read on. The names of such fields are in `too_large`."""

    def __init__(self, request: HttpRequest, limits: dict[str, int], others: int) -> None:
        super().__init__(request)
        self.limits, self.others = limits, others
        self.too_large: set[str] = set()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        name = self.field_name or ""
        if start + len(raw_data) > self.limits.get(name, self.others):
            self.too_large.add(name)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None  # the next handler has it


def limit_uploads(request: HttpRequest, limits: dict[str, int], others: int) -> None:
    """Before anything of the form is read."""
    handler: Any = OnlySoLarge(request, limits, others)
    request.upload_handlers = [handler, *request.upload_handlers]


def too_large(request: HttpRequest) -> set[str]:
    """Names of the fields whose file was larger than its limit, once the form is read."""
    return {
        name
        for handler in request.upload_handlers
        if isinstance(handler, OnlySoLarge)
        for name in handler.too_large
    }
