"""Vectors and fixtures that W3C and 1EdTech published; the README beside them says from where."""

import json
from pathlib import Path

from jsonschema_rs import Draft201909Validator

FOLDER = Path(__file__).parents[1] / "fixtures/credentials"


def published(*names):
    return json.loads(FOLDER.joinpath(*names).read_text("utf-8"))


def official_faults(document):
    """Where a document breaks 1EdTech's own schema of an AchievementCredential."""
    schema = published("1edtech", "ob_v3p0_achievementcredential_schema.json")
    validator = Draft201909Validator(schema, validate_formats=True)
    return ["/".join(map(str, fault.instance_path)) for fault in validator.iter_errors(document)]
