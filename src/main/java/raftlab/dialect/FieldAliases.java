package raftlab.dialect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
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
  /** Names in lower case, letters only, with what they mean. */
  private static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("term", "term"),
          Map.entry("currentterm", "term"),
          Map.entry("leaderterm", "term"),
          Map.entry("candidateterm", "term"),
          Map.entry("prevlogindex", "prevIndex"),
          Map.entry("previndex", "prevIndex"),
          Map.entry("previouslogindex", "prevIndex"),
          Map.entry("prevlogidx", "prevIndex"),
          Map.entry("prevlogterm", "prevTerm"),
          Map.entry("prevterm", "prevTerm"),
          Map.entry("previouslogterm", "prevTerm"),
          Map.entry("leadercommit", "commit"),
          Map.entry("commitindex", "commit"),
          Map.entry("leadercommitindex", "commit"),
          Map.entry("commit", "commit"),
          Map.entry("entries", "entries"),
          Map.entry("logentries", "entries"),
          Map.entry("newentries", "entries"),
          Map.entry("lastlogindex", "lastIndex"),
          Map.entry("lastlogidx", "lastIndex"),
          Map.entry("lastlogterm", "lastTerm"),
          Map.entry("granted", "granted"),
          Map.entry("votegranted", "granted"),
          Map.entry("grantvote", "granted"),
          Map.entry("success", "success"),
          Map.entry("matchindex", "match"),
          Map.entry("match", "match"),
          Map.entry("conflictindex", "hint"),
          Map.entry("round", "round"),
          Map.entry("prevote", "preVote"),
          Map.entry("isprevote", "preVote"),
          Map.entry("pre", "preVote"),
          Map.entry("canvass", "preVote"),
          Map.entry("transfer", "transfer"),
          Map.entry("istransfer", "transfer"),
          Map.entry("leadertransfer", "transfer"),
          Map.entry("leadershiptransfer", "transfer"),
          Map.entry("isleadershiptransfer", "transfer"),
          Map.entry("disruptleader", "transfer"),
          Map.entry("disruptleadership", "transfer"),
          Map.entry("lastincludedindex", "snapshotIndex"),
          Map.entry("lastincludedterm", "snapshotTerm"),
          Map.entry("size", "size"),
          Map.entry("data", "data"));

  /** Longer lists of entries aren't read; they don't fit into a datagram. */
  private static final int MAX_ENTRIES = 20_000;

  private final Map<String, String> known = new HashMap<>();

  /** The content of a message; {@link RaftMessageView.Other} if it can't be read. Never fails. */
  RaftMessageView read(Message message) {
    Map<String, JsonElement> fields = new HashMap<>();
    collect(message.fields(), fields, true);
    long term = number(fields.get("term"));
    String type = message.type().toLowerCase(Locale.ROOT);
    boolean preVote =
        type.contains("pre")
            || Boolean.TRUE.equals(flag(fields.get("preVote")))
            || hasUnknownFlag(message.fields());
    if (fields.containsKey("snapshotIndex")) {
      return fields.containsKey("snapshotTerm")
          ? new RaftMessageView.Install(
              term, number(fields.get("snapshotIndex")), number(fields.get("snapshotTerm")))
          : new RaftMessageView.Other(term);
    }
    if (fields.containsKey("prevIndex")) {
      return append(term, fields);
    }
    Boolean granted = flag(fields.get("granted"));
    if (granted != null) {
      return new RaftMessageView.VoteReply(term, preVote, granted);
    }
    if (fields.containsKey("lastIndex") && fields.containsKey("lastTerm")) {
      return new RaftMessageView.VoteRequest(
          term, preVote, number(fields.get("lastIndex")), number(fields.get("lastTerm")));
    }
    Boolean success = flag(fields.get("success"));
    if (success != null) {
      return new RaftMessageView.AppendReply(
          term,
          number(fields.get("round")),
          success,
          number(fields.get("match")),
          number(fields.get("hint")));
    }
    return new RaftMessageView.Other(term);
  }

  private void collect(JsonObject json, Map<String, JsonElement> fields, boolean deeper) {
    for (Map.Entry<String, JsonElement> field : json.entrySet()) {
      String meaning = meaning(field.getKey());
      JsonElement value = field.getValue();
      if (!meaning.isEmpty()) {
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
      if (meaning(field.getKey()).isEmpty() && Boolean.TRUE.equals(flag(field.getValue()))) {
        return true;
      }
    }
    return false;
  }

  private String meaning(String name) {
    return known.computeIfAbsent(name, FieldAliases::lookUp);
  }

  private static String lookUp(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return MEANINGS.getOrDefault(plain, "");
  }

  private RaftMessageView append(long term, Map<String, JsonElement> fields) {
    List<Long> terms = new ArrayList<>();
    if (fields.get("entries") instanceof JsonArray entries && entries.size() <= MAX_ENTRIES) {
      for (JsonElement entry : entries) {
        terms.add(entryTerm(entry));
      }
    }
    return new RaftMessageView.Append(
        term,
        number(fields.get("round")),
        number(fields.get("prevIndex")),
        number(fields.get("prevTerm")),
        number(fields.get("commit")),
        terms);
  }

  /** The term of an entry that is an object with a term, or an array that begins with it. */
  private long entryTerm(JsonElement entry) {
    if (entry instanceof JsonArray array) {
      return array.isEmpty() ? RaftMessageView.UNKNOWN : number(array.get(0));
    }
    if (entry instanceof JsonObject object) {
      for (Map.Entry<String, JsonElement> field : object.entrySet()) {
        if (meaning(field.getKey()).equals("term")) {
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
