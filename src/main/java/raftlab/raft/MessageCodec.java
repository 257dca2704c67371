package raftlab.raft;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import raftlab.raft.Command.NoOp;
import raftlab.raft.Command.Put;
import raftlab.raft.RaftMessage.AppendEntries;
import raftlab.raft.RaftMessage.AppendReply;
import raftlab.raft.RaftMessage.RequestVote;
import raftlab.raft.RaftMessage.Vote;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * The JSON form of a {@link RaftMessage}. The fields have the names of the records' components; an
 * entry is {@code [term]} if it does nothing and {@code [term, key, value]} if it is a put.
 *
 * <p>Reading is strict: whatever isn't exactly such a message is none.
 */
final class MessageCodec {
  /** No message with more entries is read. */
  static final int MAX_ENTRIES = 1_000;

  /** The largest number that every JSON library of every language reads exactly. */
  static final long MAX_NUMBER = (1L << 53) - 1;

  private static final String PRE_VOTE = "preVote";
  private static final String PRE_VOTE_REPLY = "preVoteReply";
  private static final String REQUEST_VOTE = "requestVote";
  private static final String VOTE_REPLY = "voteReply";
  private static final String APPEND_ENTRIES = "appendEntries";
  private static final String APPEND_REPLY = "appendReply";

  private static final long INVALID = -1;

  private MessageCodec() {}

  /** The datagram for this message. */
  static Message encode(RaftMessage message, Id src, Id dst, Id leader) {
    JsonObject fields = new JsonObject();
    fields.add("term", new JsonPrimitive(message.term()));
    String type;
    if (message instanceof AppendEntries append) {
      type = APPEND_ENTRIES;
      fields.add("round", new JsonPrimitive(append.round()));
      fields.add("prevLogIndex", new JsonPrimitive(append.prevLogIndex()));
      fields.add("prevLogTerm", new JsonPrimitive(append.prevLogTerm()));
      fields.add("leaderCommit", new JsonPrimitive(append.leaderCommit()));
      fields.add("entries", encode(append.entries()));
    } else if (message instanceof AppendReply reply) {
      type = APPEND_REPLY;
      fields.add("round", new JsonPrimitive(reply.round()));
      fields.add("success", new JsonPrimitive(reply.success()));
      if (reply.success()) {
        fields.add("matchIndex", new JsonPrimitive(reply.matchIndex()));
      } else {
        fields.add("conflictTerm", new JsonPrimitive(reply.conflictTerm()));
        fields.add("conflictIndex", new JsonPrimitive(reply.conflictIndex()));
      }
    } else if (message instanceof RequestVote request) {
      type = request.preVote() ? PRE_VOTE : REQUEST_VOTE;
      fields.add("lastLogIndex", new JsonPrimitive(request.lastLogIndex()));
      fields.add("lastLogTerm", new JsonPrimitive(request.lastLogTerm()));
    } else {
      Vote vote = (Vote) message;
      type = vote.preVote() ? PRE_VOTE_REPLY : VOTE_REPLY;
      fields.add("granted", new JsonPrimitive(vote.granted()));
    }
    return Message.of(src, dst, leader, type, null, fields);
  }

  private static JsonArray encode(List<Entry> entries) {
    JsonArray array = new JsonArray(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      JsonArray one = new JsonArray(3);
      one.add(new JsonPrimitive(entry.term()));
      if (entry.command() instanceof Put put) {
        one.add(new JsonPrimitive(put.key()));
        one.add(new JsonPrimitive(put.value()));
      }
      array.add(one);
    }
    return array;
  }

  /** The message, or null if it isn't one of ours or something about it is wrong. */
  static RaftMessage decode(Message message) {
    return switch (message.type()) {
      case APPEND_ENTRIES -> appendEntries(message.fields());
      case APPEND_REPLY -> appendReply(message.fields());
      case PRE_VOTE -> requestVote(message.fields(), true);
      case REQUEST_VOTE -> requestVote(message.fields(), false);
      case PRE_VOTE_REPLY -> vote(message.fields(), true);
      case VOTE_REPLY -> vote(message.fields(), false);
      default -> null;
    };
  }

  private static RaftMessage requestVote(JsonObject fields, boolean preVote) {
    long term = number(fields.get("term"));
    long lastLogIndex = number(fields.get("lastLogIndex"));
    long lastLogTerm = number(fields.get("lastLogTerm"));
    return term < 0 || lastLogIndex < 0 || lastLogTerm < 0 || lastLogTerm > term
        ? null
        : new RequestVote(term, preVote, lastLogIndex, lastLogTerm);
  }

  private static RaftMessage vote(JsonObject fields, boolean preVote) {
    long term = number(fields.get("term"));
    Boolean granted = flag(fields.get("granted"));
    return term < 0 || granted == null ? null : new Vote(term, preVote, granted);
  }

  private static RaftMessage appendEntries(JsonObject fields) {
    long term = number(fields.get("term"));
    long round = number(fields.get("round"));
    long prevLogIndex = number(fields.get("prevLogIndex"));
    long prevLogTerm = number(fields.get("prevLogTerm"));
    long leaderCommit = number(fields.get("leaderCommit"));
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
    List<Entry> entries = entries(array, prevLogTerm, term);
    return entries == null
        ? null
        : new AppendEntries(term, round, prevLogIndex, prevLogTerm, leaderCommit, entries);
  }

  /**
   * The entries, or null: their terms must never fall, and lie between those of the entry before
   * and the leader.
   */
  private static List<Entry> entries(JsonArray array, long prevLogTerm, long leaderTerm) {
    int count = array.size();
    if (count > MAX_ENTRIES) {
      return null;
    }
    if (count == 0) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>(count);
    long previousTerm = Math.max(1, prevLogTerm);
    for (int i = 0; i < count; i++) {
      Entry entry = entry(array.get(i));
      if (entry == null || entry.term() < previousTerm || entry.term() > leaderTerm) {
        return null;
      }
      previousTerm = entry.term();
      entries.add(entry);
    }
    return entries;
  }

  private static Entry entry(JsonElement json) {
    if (!(json instanceof JsonArray parts) || (parts.size() != 1 && parts.size() != 3)) {
      return null;
    }
    long term = number(parts.get(0));
    if (parts.size() == 1) {
      return Entry.of(term, NoOp.INSTANCE);
    }
    String key = text(parts.get(1));
    String value = text(parts.get(2));
    return key == null || value == null ? null : Entry.of(term, new Put(key, value));
  }

  private static RaftMessage appendReply(JsonObject fields) {
    long term = number(fields.get("term"));
    long round = number(fields.get("round"));
    Boolean success = flag(fields.get("success"));
    if (term <= 0 || round <= 0 || success == null) {
      return null;
    }
    if (success) {
      long matchIndex = number(fields.get("matchIndex"));
      return matchIndex < 0 ? null : AppendReply.success(term, round, matchIndex);
    }
    long conflictTerm = number(fields.get("conflictTerm"));
    long conflictIndex = number(fields.get("conflictIndex"));
    return conflictTerm < 0 || conflictIndex < 0
        ? null
        : AppendReply.rejection(term, round, conflictTerm, conflictIndex);
  }

  /** The whole number from 0 to {@link #MAX_NUMBER}, or {@link #INVALID}. */
  private static long number(JsonElement json) {
    if (!(json instanceof JsonPrimitive primitive) || !primitive.isNumber()) {
      return INVALID;
    }
    Number number = primitive.getAsNumber();
    if (number instanceof Long || number instanceof Integer) {
      long value = number.longValue();
      return value <= MAX_NUMBER ? value : INVALID;
    }
    // A number that was read from text knows only its digits.
    String digits = number.toString();
    if (digits.isEmpty() || digits.length() > 16) {
      return INVALID;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return INVALID;
      }
      value = 10 * value + digit;
    }
    return value <= MAX_NUMBER ? value : INVALID;
  }

  private static Boolean flag(JsonElement json) {
    return json instanceof JsonPrimitive primitive && primitive.isBoolean()
        ? primitive.getAsBoolean()
        : null;
  }

  private static String text(JsonElement json) {
    return json instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : null;
  }
}
