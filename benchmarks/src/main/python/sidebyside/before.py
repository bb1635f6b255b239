"""ZeroFTPd as it was at a commit, built from its own sources, to be measured beside today's in one run."""

import shutil
import subprocess
import sys

from .servers import BEFORE, BENCHMARKS, CACHE, Server, zeroftpd

ROOT = BENCHMARKS.parent


def before(revision):
    """The server called "zeroftpd-before". Ends the program where there is no such commit, or it can't be built."""
    commit = _git("rev-parse", "--short=12", "--verify", f"{revision}^{{commit}}").strip()
    launcher = _build(commit) / "ftpd/bin/ftpd"
    keys = _git("show", f"{commit}:docs/configuration.md")
    return Server(BEFORE, f"ZeroFTPd at {commit}", lambda setup: zeroftpd(setup, launcher=launcher, knows=lambda key: key in keys),
                  lambda: "", lambda: f"commit {commit}", compiles_itself=True, only_if_named=True)


def _build(commit):
    """Its sources, kept for the next time: a build takes minutes."""
    folder = CACHE / f"before-{commit}"
    if not folder.exists():
        for old in CACHE.glob("before-*"):
            shutil.rmtree(old)
        unpacked = CACHE / f"before-{commit}.new"
        unpacked.mkdir(parents=True)
        with subprocess.Popen(["git", "-C", str(ROOT), "archive", commit], stdout=subprocess.PIPE) as archive:
            subprocess.run(["tar", "-x", "-C", str(unpacked)], stdin=archive.stdout, check=True)
        if archive.returncode != 0:
            sys.exit(f"compare: the sources of {commit} can't be unpacked")
        unpacked.rename(folder)
    built = subprocess.run([str(folder / "ftpd/bin/ftpd"), "--version"], stdout=sys.stderr)
    if built.returncode != 0:
        sys.exit(f"compare: {commit} can't be built in {folder}")
    return folder


def _git(*arguments):
    run = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"compare: git {' '.join(arguments)}: {run.stderr.strip()}")
    return run.stdout
