package raftlab.console;

import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
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
  private static final long REQUEST_TIMEOUT_MICROS = 5_000_000;

  private static final RetryPolicy POLICY = RetryPolicy.pausing(RetryPolicy.Target.ANOTHER);

  /** The number of unanswered requests that are remembered. */
  private static final int MAX_OPEN_REQUESTS = 1_000;

  /**
   * The result of a request.
   *
   * @param answer the last answer; null if there was none
   * @param settled whether that answer completes the request
   * @param micros the duration
   * @param timeouts the number of retries after a timeout
   * @param asked all replicas that received the request
   * @param reason the reason in the last fail; null if it had none
   */
  record Reply(
      Event.@Nullable Answered answer,
      boolean settled,
      long micros,
      int redirects,
      int fails,
      int timeouts,
      Set<Id> asked,
      @Nullable String reason) {}

  private final LiveCluster cluster;
  private final Lab lab;
  private final Id id;

  /** The name of its session, and the beginning of its MIDs. */
  private final String session;

  private final RandomGenerator random;
  private final Notifications notifications;

  /** Requests without an answer, by MID, in words. */
  private final TreeMap<String, String> openRequests = new TreeMap<>();

  /** The MIDs of requests whose answer the user doesn't wait for. */
  private final Set<String> unawaited = new HashSet<>();

  /** The leader that the last answer names, and the next request: FFFF for none. */
  private Id leader = Id.BROADCAST;

  private long requests;
  private long operationCount;

  /** The MID of the request in progress; null if there is none. */
  private @Nullable String awaited;

  /** Its answer; null if none has arrived. */
  private Event.@Nullable Answered answer;

  /** The reason in the latest message to this client; null if it had none. */
  private @Nullable String reason;

  /**
   * A client that has sent nothing yet.
   *
   * @param number its place among the clients, from 0
   */
  ConsoleClient(LiveCluster cluster, int number, long seed, Notifications notifications) {
    this.cluster = cluster;
    this.lab = cluster.lab();
    this.id = lab.trace().header().clients().get(number);
    this.session = number == 0 ? "console" : "console-" + (number + 1);
    this.random = SeededGenerators.generator(seed, "console-client", number);
    this.notifications = notifications;
  }

  /** Processes an event, including answers. */
  void accept(Event event) {
    if (event instanceof Event.Sent sent && sent.to().equals(id)) {
      reason = sent.message().textOrNull("reason");
    } else if (event instanceof Event.Answered its && its.client().equals(id) && !its.again()) {
      String request = openRequests.remove(its.mid());
      if (its.mid().equals(awaited)) {
        answer = its;
      } else if (request != null) {
        String kind = unawaited.remove(its.mid()) ? "answer to " : "late answer to ";
        notifications.show(its.atMicros(), kind + request + ": " + EventHistory.text(its));
      }
    }
  }

  /**
   * Sends a request, and runs the cluster until it is settled, timed out or interrupted.
   *
   * @param only send to this replica only, and accept any answer; null for the usual way
   */
  Reply ask(ConsoleRequest wish, @Nullable Id only, InterruptFlag stop) {
    return new PendingRequest(wish, only).play(stop);
  }

  /**
   * Sends a request once and doesn't wait; the answer is a notification.
   *
   * @param only the replica; null for the known leader, else any
   * @return the replica
   */
  Id send(ConsoleRequest wish, @Nullable Id only) {
    PendingRequest request = new PendingRequest(wish, only);
    awaited = null;
    request.send();
    String mid = awaited;
    awaited = null;
    if (mid == null) {
      throw new CommandException("no replica is ready; `restart all` restarts them");
    }
    unawaited.add(mid);
    return request.target();
  }

  /** One request of the user, with its retries. */
  private final class PendingRequest {
    private final ConsoleRequest consoleRequest;
    private final long seq = ++operationCount;
    private long operation;
    private final @Nullable Id only;
    private final long fromMicros = lab.nowMicros();
    private final Set<Id> asked = new TreeSet<>();
    private Event.@Nullable Answered last;
    private @Nullable String lastReason;
    private @Nullable Id to;
    private long nextMicros = fromMicros;
    private final RetryPolicy.Attempts attempts = POLICY.begin();

    PendingRequest(ConsoleRequest consoleRequest, @Nullable Id to) {
      this.consoleRequest = consoleRequest;
      this.only = to;
      this.to = to;
    }

    Reply play(InterruptFlag stop) {
      long until = fromMicros + REQUEST_TIMEOUT_MICROS;
      awaited = null;
      while (lab.nowMicros() < until && !stop.interrupted()) {
        if (awaited == null && lab.nowMicros() >= nextMicros) {
          send();
        }
        long look = lab.nowMicros() + LiveCluster.POLL_MICROS;
        cluster.step(Math.min(Math.min(until, look), Math.max(nextMicros, lab.nowMicros() + 1)));
        Event.Answered arrived = answer;
        if (arrived != null) {
          last = arrived;
          lastReason = reason;
          answer = null;
          awaited = null;
          leader = arrived.leader();
          RetryPolicy.Outcome outcome = outcome(arrived);
          if (only != null || outcome == RetryPolicy.Outcome.SETTLED) {
            return reply(true, arrived.atMicros());
          }
          continueAfterRefusal(attempts.after(outcome));
        } else if (awaited != null && only == null && shouldTryAnother()) {
          awaited = null;
          continueAfterRefusal(attempts.after(RetryPolicy.Outcome.SILENT));
        }
      }
      awaited = null;
      leader = Id.BROADCAST;
      return reply(false, lab.nowMicros());
    }

    private Reply reply(boolean settled, long atMicros) {
      return new Reply(
          last,
          settled,
          atMicros - fromMicros,
          attempts.redirects(),
          attempts.fails(),
          attempts.silences(),
          asked,
          lastReason);
    }

    private void send() {
      to = to != null ? to : chooseReplica();
      if (to == null) {
        nextMicros = lab.nowMicros() + RetryPolicy.PAUSE_MICROS;
        return;
      }
      Message request = request();
      awaited = request.mid();
      openRequests.put(awaited, consoleRequest.toString());
      if (openRequests.size() > MAX_OPEN_REQUESTS) {
        openRequests.pollFirstEntry();
      }
      if (asked.isEmpty()) {
        operation = lab.requests().send(request);
      } else {
        lab.requests().sendAgain(request, operation);
      }
      asked.add(to);
      nextMicros = lab.nowMicros() + RetryPolicy.SILENCE_MICROS;
    }

    /** The replica with the request in progress. */
    private Id target() {
      return Objects.requireNonNull(to, "a request has a target");
    }

    private Message request() {
      String mid = String.format(Locale.ROOT, "%s-%08d", session, ++requests);
      Message request =
          Message.of(
              id,
              target(),
              leader,
              consoleRequest.type(),
              mid,
              consoleRequest.fields(session, seq));
      if (!request.fitsDatagram()) {
        int bytes = request.bytes().length;
        throw new CommandException(
            "found a request of " + bytes + " bytes, expected at most " + Message.MAX_BYTES);
      }
      return request;
    }

    private RetryPolicy.Outcome outcome(Event.Answered its) {
      boolean reachable = lab.requests().isReachable(its.leader());
      return RetryPolicy.Outcome.of(its.type(), its.leader(), target(), reachable);
    }

    private void continueAfterRefusal(RetryPolicy.Next next) {
      to =
          switch (next.target()) {
            case NAMED_LEADER -> leader;
            case BEST_KNOWN -> null;
            case ANOTHER -> anotherReplica();
          };
      nextMicros = lab.nowMicros() + next.afterMicros();
    }

    private boolean shouldTryAnother() {
      return lab.nowMicros() >= nextMicros || !lab.requests().isReachable(target());
    }

    private @Nullable Id chooseReplica() {
      Id known = lab.leader().orElse(null);
      if (known != null && lab.requests().isReachable(known)) {
        return known;
      }
      return lab.requests().isReachable(leader) ? leader : lab.requests().anyReachable(random);
    }

    /** A replica other than the one that timed out: the leader, if there is a new one. */
    private @Nullable Id anotherReplica() {
      Id known = lab.leader().orElse(null);
      if (known != null && !known.equals(to) && lab.requests().isReachable(known)) {
        return known;
      }
      var others = lab.ready().stream().filter(replica -> !replica.equals(to)).toList();
      return others.isEmpty() ? null : others.get(random.nextInt(others.size()));
    }
  }
}
