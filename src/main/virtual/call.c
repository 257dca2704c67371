/* Decides what happens to a caught call. */
#include "supervisor.h"

#include <linux/sched.h>
#include <sched.h>
#include <sys/syscall.h>

static enum outcome pass(struct replica *replica, struct task *task) {
  let_continue(replica, task);
  return ANSWERED;
}

/* Refuses a call that can't be made virtual, and says so once. */
static enum outcome refuse(struct replica *replica, struct task *task, const char *name, int error) {
  uint64_t *noted = &replica->noted[task->call.nr / 64 % 8];
  if (!(*noted >> task->call.nr % 64 & 1)) {
    *noted |= 1ULL << task->call.nr % 64;
    note(replica, "system call %s refused: the virtual world doesn't have it", name);
  }
  answer(replica, task, 0, error);
  return ANSWERED;
}

#define MAX_TASKS 512

static int count_tasks(struct replica *replica) {
  int count = 0;
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    count++;
  }
  return count;
}

static enum outcome make_task(struct replica *replica, struct task *task) {
  uint64_t flags = 0;
  if (count_tasks(replica) >= MAX_TASKS) {
    return refuse(replica, task, "clone (more than 512 threads and processes)", EAGAIN);
  }
  if (task->call.nr == SYS_clone) {
    flags = task->call.args[0];
  } else if (task->call.nr == SYS_clone3) {
    read_memory(task, task->call.args[0], &flags, sizeof flags);
  } else if (task->call.nr == SYS_vfork) {
    flags = CLONE_VFORK;
  }
  replica->expected_tasks++;
  let_continue(replica, task);
  if (flags & CLONE_VFORK) {
    task->state = VFORKED;
    replica->in_flight--;
  }
  return ANSWERED;
}

enum outcome handle(struct replica *replica, struct task *task) {
  if (task->answered_late) {
    return finish_wait(replica, task);
  }
  switch (task->call.nr) {
  case SYS_clock_gettime:
  case SYS_gettimeofday:
  case SYS_time:
  case SYS_clock_getres:
  case SYS_times:
  case SYS_getrandom:
    return handle_clock(replica, task);
  case SYS_nanosleep:
  case SYS_clock_nanosleep:
  case SYS_select:
  case SYS_pselect6:
  case SYS_poll:
  case SYS_ppoll:
  case SYS_epoll_wait:
  case SYS_epoll_pwait:
  case SYS_epoll_pwait2:
  case SYS_pause:
  case SYS_rt_sigtimedwait:
  case SYS_wait4:
  case SYS_waitid:
  case SYS_sched_yield:
    return handle_wait(replica, task);
  case SYS_futex:
    return handle_futex(replica, task);
  case SYS_socket:
  case SYS_bind:
  case SYS_connect:
  case SYS_getsockname:
  case SYS_getpeername:
  case SYS_setsockopt:
  case SYS_getsockopt:
  case SYS_sendto:
  case SYS_sendmsg:
  case SYS_sendmmsg:
  case SYS_recvfrom:
  case SYS_recvmsg:
  case SYS_recvmmsg:
  case SYS_shutdown:
  case SYS_listen:
  case SYS_accept:
  case SYS_accept4:
  case SYS_read:
  case SYS_readv:
  case SYS_write:
  case SYS_writev:
  case SYS_pwrite64:
    return handle_net(replica, task);
  case SYS_close:
  case SYS_close_range:
  case SYS_dup:
  case SYS_dup2:
  case SYS_dup3:
  case SYS_fcntl:
    return handle_descriptor(replica, task);
  case SYS_getpid:
  case SYS_getppid:
  case SYS_gettid:
  case SYS_kill:
  case SYS_tkill:
  case SYS_tgkill:
    return handle_identity(replica, task);
  case SYS_clone:
  case SYS_clone3:
  case SYS_fork:
  case SYS_vfork:
    return make_task(replica, task);
  case SYS_exit:
    let_continue(replica, task);
    end_thread(replica, task);
    return ANSWERED;
  case SYS_execve:
  case SYS_execveat:
    task->process->executes = true;
    return pass(replica, task);
  case SYS_timer_create:
    return refuse(replica, task, "timer_create", ENOSYS);
  case SYS_timerfd_create:
    return refuse(replica, task, "timerfd_create", ENOSYS);
  case SYS_setitimer:
    return refuse(replica, task, "setitimer", ENOSYS);
  case SYS_alarm:
    return refuse(replica, task, "alarm", ENOSYS);
  case SYS_ptrace:
    return refuse(replica, task, "ptrace", EPERM);
  case SYS_process_vm_readv:
  case SYS_process_vm_writev:
    return refuse(replica, task, "process_vm_readv", EPERM);
  case SYS_userfaultfd:
    return refuse(replica, task, "userfaultfd", EPERM);
  case SYS_perf_event_open:
    return refuse(replica, task, "perf_event_open", EPERM);
  case SYS_bpf:
    return refuse(replica, task, "bpf", EPERM);
  default: /* exit, exit_group, arch_prctl, set_robust_list, getpid, ... */
    return pass(replica, task);
  }
}
