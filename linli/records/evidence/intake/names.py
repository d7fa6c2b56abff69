"""File names as people gave them, without what could mislead or escape a folder."""

from linli.records.evidence.forms.characters import clean

_LONGEST_STEM = 100
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*\n\t', "_"))


def safe_name(given: str, ending: str) -> str:
    """The last part of the path, at most 100 characters, with the ending its content deserves."""
    last = clean(given.replace("\\", "/").rsplit("/", 1)[-1]).translate(_FORBIDDEN).strip(" .")
    stem = last.rsplit(".", 1)[0] if "." in last else last
    return f"{stem[:_LONGEST_STEM].strip(' .') or 'file'}.{ending}"
