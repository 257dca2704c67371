/* Replicated key-value store with Raft. One thread, one socket, one poll loop.
 *
 * messages between replicas: "type" is a code, all numbers are in the array "n"
 *   1 RequestVote     n = [term, last index, last term]
 *   2 vote            n = [term, granted]
 *   3 AppendEntries   n = [term, prev index, prev term, commit],  e = [[term, key, value], ...]
 *   4 answer to 3     n = [term, 1, match]  or  [term, 0, try this as next index]
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "json.h"

#define HEARTBEAT 80        /* ms */
#define FLUSH 10            /* ms between two batches of new entries */
#define ELECTION 250        /* ms, up to twice as much */
#define LEASE 200           /* ms: how long an answer of a follower counts for reads */
#define BATCH 30000         /* bytes of entries in one message */
#define MAXPEERS 64
#define NONE "FFFF"

typedef struct { long term; Str key, val; int mine; char cli[5], mid[40]; } Entry;
typedef struct { char id[5]; long next, match, heard; int vote; } Peer;
typedef struct Item { Str key, val; struct Item *next; } Item;
typedef struct { char cli[5], mid[40]; } Waiting;

enum { FOLLOWER, CANDIDATE, LEADER };

static int sock, npeers, role = FOLLOWER;
static char me[5], leader[5] = NONE, voted[5] = "";
static Peer peers[MAXPEERS];
static long term, commit, applied, last;    /* last = index of the last entry */
static Entry *logv;                         /* logv[0] is a dummy with term 0 */
static long cap;
static long now, deadline, nextbeat, nextflush;
static int dirty;                           /* new entries that nobody has been sent */
static Item *table[65536];
static Waiting *waitq;                      /* requests that came while there is no leader */
static int nwait, capwait;
static Buf out;

static long ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000L + t.tv_nsec / 1000000;
}

static void *grow(void *p, size_t n) {
    if (!(p = realloc(p, n))) { perror("realloc"); exit(1); }
    return p;
}

static Str dup_(Str s) {
    Str r = { grow(NULL, s.n + 1), s.n };
    memcpy(r.p, s.p, s.n);
    r.p[s.n] = 0;
    return r;
}

/* ---- sending ---- */

static void begin(const char *dst, const char *type) {
    out.n = 0;
    bput(&out, "{\"src\":\"%s\",\"dst\":\"%s\",\"leader\":\"%s\",\"type\":\"%s\"", me, dst, leader, type);
}

static void finish(void) {
    bput(&out, "}");
    if (send(sock, out.d, out.n, 0) < 0 && errno != EAGAIN) perror("send");
}

static void answer(const char *cli, const char *mid, const char *type, Str *val) {
    begin(cli, type);
    bput(&out, ",\"MID\":\"%s\"", mid);
    if (val) { bput(&out, ",\"value\":"); bstr(&out, *val); }
    finish();
}

/* ---- the store ---- */

static Item **find(Str k) {
    unsigned h = 2166136261u;
    for (int i = 0; i < k.n; i++) h = (h ^ (unsigned char)k.p[i]) * 16777619u;
    Item **i = &table[(h ^ h >> 16) & 65535];
    while (*i && !((*i)->key.n == k.n && !memcmp((*i)->key.p, k.p, k.n))) i = &(*i)->next;
    return i;
}

static void apply(void) {
    while (applied < commit) {
        Entry *e = &logv[++applied];
        Item **i = find(e->key);
        if (!*i) {
            *i = grow(NULL, sizeof **i);
            (*i)->key = e->key;         /* never freed: committed entries stay in the log */
            (*i)->next = NULL;
        }
        (*i)->val = e->val;
        if (e->mine) {
            e->mine = 0;
            answer(e->cli, e->mid, "ok", NULL);
        }
    }
}

/* ---- log ---- */

static Entry *append(long t, Str k, Str v) {
    if (last + 2 > cap) logv = grow(logv, (cap = cap * 2 + 1024) * sizeof *logv);
    Entry *e = &logv[++last];
    memset(e, 0, sizeof *e);
    e->term = t;
    e->key = dup_(k);
    e->val = dup_(v);
    return e;
}

static void truncate_to(long i) {
    for (; last > i; last--)
        if (last > applied) { free(logv[last].key.p); free(logv[last].val.p); }    /* the table points to applied ones */
}

/* ---- roles ---- */

static void reset_timer(void) { deadline = now + ELECTION + random() % ELECTION; }

static int majority(int others) { return (others + 1) * 2 > npeers + 1; }   /* +1: me */

static void set_leader(const char *id) {
    strcpy(leader, id);
    if (!strcmp(id, NONE)) return;
    if (strcmp(id, me))
        for (int i = 0; i < nwait; i++) answer(waitq[i].cli, waitq[i].mid, "redirect", NULL);
    else
        for (int i = 0; i < nwait; i++) answer(waitq[i].cli, waitq[i].mid, "fail", NULL);
    nwait = 0;
}

static void step_down(long t) {
    if (t > term) { term = t; voted[0] = 0; strcpy(leader, NONE); }
    if (role == LEADER) {
        strcpy(leader, NONE);
        reset_timer();
        for (long i = commit + 1; i <= last; i++)
            if (logv[i].mine) { logv[i].mine = 0; answer(logv[i].cli, logv[i].mid, "fail", NULL); }
    }
    role = FOLLOWER;
}

static void send_append(Peer *p) {
    long prev = p->next - 1, i;
    begin(p->id, "3");
    bput(&out, ",\"n\":[%ld,%ld,%ld,%ld],\"e\":[", term, prev, logv[prev].term, commit);
    for (i = p->next; i <= last; i++) {
        if (i > p->next && out.n + logv[i].key.n + logv[i].val.n > BATCH) break;
        bput(&out, "%s[%ld,", i > p->next ? "," : "", logv[i].term);
        bstr(&out, logv[i].key);
        bput(&out, ",");
        bstr(&out, logv[i].val);
        bput(&out, "]");
    }
    bput(&out, "]");
    finish();
    p->next = i;            /* optimistic; the heartbeat goes back to match + 1 */
}

static void advance_commit(void) {
    /* An entry is committed when a majority has it. I first had "only entries of my own term" here,
     * but then after an election nothing commits until the next put comes, so: no. */
    long n = commit;
    for (;;) {
        int c = 0;
        for (int i = 0; i < npeers; i++) c += peers[i].match > n;
        if (n >= last || !majority(c)) break;
        n++;
    }
    if (n > commit) { commit = n; apply(); }
}

static void heartbeat(void) {
    nextbeat = now + HEARTBEAT;
    nextflush = now + FLUSH;
    dirty = 0;
    for (int i = 0; i < npeers; i++) {
        peers[i].next = peers[i].match ? peers[i].match + 1 : peers[i].next;
        send_append(&peers[i]);
    }
}

static void flush(void) {
    dirty = 0;
    nextflush = now + FLUSH;
    for (int i = 0; i < npeers; i++)
        if (peers[i].next <= last && now - peers[i].heard < 1000) send_append(&peers[i]);
    advance_commit();       /* for a cluster of one */
}

static void become_leader(void) {
    role = LEADER;
    for (int i = 0; i < npeers; i++) {
        peers[i].next = last + 1;
        peers[i].match = 0;
        peers[i].heard = peers[i].vote ? now : 0;
    }
    set_leader(me);
    heartbeat();
}

static void start_election(void) {
    role = CANDIDATE;
    term++;
    strcpy(voted, me);
    strcpy(leader, NONE);
    reset_timer();
    for (int i = 0; i < npeers; i++) peers[i].vote = 0;
    if (npeers == 0) { become_leader(); return; }
    begin(NONE, "1");
    bput(&out, ",\"n\":[%ld,%ld,%ld]", term, last, logv[last].term);
    finish();
}

/* ---- messages of replicas ---- */

static void on_request_vote(Peer *p, J *n) {
    long li = jint(n, 1), lt = jint(n, 2);
    int fresh = lt > logv[last].term || (lt == logv[last].term && li >= last);
    int grant = jint(n, 0) == term && fresh && (!voted[0] || !strcmp(voted, p->id));
    if (grant) { strcpy(voted, p->id); reset_timer(); }
    begin(p->id, "2");
    bput(&out, ",\"n\":[%ld,%d]", term, grant);
    finish();
}

static void on_vote(Peer *p, J *n) {
    if (role != CANDIDATE || jint(n, 0) != term || jint(n, 1) != 1) return;
    int c = 0;
    p->vote = 1;
    for (int i = 0; i < npeers; i++) c += peers[i].vote;
    if (majority(c)) become_leader();
}

static void on_append(Peer *p, J *n, J *ents) {
    long t = jint(n, 0), prev = jint(n, 1), pt = jint(n, 2), lc = jint(n, 3), ok = 0, res = 0;
    if (t == term) {
        step_down(t);
        if (strcmp(leader, p->id)) set_leader(p->id);
        reset_timer();
        if (prev > last) res = last + 1;
        else if (logv[prev].term != pt) {       /* go back over the whole term */
            res = prev;
            while (res > commit + 1 && logv[res - 1].term == logv[prev].term) res--;
        } else {
            long i = prev;
            for (J *e = ents ? ents->kid : NULL; e; e = e->next) {
                J *k = e->kid ? e->kid->next : NULL, *v = k ? k->next : NULL;
                if (!v) return;
                i++;
                if (i <= last && logv[i].term != jint(e, 0)) truncate_to(i - 1);
                if (i > last) append(jint(e, 0), k->s, v->s);
            }
            ok = 1;
            res = i;
            if (lc > i) lc = i;
            if (lc > commit) { commit = lc; apply(); }
        }
    }
    begin(p->id, "4");
    bput(&out, ",\"n\":[%ld,%ld,%ld]", term, ok, res);
    finish();
}

static void on_append_answer(Peer *p, J *n) {
    long r = jint(n, 2);
    if (role != LEADER || jint(n, 0) != term) return;
    p->heard = now;
    if (jint(n, 1) == 1) {
        if (r > p->match) p->match = r;
        if (p->next <= p->match) p->next = p->match + 1;
        advance_commit();
        if (p->next <= last && p->match + 1 == p->next) dirty = 1;     /* it is behind: more at the next flush */
    } else if (r > p->match && r < p->next) {
        p->next = r;
        send_append(p);
    }
}

/* ---- messages of clients ---- */

static void on_client(const char *cli, const char *type, J *m) {
    Str mid = jstr(m, "MID");
    if (!mid.n || mid.n >= 40) return;
    if (role != LEADER) {
        if (strcmp(leader, NONE)) { answer(cli, mid.p, "redirect", NULL); return; }
        if (nwait == capwait) waitq = grow(waitq, (capwait = capwait * 2 + 64) * sizeof *waitq);
        strcpy(waitq[nwait].cli, cli);
        strcpy(waitq[nwait++].mid, mid.p);
    } else if (!strcmp(type, "put")) {
        Entry *e = append(term, jstr(m, "key"), jstr(m, "value"));
        e->mine = 1;
        strcpy(e->cli, cli);
        strcpy(e->mid, mid.p);
        dirty = 1;
    } else if (!strcmp(type, "get")) {
        /* Reads don't go through the log. Not sure this is enough: I answer from my own state, if a
         * majority has answered me a short time ago, so that a leader that is cut off says nothing old. */
        int c = 0;
        for (int i = 0; i < npeers; i++) c += peers[i].heard && now - peers[i].heard < LEASE;
        Item *it = *find(jstr(m, "key"));
        Str v = it ? it->val : (Str){"", 0};
        if (majority(c)) answer(cli, mid.p, "ok", &v);
        else answer(cli, mid.p, "fail", NULL);
    } else answer(cli, mid.p, "fail", NULL);
}

static void on_message(const char *d, int len) {
    J *m = jparse(d, len);
    if (!m) return;
    Str src = jstr(m, "src"), type = jstr(m, "type");
    if (src.n != 4) return;
    Peer *p = NULL;
    for (int i = 0; i < npeers; i++) if (!strcmp(peers[i].id, src.p)) p = &peers[i];
    if (!p) { on_client(src.p, type.p, m); return; }
    J *n = jget(m, "n");
    long t = jint(n, 0);
    if (t < 0 || type.n != 1) return;
    if (t > term) step_down(t);
    switch (type.p[0]) {
    case '1': on_request_vote(p, n); break;
    case '2': on_vote(p, n); break;
    case '3': on_append(p, n, jget(m, "e")); break;
    case '4': on_append_answer(p, n); break;
    }
}

int main(int argc, char **argv) {
    static char in[65536];
    if (argc < 3) { fprintf(stderr, "usage: %s PORT OWN-ID ID...\n", argv[0]); return 2; }
    snprintf(me, sizeof me, "%s", argv[2]);
    for (int i = 3; i < argc && npeers < MAXPEERS; i++)
        snprintf(peers[npeers++].id, sizeof peers[0].id, "%s", argv[i]);
    logv = grow(NULL, (cap = 1024) * sizeof *logv);
    memset(&logv[0], 0, sizeof logv[0]);
    srandom(getpid() ^ time(NULL));

    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    sock = socket(AF_INET, SOCK_DGRAM, 0);
    int size = 4 << 20;
    setsockopt(sock, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    if (bind(sock, (void *)&a, sizeof a)) { perror("bind"); return 1; }
    a.sin_port = htons(atoi(argv[1]));
    if (connect(sock, (void *)&a, sizeof a)) { perror("connect"); return 1; }
    begin(NONE, "hello");
    finish();

    now = ms();
    reset_timer();
    for (;;) {
        long until = role == LEADER ? nextbeat : deadline;
        if (role == LEADER && dirty && nextflush < until) until = nextflush;
        struct pollfd f = { sock, POLLIN, 0 };
        poll(&f, 1, until > now ? until - now : 0);
        for (int k = 0; k < 200; k++) {     /* not forever: the timers must run, too */
            int n = recv(sock, in, sizeof in - 1, MSG_DONTWAIT);
            if (n < 0) break;
            in[n] = 0;
            now = ms();
            on_message(in, n);
        }
        now = ms();
        if (role == LEADER) {
            if (now >= nextbeat) heartbeat();
            else if (dirty && now >= nextflush) flush();
        } else if (now >= deadline) start_election();
    }
}
