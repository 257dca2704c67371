package raftlab.judge.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import raftlab.judge.check.Contradiction.Circumstance;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.trace.Trace;
import raftlab.wire.Id;

/**
 * Checks whether the replica that answered a get could not know a newer write: it was cut off from
 * a majority before another replica acknowledged the write, or that other replica was the leader
 * all the time.
 */
final class StaleReadAnalysis {
  /**
   * What the trace shows about a replica that answered a get.
   *
   * @param text the explanation, such as "replica 0000 was cut off from 3 of 4 other replicas since
   *     12.300 s"; "" if it shows nothing
   */
  record Found(Circumstance circumstance, String text) {
    static final Found NOTHING = new Found(Circumstance.UNKNOWN, "");
  }

  private final Id reader;
  private final Set<Id> others;

  /** When the link between the reader and each other replica was cut, in microseconds. */
  private final Map<Id, Long> cutSince = new HashMap<>();

  private final Map<Long, Id> underWay = new HashMap<>();
  private Id leader = Id.BROADCAST;
  private long leaderSince;
  private long beganMicros;

  private StaleReadAnalysis(Id reader, Trace trace) {
    this.reader = reader;
    this.others = new HashSet<>(trace.header().replicas());
    this.others.remove(reader);
  }

  /**
   * Looks for the circumstances of a read.
   *
   * @param read the request of the get
   * @param answer the reader's answer
   * @param newer the answer that acknowledged the newer write
   */
  static Found find(
      Trace trace, Event.Requested read, Event.Answered answer, Event.Answered newer) {
    if (newer.replica().equals(answer.replica())) {
      return Found.NOTHING;
    }
    StaleReadAnalysis reader = new StaleReadAnalysis(answer.replica(), trace);
    for (Event event : trace.events()) {
      reader.onEvent(event);
      if (event == read) {
        break;
      }
    }
    return reader.found(newer);
  }

  private void onEvent(Event event) {
    if (event instanceof Event.Began began) {
      beganMicros = began.atMicros();
    } else if (event instanceof Event.LeaderKnown known) {
      leader = known.leader();
      leaderSince = known.atMicros();
    } else if (event instanceof Event.Sent sent) {
      Id other = sent.from().equals(reader) ? sent.to() : sent.from();
      if ((sent.from().equals(reader) || sent.to().equals(reader)) && others.contains(other)) {
        underWay.put(sent.number(), other);
      }
    } else if (event instanceof Event.Delivered delivered) {
      Id other = underWay.remove(delivered.number());
      if (other != null) {
        cutSince.remove(other);
      }
    } else if (event instanceof Event.Dropped dropped) {
      Id other = underWay.remove(dropped.number());
      if (other != null && dropped.why() == DropReason.PARTITION) {
        cutSince.putIfAbsent(other, dropped.atMicros());
      }
    }
  }

  private Found found(Event.Answered newer) {
    List<Long> times =
        cutSince.values().stream().filter(time -> time < newer.atMicros()).sorted().toList();
    int connected = 1 + others.size() - times.size();
    if (2 * connected <= 1 + others.size()) {
      // From then on no majority was reachable.
      int needed = (others.size() + 1 + 1) / 2;
      long since = times.get(Math.min(times.size(), needed) - 1);
      return new Found(
          Circumstance.CUT_OFF,
          String.format(
              Locale.ROOT,
              "replica %s was cut off from %d of %d other replicas since %.3f s",
              reader,
              times.size(),
              others.size(),
              (since - beganMicros) / 1e6));
    }
    if (leader.equals(newer.replica()) && leaderSince <= newer.atMicros()) {
      return new Found(
          Circumstance.ANOTHER_LED,
          "replica "
              + reader
              + " answered from its own state, while replica "
              + leader
              + " was known to lead");
    }
    return Found.NOTHING;
  }
}
