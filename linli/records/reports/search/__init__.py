"""Search over everything everybody may read: needs, projects, notices, meetings. Personal data never enters it.

`models` the rows · `tokens` how words are cut · `entries` what of a record is looked through · `indexing` keeping it
current from the trail · `finding` asking it · `engines` the two databases · `marking` showing where it was found.
"""
