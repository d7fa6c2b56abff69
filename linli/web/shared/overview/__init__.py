"""The figures of a place as pictures, tables and sheets: the same for the portal and the desk, each with its own ways on."""

from linli.web.shared.overview.measures import measure_of, measures_of
from linli.web.shared.overview.outline import outline_of
from linli.web.shared.overview.pictures import Pictures, pictures
from linli.web.shared.overview.sheets import workbook
from linli.web.shared.overview.tables import Told, tables
from linli.web.shared.overview.ways_on import WaysOn

__all__ = ["Pictures", "Told", "WaysOn", "measure_of", "measures_of", "outline_of", "pictures", "tables", "workbook"]
