/*
 * The load generator: many FTP sessions at once, one thread each, against a server on this machine.
 *
 *   ftpload WORKLOAD key=value...
 *
 * A run has three phases, so that the caller can read the server's counters between them while every session lives:
 *   log in         prints "READY"                        waits for a line on standard input
 *   the workload   prints one line of JSON, the result   waits for a line on standard input
 *   log out
 * The workload "connect" logs in within the second phase. A session that fails is counted, with its reason, and takes
 * no further part. Nothing waits for longer than timeout= seconds without progress.
 */
#define _GNU_SOURCE
#include "ftp.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 1 << 20, READ_AHEAD = 64 * 1024, LOGINS_AT_ONCE = 16, STACK = 256 * 1024, PROBE_PAUSE_MS = 2, ABORT_SECONDS = 3 };

struct options {
    const char *workload;
    const char *file; /* "%d" in it is the session's number */
    const char *command;
    int sessions, count;
    int seconds; /* starts nothing new after them; 0: no limit */
    long size; /* of an upload; what a download must bring, or -1 */
    long lines; /* what a listing must bring, at least */
    bool discard;
    long pace_bytes, pace_ms, pace_for_ms;
};

struct worker {
    int number;
    pthread_t thread;
    struct ftp_session session;
    bool ready;
    int done, failed;
    int64_t bytes;
    double *latencies;   /* seconds, one an operation */
    double *first_bytes; /* seconds until the first byte of data */
    double finished;
};

static struct options options = {.sessions = 1, .count = 1, .size = -1, .file = "", .command = ""};
static struct ftp_target target = {.user = "bench", .password = "bench", .timeout_seconds = 30};
static struct worker *workers;
static sem_t logins, ready;
static pthread_barrier_t go;
static double started;
static volatile bool stop;
static int payload = -1; /* a file in memory: uploads cost the generator no copy */

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static void pause_ms(long ms) {
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static long count_lines(const char *text, long size) {
    long lines = 0;
    for (const char *end = text + size; (text = memchr(text, '\n', (size_t) (end - text))) != NULL; text++) lines++;
    return lines;
}

/* Reads slowly for pace_for_ms, if that is asked for, then as fast as it can. */
static bool receive_all(struct worker *worker, struct ftp_stream *data, char *buffer, double begun, double *first) {
    int64_t total = 0;
    long lines = 0;
    double slow_until = begun + (double) options.pace_for_ms / 1000;
    if (options.pace_for_ms > 0) pause_ms(options.pace_ms * worker->number / options.sessions);
    for (;;) {
        bool slow = options.pace_for_ms > 0 && now() < slow_until;
        long count = stream_receive(data, buffer, slow ? (size_t) options.pace_bytes : CHUNK, options.discard);
        if (count < 0) return ftp_fail(&worker->session, "download");
        if (count == 0) break;
        if (total == 0) *first = now() - begun;
        total += count;
        if (options.lines > 0) lines += count_lines(buffer, count);
        if (slow) pause_ms(options.pace_ms);
    }
    worker->bytes += total;
    if (lines < options.lines) {
        snprintf(worker->session.error, sizeof worker->session.error, "%ld lines instead of %ld", lines, options.lines);
        return false;
    }
    if (options.size >= 0 && total != options.size) {
        snprintf(worker->session.error, sizeof worker->session.error, "%ld bytes instead of %ld", (long) total, options.size);
        return false;
    }
    return true;
}

static bool send_all(struct worker *worker, struct ftp_stream *data, const char *buffer) {
    for (int64_t left = options.size; left > 0;) {
        size_t part = left < CHUNK ? (size_t) left : CHUNK;
        if (data->ssl != NULL) {
            if (!stream_send(data, buffer, part)) return ftp_fail(&worker->session, "upload");
            left -= (int64_t) part;
        } else {
            off_t offset = 0;
            ssize_t sent = sendfile(data->fd, payload, &offset, part);
            if (sent <= 0) return ftp_fail(&worker->session, "upload");
            left -= sent;
        }
    }
    if (data->ssl != NULL) stream_finish(data);
    worker->bytes += options.size;
    return true;
}

static bool transfer(struct worker *worker, const char *command, bool upload, char *buffer, double *first) {
    struct ftp_stream data;
    double begun = now();
    *first = 0;
    bool fine = ftp_passive(&worker->session, &data) && ftp_expect(&worker->session, command, 1)
                && ftp_secure_data(&worker->session, &data)
                && (upload ? send_all(worker, &data, buffer) : receive_all(worker, &data, buffer, begun, first));
    stream_close(&data);
    if (!fine) return false;
    int code = ftp_reply(&worker->session);
    if (code > 0 && code / 100 != 2) {
        snprintf(worker->session.error, sizeof worker->session.error, "%.150s", worker->session.reply);
    }
    return code / 100 == 2;
}

static void run_transfers(struct worker *worker, char *buffer) {
    bool upload = strcmp(options.workload, "stor") == 0;
    char name[256], command[300];
    snprintf(name, sizeof name, options.file, worker->number);
    if (options.command[0] != '\0') snprintf(command, sizeof command, "%s", options.command);
    else snprintf(command, sizeof command, "%s %s", upload ? "STOR" : "RETR", name);
    for (int i = 0; i < options.count && !stop; i++) {
        double begun = now();
        if (options.seconds > 0 && begun > started + options.seconds) return;
        if (!transfer(worker, command, upload, buffer, &worker->first_bytes[worker->done])) {
            worker->failed = 1;
            return;
        }
        worker->latencies[worker->done++] = now() - begun;
    }
}

/* One session that answers NOOPs while the others download. Real time: what is measured is the server's delay. */
static void prefer_this_thread(void) {
    struct sched_param highest = {.sched_priority = 1};
    pthread_setschedparam(pthread_self(), SCHED_FIFO, &highest); /* without the right to: measured as it is */
}

static void run_noops(struct worker *worker) {
    prefer_this_thread();
    while (!stop && worker->done < options.count) {
        double begun = now();
        if (!ftp_expect(&worker->session, "NOOP", 2)) {
            worker->failed = 1;
            return;
        }
        worker->latencies[worker->done++] = now() - begun;
        pause_ms(PROBE_PAUSE_MS);
    }
}

/* Starts a download that it doesn't read, aborts it, and waits for the last of the replies: 426 and 226, or one 2xx. */
static bool abort_one(struct worker *worker, double *latency) {
    struct ftp_session *session = &worker->session;
    struct ftp_stream data;
    char command[300], byte;
    snprintf(command, sizeof command, "RETR %s", options.file);
    bool fine = ftp_passive(session, &data) && ftp_expect(session, command, 1)
                && stream_receive(&data, &byte, 1, false) == 1;
    if (fine) {
        pause_ms(10); /* until the socket is full and the server waits */
        double begun = now();
        ftp_limit_waiting(session, ABORT_SECONDS);
        fine = ftp_send(session, "ABOR");
        int code = fine ? ftp_reply(session) : -1;
        if (code / 100 == 4) code = ftp_reply(session);
        *latency = now() - begun;
        fine = code / 100 == 2;
        if (!fine) ftp_fail(session, "ABOR");
        ftp_limit_waiting(session, target.timeout_seconds);
    }
    stream_close(&data);
    return fine;
}

static void run_aborts(struct worker *worker) {
    prefer_this_thread();
    while (!stop && worker->done < options.count) {
        if (!abort_one(worker, &worker->latencies[worker->done])) {
            worker->failed = 1;
            return;
        }
        worker->done++;
    }
}

/* In "probe" the last two sessions are the probes, the others download until the time is over. */
static void run_workload(struct worker *worker, char *buffer) {
    if (strcmp(options.workload, "probe") != 0) run_transfers(worker, buffer);
    else if (worker->number == options.sessions - 2) run_noops(worker);
    else if (worker->number == options.sessions - 1) run_aborts(worker);
    else run_transfers(worker, buffer);
}

static void log_in(struct worker *worker) {
    bool all_at_once = strcmp(options.workload, "connect") == 0;
    if (!all_at_once) sem_wait(&logins);
    double begun = now();
    worker->ready = ftp_open(&worker->session, &target);
    if (all_at_once && worker->ready) worker->latencies[worker->done++] = now() - begun;
    if (!all_at_once) sem_post(&logins);
    if (!worker->ready) worker->failed = 1;
}

static void *work(void *argument) {
    struct worker *worker = argument;
    bool connects = strcmp(options.workload, "connect") == 0;
    bool decrypts = target.tls != NULL;
    char *buffer = options.discard && !decrypts ? NULL : malloc(CHUNK);
    if (buffer != NULL) memset(buffer, 'z', CHUNK);
    if (!connects) log_in(worker);
    sem_post(&ready);
    pthread_barrier_wait(&go);
    if (connects) log_in(worker);
    else if (worker->ready && strcmp(options.workload, "idle") != 0) run_workload(worker, buffer);
    worker->finished = now();
    free(buffer);
    sem_post(&ready);
    return NULL;
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *) a, right = *(const double *) b;
    return (left > right) - (left < right);
}

static void print_percentiles(const char *name, double *values, size_t count) {
    if (count == 0) return;
    qsort(values, count, sizeof *values, ascending);
    printf(", \"%s\": {\"count\": %zu, \"p50\": %.9f, \"p99\": %.9f, \"p999\": %.9f, \"max\": %.9f}", name, count,
           values[count / 2], values[count * 99 / 100], values[count * 999 / 1000], values[count - 1]);
}

/* Gathers one array of the workers from first to last into the result. */
static void print_all(const char *name, int first, int last, bool first_bytes) {
    double *values = malloc(sizeof *values * ((size_t) options.count * (size_t) (last - first) + 1));
    size_t count = 0;
    for (int i = first; i < last; i++) {
        for (int k = 0; k < workers[i].done; k++) {
            values[count++] = first_bytes ? workers[i].first_bytes[k] : workers[i].latencies[k];
        }
    }
    print_percentiles(name, values, count);
    free(values);
}

static void print_text(const char *text) {
    for (putchar('"'); *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        if ((unsigned char) *text >= ' ') putchar(*text);
    }
    putchar('"');
}

static double processor_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
           + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void print_result(double processor) {
    int64_t bytes = 0;
    long done = 0, failed = 0;
    double finished = started;
    const char *error = "";
    bool probes = strcmp(options.workload, "probe") == 0;
    int loaders = probes ? options.sessions - 2 : options.sessions;
    for (int i = 0; i < options.sessions; i++) {
        struct worker *worker = &workers[i];
        if (worker->session.error[0] != '\0') error = worker->session.error;
        if (i >= loaders) continue;
        bytes += worker->bytes;
        done += worker->done;
        failed += worker->failed;
        if (worker->finished > finished) finished = worker->finished;
    }
    printf("{\"done\": %ld, \"failed\": %ld, \"bytes\": %lld, \"seconds\": %.9f, \"client_cpu\": %.6f, \"error\": ", done,
           failed, (long long) bytes, finished - started, processor);
    print_text(error);
    print_all("latency", 0, loaders, false);
    if (!probes && strcmp(options.workload, "connect") != 0 && strcmp(options.workload, "stor") != 0) {
        print_all("first_byte", 0, loaders, true);
    }
    if (probes) {
        print_all("noop", loaders, loaders + 1, false);
        print_all("abor", loaders + 1, loaders + 2, false);
        printf(", \"noop_failed\": %d, \"abor_failed\": %d", workers[loaders].failed, workers[loaders + 1].failed);
    }
    printf("}\n");
    fflush(stdout);
}

static void use_tls(bool wanted) {
    if (!wanted) return;
    target.tls = SSL_CTX_new(TLS_client_method());
    /* Some servers end a download without close_notify; its size is checked instead. */
    SSL_CTX_set_options(target.tls, SSL_OP_IGNORE_UNEXPECTED_EOF);
    /* Many records a system call, instead of two calls a record: else the generator is what gets measured. */
    SSL_CTX_set_read_ahead(target.tls, 1);
    SSL_CTX_set_default_read_buffer_len(target.tls, READ_AHEAD);
}

static void set_option(const char *key, const char *value) {
    long number = atol(value);
    if (strcmp(key, "port") == 0) target.port = (int) number;
    else if (strcmp(key, "user") == 0) target.user = value;
    else if (strcmp(key, "password") == 0) target.password = value;
    else if (strcmp(key, "timeout") == 0) target.timeout_seconds = (int) number;
    else if (strcmp(key, "receive-buffer") == 0) target.receive_buffer = (int) number;
    else if (strcmp(key, "file") == 0) options.file = value;
    else if (strcmp(key, "command") == 0) options.command = value;
    else if (strcmp(key, "sessions") == 0) options.sessions = (int) number;
    else if (strcmp(key, "count") == 0) options.count = (int) number;
    else if (strcmp(key, "seconds") == 0) options.seconds = (int) number;
    else if (strcmp(key, "size") == 0) options.size = number;
    else if (strcmp(key, "lines") == 0) options.lines = number;
    else if (strcmp(key, "discard") == 0) options.discard = number != 0;
    else if (strcmp(key, "pace-bytes") == 0) options.pace_bytes = number;
    else if (strcmp(key, "pace-ms") == 0) options.pace_ms = number;
    else if (strcmp(key, "pace-for-ms") == 0) options.pace_for_ms = number;
    else if (strcmp(key, "tls") == 0) use_tls(number != 0);
    else {
        fprintf(stderr, "ftpload: unknown option %s\n", key);
        exit(2);
    }
}

static void start_workers(void) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    workers = calloc((size_t) options.sessions, sizeof *workers);
    for (int i = 0; i < options.sessions; i++) {
        workers[i].number = i;
        workers[i].session.control.fd = -1;
        workers[i].latencies = calloc((size_t) options.count + 1, sizeof(double));
        workers[i].first_bytes = calloc((size_t) options.count + 1, sizeof(double));
        int failure = pthread_create(&workers[i].thread, &attributes, work, &workers[i]);
        if (failure != 0) {
            fprintf(stderr, "ftpload: thread %d: %s\n", i, strerror(failure));
            exit(1);
        }
    }
}

static void wait_for_workers(void) {
    for (int i = 0; i < options.sessions; i++) sem_wait(&ready);
}

static void wait_for_line(void) {
    for (int c = getchar(); c != '\n';) {
        if (c == EOF) exit(0); /* the caller is gone */
        c = getchar();
    }
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: ftpload retr|stor|connect|idle|probe port=N [key=value]...\n");
        return 2;
    }
    options.workload = argv[1];
    for (int i = 2; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (value == NULL) {
            fprintf(stderr, "ftpload: %s has no value\n", argv[i]);
            return 2;
        }
        *value = '\0';
        set_option(argv[i], value + 1);
    }
    signal(SIGPIPE, SIG_IGN);
    payload = memfd_create("payload", MFD_CLOEXEC);
    char *block = malloc(CHUNK);
    memset(block, 'z', CHUNK);
    if (payload < 0 || write(payload, block, CHUNK) != CHUNK) return 1;

    bool probes = strcmp(options.workload, "probe") == 0;
    sem_init(&logins, 0, LOGINS_AT_ONCE);
    sem_init(&ready, 0, 0);
    pthread_barrier_init(&go, NULL, (unsigned) options.sessions + 1);
    start_workers();
    wait_for_workers();
    printf("READY\n");
    fflush(stdout);
    wait_for_line();
    double processor = processor_seconds();
    started = now();
    pthread_barrier_wait(&go);
    if (probes) {
        pause_ms(options.seconds * 1000L);
        stop = true;
    }
    wait_for_workers();
    print_result(processor_seconds() - processor);
    wait_for_line();
    for (int i = 0; i < options.sessions; i++) ftp_close(&workers[i].session);
    return 0;
}
