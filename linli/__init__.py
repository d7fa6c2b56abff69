"""Linli (邻里): community governance by the regulation, step by step, with proof."""

__version__ = "0.1.0"
