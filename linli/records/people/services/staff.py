"""Accounts of staff. They come in by password, with a second factor where the site asks for it (allauth's pages)."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from linli.records.people.models import Account, Person
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def open_staff_account(*, person: Person, username: str, password: str) -> Account:
    """An account with a password for a member of staff. Raises Refused, Invalid (name taken, weak password)."""
    if person.kind != "staff" or Account.objects.filter(person=person).exists():
        raise Refused(Text("只给还没有账号的工作人员开账号。", "Only staff without an account can be given one."))
    if Account.objects.filter(username=username).exists():
        taken = Text("这个账号名已有人用。", "This name is taken.")
        raise Invalid(taken, fields={"username": taken})
    account = Account(username=username, person=person)
    try:
        validate_password(password, account)
    except ValidationError as error:
        weak = Text("密码太弱：至少 10 位，不要用常见的。", "Too weak: at least 10 characters, and not a common one.")
        raise Invalid(weak, fields={"password": weak}) from error
    account.set_password(password)
    account.save()
    return account
