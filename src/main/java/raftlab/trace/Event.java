package raftlab.trace;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import raftlab.node.StateChange;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/**
 * One thing that happened in a run. All that judges and reports know of a run is a list of these.
 *
 * <p>Times are microseconds since the first replica was started; the scenario's own clock begins at
 * {@link Began}.
 */
public sealed interface Event {
  /** When it happened. */
  long atMicros();

  /** A replica was started; one that the header doesn't name has joined later. */
  record Started(long atMicros, Id replica) implements Event {}

  /** A replica said its first word: it can be reached now. */
  record Ready(long atMicros, Id replica) implements Event {}

  /** All replicas can be reached; the scenario's time counts from here. */
  record Began(long atMicros) implements Event {}

  /** A replica wasn't heard of within the bound for starting, and was given up. */
  record NeverReady(long atMicros, Id replica, long boundMillis) implements Event {}

  /** A replica was killed by the kit. */
  record Crashed(long atMicros, Id replica) implements Event {}

  /**
   * A replica ended without being killed.
   *
   * @param exitCode what it returned; 128 + n if signal n ended it
   * @param lastWords the last lines that it wrote to stderr, oldest first
   */
  record Exited(long atMicros, Id replica, int exitCode, List<String> lastWords) implements Event {
    /** Takes a copy of the list. */
    public Exited {
      lastWords = List.copyOf(lastWords);
    }
  }

  /** A replica was stopped, as if its machine stood still: it neither hears nor acts. */
  record Paused(long atMicros, Id replica) implements Event {}

  /** A replica that was stopped goes on: what came for it meanwhile is waiting. */
  record Resumed(long atMicros, Id replica) implements Event {}

  /** A line that a replica printed; {@code error} if to stderr. */
  record Printed(long atMicros, Id replica, boolean error, String line) implements Event {}

  /** A replica reported a change of its own state. */
  record Reported(long atMicros, Id replica, StateChange change) implements Event {}

  /**
   * A message entered the emulated network.
   *
   * @param number counts the messages of a run from 1; a broadcast is one message a receiver
   * @param from who really sent it, whatever its {@code src} says
   * @param to whom this copy is for (the {@code dst} of the message may be the broadcast address)
   */
  record Sent(long atMicros, long number, Id from, Id to, Message message) implements Event {}

  /** The message of this number was handed to its receiver; once more for each copy of it. */
  record Delivered(long atMicros, long number) implements Event {}

  /**
   * The message of this number will be handed over so much later than usual. Told when it is sent;
   * after {@link Duplicated}, of the copy.
   */
  record Delayed(long atMicros, long number, long delayMicros) implements Event {}

  /**
   * The network doubled the message of this number: a copy of it is delivered, or dropped, for
   * itself.
   */
  record Duplicated(long atMicros, long number) implements Event {}

  /**
   * The network changed a byte of the message of this number; {@code quote} is what became of it.
   */
  record Corrupted(long atMicros, long number, String quote) implements Event {}

  /** The message of this number was lost, or a copy of it. */
  record Dropped(long atMicros, long number, Reason why) implements Event {}

  /** Why a message was lost. */
  enum Reason {
    /** The network lost it, by chance. */
    LOSS,
    /** The run's plan lost this very message. */
    PLANNED,
    /** More messages waited for the link than it sends in a second. */
    QUEUE_FULL,
    /** The network changed it, and whoever got it saw that it was none. */
    CORRUPTED,
    /** A partition stands between sender and receiver. */
    PARTITION,
    /** The receiver is dead, or not there yet. */
    NOBODY_THERE,
    /** It has more bytes than a datagram holds. */
    TOO_LARGE
  }

  /**
   * A replica sent what breaks the contract.
   *
   * @param complaint what is wrong with it
   * @param quote the beginning of the datagram, made printable
   */
  record Malformed(long atMicros, Id replica, String complaint, String quote) implements Event {}

  /**
   * Something came from a replica, or in its name, that is no message and is passed over. Told for
   * the first of a kind, the 10th, the 100th, and so on.
   *
   * @param what one such thing, with the first as an example
   * @param count how many of them there were so far
   */
  record PassedOver(long atMicros, Id replica, String what, long count) implements Event {
    /** Whether an event tells of this count. */
    public static boolean isTold(long count) {
      long rest = count;
      while (rest > 0 && rest % 10 == 0) {
        rest /= 10;
      }
      return rest == 1;
    }

    /** All of them in words: that is as many as these, or more. */
    public String words() {
      String often =
          count == 1 ? "" : ", " + String.format(Locale.ROOT, "%,d", count) + " times or more";
      return "passed over from replica " + replica + often + ": " + PrintableText.of(what, 300);
    }
  }

  /**
   * The system dropped datagrams without a word, since the socket that they were for was full. Told
   * up to a quarter of a second later; which ones they were is unknown, and they were {@link
   * Delivered} by all that the kit can see.
   *
   * @param byReplica how many that were for the replica, in this life so far: it reads too slowly
   * @param byKit how many that were from the replica
   */
  record Overflowed(long atMicros, Id replica, long byReplica, long byKit) implements Event {
    /** Both together. */
    public long count() {
      return byReplica + byKit;
    }

    /** Both in words. */
    public String words() {
      return String.format(
          Locale.ROOT,
          "the system dropped %,d datagrams for replica %s and %,d from it so far, since sockets were"
              + " full: whoever reads them was too slow, was stopped, or had to wait for a processor",
          byReplica,
          replica,
          byKit);
    }
  }

  /**
   * A client asked for something, or the operator did. A retry is a request of its own.
   *
   * @param type get, put or another; see {@link #isAdministration}
   * @param key what it is about: a key; the replica's ID, if the operator asked, or null for any
   * @param value what is put or appended; null for a get, and if the operator asked
   * @param expect what a cas expects to find; null for any other type
   * @param operation counts what clients want from 1; a retry is of the same operation
   * @param seq its number in the client's session, from 1: however often it is sent, it must take
   *     effect once at most; 0 without sessions: each retry may take effect
   * @param retry whether it repeats an earlier request of the same operation
   */
  record Requested(
      long atMicros,
      Id client,
      String mid,
      String type,
      String key,
      String value,
      String expect,
      Id replica,
      long operation,
      long seq,
      boolean retry)
      implements Event {
    /** The first request of an operation, of a client without a session. */
    public static Requested first(
        long atMicros,
        Id client,
        String mid,
        String type,
        String key,
        String value,
        Id replica,
        long operation) {
      return new Requested(
          atMicros, client, mid, type, key, value, null, replica, operation, 0, false);
    }

    /** Whether this type is about the cluster itself: no client asks for it. */
    public static boolean isAdministration(String type) {
      return type.equals(Message.ADD)
          || type.equals(Message.REMOVE)
          || type.equals(Message.TRANSFER);
    }

    /** Whether the operator asked: it doesn't count as a client's request. */
    public boolean isAdministration() {
      return isAdministration(type);
    }
  }

  /** A client started a put instead of a get, since it had nothing to read yet. */
  record GetNotGenerated(long atMicros, Id client) implements Event {}

  /**
   * A client, or the operator, got an answer to a request that it had made.
   *
   * @param type ok, fail or redirect; mismatch for a cas
   * @param value what was read; null if the answer carries none
   * @param leader whom the answer names as the leader
   * @param again whether the request had been answered before
   */
  record Answered(
      long atMicros,
      Id client,
      String mid,
      String type,
      String value,
      Id replica,
      Id leader,
      boolean again)
      implements Event {}

  /**
   * Messages name another leader than before ({@link Id#BROADCAST}: the one known is dead or cut
   * off).
   */
  record LeaderKnown(long atMicros, Id leader) implements Event {}

  /**
   * A planned fault was played. What it did to links and machines is recorded as an {@link Effect},
   * to processes as {@link Started}, {@link Crashed}, {@link Paused} or {@link Resumed}: judges
   * read those, never the texts of this.
   *
   * @param what its name, such as {@code kill_leader}
   * @param how what exactly was done, in words, with the replicas' IDs; for people only
   * @param action the same as an event of a scenario file, in JSON, with replicas by their IDs: for
   *     playing it again only; "" if this only tells what came of an action
   */
  record Fault(long atMicros, String what, String how, String action) implements Event {
    /** One that can't be written as an event of a scenario file. */
    public Fault(long atMicros, String what, String how) {
      this(atMicros, what, how, "");
    }

    /** Whether something was done now; else this only tells what came of an action before. */
    public boolean isAction() {
      return !action.isEmpty();
    }
  }

  /** The links of the network or the machine of a replica are different from now on. */
  record Effect(long atMicros, FaultEffect effect) implements Event {
    /** Checks that there is one. */
    public Effect {
      Objects.requireNonNull(effect, "\"effect\" is missing");
    }
  }

  /**
   * A planned fault had to wait, or couldn't be played at all ({@code forGood}); {@code why} in
   * words.
   */
  record FaultHeld(long atMicros, String what, String why, boolean forGood) implements Event {}

  /**
   * A step of the scenario began, ended as it should, or failed.
   *
   * @param number its place among the scenario's steps: {@code 3}, or {@code 5.2} for the second
   *     step in the fifth
   * @param round which time a repeated step is played, from 1
   * @param text what it does, in words; for a step that failed, why
   */
  record Step(long atMicros, String number, int round, Phase phase, String text) implements Event {}

  /** How far a step is. */
  enum Phase {
    /** It has begun. */
    BEGAN,
    /** It is done. */
    DONE,
    /** It can't be done any more: what it waits for has not come in its time. */
    FAILED,
    /** The same of a step that only prepares what the scenario is about. */
    BLOCKED
  }

  /**
   * The harness was late: it acted {@code lateMicros} after it had wanted to, so that what happened
   * then says little about the replicas. Only delays worth mentioning are recorded.
   */
  record HarnessLate(long atMicros, long lateMicros) implements Event {}

  /**
   * How much the processors of this machine were used since the last look, and by what. All
   * percentages of use are of one processor: two that are busy all the time are 200.
   *
   * @param micros how long that time was
   * @param processors how many the kit may use
   * @param waiting in which part of the time something was waiting for a processor, 0 to 100; -1 if
   *     the system doesn't count that
   * @param all what everything on this machine used
   * @param kit what the kit itself used, for all its runs
   * @param runnable how many threads ran or waited for a processor at the end of it
   * @param replicas the replicas of this run
   * @param used what each of them used, with all processes that it has started, in the same order
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
    /** Takes copies of the lists. */
    public ProcessorUse {
      replicas = List.copyOf(replicas);
      used = List.copyOf(used);
    }

    /** What all replicas of this run used together. */
    public int own() {
      return used.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * Something on this machine was waiting for a processor in a great part of the time since the
   * last look, so that replicas may have been kept from acting in time. Only in older traces, which
   * don't tell what used the processors.
   *
   * @param micros how long that time was
   * @param percent the part of it, 0 to 100
   */
  record MachineBusy(long atMicros, long micros, int percent) implements Event {}

  /** The run is over. Always the last event. */
  record Ended(long atMicros, End why) implements Event {}

  /** Why a run ended. */
  enum End {
    /** Its time was over. */
    COMPLETE,
    /** More messages than the scenario allows. */
    PACKET_STORM,
    /** A replica ended, or never spoke, before the scenario's time began. */
    NOT_STARTED,
    /** A replica ended by itself: the run can only fail. */
    REPLICA_DIED,
    /** Somebody stopped it. */
    INTERRUPTED
  }
}
