package raftlab.run.lab;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import raftlab.network.SeededGenerators;
import raftlab.trace.TraceHeader;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;
import raftlab.workload.RetryPolicy;

/**
 * Asks the cluster to add a replica, to remove one, or to transfer leadership (§6). It asks the
 * known leader, follows redirects, and retries after a fail, a timeout or a crash of the replica
 * that it asked, until the answer is ok or its time is over. A change that is asked for once has
 * one request, and ends with the answer to it.
 */
public final class ClusterOperator {
  /** The default time for a change, in microseconds. */
  public static final long TIMEOUT_MICROS = 10_000_000;

  /** The field with the replica that is to be added, removed or promoted. */
  static final String REPLICA_FIELD = "replica";

  /** After a timeout it may ask the same replica: the answer only comes when the change is done. */
  private static final RetryPolicy POLICY = RetryPolicy.pausing(RetryPolicy.Target.BEST_KNOWN);

  /**
   * The result of a change.
   *
   * @param done whether the answer was ok in time
   * @param micros how long it took or was tried, in microseconds
   * @param leader the leader that the ok names; empty if it names none or there was no ok
   * @param requests how many requests were sent for it
   * @param failureReason why it wasn't done, in words; "" if it was
   */
  public record ChangeResult(
      boolean done, long micros, Optional<Id> leader, int requests, String failureReason) {}

  private final Lab lab;
  private final Id id;
  private final RandomGenerator random;

  /** The open changes by the message IDs of their requests. */
  private final Map<String, OperatorRequest> requestsByMid = new HashMap<>();

  private final List<OperatorRequest> underWay = new ArrayList<>();
  private long requests;

  ClusterOperator(Lab lab) {
    TraceHeader header = lab.trace().header();
    this.lab = lab;
    // The ID after the clients'.
    this.id = Id.of(header.clients().get(header.clients().size() - 1).value() + 1);
    this.random = SeededGenerators.generator(header.seed(), "operator", 0);
  }

  /** Returns the {@code src} of its requests. */
  Id id() {
    return id;
  }

  /** Asks for a change now, for at most {@link #TIMEOUT_MICROS}; see the other method. */
  public OperatorRequest ask(String type, @Nullable Id about, Consumer<ChangeResult> onDone) {
    return ask(type, about, TIMEOUT_MICROS, onDone);
  }

  /**
   * Asks for a change now, until it is done or its time is over.
   *
   * @param type {@link Message#ADD}, {@link Message#REMOVE} or {@link Message#TRANSFER}
   * @param about the replica concerned; null to let the leader choose its successor
   * @param boundMicros the time for the change, in microseconds
   * @param onDone is called once, when the change is done or given up
   */
  public OperatorRequest ask(
      String type, @Nullable Id about, long boundMicros, Consumer<ChangeResult> onDone) {
    return begin(type, about, boundMicros, false, onDone);
  }

  /**
   * Asks for a change with one request, which is not repeated. It is sent as soon as a replica is
   * up. The change ends with the answer, or when its time is over.
   *
   * @see #ask(String, Id, long, Consumer) the parameters
   */
  public OperatorRequest askOnce(
      String type, @Nullable Id about, long boundMicros, Consumer<ChangeResult> onDone) {
    return begin(type, about, boundMicros, true, onDone);
  }

  private OperatorRequest begin(
      String type,
      @Nullable Id about,
      long boundMicros,
      boolean once,
      Consumer<ChangeResult> onDone) {
    OperatorRequest change =
        new OperatorRequest(type, about, lab.nowMicros() + boundMicros, once, onDone);
    underWay.add(change);
    change.ask();
    return change;
  }

  /** Handles an answer. */
  void receive(Id from, Message answer) {
    OperatorRequest change = requestsByMid.get(answer.mid());
    if (change != null) {
      change.receive(from, answer);
    }
  }

  /** Gives up all changes that aren't done. */
  public void cancelAll() {
    List.copyOf(underWay).forEach(OperatorRequest::cancel);
  }

  /** A requested change. */
  public final class OperatorRequest {
    private final String type;
    private final @Nullable Id about;
    private final Consumer<ChangeResult> onEnd;
    private final long fromMicros = lab.nowMicros();
    private final long untilMicros;
    private final boolean once;
    private String failureReason = "no replica was up";
    private final RetryPolicy.Attempts attempts = POLICY.begin();
    private boolean ended;

    /** The replica that it asked last; null while no request is open. */
    private @Nullable Id to;

    private @Nullable String mid;
    private long operation;

    /** How many requests it has sent. */
    private int sent;

    private long askedMicros;

    /** The target of a redirect; null for its own choice. */
    private @Nullable Id redirectTarget;

    private OperatorRequest(
        String type,
        @Nullable Id about,
        long untilMicros,
        boolean once,
        Consumer<ChangeResult> onEnd) {
      this.type = type;
      this.once = once;
      this.about = about;
      this.untilMicros = untilMicros;
      this.onEnd = onEnd;
    }

    /** Gives the change up if it is still open; the cluster may still do it. */
    public void cancel() {
      if (!ended) {
        end(
            new ChangeResult(
                false, lab.nowMicros() - fromMicros, Optional.empty(), sent, failureReason));
      }
    }

    private void end(ChangeResult report) {
      ended = true;
      underWay.remove(this);
      requestsByMid.values().removeIf(change -> change == this);
      onEnd.accept(report);
    }

    private void ask() {
      to = redirectTarget != null ? redirectTarget : chooseReplica();
      redirectTarget = null;
      if (to != null) {
        JsonObject fields = new JsonObject();
        if (about != null) {
          fields.addProperty(REPLICA_FIELD, about.toString());
        }
        boolean again = sent++ > 0;
        mid = String.format(Locale.ROOT, "operator-%06d", ++requests);
        askedMicros = lab.nowMicros();
        failureReason = "replica " + to + " did not answer";
        requestsByMid.put(mid, this);
        Id leader = lab.leader().orElse(Id.BROADCAST);
        Message request = Message.of(id, to, leader, type, mid, fields);
        if (again) {
          lab.requests().sendAgain(request, operation);
        } else {
          operation = lab.requests().send(request);
        }
      }
      scheduleCheck();
    }

    private @Nullable Id chooseReplica() {
      Id leader = lab.leader().orElse(null);
      return leader != null && lab.requests().isReachable(leader)
          ? leader
          : lab.requests().anyReachable(random);
    }

    private void scheduleCheck() {
      String before = mid;
      lab.scheduleAt(
          lab.nowMicros() + RetryPolicy.PAUSE_MICROS,
          () -> {
            // A request that was sent in the meantime has its own timeout.
            if (!ended && (mid == null || mid.equals(before))) {
              check();
            }
          });
    }

    private void check() {
      long now = lab.nowMicros();
      if (now >= untilMicros) {
        cancel();
      } else if (once && sent > 0) {
        scheduleCheck(); // until its time is over
      } else if (to == null
          || !lab.requests().isReachable(to)
          || now - askedMicros >= RetryPolicy.SILENCE_MICROS) {
        if (to != null) {
          attempts.after(RetryPolicy.Outcome.SILENT);
        }
        ask();
      } else {
        scheduleCheck();
      }
    }

    private void receive(Id from, Message answer) {
      Id leader = answer.leader();
      boolean reachable = lab.requests().isReachable(leader);
      RetryPolicy.Outcome outcome = RetryPolicy.Outcome.of(answer.type(), leader, from, reachable);
      if (outcome == RetryPolicy.Outcome.SETTLED) {
        handleDone(answer);
      } else if (mid != null && mid.equals(answer.mid()) && to != null) {
        to = null;
        failureReason = "replica " + from + " answered " + inWords(answer);
        if (once) {
          cancel();
          return;
        }
        RetryPolicy.Next after = attempts.after(outcome);
        redirectTarget = after.target() == RetryPolicy.Target.NAMED_LEADER ? leader : null;
        if (after.isAtOnce()) {
          ask();
        } // else the next attempt comes after the pause
      }
    }

    private static String inWords(Message answer) {
      if (answer.type().equals(Message.FAIL)) {
        String reason = answer.textOrNull("reason");
        return "fail" + (reason == null ? "" : ": " + PrintableText.of(reason, 200));
      }
      return "redirect" + (answer.leader().isBroadcast() ? "" : " to " + answer.leader());
    }

    private Id replica() {
      return Objects.requireNonNull(about, "a change of members names a replica");
    }

    private void handleDone(Message answer) {
      if (type.equals(Message.ADD)) {
        lab.membershipStatus(replica(), MembershipStatus.MEMBER);
      } else if (type.equals(Message.REMOVE)) {
        lab.membershipStatus(replica(), MembershipStatus.REMOVED);
      }
      Optional<Id> leader = Optional.of(answer.leader()).filter(id -> !id.isBroadcast());
      end(new ChangeResult(true, lab.nowMicros() - fromMicros, leader, sent, ""));
    }
  }
}
