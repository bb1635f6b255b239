"""A server that runs, and one load run against it."""

import json
import os
import resource
import select
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass

from .accounting import PeakSampler, ProcessGroup
from .servers import PASSWORD, USER, Setup

START_SECONDS = 120  # a JVM on a busy machine, the first time with its ahead-of-time cache to be made
STOP_SECONDS = 10
DESCRIPTORS = 65536  # 5,000 sessions with two sockets and a file each, and room


class DidNotStart(Exception):
    pass


class Instance:
    """One running server. start() returns the seconds until it greeted the first client."""

    def __init__(self, server, setup: Setup):
        self.server = server
        self.setup = setup
        self.group = ProcessGroup(f"{server.name}-{setup.port}")
        self._process = None
        self._log = None
        self._companion = None

    def start(self):
        shutil.rmtree(self.setup.folder, ignore_errors=True)
        self.setup.folder.mkdir(parents=True)
        if self._greets():
            raise DidNotStart(f"port {self.setup.port} is another process's: does another comparison run?")
        launch = self.server.launch(self.setup)
        log = self.setup.folder / "output.log"
        self._log = open(log, "wb")
        begun = time.monotonic()
        self._process = subprocess.Popen(
            launch.argv, env={**os.environ, **launch.environment}, stdin=subprocess.DEVNULL, stdout=self._log,
            stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=self._prepare_child,
        )
        self.group.put(self._process.pid)
        while not self._greets():
            if self._process.poll() is not None or time.monotonic() - begun > START_SECONDS:
                self.stop()
                raise DidNotStart(log.read_text(errors="replace")[-2000:] or "no output")
            time.sleep(0.001)
        seconds = time.monotonic() - begun
        if not self.group.listens_on(self.setup.port):
            self.stop()
            raise DidNotStart(f"another process answers on port {self.setup.port}: does another comparison run?")
        if self.server.companion is not None:
            self._begin_companion(self.server.companion(self.setup))
        return seconds

    def _begin_companion(self, launch):
        self._companion = subprocess.Popen(launch.argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if not self._companion.stdout.readline():
            self.stop()
            raise DidNotStart(f"{launch.argv[1]} ended at once")

    def _prepare_child(self):
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        most = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        self.group.join()

    def _greets(self):
        try:
            with socket.create_connection(("127.0.0.1", self.setup.port), timeout=5) as connection:
                return connection.recv(3) == b"220"
        except OSError:
            return False

    @property
    def pid(self):
        return self._process.pid

    def stop(self):
        if self._companion is not None:
            self._companion.kill()
            self._companion.wait()
            self._companion.stdout.close()
            self._companion = None
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.group.kill()
        self.group.remove()
        self._log.close()
        self._process = None


@dataclass(frozen=True)
class Sample:
    """What one run of the load generator brought: its own result, and what the server spent meanwhile."""

    result: dict
    processor_seconds: float
    memory_before: int = 0
    memory_peak: int = 0
    threads_before: int = 0
    threads_peak: int = 0
    descriptors_peak: int = 0


class LoadFailed(Exception):
    """The load generator brought no result in time: the server hangs, or refuses."""


class Load:
    """One run of ftpload: log in, work, log out; each phase on request."""

    def __init__(self, instance, workload, options, seconds):
        self._deadline = time.monotonic() + seconds
        arguments = {"port": instance.setup.port, "user": USER, "password": PASSWORD, **options}
        command = [str(instance.setup.tools / "ftpload"), workload]
        self._process = subprocess.Popen(
            command + [f"{key}={value}" for key, value in arguments.items()], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, preexec_fn=_allow_descriptors,
        )

    def log_in(self):
        if self._line() != "READY":
            raise LoadFailed("the load generator did not start")

    def work(self):
        self._go()
        return json.loads(self._line())

    def close(self):
        try:
            if self._process.poll() is None:
                self._go()
                self._process.wait(STOP_SECONDS)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            pass
        finally:
            self._process.kill()
            self._process.wait()
            self._process.stdin.close()
            self._process.stdout.close()

    def _go(self):
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def _line(self):
        left = max(0.0, self._deadline - time.monotonic())
        if not select.select([self._process.stdout], [], [], left)[0]:
            raise LoadFailed("timed out")
        return self._process.stdout.readline().strip()


def _allow_descriptors():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(DESCRIPTORS, hard), hard))


def measure(instance, workload, options, seconds, observed=False):
    """Runs the load once. Observed: also samples memory, threads and descriptors, which costs time of its own."""
    load = Load(instance, workload, options, seconds)
    group = instance.group
    try:
        memory_before = group.memory_bytes() if observed else 0
        threads_before = group.threads() if observed else 0
        load.log_in()
        before = group.processor_seconds()
        if observed:
            with PeakSampler(group) as peak:
                result = load.work()
                if workload == "idle":
                    time.sleep(1)
        else:
            result = load.work()
        spent = group.processor_seconds() - before
        if not observed:
            return Sample(result, spent)
        return Sample(result, spent, memory_before, peak.memory_bytes, threads_before, peak.threads, peak.descriptors)
    finally:
        load.close()
