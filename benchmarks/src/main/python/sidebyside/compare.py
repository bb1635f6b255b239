"""The command line of benchmarks/bin/compare."""

import argparse
import datetime
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from . import check, machine, report
from .before import before
from .fixture import Fixture
from .goals import GOALS
from .results import OURS, Results
from .rounds import Runner
from .servers import ALL, BENCHMARKS, LAUNCHER
from .workloads import all_workloads


def main():
    arguments = _parse()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # through every "finally": servers are stopped
    _build()
    servers = _available(arguments.servers or (OURS if arguments.before else None))
    if arguments.check and OURS not in {server.name for server in servers}:
        sys.exit(f"compare: a check needs the server {OURS}")
    if arguments.before:
        servers.insert(1, before(arguments.before))
    big_mib = arguments.mib or (256 if arguments.quick else 1024)
    fixture = Fixture(arguments.home, big_mib)
    try:
        workloads = _choose(all_workloads(arguments.quick, fixture.big_bytes), arguments.workloads)
        if arguments.check:
            workloads = check.only_checked(workloads)
        if arguments.goals:
            workloads = [workload for workload in workloads if workload.key in {goal.workload for goal in GOALS}]
        if arguments.rounds:
            workloads = [replace(workload, rounds=min(workload.rounds, arguments.rounds)) for workload in workloads]
        runner = Runner(servers, fixture, seconds=90 if arguments.quick else 240)
        complete = _run(runner, workloads)
        file_system = machine.file_system(fixture.home)
    finally:
        fixture.close()
    mode = ("quick" if arguments.quick else "full") + (f", {arguments.rounds} rounds" if arguments.rounds else "")
    results = Results(
        date=datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        machine=machine.describe(file_system), mode=mode + ("" if complete else ", interrupted"), servers=servers,
        workloads=[workload for workload in workloads if runner.cells.get(workload.key)], cells=runner.cells,
    )
    out = Path(arguments.out)
    report.write_all(results, out)
    if arguments.publish:
        report.publish(results, BENCHMARKS.parent / "docs/performance.md")
    print(report.summary(results))
    print(f"\nReport: {out / 'report.html'}, {out / 'report.md'}, {out / 'results.json'}")
    if not complete:
        print("\nInterrupted: the report has what was measured until then.")
        return 1
    if arguments.write_baseline:
        check.write_baseline(results)
    return check.verdict(results) if arguments.check else 0


def _run(runner, workloads):
    """False if it was interrupted: an hour's figures are worth a report all the same."""
    try:
        runner.run(workloads)
        return True
    except KeyboardInterrupt:
        return False


def _parse():
    parser = argparse.ArgumentParser(prog="compare", description="ZeroFTPd and its peers under the same load, on this machine.")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="smaller files, fewer sessions: about 15 minutes")
    size.add_argument("--full", action="store_true", help="what docs/performance.md shows (the default)")
    parser.add_argument("--servers", help="names, separated by commas: " + ", ".join(server.name for server in ALL))
    parser.add_argument("--workloads", help="keys or beginnings of keys, separated by commas (see --list)")
    parser.add_argument("--goals", action="store_true", help="only the workloads that have goals")
    parser.add_argument("--rounds", type=int, help="the most rounds of each workload")
    parser.add_argument("--list", action="store_true", help="list the workloads and servers, and stop")
    parser.add_argument("--mib", type=int, help="size of the large file in MiB")
    parser.add_argument("--home", default="/var/tmp", help="where the files are created: on the file system to be measured, open to all users")
    parser.add_argument("--out", default=str(BENCHMARKS / "target/report"), help="folder of the report")
    parser.add_argument("--publish", action="store_true", help="also write docs/performance.md")
    parser.add_argument("--check", action="store_true",
                        help="fail where a figure is over 15%% worse than with --before, or a ratio than in benchmarks/baseline.json")
    parser.add_argument("--before", metavar="COMMIT", help="also measure the ZeroFTPd of that commit, by turns with today's")
    parser.add_argument("--write-baseline", action="store_true", help="write benchmarks/baseline.json from this run")
    arguments = parser.parse_args()
    if arguments.list:
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # its reader may stop, as head does
        for workload in all_workloads(False, 1 << 30):
            print(f"{workload.key:18} {workload.title}")
        for server in ALL:
            print(f"{server.name:18} {server.title}: {server.missing() or server.version()}")
        sys.exit(0)
    return arguments


def _build():
    """The class path of stock Apache FtpServer, then ZeroFTPd by its launcher: a start that is timed must not build."""
    subprocess.run(
        ["mvn", "-q", "-B", "-f", str(BENCHMARKS.parent / "pom.xml"), "-Dgate.skip", "-pl", "benchmarks", "-am", "process-classes"],
        check=True, stdout=sys.stderr,
    )
    subprocess.run([str(LAUNCHER), "--version"], check=True, stdout=sys.stderr)


def _available(names):
    wanted = names.split(",") if names else [server.name for server in ALL if not server.only_if_named]
    unknown = set(wanted) - {server.name for server in ALL}
    if unknown:
        sys.exit(f"compare: unknown server {', '.join(sorted(unknown))}")
    servers = []
    for server in ALL:
        if server.name in wanted:
            why = server.missing()
            if why:
                print(f"without {server.name}: {why}", file=sys.stderr)
            else:
                servers.append(server)
    return servers


def _choose(workloads, keys):
    if not keys:
        return workloads
    chosen = [workload for workload in workloads if any(workload.key.startswith(key) for key in keys.split(","))]
    if not chosen:
        sys.exit("compare: no such workload; see --list")
    return chosen
