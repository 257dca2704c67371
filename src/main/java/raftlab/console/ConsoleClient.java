package raftlab.console;

import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import raftlab.network.Seeds;
import raftlab.run.lab.Lab;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.workload.RetryPolicy;

/**
 * The console's client. It sends a request to the known leader, else to the leader in the last
 * answer, else to any replica. It follows redirects, retries after a fail or a timeout, and gives
 * up after five seconds.
 */
final class ConsoleClient {
  private static final long PATIENCE_MICROS = 5_000_000;

  private static final RetryPolicy POLICY = RetryPolicy.pausing(RetryPolicy.Target.ANOTHER);

  /** The number of unanswered requests that are remembered. */
  private static final int OPEN_KEPT = 1_000;

  /**
   * The result of a request.
   *
   * @param answer the last answer; null if there was none
   * @param settled whether that answer completes the request
   * @param micros the duration
   * @param silences the number of retries after a timeout
   * @param asked all replicas that received the request
   * @param reason the reason in the last fail; null if it had none
   */
  record Reply(
      Event.Answered answer,
      boolean settled,
      long micros,
      int redirects,
      int fails,
      int silences,
      Set<Id> asked,
      String reason) {}

  private final Lab lab;
  private final Id id;
  private final RandomGenerator random;
  private final Notifications news;

  /** Requests without an answer, by MID, in words. */
  private final TreeMap<String, String> open = new TreeMap<>();

  private Id leader = Id.BROADCAST;
  private long requests;
  private long wishes;

  /** The MID of the request in progress; null if there is none. */
  private String awaited;

  /** Its answer; null if none has arrived. */
  private Event.Answered answer;

  /** The reason in the latest message to this client; null if it had none. */
  private String reason;

  ConsoleClient(Lab lab, long seed, Notifications news) {
    this.lab = lab;
    this.id = lab.trace().header().clients().get(0);
    this.random = Seeds.generator(seed, "console-client", 0);
    this.news = news;
  }

  /** Processes an event, including answers. */
  void accept(Event event) {
    if (event instanceof Event.Sent sent && sent.to().equals(id)) {
      reason = sent.message().text("reason");
    } else if (event instanceof Event.Answered its && its.client().equals(id) && !its.again()) {
      String request = open.remove(its.mid());
      if (its.mid().equals(awaited)) {
        answer = its;
      } else if (request != null) {
        news.tell(its.atMicros(), "late answer to " + request + ": " + EventHistory.words(its));
      }
    }
  }

  /**
   * Sends a request, and runs the cluster until it is settled, timed out or interrupted.
   *
   * @param only send to this replica only, and accept any answer; null for the usual way
   */
  Reply ask(ConsoleRequest wish, Id only, InterruptFlag stop) {
    return new Asking(wish, only).play(stop);
  }

  /** One request of the user, with its retries. */
  private final class Asking {
    private final ConsoleRequest wish;
    private final long seq = ++wishes;
    private long operation;
    private final Id only;
    private final long fromMicros = lab.nowMicros();
    private final Set<Id> asked = new TreeSet<>();
    private Event.Answered last;
    private String lastReason;
    private Id to;
    private long nextMicros = fromMicros;
    private final RetryPolicy.Attempts attempts = POLICY.begin();

    Asking(ConsoleRequest wish, Id only) {
      this.wish = wish;
      this.only = only;
      this.to = only;
    }

    Reply play(InterruptFlag stop) {
      long until = fromMicros + PATIENCE_MICROS;
      awaited = null;
      while (lab.nowMicros() < until && !stop.asked()) {
        if (awaited == null && lab.nowMicros() >= nextMicros) {
          send();
        }
        long look = lab.nowMicros() + LiveCluster.LOOK_MICROS;
        lab.step(Math.min(Math.min(until, look), Math.max(nextMicros, lab.nowMicros() + 1)));
        if (answer != null) {
          last = answer;
          lastReason = reason;
          answer = null;
          awaited = null;
          leader = last.leader();
          RetryPolicy.Outcome outcome = outcome(last);
          if (only != null || outcome == RetryPolicy.Outcome.SETTLED) {
            return reply(true);
          }
          goOn(attempts.after(outcome));
        } else if (awaited != null && only == null && isHopeless()) {
          awaited = null;
          goOn(attempts.after(RetryPolicy.Outcome.SILENT));
        }
      }
      awaited = null;
      leader = Id.BROADCAST;
      return reply(false);
    }

    private Reply reply(boolean settled) {
      long micros = (settled ? last.atMicros() : lab.nowMicros()) - fromMicros;
      return new Reply(
          last,
          settled,
          micros,
          attempts.redirects(),
          attempts.fails(),
          attempts.silences(),
          asked,
          lastReason);
    }

    private void send() {
      to = to != null ? to : choose();
      if (to == null) {
        nextMicros = lab.nowMicros() + RetryPolicy.PAUSE_MICROS;
        return;
      }
      Message request = request();
      awaited = request.mid();
      open.put(awaited, wish.toString());
      if (open.size() > OPEN_KEPT) {
        open.pollFirstEntry();
      }
      if (asked.isEmpty()) {
        operation = lab.requests().send(request);
      } else {
        lab.requests().sendAgain(request, operation);
      }
      asked.add(to);
      nextMicros = lab.nowMicros() + RetryPolicy.SILENCE_MICROS;
    }

    private Message request() {
      String mid = String.format(Locale.ROOT, "console-%08d", ++requests);
      Message request = Message.of(id, to, leader, wish.type(), mid, wish.fields(seq));
      if (!request.fits()) {
        int bytes = request.bytes().length;
        throw new CommandException(
            "found a request of " + bytes + " bytes, expected at most " + Message.MAX_BYTES);
      }
      return request;
    }

    private RetryPolicy.Outcome outcome(Event.Answered its) {
      boolean reachable = lab.requests().isReachable(its.leader());
      return RetryPolicy.Outcome.of(its.type(), its.leader(), to, reachable);
    }

    private void goOn(RetryPolicy.Next next) {
      to =
          switch (next.target()) {
            case NAMED_LEADER -> leader;
            case BEST_KNOWN -> null;
            case ANOTHER -> other();
          };
      nextMicros = lab.nowMicros() + next.afterMicros();
    }

    private boolean isHopeless() {
      return lab.nowMicros() >= nextMicros || !lab.requests().isReachable(to);
    }

    private Id choose() {
      if (lab.requests().isReachable(lab.leader())) {
        return lab.leader();
      }
      return lab.requests().isReachable(leader) ? leader : lab.requests().anyReachable(random);
    }

    /** A replica other than the one that timed out: the leader, if there is a new one. */
    private Id other() {
      if (!lab.leader().equals(to) && lab.requests().isReachable(lab.leader())) {
        return lab.leader();
      }
      var others = lab.ready().stream().filter(replica -> !replica.equals(to)).toList();
      return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
    }
  }
}
