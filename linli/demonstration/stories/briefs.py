"""The projects of the district, one line each: where, what, how much, and how far it has come."""

from linli.demonstration.stories.projects import Brief
from linli.demonstration.world import DACHONG, DAXIN, HOUHAI, KEJIYUAN, LONGGUANG, NANTOUCHENG, TANGLANG, TIANXIA

_SERVICE = ("service", "mass_activity")
_GOODS = ("goods", "convenience")

BRIEFS: tuple[Brief, ...] = (
    # One in every state.
    Brief("draft", DAXIN, "北街长椅", "沿北街设置 12 张长椅", "北街", 68_000, "draft", kind=_GOODS),
    Brief("designed", KEJIYUAN, "老年人手机课堂", "每周两次手机使用课", "党群服务中心", 96_000, "designed", kind=_SERVICE),
    Brief("selected", DACHONG, "雨棚连廊", "公交站到小区门口加装雨棚", "大冲一路", 420_000, "selected"),
    Brief("evaluating", HOUHAI, "儿童游乐角", "更换老旧游乐设施", "中心公园", 268_000, "evaluating", slack=1),
    Brief("evaluated", LONGGUANG, "四点半课堂", "放学后看护与作业辅导", "社区书屋", 180_000, "evaluated", slack=2, kind=_SERVICE),
    Brief("determined", TANGLANG, "晾衣架更新", "楼栋公共晾衣架更新", "塘朗新村", 74_500, "determined", slack=2, kind=_GOODS),
    Brief("filing", NANTOUCHENG, "义诊进社区", "每月一次义诊", "南头古城广场", 120_000, "filing", slack=1, kind=_SERVICE),
    Brief("filed", TIANXIA, "井盖隐患整治", "更换破损井盖 60 处", "田厦村内巷道", 356_000, "filed", sent_back=True),
    Brief("running", DAXIN, "无障碍坡道", "三处单元门口改造坡道", "大新村", 298_000, "running", slack=2),
    Brief("finished", KEJIYUAN, "非机动车棚", "新建充电车棚两处", "科技园社区东侧", 452_000, "finished", slack=1),
    Brief("accepted", DACHONG, "反诈宣传周", "入户与广场宣传", "大冲商务中心广场", 58_000, "accepted", slack=2, kind=_SERVICE),
    Brief("appraised", HOUHAI, "海边步道照明", "步道加装地灯", "后海滨海步道", 488_000, "appraised", slack=2),
    Brief("settled", LONGGUANG, "健身路径", "更换健身器材 14 件", "龙光社区公园", 210_000, "settled", slack=2, kind=_GOODS),
    Brief(
        "archived",
        NANTOUCHENG,
        "三巷路灯",
        "安装 18 盏路灯，加灯罩",
        "南头城三巷",
        486_500,
        "archived",
        slack=4,
        wish="三巷没有路灯，晚上老人出门看不清路",
        objection="answered",
    ),
    # Ended otherwise.
    Brief(
        "refused",
        TIANXIA,
        "小区门禁升级",
        "更换小区门禁",
        "田厦花园",
        150_000,
        "evaluated",
        ending="refuse",
        reason="评议中查明属物业服务企业应承担的职责，转其办理。",
        kind=_GOODS,
    ),
    Brief(
        "withdrawn",
        TANGLANG,
        "露天电影",
        "夏季放映八场",
        "塘朗广场",
        36_000,
        "designed",
        ending="withdraw",
        reason="居民改提室内放映，重新立项。",
        kind=_SERVICE,
    ),
    Brief(
        "stopped",
        HOUHAI,
        "口袋公园",
        "改造闲置绿地",
        "后海大道西侧",
        520_000,
        "running",
        ending="stop",
        reason="地块纳入城市更新，街道党工委决定终止。",
    ),
    # Situations.
    Brief(
        "under_objection",
        NANTOUCHENG,
        "垃圾分类亭",
        "新建分类投放亭四处",
        "南头城二坊",
        320_000,
        "evaluated",
        slack=5,
        objection="open",
    ),
    Brief("large", KEJIYUAN, "地下人行通道改造", "照明、防滑和排水整体改造", "科苑路通道", 860_000, "running", slack=4),
    Brief(
        "cross",
        DACHONG,
        "跨社区慢行道",
        "与科技园社区相接的慢行道",
        "大沙河沿线",
        640_000,
        "evaluated",
        slack=3,
        more={"cross_community": "yes", "other_communities": "科技园社区"},
    ),
    Brief("changing", LONGGUANG, "社区花园", "共建花园与堆肥角", "龙光社区活动中心旁", 230_000, "running", slack=6),
    Brief("changed", TANGLANG, "避雨亭", "新建避雨亭两座", "塘朗公交站", 190_000, "running", slack=8),
    Brief("over_cap", HOUHAI, "长者配餐服务", "为高龄老人送餐一年", "后海社区", 560_000, "selected", slack=4, kind=_SERVICE),
)

# Done and paid for last year: where last year's money went is a page with an answer.
LAST_YEAR: tuple[Brief, ...] = (
    Brief(
        "last_year_benches", NANTOUCHENG, "巷口座椅", "沿巷口设置 10 张靠背座椅", "南头城二巷", 86_000, "archived", kind=_GOODS
    ),
    Brief("last_year_reading", HOUHAI, "亲子阅读角", "每周一次亲子阅读", "后海社区书屋", 120_000, "archived", kind=_SERVICE),
)
