"""Foreign keys point the way imports do: down. A key written as a string escapes the import contracts."""

from .source import layers, models


def height(app):
    """How far from the top an app lies; None for what is not ours."""
    return next((number for number, layer in enumerate(layers()) if app in layer), None)


def points_up(app, other):
    return height(other) is not None and height(other) < height(app)


def relations():
    for model in models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation:
                yield (
                    f"{model._meta.label}.{field.name}",
                    model._meta.app_label,
                    field.related_model._meta.app_label,
                )


def test_foreign_keys_point_down():
    assert [name for name, app, other in relations() if points_up(app, other)] == []


def test_up_is_told_from_down():
    assert points_up("people", "plans")
    assert not points_up("plans", "people")
    assert not points_up("people", "auth")
