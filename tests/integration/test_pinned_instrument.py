"""A published version is never edited, and an assessment stays with the one it began with."""

import copy

import pytest

from r2com.assessments import actions as assessments
from r2com.assessments.responses import instrument_of
from r2com.core.instruments import BadDefinition
from r2com.instruments import actions, reading
from r2com.instruments.models import PublishedInstrument


def reworded(version="0.1"):
    definition, languages = copy.deepcopy(reading.packaged())
    definition["version"], definition["items"][0]["title"] = version, "Somewhere to stay"
    return definition, languages


def test_publishing_the_same_twice_changes_nothing(published, now):
    assert actions.publish(*reading.packaged(), by=None, at=now) == published


def test_a_published_version_cannot_be_published_with_other_words(published, now):
    with pytest.raises(actions.AlreadyPublished):
        actions.publish(*reworded(), by=None, at=now)

    assert PublishedInstrument.objects.get().definition["items"][0]["title"] == "A place to live"


def test_a_bad_definition_is_refused_with_the_address_of_the_fault(now, db):
    definition, languages = reworded("0.2")
    del definition["items"][3]["anchors"]["marked"]

    with pytest.raises(BadDefinition, match=r"anchors"):
        actions.publish(definition, languages, by=None, at=now)

    assert not PublishedInstrument.objects.exists()


def test_an_assessment_stays_with_its_version_when_a_newer_one_is_published(
    case, published, practitioner, now
):
    older = assessments.begin(case, kind="full", by=practitioner, at=now)

    actions.publish(*reworded("0.2"), by=None, at=now)

    assert instrument_of(older).item("A1").title == "A place to live"
    assert reading.newest().version == "0.2"


def test_an_instrument_that_was_altered_in_the_database_is_not_used(case, published, practitioner, now):
    assessment = assessments.begin(case, kind="full", by=practitioner, at=now)
    definition, _languages = reworded()
    reading._read.cache_clear()
    PublishedInstrument.objects.update(definition=definition)

    with pytest.raises(reading.Altered):
        instrument_of(assessment)


def test_the_same_instrument_reads_in_both_languages(case, published, practitioner, now):
    assessment = assessments.begin(case, kind="full", by=practitioner, at=now)

    assert instrument_of(assessment, "pt").item("A1").title == "Um sítio para viver"
    assert instrument_of(assessment, "pt").gaps == {}
    assert instrument_of(assessment, "en").item("A1").title == "A place to live"
