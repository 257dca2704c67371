/* Starts and kills a replica. */
#include "supervisor.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif
#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP 1
#endif

/* The child stores here, in memory that both share. */
struct report {
  volatile int listener; /* + 1 */
  volatile int error;
};

/* Runs in the child, which shares the table of file descriptors until it has stored its listener. */
static void become_replica(const struct launch *launch, const struct sock_fprog *filter, int out, int err,
                           struct report *report, pid_t supervisor) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setsid();
  personality(ADDR_NO_RANDOMIZE);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
  int listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                              flags | SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, filter);
  if (listener < 0 && errno == EINVAL) {
    listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, filter);
  }
  if (listener < 0) {
    report->error = errno;
    _exit(126);
  }
  report->listener = listener + 1;
  /* From here on only calls that the filter allows, until execve. */
  if (unshare(CLONE_FILES) < 0 || supervisor == 0) {
    _exit(126);
  }
  int null = open("/dev/null", O_RDONLY);
  dup2(null, 0);
  dup2(out, 1);
  dup2(err, 2);
  syscall(SYS_close_range, 3, ~0U, 0);
  struct rlimit files = {1024, 4096};
  setrlimit(RLIMIT_NOFILE, &files);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (launch->folder[0] != 0 && chdir(launch->folder) < 0) {
    _exit(127);
  }
  environ = launch->environment;
  execvp(launch->arguments[0], launch->arguments);
  dprintf(2, "raftlab: can't execute %s: %s\n", launch->arguments[0], strerror(errno));
  _exit(127);
}

int launch_replica(struct replica *replica, const struct launch *launch) {
  static struct report *report;
  if (report == NULL) {
    report = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  }
  report->listener = report->error = 0;
  int files = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;
  int out = open(launch->out, files, 0600), err = open(launch->err, files, 0600);
  const struct sock_fprog *filter = call_filter();
  pid_t supervisor = getpid();
  fflush(stdout);
  pid_t child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
  if (child == 0) {
    become_replica(launch, filter, out, err, report, supervisor);
  }
  while (child > 0 && report->listener == 0 && report->error == 0) {
    sched_yield();
    if (waitpid(child, NULL, WNOHANG) == child) {
      report->error = ECHILD;
    }
  }
  /* The child's table of descriptors is its own only after it called unshare, but it opens none of
   * these two again. */
  if (child < 0 || report->error != 0) {
    int error = child < 0 ? errno : report->error;
    close(out);
    close(err);
    return error;
  }
  replica->listener = report->listener - 1;
  fcntl(replica->listener, F_SETFD, FD_CLOEXEC);
  ioctl(replica->listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
  replica->main_pid = child;
  replica->alive = true;
  replica->expected_tasks = 1;
  struct pollfd first = {replica->listener, POLLIN, 0};
  while (poll(&first, 1, 5000) < 0 && errno == EINTR) {
  } /* its execve: so it has copied the table of descriptors */
  close(out);
  close(err);
  return 0;
}

void kill_replica(struct replica *replica) {
  if (replica->main_pid > 0) {
    kill(-replica->main_pid, SIGKILL);
    for (struct process *process = replica->processes; process != NULL; process = process->next) {
      if (!process->zombie) {
        kill(process->tgid, SIGKILL);
      }
    }
    if (replica->alive) {
      kill(replica->main_pid, SIGKILL);
      waitpid(replica->main_pid, NULL, 0);
    }
    for (struct process *process = replica->processes; process != NULL; process = process->next) {
      if (!process->zombie && process->tgid != replica->main_pid) {
        struct pollfd ended = {process->pidfd, POLLIN, 0};
        poll(&ended, 1, 2000); /* so that nothing of it writes to its files any more */
      }
    }
  }
  free_replica_state(replica);
  free_sockets(replica);
  if (replica->listener >= 0) {
    close(replica->listener);
  }
  replica->listener = -1;
  replica->alive = false;
  replica->main_pid = 0;
}
