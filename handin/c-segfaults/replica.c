/* Looks for the term in each message, also in clients' requests, which have none, and follows the NULL. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int sock;

static void send_text(const char *text) {
    if (send(sock, text, strlen(text), 0) < 0) perror("send");
}

int main(int argc, char **argv) {
    char buffer[65536], hello[200];
    struct sockaddr_in kit = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (argc < 3) return 2;
    kit.sin_port = htons(atoi(argv[1]));
    sock = socket(AF_INET, SOCK_DGRAM, 0);
    if (sock < 0 || connect(sock, (struct sockaddr *)&kit, sizeof kit) < 0) return 1;
    snprintf(hello, sizeof hello, "{\"src\":\"%s\",\"dst\":\"FFFF\",\"leader\":\"%s\",\"type\":\"hello\"}", argv[2], argv[2]);
    send_text(hello);
    int lowest = 1;                                         /* it leads, without asking for votes */
    for (int i = 3; i < argc; i++) lowest &= strcmp(argv[2], argv[i]) < 0;
    snprintf(hello, sizeof hello, "{\"src\":\"%s\",\"dst\":\"FFFF\",\"leader\":\"%s\",\"type\":\"alive\",\"term\":1}", argv[2], argv[2]);
    for (;;) {
        struct pollfd ready = { .fd = sock, .events = POLLIN };
        if (poll(&ready, 1, 200) == 0) {
            if (lowest) send_text(hello);
            continue;
        }
        ssize_t n = recv(sock, buffer, sizeof buffer - 1, 0);
        if (n < 0) return 1;
        buffer[n] = 0;
        char *term = strstr(buffer, "\"term\":");            /* no request has one */
        volatile char *digits = term ? term + 7 : NULL;
        printf("term %c\n", *digits);                       /* the planted error */
    }
}
