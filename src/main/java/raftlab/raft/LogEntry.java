package raftlab.raft;

import raftlab.raft.Command.Append;
import raftlab.raft.Command.Cas;
import raftlab.raft.Command.Once;
import raftlab.raft.Command.Put;
import raftlab.raft.Command.Reconfigure;
import raftlab.wire.MessageSize;

/**
 * One entry of the log (§5.3). Its index is its position in the log, and isn't stored here.
 *
 * @param term "term when entry was received by leader" (Figure 2)
 * @param command for the state machine, or a configuration
 * @param bytes the maximum length of its JSON form
 */
record LogEntry(long term, Command command, int bytes) {
  /** Brackets, commas, quotes, the command's name, and a term of up to 16 digits. */
  private static final int FRAME_BYTES = 48;

  /** What a session adds: names, quotes, and two numbers of up to 16 digits. */
  private static final int SESSION_BYTES = 72;

  /** An ID with its quotes and comma. */
  private static final int ID_BYTES = 7;

  static LogEntry of(long term, Command command) {
    return new LogEntry(term, command, bytesOf(command));
  }

  static int bytesOf(Command command) {
    if (command instanceof Put put) {
      return FRAME_BYTES + MessageSize.jsonBytes(put.key()) + MessageSize.jsonBytes(put.value());
    } else if (command instanceof Append append) {
      return FRAME_BYTES
          + MessageSize.jsonBytes(append.key())
          + MessageSize.jsonBytes(append.value());
    } else if (command instanceof Cas cas) {
      return FRAME_BYTES
          + MessageSize.jsonBytes(cas.key())
          + MessageSize.jsonBytes(cas.expect())
          + MessageSize.jsonBytes(cas.value());
    } else if (command instanceof Once once) {
      return SESSION_BYTES + MessageSize.jsonBytes(once.client()) + bytesOf(once.write());
    } else if (command instanceof Reconfigure reconfigure) {
      Configuration members = reconfigure.configuration();
      return FRAME_BYTES + ID_BYTES * (members.voters().size() + members.learners().size());
    }
    return FRAME_BYTES;
  }

  /**
   * Whether the text can be written in UTF-8. Followers would receive a lone half of a surrogate
   * pair as a question mark, so their state machines would differ from the leader's.
   */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
