"""Needs: what residents ask for, in clusters and links, the visits, the answers, and the spreadsheets they came in."""

from linli.records.needs.models.clusters import Cluster, Judgement
from linli.records.needs.models.imports import ImportBatch, ImportRow
from linli.records.needs.models.links import Answer, Link, Telling
from linli.records.needs.models.needs import Need, Visit

__all__ = ["Answer", "Cluster", "ImportBatch", "ImportRow", "Judgement", "Link", "Need", "Telling", "Visit"]
