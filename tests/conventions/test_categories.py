"""Every sealed field says of which kinds of content it is, and the register of them is documented."""

from r2com.access.categories import Category
from r2com.vault.verify import sealed_models


def declared():
    for model, fields in sealed_models():
        yield from ((f"{model._meta.label}.{field.name}", field.categories) for field in fields)


def test_every_sealed_field_says_of_which_kinds_it_is():
    assert [name for name, said in declared() if said is None] == []


def test_they_are_kinds_that_a_grant_knows():
    said = {kind for _name, kinds in declared() if not callable(kinds) for kind in kinds}

    assert said <= set(Category)
    assert {Category.LEGAL, Category.OFFENCE, Category.SOURCE} <= said
