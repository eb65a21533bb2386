"""The API as a whole: its operations, and its description as OpenAPI."""

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import get_schema
from ninja.parser import Parser

from r2com.core.scripts import from_json

from . import problems
from .operations import router
from .said import Problem
from .tokens import Bearer

ROOT = "/api/v1/"
VERSION = "1.0.0"
ABOUT = (
    "What one may see and do on the pages, for programs. A token acts as the person it belongs to: with "
    "their role and their cases, and never more. Judgements are words from a published instrument, which is "
    "independent, not validated, and says nothing about what anybody will do. "
    "Nothing here adds up, orders or compares people."
)
SAYS_NO = {
    401: "No token, or one that does not work.",
    403: "The token was not made for this.",
    404: "It does not exist, or not for you.",
    422: "Something that was sent does not fit. `fields` names what.",
    429: "Too many requests. Wait a minute.",
}
WRITING_SAYS_NO = {
    400: "The body cannot be read.",
    409: "A rule of the work says no, or somebody kept another version meanwhile.",
    413: "The body is too long.",
    415: "The body is not JSON.",
}


class Json(Parser):
    """Reads whatever JSON there is. What is not JSON was turned away at the door."""

    def parse_body(self, request: HttpRequest):
        return from_json(request.body)


class Api(NinjaAPI):
    """Describes its problems as what they are."""

    def get_openapi_schema(self, **kwargs) -> dict:
        schema = get_schema(self, ROOT)
        schema["components"]["schemas"]["Problem"] = Problem.model_json_schema(
            ref_template="#/components/schemas/{model}"
        )
        schema["components"]["schemas"] |= schema["components"]["schemas"]["Problem"].pop("$defs", {})
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                operation["responses"] |= _problems(method)
        return schema


def _problems(method: str) -> dict:
    content = {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    said = SAYS_NO | (WRITING_SAYS_NO if method != "get" else {})
    return {code: {"description": about, "content": content} for code, about in sorted(said.items())}


api = Api(
    title="R2COM",
    version=VERSION,
    description=ABOUT,
    docs_url=None,
    openapi_url="openapi.json",
    servers=[{"url": "/", "description": "This installation"}],
    urls_namespace="api",
    auth=Bearer(),
    parser=Json(),
)
problems.listen(api)
api.add_router("", router)
