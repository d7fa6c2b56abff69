"""The documentation of the API as a page of our own: made from the OpenAPI description, with nothing from outside."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from linli.rules.plain.texts import Text
from linli.web.api.site import api
from linli.web.api.words import OPERATIONS, asked, described, meaning
from linli.web.shared.doors import PUBLIC, door


@dataclass(frozen=True)
class Asked:
    name: str
    type: str
    required: bool
    meaning: Text


@dataclass(frozen=True)
class Answered:
    name: str
    type: str
    meaning: Text


@dataclass(frozen=True)
class Described:
    path: str
    title: Text
    asks: list[Asked]
    answers: list[Answered]


@door(may=PUBLIC)
def docs(request: HttpRequest) -> HttpResponse:
    schema = _schema()
    operations = [_described(path, methods["get"], schema) for path, methods in schema["paths"].items()]
    return render(request, "api/docs.html", {"about": api.description, "operations": operations})


@door(may=PUBLIC)
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(_schema(), json_dumps_params={"ensure_ascii": False}, headers={"Access-Control-Allow-Origin": "*"})


def _schema() -> dict[str, Any]:
    return described(dict(api.get_openapi_schema(path_prefix=reverse("api:docs"))))


def _described(path: str, operation: dict[str, Any], schema: dict[str, Any]) -> Described:
    id = operation["operationId"]
    asks = [
        Asked(each["name"], _type(each["schema"]), each["required"], asked(id, each["name"]))
        for each in operation.get("parameters", ())
    ]
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    return Described(path, OPERATIONS[id], asks, _answers(answer, schema))


def _answers(answer: dict[str, Any], schema: dict[str, Any]) -> list[Answered]:
    named = answer.get("$ref") or answer.get("items", {}).get("$ref", "")
    name = named.rpartition("/")[2]
    shape = schema["components"]["schemas"].get(name, {})
    properties: dict[str, Any] = shape.get("properties", {})
    rows = properties.get("items", {}).get("items", {}).get("$ref", "")
    if rows and "next" in properties:
        name = rows.rpartition("/")[2]
        properties = schema["components"]["schemas"][name]["properties"]
    return [Answered(field, _type(each), meaning(name, field)) for field, each in properties.items()]


def _type(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:
        return " | ".join(_type(each) for each in shape["anyOf"])
    if "$ref" in shape:
        return str(shape["$ref"]).rpartition("/")[2]
    if shape.get("type") == "array":
        return f"[{_type(shape['items'])}]"
    return str(shape.get("format") or shape.get("type", ""))
