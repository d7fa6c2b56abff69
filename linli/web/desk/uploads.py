"""Files that come with a form. They are kept first, so that a refusal of the rest does not lose them."""

from collections.abc import Iterable, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from linli.records.evidence.models import File
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.uploads import store_each

MOST = 20


def keep_uploads(request: HttpRequest, name: str, place: Place, by: Person) -> tuple[list[File], list[Text]]:
    """The files that could be taken, and what was wrong with each of the others."""
    files: MultiValueDict[str, UploadedFile] = request.FILES
    came = files.getlist(name)
    if len(came) > MOST:
        zh = f"一次最多 {MOST} 个文件，这次选了 {len(came)} 个，都没有收下。请分几次选。"
        return [], [Text(zh, f"At most {MOST} files at a time; {len(came)} were chosen and none was taken. Choose fewer.")]
    return store_each(came, by=by, at=clock.now(), place=place)


def kept_before(numbers: Iterable[str], place: Place, by: Person, also: Sequence[File] = ()) -> list[File]:
    """Files the page carries along: this person's own of this place, or those that stand in the version before."""
    wanted = {int(number) for number in numbers if number.isdecimal()}
    known = {file.pk for file in also}
    own = File.objects.filter(pk__in=wanted - known, place=place, stored_by=by)
    return [*(file for file in also if file.pk in wanted), *own]
