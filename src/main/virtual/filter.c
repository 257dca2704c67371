/* The seccomp filter: which calls are caught. */
#include "supervisor.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <sys/syscall.h>

#define X32_BIT 0x40000000u

/* Calls that are handed to the supervisor. */
static const int caught[] = {
    /* time */
    SYS_clock_gettime, SYS_gettimeofday, SYS_time, SYS_clock_getres, SYS_times,
    /* waits */
    SYS_nanosleep, SYS_clock_nanosleep, SYS_select, SYS_pselect6, SYS_poll, SYS_ppoll, SYS_epoll_wait,
    SYS_epoll_pwait, SYS_epoll_pwait2, SYS_futex, SYS_pause, SYS_rt_sigtimedwait, SYS_wait4,
    SYS_waitid, SYS_sched_yield,
    /* the socket */
    SYS_socket, SYS_bind, SYS_connect, SYS_getsockname, SYS_getpeername, SYS_setsockopt,
    SYS_getsockopt, SYS_sendto, SYS_sendmsg, SYS_sendmmsg, SYS_recvfrom, SYS_recvmsg, SYS_recvmmsg,
    SYS_shutdown, SYS_listen, SYS_accept, SYS_accept4, SYS_read, SYS_readv, SYS_write, SYS_writev,
    SYS_pwrite64, SYS_close_range,
    /* randomness */
    SYS_getrandom,
    /* processes and threads */
    SYS_clone, SYS_clone3, SYS_fork, SYS_vfork, SYS_execve, SYS_execveat, SYS_exit, SYS_exit_group,
    SYS_arch_prctl, SYS_set_tid_address, SYS_set_robust_list, SYS_rseq, SYS_gettid, SYS_getpid,
    SYS_getppid, SYS_kill, SYS_tkill, SYS_tgkill,
    /* refused by name */
    SYS_timer_create, SYS_timerfd_create, SYS_setitimer, SYS_alarm, SYS_ptrace, SYS_process_vm_readv,
    SYS_process_vm_writev, SYS_userfaultfd, SYS_perf_event_open, SYS_bpf};

/* Calls that don't exist here: programs use others instead, which are caught. */
static const int missing[] = {425 /* io_uring_setup */, 426, 427, 449 /* futex_waitv */,
                              454 /* futex_wake */, 455 /* futex_wait */, 456 /* futex_requeue */};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static struct sock_filter code[64 + 2 * (COUNT(caught) + COUNT(missing))];
static struct sock_fprog program;

static void add(struct sock_filter instruction) { code[program.len++] = instruction; }

static void add_action(uint32_t call, uint32_t action) {
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
  add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

static void add_load(uint32_t offset) { add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset)); }

/* Catches this call if one of its first arguments is the descriptor of an emulated socket. */
static void add_descriptor_call(uint32_t call, int arguments) {
  /* Loads the argument, and jumps over two instructions if it is out of the range. */
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, (uint8_t)(4 * arguments + 1)));
  for (int i = 0; i < arguments; i++) {
    add_load((uint32_t)(offsetof(struct seccomp_data, args) + 8 * (size_t)i));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST_SOCKET_FD, 0, 2));
    add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST_SOCKET_FD + SOCKET_FDS, 1, 0));
    add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF));
  }
  add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
}

const struct sock_fprog *call_filter(void) {
  if (program.len > 0) {
    return &program;
  }
  program.filter = code;
  uint32_t no_call = SECCOMP_RET_ERRNO | ENOSYS;
  add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0));
  add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, no_call));
  add((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
  add((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1));
  add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, no_call));
  for (size_t i = 0; i < COUNT(caught); i++) {
    add_action((uint32_t)caught[i], SECCOMP_RET_USER_NOTIF);
  }
  for (size_t i = 0; i < COUNT(missing); i++) {
    add_action((uint32_t)missing[i], no_call);
  }
  add_descriptor_call(SYS_close, 1);
  add_descriptor_call(SYS_fcntl, 1);
  add_descriptor_call(SYS_dup, 1);
  add_descriptor_call(SYS_dup2, 2);
  add_descriptor_call(SYS_dup3, 2);
  add((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return &program;
}
