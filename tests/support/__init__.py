"""What tests share, beside the small project and the fixed day of tests/conftest.py.

| module | what it is for |
|---|---|
| `cases` | the malformed projects of `cases/check`, each by its name |
| `building` | the project copied and really built; records, folders and pages read back |
| `sites` | fixtures: sites that are built once for all tests, and a preview |
| `links` | links that lead nowhere, or fetch something from elsewhere |
| `browsing` | fixtures: a real browser, and a page of each kind |
| `previews` | the preview of a project in a terminal of its own, and its answers |
| `watching` | what must not happen in a browser, the kinds of page, and searching |
| `machine` | what a machine may lack: without it a test is skipped, in CI it fails |
| `npm/` | what Node runs: newer words of scripts and styles refused, pages in an old Chromium |
| `forked` | commands that begin with the program in memory |
| `warm` | what is made before they begin, as the first command of a process would make it |
| `running` | a script run to its end, at a terminal, interrupted, or killed between two writes |
| `repositories` | git repositories of nobody's configuration |
| `packages` | wheels made here, to test the set-up without a network |
| `carriers` | files that carry a text where nobody looks |
| `clumsy` | valid records as a clerk may leave them, at random |
| `hostile` | a project whose every text is an attack |
| `workbooks` | ledgers as offices hand them in, and what an import would do with them |
| `trees` | a project with some of its files replaced, without another copy of it |
| `years` | two more years of the sample before its own, where numbers rise, fall and stay |
| `filling` | the form filled in by a browser, and a record that is there already opened in it |
| `desks` | fixtures: the form alone, opened anew for each test |
| `forms` | Word, PDF and HTML read back as paragraphs |
| `table_schema` | a reader of Frictionless Table Schema that knows nothing of the program |

A module of tests that needs the fixtures of one says `pytest_plugins = ["tests.support.sites"]`.
"""
