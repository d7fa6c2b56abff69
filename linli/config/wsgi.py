"""What the server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application = get_wsgi_application()

# The code and the regulations stay as long as the worker does: they are read before the first reader comes. A page makes
# thousands of objects that are gone when it is: looking for garbage after every 700 of them cost a sixth of each page.
from django.conf import settings  # noqa: E402 - records can be read once the application stands
from django.db import connections  # noqa: E402

from linli.config.first_pages import open_first_pages  # noqa: E402
from linli.records.rulebook.selectors import library  # noqa: E402

library()
open_first_pages(application, settings.ALLOWED_HOSTS[0])
connections.close_all()  # requests come on other threads, each with its own
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 40)
