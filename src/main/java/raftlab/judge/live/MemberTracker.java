package raftlab.judge.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    changed(request).ifPresent(uncertain::add);
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
    changed(request)
        .ifPresent(
            replica -> {
              uncertain.remove(replica);
              if (request.type().equals(Message.ADD)) {
                members.add(replica);
              } else {
                members.remove(replica);
              }
            });
  }

  /** Returns the replica that the request adds or removes; empty for any other request. */
  private static Optional<Id> changed(Event.Requested request) {
    String key = request.key();
    return request.type().equals(Message.TRANSFER) || key == null || !Id.isId(key)
        ? Optional.empty()
        : Optional.of(Id.parse(key));
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
