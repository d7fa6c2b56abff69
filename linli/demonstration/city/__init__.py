"""A whole city: a few communities live through the years by the real services, and every other community is stamped from one of
them, row by row and seal by seal, under its own name, with its own people, numbers and chain."""
