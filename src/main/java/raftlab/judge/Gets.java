package raftlab.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Message;

/**
 * Finds gets whose value no order of events allows.
 *
 * <p>Fairer than the course's check, which demands the value that the client was last told ok for.
 * A get that runs at the same time as a put of the same key may see either value. A put that was
 * never answered, or answered with fail or redirect, may take effect once at any later time, or
 * never.
 */
final class Gets {
  /** A get that is wrong: why, in words, and the events that prove it. */
  record Wrong(String text, List<Event> evidence) {}

  private final Statistics statistics;
  private final Map<String, List<Event.Requested>> putsOfKey = new HashMap<>();

  private Gets(Statistics statistics) {
    this.statistics = statistics;
    for (Event.Requested request : statistics.requests()) {
      if (!Statistics.isGet(request)) {
        putsOfKey.computeIfAbsent(request.key(), key -> new ArrayList<>()).add(request);
      }
    }
  }

  /** All wrong gets of a run, in order. */
  static List<Wrong> wrong(Statistics statistics) {
    Gets gets = new Gets(statistics);
    List<Wrong> wrong = new ArrayList<>();
    for (Event.Requested request : statistics.requests()) {
      Event.Answered answer = statistics.answer(request.mid());
      if (Statistics.isGet(request) && answer != null && answer.type().equals(Message.OK)) {
        gets.check(request, answer, wrong);
      }
    }
    return wrong;
  }

  private void check(Event.Requested get, Event.Answered answer, List<Wrong> wrong) {
    List<Event.Requested> puts = putsOfKey.getOrDefault(get.key(), List.of());
    Event.Requested newest = newestDoneBefore(get.atMicros(), puts);
    if (newest == null && answer.value().isEmpty()) {
      return;
    }
    for (Event.Requested put : puts) {
      if (put.value().equals(answer.value())
          && put.atMicros() <= answer.atMicros()
          && !isOverwritten(put, puts, get.atMicros())) {
        return;
      }
    }
    List<Event> evidence = new ArrayList<>();
    String expected = "nothing was ever put there";
    if (newest != null) {
      evidence.add(newest);
      evidence.add(statistics.answer(newest.mid()));
      expected = "\"" + newest.value() + "\" had been put and acknowledged before the get was sent";
    }
    evidence.add(get);
    evidence.add(answer);
    wrong.add(
        new Wrong(
            "replica "
                + answer.replica()
                + " answered a get of "
                + get.key()
                + " with \""
                + answer.value()
                + "\", but "
                + expected,
            evidence));
  }

  /**
   * The put that was acknowledged last of those acknowledged before this moment; null if none was.
   */
  private Event.Requested newestDoneBefore(long micros, List<Event.Requested> puts) {
    Event.Requested newest = null;
    for (Event.Requested put : puts) {
      long done = doneMicros(put);
      if (done <= micros && (newest == null || done > doneMicros(newest))) {
        newest = put;
      }
    }
    return newest;
  }

  /** When it was acknowledged; never, if it was not: it may take effect at any later time. */
  private long doneMicros(Event.Requested put) {
    Event.Answered answer = statistics.answer(put.mid());
    return answer != null && answer.type().equals(Message.OK) ? answer.atMicros() : Long.MAX_VALUE;
  }

  /**
   * Whether another put began after this one was acknowledged, and was acknowledged before that
   * moment.
   */
  private boolean isOverwritten(Event.Requested put, List<Event.Requested> puts, long byMicros) {
    long done = doneMicros(put);
    for (Event.Requested other : puts) {
      if (other.atMicros() >= done && doneMicros(other) <= byMicros) {
        return true;
      }
    }
    return false;
  }
}
