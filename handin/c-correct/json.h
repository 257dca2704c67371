/* Just enough JSON: finds members, reads strings and whole numbers. */
typedef struct { char *p; int n; } Str;                 /* a decoded string, which may contain NUL */
typedef struct { char *p; size_t n, cap; } Buf;         /* text that grows */

const char *json_member(const char *object, const char *name);      /* the member's value, or NULL */
const char *json_first(const char *list);               /* the first element of a list, or NULL */
const char *json_next(const char *element);             /* the next one, or NULL */
int json_string(const char *value, Str *out);           /* decodes into fresh memory: 1, or 0 if it is none */
long json_long(const char *value);                      /* -1 if it is none */
int json_true(const char *value);

void buf_put(Buf *b, const char *format, ...);
void buf_string(Buf *b, Str s);                         /* with quotes */
