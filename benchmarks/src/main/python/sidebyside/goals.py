"""What ZeroFTPd must reach, row by row, judged within one run: against the limit, the best peer, itself, or a number."""

from dataclasses import dataclass

LIMIT, PEER, STOCK, NUMBER, OWN = "C sendfile", "best peer", "stock", "", "own"


@dataclass(frozen=True)
class Bound:
    """ours <= factor * reference where lower is better, ours >= factor * reference where higher is."""

    factor: float
    against: str
    own_workload: str = ""  # with OWN: which of our own cells

    def text(self, figure):
        sign = "≤" if figure.better == "lower" else "≥"
        if self.against == NUMBER:
            return f"{sign} {self.factor:g} {figure.unit}".strip()
        whom = f"own {self.own_workload}" if self.against == OWN else self.against
        return f"{sign} {whom}" if self.factor == 1 else f"{sign} {self.factor:g} × {whom}"


@dataclass(frozen=True)
class Goal:
    work: str
    workload: str
    figure: str  # "" where success is all that counts
    bounds: tuple = ()


GOALS = (
    Goal("RETR", "retr", "cpu_s_gib", (Bound(1.1, LIMIT), Bound(1, PEER))),
    Goal("RETR, reading client", "retr-read", "cpu_s_gib", (Bound(1.1, LIMIT), Bound(1, PEER))),
    Goal("STOR", "stor", "cpu_s_gib", (Bound(0.5, PEER),)),
    Goal("FTPS RETR", "ftps-retr", "mb_s", (Bound(2, PEER),)),
    Goal("FTPS RETR", "ftps-retr", "cpu_s_gib", (Bound(0.6, PEER),)),
    Goal("EPSV + RETR 1 KiB, 1 session", "small-1KiB-1", "p50_ms", (Bound(0.4, NUMBER),)),
    Goal("EPSV + RETR 1 KiB, 4 sessions", "small-1KiB-4", "ops_s", (Bound(1.2, PEER),)),
    Goal("LIST of 20,000 files", "list", "p50_ms", (Bound(1, PEER),)),
    Goal("LIST of 20,000 files", "list", "first_byte_ms", (Bound(20, NUMBER),)),
    Goal("300 × 10 MiB RETR at once", "crowd-retr", "seconds", (Bound(1, PEER),)),
    Goal("meanwhile", "probe", "noop_p99_ms", (Bound(20, NUMBER),)),
    Goal("5,000 downloads at once, -Xmx256m, all 226", "slow-5000", ""),
    Goal("5,000 downloads: threads don't grow", "slow-5000", "threads", (Bound(1.1, OWN, "slow-1000"),)),
    Goal("5,000 idle sessions", "idle", "session_kib", (Bound(20, NUMBER),)),
    Goal("throttled RETR", "throttled", "cpu_s_gib", (Bound(1.1, OWN, "retr"),)),
    Goal("start to first greeting", "start", "start_ms", (Bound(500, NUMBER),)),
    Goal("memory when idle", "start", "idle_mib", (Bound(64, NUMBER),)),
)


@dataclass(frozen=True)
class Judgement:
    goal: Goal
    text: str  # the goal in words
    ours: object
    peer: object  # (name, value) of the best peer, or None
    stock: object
    limit: object
    reached: object  # True, False, or None where this run can't tell


def judge(goal, results):
    """None where the run did not include the workload."""
    workload = results.workload(goal.workload)
    ours = results.cell(goal.workload, "zeroftpd")
    if workload is None or ours is None:
        return None
    figure = next((figure for figure in workload.figures if figure.key == goal.figure), None)
    if figure is None:
        return Judgement(goal, "all succeed", None, None, None, None, ours.status == "ok")
    value = ours.median(figure.key)
    reached = False if ours.status != "ok" else None
    verdicts = []
    for bound in goal.bounds:
        reference = _reference(bound, goal, figure, results)
        if reference is not None and value is not None and ours.status == "ok":
            allowed = bound.factor * reference
            verdicts.append(value <= allowed if figure.better == "lower" else value >= allowed)
    if verdicts:
        reached = all(verdicts)
    return Judgement(
        goal, " and ".join(bound.text(figure) for bound in goal.bounds), value,
        results.best_peer(goal.workload, figure), results.median(goal.workload, "stock", figure.key),
        results.median(goal.workload, "sendfile", figure.key), reached,
    )


def _reference(bound, goal, figure, results):
    if bound.against == NUMBER:
        return 1
    if bound.against == OWN:
        return results.median(bound.own_workload, "zeroftpd", figure.key)
    if bound.against == LIMIT:
        return results.median(goal.workload, "sendfile", figure.key)
    best = results.best_peer(goal.workload, figure)
    return best[1] if best else None
