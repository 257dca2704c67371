package raftlab.explain.view;

import java.util.ArrayList;
import java.util.List;
import raftlab.dialect.RaftMessageView;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.trace.Event;
import raftlab.wire.Id;

/**
 * Infers the state changes of a replica that reports nothing from its own messages: a replica that
 * sends AppendEntries is leader, its log has the entries that it sends, and it has committed what
 * its leaderCommit says.
 */
public final class StateInference {
  /** Logs are compared over the last entries only. */
  private static final int MAX_COPIED = 2_000;

  /** The changes that must precede this message. */
  public List<StateChange> before(ReplicaView from, InFlightMessage message) {
    List<StateChange> changes = new ArrayList<>();
    RaftMessageView content = message.content();
    if (from.reports() || content.term() < 0 || content.term() < from.term()) {
      return changes;
    }
    if (content instanceof RaftMessageView.Append append) {
      leads(from, append, changes);
    } else if (content instanceof RaftMessageView.VoteRequest request) {
      stands(from, request, changes);
    } else if (content instanceof RaftMessageView.AppendReply
        || content instanceof RaftMessageView.VoteReply) {
      boolean follows = content instanceof RaftMessageView.AppendReply reply && reply.success();
      // A leader that rejects a message of a deposed leader stays leader.
      boolean gaveUp =
          content instanceof RaftMessageView.AppendReply && (follows || !from.isLeader());
      if (content.term() > from.term() || from.role() != Role.FOLLOWER && gaveUp) {
        // An append of an earlier term may be answered late, in a later term.
        boolean isOfTerm = follows && from.appends(content.term()) != null;
        Id leader = isOfTerm ? message.to() : Id.BROADCAST;
        changes.add(new RoleChanged(Role.FOLLOWER, content.term(), leader));
      }
    }
    return changes;
  }

  private static void leads(
      ReplicaView from, RaftMessageView.Append append, List<StateChange> changes) {
    boolean isNew = !from.isLeader() || from.term() != append.term();
    if (isNew) {
      changes.add(new RoleChanged(Role.LEADER, append.term(), from.id()));
    }
    if (append.prevIndex() >= 0) {
      appends(from, append, changes);
    }
    if (isNew) {
      from.state().raiseCommitIndex(append.commit()); // perhaps committed in an earlier term
    } else if (append.commit() > from.commitIndex() && append.commit() > from.verifiedIndex()) {
      changes.add(new Committed(append.commit()));
    }
  }

  private static void appends(
      ReplicaView from, RaftMessageView.Append append, List<StateChange> changes) {
    long end = from.log().lastIndex();
    boolean fits = append.prevIndex() <= end && from.isLogKnown();
    if (!fits) {
      from.log().restartAfter(append.prevIndex(), append.prevTerm());
      from.logIsKnown(true);
    }
    for (int i = 0; i < append.terms().size(); i++) {
      long index = append.prevIndex() + 1 + i;
      long term = append.terms().get(i);
      if (index > from.log().lastIndex()
          || index > from.log().base() && from.log().termAt(index) != term) {
        changes.add(new Appended(index, term, ""));
      }
    }
  }

  private static void stands(
      ReplicaView from, RaftMessageView.VoteRequest request, List<StateChange> changes) {
    Role role = request.preVote() ? Role.PRE_CANDIDATE : Role.CANDIDATE;
    boolean isNew =
        request.preVote()
            ? from.role() == Role.FOLLOWER
            : from.role() != Role.CANDIDATE || request.term() > from.term();
    if (isNew) {
      long term = request.preVote() && from.term() >= 0 ? from.term() : request.term();
      changes.add(new RoleChanged(role, term, Id.BROADCAST));
    }
  }

  /** A message was sent: an acknowledgement shows the log up to its entry. */
  public void after(ReplicaView from, InFlightMessage message) {
    if (message.content() instanceof RaftMessageView.Append append
        && append.prevIndex() >= 0
        && append.end() >= from.log().lastIndex()) { // a heartbeat may show less
      from.logIsShown();
    }
    if (from.reports()
        || !(message.content() instanceof RaftMessageView.AppendReply reply)
        || !reply.success()
        || reply.matchIndex() < 0) {
      return;
    }
    LeaderAppends appends = from.appends(reply.term());
    if (appends == null
        || reply.matchIndex() > appends.highest()
        || !appends.leader().equals(message.to())) { // of an earlier term, perhaps accepted
      from.logIsKnown(false);
      return;
    }
    long end = reply.matchIndex();
    if (end >= from.log().lastIndex()) {
      from.logIsShown();
    } else if (from.isLogKnown() && reply.term() == from.term()) {
      from.overtaken(message.sent());
    }
    if (from.isLogKnown()
        && from.log().lastIndex() >= end
        && from.log().termAt(end) == appends.termAt(end)) {
      return; // its log may have more entries than this message
    }
    copy(from, appends, end);
    from.logIsKnown(true);
  }

  private static void copy(ReplicaView from, LeaderAppends appends, long end) {
    long first = end;
    while (first > 1 && first > end - MAX_COPIED && differs(from, appends, first - 1)) {
      first--;
    }
    if (!from.isLogKnown() || first > from.log().lastIndex() + 1) {
      from.log().restartAfter(first - 1, first == 1 ? 0 : appends.termAt(first - 1));
    }
    for (long index = first; index <= end; index++) {
      from.log().append(index, appends.termAt(index), "", null);
    }
  }

  private static boolean differs(ReplicaView from, LeaderAppends appends, long index) {
    long theirs = appends.termAt(index);
    return theirs != RaftMessageView.UNKNOWN && theirs != from.log().termAt(index);
  }

  /** A message was delivered: a leader of a later term may have entries deleted, unseen. */
  public void delivered(ReplicaView to, InFlightMessage message, Event.Delivered event) {
    if (!to.reports()
        && to.isLogKnown()
        && message.content() instanceof RaftMessageView.Append append
        && append.prevIndex() >= 0
        && append.term() == to.term()
        && append.end() < to.log().lastIndex()) {
      to.overtaken(event);
    }
    if (!to.reports() && message.content().isFromLeader() && message.content().term() > to.term()) {
      to.logIsKnown(false);
    }
  }
}
