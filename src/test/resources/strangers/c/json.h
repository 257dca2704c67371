/* small JSON reader/writer. Strings have a length, because \u0000 is allowed in them. */
typedef struct { char *p; int n; } Str;
typedef struct J {
    char t;                 /* 's' string, 'n' number, 'a' array, 'o' object, 'l' true/false/null */
    long num;
    Str s, key;
    struct J *kid, *next;
} J;

J *jparse(const char *p, int n);          /* NULL if broken. Valid until the next jparse */
J *jget(J *o, const char *key);
long jint(J *arr, int i);                 /* i-th number of an array, -1 if it isn't there */
Str jstr(J *o, const char *key);          /* string field, empty if it isn't there */

typedef struct { char d[200000]; int n; } Buf;
void bput(Buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void bstr(Buf *b, Str s);                 /* with quotes */
