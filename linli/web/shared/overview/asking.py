"""The year an overview is asked for, and the years one can ask for."""

from django.http import HttpRequest

from linli.records.funds.models import Envelope
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.web.shared import clock
from linli.web.shared.shapes import Tab

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_year(request: HttpRequest) -> int:
    """This year where the address says nothing that makes sense."""
    asked, this = request.GET.get("year", ""), clock.today().year
    return int(asked) if asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= this + 1 else this


def year_tabs(place: Place, year: int, more: str = "") -> list[Tab]:
    """Years with money, this one, the last, and the one asked for. `more` is kept behind the year in the address."""
    known = Envelope.objects.filter(beneath(place, "place")).order_by().values_list("year", flat=True).distinct()
    this = clock.today().year
    years = sorted({*known, this, this - 1, year}, reverse=True)
    return [Tab(str(one), f"?year={one}{more}", current=one == year) for one in years]
