"""A node dies, and the clients of its sessions log in at the nodes that are left.

All of those are alike and a balancer spreads the clients evenly, so one of them is simulated, event by event. What it does is what the
server does: limits.sessions-before-login places, whose oldest session makes room when one more client connects (Strangers), passwords
first come, first served (LoginQueue), as many hashes at once as its heap and cores allow. Hashes of clients that have left are not begun;
one that has begun goes on, even if its client has been sent away meanwhile, and a password that was right is remembered for a minute
(RememberedPasswords): a client that comes back to the same node by then needs no hash.

Clients are what is assumed: each has an address of its own, waits so long for an answer, then hangs up and comes again after a pause,
which doubles. It comes back to the same node, as a balancer leads it by its address, or to any of them. Times are seconds. The same numbers give the same result: chance comes
from a seed.
"""

import argparse
import heapq
import random
from collections import OrderedDict, deque
from dataclasses import dataclass, replace

REMEMBERED_FOR = 60
MOST_REMEMBERED = 4096


@dataclass(frozen=True)
class Case:
    """What is simulated, for one node."""

    clients: int
    hashes: int
    hash: float
    places: int
    nodes: int
    spread: float
    answer: float
    patience: float
    first_pause: float
    longest_pause: float
    horizon: float
    seed: int


class Node:
    """The clients and the node that they come to."""

    def __init__(self, case):
        self.case = case
        self.random = random.Random(case.seed)
        self.events = []
        self.order = 0
        self.strangers = OrderedDict()  # sessions without a login, oldest first: session to client
        self.waiting = deque()  # sessions whose password waits for its hash
        self.busy = 0
        self.sessions = 0
        self.tries = [0] * case.clients
        self.remembered = OrderedDict()  # client and its node, the latest last: when its password was found right
        self.done = []
        self.sent_away = 0
        self.gave_up = 0
        self.wasted = 0
        self.longest_queue = 0

    def at(self, time, what, *about):
        self.order += 1
        heapq.heappush(self.events, (time, self.order, what, about))

    def run(self):
        for client in range(self.case.clients):
            self.at(self.random.uniform(0, self.case.spread), self.connect, client)
        while self.events:
            time, _, what, about = heapq.heappop(self.events)
            if time > self.case.horizon:
                break
            what(time, *about)
        return self

    def connect(self, now, client):
        self.tries[client] += 1
        if self.case.places and len(self.strangers) >= self.case.places:
            _, oldest = self.strangers.popitem(last=False)
            self.sent_away += 1
            self.come_again(now, oldest)
        self.sessions += 1
        self.strangers[self.sessions] = client
        about = (client, self.random.randrange(self.case.nodes))
        self.at(now + self.case.answer, self.password, self.sessions, about)
        self.at(now + self.case.patience, self.hang_up, self.sessions)

    def come_again(self, now, client):
        pause = min(self.case.first_pause * 2 ** (self.tries[client] - 1), self.case.longest_pause)
        self.at(now + pause * self.random.uniform(0.5, 1.5), self.connect, client)

    def hang_up(self, now, session):
        client = self.strangers.pop(session, None)
        if client is not None:
            self.gave_up += 1
            self.come_again(now, client)

    def password(self, now, session, about):
        if session not in self.strangers:
            return
        if now - self.remembered.get(about, -REMEMBERED_FOR) < REMEMBERED_FOR:
            del self.strangers[session]
            self.done.append(now)
        else:
            self.waiting.append((session, about))
            self.longest_queue = max(self.longest_queue, len(self.waiting))
            self.begin(now)

    def begin(self, now):
        while self.busy < self.case.hashes and self.waiting:
            session, about = self.waiting.popleft()
            if session in self.strangers:
                self.busy += 1
                self.at(now + self.case.hash, self.verified, session, about)

    def verified(self, now, session, about):
        self.busy -= 1
        self.remembered.pop(about, None)
        self.remembered[about] = now
        if len(self.remembered) > MOST_REMEMBERED:
            self.remembered.popitem(last=False)
        if self.strangers.pop(session, None) is None:
            self.wasted += 1
        else:
            self.done.append(now)
        self.begin(now)

    def after(self, share):
        """When that share of the clients was logged in again; None if it wasn't."""
        needed = max(1, round(self.case.clients * share))
        return self.done[needed - 1] if len(self.done) >= needed else None


def seconds(value, horizon):
    return "not in %d min" % (horizon / 60) if value is None else "%.0f s" % value if value >= 10 else "%.1f s" % value


def row(name, case):
    node = Node(case).run()
    return (
        name,
        "%d/s" % (case.hashes / case.hash),
        str(case.places or "no limit"),
        "any" if case.nodes > 1 else "the same",
        seconds(node.after(0.5), case.horizon),
        seconds(node.after(0.99), case.horizon),
        seconds(node.after(1), case.horizon),
        "%.1f" % (sum(node.tries) / case.clients),
        str(node.sent_away),
        str(node.gave_up),
        str(node.wasted),
        str(node.longest_queue),
    )


HEADER = (
    "a node's hashes",
    "at most",
    "places",
    "node again",
    "half are in",
    "99 %",
    "all",
    "tries each",
    "421",
    "hung up",
    "hashes for the gone",
    "longest queue",
)


def table(rows):
    """As Markdown."""
    widths = [max(len(each[i]) for each in [HEADER, *rows]) for i in range(len(HEADER))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(each, widths)) + " |" for each in [HEADER, *rows]]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(prog="reconnect", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=100_000, help="of the node that dies (%(default)s)")
    parser.add_argument("--nodes", type=int, default=9, help="that are left (%(default)s)")
    parser.add_argument("--cores", type=int, default=64, help="of each (%(default)s)")
    parser.add_argument("--argon2", type=float, default=0.1, help="seconds of one hash (%(default)s)")
    parser.add_argument("--bcrypt", type=float, default=0.06, help="seconds of one hash of cost 10 (%(default)s)")
    parser.add_argument("--cheap", type=float, default=0.000163, help="seconds of a whole log-in with a cheap hash (%(default)s)")
    parser.add_argument("--in-512-mib", type=int, default=6, help="Argon2 hashes at once in the launcher's heap (%(default)s)")
    parser.add_argument("--in-4-gib", type=int, default=53, help="Argon2 hashes at once with -Xmx4g (%(default)s)")
    parser.add_argument("--spread", type=float, default=5, help="seconds within which all clients notice (%(default)s)")
    parser.add_argument("--answer", type=float, default=0.2, help="seconds from a connection to its password (%(default)s)")
    parser.add_argument("--patience", type=float, default=30, help="seconds that a client waits (%(default)s)")
    parser.add_argument("--pause", type=float, default=5, help="seconds before the second try; doubles (%(default)s)")
    parser.add_argument("--longest-pause", type=float, default=60, help="seconds (%(default)s)")
    parser.add_argument("--horizon", type=float, default=3600, help="seconds that are simulated (%(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--places", type=int, nargs="*", default=[500, 0], help="limits.sessions-before-login (%(default)s)")
    chosen = parser.parse_args()
    kinds = (
        ("Argon2id, heap of 512 MiB", min(chosen.cores, chosen.in_512_mib), chosen.argon2),
        ("Argon2id, -Xmx4g", min(chosen.cores, chosen.in_4_gib), chosen.argon2),
        ("bcrypt, cost 10", chosen.cores, chosen.bcrypt),
        ("cheap (MD5, SHA)", chosen.cores, chosen.cheap),
    )
    case = Case(
        clients=chosen.sessions // chosen.nodes,
        hashes=0,
        hash=0,
        places=0,
        nodes=1,
        spread=chosen.spread,
        answer=chosen.answer,
        patience=chosen.patience,
        first_pause=chosen.pause,
        longest_pause=chosen.longest_pause,
        horizon=chosen.horizon,
        seed=chosen.seed,
    )
    print("%d clients come to each of %d nodes within %g s" % (case.clients, chosen.nodes, case.spread))
    print()
    rows = []
    for name, hashes, cost in kinds:
        for places in chosen.places:
            for nodes in (1, chosen.nodes):
                rows.append(row(name, replace(case, hashes=hashes, hash=cost, places=places, nodes=nodes)))
    print(table(rows))
    return 0
