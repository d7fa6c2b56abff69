"""Mistakes of writing, of shape and of sources, in words."""

from collections.abc import Mapping

from linli.rules.plain.texts import Text

Sentences = tuple[Text, Text]


def row(zh: str, en: str, mend_zh: str, mend_en: str) -> Sentences:
    """What is wrong and how to mend it, each in both languages."""
    return Text(zh, en), Text(mend_zh, mend_en)


WRITING: Mapping[str, Sentences] = {
    "not_utf8": row("文件不是 UTF-8 编码。", "The file is not UTF-8.", "请另存为 UTF-8。", "Save it as UTF-8."),
    "not_yaml": row(
        "这里不合 YAML 的写法。",
        "This is not YAML.",
        "看看这一行和上一行：引号、括号是否成对，缩进是否对齐；含英文逗号或冒号的句子要加引号。",
        "Look at this line and the one before: quotes and brackets in pairs, indentation aligned; "
        "quote a sentence that has a comma or a colon.",
    ),
    "tab": row("这一行有制表符。", "There is a tab in this line.", "改用空格。", "Use spaces instead."),
    "two_documents": row(
        "一个文件里写了两份文档（---）。",
        "One file holds two documents (---).",
        "拆成两个文件，或删去 ---。",
        "Split it into two files, or remove the ---.",
    ),
    "anchor": row(
        "不能用“{sign}”这种引用。",
        "References such as “{sign}” cannot be used.",
        "把内容在这里写全。",
        "Write the content out here.",
    ),
    "tag": row(
        "不能用类型标记“{tag}”。", "The tag “{tag}” cannot be used.", "删去标记，只写值。", "Remove the tag and write the value."
    ),
    "comma": row(
        "“{words}”被当成了一个键：前面有没加引号的英文逗号。",
        "“{words}” was taken for a key: there is an unquoted comma before it.",
        "给整句话加上引号。",
        "Put the whole sentence in quotes.",
    ),
    "key_not_a_word": row("键必须是一个词。", "A key must be a word.", "把键改成一个词。", "Make the key one word."),
    "duplicate_key": row(
        "键“{key}”写了两次，第一次在第 {first} 行。",
        "The key “{key}” is written twice; the first time in line {first}.",
        "留下一个，删去另一个。",
        "Keep one and remove the other.",
    ),
    "unknown_file": row(
        "规则包里没有“{file}”这种文件。",
        "A pack has no file such as “{file}”.",
        "可以有的文件夹或文件：{known}。",
        "Folders or files it may have: {known}.",
    ),
    "file_missing": row("缺少文件 {file}。", "The file {file} is missing.", "补上这个文件。", "Add the file."),
}
SHAPE: Mapping[str, Sentences] = {
    "unknown_key": row(
        "{name}里没有“{key}”这个词。",
        "“{key}” is not a word of {name}.",
        "可以写：{known}。",
        "You may write: {known}.",
    ),
    "missing_key": row("{name}缺少“{key}”。", "“{key}” is missing from {name}.", "补写“{key}”。", "Add “{key}”."),
    "unknown_word": row(
        "“{word}”不是这里能用的词。",
        "“{word}” is not one of the words for this place.",
        "可以用：{known}。",
        "Use one of: {known}.",
    ),
    "wrong_type": row(
        "这里要写{wanted}，写的却是{found}。", "{wanted} belongs here, but there is {found}.", "改成{wanted}。", "Write {wanted}."
    ),
    "not_two_languages": row(
        "文字要有中文和英文两份，这里只有：{found}。",
        "A text needs Chinese and English, no more and no less; here is: {found}.",
        "写成 {{zh: …, en: …}}；句子里有英文逗号或冒号时加引号。",
        "Write {{zh: …, en: …}}; quote a sentence that has a comma or a colon.",
    ),
    "same_id": row(
        "“{id}”写了两次，第一次在 {first}。",
        "“{id}” is written twice; the first time at {first}.",
        "改名或删去一个；要补充上面的规定，写 adds_to。",
        "Rename or remove one; to add to it, write adds_to.",
    ),
    "every_or_after": row(
        "义务“{id}”要么按周期（every），要么随某一步（after），二者取一。",
        "The obligation “{id}” either recurs (every) or follows an act (after): one of the two.",
        "留下其中一个。",
        "Keep one of them.",
    ),
    "items_or_each_of": row(
        "清单“{id}”没有事项。",
        "The checklist “{id}” has no items.",
        "写 items，或用 each_of 指明一个目录。",
        "Write items, or name a catalogue with each_of.",
    ),
    "due_within_or_by_date": row(
        "期限要么是时长（within），要么是日期（by_date），二者取一。",
        "A deadline is either a length (within) or a date (by_date): one of the two.",
        "留下其中一个，值写在参数里。",
        "Keep one; its value stands in a parameter.",
    ),
}
SOURCES: Mapping[str, Sentences] = {
    "text_missing": row(
        "找不到原文 texts/{file}。",
        "The stored text texts/{file} is not there.",
        "把原文放进 texts 文件夹。",
        "Put the text into the folder texts.",
    ),
    "text_changed": row(
        "原文 {file} 与登记的摘要不符：原文被改动过，或摘要写错。",
        "The text {file} does not match its digest: it was changed, or the digest is wrong.",
        "核对原文；确认无误后把 sha256 改为 {digest}。",
        "Check the text; when it is right, set sha256 to {digest}.",
    ),
    "clauses_of_no_source": row(
        "文件名“{source}”不是登记过的来源。",
        "The file name “{source}” is not a registered source.",
        "文件名用来源编号，如：{known}。",
        "Name the file after a source: {known}.",
    ),
    "clause_id": row(
        "条款“{id}”不以来源“{source}”开头。",
        "The clause “{id}” does not begin with its source “{source}”.",
        "写成“{source} §…”。",
        "Write it as “{source} §…”.",
    ),
    "words_not_in_text": row(
        "条款“{id}”引用的话“{words}”在 {source} 原文里找不到。",
        "The words “{words}” of clause “{id}” are not in the text of {source}.",
        "从原文逐字抄录，标点也要一致。",
        "Copy the words from the text exactly, with their punctuation.",
    ),
    "unknown_clause": row(
        "没有条款“{clause}”。",
        "There is no clause “{clause}”.",
        "先在 clauses 里登记它；原文没有规定的写 open。",
        "Register it in clauses first; write open where the regulation is silent.",
    ),
    "clause_missing": row(
        "{name}没有依据。",
        "{name} has no clause.",
        "写 clause: 条款编号；原文没有规定的写 open。",
        "Write clause: and its id, or open where the regulation is silent.",
    ),
    "unknown_source": row(
        "没有来源“{source}”。", "There is no source “{source}”.", "先在 sources.yaml 登记。", "Register it in sources.yaml first."
    ),
    "holiday": row(
        "“{day}”不是 {file} 这一年的日期。",
        "“{day}” is not a day of the year of {file}.",
        "写成 2021-05-03，放进当年的文件。",
        "Write it as 2021-05-03 in the file of its year.",
    ),
    "pack_id": row(
        "规则包编号“{id}”与文件夹“{folder}”不同名。",
        "The pack calls itself “{id}” but its folder is “{folder}”.",
        "两处写成一样。",
        "Make the two the same.",
    ),
    "extends_nothing": row(
        "没有规则包“{pack}”可依。",
        "There is no pack “{pack}” to extend.",
        "改成已有的规则包：{known}。",
        "Name a pack that exists: {known}.",
    ),
    "extends_itself": row(
        "规则包“{pack}”绕了一圈又依到自己。",
        "The pack “{pack}” extends itself in a circle.",
        "去掉其中一个 extends。",
        "Remove one of the extends.",
    ),
    "level_not_below": row(
        "“{pack}”的层级（{level}）不在所依的“{above}”之下。",
        "The level of “{pack}” ({level}) is not below that of “{above}”, which it extends.",
        "改正 level 或 extends。",
        "Correct level or extends.",
    ),
    "unknown_document": row(
        "文件“{key}”没有列在规则包的 documents 里。",
        "The document “{key}” is not among the documents of the packs.",
        "改正编号，或补登这份文件。",
        "Correct the key, or add the document.",
    ),
}
