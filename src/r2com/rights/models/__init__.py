"""What the person may ask of the agency: complaints, and the file of everything about them."""

from .complaints import Appeal, Complaint, ComplaintDecision, Concerned

__all__ = ["Appeal", "Complaint", "ComplaintDecision", "Concerned"]
