"""Rules decide. Pure Python: no Django, no clock, no network; the disk only in policy/load.py."""
