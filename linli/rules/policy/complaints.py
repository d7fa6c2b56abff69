"""Every mistake a pack can have, in words: what is wrong, and how to mend it. One row per kind, both languages."""

from collections.abc import Mapping

from linli.rules.plain.texts import Text

Sentences = tuple[Text, Text]


def _row(zh: str, en: str, mend_zh: str, mend_en: str) -> Sentences:
    return Text(zh, en), Text(mend_zh, mend_en)


_WRITING: Mapping[str, Sentences] = {
    "not_utf8": _row("文件不是 UTF-8 编码。", "The file is not UTF-8.", "请另存为 UTF-8。", "Save it as UTF-8."),
    "not_yaml": _row(
        "这里不合 YAML 的写法。",
        "This is not YAML.",
        "看看这一行和上一行：引号、括号是否成对，缩进是否对齐；含英文逗号或冒号的句子要加引号。",
        "Look at this line and the one before: quotes and brackets in pairs, indentation aligned; "
        "quote a sentence that has a comma or a colon.",
    ),
    "tab": _row("这一行有制表符。", "There is a tab in this line.", "改用空格。", "Use spaces instead."),
    "two_documents": _row(
        "一个文件里写了两份文档（---）。",
        "One file holds two documents (---).",
        "拆成两个文件，或删去 ---。",
        "Split it into two files, or remove the ---.",
    ),
    "anchor": _row(
        "不能用“{sign}”这种引用。",
        "References such as “{sign}” cannot be used.",
        "把内容在这里写全。",
        "Write the content out here.",
    ),
    "tag": _row(
        "不能用类型标记“{tag}”。", "The tag “{tag}” cannot be used.", "删去标记，只写值。", "Remove the tag and write the value."
    ),
    "comma": _row(
        "“{words}”被当成了一个键：前面有没加引号的英文逗号。",
        "“{words}” was taken for a key: there is an unquoted comma before it.",
        "给整句话加上引号。",
        "Put the whole sentence in quotes.",
    ),
    "key_not_a_word": _row("键必须是一个词。", "A key must be a word.", "把键改成一个词。", "Make the key one word."),
    "duplicate_key": _row(
        "键“{key}”写了两次，第一次在第 {first} 行。",
        "The key “{key}” is written twice; the first time in line {first}.",
        "留下一个，删去另一个。",
        "Keep one and remove the other.",
    ),
    "unknown_file": _row(
        "规则包里没有“{file}”这种文件。",
        "A pack has no file such as “{file}”.",
        "可以有的文件夹或文件：{known}。",
        "Folders or files it may have: {known}.",
    ),
    "file_missing": _row("缺少文件 {file}。", "The file {file} is missing.", "补上这个文件。", "Add the file."),
}
_SHAPE: Mapping[str, Sentences] = {
    "unknown_key": _row(
        "{name}里没有“{key}”这个词。",
        "“{key}” is not a word of {name}.",
        "可以写：{known}。",
        "You may write: {known}.",
    ),
    "missing_key": _row("{name}缺少“{key}”。", "“{key}” is missing from {name}.", "补写“{key}”。", "Add “{key}”."),
    "unknown_word": _row(
        "“{word}”不是这里能用的词。",
        "“{word}” is not one of the words for this place.",
        "可以用：{known}。",
        "Use one of: {known}.",
    ),
    "wrong_type": _row(
        "这里要写{wanted}，写的却是{found}。", "{wanted} belongs here, but there is {found}.", "改成{wanted}。", "Write {wanted}."
    ),
    "not_two_languages": _row(
        "文字要有中文和英文两份，这里只有：{found}。",
        "A text needs Chinese and English, no more and no less; here is: {found}.",
        "写成 {{zh: …, en: …}}；句子里有英文逗号或冒号时加引号。",
        "Write {{zh: …, en: …}}; quote a sentence that has a comma or a colon.",
    ),
    "same_id": _row(
        "“{id}”写了两次，第一次在 {first}。",
        "“{id}” is written twice; the first time at {first}.",
        "改名或删去一个；要补充上面的规定，写 adds_to。",
        "Rename or remove one; to add to it, write adds_to.",
    ),
    "every_or_after": _row(
        "义务“{id}”要么按周期（every），要么随某一步（after），二者取一。",
        "The obligation “{id}” either recurs (every) or follows an act (after): one of the two.",
        "留下其中一个。",
        "Keep one of them.",
    ),
    "items_or_each_of": _row(
        "清单“{id}”没有事项。",
        "The checklist “{id}” has no items.",
        "写 items，或用 each_of 指明一个目录。",
        "Write items, or name a catalogue with each_of.",
    ),
    "due_within_or_by_date": _row(
        "期限要么是时长（within），要么是日期（by_date），二者取一。",
        "A deadline is either a length (within) or a date (by_date): one of the two.",
        "留下其中一个，值写在参数里。",
        "Keep one; its value stands in a parameter.",
    ),
}
_SOURCES: Mapping[str, Sentences] = {
    "text_missing": _row(
        "找不到原文 texts/{file}。",
        "The stored text texts/{file} is not there.",
        "把原文放进 texts 文件夹。",
        "Put the text into the folder texts.",
    ),
    "text_changed": _row(
        "原文 {file} 与登记的摘要不符：原文被改动过，或摘要写错。",
        "The text {file} does not match its digest: it was changed, or the digest is wrong.",
        "核对原文；确认无误后把 sha256 改为 {digest}。",
        "Check the text; when it is right, set sha256 to {digest}.",
    ),
    "clauses_of_no_source": _row(
        "文件名“{source}”不是登记过的来源。",
        "The file name “{source}” is not a registered source.",
        "文件名用来源编号，如：{known}。",
        "Name the file after a source: {known}.",
    ),
    "clause_id": _row(
        "条款“{id}”不以来源“{source}”开头。",
        "The clause “{id}” does not begin with its source “{source}”.",
        "写成“{source} §…”。",
        "Write it as “{source} §…”.",
    ),
    "words_not_in_text": _row(
        "条款“{id}”引用的话“{words}”在 {source} 原文里找不到。",
        "The words “{words}” of clause “{id}” are not in the text of {source}.",
        "从原文逐字抄录，标点也要一致。",
        "Copy the words from the text exactly, with their punctuation.",
    ),
    "unknown_clause": _row(
        "没有条款“{clause}”。",
        "There is no clause “{clause}”.",
        "先在 clauses 里登记它；原文没有规定的写 open。",
        "Register it in clauses first; write open where the regulation is silent.",
    ),
    "clause_missing": _row(
        "{name}没有依据。",
        "{name} has no clause.",
        "写 clause: 条款编号；原文没有规定的写 open。",
        "Write clause: and its id, or open where the regulation is silent.",
    ),
    "unknown_source": _row(
        "没有来源“{source}”。", "There is no source “{source}”.", "先在 sources.yaml 登记。", "Register it in sources.yaml first."
    ),
    "holiday": _row(
        "“{day}”不是 {file} 这一年的日期。",
        "“{day}” is not a day of the year of {file}.",
        "写成 2021-05-03，放进当年的文件。",
        "Write it as 2021-05-03 in the file of its year.",
    ),
    "pack_id": _row(
        "规则包编号“{id}”与文件夹“{folder}”不同名。",
        "The pack calls itself “{id}” but its folder is “{folder}”.",
        "两处写成一样。",
        "Make the two the same.",
    ),
    "extends_nothing": _row(
        "没有规则包“{pack}”可依。",
        "There is no pack “{pack}” to extend.",
        "改成已有的规则包：{known}。",
        "Name a pack that exists: {known}.",
    ),
    "extends_itself": _row(
        "规则包“{pack}”绕了一圈又依到自己。",
        "The pack “{pack}” extends itself in a circle.",
        "去掉其中一个 extends。",
        "Remove one of the extends.",
    ),
    "level_not_below": _row(
        "“{pack}”的层级（{level}）不在所依的“{above}”之下。",
        "The level of “{pack}” ({level}) is not below that of “{above}”, which it extends.",
        "改正 level 或 extends。",
        "Correct level or extends.",
    ),
    "unknown_document": _row(
        "文件“{key}”没有列在规则包的 documents 里。",
        "The document “{key}” is not among the documents of the packs.",
        "改正编号，或补登这份文件。",
        "Correct the key, or add the document.",
    ),
}
_VALUES: Mapping[str, Sentences] = {
    "wrong_value": _row(
        "“{found}”不是以 {unit} 计的值。",
        "“{found}” is not a value in {unit}.",
        "例如写 {example}；未设定写 null，不限写 unlimited。",
        "Write for example {example}; null if nobody has set it, unlimited if there is no limit.",
    ),
    "days_out_of_order": _row(
        "{day} 排在 {before} 之后，日期倒了。",
        "{day} stands after {before}: the days are out of order.",
        "按日期先后排列。",
        "Put the days in order.",
    ),
    "until_before_since": _row(
        "止日 {until} 早于起日 {since}。", "It ends on {until}, before it begins on {since}.", "改正 until。", "Correct until."
    ),
    "row_key": _row(
        "参数“{id}”只有一个值，不能写“{key}”。",
        "The parameter “{id}” has a single value; “{key}” cannot stand here.",
        "写 value: …；要分类取值，先写 by: 目录。",
        "Write value: …; for one value per entry, write by: and a catalogue first.",
    ),
    "row_empty": _row(
        "参数“{id}”的这一行没有值。",
        "This row of the parameter “{id}” holds no value.",
        "写 value: …，未设定写 null。",
        "Write value: …, or null if nobody has set it.",
    ),
    "unset_by_nobody": _row(
        "参数“{id}”未设定，却没写由谁设定。",
        "The parameter “{id}” is not set, and nothing says who sets it.",
        "写 set_by: [单位]。",
        "Write set_by: and the offices.",
    ),
    "by_what": _row(
        "参数“{id}”按“{by}”取值，但没有这个目录或评分表。",
        "The parameter “{id}” has values by “{by}”, but there is no such catalogue or scorecard.",
        "改成已有的目录。",
        "Name a catalogue that exists.",
    ),
    "no_such_entry": _row(
        "目录“{by}”里没有“{key}”。", "“{key}” is not an entry of “{by}”.", "可以写：{known}。", "You may write: {known}."
    ),
    "not_allowed_value": _row(
        "{day} 起“{key}”写 {value}，上级规定是 {above}，下级只可{may}。",
        "From {day} “{key}” is {value}; the law above says {above} and lower levels may only {may} it.",
        "改到允许的范围内。",
        "Bring it within what is allowed.",
    ),
    "number_outside_parameters": _row(
        "数字 {number} 写在了参数之外。",
        "The number {number} stands outside the parameters.",
        "在 parameters 里设一个参数写明依据，这里写参数的名字；只有 0 和 1 可以直接写。",
        "Make it a parameter with its clause and write the parameter's name here; only 0 and 1 may stand alone.",
    ),
}
_CHECKS: Mapping[str, Sentences] = {
    "one_source": _row(
        "一项检查要有且只有一个对象，这里有：{found}。",
        "A check looks at exactly one thing; here it looks at: {found}.",
        "从中选一个：{known}。",
        "Choose one of: {known}.",
    ),
    "one_operator": _row(
        "一项检查最多一个比较，这里有：{found}。",
        "A check compares at most once; here: {found}.",
        "拆成两项检查。",
        "Make two checks of it.",
    ),
    "no_operand": _row(
        "“{operator}”后面没有写比什么。",
        "“{operator}” is not followed by anything to compare with.",
        "写参数、目录、代码，或 0、1、true、false。",
        "Write a parameter, a catalogue, a code, or 0, 1, true, false.",
    ),
    "unknown_operand": _row(
        "“{name}”既不是参数也不是事实。",
        "“{name}” is neither a parameter nor a fact.",
        "改成已有的参数或事实。",
        "Name a parameter or a fact that exists.",
    ),
    "which_entry": _row(
        "参数“{name}”按“{by}”取值，这里没说取哪一项。",
        "The parameter “{name}” has values by “{by}”, and nothing says which entry is meant.",
        "写 at: 项目代码。",
        "Write at: and the entry.",
    ),
    "no_exception_to_use": _row(
        "exception: true 要用参数“{name}”的例外，但它没有写例外。",
        "exception: true uses the exception of the parameter “{name}”, which has none.",
        "在参数里写 exception，或在这里写明由谁批准。",
        "Write the exception in the parameter, or say here who may grant it.",
    ),
    "same_check_key": _row(
        "两项检查都叫“{key}”，第一项在第 {first} 行，批准例外时分不清。",
        "Two checks are called “{key}”, the first one in line {first}: an exception could not tell them apart.",
        "给这一项写 key: 另一个名字。",
        "Give this one a key: of its own.",
    ),
    "stray_modifier": _row(
        "“{key}”要和“{needs}”一起写。",
        "“{key}” only goes with “{needs}”.",
        "补上“{needs}”，或删去“{key}”。",
        "Add “{needs}”, or remove “{key}”.",
    ),
    "unknown_reference": _row(
        "没有叫“{id}”的{what}。",
        "There is no {what} called “{id}”.",
        "改正名字，或先写出这个{what}。",
        "Correct the name, or write the {what} first.",
    ),
    "unknown_fact": _row(
        "“{name}”里没有事实“{fact}”。", "“{name}” has no fact “{fact}”.", "可以读：{known}。", "It has: {known}."
    ),
    "unknown_office": _row(
        "没有职务“{office}”，或它不在这个层级。",
        "There is no office “{office}”, or not at that level.",
        "写成“层级.职务”，见 vocabulary/offices.yaml。",
        "Write it as level.office, as in vocabulary/offices.yaml.",
    ),
    "fact_without_title": _row(
        "事实“{fact}”没有名称。",
        "The fact “{fact}” has no title.",
        "在 vocabulary/evidence_facts.yaml 里写上中英文名称。",
        "Give it one in vocabulary/evidence_facts.yaml, in both languages.",
    ),
    "unknown_actor": _row(
        "“{name}”不是本程序的角色，也不是职务。",
        "“{name}” is neither a role of this procedure nor an office.",
        "改正名字，或在 roles 里写出这个角色。",
        "Correct the name, or write the role under roles.",
    ),
    "unit_mismatch": _row(
        "“{fact}”是 {left}，不能和“{name}”（{right}）比。",
        "“{fact}” is {left} and cannot be held against “{name}” ({right}).",
        "换一个同类的参数或事实。",
        "Use a parameter or a fact of the same kind.",
    ),
}
_STATES: Mapping[str, Sentences] = {
    "state_in_two_stages": _row(
        "状态“{state}”已经在阶段“{stage}”里。",
        "The state “{state}” already belongs to the stage “{stage}”.",
        "只留一处。",
        "Keep it in one stage.",
    ),
    "unreachable_state": _row(
        "没有一步能走到状态“{state}”。",
        "No act leads to the state “{state}”.",
        "写出走到它的步骤，或删去它。",
        "Write an act that leads there, or remove it.",
    ),
    "no_way_out": _row(
        "状态“{state}”没有出路，也不是终点。",
        "Nothing leads out of the state “{state}”, and it is no end.",
        "写出下一步，或写 end: done。",
        "Write the next act, or end: done.",
    ),
    "act_out_of_end": _row(
        "“{state}”是终点，不能再走“{act}”。",
        "“{state}” is an end; the act “{act}” cannot leave it.",
        "去掉 end，或改正 from。",
        "Remove end, or correct from.",
    ),
    "skipped_gate": _row(
        "“{act}”绕过了上级规定的步骤：{skipped}。",
        "The act “{act}” goes around acts of the law above: {skipped}.",
        "如确有依据，写 bypasses: [{skipped}]。",
        "If a clause allows it, write bypasses: [{skipped}].",
    ),
    "bypasses_nothing": _row(
        "“{act}”并没有绕过“{named}”。",
        "The act “{act}” does not go around “{named}”.",
        "从 bypasses 里删去。",
        "Remove it from bypasses.",
    ),
}
_OVERLAYS: Mapping[str, Sentences] = {
    "adds_to_nothing": _row(
        "“{pack}”里没有“{id}”可以补充。",
        "There is no “{id}” in “{pack}” to add to.",
        "改正 adds_to 或名字。",
        "Correct adds_to or the name.",
    ),
    "redefined": _row(
        "“{id}”在上级规则包“{pack}”里已有。",
        "“{id}” already exists in the pack “{pack}” above.",
        "要补充它，写 adds_to: {pack}；否则改名。",
        "To add to it, write adds_to: {pack}; else rename it.",
    ),
    "touches_law_above": _row(
        "补充{name}不能改“{key}”：那是“{pack}”的规定。",
        "An addition to {name} cannot change “{key}”: that is for “{pack}” to say.",
        "删去“{key}”，只写补充的内容。",
        "Remove “{key}” and write only what is added.",
    ),
    "changes_law_above": _row(
        "“{key}”已有规定，补充不能改动它。",
        "“{key}” already stands; an addition cannot change it.",
        "删去这一项，或另起一个名字。",
        "Remove it, or use another name.",
    ),
    "law_above_keeps": _row(
        "“{pack}”不许下级改动“{id}”。",
        "“{pack}” does not let lower levels add to “{id}”.",
        "删去这段补充。",
        "Remove the addition.",
    ),
    "only_aliases": _row(
        "“{pack}”只许给“{id}”起别名，不能加“{key}”。",
        "“{pack}” allows only other names for “{id}”, not a new entry “{key}”.",
        "写成已有条目的 aliases。",
        "Write it as aliases of an entry that exists.",
    ),
    "loosens": _row(
        "“{id}”的 lower_levels_may 从 {old} 放宽为 {new}。",
        "lower_levels_may of “{id}” is loosened from {old} to {new}.",
        "下级只能收紧。",
        "A lower level may only tighten it.",
    ),
}
COMPLAINTS: Mapping[str, Sentences] = {**_WRITING, **_SHAPE, **_SOURCES, **_VALUES, **_CHECKS, **_STATES, **_OVERLAYS}

NOTES: Mapping[str, Sentences] = {
    "clause_inherited": _row(
        "{name}没有自己的依据，沿用 {clause}。",
        "{name} names no clause of its own and rests on {clause}.",
        "能分清时写上自己的条款。",
        "Name its own clause where it can be told.",
    ),
    "unused_clause": _row(
        "条款“{clause}”没有被引用。",
        "The clause “{clause}” is not cited.",
        "看看是否遗漏了一项规定。",
        "See whether a rule was missed.",
    ),
}
