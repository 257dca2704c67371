package raftlab.judge.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Tracks the members of the cluster, from the answers to the operator. */
final class MemberTracker {
  private final Set<Id> members;

  /** The replicas with a requested addition or removal that may have happened or not. */
  private final Set<Id> uncertain = new HashSet<>();

  private final Map<String, Event.Requested> asked = new HashMap<>();

  MemberTracker(List<Id> replicas) {
    members = new TreeSet<>(replicas);
  }

  /** Notes a request of the operator. */
  void asked(Event.Requested request) {
    asked.put(request.mid(), request);
    if (isChange(request)) {
      uncertain.add(Id.parse(request.key()));
    }
  }

  /** Notes an answer; returns whether it was for the operator. */
  boolean answered(Event.Answered answer) {
    Event.Requested request = asked.isEmpty() ? null : asked.get(answer.mid());
    if (request == null) {
      return false;
    }
    if (answer.type().equals(Message.OK)) {
      done(request);
    }
    return true;
  }

  private void done(Event.Requested request) {
    if (isChange(request)) {
      Id replica = Id.parse(request.key());
      uncertain.remove(replica);
      if (request.type().equals(Message.ADD)) {
        members.add(replica);
      } else {
        members.remove(replica);
      }
    }
  }

  private static boolean isChange(Event.Requested request) {
    return !request.type().equals(Message.TRANSFER) && Id.isId(request.key());
  }

  /** Returns the largest possible number of members. */
  int maxCount() {
    Set<Id> most = new HashSet<>(members);
    most.addAll(uncertain);
    return most.size();
  }

  /** Whether this replica is surely a member. */
  boolean isCertainMember(Id replica) {
    return members.contains(replica) && !uncertain.contains(replica);
  }
}
