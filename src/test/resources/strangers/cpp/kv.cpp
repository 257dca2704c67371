// 3700kvstore - replicated key value store (raft), one thread, one socket, one file
//
// replica messages: {"src","dst","leader","type","p":[...]}
//   V [term, len, lastTerm]                              vote please
//   v [term, 0/1]                                        vote
//   E [term, i, prevTerm, entTerm, op, key, val, commit] entry number i (0 based)
//   A [term, n]                                          my first n entries are yours
//   N [term, n]                                          no, try from n
//   H [term, commit]                                     heartbeat, nobody answers it
// commit and len are counts, not indexes.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <map>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

using std::string;
using std::vector;
typedef int64_t i64;

// ---------------------------------------------------------------- json

struct Val {
    enum { NUL, NUM, STR, ARR } t = NUL;
    i64 n = 0;
    string s;
    vector<Val> a;
};
typedef std::map<string, Val> Obj;

struct Parser {
    const char *p, *e;
    bool bad = false;

    void ws() { while (p < e && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) p++; }
    bool eat(char c) { ws(); if (p < e && *p == c) { p++; return true; } return false; }

    static void utf8(string &o, unsigned c) {
        if (c < 0x80) o += (char)c;
        else if (c < 0x800) { o += (char)(0xc0 | c >> 6); o += (char)(0x80 | (c & 63)); }
        else if (c < 0x10000) { o += (char)(0xe0 | c >> 12); o += (char)(0x80 | (c >> 6 & 63)); o += (char)(0x80 | (c & 63)); }
        else { o += (char)(0xf0 | c >> 18); o += (char)(0x80 | (c >> 12 & 63)); o += (char)(0x80 | (c >> 6 & 63)); o += (char)(0x80 | (c & 63)); }
    }
    unsigned hex4() {
        if (e - p < 4) { bad = true; return 0; }
        string h(p, 4);
        p += 4;
        return strtoul(h.c_str(), nullptr, 16);
    }
    string str() {
        string o;
        if (!eat('"')) { bad = true; return o; }
        while (p < e && *p != '"') {
            if (*p != '\\') { o += *p++; continue; }
            if (++p >= e) break;
            char c = *p++;
            switch (c) {
            case 'n': o += '\n'; break;
            case 't': o += '\t'; break;
            case 'r': o += '\r'; break;
            case 'b': o += '\b'; break;
            case 'f': o += '\f'; break;
            case 'u': {
                unsigned u = hex4();
                if (u >= 0xd800 && u < 0xdc00 && e - p >= 6 && p[0] == '\\' && p[1] == 'u') {
                    p += 2;
                    u = 0x10000 + ((u - 0xd800) << 10) + (hex4() - 0xdc00);
                }
                utf8(o, u);
                break;
            }
            default: o += c;
            }
        }
        if (p < e) p++; else bad = true;
        return o;
    }
    Val val() {
        Val v;
        ws();
        if (p >= e) { bad = true; return v; }
        if (*p == '"') { v.t = Val::STR; v.s = str(); }
        else if (*p == '[') {
            p++;
            v.t = Val::ARR;
            if (eat(']')) return v;
            do v.a.push_back(val()); while (!bad && eat(','));
            if (!eat(']')) bad = true;
        } else if (*p == '-' || (*p >= '0' && *p <= '9')) {
            v.t = Val::NUM;
            bool neg = *p == '-';
            if (neg) p++;
            while (p < e && *p >= '0' && *p <= '9') v.n = v.n * 10 + (*p++ - '0');
            if (neg) v.n = -v.n;
        } else if (*p >= 'a' && *p <= 'z') while (p < e && *p >= 'a' && *p <= 'z') p++; // true, null..
        else bad = true;
        return v;
    }
    bool obj(Obj &o) {
        if (!eat('{')) return false;
        if (eat('}')) return true;
        do {
            string k = str();
            if (!eat(':')) return false;
            o[k] = val();
        } while (!bad && eat(','));
        return !bad && eat('}');
    }
};

static string q(const string &s) {
    string o = "\"";
    for (unsigned char c : s) {
        if (c == '"' || c == '\\') { o += '\\'; o += c; }
        else if (c < 0x20) { char b[8]; snprintf(b, sizeof b, "\\u%04x", c); o += b; }
        else o += c;
    }
    return o += '"';
}

// ---------------------------------------------------------------- state

struct Ent { i64 term; char op; string k, v; };   // op: p put, g get, - nothing
struct Req { string who, mid; };
struct Peer { i64 next = 0, match = 0; int win = 1; i64 heard = 0, backed = 0; };

enum { FOL, CAND, LEAD };
static const i64 HB = 50, RETX = 100, EL_MIN = 200, EL_VAR = 200, BACK = 15;
static const int WIN = 32;

static int fd;
static string me, boss = "FFFF";
static vector<string> peers;
static std::unordered_map<string, Peer> P;

static int role = FOL;
static i64 term = 0, commit = 0, applied = 0, same = 0;  // same: how many entries the leader of this term has confirmed
static string voted;
static vector<Ent> lg;
static std::unordered_map<string, string> kv;
static std::unordered_map<i64, Req> waiting;   // log position -> client
static vector<Req> parked;                     // came while there was no leader
static std::set<string> votes;
static i64 deadline, nexthb;
static bool ackdue = false;
static std::mt19937 rng;

static i64 now() {
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}
static void rearm() { deadline = now() + EL_MIN + rng() % EL_VAR; }
static i64 lastTerm() { return lg.empty() ? 0 : lg.back().term; }
static string N(i64 x) { return std::to_string(x); }

// ---------------------------------------------------------------- sending

static void out(const string &dst, const char *type, const string &rest) {
    string m = "{\"src\":\"" + me + "\",\"dst\":\"" + dst + "\",\"leader\":\"" + boss + "\",\"type\":\"" + type + "\"" + rest + "}";
    if (send(fd, m.data(), m.size(), 0) < 0) { /* like a lost one */ }
}
static void rpc(const string &dst, const char *type, const string &p) { out(dst, type, ",\"p\":[" + p + "]"); }
static void answer(const Req &r, const char *type, const string &extra = "") { out(r.who, type, ",\"MID\":" + q(r.mid) + extra); }

static void sendEntry(const string &to, i64 i) {
    const Ent &e = lg[i];
    rpc(to, "E", N(term) + "," + N(i) + "," + N(i ? lg[i - 1].term : 0) + "," + N(e.term) + ",\"" + e.op + "\"," + q(e.k) + "," + q(e.v) + "," + N(commit));
}

static void pump(const string &id) {
    Peer &f = P[id];
    while (f.next < (i64)lg.size() && f.next < f.match + f.win) {
        if (f.next == f.match) f.heard = now();
        sendEntry(id, f.next++);
    }
}

static void beat() {
    rpc("FFFF", "H", N(term) + "," + N(commit));
    nexthb = now() + HB;
}

// ---------------------------------------------------------------- raft

static void unpark() {
    if (boss == "FFFF") return;
    for (auto &r : parked) answer(r, boss == me ? "fail" : "redirect");
    parked.clear();
}

static void apply() {
    while (applied < commit) {
        const Ent &e = lg[applied];
        if (e.op == 'p') kv[e.k] = e.v;
        auto w = waiting.find(applied);
        if (w != waiting.end()) {
            if (e.op == 'g') answer(w->second, "ok", ",\"value\":" + q(kv[e.k]));
            else answer(w->second, "ok");
            waiting.erase(w);
        }
        applied++;
    }
}

static void down(i64 t) {
    if (t > term) { term = t; voted.clear(); same = 0; boss = "FFFF"; }
    if (role == LEAD) {
        for (auto &w : waiting) answer(w.second, "fail");
        waiting.clear();
        rearm();
    }
    role = FOL;
}

static void lead() {
    role = LEAD;
    boss = me;
    fprintf(stderr, "%s leads term %lld, %zu entries\n", me.c_str(), (long long)term, lg.size());
    for (auto &id : peers) {
        P[id] = Peer();
        P[id].next = lg.size();
        P[id].heard = now();
    }
    lg.push_back({term, '-', "", ""});
    beat();
    for (auto &id : peers) sendEntry(id, P[id].next++);
    unpark();
}

static void run() {
    role = CAND;
    term++;
    voted = me;
    boss = "FFFF";
    same = 0;
    votes = {me};
    rearm();
    if (peers.empty()) { lead(); return; }
    rpc("FFFF", "V", N(term) + "," + N(lg.size()) + "," + N(lastTerm()));
}

static void advance() {
    vector<i64> m{(i64)lg.size()};
    for (auto &id : peers) m.push_back(P[id].match);
    std::sort(m.rbegin(), m.rend());
    i64 n = m[m.size() / 2];
    if (n > commit && lg[n - 1].term == term) { commit = n; apply(); }
}

static void follow(i64 c) {
    c = std::min(c, same);
    if (c > commit) { commit = c; apply(); }
}

static void fromBoss(const string &id) {
    if (role != FOL) down(term);
    if (boss != id) { boss = id; unpark(); }
    rearm();
}

static void gotEntry(const string &src, vector<Val> &p) {
    i64 i = p[1].n, pt = p[2].n;
    if (p[0].n < term) { rpc(src, "N", N(term) + "," + N(lg.size())); return; }
    fromBoss(src);
    i64 len = lg.size();
    if (i > len) { rpc(src, "N", N(term) + "," + N(len)); return; }
    if (i > 0 && lg[i - 1].term != pt) {
        // skip back over the whole bad term
        i64 b = i - 1, bt = lg[b].term;
        while (b > commit && lg[b - 1].term == bt) b--;
        rpc(src, "N", N(term) + "," + N(b));
        return;
    }
    if (i < len && lg[i].term != p[3].n) { lg.resize(i); len = i; }
    if (i == len) lg.push_back({p[3].n, p[4].s[0], p[5].s, p[6].s});
    same = std::max(same, i + 1);
    ackdue = true;
    follow(p[7].n);
}

static void client(const string &src, Obj &o) {
    string t = o["type"].s;
    Req r{src, o["MID"].s};
    if (role != LEAD) {
        if (boss == "FFFF") parked.push_back(r);
        else answer(r, "redirect");
        return;
    }
    if (t != "get" && t != "put") { answer(r, "fail", ",\"reason\":\"unknown\""); return; }
    lg.push_back({term, t == "put" ? 'p' : 'g', o["key"].s, o["value"].s});
    waiting[lg.size() - 1] = r;
}

static void handle(const char *b, size_t n) {
    Parser ps{b, b + n};
    Obj o;
    if (!ps.obj(o)) { fprintf(stderr, "%s: junk\n", me.c_str()); return; }
    string src = o["src"].s, t = o["type"].s;
    if (t.size() != 1) { client(src, o); return; }

    auto &p = o["p"].a;
    if (p.size() < 2) return;
    if (p[0].n > term) down(p[0].n);
    i64 tm = p[0].n;
    switch (t[0]) {
    case 'V': {
        bool ok = tm == term && (voted.empty() || voted == src) &&
                  (p[2].n > lastTerm() || (p[2].n == lastTerm() && p[1].n >= (i64)lg.size()));
        if (ok) { voted = src; rearm(); }
        rpc(src, "v", N(term) + "," + (ok ? "1" : "0"));
        break;
    }
    case 'v':
        if (role != CAND || tm != term || !p[1].n) break;
        votes.insert(src);
        if (votes.size() > (peers.size() + 1) / 2) lead();
        break;
    case 'H':
        if (tm < term) break;
        fromBoss(src);
        follow(p[1].n);
        break;
    case 'E':
        if (p.size() == 8) gotEntry(src, p);
        break;
    case 'A':
    case 'N': {
        if (role != LEAD || tm != term) break;
        Peer &f = P[src];
        f.heard = now();
        f.win = WIN;
        if (t[0] == 'A') {
            f.match = std::max(f.match, p[1].n);
            f.next = std::max(f.next, f.match);
            advance();
        } else if (p[1].n < f.next && now() - f.backed >= BACK) {
            f.next = std::max(f.match, p[1].n);
            f.backed = now();
            // one at a time until it fits
            sendEntry(src, f.next++);
        }
        break;
    }
    }
}

static void tick() {
    i64 t = now();
    if (ackdue) {
        if (role == FOL && boss != "FFFF") rpc(boss, "A", N(term) + "," + N(same));
        ackdue = false;
    }
    if (role != LEAD) {
        if (t >= deadline) run();
        return;
    }
    if (peers.empty()) advance();
    if (t >= nexthb) beat();
    for (auto &id : peers) {
        Peer &f = P[id];
        if (f.match < (i64)lg.size() && f.next > f.match && t - f.heard >= RETX) {
            // nothing back for a while: resend what was last sent first
            f.win = 1;
            f.heard = t;
            if (f.match) f.next = f.match;
            else f.next--;
            sendEntry(id, f.next++);
        }
        pump(id);
    }
}

int main(int argc, char **argv) {
    if (argc < 3) { fprintf(stderr, "usage: %s port id id...\n", argv[0]); return 1; }
    me = argv[2];
    for (int i = 3; i < argc; i++) peers.push_back(argv[i]);
    rng.seed(std::random_device{}() ^ (unsigned)getpid());

    fd = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(fd, (sockaddr *)&a, sizeof a)) { perror("bind"); return 1; }
    a.sin_port = htons(atoi(argv[1]));
    if (connect(fd, (sockaddr *)&a, sizeof a)) { perror("connect"); return 1; }
    int sz = 4 << 20;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &sz, sizeof sz);

    out("FFFF", "hello", "");
    rearm();
    static char buf[65536];
    for (;;) {
        pollfd pf{fd, POLLIN, 0};
        poll(&pf, 1, 2);
        for (int k = 0; k < 200; k++) {
            ssize_t n = recv(fd, buf, sizeof buf, MSG_DONTWAIT);
            if (n <= 0) break;
            handle(buf, n);
        }
        tick();
    }
}
