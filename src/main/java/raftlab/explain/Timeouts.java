package raftlab.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Voted;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** Election timers: random, reset by the leader and by a vote given, and by nothing else. */
final class Timeouts implements Detector {
  /** Of timeouts that are random, so many in a row are never this much alike. */
  private static final int ALIKE = 4;

  private static final long ALIKE_MICROS = 2_000;

  /** Nobody waits longer for a leader. */
  private static final long LONGEST_MICROS = 4_000_000;

  /** In a longer pause any election timer ends. */
  private static final long LONGEST_GAP_MICROS = 1_000_000;

  /** So many elections against a leader that lives are no accident. */
  private static final int MANY = 3;

  private static final int MANY_FORGOTTEN = 2;

  /** A leader repeats a lost message within this time. */
  private static final long PROMPT_MICROS = 100_000;

  /** Silence for less than this is none that any election timer minds. */
  private static final long BRIEF_MICROS = 100_000;

  private static final class Timer {
    private long resetAt = Subject.NEVER;
    private long leaderHeardAt = Subject.NEVER;
    private long leaderSentAt = Subject.NEVER;
    private int sentSinceHeard;
    private boolean isLossy;
    private Id leader;
    private long leaderTerm;
    private final List<Long> waits = new ArrayList<>();
    private long heardAt = Subject.NEVER;
    private long othersHeard;
  }

  private final Scene scene;
  private final Clues clues;

  /** Whether it shows in messages who stands for election. */
  private boolean canvassing;

  /** Whether any message was lost so far: then a leader may have given up for want of answers. */
  private boolean losesMessages;

  private int forgotten;
  private int impatient;
  private final Map<Id, Timer> timers = new HashMap<>();

  Timeouts(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  private Timer of(Id id) {
    return timers.computeIfAbsent(id, each -> new Timer());
  }

  @Override
  public void started(Subject who, boolean again, Event.Started event) {
    reset(who.id, event.atMicros());
  }

  private void reset(Id id, long atMicros) {
    Timer timer = of(id);
    timer.resetAt = atMicros;
    timer.othersHeard = 0;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    if (isOfLeader(letter)) {
      Timer timer = of(letter.to());
      timer.leaderSentAt = letter.sent().atMicros();
      timer.sentSinceHeard++;
      timer.leader = from.id;
      timer.leaderTerm = letter.said().term();
      timer.isLossy = false;
    } else if (!from.reports && (isVote(letter) || letter.said() instanceof Said.VoteRequest)) {
      reset(from.id, letter.sent().atMicros());
    }
  }

  private static boolean isVote(Letter letter) {
    return letter.said() instanceof Said.VoteReply reply && reply.granted() && !reply.preVote();
  }

  private static boolean isOfLeader(Letter letter) {
    return letter.said() instanceof Said.Append || letter.said() instanceof Said.Install;
  }

  @Override
  public void dropped(Letter letter, Event.Dropped event) {
    losesMessages = true;
    if (isOfLeader(letter)) {
      of(letter.to()).isLossy = true;
    } else if (letter.to().equals(of(letter.from()).leader)) {
      of(letter.from()).isLossy = true;
    }
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    if (isOfLeader(letter) && letter.said().term() >= to.term) {
      reset(to.id, event.atMicros());
      of(to.id).leaderHeardAt = event.atMicros();
      of(to.id).sentSinceHeard = 0;
    } else {
      if (letter.said() instanceof Said.Other && letter.from().equals(to.leader)) {
        of(to.id).leaderHeardAt = Subject.NEVER; // its leader may want it to stand
      }
      heard(to, event);
    }
  }

  private void heard(Subject who, Event.Delivered event) {
    Timer timer = of(who.id);
    if (event.atMicros() - timer.heardAt > LONGEST_GAP_MICROS) {
      timer.resetAt = event.atMicros();
      timer.othersHeard = 0;
    }
    timer.heardAt = event.atMicros();
    timer.othersHeard++;
    silent(who, event);
  }

  @Override
  public void asked(Subject whom, Question question, Event.Delivered event) {
    heard(whom, event);
  }

  /** Nothing of a leader has come for long, much else has, and still the replica doesn't stand. */
  private void silent(Subject who, Event.Delivered event) {
    Timer timer = of(who.id);
    long waited = event.atMicros() - Math.max(timer.resetAt, who.troubledAt);
    boolean isSeen = who.reports || timer.leaderHeardAt != Subject.NEVER && canvassing;
    if (isSeen
        && who.isUp
        && who.role == Role.FOLLOWER
        && waited > LONGEST_MICROS
        && timer.resetAt > 0
        && timer.othersHeard > 20
        && scene.voters(who).contains(who.id)
        && clues.isNew("any-message-resets-timer")) {
      clues.likely(
          event.atMicros() - waited,
          "any-message-resets-timer",
          "§5.2",
          String.format(
              Locale.ROOT,
              "Replica %s had heard from no leader for %s %s and stood for no election, while %d other"
                  + " messages came: only a message of the current leader, or a vote that is given,"
                  + " restarts the election timer.",
              who.id,
              Scene.lasting(waited),
              scene.at(event.atMicros()),
              timer.othersHeard));
    }
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof Voted vote && !vote.candidate().equals(who.id)) {
      reset(who.id, event.atMicros());
    } else if (change instanceof RoleChanged now) {
      if (now.role() == Role.CANDIDATE || now.role() == Role.PRE_CANDIDATE) {
        canvassing = true;
        stands(who, now, event);
      } else if (now.role() == Role.LEADER) {
        of(who.id).waits.clear();
      }
      reset(who.id, event.atMicros());
    }
  }

  private void stands(Subject who, RoleChanged now, Event.Reported event) {
    Timer timer = of(who.id);
    long waited = event.atMicros() - timer.resetAt;
    boolean isFollowUp = who.role == Role.PRE_CANDIDATE && now.role() == Role.CANDIDATE;
    if (isFollowUp || who.troubledAt > timer.resetAt) {
      return;
    }
    if (who.role == Role.FOLLOWER) {
      impatient(who, timer, event);
    }
    timer.waits.add(waited);
    int count = timer.waits.size();
    if (count >= ALIKE && waited > 20 * ALIKE_MICROS) {
      List<Long> last = timer.waits.subList(count - ALIKE, count);
      long spread =
          last.stream().mapToLong(w -> w).max().orElse(0)
              - last.stream().mapToLong(w -> w).min().orElse(0);
      if (spread < ALIKE_MICROS && clues.isNew("fixed-election-timeout")) {
        clues.likely(
            event.atMicros(),
            "fixed-election-timeout",
            "§5.2",
            String.format(
                Locale.ROOT,
                "Replica %s stood for election again and again after the same time, %s, last %s:"
                    + " election timeouts are random, anew each time, or candidates split the votes"
                    + " for ever.",
                who.id,
                Scene.lasting(waited),
                scene.at(event.atMicros())),
            event);
      }
    }
  }

  /** It stands though its leader lives: that has sent nothing, or not again what was lost. */
  private void impatient(Subject who, Timer timer, Event.Reported event) {
    Subject leader = timer.leader == null ? null : scene.subject(timer.leader);
    boolean isAlive =
        leader != null
            && leader.isUp
            && leader.term == timer.leaderTerm // perhaps it gave up as it heard no answers
            && leader.troubledAt < timer.leaderSentAt
            && leader.leadsSince <= timer.leaderSentAt
            && timer.leaderHeardAt >= Math.max(leader.leadsSince, who.troubledAt)
            && scene.voters(leader).contains(who.id);
    if (!isAlive) {
      return;
    }
    long silence = event.atMicros() - timer.leaderSentAt;
    boolean isSure = who.reports && leader.leads() || !losesMessages;
    if (!timer.isLossy
        && isSure
        && silence >= BRIEF_MICROS
        && timer.resetAt >= timer.leaderSentAt
        && ++impatient == MANY) {
      slow(who, leader, silence, event);
    } else if (timer.isLossy
        && leader.leads()
        && timer.sentSinceHeard <= 1
        && silence > PROMPT_MICROS
        && ++forgotten == MANY_FORGOTTEN) {
      neverAgain(who, leader, silence, event);
    }
  }

  private void slow(Subject who, Subject leader, long silence, Event.Reported event) {
    if (clues.isNew("slow-heartbeats")) {
      clues.likely(
          event.atMicros(),
          "slow-heartbeats",
          "§5.2",
          String.format(
              Locale.ROOT,
              "Replica %s stood for election %s though its leader %s lived and no message was lost:"
                  + " the leader had just sent nothing for %s; heartbeats come several times within"
                  + " the shortest election timeout.",
              who.id,
              scene.at(event.atMicros()),
              leader.id,
              Scene.lasting(silence)),
          event);
    }
  }

  private void neverAgain(Subject who, Subject leader, long silence, Event.Reported event) {
    if (clues.isNew("never-retransmits")) {
      clues.likely(
          event.atMicros(),
          "never-retransmits",
          "§5.3",
          String.format(
              Locale.ROOT,
              "Replica %s stood for election %s though its leader %s lived: a message between them"
                  + " was lost, and the leader sent nothing again for %s; a leader repeats"
                  + " AppendEntries until the follower has answered.",
              who.id,
              scene.at(event.atMicros()),
              leader.id,
              Scene.lasting(silence)),
          event);
    }
  }
}
