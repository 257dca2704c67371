/* Futexes: the waits of threads for one another. */
#include "supervisor.h"

#include <linux/futex.h>

static int wake(struct replica *replica, struct task *waker, uint64_t address, uint32_t bits, int count) {
  int woken = 0;
  while (woken < count) {
    struct task *first = NULL; /* the one that has waited longest */
    for (struct task *task = replica->tasks; task != NULL; task = task->next) {
      if (task->state == WAITING && task->wait == WAIT_FUTEX && !task->woken &&
          task->process == waker->process && task->futex == address && task->futex_bits & bits &&
          (first == NULL || task->ready_number < first->ready_number)) {
        first = task;
      }
    }
    if (first == NULL) {
      break;
    }
    first->woken = true;
    first->answered_late = true;
    make_ready(replica, first);
    woken++;
  }
  return woken;
}

static int requeue(struct replica *replica, struct task *waker, uint64_t from, uint64_t to, int count) {
  int moved = 0;
  for (struct task *task = replica->tasks; task != NULL && moved < count; task = task->next) {
    if (task->state == WAITING && task->wait == WAIT_FUTEX && task->process == waker->process &&
        task->futex == from) {
      task->futex = to;
      read_memory(task, to, &task->futex_value, sizeof task->futex_value);
      moved++;
    }
  }
  return moved;
}

static enum outcome wait_for(struct replica *replica, struct task *task, int operation) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  uint32_t value;
  nanos deadline = NEVER;
  bool with_bits = (operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET;
  int error = 0;
  if (!read_memory(task, args[0], &value, sizeof value)) {
    error = EFAULT;
  } else if (value != (uint32_t)args[2]) {
    error = EAGAIN;
  } else if (args[3] != 0 && !read_timespec(task, args[3], &deadline)) {
    error = EINVAL;
  }
  if (error != 0) {
    answer(replica, task, 0, error);
    return ANSWERED;
  }
  if (deadline != NEVER) {
    int clock = operation & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    deadline = with_bits ? deadline - clock_epoch(clock) : clock_of(replica) + deadline;
  }
  task->futex = args[0];
  task->futex_value = value;
  task->futex_bits = with_bits ? (uint32_t)args[5] : FUTEX_BITSET_MATCH_ANY;
  wait_until(task, WAIT_FUTEX, deadline);
  return MUST_WAIT;
}

/* FUTEX_WAKE_OP: changes the second word, and wakes those who wait for it if its old value compares. */
static int wake_by_operation(struct replica *replica, struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  uint32_t operation = (uint32_t)args[5];
  int32_t old, argument = (int32_t)(operation << 8) >> 20, compared = (int32_t)(operation << 20) >> 20;
  if (!read_memory(task, args[4], &old, sizeof old)) {
    return -EFAULT;
  }
  if (operation >> 28 & FUTEX_OP_OPARG_SHIFT) {
    argument = (int32_t)(1u << (argument & 31));
  }
  int32_t changed = old;
  switch (operation >> 28 & 7) {
  case FUTEX_OP_SET: changed = argument; break;
  case FUTEX_OP_ADD: changed = (int32_t)((uint32_t)old + (uint32_t)argument); break;
  case FUTEX_OP_OR: changed = old | argument; break;
  case FUTEX_OP_ANDN: changed = old & ~argument; break;
  default: changed = old ^ argument;
  }
  if (!write_memory(task, args[4], &changed, sizeof changed)) {
    return -EFAULT;
  }
  int woken = wake(replica, task, args[0], FUTEX_BITSET_MATCH_ANY, (int)args[2]);
  bool holds;
  switch (operation >> 24 & 15) {
  case FUTEX_OP_CMP_EQ: holds = old == compared; break;
  case FUTEX_OP_CMP_NE: holds = old != compared; break;
  case FUTEX_OP_CMP_LT: holds = old < compared; break;
  case FUTEX_OP_CMP_LE: holds = old <= compared; break;
  case FUTEX_OP_CMP_GT: holds = old > compared; break;
  default: holds = old >= compared;
  }
  return holds ? woken + wake(replica, task, args[4], FUTEX_BITSET_MATCH_ANY, (int)args[3]) : woken;
}

enum outcome handle_futex(struct replica *replica, struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  int operation = (int)args[1], result;
  switch (operation & FUTEX_CMD_MASK) {
  case FUTEX_WAIT:
  case FUTEX_WAIT_BITSET:
    return wait_for(replica, task, operation);
  case FUTEX_WAKE:
    result = wake(replica, task, args[0], FUTEX_BITSET_MATCH_ANY, (int)args[2]);
    break;
  case FUTEX_WAKE_BITSET:
    result = wake(replica, task, args[0], (uint32_t)args[5], (int)args[2]);
    break;
  case FUTEX_CMP_REQUEUE: {
    uint32_t value;
    if (!read_memory(task, args[0], &value, sizeof value)) {
      result = -EFAULT;
      break;
    }
    if (value != (uint32_t)args[5]) {
      result = -EAGAIN;
      break;
    }
    result = wake(replica, task, args[0], FUTEX_BITSET_MATCH_ANY, (int)args[2]);
    result += requeue(replica, task, args[0], args[4], (int)args[3]);
    break;
  }
  case FUTEX_REQUEUE:
    result = wake(replica, task, args[0], FUTEX_BITSET_MATCH_ANY, (int)args[2]);
    result += requeue(replica, task, args[0], args[4], (int)args[3]);
    break;
  case FUTEX_WAKE_OP:
    result = wake_by_operation(replica, task);
    break;
  default:
    result = -ENOSYS;
  }
  answer(replica, task, result < 0 ? 0 : result, result < 0 ? -result : 0);
  return ANSWERED;
}
