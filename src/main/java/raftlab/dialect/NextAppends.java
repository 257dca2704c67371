package raftlab.dialect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.wire.Id;

/** Finds the AppendEntries that a leader sends to a follower after a reply of that follower. */
final class NextAppends {
  private record Link(Id from, Id to) {}

  private NextAppends() {}

  /** For each reply to an append: the next append of that leader to that follower. */
  static Map<MessageSample, MessageSample> of(ReplicaMessages messages, AppendReader appends) {
    Map<MessageSample, MessageSample> next = new HashMap<>();
    Map<Link, List<MessageSample>> waiting = new HashMap<>();
    for (MessageSample sample : messages.all()) {
      if (appends.of(sample) != null) {
        List<MessageSample> replies =
            waiting.computeIfAbsent(
                new Link(sample.from(), sample.to()), link -> new ArrayList<>());
        replies.removeIf(
            reply -> {
              boolean isBefore = reply.deliveredMicros() <= sample.atMicros();
              if (isBefore) {
                next.put(reply, sample);
              }
              return isBefore;
            });
      } else if (sample.isDelivered()
          && sample.previous() != null
          && appends.of(sample.previous()) != null) {
        waiting
            .computeIfAbsent(new Link(sample.to(), sample.from()), link -> new ArrayList<>())
            .add(sample);
      }
    }
    return next;
  }
}
