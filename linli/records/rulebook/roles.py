"""Which offices play which role in a stage, fixed when it is known so that the leader does not change midway."""

from datetime import date

from linli.rules.gates.model import Actor, Readings
from linli.rules.gates.roles import role_offices
from linli.rules.gates.scene import Scene
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules


def known_roles(rules: Rules, procedure: Procedure, readings: Readings, on: date, rules_on: date) -> dict[str, list[str]]:
    """Every role whose offices can be told from these readings; those that hang on an open question are left out."""
    scene = Scene(rules, procedure, readings, Actor(""), on, rules_on)
    found = {role.id: role_offices(role, scene) for role in procedure.roles.values()}
    return {role: offices for role, (offices, question) in found.items() if question is None}


def offices_of(names: tuple[str, ...], roles: dict[str, list[str]], procedure: Procedure, level: str) -> tuple[str, ...]:
    """Roles and offices as a pack writes them, as plain offices at the level of the matter's place."""
    scene_offices: list[str] = []
    for name in names:
        role = procedure.roles.get(name)
        if role is None:
            scene_offices += spelled(name, level)
        else:
            scene_offices += roles.get(name) or [each for office in role.offices for each in spelled(office, level)]
    return tuple(dict.fromkeys(scene_offices))


def spelled(office: str, level: str) -> list[str]:
    """`here.finance` at a district is `district.finance`."""
    where, _, name = office.partition(".")
    return [f"{level}.{name}"] if where == "here" else [office]
