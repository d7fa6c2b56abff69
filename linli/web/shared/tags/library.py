"""The one library the tags join."""

from django.template import Library

register = Library()
