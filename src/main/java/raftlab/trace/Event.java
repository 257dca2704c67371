package raftlab.trace;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/**
 * One event of a run, such as a message sent or a replica crashed. Judges and reports read only
 * these events.
 *
 * <p>Times are microseconds since the first replica was started. The scenario's time begins at
 * {@link Began}.
 */
public sealed interface Event {
  /** Returns when the event happened, in microseconds since the first replica was started. */
  long atMicros();

  /** A replica was started. A replica that the header doesn't list joined later. */
  record Started(long atMicros, Id replica) implements Event {}

  /** A replica sent its first message, so it can receive messages from now on. */
  record Ready(long atMicros, Id replica) implements Event {}

  /** All replicas can receive messages. The scenario's time starts here. */
  record Began(long atMicros) implements Event {}

  /** A replica sent no message within the time for starting; the kit gave it up. */
  record NeverReady(long atMicros, Id replica, long boundMillis) implements Event {}

  /** The kit killed a replica. */
  record Crashed(long atMicros, Id replica) implements Event {}

  /**
   * A replica exited without being killed by the kit.
   *
   * @param exitCode its exit code; 128 + n if signal n ended it
   * @param lastWords the last lines that it wrote to stderr, oldest first
   */
  record Exited(long atMicros, Id replica, int exitCode, List<String> lastWords) implements Event {
    /** Copies the list. */
    public Exited {
      lastWords = List.copyOf(lastWords);
    }
  }

  /** A replica was paused (SIGSTOP): it neither receives nor sends nor fires timers. */
  record Paused(long atMicros, Id replica) implements Event {}

  /** A paused replica continues. Messages that arrived in the meantime wait for it. */
  record Resumed(long atMicros, Id replica) implements Event {}

  /** A replica printed a line; {@code error} if to stderr. */
  record Printed(long atMicros, Id replica, boolean error, String line) implements Event {}

  /** A replica reported a note of its author. No check reads it. */
  record Noted(long atMicros, Id replica, String text) implements Event {}

  /** A replica reported a change of its state. */
  record Reported(long atMicros, Id replica, StateChange change) implements Event {}

  /**
   * A message entered the emulated network.
   *
   * @param number counts the messages of a run from 1; a broadcast is one message for each receiver
   * @param from the replica or client that really sent it; its {@code src} may differ
   * @param to the receiver of this copy (the {@code dst} of the message may be the broadcast
   *     address)
   */
  record Sent(long atMicros, long number, Id from, Id to, Message message) implements Event {}

  /** A message was delivered to its receiver; recorded once for each copy. */
  record Delivered(long atMicros, long number) implements Event {}

  /**
   * A message is delivered later than usual, by this delay. Recorded when the message is sent;
   * after {@link Duplicated} it is the delay of the copy.
   */
  record Delayed(long atMicros, long number, long delayMicros) implements Event {}

  /** The network duplicated a message. The copy is delivered or dropped separately. */
  record Duplicated(long atMicros, long number) implements Event {}

  /** The network changed a byte of a message; {@code quote} is the changed message. */
  record Corrupted(long atMicros, long number, String quote) implements Event {}

  /** A message, or a copy of it, was dropped. */
  record Dropped(long atMicros, long number, DropReason why) implements Event {}

  /** Why a message was dropped. */
  enum DropReason {
    /** The network dropped it at random. */
    LOSS,
    /** The scenario says that this message is dropped. */
    PLANNED,
    /** More messages waited for the link than it sends in a second. */
    QUEUE_FULL,
    /** The network corrupted it, and its receiver couldn't parse it. */
    CORRUPTED,
    /** A partition separates sender and receiver. */
    PARTITION,
    /** The receiver is down or not started yet. */
    NOBODY_THERE,
    /** It has more bytes than a datagram holds. */
    TOO_LARGE
  }

  /**
   * A replica sent a datagram that violates the contract.
   *
   * @param complaint the violation, in words
   * @param quote the beginning of the datagram, made printable
   */
  record Malformed(long atMicros, Id replica, String complaint, String quote) implements Event {}

  /**
   * The kit ignored a datagram from a replica, or in its name, that is not a valid message.
   * Recorded for the first of a kind, the 10th, the 100th, and so on.
   *
   * @param what the kind, with the first datagram as an example
   * @param count how many there were so far
   */
  record PassedOver(long atMicros, Id replica, String what, long count) implements Event {
    /** Whether this count is recorded: 1 or a power of ten. */
    public static boolean isReported(long count) {
      long rest = count;
      while (rest > 0 && rest % 10 == 0) {
        rest /= 10;
      }
      return rest == 1;
    }

    /** Describes all of them; the number is a lower bound. */
    public String description() {
      String often =
          count == 1 ? "" : ", " + String.format(Locale.ROOT, "%,d", count) + " times or more";
      return "passed over from replica " + replica + often + ": " + PrintableText.of(what, 300);
    }
  }

  /**
   * The system dropped datagrams because a socket's buffer was full. Recorded up to a quarter of a
   * second later. The kit can't see which ones were dropped; the trace has them as {@link
   * Delivered}.
   *
   * @param byReplica dropped datagrams for the replica since it was last started; it reads too
   *     slowly
   * @param byKit dropped datagrams from the replica
   */
  record Overflowed(long atMicros, Id replica, long byReplica, long byKit) implements Event {
    /** Returns the sum of both. */
    public long total() {
      return byReplica + byKit;
    }

    /** Describes both in words. */
    public String description() {
      return String.format(
          Locale.ROOT,
          "the system dropped %,d datagrams for replica %s and %,d from it so far, since sockets were",
          byReplica,
          replica,
          byKit);
    }
  }

  /**
   * A client or the operator sent a request. A retry is a request too.
   *
   * @param type get, put or another; see {@link #isAdministration}
   * @param key the key; for a request of the operator the replica's ID, or null for any
   * @param value the value that is put or appended; null for a get and for the operator
   * @param expect the value that a cas expects; null for any other type
   * @param operation counts the clients' operations from 1; a retry belongs to the same operation
   * @param seq its number in the client's session, from 1: it must take effect at most once,
   *     however often it is sent (§8); 0 without sessions: each retry may take effect
   * @param retry whether it repeats an earlier request of the same operation
   */
  record Requested(
      long atMicros,
      Id client,
      String mid,
      String type,
      @Nullable String key,
      @Nullable String value,
      @Nullable String expect,
      Id replica,
      long operation,
      long seq,
      boolean retry)
      implements Event {
    /** The first request of an operation, by a client without a session. */
    public static Requested first(
        long atMicros,
        Id client,
        String mid,
        String type,
        @Nullable String key,
        @Nullable String value,
        Id replica,
        long operation) {
      return new Requested(
          atMicros, client, mid, type, key, value, null, replica, operation, 0, false);
    }

    /** Whether this type changes the cluster itself; clients never send it. */
    public static boolean isAdministration(String type) {
      return type.equals(Message.ADD)
          || type.equals(Message.REMOVE)
          || type.equals(Message.TRANSFER);
    }

    /** Whether the operator sent it; it doesn't count as a client's request. */
    public boolean isAdministration() {
      return isAdministration(type);
    }
  }

  /** A client sent a put instead of a get because it had written no key yet. */
  record GetNotGenerated(long atMicros, Id client) implements Event {}

  /**
   * A client or the operator received the answer to a request.
   *
   * @param type ok, fail or redirect; mismatch for a cas
   * @param value the value that was read; null if the answer carries none
   * @param leader the leader that the answer names
   * @param again whether the request had been answered before
   */
  record Answered(
      long atMicros,
      Id client,
      String mid,
      String type,
      @Nullable String value,
      Id replica,
      Id leader,
      boolean again)
      implements Event {}

  /**
   * The kit sees another leader, named in messages; {@link Id#BROADCAST} if the last one crashed or
   * is partitioned.
   */
  record LeaderKnown(long atMicros, Id leader) implements Event {}

  /**
   * A planned fault was executed. Its effect on links and machines is recorded as an {@link
   * Effect}, its effect on processes as {@link Started}, {@link Crashed}, {@link Paused} or {@link
   * Resumed}. Judges read those events and never the texts of this one.
   *
   * @param what the name of the action, such as {@code kill_leader}
   * @param how a description with the replicas' IDs; for people only
   * @param action the fault as a JSON event of a scenario file with the replicas' IDs, used only to
   *     replay it; "" if this event only describes the outcome of an earlier action
   */
  record Fault(long atMicros, String what, String how, String action) implements Event {
    /** Creates a fault that can't be written as an event of a scenario file. */
    public Fault(long atMicros, String what, String how) {
      this(atMicros, what, how, "");
    }

    /** Whether a fault was executed now; else this describes the outcome of an earlier action. */
    public boolean isAction() {
      return !action.isEmpty();
    }
  }

  /** A fault changed the links of the network or the machine of a replica. */
  record Effect(long atMicros, FaultEffect effect) implements Event {
    /** Checks that there is an effect. */
    public Effect {
      Objects.requireNonNull(effect, "\"effect\" is missing");
    }
  }

  /**
   * A planned fault has to wait, or was not executed at all ({@code forGood}), for the reason
   * {@code why}, which is for people only.
   */
  record FaultHeld(long atMicros, String what, String why, boolean forGood) implements Event {}

  /**
   * A step of the scenario began, was done, or failed.
   *
   * @param number its place among the scenario's steps: {@code 3}, or {@code 5.2} for the second
   *     step in the fifth
   * @param round the round of a repeated step, from 1
   * @param task what it does or waits for
   * @param isLifetimeOver whether it failed because the lifetime of the scenario ended
   * @param unmet for a failed step, the condition that did not hold; null for any other step, and
   *     if the lifetime ended while it waited for no condition
   * @param text describes the step; for people only
   */
  record Step(
      long atMicros,
      String number,
      int round,
      StepPhase phase,
      StepTask task,
      boolean isLifetimeOver,
      @Nullable UnmetCondition unmet,
      String text)
      implements Event {
    /** Checks that the task is there, and that a failed step has a reason. */
    public Step {
      Objects.requireNonNull(task, "\"task\" is missing");
      if (hasFailed(phase) && !isLifetimeOver) {
        Objects.requireNonNull(unmet, "\"unmet\" is missing");
      }
    }

    /** Whether it failed, or failed as a preparation. */
    public boolean hasFailed() {
      return hasFailed(phase);
    }

    private static boolean hasFailed(StepPhase phase) {
      return phase == StepPhase.FAILED || phase == StepPhase.BLOCKED;
    }

    /** Describes why it failed; "" if it did not. */
    public String failureText() {
      String missing = unmet == null ? "" : unmet.description();
      if (!isLifetimeOver) {
        return missing;
      }
      return "the lifetime ended" + (missing.isEmpty() ? "" : "; " + missing);
    }

    /** Describes the step and, if it failed, why. */
    public String description() {
      return hasFailed() ? text + ": " + failureText() : text;
    }
  }

  /** The state of a step. */
  enum StepPhase {
    /** The step began. */
    BEGAN,
    /** The step is done. */
    DONE,
    /** The step failed: its condition didn't hold in time. */
    FAILED,
    /** It failed, but only prepares what the scenario tests. */
    BLOCKED
  }

  /**
   * The kit acted {@code lateMicros} later than planned, so what happened then says little about
   * the replicas. Short delays are not recorded.
   */
  record HarnessLate(long atMicros, long lateMicros) implements Event {}

  /**
   * Processor use of this machine since the last sample. All percentages of use are of one
   * processor: two busy processors are 200.
   *
   * @param micros the length of the sample
   * @param processors how many processors the kit may use
   * @param waiting the part of the time in which a thread waited for a processor, 0 to 100; -1 if
   *     the system doesn't count that
   * @param all the use of all processes on this machine
   * @param kit the use of the kit itself, for all its runs
   * @param runnable how many threads ran or waited for a processor at the end of the sample
   * @param replicas the replicas of this run
   * @param used the use of each replica and of all processes that it started, in the same order
   */
  record ProcessorUse(
      long atMicros,
      long micros,
      int processors,
      int waiting,
      int all,
      int kit,
      int runnable,
      List<Id> replicas,
      List<Integer> used)
      implements Event {
    /** Copies the lists. */
    public ProcessorUse {
      replicas = List.copyOf(replicas);
      used = List.copyOf(used);
    }

    /** Returns the use of all replicas of this run together. */
    public int usedByReplicas() {
      return used.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * Threads waited for a processor in a large part of the time since the last sample, so replicas
   * may have acted late. Only older traces have it; they don't record which process used the
   * processors.
   *
   * @param micros the length of the sample
   * @param percent the part of the time, 0 to 100
   */
  record MachineBusy(long atMicros, long micros, int percent) implements Event {}

  /** The run ended. Always the last event. */
  record Ended(long atMicros, EndReason why) implements Event {}

  /** Why a run ended. */
  enum EndReason {
    /** The time limit was reached. */
    COMPLETE,
    /** More messages were sent than the scenario allows. */
    PACKET_STORM,
    /** A replica exited, or sent no message, before the scenario's time began. */
    NOT_STARTED,
    /** A replica exited; the run fails. */
    REPLICA_DIED,
    /** The user interrupted it. */
    INTERRUPTED
  }
}
