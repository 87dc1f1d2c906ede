"""What the sample's events are about, in a municipal platform's own words, and the columns of its file."""

from __future__ import annotations

from dataclasses import dataclass

_TITLES = (
    "REPORT_NUM,EVENT_PROPERTY_NAME,EVENT_TYPE_ID,EVENT_TYPE_NAME,EVENT_SRC_NAME,DISTRICT_ID,INTIME_ARCHIVE_NUM,"
    "SUB_TYPE_ID,DISTRICT_NAME,COMMUNITY_ID,REC_ID,STREET_ID,OVERTIME_ARCHIVE_NUM,OPERATE_NUM,DISPOSE_UNIT_ID,"
    "STREET_NAME,CREATE_TIME,EVENT_SRC_ID,INTIME_TO_ARCHIVE_NUM,SUB_TYPE_NAME,EVENT_PROPERTY_ID,OCCUR_PLACE,"
    "COMMUNITY_NAME,DISPOSE_UNIT_NAME,MAIN_TYPE_NAME,MAIN_TYPE_ID"
)
TITLES = _TITLES.split(",")
"""The columns in the platform's order."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A type, main type and subtype that belong together."""

    type: str
    main: str
    subtype: str


DISPUTES = (
    Subject("治安维稳", "民间纠纷", "邻里纠纷"),
    Subject("社区管理", "物业服务管理监督", "业主委员会与物业管理公司的纠纷"),
    Subject("劳动社保", "劳动社保", "劳动者的劳动报酬纠纷"),
)

SUBJECTS = (
    Subject("市容环卫", "垃圾问题", "暴露垃圾"),
    Subject("市容环卫", "渣土问题", "积存垃圾渣土"),
    Subject("市容环卫", "占道经营", "无照经营游商"),
    Subject("市容环卫", "占道经营", "店外经营"),
    Subject("市容环卫", "车辆乱停放", "机动车乱停放"),
    Subject("市容环卫", "绿化养护", "树木养护"),
    Subject("市政设施", "公用部件", "下水井盖"),
    Subject("市政设施", "公用部件", "路灯"),
    Subject("市政设施", "市政、公共设施设置及维护", "道路破损"),
    Subject("环保水务", "社会生活噪声", "公共场所噪声"),
    Subject("环保水务", "服务行业废气扰民", "油烟污染"),
    Subject("安全隐患", "消防设施安全", "消防通道堵塞"),
    Subject("安全隐患", "线路消防安全", "电动车存消防安全隐患"),
    Subject("安全隐患", "建设工程质量", "房屋质量安全隐患"),
    Subject("社区管理", "物业服务管理监督", "小区水、电、气维修"),
    Subject("民政服务", "社会救助", "医疗救助"),
    Subject("文体旅游", "宣传舆论", "精神文明建设"),
    *DISPUTES,
)

UNITS = {
    "市容环卫": "街道综合执法队",
    "市政设施": "城市管理局",
    "环保水务": "环境保护和水务局",
    "安全隐患": "安全生产监督管理局",
    "民政服务": "民政局",
}
"""Who handles what; all else the community's own office does."""
