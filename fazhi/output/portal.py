"""A page's <meta> for a disclosure portal, by 《政府网站发展指引》（国办发〔2017〕47号）: of a column (the
home page, a section, a list, the data) or an article (the report, a record), and of the site."""

from collections.abc import Iterable
from datetime import date

from jinja2.filters import do_urlencode

from fazhi.records.headings import headings
from fazhi.records.narrative import Narrative
from fazhi.schema.township import Settings, Website

Names = dict[str, str]  # contents by the name of the <meta>
COLUMN_TYPE = "信息公开"  # all of it is; the portal has other columns for news and services
SUBJECT = "法治政府建设"


def site(website: Website | None) -> Names:
    """Those of the website that carries the pages; none where none is declared."""
    if website is None:
        return {}
    return {"SiteName": website.name, "SiteDomain": website.domain, "SiteIDCode": website.code}


def column(name: str, description: str, keywords: Iterable[str]) -> Names:
    """Those of the page of a column."""
    return {
        "ColumnName": name,
        "ColumnType": COLUMN_TYPE,
        "ColumnDescription": description,
        "ColumnKeywords": _list(keywords),
    }


def article(
    title: str,
    published: date | None,
    author: str,
    keywords: Iterable[str],
    description: str,
    url: str | None,
    source: str,
) -> Names:
    """Those of the page of an article: no PubDate before it is published, no Url without address; the
    `source` is who publishes, whichever post did the work."""
    names = {"ArticleTitle": title}
    if published:
        names["PubDate"] = f"{published.isoformat()} 00:00"  # only the day is recorded
    names["ContentSource"] = source
    names |= {"Keywords": _list(keywords), "Author": author, "Description": description}
    return names | ({"Url": url} if url else {})


def report(narrative: Narrative, settings: Settings, sections: Iterable[str], tail: str) -> Names:
    """Those of the report, on its page here or in a portal's editor; `sections` are its year's columns,
    `tail` the marks of one that does not hold: a crawler reads no notice."""
    year, meta = narrative.year, narrative.meta
    township = settings.township
    chapters = [heading.title for heading in headings(narrative) if heading.level == 1]
    return article(
        f"{meta.title}{tail}",
        meta.published,
        "、".join(meta.issuers),
        [township.short_name, f"{year}年", SUBJECT, *sections],
        "；".join(chapters),
        address(township.website, f"report/{year}.html"),
        "、".join(meta.publishers),
    )


def address(website: Website | None, path: str) -> str | None:
    """Where a page of the public site is found, once that has an address."""
    if website is None or website.address is None:
        return None
    return website.address + do_urlencode(path)


def _list(words: Iterable[str]) -> str:
    return ",".join(dict.fromkeys(word.replace(",", "，") for word in words))
