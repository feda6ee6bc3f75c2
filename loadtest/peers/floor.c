/*
 * The floor: what it costs the kernel to deliver a message. One thread sends the same ready-made WebSocket frame to every
 * client with one send() each, and does nothing else worth speaking of.
 *
 *   floor PORT MESSAGES RATE
 *
 * MESSAGES is a file of messages, each behind its length as a little-endian uint32; they are sent in turn, RATE a second,
 * uncompressed. The 8 bytes at STAMP_AT, the "sent" field of an SBE book message, become the time in microseconds since
 * 1970 when the round began. A client whose socket is full misses the message.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STAMP_AT = 54, MAX_CLIENTS = 65536, MAX_REQUEST = 4096, MAX_HEADER = 10 };

static int clients[MAX_CLIENTS];
static int client_count;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int64_t nanos(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static uint32_t rotate(uint32_t value, int bits) {
    return value << bits | value >> (32 - bits);
}

/* One block of SHA-1 (FIPS 180-4). */
static void sha1_block(uint32_t state[5], const uint8_t *block) {
    uint32_t w[80];
    for (int i = 0; i < 16; i++) {
        memcpy(&w[i], block + 4 * i, 4);
        w[i] = ntohl(w[i]);
    }
    for (int i = 16; i < 80; i++) {
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999
                     : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                     : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                              : (b ^ c ^ d) + 0xCA62C1D6;
        uint32_t next = rotate(a, 5) + f + e + w[i];
        e = d, d = c, c = rotate(b, 30), b = a, a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

/* Sec-WebSocket-Accept (RFC 6455, 4.2.2): a key of 24 characters and the GUID fill 60 bytes, so two blocks. */
static void accept_key(const char *key, char out[29]) {
    static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint8_t block[128] = {0}, digest[21] = {0};
    uint32_t state[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    memcpy(block, key, 24);
    memcpy(block + 24, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", 36);
    block[60] = 0x80;
    block[126] = 60 * 8 >> 8;
    block[127] = 60 * 8 & 0xFF;
    sha1_block(state, block);
    sha1_block(state, block + 64);
    for (int i = 0; i < 5; i++) {
        uint32_t word = htonl(state[i]);
        memcpy(digest + 4 * i, &word, 4);
    }
    for (int i = 0; i < 7; i++) {
        uint32_t bits = digest[3 * i] << 16 | digest[3 * i + 1] << 8 | digest[3 * i + 2];
        for (int j = 0; j < 4; j++) {
            out[4 * i + j] = base64[bits >> (18 - 6 * j) & 63];
        }
    }
    out[27] = '=';
    out[28] = 0;
}

/* Answers one opening handshake; the request of a client on loopback is there at once. */
static void accept_client(int listener) {
    char request[MAX_REQUEST + 1], answer[256], key[29];
    int size = 0;
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) {
        return;
    }
    struct timeval patience = {.tv_sec = 1};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    do {
        ssize_t count = read(fd, request + size, MAX_REQUEST - size);
        if (count <= 0 || client_count == MAX_CLIENTS) {
            close(fd);
            return;
        }
        size += count;
        request[size] = 0;
    } while (!strstr(request, "\r\n\r\n"));
    const char *header = strcasestr(request, "Sec-WebSocket-Key: ");
    if (!header || strlen(header) < 19 + 24) {
        close(fd);
        return;
    }
    accept_key(header + 19, key);
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n\r\n",
                          key);
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(fd, F_SETFL, O_NONBLOCK);
    if (send(fd, answer, length, MSG_NOSIGNAL) != length) {
        close(fd);
        return;
    }
    clients[client_count++] = fd;
}

static void broadcast(uint8_t *message, uint32_t length) {
    static uint8_t frame[MAX_HEADER + 65536];
    int header = length < 126 ? 2 : 4;
    uint64_t micros = nanos(CLOCK_REALTIME) / 1000;
    memcpy(message + STAMP_AT, &micros, sizeof micros);
    frame[0] = 0x82;
    frame[1] = length < 126 ? length : 126;
    if (header == 4) {
        frame[2] = length >> 8;
        frame[3] = length & 0xFF;
    }
    memcpy(frame + header, message, length);
    for (int i = 0; i < client_count; i++) {
        if (send(clients[i], frame, header + length, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN) {
            close(clients[i]);
            clients[i--] = clients[--client_count];
        }
    }
}

static uint8_t *load(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        fail(path);
    }
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(*size);
    if (!bytes || fread(bytes, 1, *size, file) != *size) {
        fail(path);
    }
    fclose(file);
    return bytes;
}

static int listen_on(int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 4096) < 0) {
        fail("listen");
    }
    return fd;
}

int main(int argc, char **argv) {
    if (argc != 4 || atof(argv[3]) <= 0) {
        fprintf(stderr, "usage: floor PORT MESSAGES RATE\n");
        return 2;
    }
    size_t size, at = 0;
    struct pollfd listener = {.fd = listen_on(atoi(argv[1])), .events = POLLIN};
    uint8_t *messages = load(argv[2], &size);
    int64_t interval = 1e9 / atof(argv[3]), due = nanos(CLOCK_MONOTONIC);
    for (;;) {
        int64_t wait = due - nanos(CLOCK_MONOTONIC);
        struct timespec timeout = {.tv_sec = wait / 1000000000, .tv_nsec = wait % 1000000000};
        if (wait > 0) {
            if (ppoll(&listener, 1, &timeout, NULL) > 0) {
                accept_client(listener.fd);
            }
            continue;
        }
        uint32_t length;
        memcpy(&length, messages + at, sizeof length);
        broadcast(messages + at + sizeof length, length);
        at = (at + sizeof length + length) % size;
        /* What is late is not made up for. */
        due = due + interval > nanos(CLOCK_MONOTONIC) ? due + interval : nanos(CLOCK_MONOTONIC);
        if (ppoll(&listener, 1, &(struct timespec){0}, NULL) > 0) {
            accept_client(listener.fd);
        }
    }
}
