package raftlab.explain.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.RaftMessageView;
import raftlab.dialect.RaftMessageView.Append;
import raftlab.dialect.RaftMessageView.AppendReply;
import raftlab.explain.view.InFlightMessage;
import raftlab.explain.view.PendingRequest;
import raftlab.explain.view.ReplicaView;
import raftlab.judge.invariant.Evidence;
import raftlab.judge.invariant.KnownMistake;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * A leader that reports nothing answers requests after it has received a message of a later term
 * (§5.3, §8): the requests were pending, and their entries are replaced. What its gets return tells
 * which mistake it made:
 *
 * <ul>
 *   <li>a value that was itself pending: the replica applied its own entries. If the later leader's
 *       message holds these indexes, it kept them in spite of it; else it committed entries that
 *       the message did not verify.
 *   <li>a value that another replica accepted since: it answers the requests of its own entries
 *       when the later leader's entries at these indexes are applied.
 *   <li>an older value: it answers all that is pending when it steps down.
 * </ul>
 */
final class DeposedAnswerDetector implements Detector {
  /** A request that waited for longer was pending, and not just being answered. */
  private static final long PENDING_MICROS = 50_000;

  private record Written(@Nullable String key, @Nullable String value) {}

  private record Answer(PendingRequest request, Event.Sent sent) {}

  /** A leader that received a message of a later term, and what it answered since. */
  private static final class Deposed {
    private final Event.Delivered by;
    private final long term;
    private final ReplicaView replica;
    private final long lastIndex;
    private final List<Answer> answers = new ArrayList<>();
    private long matchIndex = RaftMessageView.UNKNOWN;
    private long end = RaftMessageView.UNKNOWN;

    Deposed(ReplicaView replica, long term, Event.Delivered by) {
      this.replica = replica;
      this.term = term;
      this.by = by;
      lastIndex = replica.log().lastIndex();
    }

    /** Whether the later leader's messages say what its entries are at these indexes. */
    boolean isReplaced() {
      long verified = matchIndex == RaftMessageView.UNKNOWN ? end : matchIndex;
      return verified >= lastIndex;
    }
  }

  private final Suspicions suspicions;
  private final Map<Written, Event.Requested> writes = new HashMap<>();
  private final Map<Id, Deposed> latest = new HashMap<>();
  private final List<Deposed> all = new ArrayList<>();

  DeposedAnswerDetector(Suspicions suspicions) {
    this.suspicions = suspicions;
  }

  @Override
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (to.isDeposed() && event.equals(to.deposedBy())) {
      Deposed deposed = new Deposed(to, message.content().term(), event);
      latest.put(to.id(), deposed);
      all.add(deposed);
    }
    Deposed deposed = latest.get(to.id());
    if (deposed != null
        && deposed.answers.isEmpty()
        && message.content() instanceof Append append
        && append.term() >= deposed.term) {
      deposed.end = Math.max(deposed.end, append.end());
    }
  }

  @Override
  public void asked(ReplicaView replica, PendingRequest request, Event.Delivered event) {
    Event.Requested asked = request.request();
    if (asked.type().equals(Message.PUT)) {
      writes.putIfAbsent(new Written(asked.key(), asked.value()), asked);
    }
  }

  @Override
  public void reported(ReplicaView replica, StateChange change, Event.Reported event) {
    if (change instanceof RoleChanged now && now.role() == Role.LEADER) {
      latest.remove(replica.id());
    }
  }

  @Override
  public void started(ReplicaView replica, boolean isRestart, Event.Started event) {
    latest.remove(replica.id());
  }

  @Override
  public void sent(ReplicaView from, InFlightMessage message) {
    Deposed deposed = latest.get(from.id());
    if (deposed != null
        && deposed.matchIndex == RaftMessageView.UNKNOWN
        && message.content() instanceof AppendReply reply
        && reply.success()) {
      deposed.matchIndex = reply.matchIndex();
    }
  }

  @Override
  public void answers(ReplicaView from, PendingRequest request, Event.Sent answer) {
    Deposed deposed = latest.get(from.id());
    if (deposed != null
        && answer.message().type().equals(Message.OK)
        && request.hasArrived()
        && request.arrivedMicros() < deposed.by.atMicros()
        && answer.atMicros() - request.arrivedMicros() > PENDING_MICROS) {
      deposed.answers.add(new Answer(request, answer));
    }
  }

  @Override
  public void ended() {
    for (Deposed each : all) {
      for (Answer answer : each.answers) {
        KnownMistake mistake = mistake(each, answer);
        if (mistake != null) {
          suspicions.likely(
              mistake,
              answer.sent.atMicros(),
              Evidence.of(answer.request.request(), each.by, answer.sent),
              "replica %s answered a %s that had been pending since it led, after it had received a"
                  + " message of the later term %d",
              each.replica.id(),
              answer.request.request().type(),
              each.term);
        }
      }
    }
  }

  /** The mistake that a get shows; null if it shows none. */
  private @Nullable KnownMistake mistake(Deposed deposed, Answer answer) {
    if (!answer.request.isRead()) {
      return null;
    }
    Event.Requested get = answer.request.request();
    String value = answer.sent.message().textOrNull("value");
    Event.Requested write = writes.get(new Written(get.key(), value));
    if (write == null || !write.replica().equals(deposed.replica.id())) {
      boolean isLater = write != null && write.atMicros() > answer.request.arrivedMicros();
      return isLater ? KnownMistake.ANSWERS_WITH_OTHER_VALUE : KnownMistake.OK_AT_LOSING_LEADERSHIP;
    }
    boolean wasPending =
        deposed.answers.stream().anyMatch(each -> each.request.request().mid().equals(write.mid()));
    if (!wasPending) {
      return KnownMistake.OK_AT_LOSING_LEADERSHIP;
    }
    return deposed.isReplaced()
        ? KnownMistake.KEEPS_CONFLICTING_ENTRIES
        : KnownMistake.COMMITS_UNVERIFIED;
  }
}
