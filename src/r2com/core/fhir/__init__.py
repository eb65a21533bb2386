"""Instruments as FHIR R4B: a Questionnaire, and what was answered as a QuestionnaireResponse.

    data, left = write(definition, languages)          # the bytes of a file, and what was left out
    made = response(questionnaire, answers, ...)

After HL7 FHIR R4B (4.3.0), https://hl7.org/fhir/R4B/questionnaire.html and its invariants que-1 to que-13.
"""

from .questionnaire import questionnaire, write
from .response import response

__all__ = ["questionnaire", "response", "write"]
