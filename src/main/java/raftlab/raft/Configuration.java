package raftlab.raft;

import java.util.ArrayList;
import java.util.List;
import raftlab.wire.Id;

/**
 * The members of the cluster (§6, dissertation §4): the voters, and the learners, which get the log
 * but count in no majority until they have caught up (dissertation §4.2.1).
 *
 * @param voters ascending
 * @param learners ascending; none of them is a voter
 */
record Configuration(List<Id> voters, List<Id> learners) {
  /** No members: a replica that joins a cluster begins with it. */
  static final Configuration NONE = new Configuration(List.of(), List.of());

  Configuration {
    voters = voters.stream().sorted().toList();
    learners = learners.stream().sorted().toList();
  }

  boolean isVoter(Id replica) {
    return voters.contains(replica);
  }

  boolean isLearner(Id replica) {
    return learners.contains(replica);
  }

  boolean isMember(Id replica) {
    return isVoter(replica) || isLearner(replica);
  }

  Configuration withLearner(Id replica) {
    return new Configuration(voters, with(learners, replica));
  }

  /** The replica votes from now on. */
  Configuration withVoter(Id replica) {
    return new Configuration(with(voters, replica), without(learners, replica));
  }

  Configuration without(Id replica) {
    return new Configuration(without(voters, replica), without(learners, replica));
  }

  private static List<Id> with(List<Id> ids, Id one) {
    List<Id> more = new ArrayList<>(ids);
    more.add(one);
    return more;
  }

  private static List<Id> without(List<Id> ids, Id one) {
    return ids.stream().filter(id -> !id.equals(one)).toList();
  }

  @Override
  public String toString() {
    return "voters " + voters + (learners.isEmpty() ? "" : ", learners " + learners);
  }
}
