"""The columns of a needs spreadsheet and the many names people give them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from linli.records.needs.form import NeedForm
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue

_NOISE = re.compile(r"[\W_]+|必填|选填|required|optional")
# What our own correction files carry besides; read and thrown away.
ORIGIN, REASON = "_origin", "_reason"
_OURS = {ORIGIN: Text("原文件行", "Row in the file"), REASON: Text("请更正", "Please correct")}

_DESK = {
    "asker_name": Text("姓名", "Name"),
    "household": Text("户号", "Household number"),
    "collected_on": Text("征集日期", "Day collected"),
    "paper_ref": Text("纸质表编号", "Number of the paper form"),
}
_SYNONYMS = {
    "what": "需求 需求内容 诉求 诉求内容 居民需求 问题 问题描述 建议 意见建议 需要解决的问题 具体需求 内容 need description",
    "where": "地点 地址 位置 具体位置 需求地点 所在位置 小区 小区楼栋 place location",
    "asker_name": "提出人姓名 居民姓名 联系人 姓名 称呼 填表人 户主 户主姓名 名字 name",
    "contact": "电话 手机 手机号 手机号码 联系方式 电话号码 联系电话手机 phone mobile telephone",
    "household": "户号 户编号 户码 家庭编号 household",
    "asker": "提出者 提出人类别 提出人类型 身份 类别 asker",
    "channel": "途径 渠道 收集渠道 征集途径 征集渠道 线上线下 channel",
    "mode": "方式 征集方式 收集方式 征集类型 mode",
    "wish": "项目类型 希望项目类型 类型 wish",
    "urgency": "紧急程度 缓急 急不急 urgency",
    "beneficiaries": "受益人数 受益人 惠及人数 受益面 beneficiaries",
    "groups": "重点人群 人群 特殊群体 人群类别 groups",
    "collected_on": "日期 征集日期 收集日期 登记日期 填表日期 提出日期 时间 date",
    "paper_ref": "编号 表号 纸质编号 表格编号 paper",
}
_NOT_IN_A_SHEET = ("file", "lines")


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: Text
    required: bool = False
    catalogue: Catalogue | None = None
    hint: Text | None = None


def columns_of(form: NeedForm) -> tuple[Column, ...]:
    """What and where first, then who, then the rest of the pack's form."""
    asked = [
        Column(one.key, one.title, one.required, form.rules.catalogues.get(one.catalogue), one.hint)
        for one in form.form.fields.values()
        if one.type not in _NOT_IN_A_SHEET
    ]
    desk = [Column(key, title) for key, title in _DESK.items()]
    order = ["what", "where", "asker_name", "contact", "household"]
    return tuple(sorted([*asked, *desk], key=lambda column: order.index(column.key) if column.key in order else len(order)))


@dataclass(frozen=True)
class Headers:
    """Which column of a sheet is which. `unknown` are headers nobody could place."""

    keys: tuple[str, ...]  # by position; "" where not known
    titles: tuple[str, ...]

    @property
    def known(self) -> frozenset[str]:
        return frozenset(key for key in self.keys if key)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(title for key, title in zip(self.keys, self.titles, strict=True) if title and not key)


class HeaderBook:
    """Recognises a row of headers."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self._keys: dict[str, str] = {}
        for column in columns:
            own = (column.title.zh, column.title.en, column.key)
            for name in (*own, *_SYNONYMS.get(column.key, "").split()):
                self._keys.setdefault(_plain(name), column.key)
        for key, title in _OURS.items():
            self._keys |= {_plain(title.zh): key, _plain(title.en): key}

    def read(self, cells: Sequence[str]) -> Headers | None:
        """The headers, or None if this row is none: it must name the need and one thing more."""
        keys: list[str] = []
        for cell in cells:
            key = self._keys.get(_plain(cell), "")
            keys.append("" if key in keys else key)
        if "what" not in keys or sum(bool(key) for key in keys) < 2:
            return None
        return Headers(tuple(keys), tuple(cell.strip() for cell in cells))

    def missing(self, headers: Headers) -> list[Column]:
        """Columns without which no row can be taken, apart from those with a usual value."""
        return [column for column in self.columns if column.key in ("what", "where") and column.key not in headers.known]


def our_title(key: str) -> Text:
    return _OURS[key]


def _plain(name: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", name).lower())
