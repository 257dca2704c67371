/* The emulated UDP sockets of a replica. Datagrams stay in this program; the replica's descriptor is one
 * end of a local socket pair, which is readable while datagrams are queued. */
#include "supervisor.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>

#define FIRST_PORT 40000
#define DEFAULT_BUFFER 212992
#define DATAGRAM_OVERHEAD 768 /* what the kernel counts for a small datagram besides its bytes */
#define MAX_PARTS 64

uint8_t sent_bytes[MAX_DATAGRAM + 1];
uint32_t sent_length;

static enum outcome fail_with(struct replica *replica, struct task *task, int error) {
  answer(replica, task, 0, error);
  return ANSWERED;
}

static enum outcome succeed(struct replica *replica, struct task *task, int64_t value) {
  answer(replica, task, value, 0);
  return ANSWERED;
}

/* Returns the emulated socket behind this descriptor; NULL for another file. */
struct vsocket *socket_of(struct task *task, int fd) {
  unsigned place = (unsigned)fd - FIRST_SOCKET_FD;
  return place < SOCKET_FDS ? task->process->sockets[place] : NULL;
}

static void drop_datagrams(struct vsocket *socket) {
  while (socket->first != NULL) {
    struct datagram *next = socket->first->next;
    free(socket->first);
    socket->first = next;
  }
}

static void release(struct replica *replica, struct vsocket *socket) {
  if (--socket->users > 0) {
    return;
  }
  struct vsocket **at = &replica->sockets;
  while (*at != socket) {
    at = &(*at)->next;
  }
  *at = socket->next;
  replica->home = replica->home == socket ? NULL : replica->home;
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    task->socket = task->socket == socket ? NULL : task->socket;
  }
  drop_datagrams(socket);
  close(socket->own_end);
  close(socket->other_end);
  free(socket);
}

void close_sockets(struct replica *replica, struct process *process, unsigned first, unsigned last) {
  for (unsigned place = 0; place < SOCKET_FDS; place++) {
    unsigned fd = FIRST_SOCKET_FD + place;
    if (process->sockets[place] != NULL && fd >= first && fd <= last) {
      release(replica, process->sockets[place]);
      process->sockets[place] = NULL;
    }
  }
}

/* A new process has the descriptors of its parent. */
void inherit_sockets(struct process *parent, struct process *child) {
  for (unsigned place = 0; place < SOCKET_FDS; place++) {
    child->sockets[place] = parent->sockets[place];
    if (child->sockets[place] != NULL) {
      child->sockets[place]->users++;
    }
  }
}

/* A process has executed a program: some of its descriptors were closed. */
void check_sockets(struct replica *replica, struct task *task) {
  for (unsigned place = 0; place < SOCKET_FDS; place++) {
    struct vsocket *socket = task->process->sockets[place];
    struct stat status;
    unsigned fd = FIRST_SOCKET_FD + place;
    int copy = socket == NULL ? -1 : remote_fd(task, (int)fd);
    if (socket != NULL && (copy < 0 || fstat(copy, &status) < 0 || status.st_ino != socket->inode)) {
      close_sockets(replica, task->process, fd, fd);
    }
    if (copy >= 0) {
      close(copy);
    }
  }
}

/* Gives the task one more descriptor of the socket. */
static enum outcome add_descriptor(struct replica *replica, struct task *task, struct vsocket *socket,
                                   bool close_on_exec) {
  unsigned place = 0;
  while (place < SOCKET_FDS && task->process->sockets[place] != NULL) {
    place++;
  }
  if (place == SOCKET_FDS) {
    return fail_with(replica, task, EMFILE);
  }
  if (install_fd(replica, task, socket->own_end, FIRST_SOCKET_FD + (int)place, close_on_exec)) {
    task->process->sockets[place] = socket;
    socket->users++;
  }
  return ANSWERED;
}

/* close, dup and the like; the filter passes on those that concern emulated sockets. */
enum outcome handle_descriptor(struct replica *replica, struct task *task) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  struct process *process = task->process;
  struct vsocket *socket = socket_of(task, (int)args[0]);
  unsigned fd = (unsigned)args[0];
  switch (task->call.nr) {
  case SYS_close:
    close_sockets(replica, process, fd, fd);
    break;
  case SYS_close_range:
    if (args[2] == 0) {
      close_sockets(replica, process, fd, (unsigned)args[1]);
    }
    break;
  case SYS_dup:
  case SYS_fcntl:
    if (socket != NULL && (task->call.nr == SYS_dup || (args[1] & 1023) == (F_DUPFD & 1023) ||
                           (int)args[1] == F_DUPFD_CLOEXEC)) {
      return add_descriptor(replica, task, socket, task->call.nr == SYS_fcntl && args[1] == F_DUPFD_CLOEXEC);
    }
    break;
  default: /* dup2, dup3 */
    if (socket != NULL && args[0] != args[1]) {
      note(replica, "dup2 of the socket refused: the virtual world can't follow it");
      return fail_with(replica, task, EBADF);
    }
    if (args[0] != args[1]) {
      close_sockets(replica, process, (unsigned)args[1], (unsigned)args[1]);
    }
  }
  let_continue(replica, task);
  return ANSWERED;
}

void free_sockets(struct replica *replica) {
  while (replica->sockets != NULL) {
    struct vsocket *next = replica->sockets->next;
    drop_datagrams(replica->sockets);
    close(replica->sockets->own_end);
    close(replica->sockets->other_end);
    free(replica->sockets);
    replica->sockets = next;
  }
  replica->home = NULL;
  while (replica->arrivals != NULL) {
    struct datagram *next = replica->arrivals->next;
    free(replica->arrivals);
    replica->arrivals = next;
  }
}

static enum outcome open_socket(struct replica *replica, struct task *task) {
  int family = (int)task->call.args[0], type = (int)task->call.args[1];
  if (family != AF_INET && family != AF_INET6) {
    let_continue(replica, task);
    return ANSWERED;
  }
  if ((type & 15) != SOCK_DGRAM) {
    let_continue(replica, task); /* runtimes open one to see what the system has; it can't be connected */
    return ANSWERED;
  }
  int ends[2];
  struct stat status;
  replica->has_opened = true;
  if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | (type & SOCK_NONBLOCK), 0, ends) < 0) {
    return fail_with(replica, task, ENFILE);
  }
  fcntl(ends[1], F_SETFL, O_NONBLOCK);
  fstat(ends[0], &status);
  struct vsocket *socket = calloc(1, sizeof *socket);
  socket->inode = status.st_ino;
  socket->own_end = ends[0];
  socket->other_end = ends[1];
  socket->family = family;
  socket->receive_timeout = socket->send_timeout = 0;
  socket->receive_buffer = socket->send_buffer = DEFAULT_BUFFER;
  socket->last = &socket->first;
  socket->next = replica->sockets;
  replica->sockets = socket;
  socket->users = 1;
  enum outcome outcome = add_descriptor(replica, task, socket, type & SOCK_CLOEXEC);
  release(replica, socket);
  return outcome;
}

/* ---- addresses ---- */

static uint16_t port_of(struct replica *replica, struct vsocket *socket) {
  if (socket->port == 0) {
    socket->port = (uint16_t)(FIRST_PORT + replica->number * 100 + replica->next_port++ % 100);
  }
  return socket->port;
}

/* Writes an address of this host; false if the memory can't be written. */
static bool write_address(struct task *task, struct vsocket *socket, uint16_t port, uint64_t to,
                          uint32_t space, uint32_t *length) {
  struct sockaddr_in6 six = {AF_INET6, htons(port), 0, IN6ADDR_ANY_INIT, 0};
  struct sockaddr_in four = {AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {0}};
  static const uint8_t mapped[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 127, 0, 0, 1};
  memcpy(&six.sin6_addr, mapped, sizeof mapped);
  bool is_six = socket->family == AF_INET6;
  *length = is_six ? sizeof six : sizeof four;
  return write_memory(task, to, is_six ? (void *)&six : (void *)&four, space < *length ? space : *length);
}

static enum outcome give_address(struct replica *replica, struct task *task, struct vsocket *socket,
                                 uint16_t port) {
  uint32_t space, length;
  if (!read_memory(task, task->call.args[2], &space, sizeof space) ||
      !write_address(task, socket, port, task->call.args[1], space, &length) ||
      !write_memory(task, task->call.args[2], &length, sizeof length)) {
    return fail_with(replica, task, EFAULT);
  }
  return succeed(replica, task, 0);
}

/* Reads the port of an address; false if it can't be read. */
static bool read_port(struct task *task, uint64_t from, uint64_t length, uint16_t *port, uint16_t *family) {
  uint16_t start[2];
  if (length < sizeof(struct sockaddr_in) && length < sizeof start) {
    return false;
  }
  if (!read_memory(task, from, start, sizeof start)) {
    return false;
  }
  *family = start[0];
  *port = ntohs(start[1]);
  return true;
}

/* ---- sending ---- */

static enum outcome send_to_kit(struct replica *replica, struct task *task, struct vsocket *socket,
                                uint16_t port, int64_t result) {
  port_of(replica, socket);
  if (port != replica->kit_port) {
    note(replica, "datagram to port %d is lost: the kit's port is %d", port, replica->kit_port);
    return succeed(replica, task, result);
  }
  if (replica->home == NULL) {
    replica->home = socket;
  }
  if (replica->home != socket) {
    return succeed(replica, task, result); /* the kit ignores other sockets */
  }
  replica->fruitless = 0;
  replica->sender = task;
  replica->sent_result = result;
  return SENT;
}

/* Reads parts of memory one after the other; returns their length, or -1. */
static int64_t gather(struct task *task, uint64_t from, uint64_t count, uint8_t *to, size_t space) {
  struct iovec parts[MAX_PARTS];
  size_t length = 0;
  if (count > MAX_PARTS || !read_memory(task, from, parts, count * sizeof parts[0])) {
    return -1;
  }
  for (uint64_t i = 0; i < count; i++) {
    if (parts[i].iov_len > space - length) {
      return (int64_t)space + 1; /* too long */
    }
    if (!read_memory(task, (uint64_t)parts[i].iov_base, to + length, parts[i].iov_len)) {
      return -1;
    }
    length += parts[i].iov_len;
  }
  return (int64_t)length;
}

static enum outcome send_parts(struct replica *replica, struct task *task, struct vsocket *socket,
                               uint64_t from, uint64_t count, uint16_t port, bool with_port, int64_t result) {
  int64_t length = gather(task, from, count, sent_bytes, MAX_DATAGRAM);
  if (length < 0) {
    return fail_with(replica, task, EFAULT);
  }
  if (length > MAX_DATAGRAM) {
    return fail_with(replica, task, EMSGSIZE);
  }
  if (!with_port && socket->peer_port == 0) {
    return fail_with(replica, task, EDESTADDRREQ);
  }
  sent_length = (uint32_t)length;
  return send_to_kit(replica, task, socket, with_port ? port : socket->peer_port, result < 0 ? length : result);
}

static enum outcome send_message(struct replica *replica, struct task *task, struct vsocket *socket) {
  struct mmsghdr header;
  uint16_t port = 0, family;
  bool many = task->call.nr == SYS_sendmmsg;
  size_t size = many ? sizeof header : sizeof header.msg_hdr;
  if (!read_memory(task, task->call.args[1], &header, size)) {
    return fail_with(replica, task, EFAULT);
  }
  struct msghdr *message = &header.msg_hdr;
  bool with_port = message->msg_name != NULL && message->msg_namelen > 0;
  if (with_port && !read_port(task, (uint64_t)message->msg_name, message->msg_namelen, &port, &family)) {
    return fail_with(replica, task, EFAULT);
  }
  /* sendmmsg sends the first message, which is allowed; the program then sends the rest. */
  enum outcome outcome = send_parts(replica, task, socket, (uint64_t)message->msg_iov, message->msg_iovlen,
                                    port, with_port, many ? 1 : -1);
  if (many && outcome == SENT) {
    write_memory(task, task->call.args[1] + offsetof(struct mmsghdr, msg_len), &sent_length, sizeof sent_length);
  }
  return outcome;
}

static enum outcome send_call(struct replica *replica, struct task *task, struct vsocket *socket) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  uint16_t port = 0, family;
  switch (task->call.nr) {
  case SYS_sendto: {
    bool with_port = args[4] != 0;
    if (args[2] > MAX_DATAGRAM) {
      return fail_with(replica, task, EMSGSIZE);
    }
    if ((with_port && !read_port(task, args[4], args[5], &port, &family)) ||
        !read_memory(task, args[1], sent_bytes, args[2])) {
      return fail_with(replica, task, EFAULT);
    }
    if (!with_port && socket->peer_port == 0) {
      return fail_with(replica, task, EDESTADDRREQ);
    }
    sent_length = (uint32_t)args[2];
    return send_to_kit(replica, task, socket, with_port ? port : socket->peer_port, (int64_t)args[2]);
  }
  case SYS_write: {
    if (args[2] > MAX_DATAGRAM) {
      return fail_with(replica, task, EMSGSIZE);
    }
    if (!read_memory(task, args[1], sent_bytes, args[2])) {
      return fail_with(replica, task, EFAULT);
    }
    if (socket->peer_port == 0) {
      return fail_with(replica, task, EDESTADDRREQ);
    }
    sent_length = (uint32_t)args[2];
    return send_to_kit(replica, task, socket, socket->peer_port, (int64_t)args[2]);
  }
  case SYS_writev:
    return send_parts(replica, task, socket, args[1], args[2], 0, false, -1);
  default:
    return send_message(replica, task, socket);
  }
}

/* ---- receiving ---- */

/* A datagram arrives; it belongs to the socket from now on. */
void deliver(struct replica *replica, struct datagram *datagram) {
  struct vsocket *socket = replica->home;
  if (socket == NULL ||
      socket->queued_bytes + datagram->length + DATAGRAM_OVERHEAD > (uint32_t)socket->receive_buffer) {
    free(datagram); /* a full socket loses datagrams */
    return;
  }
  datagram->next = NULL;
  *socket->last = datagram;
  socket->last = &datagram->next;
  socket->queued++;
  socket->queued_bytes += datagram->length + DATAGRAM_OVERHEAD;
  /* A second token has no meaning, but tells an edge-triggered epoll that something came. */
  send(socket->other_end, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
  for (struct task *task = replica->tasks; task != NULL; task = task->next) {
    if (task->state == WAITING && task->wait == WAIT_RECEIVE) {
      task->woken = true; /* it looks at its socket again */
    }
  }
}

static void take_first(struct vsocket *socket) {
  struct datagram *first = socket->first;
  socket->first = first->next;
  socket->queued--;
  socket->queued_bytes -= first->length + DATAGRAM_OVERHEAD;
  free(first);
  if (socket->first == NULL) {
    socket->last = &socket->first;
    char token;
    while (recv(socket->own_end, &token, 1, MSG_DONTWAIT) >= 0) {
    }
  }
}

/* Writes bytes to parts of memory; returns how many, or -1. */
static int64_t scatter(struct task *task, const struct msghdr *message, const struct datagram *datagram) {
  struct iovec parts[MAX_PARTS];
  size_t done = 0;
  if (message->msg_iovlen > MAX_PARTS ||
      !read_memory(task, (uint64_t)message->msg_iov, parts, message->msg_iovlen * sizeof parts[0])) {
    return -1;
  }
  for (size_t i = 0; i < message->msg_iovlen && done < datagram->length; i++) {
    size_t part = datagram->length - done < parts[i].iov_len ? datagram->length - done : parts[i].iov_len;
    if (!write_memory(task, (uint64_t)parts[i].iov_base, datagram->bytes + done, part)) {
      return -1;
    }
    done += part;
  }
  return (int64_t)done;
}

static enum outcome receive_message(struct replica *replica, struct task *task, struct vsocket *socket) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  struct mmsghdr header;
  bool many = task->call.nr == SYS_recvmmsg;
  size_t size = many ? sizeof header : sizeof header.msg_hdr;
  if (!read_memory(task, args[1], &header, size)) {
    return fail_with(replica, task, EFAULT);
  }
  struct msghdr *message = &header.msg_hdr;
  int flags = (int)args[many ? 3 : 2];
  struct datagram *datagram = socket->first;
  int64_t length = scatter(task, message, datagram);
  uint32_t address_length = 0;
  bool stored = length >= 0;
  if (message->msg_name != NULL) {
    stored = stored && write_address(task, socket, replica->kit_port, (uint64_t)message->msg_name,
                                     message->msg_namelen, &address_length);
  }
  message->msg_namelen = address_length;
  message->msg_controllen = 0;
  message->msg_flags = length < datagram->length ? MSG_TRUNC : 0;
  header.msg_len = (uint32_t)length;
  stored = stored && write_memory(task, args[1], &header, size);
  int64_t result = many ? 1 : flags & MSG_TRUNC ? datagram->length : length;
  if (stored && !(flags & MSG_PEEK)) {
    take_first(socket);
  }
  return stored ? succeed(replica, task, result) : fail_with(replica, task, EFAULT);
}

static enum outcome receive_bytes(struct replica *replica, struct task *task, struct vsocket *socket) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  struct datagram *datagram = socket->first;
  bool from_call = task->call.nr == SYS_recvfrom;
  int flags = from_call ? (int)args[3] : 0;
  uint64_t length = args[2] < datagram->length ? args[2] : datagram->length;
  bool stored = write_memory(task, args[1], datagram->bytes, length);
  if (from_call && args[4] != 0) {
    uint32_t space = 0, address_length = 0;
    stored = stored && read_memory(task, args[5], &space, sizeof space) &&
             write_address(task, socket, replica->kit_port, args[4], space, &address_length) &&
             write_memory(task, args[5], &address_length, sizeof address_length);
  }
  int64_t result = (int64_t)(flags & MSG_TRUNC ? datagram->length : length);
  if (stored && !(flags & MSG_PEEK)) {
    take_first(socket);
  }
  return stored ? succeed(replica, task, result) : fail_with(replica, task, EFAULT);
}

static enum outcome receive_vector(struct replica *replica, struct task *task, struct vsocket *socket) {
  struct msghdr message = {.msg_iov = (struct iovec *)task->call.args[1], .msg_iovlen = task->call.args[2]};
  int64_t length = scatter(task, &message, socket->first);
  if (length < 0) {
    return fail_with(replica, task, EFAULT);
  }
  take_first(socket);
  return succeed(replica, task, length);
}

static enum outcome receive_call(struct replica *replica, struct task *task, struct vsocket *socket) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  int flags = task->call.nr == SYS_recvfrom  ? (int)args[3]
              : task->call.nr == SYS_recvmsg ? (int)args[2]
              : task->call.nr == SYS_recvmmsg ? (int)args[3]
                                              : 0;
  if (socket->first == NULL) {
    if (flags & MSG_DONTWAIT || fcntl(socket->own_end, F_GETFL) & O_NONBLOCK) {
      return fail_with(replica, task, EAGAIN);
    }
    nanos timeout = socket->receive_timeout;
    if (!task->waits_on) { /* else it was woken for a datagram that another thread took */
      task->deadline = timeout == 0 ? NEVER : clock_of(replica) + timeout;
    }
    wait_until(task, WAIT_RECEIVE, task->deadline);
    return MUST_WAIT;
  }
  replica->fruitless = 0;
  switch (task->call.nr) {
  case SYS_recvmsg:
  case SYS_recvmmsg:
    return receive_message(replica, task, socket);
  case SYS_readv:
    return receive_vector(replica, task, socket);
  default:
    return receive_bytes(replica, task, socket);
  }
}

/* ---- options ---- */

static enum outcome set_option(struct replica *replica, struct task *task, struct vsocket *socket) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  int value = 0;
  if (args[1] == SOL_SOCKET && (args[2] == SO_RCVTIMEO || args[2] == SO_SNDTIMEO)) {
    struct timeval time;
    if (args[4] < sizeof time || !read_memory(task, args[3], &time, sizeof time)) {
      return fail_with(replica, task, EINVAL);
    }
    *(args[2] == SO_RCVTIMEO ? &socket->receive_timeout : &socket->send_timeout) =
        time.tv_sec > 1000000000 ? 0 : time.tv_sec * SECOND + time.tv_usec * 1000;
    return succeed(replica, task, 0);
  }
  if (args[4] >= sizeof value && !read_memory(task, args[3], &value, sizeof value)) {
    return fail_with(replica, task, EFAULT);
  }
  if (args[1] == SOL_SOCKET && (args[2] == SO_RCVBUF || args[2] == SO_SNDBUF)) {
    int doubled = value > DEFAULT_BUFFER ? 2 * DEFAULT_BUFFER : value < 1152 ? 2304 : 2 * value;
    *(args[2] == SO_RCVBUF ? &socket->receive_buffer : &socket->send_buffer) = doubled;
  }
  return succeed(replica, task, 0); /* the others make no difference here */
}

static enum outcome get_option(struct replica *replica, struct task *task, struct vsocket *socket) {
  const uint64_t *args = (const uint64_t *)task->call.args;
  uint8_t value[16] = {0};
  int number = 0;
  uint32_t length = sizeof number, space;
  if (args[1] == SOL_SOCKET) {
    switch (args[2]) {
    case SO_TYPE: number = SOCK_DGRAM; break;
    case SO_DOMAIN: number = socket->family; break;
    case SO_PROTOCOL: number = IPPROTO_UDP; break;
    case SO_RCVBUF: number = socket->receive_buffer; break;
    case SO_SNDBUF: number = socket->send_buffer; break;
    case SO_RCVTIMEO: {
      struct timeval time = {socket->receive_timeout / SECOND, socket->receive_timeout % SECOND / 1000};
      memcpy(value, &time, sizeof time);
      length = sizeof time;
    }
    }
  }
  if (length == sizeof number) {
    memcpy(value, &number, sizeof number);
  }
  if (!read_memory(task, args[4], &space, sizeof space)) {
    return fail_with(replica, task, EFAULT);
  }
  length = space < length ? space : length;
  if (!write_memory(task, args[3], value, length) || !write_memory(task, args[4], &length, sizeof length)) {
    return fail_with(replica, task, EFAULT);
  }
  return succeed(replica, task, 0);
}

static enum outcome bind_or_connect(struct replica *replica, struct task *task, struct vsocket *socket) {
  uint16_t port, family;
  if (!read_port(task, task->call.args[1], task->call.args[2], &port, &family)) {
    return fail_with(replica, task, EINVAL);
  }
  if (task->call.nr == SYS_connect) {
    port_of(replica, socket);
    socket->peer_port = family == AF_UNSPEC ? 0 : port;
    return succeed(replica, task, 0);
  }
  if (port == replica->kit_port) {
    return fail_with(replica, task, EADDRINUSE);
  }
  socket->port = port;
  port_of(replica, socket);
  return succeed(replica, task, 0);
}

/* ---- calls ---- */

static enum outcome handle_other_file(struct replica *replica, struct task *task) {
  int call = task->call.nr;
  uint16_t port, family;
  if ((call == SYS_connect || call == SYS_bind) &&
      read_port(task, task->call.args[1], task->call.args[2], &port, &family) &&
      (family == AF_INET || family == AF_INET6)) {
    note(replica, "connection to port %d refused: the virtual world has only UDP", port);
    return fail_with(replica, task, EACCES);
  }
  bool reads = call == SYS_read || call == SYS_readv || call == SYS_recvfrom || call == SYS_recvmsg ||
               call == SYS_recvmmsg || call == SYS_accept || call == SYS_accept4;
  replica->wrote |= call == SYS_write || call == SYS_writev || call == SYS_pwrite64;
  int copy = reads ? remote_fd(task, (int)task->call.args[0]) : -1;
  struct stat status;
  if (copy >= 0 && fstat(copy, &status) == 0 && !S_ISREG(status.st_mode)) {
    struct pollfd one = {copy, POLLIN, 0};
    if (!(fcntl(copy, F_GETFL) & O_NONBLOCK) && poll(&one, 1, 0) == 0) {
      task->fds = realloc(task->fds, sizeof *task->fds);
      task->fds[0] = (struct pollfd){copy, POLLIN, 0};
      task->fd_count = 1;
      wait_until(task, WAIT_FDS, NEVER);
      return MUST_WAIT;
    }
  }
  if (copy >= 0) {
    close(copy);
  }
  let_continue(replica, task);
  return ANSWERED;
}

static enum outcome handle_socket(struct replica *replica, struct task *task, struct vsocket *socket) {
  switch (task->call.nr) {
  case SYS_sendto:
  case SYS_sendmsg:
  case SYS_sendmmsg:
  case SYS_write:
  case SYS_writev:
    return send_call(replica, task, socket);
  case SYS_recvfrom:
  case SYS_recvmsg:
  case SYS_recvmmsg:
  case SYS_read:
  case SYS_readv:
    return receive_call(replica, task, socket);
  case SYS_bind:
  case SYS_connect:
    return bind_or_connect(replica, task, socket);
  case SYS_getsockname:
    return give_address(replica, task, socket, socket->port);
  case SYS_getpeername:
    return socket->peer_port == 0 ? fail_with(replica, task, ENOTCONN)
                                  : give_address(replica, task, socket, socket->peer_port);
  case SYS_setsockopt:
    return set_option(replica, task, socket);
  case SYS_getsockopt:
    return get_option(replica, task, socket);
  case SYS_shutdown:
    return succeed(replica, task, 0);
  default:
    return fail_with(replica, task, EOPNOTSUPP);
  }
}

enum outcome handle_net(struct replica *replica, struct task *task) {
  if (task->call.nr == SYS_socket) {
    return open_socket(replica, task);
  }
  struct vsocket *socket = socket_of(task, (int)task->call.args[0]);
  return socket == NULL ? handle_other_file(replica, task) : handle_socket(replica, task, socket);
}
