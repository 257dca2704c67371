package raftlab.raft;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.InstallSnapshot;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.SnapshotReply;
import raftlab.raft.RaftMessage.TimeoutNow;
import raftlab.raft.RaftMessage.VoteReply;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The JSON form of a {@link RaftMessage}. The fields have the names of the records' components;
 * {@link LogEntryJson} has the form of entries, and a part of a snapshot is in base 64.
 *
 * <p>Reading is strict: {@link #decode} returns null for all that isn't exactly such a message.
 */
final class MessageCodec {
  /** A message with more entries is ignored. */
  static final int MAX_ENTRIES = 1_000;

  /** The largest number that JSON libraries of all languages read exactly. */
  static final long MAX_NUMBER = (1L << 53) - 1;

  private static final String PRE_VOTE = "preVote";
  private static final String PRE_VOTE_REPLY = "preVoteReply";
  private static final String REQUEST_VOTE = "requestVote";
  private static final String VOTE_REPLY = "voteReply";
  private static final String APPEND_ENTRIES = "appendEntries";
  private static final String APPEND_REPLY = "appendReply";
  private static final String INSTALL_SNAPSHOT = "installSnapshot";
  private static final String SNAPSHOT_REPLY = "snapshotReply";
  private static final String TIMEOUT_NOW = "timeoutNow";

  private MessageCodec() {}

  /**
   * The datagram for this message.
   *
   * @param leader that the sender follows; null if it knows none
   */
  static Message encode(RaftMessage message, Id src, Id dst, @Nullable Id leader) {
    JsonObject fields = new JsonObject();
    number(fields, "term", message.term());
    return Message.of(src, dst, orBroadcast(leader), encode(message, fields), null, fields);
  }

  /** The form of an ID in messages and reports, where the broadcast ID stands for null. */
  static Id orBroadcast(@Nullable Id id) {
    return id == null ? Id.BROADCAST : id;
  }

  /** Adds the message's fields; returns its type. */
  private static String encode(RaftMessage message, JsonObject fields) {
    if (message instanceof AppendEntries append) {
      number(fields, "round", append.round());
      number(fields, "prevLogIndex", append.prevLogIndex());
      number(fields, "prevLogTerm", append.prevLogTerm());
      number(fields, "leaderCommit", append.leaderCommit());
      fields.add("entries", LogEntryJson.write(append.entries()));
      return APPEND_ENTRIES;
    } else if (message instanceof AppendReply reply) {
      number(fields, "round", reply.round());
      requestTerm(fields, reply.requestTerm());
      fields.add("success", new JsonPrimitive(reply.success()));
      if (reply.success()) {
        number(fields, "matchIndex", reply.matchIndex());
      } else {
        number(fields, "conflictTerm", reply.conflictTerm());
        number(fields, "conflictIndex", reply.conflictIndex());
      }
      return APPEND_REPLY;
    } else if (message instanceof RequestVote request) {
      number(fields, "lastLogIndex", request.lastLogIndex());
      number(fields, "lastLogTerm", request.lastLogTerm());
      number(fields, "round", request.round());
      if (request.transfer()) {
        fields.add("transfer", new JsonPrimitive(true));
      }
      return request.preVote() ? PRE_VOTE : REQUEST_VOTE;
    } else if (message instanceof VoteReply vote) {
      number(fields, "round", vote.round());
      requestTerm(fields, vote.requestTerm());
      fields.add("granted", new JsonPrimitive(vote.granted()));
      return vote.preVote() ? PRE_VOTE_REPLY : VOTE_REPLY;
    } else if (message instanceof InstallSnapshot install) {
      number(fields, "round", install.round());
      number(fields, "lastIncludedIndex", install.lastIncludedIndex());
      number(fields, "lastIncludedTerm", install.lastIncludedTerm());
      number(fields, "size", install.size());
      number(fields, "offset", install.offset());
      fields.addProperty("data", Base64.getEncoder().encodeToString(install.data()));
      return INSTALL_SNAPSHOT;
    } else if (message instanceof SnapshotReply reply) {
      number(fields, "round", reply.round());
      number(fields, "lastIncludedIndex", reply.lastIncludedIndex());
      number(fields, "offset", reply.offset());
      return SNAPSHOT_REPLY;
    }
    return TIMEOUT_NOW;
  }

  private static void number(JsonObject fields, String name, long number) {
    fields.add(name, new JsonPrimitive(number));
  }

  /** The term of the request; left out if it is the term of the reply. */
  private static void requestTerm(JsonObject fields, long requestTerm) {
    if (requestTerm != fields.get("term").getAsLong()) {
      number(fields, "requestTerm", requestTerm);
    }
  }

  private static long requestTerm(JsonObject fields) {
    return JsonFields.number(fields.get(fields.has("requestTerm") ? "requestTerm" : "term"));
  }

  /** The message; null if it has another type, or a wrong or missing field. */
  static @Nullable RaftMessage decode(Message message) {
    return switch (message.type()) {
      case APPEND_ENTRIES -> appendEntries(message.fields());
      case APPEND_REPLY -> appendReply(message.fields());
      case PRE_VOTE -> requestVote(message.fields(), true);
      case REQUEST_VOTE -> requestVote(message.fields(), false);
      case PRE_VOTE_REPLY -> vote(message.fields(), true);
      case VOTE_REPLY -> vote(message.fields(), false);
      case INSTALL_SNAPSHOT -> installSnapshot(message.fields());
      case SNAPSHOT_REPLY -> snapshotReply(message.fields());
      case TIMEOUT_NOW -> timeoutNow(message.fields());
      default -> null;
    };
  }

  private static @Nullable RaftMessage requestVote(JsonObject fields, boolean preVote) {
    long term = JsonFields.number(fields.get("term"));
    long lastLogIndex = JsonFields.number(fields.get("lastLogIndex"));
    long lastLogTerm = JsonFields.number(fields.get("lastLogTerm"));
    long round = JsonFields.number(fields.get("round"));
    JsonElement transfer = fields.get("transfer");
    boolean isTransfer = transfer != null && Boolean.TRUE.equals(JsonFields.flag(transfer));
    return term < 0 || lastLogIndex < 0 || lastLogTerm < 0 || lastLogTerm > term || round <= 0
        ? null
        : new RequestVote(term, preVote, isTransfer, lastLogIndex, lastLogTerm, round);
  }

  private static @Nullable RaftMessage vote(JsonObject fields, boolean preVote) {
    long term = JsonFields.number(fields.get("term"));
    long requestTerm = requestTerm(fields);
    long round = JsonFields.number(fields.get("round"));
    Boolean granted = JsonFields.flag(fields.get("granted"));
    return term < 0 || requestTerm < 0 || round <= 0 || granted == null
        ? null
        : new VoteReply(term, preVote, granted, requestTerm, round);
  }

  private static @Nullable RaftMessage appendEntries(JsonObject fields) {
    long term = JsonFields.number(fields.get("term"));
    long round = JsonFields.number(fields.get("round"));
    long prevLogIndex = JsonFields.number(fields.get("prevLogIndex"));
    long prevLogTerm = JsonFields.number(fields.get("prevLogTerm"));
    long leaderCommit = JsonFields.number(fields.get("leaderCommit"));
    boolean numbersAreSound =
        term > 0
            && round > 0
            && prevLogIndex >= 0
            && prevLogTerm >= 0
            && prevLogTerm <= term
            && leaderCommit >= 0
            && (prevLogIndex == 0) == (prevLogTerm == 0);
    if (!numbersAreSound || !(fields.get("entries") instanceof JsonArray array)) {
      return null;
    }
    List<LogEntry> entries = LogEntryJson.read(array, prevLogTerm, term);
    return entries == null
        ? null
        : new AppendEntries(term, round, prevLogIndex, prevLogTerm, leaderCommit, entries);
  }

  private static @Nullable RaftMessage appendReply(JsonObject fields) {
    long term = JsonFields.number(fields.get("term"));
    long round = JsonFields.number(fields.get("round"));
    long requestTerm = requestTerm(fields);
    Boolean success = JsonFields.flag(fields.get("success"));
    if (requestTerm <= 0 || requestTerm > term || round <= 0 || success == null) {
      return null;
    }
    if (success) {
      long matchIndex = JsonFields.number(fields.get("matchIndex"));
      return matchIndex < 0
          ? null
          : new AppendReply(term, requestTerm, round, true, matchIndex, 0, 0);
    }
    long conflictTerm = JsonFields.number(fields.get("conflictTerm"));
    long conflictIndex = JsonFields.number(fields.get("conflictIndex"));
    return conflictTerm < 0 || conflictIndex < 0
        ? null
        : new AppendReply(term, requestTerm, round, false, 0, conflictTerm, conflictIndex);
  }

  private static @Nullable RaftMessage installSnapshot(JsonObject fields) {
    long term = JsonFields.number(fields.get("term"));
    long round = JsonFields.number(fields.get("round"));
    long index = JsonFields.number(fields.get("lastIncludedIndex"));
    long indexTerm = JsonFields.number(fields.get("lastIncludedTerm"));
    int size = JsonFields.number(fields.get("size"), JournalReplay.MAX_SNAPSHOT_BYTES);
    int offset = JsonFields.number(fields.get("offset"), JournalReplay.MAX_SNAPSHOT_BYTES);
    byte[] data = bytes(JsonFields.text(fields.get("data")));
    if (data == null) {
      return null;
    }
    boolean isSound =
        term > 0
            && round > 0
            && index > 0
            && indexTerm > 0
            && indexTerm <= term
            && size > 0
            && offset >= 0
            && data.length <= size - offset;
    return isSound ? new InstallSnapshot(term, round, index, indexTerm, size, offset, data) : null;
  }

  private static byte @Nullable [] bytes(@Nullable String base64) {
    try {
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static @Nullable RaftMessage snapshotReply(JsonObject fields) {
    long term = JsonFields.number(fields.get("term"));
    long round = JsonFields.number(fields.get("round"));
    long index = JsonFields.number(fields.get("lastIncludedIndex"));
    int offset = JsonFields.number(fields.get("offset"), JournalReplay.MAX_SNAPSHOT_BYTES);
    return term <= 0 || round <= 0 || index <= 0 || offset < 0
        ? null
        : new SnapshotReply(term, round, index, offset);
  }

  private static @Nullable RaftMessage timeoutNow(JsonObject fields) {
    long term = JsonFields.number(fields.get("term"));
    return term <= 0 ? null : new TimeoutNow(term);
  }
}
