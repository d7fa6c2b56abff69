"""`linli pack check --adopted`: where the edition a place adopted reads differently from the files of today, and in what."""

from linli.commands.records import start
from linli.rules.plain.texts import Text
from linli.rules.policy.diff import Change, Side, changes
from linli.rules.policy.library import Library

_AT_MOST = 20
_SAME = Text("采用的版本都与现在的文件一致。", "Every adopted edition reads as the files do.")


def tell(library: Library, language: str) -> None:
    """Every newest adoption of a place whose rules read differently now, with the changes in sentences."""
    start()
    differing = _differing(library)
    for title, found in differing:
        print(title.in_language(language))
        for change in found[:_AT_MOST]:
            print(f"  · {change.in_language(language)}")
        more = len(found) - _AT_MOST
        if more > 0:
            print(Text(f"  还有 {more} 处", f"  and {more} more").in_language(language))
    if not differing:
        print(_SAME.in_language(language))


def _differing(library: Library) -> list[tuple[Text, list[Change]]]:
    from linli.records.rulebook.models import Adoption
    from linli.records.rulebook.selectors import differs, rules_of_pack

    newest = {
        (one.pack, one.place_id): one for one in Adoption.objects.select_related("place", "edition").order_by("since", "id")
    }
    rows = []
    for one in newest.values():
        if one.pack not in library.packs or not differs(one, library.rules(one.pack)):
            continue
        kept = rules_of_pack(one.pack, one.place, digest=one.edition.digest if one.edition else "")
        found = changes(Side(kept, None), Side(library.rules(one.pack), None))
        where, day = one.place.short_name, one.since.isoformat()
        zh = f"{where}自 {day} 采用的 {one.pack} 与现在的文件有 {len(found)} 处不同："
        rows.append((Text(zh, f"{where}: {one.pack}, adopted from {day}, differs from the files in {len(found)} places:"), found))
    return rows
