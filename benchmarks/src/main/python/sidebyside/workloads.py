"""The workloads: what the load generator does, how often, and which figures of it count."""

from dataclasses import dataclass, field

from .fixture import LISTED_FILES, MIB

# How the servers are started: TLS offered, downloads throttled, thousands of passive ports and 256 MiB of heap for JVMs.
PLAIN, TLS, THROTTLED, WIDE = "plain", "tls", "throttled", "wide"
THROTTLE_BYTES = 200 * MIB  # a second


@dataclass(frozen=True)
class Figure:
    """One number of a workload. Lower or higher is better; of(sample) gives it, or None."""

    key: str
    title: str
    unit: str
    better: str
    digits: int = 2


MB_S = Figure("mb_s", "MB/s", "MB/s", "higher", 0)
CPU_GIB = Figure("cpu_s_gib", "server CPU s/GiB", "s/GiB", "lower", 3)
CPU_64K = Figure("cpu_us_64k", "server CPU µs per 64 KiB", "µs", "lower", 1)
SECONDS = Figure("seconds", "seconds until all are done", "s", "lower", 2)
OPS_S = Figure("ops_s", "operations a second", "1/s", "higher", 0)
CPU_OP = Figure("cpu_us_op", "server CPU µs per operation", "µs", "lower", 0)
P50 = Figure("p50_ms", "p50", "ms", "lower", 3)
P99 = Figure("p99_ms", "p99", "ms", "lower", 2)
P999 = Figure("p999_ms", "p99.9", "ms", "lower", 2)
FIRST_BYTE = Figure("first_byte_ms", "first byte, p50", "ms", "lower", 2)
PEAK_MIB = Figure("peak_mib", "peak PSS", "MiB", "lower", 0)
THREADS = Figure("threads", "processes and threads, peak", "", "lower", 0)
DESCRIPTORS = Figure("descriptors", "descriptors, peak", "", "lower", 0)
SESSION_KIB = Figure("session_kib", "PSS per session", "KiB", "lower", 1)
NOOP_P50 = Figure("noop_p50_ms", "NOOP p50", "ms", "lower", 2)
NOOP_P99 = Figure("noop_p99_ms", "NOOP p99", "ms", "lower", 2)
ABOR_P50 = Figure("abor_p50_ms", "ABOR p50", "ms", "lower", 2)
ABOR_P99 = Figure("abor_p99_ms", "ABOR p99", "ms", "lower", 2)
FIRST_MS = Figure("first_ms", "then log-in and a first RETR 1 KiB", "ms", "lower", 0)
START_MS = Figure("start_ms", "start to first greeting", "ms", "lower", 0)
IDLE_MIB = Figure("idle_mib", "PSS when idle", "MiB", "lower", 1)
CALLS_GIB = Figure("calls_gib", "system calls per GiB", "", "lower", 0)
SENDFILE_GIB = Figure("sendfile_gib", "of them sendfile", "", "lower", 0)


@dataclass(frozen=True)
class Workload:
    key: str
    title: str
    load: str  # the load generator's workload, or a special one of rounds.py
    figures: tuple
    options: dict = field(default_factory=dict)
    variant: str = PLAIN
    limits: bool = False  # whether the C limits can do it
    observed: bool = False  # one more run, not timed, samples memory, threads and descriptors
    rounds: int = 5
    warm_up: bool = True
    cold: bool = False  # the file is dropped from the page cache before each run
    note: str = ""


BULK = (MB_S, CPU_GIB)
CLASSIC = ("Published figures for reading and writing against sendfile, on other machines: 1,701 → 2,612 MB/s (Python, a file of 1 GiB), "
           "and 359 → 861 MB/s, 28.8 → 11.3 µs a pass (pysendfile).")
SMALL = (P50, P99, P999, OPS_S, CPU_OP)
CROWD = (SECONDS, CPU_GIB, PEAK_MIB, THREADS, DESCRIPTORS)


# What a server that compiles itself while it runs does before anything is timed: servers run for weeks, and the JVM's
# compilers take some 100,000 small transfers to come to rest. What a cold one costs is the workload "start".
WARM_UP = (
    ("retr", {"file": "1KiB", "sessions": 4, "count": 25000, "seconds": 25}),
    ("retr", {"file": "10MiB", "sessions": 4, "count": 100, "discard": 1, "seconds": 10}),
    ("stor", {"file": "up-%d", "size": 10 * MIB, "sessions": 4, "count": 50, "seconds": 10}),
)


def all_workloads(quick, big_bytes):
    """In the order of the report."""
    rounds = 3
    many_rounds = 9 if quick else 5  # where goals are close, or a check judges
    checked_rounds = 5 if quick else 3
    bulk_rounds = 9  # one takes a second, and which processor runs what makes it twice as fast or slow
    crowd = 100 if quick else 300
    upload = big_bytes
    gib = f"{big_bytes // MIB} MiB" if big_bytes < 1024 * MIB else f"{big_bytes // (1024 * MIB)} GiB"

    def bulk(key, title, load, variant=PLAIN, limits=True, figures=BULK, note="", **options):
        file = {"file": "up-%d"} if load == "stor" else {"file": "big"}
        return Workload(key, title, load, figures, {**file, "size": upload, **options}, variant, limits,
                        rounds=rounds if variant == THROTTLED else bulk_rounds, note=note)

    def small(size_name, size, sessions):
        least = size == 1024  # what a check judges: a second of it, or it measures the moment
        count = (2000 if least or not quick else 300) // (1 if sessions == 1 else 2)
        return Workload(
            f"small-{size_name}-{sessions}", f"EPSV + RETR {size_name}, {sessions} session{'s' if sessions > 1 else ''}", "retr", SMALL,
            {"file": size_name, "size": size, "sessions": sessions, "count": count, "seconds": 1 if quick else 3}, limits=True,
            rounds=many_rounds if least else rounds)

    def crowded(key, title, load, sessions, rounds, **options):
        return Workload(key, title, load, CROWD, {"sessions": sessions, **options}, limits=True, observed=True,
                        rounds=rounds)

    def slow(sessions):
        return Workload(
            f"slow-{sessions}", f"{sessions:,} slow downloads at once", "retr", CROWD,
            {"sessions": sessions, "file": "2MiB", "size": 2 * MIB, "discard": 1, "receive-buffer": 65536, "timeout": 60,
             "pace-bytes": 32768, "pace-ms": 500, "pace-for-ms": 3000 if quick else 8000},
            WIDE, observed=True, rounds=0, warm_up=False,
            note="Each reads 64 KiB a second for a while, then the rest as fast as it can. One run, observed.")

    sessions_idle = 500 if quick else 5000
    listing = {"count": 3 if quick else 5, "lines": LISTED_FILES}
    return [
        bulk("retr", f"RETR {gib}, client discards in the kernel", "retr", figures=(MB_S, CPU_GIB, CPU_64K), discard=1),
        bulk("retr-read", f"RETR {gib}, client reads", "retr", figures=(MB_S, CPU_GIB, CPU_64K), note=CLASSIC),
        Workload("retr-cold", f"RETR {gib}, not in the page cache", "retr", BULK, {"file": "big", "size": big_bytes, "discard": 1},
                 limits=True, rounds=2 if quick else 3, warm_up=False, cold=True),
        bulk("stor", f"STOR {gib}", "stor"),
        bulk("ftps-retr", f"FTPS RETR {gib}", "retr", TLS, False, tls=1),
        bulk("ftps-stor", f"FTPS STOR {gib}", "stor", TLS, False, tls=1),
        *[small(name, size, sessions) for name, size in (("1KiB", 1024), ("100KiB", 102400)) for sessions in (1, 4, 16)],
        Workload("list", f"LIST of {LISTED_FILES:,} files", "retr", (P50, FIRST_BYTE, CPU_OP), {"command": "LIST many", **listing}, rounds=checked_rounds),
        Workload("mlsd", f"MLSD of {LISTED_FILES:,} files", "retr", (P50, FIRST_BYTE, CPU_OP), {"command": "MLSD many", **listing}, rounds=rounds),
        Workload("connect", f"{crowd} connects with login at once", "connect", (SECONDS, P50, P99, CPU_OP), {"sessions": crowd},
                 limits=True, rounds=rounds),
        # a hundred are through within 0.2 s, which says more of compilers than of crowds
        crowded("crowd-retr", "300 × 10 MiB RETR at once", "retr", 300, checked_rounds, file="10MiB", size=10 * MIB, discard=1),
        crowded("crowd-stor", f"{crowd} × 10 MiB STOR at once", "stor", crowd, rounds, file="up-%d", size=10 * MIB),
        *[slow(sessions) for sessions in ((200,) if quick else (1000, 5000))],
        Workload("probe", f"NOOP and ABOR while {crowd} downloads run", "probe", (NOOP_P50, NOOP_P99, ABOR_P50, ABOR_P99),
                 {"sessions": crowd + 2, "file": "10MiB", "size": 10 * MIB, "discard": 1, "count": 100000,
                  "seconds": 3 if quick else 5}, rounds=2, warm_up=False,
                 note="The NOOPs come from a session of their own; each ABOR, a plain line, ends a download that is not being read, or gets no answer within 3 s."),
        Workload("idle", f"{sessions_idle:,} idle sessions", "idle", (SESSION_KIB, THREADS, DESCRIPTORS), {"sessions": sessions_idle},
                 limits=True, observed=True, rounds=0, warm_up=False),
        bulk("throttled", f"RETR {gib}, throttled to 200 MiB/s by the server", "retr", THROTTLED, False, discard=1),
        Workload("start", "Start", "start", (START_MS, FIRST_MS, IDLE_MIB), limits=True, rounds=3 if quick else 5),
        Workload("calls-retr", "System calls of RETR", "calls", (CALLS_GIB, SENDFILE_GIB),
                 {"file": "big", "size": big_bytes, "discard": 1}, limits=True, rounds=1, warm_up=False,
                 note="Counted by strace in a run of its own."),
        Workload("calls-stor", "System calls of STOR", "calls", (CALLS_GIB,), {"file": "up-%d", "size": upload}, limits=True, rounds=1,
                 warm_up=False, note="Counted by strace in a run of its own."),
    ]
