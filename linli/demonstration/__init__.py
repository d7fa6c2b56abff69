"""The demonstration district (演示): Nanshan with real place names, made-up people, and every situation worth seeing.

Everything is done by the offices themselves, through the services that the pages use. Nothing is written past them.
"""
