import pytest

from r2com.core.instruments import ItemResponse, applies, parse

RESPONSE = {
    "A1": ItemResponse({"vulnerability": "marked", "strength": "unknown", "direction": ""}),
    "A2": ItemResponse({"vulnerability": "none"}),
}
YES = {"equals": ["A1.vulnerability", "marked"]}
NO = {"equals": ["A1.vulnerability", "none"]}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (YES, True),
        (NO, False),
        ({"answered": "A1.vulnerability"}, True),
        ({"answered": "A1.direction"}, False),
        ({"answered": "A1.certainty"}, False),
        ({"answered": "B9.vulnerability"}, False),
        ({"not": NO}, True),
        ({"not": YES}, False),
        ({"any": [NO, YES]}, True),
        ({"any": [NO, NO]}, False),
        ({"all": [YES, YES]}, True),
        ({"all": [YES, NO]}, False),
        ({"all": [YES, {"not": {"any": [NO, {"answered": "A2.strength"}]}}]}, True),
    ],
)
def test_a_condition_says_whether_it_holds(condition, holds):
    assert applies(parse(condition), RESPONSE) is holds


def test_not_known_is_an_answer():
    assert applies(parse({"answered": "A1.strength"}), RESPONSE)
    assert not applies(parse({"answered": "A2.strength"}), RESPONSE)


def test_a_bare_judgement_means_the_item_at_hand():
    condition = parse(
        {"any": [{"equals": ["vulnerability", "marked"]}, {"equals": ["vulnerability", "some"]}]}
    )

    assert applies(condition, RESPONSE, item="A1")
    assert not applies(condition, RESPONSE, item="A2")
    assert not applies(condition, RESPONSE, item="B9")
