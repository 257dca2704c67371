/* The clock of a replica, what its calls cost, and randomness. */
#include "supervisor.h"

#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>

/* What the clocks show at the virtual time 0. */
#define MONOTONIC_START (1000 * SECOND)
#define REAL_START (1704067200 * SECOND) /* 2024-01-01 00:00 UTC */

/* What a call costs: a fixed time. A replica that polls without waiting would need very many calls to
 * see time pass, so each costs more after a while. */
#define CALL_COST 2000
#define SPIN_CALLS 200
#define SPIN_COST 50000
#define FREE_CALLS 20000

nanos clock_of(struct replica *replica) {
  return replica->clock_base +
         (nanos)((double)(replica->now - replica->clock_set_at) * replica->clock_rate);
}

/* Returns the world's time at which the replica's clock shows this. */
nanos world_time(struct replica *replica, nanos clock) {
  if (clock == NEVER) {
    return NEVER;
  }
  nanos at = replica->clock_set_at + (nanos)((double)(clock - replica->clock_base) / replica->clock_rate);
  return replica->clock_rate == 1 ? at : at + 1;
}

nanos clock_epoch(int clock) {
  return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == 11 /* TAI */
             ? REAL_START
             : MONOTONIC_START;
}

nanos clock_value(struct replica *replica, int clock) {
  if (clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID || clock < 0) {
    return replica->busy;
  }
  return clock_epoch(clock) + clock_of(replica);
}

nanos cost_of(struct replica *replica, int call) {
  if (!replica->has_opened) {
    return ++replica->free_calls > FREE_CALLS ? SPIN_COST : 0;
  }
  switch (call) {
  case SYS_clock_gettime:
  case SYS_gettimeofday:
  case SYS_time:
  case SYS_select:
  case SYS_pselect6:
  case SYS_poll:
  case SYS_ppoll:
  case SYS_epoll_wait:
  case SYS_epoll_pwait:
  case SYS_epoll_pwait2:
  case SYS_recvfrom:
  case SYS_recvmsg:
  case SYS_recvmmsg:
  case SYS_sched_yield:
  case SYS_nanosleep:
  case SYS_clock_nanosleep:
    return ++replica->fruitless > SPIN_CALLS ? SPIN_COST : CALL_COST;
  case SYS_sendto:
  case SYS_sendmsg:
  case SYS_sendmmsg:
  case SYS_futex:
    return CALL_COST;
  default:
    /* The number of such calls may depend on the machine's files. */
    return ++replica->free_calls > FREE_CALLS ? SPIN_COST : 0;
  }
}

uint64_t next_random(struct replica *replica) {
  uint64_t z = replica->random += 0x9E3779B97F4A7C15u; /* SplitMix64 */
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

bool read_timespec(struct task *task, uint64_t from, nanos *to) {
  struct timespec time;
  if (!read_memory(task, from, &time, sizeof time) || time.tv_sec < 0 || time.tv_nsec < 0 ||
      time.tv_nsec >= SECOND) {
    return false;
  }
  *to = time.tv_sec > 4000000000 ? NEVER : time.tv_sec * SECOND + time.tv_nsec;
  return true;
}

static enum outcome store(struct replica *replica, struct task *task, uint64_t to, const void *what,
                          size_t length, int64_t result) {
  bool stored = to == 0 || write_memory(task, to, what, length);
  answer(replica, task, stored ? result : 0, stored ? 0 : EFAULT);
  return ANSWERED;
}

enum outcome handle_clock(struct replica *replica, struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  switch (task->call.nr) {
  case SYS_clock_gettime: {
    int clock = (int)args[0];
    if (clock > 11) {
      answer(replica, task, 0, EINVAL);
      return ANSWERED;
    }
    nanos value = clock_value(replica, clock);
    struct timespec time = {value / SECOND, value % SECOND};
    if (args[1] == 0) {
      answer(replica, task, 0, EFAULT);
      return ANSWERED;
    }
    return store(replica, task, args[1], &time, sizeof time, 0);
  }
  case SYS_clock_getres: {
    struct timespec one = {0, 1};
    return store(replica, task, args[1], &one, sizeof one, 0);
  }
  case SYS_gettimeofday: {
    nanos value = clock_value(replica, CLOCK_REALTIME);
    struct timeval time = {value / SECOND, value % SECOND / 1000};
    return store(replica, task, args[0], &time, sizeof time, 0);
  }
  case SYS_time: {
    int64_t seconds = clock_value(replica, CLOCK_REALTIME) / SECOND;
    return store(replica, task, args[0], &seconds, sizeof seconds, seconds);
  }
  case SYS_times: {
    struct tms used = {replica->busy / 10000000, 0, 0, 0};
    return store(replica, task, args[0], &used, sizeof used, clock_value(replica, CLOCK_MONOTONIC) / 10000000);
  }
  default: { /* getrandom */
    uint64_t bytes[32], wanted = args[1] > 1 << 20 ? 1 << 20 : args[1];
    for (uint64_t done = 0; done < wanted; done += sizeof bytes) {
      for (int i = 0; i < 32; i++) {
        bytes[i] = next_random(replica);
      }
      uint64_t part = wanted - done < sizeof bytes ? wanted - done : sizeof bytes;
      if (!write_memory(task, args[0] + done, bytes, part)) {
        answer(replica, task, 0, EFAULT);
        return ANSWERED;
      }
    }
    answer(replica, task, (int64_t)wanted, 0);
    return ANSWERED;
  }
  }
}
