"""Laying the ground: places, rules, offices, residents, money. What comes before any matter."""
