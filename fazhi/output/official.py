"""What is official around every page, whichever program makes the site: publisher, notices, policy."""

import base64
import hashlib
from typing import Any

import yaml

from fazhi.output import portal
from fazhi.report.editions import Edition
from fazhi.schema.township import Township

INTERNAL = "内部资料"
DRAFTED = "还没有审核同意公开，数字和文字可能改动，不得引用、转载。"


def of_site(township: Township, edition: Edition) -> dict[str, Any]:
    """What all pages of an edition have in common."""
    notice = township.sample_notice("本站")
    margins = _margins(notice, edition)
    return {
        "edition": str(edition),
        "publisher": township.name,
        "meta": portal.site(township.website),
        "notice": notice,
        "tail": f"（{INTERNAL}）" * (edition is Edition.INTERNAL) + township.sample_mark,
        "drafted": DRAFTED,
        "margins": margins,
        "policy": content_policy(margins),
    }


def staged(page: bytes, site: dict[str, Any]) -> bytes:
    """A page with all that is official about it in one line of its front matter, `official`:
    `notices` are to be seen on it, and `tail` behind its title; `style` is its one `<style>`, which `policy` lets pass."""
    head, mark, rest = page.decode().partition("---\n")
    own = yaml.load(rest.partition("\n---\n")[0], yaml.CSafeLoader) if mark and not head else {}
    is_internal, draft = site["edition"] == Edition.INTERNAL, own.get("watermark")
    draft_notice = f"{draft}：{site['drafted']}" if draft else ""
    notices = [site["notice"], INTERNAL if is_internal else "", draft_notice]
    told: dict[str, object] = {
        "publisher": site["publisher"],
        "meta": site["meta"] | (own.get("meta") or {}),
        "notices": [notice for notice in notices if notice],
        "policy": site["policy"],
        "style": site["margins"],
    }
    if tail := f"（{draft}）" * bool(draft) + site["tail"]:
        told |= {"tail": tail, "robots": "noindex, nofollow" if is_internal else "noindex"}
    line = yaml.dump(
        told,
        Dumper=yaml.CSafeDumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=True,
        width=2**31 - 1,  # one line
    )
    return f"---\nofficial: {line}".encode() + (rest.encode() if own else b"---\n" + page)


def _margins(notice: str, edition: Edition) -> str:
    """A style sheet, or nothing: a printed sheet may part from the others, and every one is marked."""
    text = notice.replace("\\", "").replace('"', "”").replace("<", "＜").replace("\n", " ")
    marks = f' @top-right {{ content: "{INTERNAL}" }}' if edition is Edition.INTERNAL else ""
    marks += f' @top-left {{ content: "{text}" }}' if text else ""
    return f"@page {{{marks} }}" if marks else ""


def content_policy(style: str = "", *, scripts: bool = True) -> str:
    """The Content-Security-Policy of a page with this text in its one `<style>`, in the page itself:
    it has to hold for one opened from a folder, where no server sends a header.

    Scripts are files of this site only. A script in a page gets no hash: whatever came into the page
    by way of a record would get one, too.
    """
    allowed = {"default-src": "'none'", "img-src": "'self' data:"}  # the theme's icons are data:
    if scripts:
        # connect-src: the search index, which a page fetches over http.
        allowed |= dict.fromkeys(("script-src", "style-src", "connect-src"), "'self'")
    if style:
        allowed["style-src"] = f"{allowed.get('style-src', '')} {hashed(style)}".strip()
    allowed |= {"base-uri": "'none'", "form-action": "'none'"}  # which default-src leaves open
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())


def hashed(text: str) -> str:
    """A script or style of a page, as its policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
