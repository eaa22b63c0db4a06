"""The report as Word file and PDF, which lie beside its page: a file of each is kept from build to build."""

from fazhi.output.view import View
from fazhi.records.cache import Cache, program
from fazhi.sources.files import content_key


def downloads(
    view: View, cache: Cache | None = None, is_preview: bool = False
) -> dict[str, str | bytes]:
    """Both by their paths in the public site, of a report that has been reviewed, and not in a preview.

    The PDF is set in the program's own fonts, so that a site is the same wherever it is built; one
    that they cannot print is left out. Raises NotRendered.
    """
    narrative, rendered = view.source.narrative, view.rendered
    is_offered = not (view.gate.is_internal or view.is_draft or is_preview)
    if not is_offered or narrative is None or rendered is None:
        return {}
    texts = [narrative.source.text, rendered.markdown, *view.notices]
    texts += [repr(view.figure_table.texts), repr(rendered.words)]
    made_from = content_key(program(), view.settings.digest, *texts)
    keys = {ending: content_key(ending, made_from) for ending in ("docx", "pdf")}
    kept = {ending: cache.get(key) for ending, key in keys.items()} if cache else {}
    files = {ending: held for ending, held in kept.items() if held is not None}
    if len(files) < len(keys):
        files = _made(view)
        if cache:
            for ending, key in keys.items():
                cache.put(key, files[ending])
    name = f"report/{view.year}{view.tail}"
    return {f"{name}.{ending}": made for ending, made in files.items() if made}


def _made(view: View) -> dict[str, bytes]:
    """Both files, the PDF empty where it cannot be made."""
    # ruff: noqa: PLC0415 - imported where they are made: a quarter of the time of a kept build
    from fazhi.output.documents.document import document_of
    from fazhi.output.documents.docx import as_docx
    from fazhi.output.documents.pdf import as_pdf
    from fazhi.output.typesetting import Unprintable

    made = document_of(view)
    try:
        pdf = as_pdf(made, of_machine=False)
    except Unprintable:
        pdf = b""
    return {"docx": as_docx(made), "pdf": pdf}
