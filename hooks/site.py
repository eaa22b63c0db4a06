"""What mkdocs.yml names: MkDocs' events, each handed on. The logic is in `fazhi`."""

from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from fazhi_mkdocs.build import Build

_build: Build


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    # Before MkDocs empties the site folder, and the search plugin has the theme compile its words.
    global _build  # noqa: PLW0603 - MkDocs keeps this module for one build and has no other place
    _build = Build.checked(config)
    _build.configure(config)
    _build.make(config)
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    # Generated files can only be made while this event runs.
    return _build.files(files, config)


def on_env(env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    # Next MkDocs puts every page it knows into the theme.
    _build.prepare(env, config, files)
    return env


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    # Before the Markdown of a page is made HTML, which is not to be done twice.
    return _build.overviews.source(page)


def on_page_context(
    context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: object
) -> dict[str, Any]:
    _build.set_edit_address(page)
    return context


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    return _build.finished(output, page)


def on_post_template(output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
    return _build.search_around(template_name, output_content)


@event_priority(-50)
def on_post_build(*, config: MkDocsConfig) -> None:
    # After the search plugin has written its index (0), before it is copied for file:// (-100).
    _build.complete(config)
