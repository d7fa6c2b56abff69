"""What residents ask for, in their own words. Combined, they fill the forms of a collection round."""

from collections.abc import Iterator

WISHES = (
    "晚上太黑，希望加一盏路灯", "健身器材坏了好久，希望修一修", "想要几张有靠背的长椅", "希望多开老年人手机课",
    "雨天积水，希望把排水沟清一清", "台阶太陡，希望装扶手", "希望放学后有地方写作业", "想学急救，希望办一次培训",
    "垃圾桶不够，气味大", "希望给独居老人送餐", "电动车乱停，希望划线", "希望有母婴室",
    "井盖一踩就响，怕掉下去", "希望办一次义诊", "树枝挡住路灯，希望修剪", "想要一块公共晾晒场",
    "希望儿童滑梯换新的", "希望多装一个直饮水点", "公交站没有雨棚", "希望开防诈骗讲座",
    "巷口视线不好，希望装凸面镜", "希望社区书屋周末也开", "想要残疾人坡道", "希望有人教太极",
)  # fmt: skip
SPOTS = (
    "一坊", "二坊", "三坊", "东巷", "西巷", "村口", "小广场", "书屋旁", "公交站旁", "幼儿园门口", "菜场后门", "河边步道",
)  # fmt: skip


def wishes() -> Iterator[tuple[str, str]]:
    """What and where, 288 different ones and then again."""
    while True:
        for number in range(len(WISHES) * len(SPOTS)):
            yield WISHES[number % len(WISHES)], SPOTS[(number // len(WISHES) + number) % len(SPOTS)]
