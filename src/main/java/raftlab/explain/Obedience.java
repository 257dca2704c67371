package raftlab.explain;

import java.util.Locale;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.trace.Event;

/** What a follower does to its log is what the leader of its term has sent, and nothing else. */
final class Obedience implements Detector {
  private static final String SECTION = "§5.3 and Figure 2";

  private final Scene scene;
  private final Clues clues;

  Obedience(Scene scene, Clues clues) {
    this.scene = scene;
    this.clues = clues;
  }

  @Override
  public void reported(Subject who, StateChange change, Event.Reported event) {
    if (change instanceof Appended appended) {
      appended(who, appended, event);
    } else if (change instanceof Truncated cut) {
      truncated(who, cut.fromIndex(), event);
    } else if (change instanceof Committed committed) {
      committed(who, committed.index(), event);
    } else if (change instanceof RoleChanged now && now.role() == Role.FOLLOWER) {
      follows(who, now, event);
    }
  }

  private void appended(Subject who, Appended appended, Event.Reported event) {
    if (who.role == Role.LEADER) {
      boolean isThere = appended.index() <= who.log.lastIndex();
      if (isThere && appended.index() > who.log.base()) {
        dropsLog(who, event, appended.index());
      }
      return;
    }
    Offers offers = who.offers(who.term);
    boolean isOffered = offers != null && offers.termAt(appended.index()) == appended.term();
    if (isOffered || who.role == Role.CANDIDATE) {
      return;
    }
    for (Offers earlier : who.offersBefore(who.term)) {
      if (earlier.termAt(appended.index()) == appended.term()) {
        ofOldTerm(who, earlier.term, event, "appended entry " + appended.index() + " from");
        return;
      }
    }
  }

  private void ofOldTerm(Subject who, long term, Event.Reported event, String what) {
    if (clues.isNew("accepts-old-term")) {
      clues.certain(
          event.atMicros(),
          "accepts-old-term",
          "§5.1",
          String.format(
              Locale.ROOT,
              "Replica %s, in term %d, %s a leader of term %d %s: messages of an earlier term than"
                  + " one's own are rejected.",
              who.id,
              who.term,
              what,
              term,
              scene.at(event.atMicros())),
          event);
    }
  }

  private void follows(Subject who, RoleChanged now, Event.Reported event) {
    if (now.leader().isBroadcast()
        || now.leader().equals(who.id)
        || now.term() != who.term // whoever enters a term may still name the leader it knew before
        || now.leader().equals(who.leader)
        || who.offers(now.term()) != null) {
      return;
    }
    for (Offers earlier : who.offersBefore(now.term())) {
      ofOldTerm(who, earlier.term, event, "followed");
      return;
    }
  }

  private void truncated(Subject who, long from, Event.Reported event) {
    if (who.role == Role.LEADER || who.role == Role.CANDIDATE && who.offers(who.term) == null) {
      dropsLog(who, event, from);
      return;
    }
    Offers offers = who.offers(who.term);
    if (offers == null || from > who.log.lastIndex()) {
      return;
    }
    boolean isConfirmed = offers.termAt(from) == who.log.termAt(from);
    if (contradicts(who, offers, from) || who.log.termAt(from) == Said.UNKNOWN) {
      return;
    }
    for (Offers earlier : who.offersBefore(who.term)) {
      if (contradicts(who, earlier, from)) {
        ofOldTerm(who, earlier.term, event, "deleted entries from " + from + " on for");
        return;
      }
    }
    if (isConfirmed && clues.isNew("truncates-on-old-append")) {
      clues.certain(
          event.atMicros(),
          "truncates-on-old-append",
          SECTION,
          String.format(
              Locale.ROOT,
              "Replica %s deleted its entries from %d on %s, though none of them contradicted what"
                  + " its leader sent: entries are deleted only where one has another term than"
                  + " the leader's; a message that was overtaken by a later one just holds less.",
              who.id,
              from,
              scene.at(event.atMicros())),
          who.log.reportAt(from),
          event);
    }
  }

  /** Whether a leader has sent other entries than this log has from here on. */
  private static boolean contradicts(Subject who, Offers offers, long from) {
    for (long index = Math.max(from, who.log.base() + 1); index <= who.log.lastIndex(); index++) {
      long theirs = offers.termAt(index);
      long own = who.log.termAt(index);
      if (own != Said.UNKNOWN && theirs != Said.UNKNOWN && theirs != own) {
        return true;
      }
    }
    return false;
  }

  private void dropsLog(Subject who, Event.Reported event, long index) {
    if (!who.reports && who.logShownInLife < who.lives) {
      mayHaveForgotten(who, event, index);
      return;
    }
    if (!who.reports && who.overtaken != null) {
      mayHaveDeleted(who, event, index);
      return;
    }
    if (!clues.isNew("drops-log-at-winning")) {
      return;
    }
    clues.certain(
        event.atMicros(),
        "drops-log-at-winning",
        "§5.3",
        String.format(
            Locale.ROOT,
            "Replica %s, leader of term %d, dropped its own log from entry %d on, %s: a leader never"
                + " deletes or overwrites entries, it only appends.",
            who.id,
            who.term,
            index,
            scene.at(event.atMicros())),
        who.leads,
        who.log.reportAt(index),
        event);
  }

  /** It has been started again since it showed its log, and no leader had any of it deleted. */
  private void mayHaveForgotten(Subject who, Event.Reported event, long index) {
    if (clues.isNew("forgets-log")) {
      clues.likely(
          event.atMicros(),
          "forgets-log",
          "§5.1 and Figure 2",
          String.format(
              Locale.ROOT,
              "Replica %s had a log up to entry %d of term %d; started again, it led term %d %s with"
                  + " another entry %d: the log must be stored, and be read at the start.",
              who.id,
              who.log.lastIndex(),
              who.log.lastTerm(),
              who.term,
              scene.at(event.atMicros()),
              index),
          event);
    }
  }

  /** It had said to have more, then an older message came: it may have deleted the rest by then. */
  private void mayHaveDeleted(Subject who, Event.Reported event, long index) {
    if (clues.isNew("truncates-on-old-append")) {
      clues.likely(
          event.atMicros(),
          "truncates-on-old-append",
          SECTION,
          String.format(
              Locale.ROOT,
              "Replica %s had acknowledged entry %d of term %d, then an older message of its leader"
                  + " came that ends before it, and %s, as leader of term %d, it has another entry"
                  + " %d: either it deleted entries that contradicted nothing (only those with"
                  + " another term than the leader's are deleted), or it dropped them at winning.",
              who.id,
              who.log.lastIndex(),
              who.log.lastTerm(),
              scene.at(event.atMicros()),
              who.term,
              index),
          who.overtaken,
          event);
    }
  }

  private void committed(Subject who, long index, Event.Reported event) {
    if (index < who.commit && clues.isNew("commit-goes-back")) {
      clues.certain(
          event.atMicros(),
          "commit-goes-back",
          SECTION,
          String.format(
              Locale.ROOT,
              "The commitIndex of replica %s went from %d back to %d %s: what is committed stays so;"
                  + " leaderCommit counts only if it is greater than commitIndex.",
              who.id,
              who.commit,
              index,
              scene.at(event.atMicros())),
          who.commitReport,
          event);
    }
    boolean tells = who.offers(who.term) != null && who.offers(who.term).hasAppends();
    if (!who.leads() && tells && index > who.verifiedEver && clues.isNew("commits-unverified")) {
      clues.certain(
          event.atMicros(),
          "commits-unverified",
          SECTION,
          String.format(
              Locale.ROOT,
              "Follower %s took entry %d for committed %s, but its leader's messages had confirmed"
                  + " its log up to entry %d only: commitIndex is the smaller of leaderCommit and the"
                  + " last entry of the message, not the last of one's own log.",
              who.id,
              index,
              scene.at(event.atMicros()),
              who.verifiedEver),
          who.log.reportAt(index),
          event);
    }
  }
}
