/* The connection to the kit: commands come on stdin, answers go to stdout, both as frames. */
#include "supervisor.h"

#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/utsname.h>

#define MAX_FRAME (8u << 20)

struct replica replicas[MAX_REPLICAS];
int replica_count;

void fail(const char *what) {
  fprintf(stderr, "raftlab supervisor: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* ---- frames: a length of four bytes, then a letter, then numbers and bytes, little-endian ---- */

static uint8_t *frame;
static uint32_t frame_length, frame_at;

static void read_fully(void *to, size_t length) {
  static uint8_t buffer[1 << 17];
  static size_t from, end;
  while (length > 0) {
    if (from == end) {
      ssize_t got = read(0, buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) {
        continue;
      }
      if (got <= 0) {
        exit(0); /* the kit is gone; the replicas die with this process */
      }
      from = 0;
      end = (size_t)got;
    }
    size_t part = end - from < length ? end - from : length;
    memcpy(to, buffer + from, part);
    from += part;
    to = (uint8_t *)to + part;
    length -= part;
  }
}

static void read_frame(void) {
  read_fully(&frame_length, 4);
  if (frame_length > MAX_FRAME) {
    fail("a frame is too long");
  }
  frame = realloc(frame, frame_length + 1);
  read_fully(frame, frame_length);
  frame[frame_length] = 0;
  frame_at = 0;
}

static const void *take(uint32_t length) {
  if (length > frame_length - frame_at) {
    fail("a frame is too short");
  }
  frame_at += length;
  return frame + frame_at - length;
}

static uint32_t take_u32(void) {
  uint32_t value;
  memcpy(&value, take(4), 4);
  return value;
}

static int64_t take_i64(void) {
  int64_t value;
  memcpy(&value, take(8), 8);
  return value;
}

/* A string: its length, then its bytes, then a zero. */
static char *take_string(void) {
  uint32_t length = take_u32();
  char *text = (char *)take(length + 1);
  text[length] = 0;
  return text;
}

static char **take_strings(void) {
  uint32_t count = take_u32();
  char **strings = calloc(count + 1, sizeof *strings);
  for (uint32_t i = 0; i < count; i++) {
    strings[i] = take_string();
  }
  return strings;
}

/* What happened to calls that don't exist here: lines for the kit. */
static char notes[4096];

void note(struct replica *replica, const char *format, ...) {
  (void)replica;
  size_t used = strlen(notes);
  va_list arguments;
  va_start(arguments, format);
  if (used < sizeof notes - 200) {
    int length = vsnprintf(notes + used, sizeof notes - used - 2, format, arguments);
    (void)length;
    strcat(notes, "\n");
  }
  va_end(arguments);
}

bool has_notes(void) { return notes[0] != 0; }

/* Every answer: letter, whether something was written, time, a number, and bytes. */
void send_answer(struct replica *replica, char letter, nanos number, const uint8_t *bytes,
                        uint32_t length) {
  static uint8_t out[64 + sizeof notes + MAX_DATAGRAM];
  uint16_t noted = (uint16_t)strlen(notes);
  uint32_t size = 32 + noted + length, of = replica == NULL ? 0 : replica->number;
  uint8_t *to = out;
#define PUT(value, bytes_of_value) (memcpy(to, value, bytes_of_value), to += (bytes_of_value))
  uint8_t wrote = replica != NULL && replica->wrote;
  nanos now = replica == NULL ? world_now : replica->now, busy = replica == NULL ? 0 : replica->busy;
  PUT(&size, 4);
  PUT(&letter, 1);
  PUT(&wrote, 1);
  PUT(&of, 4);
  PUT(&now, 8);
  PUT(&busy, 8);
  PUT(&number, 8);
  PUT(&noted, 2);
  PUT(notes, noted);
  PUT(bytes, length);
  notes[0] = 0;
  if (replica != NULL) {
    replica->wrote = false;
  }
  for (const uint8_t *from = out; from < to;) {
    ssize_t done = write(1, from, (size_t)(to - from));
    if (done < 0 && errno != EINTR) {
      exit(0);
    }
    from += done < 0 ? 0 : done;
  }
}

/* ---- commands ---- */

static void start(struct replica *replica) {
  uint32_t number = (uint32_t)(replica - replicas);
  nanos base = replica->clock_base, set_at = replica->clock_set_at;
  double rate = replica->clock_rate == 0 ? 1 : replica->clock_rate;
  kill_replica(replica);
  *replica = (struct replica){.number = number, .listener = -1, .clock_base = base, .clock_set_at = set_at,
                              .clock_rate = rate};
  replica->now = replica->slice_start = take_i64();
  set_due(replica, replica->now);
  replica->random = (uint64_t)take_i64();
  replica->wake_random = replica->random ^ 0x5bf0a8b1457695efu;
  replica->kit_port = (uint16_t)take_u32();
  struct launch launch = {take_string(), take_string(), take_string(), take_strings(), take_strings()};
  int error = launch_replica(replica, &launch);
  free(launch.arguments);
  free(launch.environment);
  const char *text = error == 0 ? "" : strerror(error);
  send_answer(replica, error == 0 ? 'S' : 'E', replica->main_pid, (const uint8_t *)text, (uint32_t)strlen(text));
}

static void set_clock_rate(struct replica *replica) {
  nanos now = take_i64();
  double rate;
  memcpy(&rate, take(8), 8);
  nanos shown = replica->now;
  replica->now = now > shown ? now : shown;
  replica->clock_rate = replica->clock_rate == 0 ? 1 : replica->clock_rate;
  replica->clock_base = clock_of(replica);
  replica->clock_set_at = replica->now;
  replica->clock_rate = rate;
  if (replica->alive && replica->waits) {
    set_due(replica, replica->now); /* what it waits for is due at another time */
  }
}

static void set_paused(struct replica *replica) {
  nanos now = take_i64();
  replica->paused = take_u32() != 0;
  if (!replica->paused && replica->alive) {
    set_due(replica, now > replica->now ? now : replica->now);
  }
}

/* All replicas and this program share one processor: a switch to another one costs more than a call. */
static void stay_on_processor(const char *number) {
  int processor = atoi(number);
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed) < 0) {
    return;
  }
  int count = CPU_COUNT(&allowed), wanted = processor % (count > 0 ? count : 1);
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (CPU_ISSET(cpu, &allowed) && wanted-- == 0) {
      CPU_ZERO(&one);
      CPU_SET(cpu, &one);
      sched_setaffinity(0, sizeof one, &one);
    }
  }
}

static void kill_all(void) {
  for (int i = 0; i < MAX_REPLICAS; i++) {
    kill_replica(&replicas[i]);
  }
}

/* Says whether this machine can run replicas: runs a program, and prints what failed. */
static int check(void) {
  char *arguments[] = {"/bin/true", NULL}, *environment[] = {NULL};
  struct launch launch = {"", "/dev/null", "/dev/null", arguments, environment};
  struct replica *replica = &replicas[0];
  replica->clock_rate = 1;
  int error = launch_replica(replica, &launch);
  if (error != 0) {
    printf("seccomp user notification: %s\n", strerror(error));
    return 1;
  }
  for (struct task *task; (task = settle_and_choose(replica)) != NULL;) {
    handle(replica, task);
  }
  bool works = !replica->alive && replica->exit_code == 0 && notes[0] == 0;
  printf("%s", works ? "ok\n" : notes[0] == 0 ? "a program under it doesn't run\n" : notes);
  return works ? 0 : 1;
}

bool can_block_on_listener;

static void interrupt(int signal) { (void)signal; }

/* A timer ends waits for a call, so that a task that makes none is noticed. */
static void start_timer(void) {
  struct utsname kernel;
  int major = 0, minor = 0;
  uname(&kernel);
  sscanf(kernel.release, "%d.%d", &major, &minor);
  can_block_on_listener = major > 6 || (major == 6 && minor >= 11);
  struct sigaction action = {.sa_handler = interrupt};
  sigaction(SIGALRM, &action, NULL);
  struct itimerval often = {{0, 100000}, {0, 100000}};
  setitimer(ITIMER_REAL, &often, NULL);
}

int main(int count, char **arguments) {
  if (count > 1 && strcmp(arguments[1], "--check") != 0) {
    stay_on_processor(arguments[1]);
  }
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  struct rlimit files = {65536, 65536};
  setrlimit(RLIMIT_NOFILE, &files);
  for (int i = 0; i < MAX_REPLICAS; i++) {
    replicas[i].listener = -1;
    replicas[i].number = (uint32_t)i;
  }
  if (count > 1 && strcmp(arguments[1], "--check") == 0) {
    return check();
  }
  atexit(kill_all);
  start_timer();
  for (;;) {
    read_frame();
    char letter = *(const char *)take(1);
    uint32_t number = take_u32();
    if (number >= MAX_REPLICAS) {
      fail("no such replica");
    }
    replica_count = (int)number < replica_count ? replica_count : (int)number + 1;
    struct replica *replica = &replicas[number];
    switch (letter) {
    case 'S':
      start(replica);
      break;
    case 'A':
      advance(take_i64());
      break;
    case 'D': {
      nanos at = take_i64();
      add_arrival(replica, at, frame + frame_at, frame_length - frame_at);
      break;
    }
    case 'P':
      set_paused(replica);
      break;
    case 'C':
      set_clock_rate(replica);
      break;
    case 'K':
      kill_replica(replica);
      send_answer(replica, 'K', 0, NULL, 0);
      break;
    default:
      fail("unknown command");
    }
  }
}
