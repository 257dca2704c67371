package raftlab.dialect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.wire.Message;

/**
 * Reads messages between replicas whose fields have names like those of Figure 2: {@code
 * prevLogIndex}, {@code prev_log_index}, {@code PrevIndex}. It reads each message by itself; {@link
 * NamedFields} compares all messages of a type.
 */
final class FieldAliases {
  /** What a field means. */
  private enum Field {
    COMMIT,
    DATA,
    ENTRIES,
    GRANTED,
    HINT,
    LAST_INDEX,
    LAST_TERM,
    MATCH,
    PRE_VOTE,
    PREV_INDEX,
    PREV_TERM,
    ROUND,
    SIZE,
    SNAPSHOT_INDEX,
    SNAPSHOT_TERM,
    SUCCESS,
    TERM,
    TRANSFER,
    /** Nothing that is known. */
    OTHER
  }

  /** Names in lower case, letters only, with what they mean. */
  private static final Map<String, Field> MEANINGS =
      Map.ofEntries(
          Map.entry("term", Field.TERM),
          Map.entry("currentterm", Field.TERM),
          Map.entry("leaderterm", Field.TERM),
          Map.entry("candidateterm", Field.TERM),
          Map.entry("prevlogindex", Field.PREV_INDEX),
          Map.entry("previndex", Field.PREV_INDEX),
          Map.entry("previouslogindex", Field.PREV_INDEX),
          Map.entry("prevlogidx", Field.PREV_INDEX),
          Map.entry("prevlogterm", Field.PREV_TERM),
          Map.entry("prevterm", Field.PREV_TERM),
          Map.entry("previouslogterm", Field.PREV_TERM),
          Map.entry("leadercommit", Field.COMMIT),
          Map.entry("commitindex", Field.COMMIT),
          Map.entry("leadercommitindex", Field.COMMIT),
          Map.entry("commit", Field.COMMIT),
          Map.entry("entries", Field.ENTRIES),
          Map.entry("logentries", Field.ENTRIES),
          Map.entry("newentries", Field.ENTRIES),
          Map.entry("lastlogindex", Field.LAST_INDEX),
          Map.entry("lastlogidx", Field.LAST_INDEX),
          Map.entry("lastlogterm", Field.LAST_TERM),
          Map.entry("granted", Field.GRANTED),
          Map.entry("votegranted", Field.GRANTED),
          Map.entry("grantvote", Field.GRANTED),
          Map.entry("success", Field.SUCCESS),
          Map.entry("matchindex", Field.MATCH),
          Map.entry("match", Field.MATCH),
          Map.entry("conflictindex", Field.HINT),
          Map.entry("round", Field.ROUND),
          Map.entry("prevote", Field.PRE_VOTE),
          Map.entry("isprevote", Field.PRE_VOTE),
          Map.entry("pre", Field.PRE_VOTE),
          Map.entry("canvass", Field.PRE_VOTE),
          Map.entry("transfer", Field.TRANSFER),
          Map.entry("istransfer", Field.TRANSFER),
          Map.entry("leadertransfer", Field.TRANSFER),
          Map.entry("leadershiptransfer", Field.TRANSFER),
          Map.entry("isleadershiptransfer", Field.TRANSFER),
          Map.entry("disruptleader", Field.TRANSFER),
          Map.entry("disruptleadership", Field.TRANSFER),
          Map.entry("lastincludedindex", Field.SNAPSHOT_INDEX),
          Map.entry("lastincludedterm", Field.SNAPSHOT_TERM),
          Map.entry("size", Field.SIZE),
          Map.entry("data", Field.DATA));

  /** Longer lists of entries aren't read; they don't fit into a datagram. */
  private static final int MAX_ENTRIES = 20_000;

  private final Map<String, Field> known = new HashMap<>();

  /** The content of a message; {@link RaftMessageView.Other} if it can't be read. Never fails. */
  RaftMessageView read(Message message) {
    Map<Field, JsonElement> fields = new EnumMap<>(Field.class);
    collect(message.fields(), fields, true);
    long term = number(fields.get(Field.TERM));
    String type = message.type().toLowerCase(Locale.ROOT);
    boolean preVote =
        type.contains("pre")
            || Boolean.TRUE.equals(flag(fields.get(Field.PRE_VOTE)))
            || hasUnknownFlag(message.fields());
    if (fields.containsKey(Field.SNAPSHOT_INDEX)) {
      return fields.containsKey(Field.SNAPSHOT_TERM)
          ? new RaftMessageView.Install(
              term,
              number(fields.get(Field.SNAPSHOT_INDEX)),
              number(fields.get(Field.SNAPSHOT_TERM)))
          : new RaftMessageView.Other(term);
    }
    if (fields.containsKey(Field.PREV_INDEX)) {
      return append(term, fields);
    }
    Boolean granted = flag(fields.get(Field.GRANTED));
    if (granted != null) {
      return new RaftMessageView.VoteReply(term, preVote, granted);
    }
    if (fields.containsKey(Field.LAST_INDEX) && fields.containsKey(Field.LAST_TERM)) {
      return new RaftMessageView.VoteRequest(
          term, preVote, number(fields.get(Field.LAST_INDEX)), number(fields.get(Field.LAST_TERM)));
    }
    Boolean success = flag(fields.get(Field.SUCCESS));
    if (success != null) {
      return new RaftMessageView.AppendReply(
          term,
          number(fields.get(Field.ROUND)),
          success,
          number(fields.get(Field.MATCH)),
          number(fields.get(Field.HINT)));
    }
    return new RaftMessageView.Other(term);
  }

  private void collect(JsonObject json, Map<Field, JsonElement> fields, boolean deeper) {
    for (Map.Entry<String, JsonElement> field : json.entrySet()) {
      Field meaning = meaning(field.getKey());
      JsonElement value = field.getValue();
      if (meaning != Field.OTHER) {
        fields.putIfAbsent(meaning, value);
      }
      if (deeper && value instanceof JsonObject inner) {
        collect(inner, fields, false);
      }
    }
  }

  /**
   * Whether an unknown field is true: a message about votes may then belong to PreVote. The flag of
   * leadership transfers (dissertation §3.10) is known.
   */
  private boolean hasUnknownFlag(JsonObject json) {
    for (Map.Entry<String, JsonElement> field : json.entrySet()) {
      if (meaning(field.getKey()) == Field.OTHER && Boolean.TRUE.equals(flag(field.getValue()))) {
        return true;
      }
    }
    return false;
  }

  private Field meaning(String name) {
    return known.computeIfAbsent(name, FieldAliases::lookUp);
  }

  private static Field lookUp(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return MEANINGS.getOrDefault(plain, Field.OTHER);
  }

  private RaftMessageView append(long term, Map<Field, JsonElement> fields) {
    List<Long> terms = new ArrayList<>();
    if (fields.get(Field.ENTRIES) instanceof JsonArray entries && entries.size() <= MAX_ENTRIES) {
      for (JsonElement entry : entries) {
        terms.add(entryTerm(entry));
      }
    }
    return new RaftMessageView.Append(
        term,
        number(fields.get(Field.ROUND)),
        number(fields.get(Field.PREV_INDEX)),
        number(fields.get(Field.PREV_TERM)),
        number(fields.get(Field.COMMIT)),
        terms);
  }

  /** The term of an entry that is an object with a term, or an array that begins with it. */
  private long entryTerm(JsonElement entry) {
    if (entry instanceof JsonArray array) {
      return array.isEmpty() ? RaftMessageView.UNKNOWN : number(array.get(0));
    }
    if (entry instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        if (meaning(field.getKey()) == Field.TERM) {
          return number(field.getValue());
        }
      }
    }
    return RaftMessageView.UNKNOWN;
  }

  private static long number(@Nullable JsonElement json) {
    if (json instanceof JsonPrimitive primitive && primitive.isNumber()) {
      try {
        double value = primitive.getAsDouble();
        return Math.abs(value) < 1L << 53 ? (long) value : RaftMessageView.UNKNOWN;
      } catch (NumberFormatException notOne) {
        return RaftMessageView.UNKNOWN;
      }
    }
    return RaftMessageView.UNKNOWN;
  }

  private static @Nullable Boolean flag(@Nullable JsonElement json) {
    return json instanceof JsonPrimitive primitive && primitive.isBoolean()
        ? primitive.getAsBoolean()
        : null;
  }
}
