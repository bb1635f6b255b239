/*
 * One FTP session as the load generator sees it: RFC 959 with EPSV (RFC 2428), and AUTH TLS (RFC 4217).
 * A session belongs to one thread. Calls block, for at most the time-out of the target; every failure leaves its
 * reason in session.error and is final: the session is then only good for ftp_close.
 */
#ifndef ZEROFTPD_BENCH_FTP_H
#define ZEROFTPD_BENCH_FTP_H

#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>

struct ftp_target {
    int port; /* of the control connection, on 127.0.0.1 */
    const char *user;
    const char *password;
    SSL_CTX *tls;        /* NULL: plain FTP */
    int timeout_seconds; /* without any progress on a socket */
    int receive_buffer;  /* SO_RCVBUF of data connections in bytes, 0: the kernel's choice */
};

struct ftp_stream {
    int fd; /* -1: closed */
    SSL *ssl;
};

struct ftp_session {
    const struct ftp_target *target;
    struct ftp_stream control;
    char input[2048];
    size_t input_start, input_end;
    char reply[512]; /* the last line of the last reply */
    char error[160]; /* empty: none */
};

/* Connects, logs in, switches to binary. */
bool ftp_open(struct ftp_session *session, const struct ftp_target *target);
/* Polite: QUIT without waiting for its reply. Never fails. */
void ftp_close(struct ftp_session *session);

bool ftp_send(struct ftp_session *session, const char *command);
/* The code of the next reply, or -1. */
int ftp_reply(struct ftp_session *session);
/* How long ftp_reply waits, instead of the target's time-out. */
void ftp_limit_waiting(struct ftp_session *session, int seconds);
/* Sends a command and requires a reply of the given hundred, 2 for 2xx. */
bool ftp_expect(struct ftp_session *session, const char *command, int hundred);

/* EPSV, then connects. The TLS handshake, if any, is ftp_secure_data's: after the 150. */
bool ftp_passive(struct ftp_session *session, struct ftp_stream *data);
bool ftp_secure_data(struct ftp_session *session, struct ftp_stream *data);
bool ftp_fail(struct ftp_session *session, const char *what);

/* Bytes received, 0 at the end, -1 on failure. With discard the kernel drops what it received (MSG_TRUNC). */
long stream_receive(struct ftp_stream *stream, char *buffer, size_t size, bool discard);
bool stream_send(struct ftp_stream *stream, const char *buffer, size_t size);
/* Ends an encrypted upload: close_notify, then waits for the server to close, lest a reset overtake the data. */
void stream_finish(struct ftp_stream *stream);
void stream_close(struct ftp_stream *stream);
#endif
