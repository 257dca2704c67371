/*
 * The supervisor of the virtual world: runs the replicas of one cluster on virtual time.
 *
 * Every replica runs under a seccomp filter that hands some system calls to this program: those by
 * which a program learns the time, waits, gets random bytes, sends and receives. The kit (Java) owns
 * the order of events. It tells one replica at a time to run; this program answers the replica's
 * calls until it waits, sends a datagram, ends, or reaches a time limit, and reports that.
 */
#ifndef SUPERVISOR_H
#define SUPERVISOR_H

#define _GNU_SOURCE
#include <errno.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

typedef int64_t nanos;

#define NEVER INT64_MAX
#define SECOND 1000000000LL
#define MAX_DATAGRAM 65507

/* The descriptors of emulated sockets have these numbers, so that the filter knows them. */
#define FIRST_SOCKET_FD 900
#define SOCKET_FDS 64

/* ---- what runs ---- */

enum task_state {
  IN_FLIGHT, /* runs in user mode, or in a call that needs no decision */
  READY,     /* stopped at a call that can be handled */
  WAITING,   /* stopped at a call that waits */
  VFORKED,   /* in the kernel until its child executes a program or exits */
  BLOCKED    /* in a call that this program doesn't know */
};

enum wait_kind { WAIT_SLEEP, WAIT_FDS, WAIT_SOCKET, WAIT_RECEIVE, WAIT_FUTEX, WAIT_CHILD };

/* A process of a replica. */
struct process {
  struct process *next;
  pid_t tgid, parent;
  pid_t shown; /* its ID for programs: the real one differs from run to run */
  int pidfd;
  bool patched;  /* its vDSO makes real system calls */
  bool executes; /* it called execve; not known yet whether that worked */
  bool zombie;   /* it has ended, and its parent has not waited for it */
  struct vsocket *sockets[SOCKET_FDS]; /* by number of descriptor */
};

/* A thread of a replica. */
struct task {
  struct task *next;
  struct process *process;
  pid_t tid, shown;
  enum task_state state;
  uint64_t ready_number; /* ready tasks run in this order */
  bool charged;          /* the current call has moved the clock */
  bool answered_late;    /* the call waited; its result is known without handling it again */
  uint64_t call_id;
  struct seccomp_data call;
  struct task *vfork_parent;
  /* while it waits: */
  enum wait_kind wait;
  nanos deadline; /* by the replica's clock */
  struct pollfd *fds;
  int fd_count;
  struct vsocket *socket;
  uint64_t futex;
  uint32_t futex_value, futex_bits;
  bool woken;
  bool waits_on; /* its deadline stays */
  int silent_looks;
};

/* An emulated UDP socket. Its readiness is that of a real socket, so that select, poll and epoll of
 * the kernel work with it: while datagrams are queued, the real socket holds a token. */
struct datagram {
  struct datagram *next;
  nanos at;        /* when it arrives */
  uint64_t number; /* datagrams that arrive at the same time keep their order */
  uint32_t length;
  uint8_t bytes[];
};

struct vsocket {
  struct vsocket *next;
  ino_t inode;
  int own_end, other_end; /* the replica has the first one, too */
  int users;              /* how many descriptors are left */
  int family;
  uint16_t port;
  uint16_t peer_port; /* 0: not connected */
  nanos receive_timeout, send_timeout;
  int receive_buffer, send_buffer;
  struct datagram *first, **last;
  uint32_t queued_bytes, queued;
};

struct replica {
  bool alive, hung, reported_end;
  uint32_t number;
  uint64_t random;
  uint16_t kit_port;
  pid_t main_pid;
  int listener;
  int exit_code;
  struct process *processes;
  struct task *tasks, *current;
  struct task *sender; /* waits until the kit has handled its datagram */
  int64_t sent_result;
  int in_flight, expected_tasks;
  bool thread_ended; /* the kernel has cleared a word for which another one may wait */
  uint64_t ready_count;
  int process_count, thread_count;
  struct datagram *arrivals; /* in order of time */
  struct vsocket *sockets, *home; /* home: the socket that the kit sends to */
  uint16_t next_port;
  bool wrote;
  bool has_opened; /* a socket; before that, calls cost no time, since a program's start differs by machine */
  /* time */
  nanos now, slice_start;
  nanos due; /* when it runs on, by the world's time; NEVER if only a datagram wakes it */
  uint64_t due_number;
  bool waits, paused;
  uint64_t wake_random;
  nanos clock_base, clock_set_at;
  double clock_rate;
  uint32_t fruitless;  /* calls that cost time since the replica last waited, sent or received */
  uint32_t free_calls; /* calls that cost none since it last waited */
  nanos busy;         /* the time that its calls took */
  uint64_t calls;
  uint64_t noted[8]; /* the calls that were refused, a bit each */
};

/* ---- outcome of handling a call ---- */

enum outcome { ANSWERED, MUST_WAIT, SENT };

/* mem.c: the memory of a replica */
bool read_memory(struct task *task, uint64_t from, void *to, size_t length);
bool write_memory(struct task *task, uint64_t to, const void *from, size_t length);
void patch_process(struct replica *replica, struct process *process);

/* golang.c */
void patch_go(struct process *process, int memory);

/* task.c: which task runs */
struct task *settle_and_choose(struct replica *replica);
void answer(struct replica *replica, struct task *task, int64_t value, int error);
void let_continue(struct replica *replica, struct task *task);
bool install_fd(struct replica *replica, struct task *task, int fd, int number, bool close_on_exec);
void make_ready(struct replica *replica, struct task *task);
void forget_fds(struct task *task);
void end_thread(struct replica *replica, struct task *task);
void wait_until(struct task *task, enum wait_kind kind, nanos deadline);
nanos next_deadline(struct replica *replica);
int remote_fd(struct task *task, int fd);
void free_replica_state(struct replica *replica);
struct process *find_process(struct replica *replica, pid_t tgid);
bool has_zombie(struct replica *replica, pid_t parent, pid_t child);
bool has_child(struct replica *replica, pid_t parent);

/* clock.c */
nanos clock_of(struct replica *replica);
nanos world_time(struct replica *replica, nanos clock);
nanos clock_value(struct replica *replica, int clock);
nanos clock_epoch(int clock);
nanos cost_of(struct replica *replica, int call);
uint64_t next_random(struct replica *replica);
enum outcome handle_clock(struct replica *replica, struct task *task);
bool read_timespec(struct task *task, uint64_t from, nanos *to);

/* wait.c */
enum outcome handle_wait(struct replica *replica, struct task *task);
enum outcome finish_wait(struct replica *replica, struct task *task);

/* futex.c */
enum outcome handle_futex(struct replica *replica, struct task *task);

/* net.c: emulated UDP sockets */
enum outcome handle_net(struct replica *replica, struct task *task);
struct vsocket *socket_of(struct task *task, int fd);
void inherit_sockets(struct process *parent, struct process *child);
void check_sockets(struct replica *replica, struct task *task);
void close_sockets(struct replica *replica, struct process *process, unsigned first, unsigned last);
enum outcome handle_descriptor(struct replica *replica, struct task *task);
void deliver(struct replica *replica, struct datagram *datagram);
void free_sockets(struct replica *replica);
extern uint8_t sent_bytes[MAX_DATAGRAM + 1];
extern uint32_t sent_length;

/* identity.c */
enum outcome handle_identity(struct replica *replica, struct task *task);

/* call.c: all other calls */
enum outcome handle(struct replica *replica, struct task *task);

/* schedule.c: which replica runs */
void advance(nanos limit);
void add_arrival(struct replica *replica, nanos at, const uint8_t *bytes, uint32_t length);
void set_due(struct replica *replica, nanos due);

/* launch.c */
struct launch {
  char *folder, *out, *err;
  char **arguments, **environment;
};
int launch_replica(struct replica *replica, const struct launch *launch);
void kill_replica(struct replica *replica);

/* filter.c */
extern const struct sock_fprog *call_filter(void);

/* main.c */
#define MAX_REPLICAS 256
extern struct replica replicas[MAX_REPLICAS];
extern int replica_count;
extern nanos world_now;
/* Whether receiving a call ends when the last task ends: since Linux 6.11. Before, one has to poll. */
extern bool can_block_on_listener;
bool has_notes(void);
void send_answer(struct replica *replica, char letter, nanos number, const uint8_t *bytes, uint32_t length);
void note(struct replica *replica, const char *format, ...) __attribute__((format(printf, 2, 3)));
void fail(const char *what) __attribute__((noreturn));

#endif
