package raftlab.explain;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Committed;
import raftlab.trace.Event;
import raftlab.wire.Id;

/** A leader commits what a majority has said to have, and only by an entry of its own term. */
final class Counting implements Detector {
  /** Who counts wrongly does so more often. */
  private static final int RARELY = 10;

  private final Scene scene;
  private final Clues clues;

  /** The first entry that a leader committed too early. */
  private Committal first;

  /** How often that happened. */
  private int times;

  /** Whether fewer had an entry than one less than a majority. */
  private boolean isFarOff;

  /** Whether an entry was committed that hadn't even been sent to enough others. */
  private boolean wasUnsent;

  /** Up to where leaders have sent their logs, in their terms. */
  private final Map<Link, Long> sent = new HashMap<>();

  private record Link(Id leader, long term, Id follower) {}

  private record Committal(Event.Reported event, long index, int have, Subject who) {}

  private boolean repliesAreRead;

  Counting(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void delivered(Subject to, Letter letter, Event.Delivered event) {
    repliesAreRead |=
        letter.said() instanceof Said.AppendReply reply
            && reply.success()
            && reply.matchIndex() != Said.UNKNOWN;
  }

  @Override
  public void sent(Subject from, Letter letter) {
    if (letter.said() instanceof Said.Append append && append.prevIndex() != Said.UNKNOWN) {
      sent.merge(new Link(from.id, append.term(), letter.to()), append.end(), Math::max);
    }
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (!(change instanceof Committed committed) || committed.index() <= who.commit) {
      return;
    }
    if (who.leads()) {
      counted(who, committed.index(), event);
    }
  }

  private void counted(Subject who, long index, Event.Reported event) {
    int majority = scene.majority(who);
    int have = scene.voters(who).contains(who.id) ? 1 : 0;
    int haveOthers = 1;
    for (Subject other : scene.subjects()) {
      if (other != who && who.matched(other.id, who.term) >= index) {
        haveOthers++;
        have += scene.voters(who).contains(other.id) ? 1 : 0;
      }
    }
    if (!who.reports && (!repliesAreRead || !scene.knowsVoters(who))) {
      return;
    }
    if (have >= majority) {
      clues.kept("commits-with-half", "match-from-next", "commits-too-far", "removed-still-counts");
    }
    if (have < majority && scene.knowsVoters(who)) {
      if (haveOthers >= majority) {
        removed(who, index, have, event);
      } else {
        tooFew(who, index, have, event);
      }
      return;
    }
    long term = who.log.termAt(index);
    if (who.reports && term != Said.UNKNOWN && term < who.term && clues.isNew("commits-old-term")) {
      clues.certain(
          event.atMicros(),
          "commits-old-term",
          "§5.4.2 and Figure 8",
          String.format(
              Locale.ROOT,
              "Replica %s, leader of term %d, committed entry %d of term %d %s because a majority"
                  + " had it: a leader counts replicas only for an entry of its own term; older ones"
                  + " are committed with it.",
              who.id,
              who.term,
              index,
              term,
              scene.at(event.atMicros())),
          who.leads,
          who.log.reportAt(index),
          event);
    }
  }

  private void removed(Subject who, long index, int have, Event.Reported event) {
    if (clues.isNew("removed-still-counts")) {
      clues.certain(
          event.atMicros(),
          "removed-still-counts",
          "§6",
          String.format(
              Locale.ROOT,
              "Leader %s committed entry %d %s when %d of the %d members had it; it counted one that"
                  + " is no member any more: only the members of its latest configuration count.",
              who.id,
              index,
              scene.at(event.atMicros()),
              have,
              scene.voters(who).size()),
          event);
    }
  }

  private void tooFew(Subject who, long index, int have, Event.Reported event) {
    int given = scene.voters(who).contains(who.id) ? 1 : 0;
    for (Id other : scene.otherVoters(who)) {
      given += sent.getOrDefault(new Link(who.id, who.term, other), 0L) >= index ? 1 : 0;
    }
    int majority = scene.majority(who);
    first = first == null ? new Committal(event, index, have, who) : first;
    isFarOff |= have < majority - 1;
    wasUnsent |= given < majority;
    times++;
  }

  /** Whether it counted what it had sent; else it took less than a majority for one. */
  private boolean countsWhatWasSent(int members) {
    return !wasUnsent && (isFarOff || members <= 3 && times > 2);
  }

  @Override
  public void ended(long atMicros) {
    if (first == null) {
      return;
    }
    for (String name : List.of("commits-too-far", "match-from-next", "commits-with-half")) {
      clues.seen(name, times);
    }
    Subject who = first.who;
    int members = scene.voters(who).size();
    String how =
        String.format(
            Locale.ROOT,
            "Leader %s committed entry %d %s when %d of %d members, itself included, had said that"
                + " they have it: ",
            who.id,
            first.index,
            scene.at(first.event.atMicros()),
            first.have,
            members);
    if (!who.reports && isFarOff && wasUnsent && times <= RARELY) {
      clues.certain(
          first.event.atMicros(),
          "commits-too-far",
          "§5.3",
          how
              + "commitIndex goes only up to what more than half have acknowledged, whatever a"
              + " snapshot, a restart or a log that is longer may suggest.",
          first.event);
    } else if (countsWhatWasSent(members)) {
      clues.certain(
          first.event.atMicros(),
          "match-from-next",
          "§5.3 and Figure 2",
          how
              + "matchIndex is what a follower has acknowledged (prevLogIndex and the number of"
              + " entries of the message that it answers), not what was sent to it, nextIndex - 1.",
          first.event);
    } else {
      clues.certain(
          first.event.atMicros(),
          "commits-with-half",
          "§5.3",
          how + "an entry is committed when more than half of the members have it.",
          first.event);
    }
  }
}
