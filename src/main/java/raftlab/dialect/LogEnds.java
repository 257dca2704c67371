package raftlab.dialect;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Id;

/** Where the log of each sender of a vote request ended, as its earlier messages show. */
final class LogEnds {
  /** The last entry of a log: its index and term. */
  record LogEnd(long index, long term) {}

  private record Log(int life, long leaderTerm, LogEnd end) {}

  private final Map<MessageSample, LogEnd> ends = new HashMap<>();

  LogEnds(ReplicaMessages messages, RoleLearner roles, AppendReader appends, ReplyLearner replies) {
    Map<Id, Log> logs = new HashMap<>();
    for (MessageSample sample : messages.all()) {
      Role role = roles.roles().getOrDefault(sample.kind(), Role.OTHER);
      Log known = logs.get(sample.from());
      if (known != null && known.life != sample.life()) {
        logs.remove(sample.from()); // it may have forgotten its log
        known = null;
      }
      RaftMessageView.Append append = appends.of(sample);
      if (append != null) {
        add(logs, sample, append);
      } else if (role == Role.VOTE_REQUEST || role == Role.PRE_VOTE_REQUEST) {
        if (known != null) {
          ends.put(sample, known.end);
        }
      } else if (role == Role.APPEND_REPLY || role == Role.REPLY) {
        RaftMessageView.Append answered = appends.of(replies.answered(sample));
        if (answered != null && replies.isSuccess(sample)) {
          add(logs, sample, answered);
        }
      }
    }
  }

  private static void add(Map<Id, Log> logs, MessageSample sample, RaftMessageView.Append append) {
    long end = append.end();
    Log known = logs.get(sample.from());
    boolean isLonger =
        known == null || end > known.end.index() || append.term() != known.leaderTerm;
    if (append.prevIndex() < 0 || end < 1 || !isLonger) {
      return;
    }
    if (known != null && end < known.end.index()) {
      logs.put(sample.from(), new Log(sample.life(), append.term(), known.end));
      return; // it may have deleted what follows, or not
    }
    long term =
        append.terms().isEmpty()
            ? append.prevTerm()
            : append.terms().get(append.terms().size() - 1);
    logs.put(sample.from(), new Log(sample.life(), append.term(), new LogEnd(end, term)));
  }

  /** Where the log of the sender of a vote request ended; null if that isn't known. */
  @Nullable LogEnd before(MessageSample request) {
    return ends.get(request);
  }
}
