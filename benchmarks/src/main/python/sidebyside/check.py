"""Says whether something got slower: compared with an earlier commit in the same run, or by ratios with committed ones.

A ratio is taken twice, of the medians and of each server's best rounds: rounds of a second differ by a factor of two, so that one
of them alone is often 15% worse by chance. Code that got slower is slower in both.
"""

import json

from .results import LIMIT, OURS
from .servers import BEFORE, BENCHMARKS, WITH_PAGE

BASELINE = BENCHMARKS / "baseline.json"
TOLERANCE = 0.15
ENOUGH_ROUNDS = 5

# What is stable enough in a quick run to fail a check.
CHECKED = {
    "retr": ("cpu_s_gib",),
    "stor": ("cpu_s_gib",),
    "ftps-retr": ("cpu_s_gib",),
    "ftps-stor": ("cpu_s_gib",),
    "small-1KiB-1": ("p50_ms",),
    "small-1KiB-4": ("ops_s", "cpu_us_op"),
    "list": ("p50_ms",),
    "crowd-retr": ("cpu_s_gib",),
    "start": ("start_ms", "idle_mib"),
}

# Against what a baseline has it: the C limit, or vsftpd and ProFTPD where the limit can't do it.
AGAINST = (LIMIT, "vsftpd", "proftpd")
# What is owed to the JVM is compared with another one.
AGAINST_JVM = {"start": ("stock",)}


def only_checked(workloads):
    return [workload for workload in workloads if workload.key in CHECKED]


def _ratios(results):
    """Of ours to the limit, or to what can do it: a baseline holds on machines like the one it was made on."""
    ratios = {}
    for workload, figure in _checked(results):
        for against in AGAINST_JVM.get(workload.key, AGAINST):
            ratio = _ratio(results, workload, figure, OURS, against)
            if ratio:
                ratios[f"{workload.key} {figure.key} / {against}"] = ratio
                break
    return ratios


def _checked(results):
    for key, figures in CHECKED.items():
        workload = results.workload(key)
        for figure in workload.figures if workload else ():
            if figure.key in figures:
                yield workload, figure


def _ratio(results, workload, figure, ours, theirs):
    our_median = results.median(workload.key, ours, figure.key)
    their_median = results.median(workload.key, theirs, figure.key)
    if our_median is None or not their_median:
        return None
    best = _best(results.cell(workload.key, ours), figure) / _best(results.cell(workload.key, theirs), figure)
    return {"median": round(our_median / their_median, 3), "best": round(best, 3), "better": figure.better}


def _best(cell, figure):
    """The second best, where there are enough rounds: one of them may be luck."""
    values = sorted(cell.values[figure.key], reverse=figure.better == "higher")
    return values[1 if len(values) >= ENOUGH_ROUNDS else 0]


def write_baseline(results):
    baseline = {"date": results.date, "mode": results.mode, "machine": results.machine, "ratios": _ratios(results)}
    BASELINE.write_text(json.dumps(baseline, indent=2, ensure_ascii=False) + "\n")
    print(f"wrote {BASELINE}")


def verdict(results):
    """Prints one line a figure. 0: nothing got worse, 1: something did, or nothing could be compared."""
    measured = {server.name for server in results.servers}
    verdicts = []
    if BEFORE in measured:
        verdicts.append(_beside(results, OURS, BEFORE))
    else:
        verdicts.append(_against_baseline(results))
    if WITH_PAGE in measured:
        verdicts.append(_beside(results, WITH_PAGE, OURS))
    return max(verdicts)


def _beside(results, ours, theirs):
    """Two of ours, measured by turns: nothing of the machine is between them."""
    print(f"\n{results.server(ours).title} against {results.server(theirs).title}, by turns in this run (ratio):")
    regressions = compared = 0
    for workload, figure in _checked(results):
        name = f"{workload.key} {figure.key}"
        ratio = _ratio(results, workload, figure, ours, theirs)
        if ratio is None and results.median(workload.key, theirs, figure.key):
            compared += 1
            regressions += 1
            print(f"  REGRESSION  {name}: {results.cell(workload.key, ours).reason}")
        elif ratio is None:
            print(f"  not measured  {name}")
        else:
            compared += 1
            same = {"median": 1, "best": 1, "better": figure.better}
            regressions += _tell(f"{name}: median {ratio['median']}, best rounds {ratio['best']}", same, ratio)
    return _end(compared, regressions)


def _against_baseline(results):
    if not BASELINE.exists():
        print("no baseline: write one with --write-baseline, or compare with a commit by --before")
        return 1
    baseline = json.loads(BASELINE.read_text())["ratios"]
    now = _ratios(results)
    regressions = compared = 0
    print("\nAgainst the baseline (ratio of ours to theirs):")
    for name, then in baseline.items():
        if name not in now:
            print(f"  not measured  {name}")
            continue
        compared += 1
        regressions += _tell(f"{name}: median {then['median']} -> {now[name]['median']}, "
                             f"best round {then['best']} -> {now[name]['best']}", then, now[name])
    return _end(compared, regressions)


def _tell(text, then, now):
    """Whether it got worse, by the medians and by the best rounds."""
    worse = min(_worse(then, now, "median"), _worse(then, now, "best")) > TOLERANCE
    print(f"  {'REGRESSION' if worse else 'fine      '}  {text}")
    return worse


def _end(compared, regressions):
    print(f"{compared - regressions} passed, {regressions} failed")
    return 1 if regressions or not compared else 0


def _worse(then, now, key):
    """By which part of it a ratio got worse; negative if it got better."""
    change = now[key] / then[key] - 1
    return change if then["better"] == "lower" else -change
