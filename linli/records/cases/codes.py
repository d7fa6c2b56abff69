"""Numbers people can say: NS-2026-0007. Given out one by one, without gaps, per district (or above) and year."""

from pypinyin import Style, lazy_pinyin

from linli.records.cases.models import Series
from linli.records.places.models import Place
from linli.records.places.selectors import at_level

_KINDS_OF_PLACE = ("自治区", "自治县", "新区", "街道", "社区", "区", "县", "市", "省")


def next_code(place: Place, year: int) -> str:
    """The next number of the place's district. The row stays locked until the case stands, so none is lost."""
    series = hold_series(place, year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{series.prefix}-{year}-{series.last:04d}"


def hold_series(place: Place, year: int) -> Series:
    """The series, locked. Whoever will seal something first and open a case later calls this before both."""
    home = at_level(place, "district") or place
    series = Series.objects.select_for_update().filter(place=home, year=year).first()
    if series is None:
        Series.objects.bulk_create([Series(place=home, year=year, prefix=_free_prefix(home, year))], ignore_conflicts=True)
        series = Series.objects.select_for_update().get(place=home, year=year)
    return series


def _free_prefix(place: Place, year: int) -> str:
    """Initials of the name; of two places with the same initials, the second gets a figure."""
    initials = initials_of(place.short_name)
    earlier = Series.objects.filter(place=place).values_list("prefix", flat=True).first()
    if earlier:
        return earlier
    taken = set(Series.objects.filter(prefix__startswith=initials).values_list("prefix", flat=True))
    return next(name for name in (initials, *(f"{initials}{n}" for n in range(2, 10_000))) if name not in taken)


def initials_of(name: str) -> str:
    """The initials of a name: 北京 -> BJ."""
    for kind in _KINDS_OF_PLACE:
        if name.endswith(kind) and len(name) > len(kind):
            name = name.removesuffix(kind)
            break
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")).upper()[:4] or "X"
