package raftlab.explain;

import java.util.ArrayList;
import java.util.List;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * The changes of a replica that reports nothing, as far as its own messages prove them: who sends
 * AppendEntries leads, its log has what it sends, and it knows to be committed what it says.
 */
final class Inference {
  /** So many entries back a log is compared. */
  private static final int MOST_COPIED = 2_000;

  /** What must have changed before this message was sent. */
  List<StateChange> before(Subject from, Letter letter) {
    List<StateChange> changes = new ArrayList<>();
    Said said = letter.said();
    if (from.reports || said.term() < 0 || said.term() < from.term) {
      return changes;
    }
    if (said instanceof Said.Append append) {
      leads(from, append, changes);
    } else if (said instanceof Said.VoteRequest request) {
      stands(from, request, changes);
    } else if (said instanceof Said.AppendReply || said instanceof Said.VoteReply) {
      boolean follows = said instanceof Said.AppendReply reply && reply.success();
      // A leader that rejects what a deposed one sends leads on.
      boolean gaveUp = said instanceof Said.AppendReply && (follows || from.role != Role.LEADER);
      if (said.term() > from.term || from.role != Role.FOLLOWER && gaveUp) {
        Id leader = follows ? letter.to() : Id.BROADCAST;
        changes.add(new RoleChanged(Role.FOLLOWER, said.term(), leader));
      }
    }
    return changes;
  }

  private static void leads(Subject from, Said.Append append, List<StateChange> changes) {
    if (from.role != Role.LEADER || from.term != append.term()) {
      changes.add(new RoleChanged(Role.LEADER, append.term(), from.id));
    }
    if (append.prevIndex() < 0) {
      return;
    }
    long end = from.log.lastIndex();
    boolean fits = append.prevIndex() <= end && from.isLogKnown;
    if (!fits) {
      from.log.restartAfter(append.prevIndex(), append.prevTerm());
      from.isLogKnown = true;
    }
    for (int i = 0; i < append.terms().size(); i++) {
      long index = append.prevIndex() + 1 + i;
      long term = append.terms().get(i);
      if (index > from.log.lastIndex()
          || index > from.log.base() && from.log.termAt(index) != term) {
        changes.add(new Appended(index, term, ""));
      }
    }
    if (!changes.isEmpty() && changes.get(0) instanceof RoleChanged) {
      from.commit = Math.max(from.commit, append.commit()); // it may know that from an earlier term
    } else if (append.commit() > from.commit && append.commit() > from.verifiedEver) {
      changes.add(new Committed(append.commit()));
    }
  }

  private static void stands(Subject from, Said.VoteRequest request, List<StateChange> changes) {
    Role role = request.preVote() ? Role.PRE_CANDIDATE : Role.CANDIDATE;
    boolean isNew =
        request.preVote()
            ? from.role == Role.FOLLOWER
            : from.role != Role.CANDIDATE || request.term() > from.term;
    if (isNew) {
      long term = request.preVote() && from.term >= 0 ? from.term : request.term();
      changes.add(new RoleChanged(role, term, Id.BROADCAST));
    }
  }

  /** A follower has agreed: its log is known up to there, by what its leader has sent. */
  void after(Subject from, Letter letter) {
    if (letter.said() instanceof Said.Append append
        && append.prevIndex() >= 0
        && append.end() >= from.log.lastIndex()) { // a heartbeat may show less
      from.logShownInLife = from.lives;
      from.overtaken = null;
    }
    if (from.reports
        || !(letter.said() instanceof Said.AppendReply reply)
        || !reply.success()
        || reply.matchIndex() < 0) {
      return;
    }
    Offers offers = from.offers(reply.term());
    if (offers == null || reply.matchIndex() > offers.highest()) {
      from.isLogKnown = false;
      return;
    }
    long end = reply.matchIndex();
    if (end >= from.log.lastIndex()) {
      from.logShownInLife = from.lives;
      from.overtaken = null;
    } else if (from.isLogKnown && reply.term() == from.term) {
      from.overtaken = letter.sent();
    }
    if (from.isLogKnown
        && from.log.lastIndex() >= end
        && from.log.termAt(end) == offers.termAt(end)) {
      return; // it may hold more than this message was about
    }
    copy(from, offers, end);
    from.isLogKnown = true;
  }

  private static void copy(Subject from, Offers offers, long end) {
    long first = end;
    while (first > 1 && first > end - MOST_COPIED && differs(from, offers, first - 1)) {
      first--;
    }
    if (!from.isLogKnown || first > from.log.lastIndex() + 1) {
      from.log.restartAfter(first - 1, first == 1 ? 0 : offers.termAt(first - 1));
    }
    for (long index = first; index <= end; index++) {
      from.log.append(index, offers.termAt(index), "", null);
    }
  }

  private static boolean differs(Subject from, Offers offers, long index) {
    long theirs = offers.termAt(index);
    return theirs != Said.UNKNOWN && theirs != from.log.termAt(index);
  }

  /** A leader of a later term may have had entries deleted, unseen. */
  void delivered(Subject to, Letter letter, Event.Delivered event) {
    if (!to.reports
        && to.isLogKnown
        && letter.said() instanceof Said.Append append
        && append.prevIndex() >= 0
        && append.term() == to.term
        && append.end() < to.log.lastIndex()) {
      to.overtaken = event;
    }
    boolean mayDelete =
        letter.said() instanceof Said.Append || letter.said() instanceof Said.Install;
    if (!to.reports && mayDelete && letter.said().term() > to.term) {
      to.isLogKnown = false;
    }
  }
}
