"""Finding the invented people again, once they are entered."""

from r2com.cases.models import Case


def cases() -> dict[str, Case]:
    """The cases of everybody who was admitted, by how they like to be called."""
    return {case.person.called: case for case in Case.objects.with_people()}
