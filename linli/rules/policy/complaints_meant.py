"""Mistakes of values, checks, states and overlays, in words."""

from collections.abc import Mapping

from linli.rules.policy.complaints_written import Sentences, row

VALUES: Mapping[str, Sentences] = {
    "wrong_value": row(
        "“{found}”不是以 {unit} 计的值。",
        "“{found}” is not a value in {unit}.",
        "例如写 {example}；未设定写 null，不限写 unlimited。",
        "Write for example {example}; null if nobody has set it, unlimited if there is no limit.",
    ),
    "days_out_of_order": row(
        "{day} 排在 {before} 之后，日期倒了。",
        "{day} stands after {before}: the days are out of order.",
        "按日期先后排列。",
        "Put the days in order.",
    ),
    "until_before_since": row(
        "止日 {until} 早于起日 {since}。", "It ends on {until}, before it begins on {since}.", "改正 until。", "Correct until."
    ),
    "row_key": row(
        "参数“{id}”只有一个值，不能写“{key}”。",
        "The parameter “{id}” has a single value; “{key}” cannot stand here.",
        "写 value: …；要分类取值，先写 by: 目录。",
        "Write value: …; for one value per entry, write by: and a catalogue first.",
    ),
    "row_empty": row(
        "参数“{id}”的这一行没有值。",
        "This row of the parameter “{id}” holds no value.",
        "写 value: …，未设定写 null。",
        "Write value: …, or null if nobody has set it.",
    ),
    "unset_by_nobody": row(
        "参数“{id}”未设定，却没写由谁设定。",
        "The parameter “{id}” is not set, and nothing says who sets it.",
        "写 set_by: [单位]。",
        "Write set_by: and the offices.",
    ),
    "by_what": row(
        "参数“{id}”按“{by}”取值，但没有这个目录或评分表。",
        "The parameter “{id}” has values by “{by}”, but there is no such catalogue or scorecard.",
        "改成已有的目录。",
        "Name a catalogue that exists.",
    ),
    "no_such_entry": row(
        "目录“{by}”里没有“{key}”。", "“{key}” is not an entry of “{by}”.", "可以写：{known}。", "You may write: {known}."
    ),
    "not_allowed_value": row(
        "{day} 起“{key}”写 {value}，上级规定是 {above}，下级只可{may}。",
        "From {day} “{key}” is {value}; the law above says {above} and lower levels may only {may} it.",
        "改到允许的范围内。",
        "Bring it within what is allowed.",
    ),
    "number_outside_parameters": row(
        "数字 {number} 写在了参数之外。",
        "The number {number} stands outside the parameters.",
        "在 parameters 里设一个参数写明依据，这里写参数的名字；只有 0 和 1 可以直接写。",
        "Make it a parameter with its clause and write the parameter's name here; only 0 and 1 may stand alone.",
    ),
}
CHECKS: Mapping[str, Sentences] = {
    "one_source": row(
        "一项检查要有且只有一个对象，这里有：{found}。",
        "A check looks at exactly one thing; here it looks at: {found}.",
        "从中选一个：{known}。",
        "Choose one of: {known}.",
    ),
    "one_operator": row(
        "一项检查最多一个比较，这里有：{found}。",
        "A check compares at most once; here: {found}.",
        "拆成两项检查。",
        "Make two checks of it.",
    ),
    "no_operand": row(
        "“{operator}”后面没有写比什么。",
        "“{operator}” is not followed by anything to compare with.",
        "写参数、目录、代码，或 0、1、true、false。",
        "Write a parameter, a catalogue, a code, or 0, 1, true, false.",
    ),
    "unknown_operand": row(
        "“{name}”既不是参数也不是事实。",
        "“{name}” is neither a parameter nor a fact.",
        "改成已有的参数或事实。",
        "Name a parameter or a fact that exists.",
    ),
    "which_entry": row(
        "参数“{name}”按“{by}”取值，这里没说取哪一项。",
        "The parameter “{name}” has values by “{by}”, and nothing says which entry is meant.",
        "写 at: 项目代码。",
        "Write at: and the entry.",
    ),
    "no_exception_to_use": row(
        "exception: true 要用参数“{name}”的例外，但它没有写例外。",
        "exception: true uses the exception of the parameter “{name}”, which has none.",
        "在参数里写 exception，或在这里写明由谁批准。",
        "Write the exception in the parameter, or say here who may grant it.",
    ),
    "exception_other_way": row(
        "“{name}”的例外没有写明往哪边走，或者与 {operator} 相反。",
        "The exception of “{name}” does not say which way it leads, or leads against {operator}.",
        "在例外里写 reaches: {wanted}（不超过的写 up_to，不少于的写 down_to）。",
        "Write reaches: {wanted} in the exception (up_to for a ceiling, down_to for a floor).",
    ),
    "same_check_key": row(
        "两项检查都叫“{key}”，第一项在第 {first} 行，批准例外时分不清。",
        "Two checks are called “{key}”, the first one in line {first}: an exception could not tell them apart.",
        "给这一项写 key: 另一个名字。",
        "Give this one a key: of its own.",
    ),
    "stray_modifier": row(
        "“{key}”要和“{needs}”一起写。",
        "“{key}” only goes with “{needs}”.",
        "补上“{needs}”，或删去“{key}”。",
        "Add “{needs}”, or remove “{key}”.",
    ),
    "unknown_reference": row(
        "没有叫“{id}”的{what}。",
        "There is no {what} called “{id}”.",
        "改正名字，或先写出这个{what}。",
        "Correct the name, or write the {what} first.",
    ),
    "unknown_fact": row(
        "“{name}”里没有事实“{fact}”。", "“{name}” has no fact “{fact}”.", "可以读：{known}。", "It has: {known}."
    ),
    "unknown_office": row(
        "没有职务“{office}”，或它不在这个层级。",
        "There is no office “{office}”, or not at that level.",
        "写成“层级.职务”，见 vocabulary/offices.yaml。",
        "Write it as level.office, as in vocabulary/offices.yaml.",
    ),
    "fact_without_title": row(
        "事实“{fact}”没有名称。",
        "The fact “{fact}” has no title.",
        "在 vocabulary/evidence_facts.yaml 里写上中英文名称。",
        "Give it one in vocabulary/evidence_facts.yaml, in both languages.",
    ),
    "unknown_actor": row(
        "“{name}”不是本程序的角色，也不是职务。",
        "“{name}” is neither a role of this procedure nor an office.",
        "改正名字，或在 roles 里写出这个角色。",
        "Correct the name, or write the role under roles.",
    ),
    "unit_mismatch": row(
        "“{fact}”是 {left}，不能和“{name}”（{right}）比。",
        "“{fact}” is {left} and cannot be held against “{name}” ({right}).",
        "换一个同类的参数或事实。",
        "Use a parameter or a fact of the same kind.",
    ),
}
STATES: Mapping[str, Sentences] = {
    "state_in_two_stages": row(
        "状态“{state}”已经在阶段“{stage}”里。",
        "The state “{state}” already belongs to the stage “{stage}”.",
        "只留一处。",
        "Keep it in one stage.",
    ),
    "unreachable_state": row(
        "没有一步能走到状态“{state}”。",
        "No act leads to the state “{state}”.",
        "写出走到它的步骤，或删去它。",
        "Write an act that leads there, or remove it.",
    ),
    "no_way_out": row(
        "状态“{state}”没有出路，也不是终点。",
        "Nothing leads out of the state “{state}”, and it is no end.",
        "写出下一步，或写 end: done。",
        "Write the next act, or end: done.",
    ),
    "rests_at_either_end": row(
        "状态“{state}”是起点或者终点，事情不会在这里长期保持。",
        "The state “{state}” is a beginning or an end; nothing comes to rest there on its way.",
        "去掉 rests；它只写在执行中、在库这样要等有了缘由才离开的状态上。",
        "Take rests away; it is for states such as in force or listed, which are left once there is a reason.",
    ),
    "act_out_of_end": row(
        "“{state}”是终点，不能再走“{act}”。",
        "“{state}” is an end; the act “{act}” cannot leave it.",
        "去掉 end，或改正 from。",
        "Remove end, or correct from.",
    ),
    "skipped_gate": row(
        "“{act}”绕过了上级规定的步骤：{skipped}。",
        "The act “{act}” goes around acts of the law above: {skipped}.",
        "如确有依据，写 bypasses: [{skipped}]。",
        "If a clause allows it, write bypasses: [{skipped}].",
    ),
    "bypasses_nothing": row(
        "“{act}”并没有绕过“{named}”。",
        "The act “{act}” does not go around “{named}”.",
        "从 bypasses 里删去。",
        "Remove it from bypasses.",
    ),
}
OVERLAYS: Mapping[str, Sentences] = {
    "adds_to_nothing": row(
        "“{pack}”里没有“{id}”可以补充。",
        "There is no “{id}” in “{pack}” to add to.",
        "改正 adds_to 或名字。",
        "Correct adds_to or the name.",
    ),
    "redefined": row(
        "“{id}”在上级规则包“{pack}”里已有。",
        "“{id}” already exists in the pack “{pack}” above.",
        "要补充它，写 adds_to: {pack}；否则改名。",
        "To add to it, write adds_to: {pack}; else rename it.",
    ),
    "touches_law_above": row(
        "补充{name}不能改“{key}”：那是“{pack}”的规定。",
        "An addition to {name} cannot change “{key}”: that is for “{pack}” to say.",
        "删去“{key}”，只写补充的内容。",
        "Remove “{key}” and write only what is added.",
    ),
    "changes_law_above": row(
        "“{key}”已有规定，补充不能改动它。",
        "“{key}” already stands; an addition cannot change it.",
        "删去这一项，或另起一个名字。",
        "Remove it, or use another name.",
    ),
    "law_above_keeps": row(
        "“{pack}”不许下级改动“{id}”。",
        "“{pack}” does not let lower levels add to “{id}”.",
        "删去这段补充。",
        "Remove the addition.",
    ),
    "only_aliases": row(
        "“{pack}”只许给“{id}”起别名，不能加“{key}”。",
        "“{pack}” allows only other names for “{id}”, not a new entry “{key}”.",
        "写成已有条目的 aliases。",
        "Write it as aliases of an entry that exists.",
    ),
    "loosens": row(
        "“{id}”的 lower_levels_may 从 {old} 放宽为 {new}。",
        "lower_levels_may of “{id}” is loosened from {old} to {new}.",
        "下级只能收紧。",
        "A lower level may only tighten it.",
    ),
}
