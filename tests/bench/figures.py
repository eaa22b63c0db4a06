"""Which figures there are, what each is held against, and the targets."""

from __future__ import annotations

from dataclasses import dataclass

WORKLOADS = {"township": "乡镇", "pages": "全是网页"}
OF_A_SITE = {
    "processor": ("　处理器时间", "秒"),
    "memory": ("　内存峰值", "MB"),
    "bytes": ("　网页文件夹", "字节"),
    "files": ("　网页文件夹", "个文件"),
    "index": ("　搜索索引", "字节"),
    "page": ("　最大的网页", "字节"),
}


def _with_parts(name: str, label: str, parts: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    return {name: (label, "秒"), **{f"{name}.{part}": OF_A_SITE[part] for part in parts}}


EFFORT, ALL = ("processor", "memory"), tuple(OF_A_SITE)
LABELS: dict[str, tuple[str, str]] = {
    **_with_parts("check", "检查全部，从头", EFFORT),
    "check-again": ("检查全部，没有改动", "秒"),
    "check-one": ("检查一个文件", "秒"),
    "imports": ("只装入程序", "秒"),
    "check-one.more": ("检查一个文件，比只装入程序多", "秒"),
    **_with_parts("build", "从头生成", ALL),
    **_with_parts("build-edit", "改一条后生成", EFFORT),
    "build-again": ("没有改动再生成", "秒"),
    "preview": ("预览：改一条到看得见", "秒"),
    "search.ready": ("搜索：打开到能用", "秒"),
    "search.short": ("　答三个字", "秒"),
    "search.long": ("　答十二个字", "秒"),
    **_with_parts("plain", "普通做法，生成", ALL),
    "plain-preview": ("普通做法，预览", "秒"),
    "hugo": ("Hugo 加 Pagefind", "秒"),
    "hugo.pages": ("　Hugo 生成网页", "秒"),
    "hugo.search": ("　Pagefind 做索引", "秒"),
    **_with_parts("hugo", "Hugo 加 Pagefind", ALL),
    **_with_parts("sample", "示例年份，从头生成", EFFORT),
    "check.growth": ("检查全部，增长", "倍"),
    "build.growth": ("从头生成，增长", "倍"),
}
"""The figures in the order of the table: what a reader calls each, and its unit."""

BESIDE = {"build-edit": "plain", "build-again": "plain", "preview": "plain-preview"} | {
    f"{ours}{part}": f"plain{part}"
    for ours in ("build", "hugo")
    for part in ("", *(f".{part}" for part in OF_A_SITE))
}
"""Which figure of the plain hook each is a ratio to."""


@dataclass(frozen=True)
class Target:
    """At most `limit`, in the figure's unit, or as a ratio to the plain hook; None: for all."""

    figure: str
    limit: float
    records: int | None = 10_000
    workload: str | None = None
    is_ratio: bool = False


TARGETS = (
    Target("build", 0.28, workload="pages", is_ratio=True),
    Target("build", 0.12, workload="township", is_ratio=True),
    Target("build-edit", 0.05, workload="pages", is_ratio=True),
    Target("preview", 0.3, records=1000),
    Target("preview", 0.6),
    Target("check", 3.0),
    Target("check-again", 0.7),
    Target("check-one.more", 0.3),
    Target("build.memory", 450),
    Target("build.page", 400_000, workload="township"),
    Target("build.index", 4_000_000, workload="township"),
    Target("search.ready", 1.0, workload="township"),
    Target("search.short", 0.1, workload="township"),
    Target("search.long", 0.1, workload="township"),
    Target("sample", 3.0, records=None),
    Target("check.growth", 10.5),
    Target("build.growth", 10.5),
)
GROWTH = (1000, 10_000)
"""From how many records to how many."""
