#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "json.h"

static const char *skip_space(const char *p) {
    while (*p && isspace((unsigned char)*p)) p++;
    return p;
}

static const char *skip_string(const char *p) {         /* p is at the first quote; NULL if it doesn't end */
    for (p++; *p && *p != '"'; p++)
        if (*p == '\\' && !*++p) return NULL;
    return *p ? p + 1 : NULL;
}

static const char *skip_value(const char *p) {
    int depth = 0;
    p = skip_space(p);
    do {
        if (!*p) return NULL;
        if (*p == '"') {
            if (!(p = skip_string(p))) return NULL;
            continue;
        }
        if (*p == '{' || *p == '[') depth++;
        else if (*p == '}' || *p == ']') depth--;
        if (depth < 0) return p;
        p++;
    } while (depth > 0 || (*p && *p != ',' && *p != '}' && *p != ']'));
    return p;
}

const char *json_member(const char *object, const char *name) {
    const char *p = skip_space(object);
    if (*p != '{') return NULL;
    for (p = skip_space(p + 1); *p == '"'; p = skip_space(p + 1)) {
        const char *key = p + 1, *end = skip_string(p);
        if (!end || *(p = skip_space(end)) != ':') return NULL;
        p = skip_space(p + 1);
        if ((size_t)(end - 1 - key) == strlen(name) && !strncmp(key, name, end - 1 - key)) return p;
        if (!(p = skip_value(p))) return NULL;
        p = skip_space(p);
        if (*p != ',') return NULL;
    }
    return NULL;
}

static const char *element(const char *p) {
    p = skip_space(p);
    return *p && *p != ']' ? p : NULL;
}

const char *json_first(const char *list) {
    return list && *list == '[' ? element(list + 1) : NULL;
}

const char *json_next(const char *value) {
    const char *p = skip_value(value);
    if (!p || *(p = skip_space(p)) != ',') return NULL;
    return element(p + 1);
}

static unsigned hex4(const char *p) {
    unsigned code = 0;
    for (int i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)p[i])) return 0xfffd;
        code = code * 16 + (isdigit((unsigned char)p[i]) ? p[i] - '0' : tolower(p[i]) - 'a' + 10);
    }
    return code;
}

static char *utf8(char *to, unsigned c) {
    if (c < 0x80) *to++ = c;
    else if (c < 0x800) { *to++ = 0xc0 | c >> 6; *to++ = 0x80 | (c & 63); }
    else if (c < 0x10000) { *to++ = 0xe0 | c >> 12; *to++ = 0x80 | (c >> 6 & 63); *to++ = 0x80 | (c & 63); }
    else { *to++ = 0xf0 | c >> 18; *to++ = 0x80 | (c >> 12 & 63); *to++ = 0x80 | (c >> 6 & 63); *to++ = 0x80 | (c & 63); }
    return to;
}

int json_string(const char *value, Str *out) {
    const char *end, *p;
    if (!value || *value != '"' || !(end = skip_string(value))) return 0;
    char *to = out->p = malloc(end - value);            /* decoded text is never longer */
    if (!to) exit(1);
    for (p = value + 1; p < end - 1; p++) {
        if (*p != '\\') { *to++ = *p; continue; }
        switch (*++p) {
        case 'n': *to++ = '\n'; break;
        case 't': *to++ = '\t'; break;
        case 'r': *to++ = '\r'; break;
        case 'b': *to++ = '\b'; break;
        case 'f': *to++ = '\f'; break;
        case 'u': {
            unsigned c = hex4(p + 1);
            p += end - 1 - p > 4 ? 4 : end - 2 - p;
            if (c >= 0xd800 && c < 0xdc00 && p[1] == '\\' && p[2] == 'u') {      /* a pair */
                c = 0x10000 + ((c - 0xd800) << 10) + (hex4(p + 3) - 0xdc00);
                p += 6;
            }
            to = utf8(to, c);
            break;
        }
        default: *to++ = *p;
        }
    }
    out->n = to - out->p;
    return 1;
}

long json_long(const char *value) {
    return value && (isdigit((unsigned char)*value) || *value == '-') ? strtol(value, NULL, 10) : -1;
}

int json_true(const char *value) {
    return value && *value == 't';
}

static void reserve(Buf *b, size_t more) {
    if (b->n + more + 1 > b->cap && !(b->p = realloc(b->p, b->cap = 2 * (b->n + more + 1)))) exit(1);
}

void buf_put(Buf *b, const char *format, ...) {
    va_list args;
    reserve(b, 1000);
    va_start(args, format);
    b->n += vsnprintf(b->p + b->n, 1000, format, args);
    va_end(args);
}

void buf_string(Buf *b, Str s) {
    reserve(b, 6 * (size_t)s.n + 2);
    b->p[b->n++] = '"';
    for (int i = 0; i < s.n; i++) {
        unsigned char c = s.p[i];
        if (c < 0x20) b->n += sprintf(b->p + b->n, "\\u%04x", c);
        else {
            if (c == '"' || c == '\\') b->p[b->n++] = '\\';
            b->p[b->n++] = c;
        }
    }
    b->p[b->n++] = '"';
}
