/* The IDs of processes and threads. Programs see numbers that are the same in each run; the real ones, which
 * fork and clone return, are understood too. A program can send signals to itself only. */
#include "supervisor.h"

#include <signal.h>
#include <sys/syscall.h>

static enum outcome result(struct replica *replica, struct task *task, int64_t value, int error) {
  answer(replica, task, value, error);
  return ANSWERED;
}

static struct process *process_by(struct replica *replica, pid_t pid) {
  for (struct process *process = replica->processes; process != NULL; process = process->next) {
    if (!process->zombie && (process->shown == pid || process->tgid == pid)) {
      return process;
    }
  }
  return NULL;
}

static struct task *task_by(struct replica *replica, pid_t tid) {
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    if (task->shown == tid || task->tid == tid) {
      return task;
    }
  }
  return NULL;
}

static enum outcome send_signal(struct replica *replica, struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  int call = task->call.nr, sent = -1;
  errno = ESRCH;
  if (call == SYS_kill) {
    pid_t pid = (pid_t)args[0];
    struct process *process = pid > 0 ? process_by(replica, pid) : task->process;
    if (process != NULL) {
      sent = kill(process->tgid, (int)args[1]);
    }
  } else {
    struct task *target = task_by(replica, (pid_t)args[call == SYS_tgkill ? 1 : 0]);
    if (target != NULL) {
      sent = (int)syscall(SYS_tgkill, target->process->tgid, target->tid, (int)args[call == SYS_tgkill ? 2 : 1]);
    }
  }
  return result(replica, task, 0, sent < 0 ? errno : 0);
}

enum outcome handle_identity(struct replica *replica, struct task *task) {
  struct process *parent = find_process(replica, task->process->parent);
  switch (task->call.nr) {
  case SYS_getpid:
    return result(replica, task, task->process->shown, 0);
  case SYS_gettid:
    return result(replica, task, task->shown, 0);
  case SYS_getppid:
    return result(replica, task, parent == NULL ? 1 : parent->shown, 0);
  default:
    return send_signal(replica, task);
  }
}
