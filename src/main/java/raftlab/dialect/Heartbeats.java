package raftlab.dialect;

import java.util.HashSet;
import java.util.Set;

/**
 * AppendEntries without entries.
 *
 * @param delivered how many were delivered
 * @param answered how many of them were answered before the next message of the leader
 */
public record Heartbeats(int delivered, int answered) {
  /** Counts those of a run. */
  static Heartbeats of(ReplicaMessages messages, RoleLearner roles, EntryLearner entries) {
    Set<MessageSample> delivered = new HashSet<>();
    Set<MessageSample> answered = new HashSet<>();
    for (MessageSample sample : messages.all()) {
      Role role = roles.roles().getOrDefault(sample.kind(), Role.OTHER);
      MessageSample previous = sample.previous();
      if (role == Role.APPEND && sample.isDelivered() && entries.entries(sample).isEmpty()) {
        delivered.add(sample);
      } else if ((role == Role.APPEND_REPLY || role == Role.REPLY)
          && previous != null
          && sample.mayAnswer()) {
        answered.add(previous);
      }
    }
    answered.retainAll(delivered);
    return new Heartbeats(delivered.size(), answered.size());
  }
}
