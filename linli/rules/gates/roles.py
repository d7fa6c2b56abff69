"""Who may take an act: the exact office at the exact place, by role; who must keep out of it; who has yet to sign."""

from collections.abc import Iterable

from linli.rules.gates import wording
from linli.rules.gates.checks import truth
from linli.rules.gates.model import Finding
from linli.rules.gates.scene import Scene
from linli.rules.plain.texts import Text, listed, quoted
from linli.rules.policy.models import Act, Role

_DID = "did:"


def offices_for(act: Act, scene: Scene) -> tuple[tuple[str, ...], list[Finding]]:
    """The offices that may act, and what must be answered before that is known."""
    offices: list[str] = []
    questions: list[Finding] = []
    for name in act.by:
        role = scene.procedure.roles.get(name)
        if role is None:
            offices += spelled_out([name], scene)
            continue
        found, question = role_offices(role, scene)
        offices += found
        questions += [question] if question else []
    return tuple(dict.fromkeys(offices)), questions


def role_offices(role: Role, scene: Scene) -> tuple[list[str], Finding | None]:
    """A role's offices: as frozen with the stage, else by its alternatives, each of which stands alone."""
    frozen = scene.readings.frozen_roles.get(role.id)
    if frozen:
        return list(frozen), None
    unanswered: list[Text] = []
    for instead in role.instead:
        answers = [(condition, truth(condition, scene)) for condition in instead.when]
        if all(answer is True for _, answer in answers):
            return spelled_out(instead.offices, scene), None
        if not any(answer is False for _, answer in answers):
            unanswered += [scene.title_of(condition) for condition, answer in answers if answer is None]
    if unanswered:
        return [], _question(role, unanswered, scene)
    return spelled_out(role.offices, scene), None


def spelled_out(offices: Iterable[str], scene: Scene) -> list[str]:
    """`here.finance` is finance at the level of the matter's own place."""
    level = scene.readings.facts.get("place.level")
    levels = [level] if isinstance(level, str) else list(scene.procedure.at)
    spelled: list[str] = []
    for office in offices:
        where, _, name = office.partition(".")
        spelled += [f"{each}.{name}" for each in levels] if where == "here" else [office]
    return spelled


def _question(role: Role, unanswered: list[Text], scene: Scene) -> Finding:
    names = listed(unanswered)
    title = role.title or Text("牵头单位", "who leads")
    text = Text(f"还不能确定{title.zh}：{names.zh}未回答", f"Not known yet {title.en}: {names.en} not answered")
    return Finding(
        f"role.{role.id}", "unknown", role.clause, text, wording.answer_first(names), tuple(spelled_out(role.offices, scene))
    )


def who_findings(act: Act, scene: Scene) -> list[Finding]:
    """May this person take this act? An office above may read but not act; an interest keeps a person out."""
    return [*_office(act, scene), *_apart(act, scene)]


def _office(act: Act, scene: Scene) -> list[Finding]:
    clause = act.clause[0] if act.clause else "open"
    if not scene.offices:
        return []
    held = [office for office in scene.offices if office in scene.actor.offices]
    names = scene.office_titles(scene.offices)
    if not held:
        text = Text(f"这一步由{names.zh}办理", f"This step is taken by {names.en}")
        return [Finding("by", "refused", clause, text, Text(f"请转{names.zh}。", f"Pass it to {names.en}."), scene.offices)]
    if act.jointly:
        left = tuple(o for o in scene.offices if o not in scene.actor.offices and o not in scene.readings.signed)
        if left:
            waiting = scene.office_titles(left)
            text = Text(f"须共同办理，还缺{waiting.zh}签署", f"Taken jointly; {waiting.en} has yet to sign")
            return [Finding("by", "missing", clause, text, Text(f"请{waiting.zh}签署。", f"{waiting.en} signs next."), left)]
    return [Finding("by", "ok", clause, Text(f"由{names.zh}办理", f"Taken by {names.en}"))]


def _apart(act: Act, scene: Scene) -> list[Finding]:
    reasons: list[Text] = []
    for relation in act.apart_from:
        if relation.startswith(_DID):
            earlier = relation.removeprefix(_DID).strip()
            if scene.actor.person in scene.readings.did.get(earlier, ()):
                before = scene.procedure.acts[earlier].title if earlier in scene.procedure.acts else Text(earlier, earlier)
                reasons.append(Text(f"您办理过{quoted(before.zh)}", f"you took {quoted(before.en)}"))
        elif relation in scene.readings.relations:
            title = scene.relation_title(relation)
            reasons.append(Text(f"您是{title.zh}", f"you are {title.en}"))
    if not reasons:
        return []
    why = listed(reasons)
    text = Text(f"应当回避：{why.zh}", f"You must stand aside: {why.en}")
    mend = Text("请由同一单位的其他人办理。", "Somebody else of the same office takes it.")
    return [Finding("apart_from", "refused", act.clause[0] if act.clause else "open", text, mend, scene.offices)]
