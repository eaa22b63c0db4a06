"""Rules about a published report: what it says may change only by a 更正."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fazhi.problems.problem import ERROR, WARNING, Fault, Problem
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Found, finds, rule
from fazhi.records.lock import Figure, Lock, fingerprint, kept_back, path_of, pending, typed
from fazhi.records.narrative import PUBLISHED, Narrative
from fazhi.records.record import Record
from fazhi.schema.township import Settings


def check(
    narrative: Narrative,
    lock: Lock | None,
    now: Mapping[str, Figure],
    settings: Settings,
    records: Iterable[Record],
) -> Iterator[Problem]:
    """Every rule about a report that has been published, no sample."""
    if lock is None:
        if narrative.meta.state == PUBLISHED and narrative.meta.corrections:
            yield nothing_corrected(narrative, lock)
        # A sample shows what a published report looks like, and nobody published it.
        elif narrative.meta.state == PUBLISHED and not settings.township.is_sample:
            yield from not_frozen(narrative, lock, settings)
    else:
        corrected = {name for one in pending(narrative, lock) for name in one.figures}
        yield from taken_back(narrative, lock, settings)
        yield from moved(narrative, lock, now, corrected)
        yield from rewritten(narrative, lock)
        yield from let_out(records, lock, settings)
        unchanged = [*nothing_to_correct(narrative, lock, now)]
        yield from unchanged or not_frozen(narrative, lock, settings)


def are_samples(lock: Lock, settings: Settings) -> bool:
    """Whether a lock is of samples, and the records are none any more: it holds nobody to anything."""
    return lock.holds_samples and not settings.township.is_sample


def _at_publishing(narrative: Narrative) -> list[str | int]:
    """The keys of the step by which the report was published: it comes last."""
    return ["流程", len(narrative.meta.steps) - 1]


@finds(WARNING)
def not_frozen(narrative: Narrative, lock: Lock | None, settings: Settings) -> Found:
    """FZ725: 流程里写了已发布的，有公布的存档；更正以后，重新发布。

    没有存档，以后改动记录使公布的数变了，程序发现不了，也证明不了发出去的是哪一份。
    示例数据没有人公布过，没有存档的不提醒。公布过示例的，存档是示例的：改成自己的记录以后，要另外公布。
    改法：运行 `python3 scripts/publish_report.py 2024`（写这一年的年份；示例数据的，后面加 `--sample`）。
    """
    sample = " --sample" if settings.township.is_sample else ""
    command = f"运行 python3 scripts/publish_report.py {narrative.year}{sample}"
    if lock is None:
        yield narrative, _at_publishing(narrative), "写了已发布，还没有公布的存档", command
        return
    for place, correction in enumerate(narrative.meta.corrections):
        if correction in pending(narrative, lock):
            yield narrative, ["更正", place], "更正还没有重新发布", command


@rule(ERROR)
def still_samples(years: Sequence[int], published: Sequence[int]) -> Fault:
    """FZ743: 示例数据写着“否”的，记录里没有作为示例公布过的。

    示例没有都换掉就改成“否”，导出的公文、生成的网页上就没有“示例”的字样，会被当成真的。
    一条记录同公布的示例一个字不差，或者一年的数全同示例的一样，就是没有换掉。
    改法：写回 `示例数据: 是`，都换成自己的以后再改成“否”；公布的本来就是真的，删去那份存档，重新公布。
    """
    told = "、".join(f"{year}年" for year in years)
    message = f"{told}的记录或者数还是作为示例公布过的"
    held = "、".join(map(path_of, published))
    return still_samples.fault(
        message, f"写回 是，都换成自己的再改；公布的本来就是真的，删去 {held}"
    )


def samples_published(lock: Lock, narrative: Narrative | None) -> Iterator[Problem]:
    """The same rule for a lock of samples: the package that went out tells of no township, and nothing
    in it is corrected."""
    message = f"{lock.year}年公布的包是示例数据，不是真的报告"
    hint = f"发出去的收回来，换成自己的记录，再公布；换了、现在不公布的，删去 {path_of(lock.year)}"
    yield Problem(path_of(lock.year), 1, 1, *not_frozen.fault(message, hint))
    if narrative and narrative.meta.corrections:
        yield nothing_corrected(narrative, lock)


@finds(ERROR)
def taken_back(narrative: Narrative, lock: Lock, settings: Settings) -> Found:
    """FZ726: 有公布的存档的，流程里写着已发布，日期同存档一样。

    公布过的报告收不回来；流程里删去发布的一步，报告又会标成草稿，示例数据改成“是”，又会标成示例。
    改法：补上“已发布”的一步，示例数据改回“否”；确实没有公布的，删去存档。
    """
    if lock.is_sample is False and settings.township.is_sample:
        message = f"{lock.year}年公布的不是示例，township.yml 却写着 示例数据: 是"
        hint = f"改回 否；确实没有公布的，删去 {path_of(lock.year)}"
        yield narrative, ["流程"], message, hint
    published = narrative.meta.published
    if published != lock.published:
        written = f"流程里写的是 {published}" if published else "流程里没有已发布"
        message = f"存档里是 {lock.published} 公布的，{written}"
        hint = f"照存档改；确实没有公布的，删去 {path_of(lock.year)}"
        yield narrative, ["流程"], message, hint


def without_a_report(lock: Lock) -> Problem:
    """The same rule for a lock whose narrative is gone."""
    message = f"{lock.year}年的报告公布过，叙述稿却没有了"
    hint = f"从 git 里取回 docs/report/{lock.year}.md"
    return Problem(path_of(lock.year), 1, 1, *taken_back.fault(message, hint))


@finds(ERROR)
def moved(
    narrative: Narrative, lock: Lock, now: Mapping[str, Figure], corrected: Iterable[str]
) -> Found:
    """FZ727: 公布以后，公布的数不变；变了的，写明更正。

    报告公布以后再改记录、指标或者上年的记录，公布的数同记录就对不上了。读的人看得见的都算：数和印成的话，比率的分子、分母，分项，附列，上年的数和变化，板块、口径和说明，背后有几条记录、有网页的是哪几条，图解里各月的数；62/63 变成 124/126，印出来一样，也算变了。记录自己的标题、正文不算。
    改法：把记录改回来；口径从下一年起才改的，用指标的“自”“至”另写一条；确实要更正的，在叙述稿开头写“更正”，说明更正了什么、为什么、哪一天、谁批准，再发布一次。
    """
    for name in sorted(({*lock.figures} | {*now}) - {*corrected}):
        before, after = lock.figures.get(name), now.get(name)
        if before and after and not before.differs(after):
            continue
        hint = f"改回来；要更正的，在“更正”里写明，指标写 {name}"
        message = f"公布的{shown(name)}变了：{_difference(before, after)}"
        yield narrative, _at_publishing(narrative), message, hint


def _difference(before: Figure | None, after: Figure | None) -> str:
    if before is None or after is None:
        return f"公布时是 {before.shown}，现在没有这个指标" if before else "公布时没有这个指标"
    differing = before.differs(after)
    if differing & {"shown", "numerator", "denominator"}:
        return f"公布时是 {_exactly(before)}，现在是 {_exactly(after)}"
    for field, what in _TOLD.items():
        if field in differing:
            return f"{what}公布时是 {getattr(before, field)}，现在是 {getattr(after, field)}"
    for field, what in _NAMED.items():
        if field in differing:
            return f"{what}变了"
    lost, new = (
        "、".join(f"“{words}”" for words in one.wordings if words not in other.wordings)
        for one, other in ((before, after), (after, before))
    )
    return f"公布时印作{lost or '别的样子'}，现在印作{new or '别的样子'}"


_TOLD = {
    "number": "准确的数",
    "public": "公开版印的",
    "last": "上年的数",
    "change": "同上年的比较",
    "section": "板块",
    "records": "背后记录的条数",
}
_NAMED = {
    "parts": "分项的数",
    "meaning": "口径",
    "note": "口径的说明",
    "made_of": "分子、分母或者附列",
    "outside": "公开版的分项、附列或者上年的数",
    "pages": "背后有网页的记录",
    "months": "图解里各月的数",
}


def _exactly(figure: Figure) -> str:
    fraction = f"（{figure.numerator}/{figure.denominator}）" if figure.denominator else ""
    return figure.shown + fraction


@finds(ERROR)
def rewritten(narrative: Narrative, lock: Lock) -> Found:
    """FZ728: 公布以后，叙述稿不变；变了的，写明更正。

    公布的文字也是公布的内容，改了一句，网上的就同发出去的公文不一样。
    改法：把文字改回来；确实要更正的，写“更正”，再发布一次。
    """
    if fingerprint(narrative) != lock.narrative and not pending(narrative, lock):
        message = "叙述稿在公布以后改过"
        hint = "改回来；要更正的，在“更正”里写明，再发布一次"
        yield narrative, _at_publishing(narrative), message, hint


@finds(WARNING)
def let_out(records: Iterable[Record], lock: Lock, settings: Settings) -> Found:
    """FZ741: 上次公布时没有公开的，再公布一次不会不知不觉公开。

    公开改成了全文、类别不再是敏感的、计数改成公开、照片写了公开的，重新公布就印出去，收不回来；更正里又不会说到它。
    改法：确实要公开的，审查了再公布，公布以后不再提醒；不公开的，把记录或者词表改回来。
    来源：《政府信息公开条例》第十七条。
    """
    for record in records:
        before = (lock.kept_back or {}).get(record.path, ())
        if before and (out := [one for one in before if one not in kept_back(record, settings)]):
            what = "、".join(out)
            message = f"{shown(record.fields.title)}的{what}上次公布时没有公开，再公布一次就会公开"
            hint = "要公开的，审查了再公布；不公开的，把记录或者词表改回来"
            yield record, ["标题"], message, hint


@finds(ERROR)
def nothing_to_correct(narrative: Narrative, lock: Lock, now: Mapping[str, Figure]) -> Found:
    """FZ729: 更正里写的指标，是公布过的，数确实变了；更正一经公布，不再删改。

    更正前后的数由程序从存档和记录里取，没有变的，就没有什么可更正。
    改法：先改记录，使数变过来；写错指标的，改指标名。公布过的更正，从 git 里取回来，又要更正的另写一条。
    """
    present = {typed(correction) for correction in narrative.meta.corrections}
    gone = [one.day for one in lock.corrections if one.typed not in present]
    for place, correction in enumerate(narrative.meta.corrections):
        if correction not in pending(narrative, lock):
            continue
        if correction.day in gone:
            gone.remove(correction.day)
            message = f"公布过的 {correction.day} 的更正改了"
            yield narrative, ["更正", place], message, "从 git 里取回来；又要更正的，另写一条"
            continue
        for index, name in enumerate(correction.figures):
            before, after = lock.figures.get(name), now.get(name)
            if before is None and after is None:
                message = f"没有公布过{shown(name)}这个指标"
            elif before and after and not before.differs(after):
                message = f"{shown(name)}同公布的一样，没有变"
            else:
                continue
            yield narrative, ["更正", place, "指标", index], message, "先把记录改对，或者改指标名"
    for day in gone:
        keys = ["更正"] if narrative.meta.corrections else ["流程"]
        yield narrative, keys, f"公布过的 {day} 的更正不见了", "从 git 里取回来"


def nothing_corrected(narrative: Narrative, lock: Lock | None) -> Problem:
    """The same rule for a correction of samples, or when the lock is gone, so that nobody knows what it
    corrects."""
    message = "没有公布的存档，不知道更正了什么"
    hint = f"从 git 里取回 {path_of(narrative.year)}；还没有公布过的，删去更正"
    if lock:
        message, hint = "公布的是示例，没有公布过真的数", "删去更正"
    return narrative.problem(["更正", 0], nothing_to_correct.fault(message, hint))
