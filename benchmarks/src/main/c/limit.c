/*
 * What this machine can do at best, and what servers did before sendfile: a server with one process a session, which
 * knows just enough FTP for the load generator, and does nothing but move bytes.
 *
 *   limit sendfile|splice|copy PORT FIRST-LAST FOLDER      (FIRST-LAST: passive ports)
 *
 * sendfile: downloads are a sendfile(2) loop, uploads recv + write with a buffer of 1 MiB.
 * splice:   the same, but uploads go by splice(2) through a pipe of 1 MiB, so that nothing is copied into the process.
 * copy:     downloads are read + send, uploads recv + write, with the traditional buffer of 64 KiB.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRADITIONAL_BUFFER = 64 * 1024, LARGE_BUFFER = 1 << 20, SENDFILE_AT_MOST = 0x7ffff000 };

static bool use_sendfile, use_splice;
static char *buffer;
static size_t buffer_size;

static int first_port, last_port;

/* The listening socket, or -1 if the port is taken. */
static int listen_on(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (struct sockaddr *) &address, sizeof address) != 0 || listen(fd, 4096) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Not the kernel's choice: that becomes slow when many ports wait for their time-out. Each process starts elsewhere. */
static int listen_passive(void) {
    static int next;
    int range = last_port - first_port + 1;
    if (next == 0) next = getpid() * 31;
    for (int tries = 0; tries < range; tries++) {
        int fd = listen_on(first_port + next++ % range);
        if (fd >= 0) return fd;
    }
    return -1;
}

static int port_of(int fd) {
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    getsockname(fd, (struct sockaddr *) &address, &length);
    return ntohs(address.sin_port);
}

static bool write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written <= 0) return false;
        bytes += written;
        count -= (size_t) written;
    }
    return true;
}

static bool copy(int from, int to) {
    for (;;) {
        ssize_t count = read(from, buffer, buffer_size);
        if (count <= 0) return count == 0;
        if (!write_all(to, buffer, (size_t) count)) return false;
    }
}

static bool splice_all(int data, int file) {
    int through[2];
    if (pipe(through) != 0) return false;
    fcntl(through[1], F_SETPIPE_SZ, LARGE_BUFFER);
    ssize_t taken;
    while ((taken = splice(data, NULL, through[1], NULL, LARGE_BUFFER, SPLICE_F_MOVE)) > 0) {
        while (taken > 0) {
            ssize_t stored = splice(through[0], NULL, file, NULL, (size_t) taken, SPLICE_F_MOVE);
            if (stored <= 0) break;
            taken -= stored;
        }
        if (taken > 0) break;
    }
    close(through[0]);
    close(through[1]);
    return taken == 0;
}

static bool send_file(int file, int data) {
    struct stat status;
    if (!use_sendfile) return copy(file, data);
    if (fstat(file, &status) != 0) return false;
    for (off_t left = status.st_size; left > 0;) {
        ssize_t sent = sendfile(data, file, NULL, left < SENDFILE_AT_MOST ? (size_t) left : SENDFILE_AT_MOST);
        if (sent <= 0) return false;
        left -= sent;
    }
    return true;
}

static void reply(int control, const char *line) {
    char text[128];
    int length = snprintf(text, sizeof text, "%s\r\n", line);
    if (!write_all(control, text, (size_t) length)) exit(0);
}

static void transfer(int control, int *passive, const char *name, bool upload) {
    int file = upload ? open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644) : open(name, O_RDONLY);
    if (file < 0 || *passive < 0) {
        reply(control, "550 No.");
        return;
    }
    reply(control, "150 Here it comes.");
    int data = accept(*passive, NULL, NULL);
    setsockopt(data, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    bool complete = !upload ? send_file(file, data) : use_splice ? splice_all(data, file) : copy(data, file);
    close(data);
    close(file);
    close(*passive);
    *passive = -1;
    reply(control, complete ? "226 Done." : "426 Cut.");
}

static void serve(int control) {
    int passive = -1;
    char line[512];
    FILE *input = fdopen(control, "r");
    setsockopt(control, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    reply(control, "220 Limit.");
    while (fgets(line, sizeof line, input) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        if (strncmp(line, "RETR ", 5) == 0) transfer(control, &passive, line + 5, false);
        else if (strncmp(line, "STOR ", 5) == 0) transfer(control, &passive, line + 5, true);
        else if (strcmp(line, "EPSV") == 0) {
            char announced[64];
            if (passive >= 0) close(passive);
            passive = listen_passive();
            snprintf(announced, sizeof announced, "229 Port (|||%d|)", port_of(passive));
            reply(control, announced);
        } else if (strncmp(line, "USER ", 5) == 0) reply(control, "331 Anything.");
        else if (strncmp(line, "PASS ", 5) == 0) reply(control, "230 Come in.");
        else if (strncmp(line, "QUIT", 4) == 0) break;
        else if (strncmp(line, "TYPE ", 5) == 0 || strcmp(line, "NOOP") == 0) reply(control, "200 Yes.");
        else reply(control, "502 No.");
    }
    exit(0);
}

int main(int argc, char **argv) {
    if (argc != 5 || sscanf(argv[3], "%d-%d", &first_port, &last_port) != 2 || chdir(argv[4]) != 0) {
        fprintf(stderr, "usage: limit sendfile|splice|copy PORT FIRST-LAST FOLDER\n");
        return 2;
    }
    use_splice = strcmp(argv[1], "splice") == 0;
    use_sendfile = use_splice || strcmp(argv[1], "sendfile") == 0;
    buffer_size = use_sendfile ? LARGE_BUFFER : TRADITIONAL_BUFFER;
    buffer = malloc(buffer_size);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    int listener = listen_on(atoi(argv[2]));
    if (listener < 0) {
        perror("limit: listen");
        return 1;
    }
    for (;;) {
        int control = accept(listener, NULL, NULL);
        if (control >= 0 && fork() == 0) {
            close(listener);
            serve(control);
        }
        close(control);
    }
}
