package raftlab.console;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.dialect.MessageReader;
import raftlab.dialect.RaftMessageView;
import raftlab.trace.Event;
import raftlab.trace.Trace;

/**
 * Recognizes heartbeats and the answers to them while a cluster runs, by the names of the fields of
 * messages.
 */
final class HeartbeatFilter {
  /** The names are looked up again after this many messages. */
  private static final int MESSAGES_PER_READER = 1_000;

  private final Trace trace;
  private final Map<String, Boolean> isLastHeartbeat = new HashMap<>();
  private @Nullable MessageReader reader;
  private int messages;

  HeartbeatFilter(Trace trace) {
    this.trace = trace;
  }

  /** Whether a message that was just sent is a heartbeat, or the answer to one. */
  boolean isHeartbeat(Event.Sent sent) {
    MessageReader names = reader;
    if (names == null || messages++ % MESSAGES_PER_READER == 0) {
      names = MessageReader.byNames(trace);
      reader = names;
    }
    RaftMessageView view = names.read(sent);
    if (view instanceof RaftMessageView.Append append) {
      isLastHeartbeat.put(sent.from() + ">" + sent.to(), append.isHeartbeat());
      return append.isHeartbeat();
    }
    return view instanceof RaftMessageView.AppendReply reply
        && reply.success()
        && isLastHeartbeat.getOrDefault(sent.to() + ">" + sent.from(), false);
  }
}
