"""What runs on a code host and before a commit: the formats, the commands themselves, and what they
must never do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.building import ROOT, Project, swap, with_few_records
from tests.support.machine import ran, tool
from tests.support.repositories import commit, git, own_environment, write

CHECK = ROOT / ".github/workflows/check.yml"
GITHUB = sorted((ROOT / ".github/workflows").glob("*.yml"))
GITLAB = ROOT / "docs/guide/servers/gitlab-ci.yml"
GITEE = ROOT / "docs/guide/servers/gitee-pipeline.yml"
EVERY = [*GITHUB, GITLAB, GITEE]
ACTIVITY = "records/2024/activities/宪法宣传.md"


def name(file: Path) -> str:
    return file.name


def load(file: Path) -> dict[str, Any]:
    """A file's content; `on` stays a word."""
    content: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    return content


def steps(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step of a workflow, with the name of its job."""
    for job, content in load(file)["jobs"].items():
        for step in content["steps"]:
            yield job, step


# What stands in the files


@pytest.mark.parametrize(
    ("schema", "files"),
    [("vendor.github-workflows", GITHUB), ("vendor.gitlab-ci", [GITLAB])],
    ids=["github", "gitlab"],
)
def test_the_host_would_accept_the_file(schema: str, files: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = ran([*command, *files])
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", EVERY, ids=name)
def test_the_internal_edition_is_never_made_there(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "internal" not in text
    assert "FAZHI_EDITION" not in text
    assert "stage.py" not in text


@pytest.mark.parametrize("file", GITHUB, ids=name)
def test_nothing_may_be_written_but_the_comment(file: Path) -> None:
    workflow = load(file)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    for job, content in workflow["jobs"].items():
        wanted = {"pull-requests": "write"} if job == "comment" else {"contents": "read"}
        assert content["permissions"] == wanted, job
        assert int(content["timeout-minutes"]) <= 30
    assert "secrets." not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("file", GITHUB, ids=name)
def test_a_step_runs_nothing_of_the_change_where_it_may_write_and_nothing_unpinned(
    file: Path,
) -> None:
    for job, step in steps(file):
        uses, commands = step.get("uses", ""), step.get("run", "")
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", uses or f"actions/x@{'0' * 40}")
        assert "${{" not in commands  # what others may name is no part of a command
        if job == "comment":
            assert "checkout" not in uses
            assert not re.search(r"scripts/|python|\bsh\b", commands)
        elif "checkout" in uses:
            assert step["with"]["persist-credentials"] == "false"


def test_what_is_kept_is_the_public_edition_and_the_comparison() -> None:
    uploads = [
        step["with"] for _, step in steps(CHECK) if "upload-artifact" in step.get("uses", "")
    ]
    assert [upload["path"] for upload in uploads] == ["comparison.md", "site/"]
    assert load(GITLAB)["check"]["artifacts"]["paths"] == ["site/", "comparison.md"]
    (stage,) = load(GITEE)["stages"]
    (kept,) = stage["steps"][0]["artifacts"]
    assert kept["path"] == ["./site", "./comparison.md"]


def test_the_pythons_that_are_tested_begin_with_the_oldest_that_may_be_used() -> None:
    tests = load(ROOT / ".github/workflows/tests.yml")["jobs"]
    matrix = tests["machines"]["strategy"]["matrix"]
    known = (ROOT / "scripts/lib/installed.py").read_text(encoding="utf-8")
    ends = re.findall(r"^(?:OLDEST|NEWEST)_PYTHON = \(3, (\d+)\)$", known, re.MULTILINE)
    minors = [int(version.removeprefix("3.")) for version in matrix["python"]]
    assert minors == [*range(minors[0], minors[-1] + 1)]
    assert (minors[0], minors[-1] <= int(ends[1])) == (int(ends[0]), True)
    others = {place["system"].split("-")[0]: place["python"] for place in matrix["include"]}
    assert others.keys() == {"windows", "macos"}
    assert {*others.values()} <= {*matrix["python"]}


def test_what_runs_before_a_commit_runs_before_a_merge_too() -> None:
    (ours,) = load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert ours["repo"] == "local"  # nothing is fetched
    merge = (ROOT / ".ci/run").read_text(encoding="utf-8").replace("format --check", "format")
    for hook in ours["hooks"]:
        module = hook["entry"].removesuffix(" --force-exclude").partition(" -m ")[2]
        assert not module or f'"$python" -m {module}' in merge


# Their commands, run here


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A repository with few records, and one that it was cloned from."""
    folder = tmp_path_factory.mktemp("server")
    project = with_few_records(folder / "here")
    shutil.copytree(ROOT / ".githooks", project.root / ".githooks")
    shutil.copyfile(ROOT / ".gitignore", project.root / ".gitignore")
    with pytest.MonkeyPatch.context() as patch:
        own_environment(patch)
        commit(project.root)
        git(project.root, "tag", "start")
        git(project.root, "clone", "-q", "--bare", ".", str(folder / "origin.git"))
        git(project.root, "remote", "add", "origin", str(folder / "origin.git"))
    return project


@pytest.fixture
def clone(repository: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The repository as it was at first, on a branch of its own, as a host has it."""
    own_environment(monkeypatch)
    root = repository.root
    git(root, "checkout", "-q", "-f", "-B", "main", "start")
    git(root, "clean", "-q", "-fdx", "-e", ".venv*")
    git(root, "push", "-q", "-f", "origin", "main")
    git(root, "fetch", "-q", "origin")
    git(root, "checkout", "-q", "-B", "change")
    return repository


def run(
    project: Project, script: str, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """A script as the hosts' runners run it, with `python` and `python3` that are this one."""
    programs = project.root / "programs"
    programs.mkdir(exist_ok=True)
    for program in ("python", "python3"):
        (programs / program).unlink(missing_ok=True)
        (programs / program).symlink_to(sys.executable)
    command = [tool("bash"), "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return ran(command, project.root, {**os.environ, "PATH": path, **environment})


def commands(event: str) -> Iterator[tuple[str, str, bool]]:
    """What GitHub would run for an event: names, commands, and whether after a failure, too."""
    for job, step in steps(CHECK):
        condition = step.get("if", "")
        other = "!=" if event == "pull_request" else "=="
        if job == "check" and "run" in step and f"event_name {other}" not in condition:
            yield step["name"], step["run"], "!cancelled()" in condition


def github(project: Project, event: str, base: str = "") -> dict[str, tuple[int, str]]:
    """The exit code and output of each step of the job `check`."""
    files = {name: project.root / name.lower() for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    environment = {"CI": "true", "BASE": base, **{n: str(f) for n, f in files.items()}}
    results: dict[str, tuple[int, str]] = {}
    for title, script, whatever in commands(event):
        if whatever or not any(code for code, _ in results.values()):
            done = run(project, script, environment)
            results[title] = (done.returncode, done.stdout + done.stderr)
    results |= {n: (0, f.read_text("utf-8") if f.exists() else "") for n, f in files.items()}
    return results


def change(project: Project, old: str, new: str) -> None:
    swap(project.root / ACTIVITY, old, new)
    commit(project.root)


def test_a_good_change_passes_on_github(clone: Project) -> None:
    change(clone, "发放资料份数: 205", "发放资料份数: 207")
    results = github(clone, "pull_request", "main")
    assert {title: code for title, (code, _) in results.items() if code} == {}, results
    assert "207" in results["GITHUB_STEP_SUMMARY"][1]
    assert results["GITHUB_OUTPUT"][1] == "built=true\n"
    assert (clone.site / "index.html").is_file()
    assert not (clone.root / "site-internal").exists()


def test_a_bad_change_is_stopped_on_github_and_shown_at_its_line(clone: Project) -> None:
    change(clone, "地点", "地址")
    results = github(clone, "pull_request", "main")
    code, said = results["检查（原来就有的错误只作警告）"]
    assert code == 1
    assert f"::error file={ACTIVITY},line=5,col=1,title=FZ202" in said
    assert results["同原来比"][0] == 0
    assert not clone.site.exists()


def test_an_older_error_does_not_stop_a_change_on_github(clone: Project) -> None:
    git(clone.root, "checkout", "-q", "main")
    change(clone, "地点", "地址")
    git(clone.root, "push", "-q", "origin", "main")
    git(clone.root, "checkout", "-q", "-B", "change")
    write(clone.root, "docs/index.md", "欢迎。\n")
    commit(clone.root)
    results = github(clone, "pull_request", "main")
    assert {title: code for title, (code, _) in results.items() if code} == {}, results
    assert "::warning title=没有生成网页" in results["生成公开版"][1]
    assert results["GITHUB_OUTPUT"][1] == ""
    assert github(clone, "push")["检查"][0] == 1


STAND_IN = """\
#!/bin/sh
echo "$*" >> "$LOG"
case "$*" in *--paginate* | *per_page*) printf '%s' "$EARLIER" ;; esac
"""
"""For `gh` and for `curl`: notes how it was called, and prints the comments that are there."""
GITHUBS = {"COMMENTS": "repos/o/r/issues/7/comments", "COMMENT": "repos/o/r/issues/comments"}
GITLABS = {"NOTES": "https://host/notes", "COMPARE_TOKEN": "x"}
OURS = '[{"id": 9, "body": "好"}, {"id": 8, "body": "<!-- fazhi comparison -->比"}]'


@pytest.mark.parametrize(
    ("names", "earlier", "call"),
    [
        (GITHUBS, "", "--method POST repos/o/r/issues/7/comments --field body=@body.md"),
        (GITHUBS, "41\n52\n", "--method PATCH repos/o/r/issues/comments/41 --field body=@body.md"),
        (GITLABS, '[{"id": 9, "body": "好"}]', "--output /dev/null https://host/notes"),
        (
            *(GITLABS, OURS),
            "--request PUT --data-urlencode body@body.md --output /dev/null https://host/notes/8",
        ),
    ],
    ids=["github first", "github again", "gitlab first", "gitlab again"],
)
def test_the_comment_is_written_once_and_then_changed(
    names: dict[str, str], earlier: str, call: str, tmp_path: Path
) -> None:
    (script,) = [step["run"] for job, step in steps(CHECK) if job == "comment" and "run" in step]
    if names is GITLABS:
        script = "\n".join(load(GITLAB)["comment"]["script"])
    write(tmp_path, "comparison.md", "比" * 30_000)
    for program in ("gh", "curl"):
        write(tmp_path, f"programs/{program}", STAND_IN)
        (tmp_path / "programs" / program).chmod(0o755)
    environment = {**names, "EARLIER": earlier, "LOG": str(tmp_path / "log")}
    done = run(Project(tmp_path), script, environment)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "log").read_text("utf-8").splitlines()[-1].endswith(call)
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert re.match("<!-- fazhi:? comparison -->\n比", body)
    if names is GITHUBS:
        assert body.endswith("附件里。）\n")
        assert len(body) < 65_536


def sample(host: str) -> str:
    """The commands of another host's check."""
    if host == "gitlab":
        return "\n".join(load(GITLAB)["check"]["script"])
    return "\n".join(load(GITEE)["stages"][0]["steps"][0]["commands"])


def test_a_good_change_passes_on_gitlab(clone: Project) -> None:
    change(clone, "发放资料份数: 205", "发放资料份数: 207")
    done = run(clone, sample("gitlab"), {"BASE": git(clone.root, "rev-parse", "main").strip()})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "207" in (clone.root / "comparison.md").read_text(encoding="utf-8")
    assert (clone.site / "index.html").is_file()


def test_a_bad_change_is_stopped_on_gitee(clone: Project) -> None:
    change(clone, "地点", "地址")
    done = run(clone, sample("gitee"), {})
    assert done.returncode == 1
    assert f"{ACTIVITY}:5:1: 错误 FZ202" in done.stdout
    assert "FZ202" in (clone.root / "comparison.md").read_text(encoding="utf-8")
    assert not clone.site.exists()


def test_the_samples_do_the_same() -> None:
    gitlab, gitee = (
        [
            line
            for line in sample(host).replace("python3", "python").splitlines()
            if "git " not in line
        ]
        for host in ("gitlab", "gitee")
    )
    assert gitlab[0] == gitee[0] == "judged=0"
    assert gitlab[-2:] == gitee[-2:]


# Before a commit


@pytest.fixture
def hooked(clone: Project) -> Iterator[Project]:
    git(clone.root, "config", "core.hooksPath", ".githooks")
    yield clone
    git(clone.root, "config", "--unset", "core.hooksPath")


def committing(project: Project, *arguments: str) -> tuple[int, str]:
    """The exit code and output of `git commit`; Python is found as on any machine."""
    done = ran([tool("git"), "commit", "-q", "-m", "改动", *arguments], project.root)
    return done.returncode, done.stdout + done.stderr


def head(project: Project) -> str:
    return git(project.root, "rev-parse", "HEAD")


@pytest.mark.parametrize("arguments", [(), ("-a",)], ids=["staged", "all"])
def test_personal_data_is_not_committed(arguments: tuple[str, ...], hooked: Project) -> None:
    before = head(hooked)
    text = (hooked.root / ACTIVITY).read_text(encoding="utf-8")
    write(hooked.root, ACTIVITY, text + "联系电话13812345678。\n")
    if not arguments:
        git(hooked.root, "add", ACTIVITY)
    code, said = committing(hooked, *arguments)
    assert code == 1
    assert f"{ACTIVITY}:11:5: 错误 FZ501" in said
    assert "没有提交。" in said
    assert "13812345678" not in said
    assert head(hooked) == before


def test_what_is_staged_is_committed_whatever_is_on_disk(hooked: Project) -> None:
    before = head(hooked)
    text = (hooked.root / ACTIVITY).read_text(encoding="utf-8")
    write(hooked.root, ACTIVITY, text + "又发放一次资料。\n")
    git(hooked.root, "add", ACTIVITY)
    write(hooked.root, ACTIVITY, text + "联系电话13812345678。\n")
    code, said = committing(hooked)
    assert code == 0, said
    assert head(hooked) != before
    assert "13812345678" not in git(hooked.root, "show", "HEAD")


def test_only_commits_of_records_need_a_python(
    hooked: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = hooked.root / "programs"
    programs.mkdir()
    for program in ("git", "sh", "dirname"):
        (programs / program).symlink_to(tool(program))
    monkeypatch.setenv("PATH", str(programs))
    venv, aside = hooked.root / ".venv", hooked.root / ".venv-aside"
    venv.rename(aside)
    try:
        write(hooked.root, "README.md", "13812345678\n")
        git(hooked.root, "add", "README.md")
        assert committing(hooked) == (0, "")
        text = (hooked.root / ACTIVITY).read_text(encoding="utf-8")
        write(hooked.root, ACTIVITY, text + "。\n")
        git(hooked.root, "add", ACTIVITY)
        code, said = committing(hooked)
        assert code == 1
        assert "Python 3.11" in said
    finally:
        aside.rename(venv)
    # The project's own is enough.
    before = head(hooked)
    code, said = committing(hooked)
    assert code == 0, said
    assert head(hooked) != before


# What a request says


@pytest.mark.parametrize(
    "file",
    [
        *sorted((ROOT / ".github").glob("PULL_REQUEST_TEMPLATE*/*.md")),
        ROOT / ".github/PULL_REQUEST_TEMPLATE.md",
        ROOT / ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md",
    ],
    ids=name,
)
def test_a_request_asks_for_what_a_reviewer_must_know(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("- [ ] ") >= 4
    assert "公布的数" in text
    assert file.stem in {"program", "settings"} or "身份证号" in text
