/* The events of all replicas in order of time: datagrams arrive, replicas run. */
#include "supervisor.h"

/* A program that waits for a time continues up to this much later, as on a real system. */
#define MAX_WAKE_DELAY 60000

nanos world_now;
static uint64_t event_count;

void set_due(struct replica *replica, nanos due) {
  replica->due = due;
  replica->due_number = ++event_count;
}

void add_arrival(struct replica *replica, nanos at, const uint8_t *bytes, uint32_t length) {
  if (!replica->alive) {
    return;
  }
  struct datagram *datagram = malloc(sizeof *datagram + length);
  datagram->length = length;
  datagram->at = at;
  datagram->number = ++event_count;
  memcpy(datagram->bytes, bytes, length);
  struct datagram **place = &replica->arrivals;
  while (*place != NULL && (*place)->at <= at) {
    place = &(*place)->next;
  }
  datagram->next = *place;
  *place = datagram;
}

/* ---- the next event ---- */

struct event {
  struct replica *replica;
  bool is_arrival;
  nanos at;
  uint64_t number;
};

static void consider(struct event *first, struct event candidate) {
  if (candidate.at != NEVER && (first->replica == NULL || candidate.at < first->at ||
                                (candidate.at == first->at && candidate.number < first->number))) {
    *first = candidate;
  }
}

static struct event next_event(void) {
  struct event first = {NULL, false, NEVER, 0};
  for (int i = 0; i < replica_count; i++) {
    struct replica *replica = &replicas[i];
    if (!replica->alive || replica->hung) {
      continue;
    }
    if (!replica->paused) {
      consider(&first, (struct event){replica, false, replica->due, replica->due_number});
    }
    if (replica->arrivals != NULL) {
      consider(&first, (struct event){replica, true, replica->arrivals->at, replica->arrivals->number});
    }
  }
  return first;
}

static void arrive(struct replica *replica) {
  struct datagram *datagram = replica->arrivals;
  replica->arrivals = datagram->next;
  deliver(replica, datagram);
  if (replica->waits) {
    replica->waits = false;
    set_due(replica, world_now);
  }
}

/* ---- running a replica ---- */

static void set_wait(struct replica *replica) {
  nanos due = world_time(replica, next_deadline(replica));
  replica->waits = true;
  if (due != NEVER) {
    uint64_t z = replica->wake_random = replica->wake_random * 6364136223846793005u + 1442695040888963407u;
    due = (due > world_now ? due : world_now) + (nanos)((z >> 33) % MAX_WAKE_DELAY);
  }
  set_due(replica, due);
}

/* Runs a replica until it sends, waits, ends, or its clock passes the limit. Returns whether the kit has
 * to know. */
static bool run(struct replica *replica, nanos limit) {
  replica->now = world_now > replica->now ? world_now : replica->now;
  replica->waits = false;
  if (replica->sender != NULL) {
    struct task *sender = replica->sender;
    replica->sender = NULL;
    answer(replica, sender, replica->sent_result, 0);
  }
  for (struct task *task; (task = settle_and_choose(replica)) != NULL;) {
    if (!task->charged && !task->answered_late) {
      nanos cost = cost_of(replica, task->call.nr);
      replica->now += cost;
      replica->busy += cost;
      task->charged = true;
    }
    if (replica->now > limit) {
      set_due(replica, replica->now);
      return false;
    }
    if (handle(replica, task) == SENT) {
      set_due(replica, replica->now);
      send_answer(replica, 'M', 0, sent_bytes, sent_length);
      return true;
    }
  }
  if (replica->hung) {
    send_answer(replica, 'H', 0, NULL, 0);
    return true;
  }
  if (!replica->alive) {
    send_answer(replica, 'X', replica->exit_code, NULL, 0);
    return true;
  }
  set_wait(replica);
  return false;
}

/* Lets time pass until a replica does something that the kit has to know, or until the limit. */
void advance(nanos limit) {
  for (;;) {
    struct event event = next_event();
    if (event.replica == NULL || event.at > limit) {
      world_now = limit > world_now ? limit : world_now;
      send_answer(NULL, 'T', 0, NULL, 0);
      return;
    }
    world_now = event.at > world_now ? event.at : world_now;
    if (event.is_arrival) {
      arrive(event.replica);
      continue;
    }
    event.replica->due = NEVER;
    struct event after = next_event();
    if (run(event.replica, after.at < limit ? after.at : limit)) {
      return;
    }
    if (event.replica->wrote || has_notes()) {
      send_answer(event.replica, 'N', 0, NULL, 0);
      return;
    }
  }
}
