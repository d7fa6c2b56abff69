"""The limits of signing in and of writing without it. They are ours, not a regulation's; each is tested from both sides."""

from datetime import timedelta

CODE_DIGITS = 6
CODE_LASTS = timedelta(minutes=5)
CODE_TRIES = 5
# (length of time, codes that may be asked for in it)
PER_PHONE = ((timedelta(seconds=60), 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
# A community centre's visitors share one address; a machine asking for strangers' phones does not stop at thirty.
PER_ADDRESS = ((timedelta(hours=1), 30), (timedelta(days=1), 200))
SENSITIVE_PER_HOUR = 50
REASON_CHARACTERS = 6
# Without signing in: needs and objections by address and by the contact left, and packages that take long to make by address.
WRITES_PER_ADDRESS = ((timedelta(hours=1), 30), (timedelta(days=1), 200))
WRITES_PER_CONTACT = ((timedelta(days=1), 10),)
PACKAGES_PER_ADDRESS = ((timedelta(hours=1), 60),)
# Drafts begun without signing in, not each saving of one: many households share the address of a network.
KEPT_DRAFTS_PER_ADDRESS = ((timedelta(hours=1), 120), (timedelta(days=1), 1_000))
# Files kept with a form that was not taken, for whoever is not signed in: forms with files, and kilobytes (twenty full forms).
KEPT_FILES_PER_ADDRESS = WRITES_PER_ADDRESS
KEPT_KILOBYTES_PER_ADDRESS = ((timedelta(days=1), 20 * 12 * 1024),)
