"""The kinds of member of mission.md §3, and the spellings by which files and people name them."""

from __future__ import annotations

STAFF = "staff"

NAMES = {
    "party_member": "在职党员",
    "local_worthy": "乡贤代表",
    "volunteer": "志愿服务人员",
    "resident_delegate": "群众代表",
    "special": "特约网格员",
    "resident": "居民",
    STAFF: "社区工作者",
}
"""Every kind with its Chinese name."""

SPELLINGS = {
    "党员": "party_member",
    "乡贤": "local_worthy",
    "两代表一委员": "local_worthy",
    "志愿者": "volunteer",
    "志愿服务人员": "volunteer",
    "群众代表（物业、业委会、居民小组长）": "resident_delegate",
    "居民小组长": "resident_delegate",
    "工作人员": STAFF,
}


def read(text: str) -> str | None:
    """The kind meant by its code, its Chinese name or a usual spelling of it; None when it is none of them."""
    if text in NAMES:
        return text
    return next((kind for kind, name in NAMES.items() if name == text), SPELLINGS.get(text))
