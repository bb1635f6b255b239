"""The command: load and rest by turns, and the verdict."""

import argparse
import collections
import multiprocessing
import queue
import sys
import tempfile
import time
from pathlib import Path

from .jobs import PATIENCE, Client
from .server import ACCOUNTS, HEADER, Server

ROUNDS = 6
# More than the longest job, the stall time-out, the deadline for a login, the time that blocks for hashes are kept, and the 30 s
# after which carriers of virtual threads begin to end: up to 32 of them, as many as the load happened to need at its last moment.
REST_SECONDS = 45
# What is still too much then is measured again: a leak stays, and a server on a busy machine only needs longer.
RESTS = 4
MIB = 1 << 20

# How much more than after the second round is no leak: the collector, the allocator and thread pools breathe.
SPARE = {"descriptors": (1.0, 8), "threads": (1.0, 8), "heap": (1.15, 4 * MIB), "resident": (1.15, 24 * MIB),
         "direct": (1.15, 4 * MIB)}


def options():
    parser = argparse.ArgumentParser(
        prog="soak",
        description="Mixed clients, polite and rude, against one server: uploads, downloads, listings, TLS, MODE Z, aborted and"
        " throttled transfers, log-ins right and wrong. In the rests between the rounds it must be as small as after the second one.",
    )
    parser.add_argument("--minutes", type=float, default=60, help="how long in all (default: 60)")
    parser.add_argument("--clients", type=int, default=24, help="how many at once (default: 24)")
    parser.add_argument("--seed", type=int, default=1, help="of what clients choose (default: 1)")
    return parser.parse_args()


def work(number, port, homes, seed, until, results):
    client = Client(number, port, lambda account: homes[account], seed)
    counts, wrong = collections.Counter(), []
    while time.monotonic() < until:
        try:
            counts.update(client.session())
        except Exception as failure:  # whatever it is, it is the result
            wrong.append(f"client {number}: {type(failure).__name__}: {failure}")
            if len(wrong) > 20:
                break
    results.put((counts, wrong))


def load(server, clients, seed, seconds):
    """One round. Returns what was done how often, and what went wrong."""
    results = multiprocessing.Queue()
    homes = {account: server.home(account) for account in ACCOUNTS}
    until = time.monotonic() + seconds
    processes = [
        multiprocessing.Process(target=work, args=(number, server.port, homes, f"{seed}-{number}", until, results))
        for number in range(clients)
    ]
    for process in processes:
        process.start()
    counts, wrong = collections.Counter(), []
    for _ in processes:
        try:
            done, failed = results.get(timeout=seconds + 2 * PATIENCE)
            counts.update(done)
            wrong += failed
        except queue.Empty:
            wrong.append("a client hangs")
    for process in processes:
        process.join(5)
        process.kill()
    return counts, wrong


def growth(first, last):
    for field, (factor, spare) in SPARE.items():
        before, after = getattr(first, field), getattr(last, field)
        if after > before * factor + spare:
            yield f"{field} grew from {before} to {after}"


def grown(server, first, last):
    problems = list(growth(first, last))
    if problems and server.is_running():
        problems.append(f"its threads: {server.threads()}")
    return problems


def rest(server, usual):
    """Returns how small the server gets when no client has come for a while."""
    for _ in range(RESTS):
        time.sleep(REST_SECONDS)
        size = server.size()
        if usual is None or not any(growth(usual, size)):
            break
    return size


def main():
    chosen = options()
    seconds = max(5.0, chosen.minutes * 60 / ROUNDS - REST_SECONDS)
    problems, total, sizes = [], collections.Counter(), []
    with tempfile.TemporaryDirectory(prefix="zeroftpd-soak-") as folder:
        server = Server(Path(folder))
        print(f"{'round':>5} {'jobs':>7} {HEADER}", flush=True)
        for number in range(1, ROUNDS + 1):
            counts, wrong = load(server, chosen.clients, f"{chosen.seed}-{number}", seconds)
            total.update(counts)
            problems += wrong
            if not server.is_running():
                problems.append("the server ended")
                break
            sizes.append(rest(server, sizes[1] if len(sizes) > 1 else None))
            print(f"{number:5} {sum(counts.values()):7} {sizes[-1].text()}", flush=True)
        if len(sizes) > 2:
            problems += grown(server, sizes[1], sizes[-1])
        problems += [f"log: {line}" for line in server.faults()[:20]]
        if server.is_running():
            code = server.stop()
            if code != 0:
                problems.append(f"exit code after SIGTERM: {code}")
    print("jobs: " + ", ".join(f"{name} {count}" for name, count in sorted(total.items())))
    for problem in problems:
        print(problem, file=sys.stderr)
    print("FAIL" if problems else "PASS")
    return 1 if problems else 0
