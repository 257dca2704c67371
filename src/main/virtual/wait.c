/* Calls that wait: for time, for file descriptors, for child processes. If what they wait for is there,
 * the kernel executes the call; if not, the task waits until it is, or until its time is over. */
#include "supervisor.h"

#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#define MAX_FDS 4096

static void add_fd(struct task *task, int fd, short events) {
  int copy = remote_fd(task, fd);
  if (copy >= 0) {
    task->fds = realloc(task->fds, sizeof *task->fds * (size_t)(task->fd_count + 1));
    task->fds[task->fd_count++] = (struct pollfd){copy, events, 0};
  }
}

static nanos deadline_after(struct replica *replica, nanos time) {
  nanos clock = clock_of(replica);
  return time >= NEVER - clock ? NEVER : clock + time;
}

/* Reads the descriptors of select into fds; false if the call is wrong, and the kernel may say so. */
static bool read_select(struct task *task) {
  int count = (int)task->call.args[0];
  if (count < 0 || count > FD_SETSIZE) {
    return false;
  }
  static const short events[3] = {POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI};
  size_t bytes = ((size_t)count + 63) / 64 * 8;
  for (int set = 0; set < 3; set++) {
    uint64_t from = task->call.args[1 + set];
    uint64_t words[FD_SETSIZE / 64];
    if (from == 0) {
      continue;
    }
    if (!read_memory(task, from, words, bytes)) {
      return false;
    }
    for (int fd = 0; fd < count; fd++) {
      if (words[fd / 64] >> (fd % 64) & 1) {
        add_fd(task, fd, events[set]);
      }
    }
  }
  return true;
}

static bool read_poll(struct task *task) {
  uint64_t count = task->call.args[1];
  struct pollfd asked[64];
  if (count > MAX_FDS) {
    return false;
  }
  for (uint64_t i = 0; i < count; i++) {
    if (i % 64 == 0) {
      uint64_t part = count - i < 64 ? count - i : 64;
      if (!read_memory(task, task->call.args[0] + i * sizeof asked[0], asked, part * sizeof asked[0])) {
        return false;
      }
    }
    if (asked[i % 64].fd >= 0) {
      add_fd(task, asked[i % 64].fd, asked[i % 64].events);
    }
  }
  return true;
}

static bool read_timeout(struct task *task, nanos *timeout) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  int millis;
  switch (task->call.nr) {
  case SYS_select: {
    struct timeval time;
    if (args[4] == 0) {
      *timeout = NEVER;
      return true;
    }
    if (!read_memory(task, args[4], &time, sizeof time) || time.tv_sec < 0 || time.tv_usec < 0) {
      return false;
    }
    *timeout = time.tv_sec > 4000000000 ? NEVER : time.tv_sec * SECOND + time.tv_usec * 1000;
    return true;
  }
  case SYS_pselect6:
  case SYS_ppoll:
  case SYS_epoll_pwait2: {
    uint64_t from = args[task->call.nr == SYS_pselect6 ? 4 : task->call.nr == SYS_ppoll ? 2 : 3];
    *timeout = NEVER;
    return from == 0 || read_timespec(task, from, timeout);
  }
  default:
    millis = (int)args[task->call.nr == SYS_poll ? 2 : 3];
    *timeout = millis < 0 ? NEVER : millis * 1000000LL;
    return true;
  }
}

/* Returns the emulated socket if the call waits to read from it, and for nothing else; else NULL. */
static struct vsocket *only_socket(struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  if ((task->call.nr == SYS_poll || task->call.nr == SYS_ppoll) && args[1] == 1) {
    struct pollfd one;
    return read_memory(task, args[0], &one, sizeof one) && one.events == POLLIN ? socket_of(task, one.fd) : NULL;
  }
  if ((task->call.nr == SYS_select || task->call.nr == SYS_pselect6) && args[2] == 0 && args[3] == 0 &&
      args[0] > FIRST_SOCKET_FD && args[0] <= FIRST_SOCKET_FD + SOCKET_FDS) {
    uint64_t words[(FIRST_SOCKET_FD + SOCKET_FDS + 63) / 64], count = (args[0] + 63) / 64;
    if (args[1] == 0 || !read_memory(task, args[1], words, count * 8)) {
      return NULL;
    }
    int fd = -1;
    for (uint64_t i = 0; i < count; i++) {
      if (words[i] != 0 && (fd >= 0 || (words[i] & (words[i] - 1)) != 0)) {
        return NULL; /* two descriptors */
      }
      fd = words[i] == 0 ? fd : (int)i * 64 + __builtin_ctzll(words[i]);
    }
    return socket_of(task, fd);
  }
  return NULL;
}

static enum outcome wait_for_events(struct replica *replica, struct task *task) {
  nanos timeout;
  bool known = read_timeout(task, &timeout);
  struct vsocket *socket = known ? only_socket(task) : NULL;
  if (socket != NULL && timeout != 0 && socket->first == NULL) {
    task->socket = socket;
    wait_until(task, WAIT_SOCKET, deadline_after(replica, timeout));
    return MUST_WAIT;
  }
  if (socket != NULL) {
    let_continue(replica, task);
    return ANSWERED;
  }
  if (known) {
    switch (task->call.nr) {
    case SYS_select:
    case SYS_pselect6:
      known = read_select(task);
      break;
    case SYS_poll:
    case SYS_ppoll:
      known = read_poll(task);
      break;
    default:
      add_fd(task, (int)task->call.args[0], POLLIN);
      known = task->fd_count > 0;
    }
  }
  if (!known || timeout == 0 || (task->fd_count > 0 && poll(task->fds, (nfds_t)task->fd_count, 0) > 0)) {
    forget_fds(task);
    let_continue(replica, task);
    return ANSWERED;
  }
  wait_until(task, WAIT_FDS, deadline_after(replica, timeout));
  return MUST_WAIT;
}

/* Writes what the kernel would write when the time is over: nothing is ready. */
static int clear_results(struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  if (task->call.nr == SYS_select || task->call.nr == SYS_pselect6) {
    static const uint64_t none[FD_SETSIZE / 64];
    size_t bytes = ((size_t)args[0] + 63) / 64 * 8;
    for (int set = 1; set <= 3; set++) {
      if (args[set] != 0 && !write_memory(task, args[set], none, bytes)) {
        return EFAULT;
      }
    }
    if (task->call.nr == SYS_select && args[4] != 0) {
      write_memory(task, args[4], none, sizeof(struct timeval));
    }
  } else if (task->call.nr == SYS_poll || task->call.nr == SYS_ppoll) {
    short none = 0;
    for (uint64_t i = 0; i < args[1]; i++) {
      if (!write_memory(task, args[0] + i * sizeof(struct pollfd) + offsetof(struct pollfd, revents), &none,
                        sizeof none)) {
        return EFAULT;
      }
    }
  }
  return 0;
}

static enum outcome wait_for_child(struct replica *replica, struct task *task) {
  bool by_id = task->call.nr == SYS_waitid;
  int options = (int)task->call.args[by_id ? 3 : 2];
  pid_t parent = task->process->tgid;
  if (options & WNOHANG || has_zombie(replica, parent, 0) || !has_child(replica, parent)) {
    let_continue(replica, task);
    return ANSWERED;
  }
  wait_until(task, WAIT_CHILD, NEVER);
  return MUST_WAIT;
}

enum outcome handle_wait(struct replica *replica, struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  nanos time;
  switch (task->call.nr) {
  case SYS_nanosleep:
  case SYS_clock_nanosleep: {
    bool with_clock = task->call.nr == SYS_clock_nanosleep;
    if (!read_timespec(task, args[with_clock ? 2 : 0], &time)) {
      answer(replica, task, 0, EINVAL);
      return ANSWERED;
    }
    bool absolute = with_clock && args[1] & TIMER_ABSTIME;
    nanos until = absolute ? time - clock_epoch((int)args[0]) : deadline_after(replica, time);
    wait_until(task, WAIT_SLEEP, until);
    return MUST_WAIT;
  }
  case SYS_pause:
    wait_until(task, WAIT_SLEEP, NEVER);
    return MUST_WAIT;
  case SYS_rt_sigtimedwait:
    time = NEVER;
    if (args[2] != 0 && !read_timespec(task, args[2], &time)) {
      answer(replica, task, 0, EINVAL);
      return ANSWERED;
    }
    wait_until(task, WAIT_SLEEP, deadline_after(replica, time));
    return MUST_WAIT;
  case SYS_wait4:
  case SYS_waitid:
    return wait_for_child(replica, task);
  case SYS_sched_yield:
    answer(replica, task, 0, 0);
    replica->slice_start = replica->now - SECOND; /* another task's turn */
    return ANSWERED;
  default:
    return wait_for_events(replica, task);
  }
}

/* Answers a call whose wait is over. */
enum outcome finish_wait(struct replica *replica, struct task *task) {
  bool satisfied = task->woken;
  task->answered_late = false;
  replica->fruitless = replica->free_calls = 0;
  switch (task->wait) {
  case WAIT_SOCKET:
  case WAIT_FDS: {
    forget_fds(task);
    switch (task->call.nr) {
    case SYS_select:
    case SYS_pselect6:
    case SYS_poll:
    case SYS_ppoll:
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
    case SYS_epoll_pwait2:
      if (!satisfied) {
        int error = clear_results(task);
        answer(replica, task, 0, error);
        return ANSWERED;
      }
    }
    let_continue(replica, task);
    return ANSWERED;
  }
  case WAIT_RECEIVE:
    if (!satisfied) {
      answer(replica, task, 0, EAGAIN);
      return ANSWERED;
    }
    task->waits_on = true;
    enum outcome outcome = handle_net(replica, task);
    task->waits_on = false;
    return outcome;
  case WAIT_FUTEX:
    answer(replica, task, 0, satisfied ? 0 : ETIMEDOUT);
    return ANSWERED;
  case WAIT_CHILD:
    let_continue(replica, task);
    return ANSWERED;
  default:
    answer(replica, task, 0, task->call.nr == SYS_rt_sigtimedwait ? EAGAIN : 0);
    return ANSWERED;
  }
}
