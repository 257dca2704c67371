/* The threads of a replica: one runs at a time, in an order that depends on nothing but their calls. */
#include "supervisor.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* A task keeps running this long, by virtual time, while others are ready. */
#define SLICE 1000000

/* How long to wait, in real time, before looking why a task makes no call. */
#define LOOK_MILLIS 100

/* The processor time that a replica may use between two calls, in seconds. */
#define HUNG_SECONDS 3

int remote_fd(struct task *task, int fd) {
  return (int)syscall(SYS_pidfd_getfd, task->process->pidfd, fd, 0);
}

/* ---- answers ---- */

static void in_flight(struct replica *replica, struct task *task) {
  task->state = IN_FLIGHT;
  replica->in_flight++;
}

static void respond(struct replica *replica, struct task *task, int64_t value, int error, uint32_t flags) {
  struct seccomp_notif_resp response = {task->call_id, value, -error, flags};
  task->charged = false;
  in_flight(replica, task);
  /* Fails only if the task was killed or interrupted; then it ends, or makes its next call. */
  while (ioctl(replica->listener, SECCOMP_IOCTL_NOTIF_SEND, &response) < 0 && errno == EINTR) {
  }
}

void answer(struct replica *replica, struct task *task, int64_t value, int error) {
  replica->current = task;
  respond(replica, task, value, error, 0);
}

void let_continue(struct replica *replica, struct task *task) {
  replica->current = task;
  respond(replica, task, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
}

/* Gives a task this file, under this number, as the result of its call. */
bool install_fd(struct replica *replica, struct task *task, int fd, int number, bool close_on_exec) {
  struct seccomp_notif_addfd add = {task->call_id, SECCOMP_ADDFD_FLAG_SEND | SECCOMP_ADDFD_FLAG_SETFD,
                                    (uint32_t)fd, (uint32_t)number, close_on_exec ? O_CLOEXEC : 0};
  /* A signal in the middle of this would let the call return 0, without the file. */
  sigset_t alarm, before;
  sigemptyset(&alarm);
  sigaddset(&alarm, SIGALRM);
  sigprocmask(SIG_BLOCK, &alarm, &before);
  int result = ioctl(replica->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);
  sigprocmask(SIG_SETMASK, &before, NULL);
  if (result < 0) {
    answer(replica, task, 0, errno == ENOENT ? EINTR : EMFILE);
    return false;
  }
  task->charged = false;
  replica->current = task;
  in_flight(replica, task);
  return true;
}

void make_ready(struct replica *replica, struct task *task) {
  task->state = READY;
  task->ready_number = ++replica->ready_count;
}

void wait_until(struct task *task, enum wait_kind kind, nanos deadline) {
  task->state = WAITING;
  task->wait = kind;
  task->deadline = deadline;
  task->woken = false;
}

void forget_fds(struct task *task) {
  for (int i = 0; i < task->fd_count; i++) {
    close(task->fds[i].fd);
  }
  task->fd_count = 0;
}

/* ---- processes ---- */

struct process *find_process(struct replica *replica, pid_t tgid) {
  struct process *process = replica->processes;
  while (process != NULL && process->tgid != tgid) {
    process = process->next;
  }
  return process;
}

/* Reads a number behind a name such as "Tgid:" from /proc/TID/status. */
static pid_t status_of(pid_t tid, const char *name) {
  char path[64], text[2048];
  snprintf(path, sizeof path, "/proc/%d/status", tid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
  close(file);
  text[size < 0 ? 0 : size] = 0;
  char *found = strstr(text, name);
  return found == NULL ? 0 : (pid_t)atoi(found + strlen(name));
}

static struct process *process_of(struct replica *replica, pid_t tid) {
  pid_t tgid = status_of(tid, "\nTgid:");
  struct process *process = find_process(replica, tgid);
  if (process == NULL || process->zombie) {
    process = calloc(1, sizeof *process);
    process->tgid = tgid;
    process->parent = status_of(tid, "\nPPid:");
    process->pidfd = (int)syscall(SYS_pidfd_open, tgid, 0);
    /* Its parent's vDSO was copied, if it was patched. */
    struct process *parent = find_process(replica, process->parent);
    process->patched = parent != NULL && parent->patched;
    if (parent != NULL) {
      inherit_sockets(parent, process);
    }
    process->shown = 1000 + 100 * (pid_t)replica->number + replica->process_count++ % 100;
    process->next = replica->processes;
    replica->processes = process;
  }
  return process;
}

bool has_zombie(struct replica *replica, pid_t parent, pid_t child) {
  for (struct process **at = &replica->processes; *at != NULL;) {
    struct process *process = *at;
    if (process->zombie && process->parent == parent && (child <= 0 || child == process->tgid)) {
      if (status_of(process->tgid, "\nTgid:") != 0) {
        return true;
      }
      *at = process->next; /* its parent has waited for it */
      free(process);
    } else {
      at = &process->next;
    }
  }
  return false;
}

bool has_child(struct replica *replica, pid_t parent) {
  for (struct process *process = replica->processes; process != NULL; process = process->next) {
    if (process->parent == parent && !process->zombie) {
      return true;
    }
  }
  return false;
}

static void free_task(struct replica *replica, struct task *task) {
  for (struct task *other = replica->tasks; other != NULL; other = other->next) {
    if (other->vfork_parent == task) {
      other->vfork_parent = NULL;
    }
  }
  replica->in_flight -= task->state == IN_FLIGHT;
  if (replica->current == task) {
    replica->current = NULL;
  }
  if (replica->sender == task) {
    replica->sender = NULL;
  }
  forget_fds(task);
  free(task->fds);
  free(task);
}

static char run_state(pid_t tid);

/* A thread has called exit: waits until it has ended, so that the kernel has told those who join it. */
void end_thread(struct replica *replica, struct task *task) {
  bool has_others = false;
  for (struct task *other = replica->tasks; other != NULL; other = other->next) {
    has_others |= other != task && other->process == task->process;
  }
  if (!has_others) {
    return; /* then its process ends */
  }
  for (char state = 'R'; state != 0 && state != 'Z' && state != 'X'; state = run_state(task->tid)) {
    sched_yield();
  }
  struct task **at = &replica->tasks;
  while (*at != task) {
    at = &(*at)->next;
  }
  *at = task->next;
  replica->thread_ended = true;
  free_task(replica, task);
}

static void resume_vfork_parent(struct replica *replica, struct task *child) {
  struct task *parent = child->vfork_parent;
  if (parent != NULL && parent->state == VFORKED) {
    in_flight(replica, parent);
  }
  child->vfork_parent = NULL;
}

static void process_ended(struct replica *replica, struct process *process) {
  for (struct task **at = &replica->tasks; *at != NULL;) {
    struct task *task = *at;
    if (task->process == process) {
      resume_vfork_parent(replica, task);
      *at = task->next;
      free_task(replica, task);
    } else {
      at = &task->next;
    }
  }
  close_sockets(replica, process, 0, ~0U);
  close(process->pidfd);
  process->pidfd = -1;
  process->zombie = true;
  if (process->tgid == replica->main_pid) {
    int status = 0;
    while (waitpid(replica->main_pid, &status, 0) < 0 && errno == EINTR) {
    }
    replica->exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    replica->alive = false;
  }
}

void free_replica_state(struct replica *replica) {
  while (replica->tasks != NULL) {
    struct task *next = replica->tasks->next;
    free_task(replica, replica->tasks);
    replica->tasks = next;
  }
  while (replica->processes != NULL) {
    struct process *next = replica->processes->next;
    if (replica->processes->pidfd >= 0) {
      close(replica->processes->pidfd);
    }
    free(replica->processes);
    replica->processes = next;
  }
}

/* ---- settling: until no task is in flight ---- */

static struct task *task_of(struct replica *replica, pid_t tid) {
  struct task **at = &replica->tasks;
  while (*at != NULL && (*at)->tid != tid) {
    at = &(*at)->next;
  }
  if (*at == NULL) {
    struct task *task = calloc(1, sizeof *task);
    task->tid = tid;
    task->state = IN_FLIGHT;
    task->process = process_of(replica, tid);
    task->shown = task->process->tgid == tid ? task->process->shown : 100000 + 1000 * (pid_t)replica->number + replica->thread_count++ % 1000;
    *at = task;
    replica->in_flight++;
    if (replica->expected_tasks > 0) {
      replica->expected_tasks--;
    }
    struct task *maker = replica->current;
    if (maker != NULL && maker->state == VFORKED) {
      task->vfork_parent = maker;
    }
  }
  return *at;
}

static char run_state(pid_t tid) {
  char path[64], text[512];
  snprintf(path, sizeof path, "/proc/%d/stat", tid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = file < 0 ? -1 : read(file, text, sizeof text - 1);
  close(file);
  text[size < 0 ? 0 : size] = 0;
  char *end = strrchr(text, ')');
  return end == NULL || end[1] == 0 ? 0 : end[2];
}

/* Receives the next call; false if there is none, because the task was killed or a timer interrupted. */
static bool receive_call(struct replica *replica) {
  struct seccomp_notif call = {0};
  if (ioctl(replica->listener, SECCOMP_IOCTL_NOTIF_RECV, &call) < 0) {
    return false;
  }
  struct task *task = task_of(replica, (pid_t)call.pid);
  if (task->state == IN_FLIGHT) {
    replica->in_flight--;
  } /* else a signal interrupted its call, or it comes back from an unknown one */
  forget_fds(task);
  task->answered_late = false;
  task->call_id = call.id;
  task->call = call.data;
  task->charged = false;
  task->silent_looks = 0;
  replica->calls++;
  make_ready(replica, task);
  if (task->process->executes) {
    task->process->executes = false;
    task->process->patched = false;
    check_sockets(replica, task);
    if (task->vfork_parent != NULL && run_state(task->vfork_parent->tid) != 'D') {
      resume_vfork_parent(replica, task); /* else it could not execute the program */
    }
  }
  if (!task->process->patched) {
    patch_process(replica, task->process);
  }
  return true;
}

/* Whether a thread or child process exists that has made no call yet. */
static bool has_unknown_task(struct replica *replica) {
  for (struct process *process = replica->processes; process != NULL; process = process->next) {
    for (int children = 0; children < 2 && !process->zombie; children++) {
      char path[96];
      snprintf(path, sizeof path, children ? "/proc/%d/task/%d/children" : "/proc/%d/task", process->tgid,
               process->tgid);
      if (children) {
        FILE *list = fopen(path, "re");
        int pid;
        while (list != NULL && fscanf(list, "%d", &pid) == 1) {
          struct process *known = find_process(replica, pid);
          if (known == NULL) {
            fclose(list);
            return true;
          }
        }
        if (list != NULL) {
          fclose(list);
        }
      } else {
        DIR *threads = opendir(path);
        struct dirent *entry;
        while (threads != NULL && (entry = readdir(threads)) != NULL) {
          pid_t tid = atoi(entry->d_name);
          struct task *task = replica->tasks;
          while (task != NULL && task->tid != tid) {
            task = task->next;
          }
          if (tid != 0 && task == NULL && run_state(tid) != 'Z') {
            closedir(threads);
            return true;
          }
        }
        if (threads != NULL) {
          closedir(threads);
        }
      }
    }
  }
  return false;
}

static double processor_seconds(struct replica *replica) {
  double sum = 0;
  for (struct process *process = replica->processes; process != NULL; process = process->next) {
    clockid_t clock;
    struct timespec used;
    if (!process->zombie && clock_getcpuclockid(process->tgid, &clock) == 0 && clock_gettime(clock, &used) == 0) {
      sum += (double)used.tv_sec + (double)used.tv_nsec / 1e9;
    }
  }
  return sum;
}

/* A task has made no call for a while: it computes, or is in a call that this program doesn't know. */
static void look_at_silent_tasks(struct replica *replica, double *used_at_first) {
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    char state = run_state(task->tid);
    if (task->state == IN_FLIGHT && state == 'S' && ++task->silent_looks > 1) {
      char path[64], text[64] = "";
      snprintf(path, sizeof path, "/proc/%d/syscall", task->tid);
      FILE *file = fopen(path, "re");
      if (file != NULL && fgets(text, sizeof text, file) == NULL) {
        text[0] = 0;
      }
      if (file != NULL) {
        fclose(file);
      }
      struct pollfd came = {replica->listener, POLLIN, 0};
      if (poll(&came, 1, 0) > 0) {
        return;
      }
      note(replica, "thread waits in system call %d, which the virtual world doesn't know", atoi(text));
      task->state = BLOCKED;
      replica->in_flight--;
    }
  }
  double used = processor_seconds(replica);
  if (*used_at_first < 0) {
    *used_at_first = used;
  } else if (used - *used_at_first > HUNG_SECONDS) {
    replica->hung = true;
    kill(-replica->main_pid, SIGSTOP);
  }
}

#define MAX_POLLED 32

/* Waits until every task is stopped at a call. Returns false if the replica ended or hangs. */
static bool settle(struct replica *replica) {
  if (can_block_on_listener && replica->in_flight == 1 && replica->expected_tasks == 0 &&
      replica->processes->next == NULL && receive_call(replica)) {
    return true; /* the usual case, with one system call less */
  }
  double used_at_first = -1;
  while (replica->alive && !replica->hung && (replica->in_flight > 0 || replica->expected_tasks > 0)) {
    struct pollfd polled[MAX_POLLED] = {{0, 0, 0}, {replica->listener, POLLIN, 0}};
    struct process *processes[MAX_POLLED];
    int count = 2;
    for (struct process *process = replica->processes; process != NULL && count < MAX_POLLED;
         process = process->next) {
      if (!process->zombie) {
        processes[count] = process;
        polled[count++] = (struct pollfd){process->pidfd, POLLIN, 0};
      }
    }
    int ready = poll(polled, (nfds_t)count, replica->in_flight > 0 ? LOOK_MILLIS : 1);
    if (polled[0].revents != 0) {
      exit(0); /* the kit is gone */
    }
    if (ready <= 0) {
      if (replica->in_flight > 0) {
        look_at_silent_tasks(replica, &used_at_first);
      } else if (!has_unknown_task(replica)) {
        replica->expected_tasks = 0;
      }
      continue;
    }
    if (polled[1].revents & POLLIN) {
      receive_call(replica);
      continue;
    }
    for (int i = 2; i < count; i++) {
      if (polled[i].revents != 0) {
        process_ended(replica, processes[i]);
      }
    }
    if (polled[1].revents != 0 && replica->alive && polled[2].revents == 0) {
      sched_yield(); /* the last task is about to end */
    }
  }
  return replica->alive && !replica->hung;
}

/* ---- choosing ---- */

static bool is_satisfied(struct replica *replica, struct task *task) {
  switch (task->wait) {
  case WAIT_FDS:
    return task->fd_count > 0 && poll(task->fds, (nfds_t)task->fd_count, 0) > 0;
  case WAIT_SOCKET:
    return task->socket == NULL || task->socket->first != NULL;
  case WAIT_RECEIVE:
    return task->woken;
  case WAIT_FUTEX: {
    /* The kernel clears the word of a thread that ends. */
    uint32_t value;
    return task->woken ||
           (replica->thread_ended && read_memory(task, task->futex, &value, sizeof value) && value != task->futex_value);
  }
  case WAIT_CHILD:
    return has_zombie(replica, task->process->tgid, 0) || !has_child(replica, task->process->tgid);
  default:
    return false;
  }
}

static void wake_tasks(struct replica *replica) {
  nanos clock = clock_of(replica);
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    if (task->state == WAITING) {
      bool satisfied = is_satisfied(replica, task);
      if (satisfied || task->deadline <= clock) {
        task->woken = satisfied;
        task->answered_late = true;
        make_ready(replica, task);
      }
    }
  }
  replica->thread_ended = false;
}

nanos next_deadline(struct replica *replica) {
  nanos next = NEVER;
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    if (task->state == WAITING && task->deadline < next) {
      next = task->deadline;
    }
  }
  return next;
}

static struct task *first_ready(struct replica *replica) {
  struct task *first = NULL;
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    if (task->state == READY && (first == NULL || task->ready_number < first->ready_number)) {
      first = task;
    }
  }
  return first;
}

/* Returns the task that runs now; NULL if the replica ended, hangs, or all its tasks wait. */
struct task *settle_and_choose(struct replica *replica) {
  if (!settle(replica)) {
    return NULL;
  }
  struct task *current = replica->current;
  bool single = replica->tasks != NULL && replica->tasks->next == NULL;
  if (current != NULL && current->state == READY && !current->answered_late &&
      (single || replica->now - replica->slice_start < SLICE)) {
    return current;
  }
  wake_tasks(replica);
  struct task *chosen = first_ready(replica);
  if (chosen != current) {
    replica->slice_start = replica->now;
  }
  return chosen;
}
