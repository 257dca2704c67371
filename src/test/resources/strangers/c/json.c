#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "json.h"

/* everything of one message lives in this arena: at most one node per input byte */
static char arena[16 << 20];
static size_t used;
static const char *c, *end;

static void *take(size_t n) {
    n = (n + 15) & ~(size_t)15;
    if (used + n > sizeof arena) return NULL;
    void *r = arena + used;
    used += n;
    return r;
}

static void ws(void) { while (c < end && (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\r')) c++; }

static int hex4(unsigned *u) {
    if (end - c < 4) return 0;
    *u = 0;
    for (int i = 0; i < 4; i++, c++) {
        const char *h = "0123456789abcdef", *q = *c ? strchr(h, *c | 32) : NULL;
        if (!q) return 0;
        *u = *u * 16 + (q - h);
    }
    return 1;
}

static char *utf8(char *o, unsigned u) {
    if (u < 0x80) *o++ = u;
    else if (u < 0x800) { *o++ = 0xC0 | u >> 6; *o++ = 0x80 | (u & 63); }
    else if (u < 0x10000) { *o++ = 0xE0 | u >> 12; *o++ = 0x80 | (u >> 6 & 63); *o++ = 0x80 | (u & 63); }
    else { *o++ = 0xF0 | u >> 18; *o++ = 0x80 | (u >> 12 & 63); *o++ = 0x80 | (u >> 6 & 63); *o++ = 0x80 | (u & 63); }
    return o;
}

static int str(Str *s) {
    if (c >= end || *c != '"') return 0;
    const char *q = ++c;
    while (q < end && *q != '"') q += *q == '\\' ? 2 : 1;
    if (q >= end) return 0;
    char *o = s->p = take(q - c + 1);
    if (!o) return 0;
    while (c < q) {
        if (*c != '\\') { *o++ = *c++; continue; }
        char e = c[1];
        c += 2;
        if (e == 'n') *o++ = '\n';
        else if (e == 't') *o++ = '\t';
        else if (e == 'r') *o++ = '\r';
        else if (e == 'b') *o++ = '\b';
        else if (e == 'f') *o++ = '\f';
        else if (e == 'u') {
            unsigned u, v;
            if (!hex4(&u)) return 0;
            if (u >= 0xD800 && u < 0xDC00 && q - c >= 6 && c[0] == '\\' && c[1] == 'u') {
                const char *save = c;
                c += 2;
                if (!hex4(&v)) return 0;
                if (v >= 0xDC00 && v < 0xE000) u = 0x10000 + ((u - 0xD800) << 10) + (v - 0xDC00);
                else c = save;
            }
            o = utf8(o, u);
        } else *o++ = e;
    }
    c = q + 1;
    s->n = o - s->p;
    *o = 0;
    return 1;
}

static J *val(int depth) {
    J *j = take(sizeof *j);
    if (!j || depth > 50) return NULL;
    memset(j, 0, sizeof *j);
    ws();
    if (c >= end) return NULL;
    if (*c == '"') { j->t = 's'; return str(&j->s) ? j : NULL; }
    if (*c == '{' || *c == '[') {
        int obj = *c == '{';
        char close = obj ? '}' : ']';
        J **tail = &j->kid;
        j->t = obj ? 'o' : 'a';
        c++; ws();
        if (c < end && *c == close) { c++; return j; }
        for (;;) {
            Str k = {0};
            ws();
            if (obj) {
                if (!str(&k)) return NULL;
                ws();
                if (c >= end || *c++ != ':') return NULL;
            }
            if (!(*tail = val(depth + 1))) return NULL;
            (*tail)->key = k;
            tail = &(*tail)->next;
            ws();
            if (c >= end) return NULL;
            if (*c == close) { c++; return j; }
            if (*c++ != ',') return NULL;
        }
    }
    if (*c == '-' || (*c >= '0' && *c <= '9')) {
        char *e;
        j->t = 'n';
        j->num = (long)strtod(c, &e);
        c = e;
        return j;
    }
    j->t = 'l';
    const char *w = c;
    while (c < end && *c >= 'a' && *c <= 'z') c++;
    return c > w ? j : NULL;
}

J *jparse(const char *p, int n) {
    used = 0;
    c = p; end = p + n;
    J *j = val(0);
    return j && j->t == 'o' ? j : NULL;
}

J *jget(J *o, const char *key) {
    for (J *k = o->kid; k; k = k->next)
        if (k->key.p && !strcmp(k->key.p, key)) return k;
    return NULL;
}

long jint(J *a, int i) {
    J *k = a ? a->kid : NULL;
    while (k && i--) k = k->next;
    return k && k->t == 'n' ? k->num : -1;
}

Str jstr(J *o, const char *key) {
    J *k = jget(o, key);
    return k && k->t == 's' ? k->s : (Str){"", 0};
}

void bput(Buf *b, const char *fmt, ...) {
    va_list ap;
    int room = sizeof b->d - b->n;
    va_start(ap, fmt);
    int n = vsnprintf(b->d + b->n, room, fmt, ap);
    va_end(ap);
    b->n += n < room ? n : room - 1;
}

void bstr(Buf *b, Str s) {
    bput(b, "\"");
    for (int i = 0; i < s.n && b->n < (int)sizeof b->d - 16; i++) {
        unsigned char ch = s.p[i];
        if (ch == '"' || ch == '\\') { b->d[b->n++] = '\\'; b->d[b->n++] = ch; }
        else if (ch < 32) bput(b, "\\u%04x", ch);
        else b->d[b->n++] = ch;
    }
    bput(b, "\"");
}
