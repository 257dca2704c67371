package raftlab.explain;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** How a leader goes on with one follower: it sends again what was lost, and answers end. */
final class Persistence implements Detector {
  /** After this time a lost message is overdue by any clock. */
  private static final long OVERDUE_MICROS = 2_500_000;

  /** So often the same is sent and rejected only by those who learn nothing from it. */
  private static final int MANY_REJECTIONS = 25;

  private static final int MANY_ANSWERS = 200;
  private static final int MANY_BACKS = 2;

  /** An answer that was delivered may take as long until it is read. */
  private static final long UNDER_WAY_MICROS = 10_000;

  private record Link(Id from, Id to) {}

  /** What a leader knows of a follower, as the messages show it. */
  private static final class State {
    private Event.Sent lost;
    private long lostEnd;
    private long lostTerm;
    private long match;
    private long matchedAt;
    private long lowerAfter = Said.UNKNOWN;
    private Event.Sent lowerReply;
    private long term = Said.UNKNOWN;
    private long rejectedPrev = Said.UNKNOWN;
    private long lastPrev = Said.UNKNOWN;
    private int rejections;
  }

  private final Scene scene;
  private final Clues clues;
  private final Map<Link, State> links = new HashMap<>();
  private final Map<Link, Integer> answersToAnswers = new HashMap<>();
  private final Map<Link, Boolean> lastWasAnswer = new HashMap<>();
  private boolean startsAtZero;
  private int backs;

  Persistence(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  private State of(Id leader, Id follower, long term) {
    State state = links.computeIfAbsent(new Link(leader, follower), link -> new State());
    if (state.term != term) {
      links.put(new Link(leader, follower), state = new State());
      state.term = term;
    }
    return state;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    Said said = letter.said();
    if (said instanceof Said.Append append) {
      append(from, append, letter);
    } else if (said instanceof Said.AppendReply reply && !reply.success()) {
      boolean toAnswer = Boolean.TRUE.equals(lastWasAnswer.get(new Link(letter.to(), from.id)));
      Link link = new Link(from.id, letter.to());
      if (!toAnswer) {
        answersToAnswers.remove(link);
      } else if (answersToAnswers.merge(link, 1, Integer::sum) == MANY_ANSWERS
          && clues.isNew("endless-rejections")) {
        clues.certain(
            letter.sent().atMicros(),
            "endless-rejections",
            "§5.1",
            String.format(
                Locale.ROOT,
                "Replicas %s and %s rejected each other's rejections without end, from about %s: an"
                    + " answer must never be answered.",
                from.id,
                letter.to(),
                scene.at(letter.sent().atMicros())),
            letter.sent());
      }
    }
  }

  private void append(Subject from, Said.Append append, Letter letter) {
    State state = of(from.id, letter.to(), append.term());
    long prev = append.prevIndex();
    if (prev == Said.UNKNOWN) {
      return;
    }
    startsAtZero |= prev == 0;
    if (prev < -1 || prev < 0 && startsAtZero) {
      belowOne(from, prev, letter);
    }
    if (state.lost != null && (prev < state.lostEnd && append.end() >= state.lostEnd)) {
      state.lost = null;
    }
    if (state.lowerReply != null
        && prev == state.lowerAfter
        && prev < state.match
        && letter.sent().atMicros() - state.matchedAt > UNDER_WAY_MICROS) {
      matchGoesBack(from, state, letter);
    }
    overdue(from, letter.to(), state, letter.sent().atMicros());
    state.rejections = prev == state.lastPrev ? state.rejections : 0;
    state.lastPrev = prev;
  }

  private void belowOne(Subject from, long prev, Letter letter) {
    if (clues.isNew("next-index-below-one")) {
      clues.certain(
          letter.sent().atMicros(),
          "next-index-below-one",
          "§5.3",
          String.format(
              Locale.ROOT,
              "Leader %s sent %s entries that follow entry %d %s: nextIndex goes back at a rejection,"
                  + " but never below 1.",
              from.id,
              letter.to(),
              prev,
              scene.at(letter.sent().atMicros())),
          letter.sent());
    }
  }

  private void matchGoesBack(Subject from, State state, Letter letter) {
    Event.Sent lower = state.lowerReply;
    state.lowerReply = null;
    if (++backs == MANY_BACKS && clues.isNew("match-goes-back")) {
      clues.likely(
          letter.sent().atMicros(),
          "match-goes-back",
          "§5.3",
          String.format(
              Locale.ROOT,
              "Follower %s had agreed up to entry %d, then an older answer came that said %d, and"
                  + " leader %s went back to that %s: answers may come late, and matchIndex only"
                  + " grows.",
              letter.to(),
              state.match,
              state.lowerAfter,
              from.id,
              scene.at(letter.sent().atMicros())),
          lower,
          letter.sent());
    }
  }

  @Override
  public void dropped(Letter letter, Event.Dropped event) {
    if (letter.said() instanceof Said.Append append && !append.terms().isEmpty()) {
      State state = of(letter.from(), letter.to(), append.term());
      if (state.lost == null && append.end() > state.match) {
        state.lost = letter.sent();
        state.lostEnd = append.prevIndex() + 1;
        state.lostTerm = append.term();
      }
    }
  }

  private void overdue(Subject leader, Id follower, State state, long now) {
    Subject other = scene.subject(follower);
    if (state.lost == null || other == null || !other.isUp || state.match >= state.lostEnd) {
      return;
    }
    long since = Math.max(state.lost.atMicros(), Math.max(other.upSince, other.troubledAt));
    since = Math.max(since, leader.troubledAt);
    if (now - since > OVERDUE_MICROS && clues.isNew("never-retransmits")) {
      clues.likely(
          state.lost.atMicros(),
          "never-retransmits",
          "§5.3",
          String.format(
              Locale.ROOT,
              "Leader %s sent entry %d to %s %s, that was lost, and for %s it wasn't sent again: a"
                  + " leader repeats AppendEntries until the follower has answered.",
              leader.id,
              state.lostEnd,
              follower,
              scene.at(state.lost.atMicros()),
              Scene.lasting(now - state.lost.atMicros())),
          state.lost);
    }
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    lastWasAnswer.put(
        new Link(letter.from(), to.id),
        letter.said() instanceof Said.AppendReply reply && !reply.success());
    if (letter.said() instanceof Said.AppendReply reply) {
      State state = of(to.id, letter.from(), reply.term());
      if (reply.success()) {
        matched(state, reply, letter, event.atMicros());
      } else {
        rejected(to, state, letter, event);
      }
    }
  }

  private static void matched(State state, Said.AppendReply reply, Letter letter, long atMicros) {
    state.rejections = 0;
    if (reply.matchIndex() >= state.match) {
      state.matchedAt = reply.matchIndex() > state.match ? atMicros : state.matchedAt;
      state.match = reply.matchIndex();
      state.lowerReply = null;
    } else if (reply.matchIndex() != Said.UNKNOWN) {
      state.lowerAfter = reply.matchIndex();
      state.lowerReply = letter.sent();
    }
  }

  private void rejected(Subject leader, State state, Letter letter, Event.Delivered event) {
    if (leader.leads() || !leader.reports) {
      state.rejections++;
      if (state.rejections == MANY_REJECTIONS && clues.isNew("endless-rejections")) {
        clues.likely(
            event.atMicros(),
            "endless-rejections",
            "§5.3",
            String.format(
                Locale.ROOT,
                "Leader %s sent %s the same place of its log, after entry %d, %d times %s, and each was"
                    + " rejected: after a rejection nextIndex goes back (by one, or to the hint of"
                    + " the follower), until the logs agree.",
                leader.id,
                letter.from(),
                state.lastPrev,
                MANY_REJECTIONS,
                scene.at(event.atMicros())),
            letter.sent());
      }
    }
  }
}
