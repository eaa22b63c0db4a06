"""What a page may load and run: the Content-Security-Policy that it carries itself.

It has to hold for a page opened from a folder, where no server sends a header.
"""

from __future__ import annotations

import base64
import hashlib


def content_policy(style: str = "", *, scripts: bool = True) -> str:
    """The policy of a page with this text in its one `<style>`; without `scripts`, none at all.

    Scripts are files of this site only. No hash is given to a script that stands in a page: what
    gets into a page by way of a record would be given one, too.
    """
    allowed = {"default-src": "'none'", "img-src": "'self' data:"}  # the theme's icons are data:
    if scripts:
        # connect-src: the search index, which a page fetches over http.
        allowed |= dict.fromkeys(("script-src", "style-src", "connect-src", "worker-src"), "'self'")
    if style:
        allowed["style-src"] = f"{allowed.get('style-src', '')} '{_hash(style)}'".strip()
    allowed |= {"base-uri": "'none'", "form-action": "'none'"}  # which default-src leaves open
    return "; ".join(f"{directive} {sources}" for directive, sources in allowed.items())


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
