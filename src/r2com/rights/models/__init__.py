"""What the person may ask of the agency: complaints, and the file of everything about them."""

from .complaints import Appeal, Complaint, ComplaintDecision, Concerned
from .passages import Passage, ReadThrough
from .requests import FileRequest, Given, SecondLook, TwoMonthsMore

__all__ = [
    "Appeal",
    "Complaint",
    "ComplaintDecision",
    "Concerned",
    "FileRequest",
    "Given",
    "Passage",
    "ReadThrough",
    "SecondLook",
    "TwoMonthsMore",
]
