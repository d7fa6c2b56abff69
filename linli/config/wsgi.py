"""What the server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.config.settings")
application = get_wsgi_application()

# The code stays as long as the worker does, and a page makes thousands of objects that are gone when it is: looking for
# garbage after every 700 of them costs a sixth of each page.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 40)
