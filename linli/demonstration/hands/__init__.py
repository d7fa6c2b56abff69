"""Hands: what an office does at its desk for one matter, one verb a function, each through the real services."""
