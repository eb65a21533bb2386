"""Instruments as data: read a definition, look at a response, lay it out.

    instrument = read(json.loads(file), {"pt": json.loads(portuguese)})
    problems(instrument, response, completing=True)
    profile(instrument.in_language("pt"), response)

No total, no level and no ranking comes out of here, because none goes in.
"""

from .checking import faults
from .conditions import Condition, applies, parse
from .definition import ClosingRule, Domain, EvidenceRule, Instrument, Item, Scale, Word
from .faults import BadDefinition, Fault
from .hashing import content_hash, text_hash
from .profiling import DomainLines, Line, Profile, profile
from .reading import read, text_hashes
from .responses import Evidence, ItemResponse, Judgements, Response
from .translations import Unit
from .validating import MESSAGES, Problem, problems

__all__ = [
    "MESSAGES",
    "BadDefinition",
    "ClosingRule",
    "Condition",
    "Domain",
    "DomainLines",
    "Evidence",
    "EvidenceRule",
    "Fault",
    "Instrument",
    "Item",
    "ItemResponse",
    "Judgements",
    "Line",
    "Problem",
    "Profile",
    "Response",
    "Scale",
    "Unit",
    "Word",
    "applies",
    "content_hash",
    "faults",
    "parse",
    "problems",
    "profile",
    "read",
    "text_hash",
    "text_hashes",
]
