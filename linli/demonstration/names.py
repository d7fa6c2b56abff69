"""Made-up names, each marked 演示. The same seed gives the same names."""

from collections.abc import Iterable
from random import Random

_MARK = "（演示）"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜戚谢邹苏潘葛范彭鲁韦马苗方俞袁柳"
_FIRST = "禾清知言景若以云思望予亦安嘉沐承书语晴初微乐牧映舒筱千青念时"
_SECOND = "宁和远舒然川遥朗悦白南溪帆澄岚冬禾野桐笙竹微森霖秋棠乔夏一"


class Names:
    """Hands out names and telephone numbers that belong to nobody."""

    def __init__(self, seed: int, given: Iterable[str] = ()) -> None:
        """`given` are names that belong to somebody already."""
        self._random = Random(seed)
        self._given = {name.removesuffix(_MARK) for name in given}
        self._phones = 0

    def person(self) -> str:
        """`王禾安（演示）`, each only once."""
        while True:
            name = "".join(self._random.choice(letters) for letters in (_SURNAMES, _FIRST, _SECOND))
            if name not in self._given:
                self._given.add(name)
                return f"{name}{_MARK}"

    def phone(self) -> str:
        """A number of the range 154, which no network has been given."""
        self._phones += 1
        return f"1540000{self._phones:04d}"
