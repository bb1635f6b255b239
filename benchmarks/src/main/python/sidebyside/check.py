"""Compares ratios of this run with committed ones: a machine's speed cancels out of a ratio, a regression does not.

A ratio is taken twice, of the medians and of each server's best round: rounds of a second differ by a factor of two, so that one
of them alone is often 15% worse by chance. Code that got slower is slower in both.
"""

import json

from .results import LIMIT, OURS
from .servers import BENCHMARKS

BASELINE = BENCHMARKS / "baseline.json"
TOLERANCE = 0.15

# What is stable enough in a quick run to fail a check. Each is measured against the C limit, or against vsftpd and
# ProFTPD where the limit can't do it.
CHECKED = {
    "retr": ("cpu_s_gib",),
    "stor": ("cpu_s_gib",),
    "ftps-retr": ("cpu_s_gib",),
    "ftps-stor": ("cpu_s_gib",),
    "small-1KiB-1": ("p50_ms",),
    "small-1KiB-4": ("ops_s", "cpu_us_op"),
    "list": ("p50_ms",),
    "crowd-retr": ("cpu_s_gib",),
}


def only_checked(workloads):
    return [workload for workload in workloads if workload.key in CHECKED]


def _ratios(results):
    ratios = {}
    for key, figures in CHECKED.items():
        workload = results.workload(key)
        if workload is None:
            continue
        for figure in workload.figures:
            if figure.key in figures:
                for against in (LIMIT, "vsftpd", "proftpd"):
                    theirs = results.median(key, against, figure.key)
                    ours = results.median(key, OURS, figure.key)
                    if theirs and ours is not None:
                        best = _best(results.cell(key, OURS), figure) / _best(results.cell(key, against), figure)
                        ratios[f"{key} {figure.key} / {against}"] = {
                            "median": round(ours / theirs, 3), "best": round(best, 3), "better": figure.better}
                        break
    return ratios


def _best(cell, figure):
    least, most = cell.spread(figure.key)
    return least if figure.better == "lower" else most


def write_baseline(results):
    baseline = {"date": results.date, "mode": results.mode, "machine": results.machine, "ratios": _ratios(results)}
    BASELINE.write_text(json.dumps(baseline, indent=2, ensure_ascii=False) + "\n")
    print(f"wrote {BASELINE}")


def verdict(results):
    """Prints one line a ratio. 0: nothing regressed, 1: something did, or nothing could be compared."""
    if not BASELINE.exists():
        print(f"no baseline: write one with --write-baseline")
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
        worse = min(_worse(then, now[name], "median"), _worse(then, now[name], "best"))
        regressed = worse > TOLERANCE
        regressions += regressed
        print(f"  {'REGRESSION   ' if regressed else 'fine         '} {name}: median {then['median']} -> {now[name]['median']}, "
              f"best round {then['best']} -> {now[name]['best']}")
    print(f"{compared - regressions} passed, {regressions} failed")
    return 1 if regressions or not compared else 0


def _worse(then, now, key):
    """By which part of it a ratio got worse; negative if it got better."""
    change = now[key] / then[key] - 1
    return change if then["better"] == "lower" else -change
