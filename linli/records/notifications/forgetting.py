"""What somebody follows and was told, and what others were told in their words."""

from datetime import datetime

from linli.records.cases.forgetting import cases_of
from linli.records.notifications.models import Delivery, Follow, Notification, Preference
from linli.records.people.forgetting import Found
from linli.records.people.models import Person
from linli.rules.plain.texts import Text


def forget(person: Person, at: datetime) -> list[Found]:
    own = [model._default_manager.filter(person=person) for model in (Follow, Notification, Preference, Delivery)]
    number = sum(found.count() for found in own)
    for found in own:
        found.delete()
    # Of a need others were told its number alone; a matter is called by its title.
    begun = [str(case.pk) for case in cases_of(person)]
    told = Notification.objects.filter(topic_kind="case", topic_id__in=begun).delete()[0]
    waiting = Delivery.objects.exclude(body="") if told else Delivery.objects.none()
    told += waiting.filter(sent_at__isnull=True, channel__in=("email", "sms")).delete()[0]
    return [
        Found(Text("关注、通知、接收方式、邮箱", "What this person follows and was told, and how"), number),
        Found(Text("发给别人的通知里提到这些事项的", "What others were told of these matters"), told),
    ]
