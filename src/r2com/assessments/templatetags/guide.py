"""The guide's words for what was kept."""

from django import template

register = template.Library()


@register.filter
def said_words(rating, guide):
    """The judgements of a rating as pairs of question and word, in the guide's order."""
    said = [(guide.scales[scale], rating.judgements.get(scale)) for scale in guide.judgements]
    return [(scale.ask, scale.words[word].label) for scale, word in said if word in scale.words]


@register.filter
def titles(items, guide):
    """Titles of items, with semicolons."""
    return "; ".join(guide.item(item).title for item in items)


@register.filter
def lookup(mapping, key):
    return mapping.get(key, "")
