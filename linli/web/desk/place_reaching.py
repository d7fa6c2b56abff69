"""The telephone and the counter of a place, for whoever does not come online: said by its own office, shown on its pages."""

from django.http import HttpRequest, HttpResponse

from linli.records.people.services.places import say_how_reached
from linli.records.places.models import Place
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.places import REACHED, places_again
from linli.web.desk.sheets import take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door


@door(may="people.keep_places", load=place_here, methods=["POST"])
def reached(request: HttpRequest, place: Place) -> HttpResponse:
    def act() -> Text:
        phone, counter = (typed(request.POST, REACHED, key) for key in ("phone", "counter"))
        say_how_reached(place=place, phone=phone, counter=counter, by=me(request), at=clock.now())
        return Text("已登记，居民在每一页下面都能看到。", "Recorded: residents see it at the foot of every page.")

    to = address("desk:places", place=place.pk)
    return take(request, REACHED, act=act, again=lambda tried: places_again(request, place, tried), to=to)
