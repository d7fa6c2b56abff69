"""What the living page of pieces shows. Nothing here is a record: names, sums and days are made up and say so."""

from linli.web.shared.samples.cards import OfCards
from linli.web.shared.samples.charts import OfCharts
from linli.web.shared.samples.forms import OfForms
from linli.web.shared.samples.gates import OfGates

__all__ = ["Samples"]


class Samples(OfGates, OfCards, OfCharts, OfForms):
    """All pieces in every state, as of one day."""
