"""The page of the open data, and the same for machines: every table with every column, made from one description."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.trail.selectors import latest_checkpoint
from linli.web.api.data.columns import columns
from linli.web.api.data.datasets import DATASETS, Dataset
from linli.web.api.data.downloads import ROWS_AT_MOST
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.reader import reader_of

_WHOLE = {"needs": "code", "projects": "code", "places": "code"}


@door(may=PUBLIC)
def open_data(request: HttpRequest) -> HttpResponse:
    tables = [(dataset, columns(dataset.shape)) for dataset in DATASETS.values()]
    context = {
        "tables": tables,
        "licence": settings.DATA_LICENCE,
        "checkpoint": latest_checkpoint(),
        "rows": ROWS_AT_MOST,
        "here": reader_of(request).place,
    }
    return render(request, "api/open_data.html", context)


@door(may=PUBLIC)
def dictionary(request: HttpRequest) -> JsonResponse:
    """A data package: https://datapackage.org, with the Chinese and the English of every column."""
    made = {
        "name": "linli-open-data",
        "licenses": [{"title": settings.DATA_LICENCE}] if settings.DATA_LICENCE else [],
        "resources": [_resource(dataset) for dataset in DATASETS.values()],
    }
    return JsonResponse(made, json_dumps_params={"ensure_ascii": False}, headers={"Access-Control-Allow-Origin": "*"})


def _resource(dataset: Dataset) -> dict[str, Any]:
    return {
        "name": dataset.id,
        "path": reverse("api:download", args=[dataset.id, "csv"]),
        "json": reverse("api:download", args=[dataset.id, "json"]),
        "encoding": "utf-8",
        "title": dataset.title.zh,
        "title_en": dataset.title.en,
        "left_out": dataset.left_out.zh,
        "left_out_en": dataset.left_out.en,
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.type,
                    "description": column.meaning.zh,
                    "description_en": column.meaning.en,
                    "constraints": {"required": not column.may_be_empty},
                }
                for column in columns(dataset.shape)
            ],
            "primaryKey": [_WHOLE.get(dataset.id, "id")],
            "missingValues": [""],
        },
    }
