package raftlab.raft;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import raftlab.raft.Command.Append;
import raftlab.raft.Command.Cas;
import raftlab.raft.Command.NoOp;
import raftlab.raft.Command.Once;
import raftlab.raft.Command.Put;
import raftlab.raft.Command.Reconfigure;
import raftlab.raft.Command.Write;
import raftlab.wire.Id;

/**
 * The JSON form of log entries: an array of the term and what the command consists of.
 *
 * <pre>
 *   [7]                                                 does nothing
 *   [7, "put", "key", "value"]
 *   [7, "append", "key", "value"]
 *   [7, "cas", "key", "expected", "value"]
 *   [7, "put", "key", "value", {"client": "c", "seq": 3, "time": 12000}]    a session's write
 *   [7, "members", ["0000", "0001"], ["0002"]]          voters and learners
 * </pre>
 */
final class LogEntryJson {
  private static final String MEMBERS = "members";
  private static final int MAX_MEMBERS = 1_000;

  private LogEntryJson() {}

  static JsonArray write(List<LogEntry> entries) {
    JsonArray array = new JsonArray(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      LogEntry entry = entries.get(i);
      JsonArray one = new JsonArray(4);
      one.add(new JsonPrimitive(entry.term()));
      write(entry.command(), one);
      array.add(one);
    }
    return array;
  }

  private static void write(Command command, JsonArray out) {
    if (command instanceof Put put) {
      words(out, "put", put.key(), put.value());
    } else if (command instanceof Append append) {
      words(out, "append", append.key(), append.value());
    } else if (command instanceof Cas cas) {
      words(out, "cas", cas.key(), cas.expect(), cas.value());
    } else if (command instanceof Once once) {
      write(once.write(), out);
      JsonObject session = new JsonObject();
      session.addProperty("client", once.client());
      session.addProperty("seq", once.seq());
      session.addProperty("time", once.time());
      out.add(session);
    } else if (command instanceof Reconfigure reconfigure) {
      words(out, MEMBERS);
      out.add(ids(reconfigure.configuration().voters()));
      out.add(ids(reconfigure.configuration().learners()));
    }
  }

  private static void words(JsonArray out, String... words) {
    for (String word : words) {
      out.add(new JsonPrimitive(word));
    }
  }

  private static JsonArray ids(List<Id> ids) {
    JsonArray array = new JsonArray(ids.size());
    ids.forEach(id -> array.add(id.toString()));
    return array;
  }

  /**
   * The entries; null if one is malformed, or if the terms decrease or don't lie between those of
   * the entry before and of the leader.
   */
  static @Nullable List<LogEntry> read(JsonArray array, long prevLogTerm, long leaderTerm) {
    int count = array.size();
    if (count > MessageCodec.MAX_ENTRIES) {
      return null;
    }
    if (count == 0) {
      return List.of();
    }
    List<LogEntry> entries = new ArrayList<>(count);
    long previousTerm = Math.max(1, prevLogTerm);
    for (int i = 0; i < count; i++) {
      LogEntry entry = entry(array.get(i));
      if (entry == null || entry.term() < previousTerm || entry.term() > leaderTerm) {
        return null;
      }
      previousTerm = entry.term();
      entries.add(entry);
    }
    return entries;
  }

  private static @Nullable LogEntry entry(JsonElement json) {
    if (!(json instanceof JsonArray parts) || parts.isEmpty()) {
      return null;
    }
    long term = JsonFields.number(parts.get(0));
    Command command = parts.size() == 1 ? NoOp.INSTANCE : command(parts);
    return command == null ? null : LogEntry.of(term, command);
  }

  private static @Nullable Command command(JsonArray parts) {
    JsonElement last = parts.get(parts.size() - 1);
    if (last instanceof JsonObject session) {
      Write write = write(parts, parts.size() - 1);
      return write == null ? null : once(session, write);
    }
    return MEMBERS.equals(JsonFields.text(parts.get(1)))
        ? members(parts)
        : write(parts, parts.size());
  }

  /** The write in the first {@code count} parts; null if there is none. */
  private static @Nullable Write write(JsonArray parts, int count) {
    if (count < 4 || count > 5) {
      return null;
    }
    String name = JsonFields.text(parts.get(1));
    String key = JsonFields.text(parts.get(2));
    String first = JsonFields.text(parts.get(3));
    if (name == null || key == null || first == null) {
      return null;
    }
    if (count == 5) {
      String second = JsonFields.text(parts.get(4));
      return name.equals("cas") && second != null ? new Cas(key, first, second) : null;
    }
    return switch (name) {
      case "put" -> new Put(key, first);
      case "append" -> new Append(key, first);
      default -> null;
    };
  }

  private static @Nullable Once once(JsonObject session, Write write) {
    String client = JsonFields.text(session.get("client"));
    long seq = JsonFields.number(session.get("seq"));
    long time = JsonFields.number(session.get("time"));
    return client == null || seq < 0 || time < 0 ? null : new Once(client, seq, time, write);
  }

  private static @Nullable Reconfigure members(JsonArray parts) {
    if (parts.size() != 4) {
      return null;
    }
    List<Id> voters = ids(parts.get(2));
    List<Id> learners = ids(parts.get(3));
    return voters == null || learners == null || voters.isEmpty()
        ? null
        : new Reconfigure(new Configuration(voters, learners));
  }

  private static @Nullable List<Id> ids(JsonElement json) {
    if (!(json instanceof JsonArray array) || array.size() > MAX_MEMBERS) {
      return null;
    }
    List<Id> ids = new ArrayList<>();
    for (JsonElement element : array) {
      Id id = JsonFields.id(element);
      if (id == null || ids.contains(id)) {
        return null;
      }
      ids.add(id);
    }
    return ids;
  }
}
