#define _GNU_SOURCE
#include "ftp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

bool ftp_fail(struct ftp_session *session, const char *what) {
    if (session->error[0] == '\0') {
        bool timed_out = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINPROGRESS;
        snprintf(session->error, sizeof session->error, "%s: %s", what, timed_out ? "timed out" : strerror(errno));
    }
    return false;
}

static bool refused(struct ftp_session *session, const char *command) {
    if (session->error[0] == '\0') {
        snprintf(session->error, sizeof session->error, "%.40s: %.100s", command, session->reply);
    }
    return false;
}

static int connect_to(const struct ftp_target *target, int port, int receive_buffer) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return -1;
    struct timeval limit = {.tv_sec = target->timeout_seconds};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    /* Before connect: it limits the window that the server is ever offered. */
    if (receive_buffer > 0) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *) &address, sizeof address) != 0) {
        int reason = errno;
        close(fd);
        errno = reason;
        return -1;
    }
    return fd;
}

long stream_receive(struct ftp_stream *stream, char *buffer, size_t size, bool discard) {
    if (stream->ssl != NULL) {
        int count = SSL_read(stream->ssl, buffer, (int) size);
        if (count > 0) return count;
        return SSL_get_error(stream->ssl, count) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
    }
    return recv(stream->fd, discard ? NULL : buffer, size, discard ? MSG_TRUNC : 0);
}

bool stream_send(struct ftp_stream *stream, const char *buffer, size_t size) {
    while (size > 0) {
        ssize_t count = stream->ssl != NULL ? SSL_write(stream->ssl, buffer, (int) size)
                                            : send(stream->fd, buffer, size, MSG_NOSIGNAL);
        if (count <= 0) return false;
        buffer += count;
        size -= (size_t) count;
    }
    return true;
}

void stream_finish(struct ftp_stream *stream) {
    char ignored[4096]; /* session tickets, the server's close_notify */
    SSL_shutdown(stream->ssl);
    shutdown(stream->fd, SHUT_WR);
    while (recv(stream->fd, ignored, sizeof ignored, 0) > 0) continue;
}

void stream_close(struct ftp_stream *stream) {
    if (stream->ssl != NULL) {
        SSL_shutdown(stream->ssl);
        SSL_free(stream->ssl);
        stream->ssl = NULL;
    }
    if (stream->fd >= 0) close(stream->fd);
    stream->fd = -1;
}

bool ftp_send(struct ftp_session *session, const char *command) {
    char line[512];
    int length = snprintf(line, sizeof line, "%s\r\n", command);
    return stream_send(&session->control, line, (size_t) length) || ftp_fail(session, command);
}

/* Copies the next line, without its end, to session->reply. */
static bool read_line(struct ftp_session *session) {
    size_t length = 0;
    for (;;) {
        while (session->input_start < session->input_end) {
            char c = session->input[session->input_start++];
            if (c == '\n') {
                if (length > 0 && session->reply[length - 1] == '\r') length--;
                session->reply[length] = '\0';
                return true;
            }
            if (length < sizeof session->reply - 1) session->reply[length++] = c;
        }
        long count = stream_receive(&session->control, session->input, sizeof session->input, false);
        if (count == 0) errno = ECONNRESET;
        if (count <= 0) return ftp_fail(session, "control connection");
        session->input_start = 0;
        session->input_end = (size_t) count;
    }
}

int ftp_reply(struct ftp_session *session) {
    if (!read_line(session)) return -1;
    char last_line[5] = {session->reply[0], session->reply[1], session->reply[2], ' ', '\0'};
    if (session->reply[3] == '-') {
        do {
            if (!read_line(session)) return -1;
        } while (strncmp(session->reply, last_line, 4) != 0);
    }
    return atoi(session->reply);
}

void ftp_limit_waiting(struct ftp_session *session, int seconds) {
    struct timeval limit = {.tv_sec = seconds};
    setsockopt(session->control.fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

bool ftp_expect(struct ftp_session *session, const char *command, int hundred) {
    if (!ftp_send(session, command)) return false;
    int code = ftp_reply(session);
    return code / 100 == hundred || (code > 0 && refused(session, command));
}

static bool secure(struct ftp_session *session, struct ftp_stream *stream, SSL_SESSION *resumed) {
    stream->ssl = SSL_new(session->target->tls);
    SSL_set_fd(stream->ssl, stream->fd);
    if (resumed != NULL) SSL_set_session(stream->ssl, resumed);
    errno = EPROTO;
    return SSL_connect(stream->ssl) == 1 || ftp_fail(session, "TLS handshake");
}

static bool log_in(struct ftp_session *session) {
    char command[128];
    if (session->target->tls != NULL
        && !(ftp_expect(session, "AUTH TLS", 2) && secure(session, &session->control, NULL))) {
        return false;
    }
    snprintf(command, sizeof command, "USER %s", session->target->user);
    if (!ftp_expect(session, command, 3)) return false;
    snprintf(command, sizeof command, "PASS %s", session->target->password);
    if (!ftp_expect(session, command, 2)) return false;
    if (session->target->tls != NULL
        && !(ftp_expect(session, "PBSZ 0", 2) && ftp_expect(session, "PROT P", 2))) {
        return false;
    }
    return ftp_expect(session, "TYPE I", 2);
}

bool ftp_open(struct ftp_session *session, const struct ftp_target *target) {
    memset(session, 0, sizeof *session);
    session->target = target;
    session->control.fd = connect_to(target, target->port, 0);
    if (session->control.fd < 0) return ftp_fail(session, "connect");
    int greeting = ftp_reply(session);
    if (greeting != 220) return greeting > 0 ? refused(session, "connect") : false;
    return log_in(session);
}

void ftp_close(struct ftp_session *session) {
    if (session->target == NULL) return;
    if (session->control.fd >= 0 && session->error[0] == '\0') ftp_send(session, "QUIT");
    stream_close(&session->control);
}

bool ftp_passive(struct ftp_session *session, struct ftp_stream *data) {
    data->fd = -1;
    data->ssl = NULL;
    if (!ftp_expect(session, "EPSV", 2)) return false;
    char *port = strstr(session->reply, "|||");
    if (port == NULL) return refused(session, "EPSV");
    data->fd = connect_to(session->target, atoi(port + 3), session->target->receive_buffer);
    return data->fd >= 0 || ftp_fail(session, "data connection");
}

bool ftp_secure_data(struct ftp_session *session, struct ftp_stream *data) {
    if (session->target->tls == NULL) return true;
    /* Resumes the control connection's session, as servers that require it expect. */
    SSL_SESSION *resumed = SSL_get1_session(session->control.ssl);
    bool done = secure(session, data, resumed);
    SSL_SESSION_free(resumed);
    return done;
}
