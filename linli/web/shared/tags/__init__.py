"""Tags and filters, one idea a file. `templatetags/linli.py` gathers them; settings make them built in."""
