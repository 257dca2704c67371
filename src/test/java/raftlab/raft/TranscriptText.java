package raftlab.raft;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import raftlab.node.StateChange;
import raftlab.node.StateChange.Appended;
import raftlab.node.StateChange.Committed;
import raftlab.node.StateChange.MembersChanged;
import raftlab.node.StateChange.Restored;
import raftlab.node.StateChange.RoleChanged;
import raftlab.node.StateChange.SnapshotInstalled;
import raftlab.node.StateChange.SnapshotTaken;
import raftlab.node.StateChange.TermChanged;
import raftlab.node.StateChange.Truncated;
import raftlab.node.StateChange.Voted;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** What happens in a transcript, in a few words each. An entry is written as index/term. */
final class TranscriptText {
  /** More entries than these are not listed one by one. */
  private static final int LISTED = 4;

  private TranscriptText() {}

  /** What the replica did; null for what goes without saying. */
  static String of(StateChange change) {
    if (change instanceof RoleChanged role) {
      String leader = role.leader().isBroadcast() ? "none yet" : role.leader().toString();
      return switch (role.role()) {
        case FOLLOWER -> "is FOLLOWER of " + leader + " in term " + role.term();
        case LEADER -> "is LEADER of term " + role.term();
        default -> "is " + role.role() + " in term " + role.term();
      };
    } else if (change instanceof TermChanged term) {
      return "enters term " + term.term();
    } else if (change instanceof Voted vote) {
      return "votes for " + vote.candidate();
    } else if (change instanceof Appended entry) {
      String command = entry.command().isEmpty() ? "no-op" : entry.command();
      return "appends " + entry.index() + "/" + entry.term() + " " + command;
    } else if (change instanceof Truncated truncated) {
      return "deletes all from " + truncated.fromIndex() + " on";
    } else if (change instanceof Committed committed) {
      return "commits up to " + committed.index();
    } else if (change instanceof Restored restored) {
      return "finds term " + restored.term() + " and a log up to " + lastOf(restored);
    } else if (change instanceof SnapshotTaken taken) {
      return "takes a snapshot up to " + taken.index() + "/" + taken.term();
    } else if (change instanceof SnapshotInstalled installed) {
      return "installs the snapshot up to " + installed.index() + "/" + installed.term();
    } else if (change instanceof MembersChanged members) {
      String since = members.index() == 0 ? "as at first" : "entry " + members.index();
      return "goes by " + members(members) + " (" + since + ")";
    }
    return null; // applying follows from committing
  }

  private static String lastOf(Restored restored) {
    return restored.lastIndex() + "/" + restored.lastTerm();
  }

  /** The voters, and the learners if there are any. */
  static String members(MembersChanged members) {
    return "voters "
        + ids(members.voters())
        + (members.learners().isEmpty() ? "" : ", learners " + ids(members.learners()));
  }

  private static String ids(List<Id> ids) {
    return ids.stream().map(Id::toString).collect(Collectors.joining(" "));
  }

  /** A message between replicas, without its sender and its receiver. */
  static String of(Message message) {
    RaftMessage raft = MessageCodec.decode(message);
    String words = raft == null ? " (not understood)" : fields(raft);
    return message.type() + " term=" + message.fields().get("term") + words;
  }

  private static String fields(RaftMessage message) {
    if (message instanceof RequestVote request) {
      return " last="
          + request.lastLogIndex()
          + "/"
          + request.lastLogTerm()
          + (request.transfer() ? " transfer" : "");
    } else if (message instanceof VoteReply vote) {
      return vote.granted() ? " granted" : " refused";
    } else if (message instanceof AppendEntries append) {
      return " prev="
          + append.prevLogIndex()
          + "/"
          + append.prevLogTerm()
          + " commit="
          + append.leaderCommit()
          + " entries="
          + entries(append);
    } else if (message instanceof AppendReply reply) {
      return reply.success()
          ? " match=" + reply.matchIndex()
          : " rejected conflictTerm="
              + reply.conflictTerm()
              + " conflictIndex="
              + reply.conflictIndex();
    } else if (message instanceof InstallSnapshot install) {
      return " last="
          + install.lastIncludedIndex()
          + "/"
          + install.lastIncludedTerm()
          + " bytes="
          + install.offset()
          + ".."
          + (install.offset() + install.data().length)
          + " of "
          + install.size();
    } else if (message instanceof SnapshotReply reply) {
      return " last=" + reply.lastIncludedIndex() + " has=" + reply.offset();
    }
    return "";
  }

  private static String entries(AppendEntries append) {
    List<LogEntry> entries = append.entries();
    long first = append.prevLogIndex() + 1;
    if (entries.size() > LISTED) {
      LogEntry last = entries.get(entries.size() - 1);
      return "["
          + first
          + "/"
          + entries.get(0).term()
          + " to "
          + (append.prevLogIndex() + entries.size())
          + "/"
          + last.term()
          + "]";
    }
    StringBuilder list = new StringBuilder("[");
    for (int i = 0; i < entries.size(); i++) {
      LogEntry entry = entries.get(i);
      list.append(i == 0 ? "" : ", ").append(first + i).append('/').append(entry.term());
      String command = entry.command().toString();
      list.append(command.isEmpty() ? " no-op" : " " + command);
    }
    return list.append(']').toString();
  }

  /** An answer to a client, without its sender. */
  static String answer(Message answer) {
    JsonObject fields = answer.fields();
    StringBuilder words = new StringBuilder();
    words.append("answers ").append(answer.mid()).append(": ").append(answer.type());
    if (answer.type().equals(Message.REDIRECT)) {
      words.append(answer.leader().isBroadcast() ? " to any replica" : " to " + answer.leader());
    }
    for (String field : List.of("value", "reason")) {
      if (fields.has(field)) {
        words.append(" \"").append(fields.get(field).getAsString()).append('"');
      }
    }
    return words.toString();
  }
}
