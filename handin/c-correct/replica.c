/* A Raft replica, in memory. Gets are entries of the log like puts, so no read can be stale.
 * Section numbers are those of the extended Raft paper. */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "json.h"

#define HEARTBEAT 150           /* all times in ms */
#define ELECTION 500
#define RETRY 100
#define HOLD 1000
#define FLUSH 8
#define MAX_BATCH 30000         /* bytes */
#define MAX_ENTRY 55000
#define MAX_PEERS 64

enum { FOLLOWER, CANDIDATE, LEADER };
enum { NOOP, PUT, GET };

typedef struct { char client[8], mid[64]; } Request;    /* mid is "" if no client waits */
typedef struct { long term; int kind; Str key, value; Request from; } Entry;
typedef struct { char id[8]; long next, match, sent, moved, heard; int known, vote; } Peer;
typedef struct { long deadline; int kind; Str key, value; Request from; } Held;
typedef struct Item { Str key, value; struct Item *next; } Item;

static int sock, role, npeers;
static char me[8], leader[8] = "FFFF", voted[8];
static Peer peers[MAX_PEERS];
static long term, last, commit, applied;
static Entry *entries;                  /* entries[0] stands for the empty log */
static long capacity;
static long now, election_at, ask_at, flush_at;
static Item *table[4096];
static Held *held;
static int nheld;
static Buf out;

static long ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000L + t.tv_nsec / 1000000;
}

static void *grow(void *p, size_t n) {
    if (!(p = realloc(p, n))) exit(1);
    return p;
}

/* ---- sending ---- */

static void begin(const char *dst, const char *type) {
    out.n = 0;
    buf_put(&out, "{\"src\":\"%s\",\"dst\":\"%s\",\"leader\":\"%s\",\"type\":\"%s\"", me, dst, leader, type);
}

static void finish(void) {              /* an error is as good as a loss */
    buf_put(&out, "}");
    if (send(sock, out.p, out.n, 0) < 0) perror("send");
}

static void answer(const Request *to, const char *type, const Str *value) {
    begin(to->client, type);
    buf_put(&out, ",\"MID\":\"%s\"", to->mid);
    if (value) {
        buf_put(&out, ",\"value\":");
        buf_string(&out, *value);
    }
    finish();
}

/* ---- the store ---- */

static Item *find(Str key) {            /* a new item if there is none */
    unsigned hash = 5381;
    for (int i = 0; i < key.n; i++) hash = hash * 33 + (unsigned char)key.p[i];
    Item **at = &table[hash % 4096];
    while (*at && !((*at)->key.n == key.n && !memcmp((*at)->key.p, key.p, key.n))) at = &(*at)->next;
    if (!*at) {
        *at = grow(NULL, sizeof **at);
        **at = (Item){ key, { "", 0 }, NULL };      /* entries are never freed, so the key stays */
    }
    return *at;
}

static void commit_to(long index) {
    if (index > last) index = last;
    if (index > commit) commit = index;
    while (applied < commit) {
        Entry *e = &entries[++applied];
        Item *item = e->kind == NOOP ? NULL : find(e->key);
        if (e->kind == PUT) item->value = e->value;
        if (*e->from.mid) answer(&e->from, "ok", e->kind == GET ? &item->value : NULL);
        *e->from.mid = 0;
    }
}

/* ---- elections: 5.2, 5.4.1 ---- */

static void reset_election_timer(void) { election_at = now + ELECTION + random() % ELECTION; }

static void follow(long t) {
    if (t > term) {
        term = t;
        *voted = 0;
        strcpy(leader, "FFFF");
    }
    if (role == LEADER) {
        strcpy(leader, "FFFF");
        reset_election_timer();
    }
    role = FOLLOWER;
}

static void ask_for_votes(void) {
    ask_at = now + RETRY;
    for (Peer *p = peers; p < peers + npeers; p++)
        if (!p->vote) {
            begin(p->id, "RequestVote");
            buf_put(&out, ",\"term\":%ld,\"lastLogIndex\":%ld,\"lastLogTerm\":%ld", term, last, entries[last].term);
            finish();
        }
}

static void campaign(void) {
    term++;
    role = CANDIDATE;
    strcpy(leader, "FFFF");
    strcpy(voted, me);
    for (Peer *p = peers; p < peers + npeers; p++) p->vote = 0;
    reset_election_timer();
    ask_for_votes();
}

static void on_request_vote(Peer *p, const char *m, long t) {
    long index = json_long(json_member(m, "lastLogIndex")), lt = json_long(json_member(m, "lastLogTerm"));
    int up_to_date = lt > entries[last].term || (lt == entries[last].term && index >= last);
    int granted = t == term && up_to_date && role == FOLLOWER && (!*voted || !strcmp(voted, p->id));
    if (granted) {
        strcpy(voted, p->id);
        reset_election_timer();
    }
    begin(p->id, "Vote");
    buf_put(&out, ",\"term\":%ld,\"granted\":%s", term, granted ? "true" : "false");
    finish();
}

/* ---- the log: 5.3, 5.4.2 ---- */

static Entry *append(long t, int kind, Str key, Str value) {
    if (last + 2 > capacity) entries = grow(entries, (capacity = 2 * capacity + 1024) * sizeof *entries);
    Entry *e = &entries[++last];
    *e = (Entry){ .term = t, .kind = kind, .key = key, .value = value };
    return e;
}

static void lead(void) {
    role = LEADER;
    strcpy(leader, me);
    for (Peer *p = peers; p < peers + npeers; p++) {
        p->next = last + 1;
        p->match = p->sent = p->known = 0;
        p->heard = now;
    }
    append(term, NOOP, (Str){ "", 0 }, (Str){ "", 0 });     /* commits the entries of earlier terms */
}

static void send_entries(Peer *p) {
    long prev = p->next - 1;
    if (p->match == prev) p->moved = now;                   /* until now, it had acknowledged all */
    begin(p->id, "AppendEntries");
    buf_put(&out, ",\"term\":%ld,\"prevLogIndex\":%ld,\"prevLogTerm\":%ld,\"leaderCommit\":%ld,\"entries\":[",
            term, prev, entries[prev].term, commit);
    for (size_t from = out.n; p->next <= last; p->next++) {
        Entry *e = &entries[p->next];
        size_t before = out.n;
        buf_put(&out, "%s{\"term\":%ld,\"kind\":%d,\"key\":", before > from ? "," : "", e->term, e->kind);
        buf_string(&out, e->key);
        buf_put(&out, ",\"value\":");
        buf_string(&out, e->value);
        buf_put(&out, "}");
        if (before > from && out.n - from > MAX_BATCH) {    /* the last one is too much */
            out.n = before;
            break;
        }
    }
    buf_put(&out, "]");
    finish();
    p->sent = now;
}

static void appended(Peer *p, int success, long index) {
    begin(p->id, "Appended");
    buf_put(&out, ",\"term\":%ld,\"success\":%s,\"index\":%ld", term, success ? "true" : "false", index);
    finish();
}

static void on_append_entries(Peer *p, const char *m, long t) {
    long prev = json_long(json_member(m, "prevLogIndex")), index = prev;
    if (t < term) {
        appended(p, 0, 0);
        return;
    }
    follow(t);
    strcpy(leader, p->id);
    reset_election_timer();
    if (prev < 0) return;
    if (prev > last || entries[prev].term != json_long(json_member(m, "prevLogTerm"))) {
        long hint = prev < last + 1 ? prev : last + 1;      /* the first entry of the term that does not fit */
        while (hint > commit + 1 && hint <= last && entries[hint - 1].term == entries[hint].term) hint--;
        appended(p, 0, hint < 1 ? 1 : hint);
        return;
    }
    for (const char *e = json_first(json_member(m, "entries")); e; e = json_next(e)) {
        long et = json_long(json_member(e, "term"));
        Str key, value;
        if (++index <= last && entries[index].term == et) continue;
        for (; last >= index; last--)                       /* a conflict: these were never committed */
            if (*entries[last].from.mid) answer(&entries[last].from, "redirect", NULL);
        if (!json_string(json_member(e, "key"), &key) || !json_string(json_member(e, "value"), &value)) return;
        append(et, json_long(json_member(e, "kind")), key, value);
    }
    long commits = json_long(json_member(m, "leaderCommit"));
    commit_to(commits < index ? commits : index);
    appended(p, 1, index);
}

static int by_size(const void *a, const void *b) {
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

static void on_appended(Peer *p, const char *m, long t) {
    long index = json_long(json_member(m, "index")), matches[MAX_PEERS];
    if (role != LEADER || t != term) return;
    p->heard = now;
    if (json_true(json_member(m, "success"))) {
        p->known = 1;
        if (index > p->match && index <= last) {
            p->match = index;
            p->moved = now;
        }
        if (p->next <= p->match) p->next = p->match + 1;
        for (int i = 0; i < npeers; i++) matches[i] = peers[i].match;
        qsort(matches, npeers, sizeof *matches, by_size);
        long majority = matches[npeers - (npeers + 1) / 2];     /* with us, a majority has this one */
        if (entries[majority].term == term) commit_to(majority);
    } else if (!p->known && index < p->next) {
        p->next = index < 1 ? 1 : index;
        send_entries(p);
    }
    if (p->known && p->match == p->next - 1 && p->next <= last && !flush_at)
        send_entries(p);                                    /* it is behind by more than a message */
}

/* ---- clients: 8 ---- */

static void serve(Held h) {
    if (role == LEADER) {
        Buf size = { 0 };
        buf_string(&size, h.key);
        buf_string(&size, h.value);
        if (size.n > MAX_ENTRY) answer(&h.from, "fail", NULL);
        else {
            append(term, h.kind, h.key, h.value)->from = h.from;
            if (!flush_at) flush_at = now + FLUSH;          /* so that several requests share a message */
        }
        free(size.p);
    } else if (strcmp(leader, "FFFF")) answer(&h.from, "redirect", NULL);
    else {
        held = grow(held, (nheld + 1) * sizeof *held);
        held[nheld++] = h;
    }
}

static void copy(char *to, size_t size, const char *value) {       /* "" if it is too long or no string */
    Str s;
    *to = 0;
    if (!json_string(value, &s)) return;
    if ((size_t)s.n < size) {
        memcpy(to, s.p, s.n);
        to[s.n] = 0;
    }
    free(s.p);
}

static void receive(const char *m) {
    char src[8], type[32];
    copy(src, sizeof src, json_member(m, "src"));
    copy(type, sizeof type, json_member(m, "type"));
    for (Peer *p = peers; p < peers + npeers; p++)
        if (!strcmp(p->id, src)) {
            long t = json_long(json_member(m, "term"));
            if (t > term) follow(t);
            if (!strcmp(type, "RequestVote")) on_request_vote(p, m, t);
            else if (!strcmp(type, "Vote")) p->vote |= role == CANDIDATE && t == term && json_true(json_member(m, "granted"));
            else if (!strcmp(type, "AppendEntries")) on_append_entries(p, m, t);
            else if (!strcmp(type, "Appended")) on_appended(p, m, t);
            return;
        }
    Held h = { .deadline = now + HOLD, .kind = !strcmp(type, "get") ? GET : PUT, .value = { "", 0 } };
    if (h.kind == PUT && strcmp(type, "put")) return;
    strcpy(h.from.client, src);
    copy(h.from.mid, sizeof h.from.mid, json_member(m, "MID"));
    if (!*h.from.mid || !json_string(json_member(m, "key"), &h.key)) return;
    if (h.kind == PUT && !json_string(json_member(m, "value"), &h.value)) return;
    serve(h);
}

/* ---- timers ---- */

static void tick_leader(void) {
    int heard = 1, flush = flush_at && now >= flush_at;
    for (Peer *p = peers; p < peers + npeers; p++) heard += now - p->heard < 2 * ELECTION;
    if (heard <= (npeers + 1) / 2) {                        /* cut off from the majority: another may lead */
        follow(term);
        return;
    }
    if (flush) flush_at = 0;
    for (Peer *p = peers; p < peers + npeers; p++) {
        int lost = p->known && p->match < p->next - 1 && now - p->moved >= HEARTBEAT;
        if (lost || now - p->sent >= HEARTBEAT) {           /* also while new entries keep coming */
            if (p->known) p->next = p->match + 1;           /* what was not acknowledged is sent again */
            send_entries(p);
        } else if (flush && p->next <= last) send_entries(p);
    }
}

static void tick(void) {
    int votes = 1;
    for (Peer *p = peers; p < peers + npeers; p++) votes += p->vote;
    if (role == CANDIDATE && votes > (npeers + 1) / 2) lead();
    if (role == CANDIDATE && now >= ask_at) ask_for_votes();
    if (role != LEADER && now >= election_at) campaign();
    if (role == LEADER) tick_leader();
    Held *waiting = held;
    int n = nheld;
    held = NULL;
    nheld = 0;
    for (int i = 0; i < n; i++) {
        if (now >= waiting[i].deadline && role != LEADER) answer(&waiting[i].from, "redirect", NULL);
        else serve(waiting[i]);
    }
    free(waiting);
}

int main(int argc, char **argv) {
    static char buffer[65536];
    struct sockaddr_in kit = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (argc < 3 || argc - 3 > MAX_PEERS) {
        fprintf(stderr, "usage: %s PORT OWN-ID ID...\n", argv[0]);
        return 2;
    }
    kit.sin_port = htons(atoi(argv[1]));
    snprintf(me, sizeof me, "%s", argv[2]);
    for (npeers = 0; npeers < argc - 3; npeers++) snprintf(peers[npeers].id, sizeof peers[0].id, "%s", argv[npeers + 3]);
    sock = socket(AF_INET, SOCK_DGRAM, 0);
    int size = 1 << 20;
    setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    if (sock < 0 || connect(sock, (struct sockaddr *)&kit, sizeof kit) < 0) {
        perror("socket");
        return 1;
    }
    srandom(getpid() ^ ms());
    last = -1;
    append(0, NOOP, (Str){ "", 0 }, (Str){ "", 0 });
    now = ms();
    reset_election_timer();
    begin("FFFF", "hello");
    finish();
    for (;;) {
        struct pollfd ready = { .fd = sock, .events = POLLIN };
        poll(&ready, 1, 5);
        for (int i = 0; i < 100; i++) {                     /* first all that came, then the timers */
            ssize_t n = recv(sock, buffer, sizeof buffer - 1, MSG_DONTWAIT);
            if (n < 0) break;
            buffer[n] = 0;
            now = ms();
            receive(buffer);
        }
        now = ms();
        tick();
    }
}
