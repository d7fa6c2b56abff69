"""What may sway a judgement: kin, employer, shares. And the organisations they lead to."""

import uuid

from django.db import models
from django.db.models import F, Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models.persons import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

ORGANISATION_KINDS = {
    "supplier": "承接单位",
    "social_org": "社会组织",
    "property": "物业服务企业",
    "owners": "业主组织",
    "unit": "驻区单位",
    "public": "公共机构",
    "other": "其他",
}
INTEREST_KINDS = {"kin": "亲属", "employer": "任职", "shareholding": "持股", "other": "其他"}


class Organisation(models.Model):
    """A supplier, a social organisation, a property company, owners: a party that is not a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=list(ORGANISATION_KINDS.items()))
    credit_code = models.CharField(max_length=18, blank=True, default="")  # 统一社会信用代码
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    phone = EncryptedTextField()
    phone_index = models.CharField(max_length=64, blank=True, default="")
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(ORGANISATION_KINDS)), name="organisation_kind_known"),
            models.UniqueConstraint(fields=["credit_code"], condition=~Q(credit_code=""), name="organisation_credit_code_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"organisation:{self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("organisation", str(self.id))


class Interest(models.Model):
    """A person's tie to another person or to an organisation, as declared or as known to the office."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=12, choices=list(INTEREST_KINDS.items()))
    other_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="interests_in")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="interests_in")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    declared_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    note = EncryptedTextField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(INTEREST_KINDS)), name="interest_kind_known"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="interest_dates_in_order"),
            models.CheckConstraint(
                condition=Q(other_person__isnull=True, organisation__isnull=False)
                | Q(other_person__isnull=False, organisation__isnull=True),
                name="interest_has_one_other_party",
            ),
            models.CheckConstraint(condition=~Q(kind="kin") | Q(other_person__isnull=False), name="interest_kin_is_a_person"),
            models.CheckConstraint(condition=~Q(other_person=F("person")), name="interest_is_in_somebody_else"),
        ]
