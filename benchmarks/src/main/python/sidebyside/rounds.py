"""Runs the workloads: all servers of a variant are up at once, and take turns within every round (A B C, B C A, C A B)."""

import re
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

from .instance import DidNotStart, Instance, LoadFailed, measure
from .servers import Setup
from .workloads import PLAIN, THROTTLE_BYTES, THROTTLED, TLS, WARM_UP, WIDE

GIB = 1 << 30
# All below the kernel's ephemeral ports, which the clients use. Each server has passive ports of its own, few enough for
# those that search them in a list; where thousands download at once all share many, since they take turns.
CONTROL_PORTS = 32_650
WIDE_PORTS = (10_100, 31_999)
PASSIVE_PORTS = 2_500  # ProFTPD runs out of 1,000 under 16 sessions: it does not reuse those that wait for their time-out
FIRST_PASSIVE_PORT = 12_600
# Pure-FTPd takes half as many sessions as it has passive ports, and 5,000 is what one workload asks for. It picks ports by
# chance, also such as another of its sessions is about to listen on: the more, the less often that happens.
MANY_PASSIVE_PORTS = {"pureftpd": (1_500, FIRST_PASSIVE_PORT - 1)}


@dataclass
class Cell:
    """One workload on one server. Status is "ok", "hangs", "fails", or "unsupported"."""

    status: str = "ok"
    reason: str = ""
    values: dict = field(default_factory=dict)  # figure key -> one value a round
    client_share: list = field(default_factory=list)  # of one processor, the load generator's

    def add(self, key, value):
        if value is not None:
            self.values.setdefault(key, []).append(value)

    def median(self, key):
        values = self.values.get(key)
        return statistics.median(values) if values else None

    def spread(self, key):
        values = self.values.get(key)
        return (min(values), max(values)) if values else None


class Runner:
    def __init__(self, servers, fixture, seconds):
        self._servers = servers
        self._fixture = fixture
        self._seconds = seconds  # for one run of the load generator, at most
        self._instances = {}
        self.cells = {}  # workload key -> server name -> Cell; grows while it runs

    def run(self, workloads):
        self.cells = {workload.key: {} for workload in workloads}
        for variant in (PLAIN, TLS, THROTTLED, WIDE):
            chosen = [workload for workload in workloads if workload.variant == variant]
            if not chosen:
                continue
            able = [server for server in self._servers if _offers(server, variant)]
            failures = self._start_all(able, variant)
            try:
                self._warm_up(variant)
                for workload in chosen:
                    self._compare(workload, able, variant, failures)
            finally:
                self._stop_all()

    def _start_all(self, servers, variant):
        failures = {}
        for server in servers:
            try:
                self._start(server, variant)
            except DidNotStart as failure:
                failures[server.name] = f"did not start: {failure}"
                _say(f"{server.name} did not start:\n{failure}")
        return failures

    def _warm_up(self, variant):
        for name, instance in self._instances.items():
            if not instance.server.compiles_itself:
                continue
            _say(f"{variant}: {name}, warm-up")
            for load, options in WARM_UP:
                try:
                    measure(instance, load, {**options, "tls": int(variant == TLS)}, self._seconds)
                except (LoadFailed, OSError, ValueError) as failure:
                    _say(f"{name}: {failure}")
                self._fixture.remove_uploads()

    def _start(self, server, variant):
        instance = Instance(server, self._setup(server, variant))
        seconds = instance.start()
        self._instances[server.name] = instance
        return seconds

    def _setup(self, server, variant):
        number = self._servers.index(server)
        few = [other.name for other in self._servers if other.name not in MANY_PASSIVE_PORTS]
        first = FIRST_PASSIVE_PORT + PASSIVE_PORTS * (few.index(server.name) if server.name in few else 0)
        own = MANY_PASSIVE_PORTS.get(server.name, (first, first + PASSIVE_PORTS - 1))
        return Setup(
            self._fixture.folder / "run" / server.name, self._fixture.home, CONTROL_PORTS + number,
            WIDE_PORTS if variant == WIDE else own,
            self._fixture.tools, self._fixture.certificate if variant == TLS else None,
            THROTTLE_BYTES if variant == THROTTLED else 0, "256m" if variant == WIDE else "",
        )

    def _stop_all(self):
        for instance in self._instances.values():
            instance.stop()
        self._instances.clear()

    def _compare(self, workload, servers, variant, failures):
        cells = self.cells[workload.key]
        for server in servers:
            if server.is_limit and not workload.limits:
                continue
            cell = cells[server.name] = Cell()
            if server.name in failures:
                cell.status, cell.reason = "fails", failures[server.name]
        rounds = workload.rounds + (1 if workload.warm_up else 0) + (1 if workload.observed else 0)
        for number in range(rounds):
            warms_up = workload.warm_up and number == 0
            observed = workload.observed and number == rounds - 1
            first = number % len(servers)  # what a server leaves behind must not always meet the same next one
            for server in servers[first:] + servers[:first]:
                cell = cells.get(server.name)
                if cell is not None and cell.status == "ok":
                    _say(f"{workload.key}: {server.name}, {'warm-up' if warms_up else 'observed' if observed else f'round {number}'}")
                    self._turn(workload, server, variant, Cell() if warms_up else cell, cell, observed)

    def _turn(self, workload, server, variant, into, cell, observed):
        try:
            if workload.load == "start":
                self._measure_start(server, variant, into)
            elif workload.load == "calls":
                self._count_calls(workload, server, into)
            else:
                self._measure_load(workload, server, into, observed)
        except (LoadFailed, DidNotStart, OSError, ValueError) as failure:
            cell.status, cell.reason = _status(str(failure)), str(failure)
            _say(f"{workload.key}: {server.name} {cell.status}: {cell.reason}")
            self._restart(server, variant)
        finally:
            self._fixture.remove_uploads()

    def _restart(self, server, variant):
        self._instances.pop(server.name).stop()
        try:
            self._start(server, variant)
        except DidNotStart as failure:
            _say(f"{server.name} did not start again:\n{failure}")

    def _measure_load(self, workload, server, cell, observed):
        if workload.cold:
            self._fixture.drop_from_cache("big")
        if workload.load == "stor":
            self._fixture.touch_free_memory(workload.options["size"] * workload.options.get("sessions", 1))
        sample = measure(self._instances[server.name], workload.load, workload.options, self._seconds, observed)
        result = sample.result
        if result["failed"] > 0:
            sessions = workload.options.get("sessions", 1)
            raise LoadFailed(f"{result['failed']} of {sessions} sessions failed, one with: {result['error']}")
        if observed:
            _add_observed(cell, sample, workload.options.get("sessions", 1))
        if not observed or workload.rounds == 0:
            _add_timed(cell, sample)

    def _measure_start(self, server, variant, cell):
        self._instances.pop(server.name).stop()
        cell.add("start_ms", 1000 * self._start(server, variant))
        begun = time.monotonic()
        measure(self._instances[server.name], "retr", {"file": "1KiB"}, self._seconds)
        cell.add("first_ms", 1000 * (time.monotonic() - begun))
        time.sleep(7)  # until the JVM has given back what its compilers took (the launcher lets it look every 2 s)
        cell.add("idle_mib", self._instances[server.name].group.memory_bytes() / (1 << 20))

    def _count_calls(self, workload, server, cell):
        instance = self._instances[server.name]
        table = instance.setup.folder / "strace"
        pids = [argument for pid in instance.group.pids() for argument in ("-p", str(pid))]
        tracer = subprocess.Popen(["strace", "-f", "-c", "-q", "-U", "calls,name", "-o", str(table), *pids],
                                  stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            time.sleep(1)  # until it is attached
            load = "stor" if workload.options["file"].startswith("up-") else "retr"
            sample = measure(instance, load, workload.options, self._seconds)
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.wait(20)
        if sample.result["failed"] > 0:
            raise LoadFailed(sample.result["error"])
        calls = {}
        for line in table.read_text().splitlines():
            fields = line.split()
            if len(fields) == 2 and fields[0].isdigit() and fields[1] != "total":
                calls[fields[1]] = int(fields[0])
        gib = sample.result["bytes"] / GIB
        cell.add("calls_gib", sum(calls.values()) / gib)
        cell.add("sendfile_gib", (calls.get("sendfile", 0) + calls.get("sendfile64", 0)) / gib)


def _add_timed(cell, sample):
    result, cpu = sample.result, sample.processor_seconds
    seconds, done, moved = result["seconds"], result["done"], result["bytes"]
    cell.add("seconds", seconds)
    if moved > 0:
        cell.add("mb_s", moved / 1e6 / seconds)
        cell.add("cpu_s_gib", cpu / (moved / GIB))
        cell.add("cpu_us_64k", cpu * 1e6 / (moved / 65536))
    if done > 0:
        cell.client_share.append(result["client_cpu"] / seconds)
        cell.add("ops_s", done / seconds)
        cell.add("cpu_us_op", cpu * 1e6 / done)
    for name, prefix in (("latency", ""), ("noop", "noop_"), ("abor", "abor_")):
        for quantile in ("p50", "p99", "p999"):
            if name in result:
                cell.add(f"{prefix}{quantile}_ms", 1000 * result[name][quantile])
    if "first_byte" in result:
        cell.add("first_byte_ms", 1000 * result["first_byte"]["p50"])
    if result.get("noop_failed") or result.get("abor_failed"):
        cell.reason = f"no answer to {'NOOP' if result['noop_failed'] else 'ABOR'}: {result['error']}"


def _add_observed(cell, sample, sessions):
    cell.add("peak_mib", sample.memory_peak / (1 << 20))
    cell.add("threads", sample.threads_peak)
    cell.add("descriptors", sample.descriptors_peak)
    cell.add("session_kib", (sample.memory_peak - sample.memory_before) / 1024 / sessions)


def _status(reason):
    if re.search(r": 50[024][ :]", reason) and "OOPS" not in reason:  # vsftpd's 500 for everything else
        return "unsupported"
    return "hangs" if "timed out" in reason else "fails"


def _offers(server, variant):
    return server.tls if variant == TLS else server.throttles if variant == THROTTLED else True


def _say(text):
    print(text, file=sys.stderr, flush=True)
