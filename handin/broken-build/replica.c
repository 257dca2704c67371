#include <stdio.h>

int main(int argc, char **argv) {
    int port = atoi(argv[1])            /* the planted error: no semicolon */
    printf("replica %s, port %d\n", argv[2], port);
    return 0;
}
