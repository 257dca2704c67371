package raftlab.judge.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.wire.NearestWord;
import raftlab.wire.PrintableText;

/** The words for operations and their results, shared by all formats. */
final class HistoryVocabulary {
  private static final Map<String, OperationKind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("get", OperationKind.GET);
    KINDS.put("put", OperationKind.PUT);
    KINDS.put("append", OperationKind.APPEND);
    KINDS.put("cas", OperationKind.CAS);
    KINDS.put("read", OperationKind.GET);
    KINDS.put("write", OperationKind.PUT);
  }

  /** Operations of other data types, by their words. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("acquire", "a lock (mutex)"),
          Map.entry("release", "a lock (mutex)"),
          Map.entry("lock", "a lock (mutex)"),
          Map.entry("unlock", "a lock (mutex)"),
          Map.entry("enqueue", "a queue"),
          Map.entry("dequeue", "a queue"),
          Map.entry("drain", "a queue"),
          Map.entry("send", "a queue (kafka)"),
          Map.entry("poll", "a queue (kafka)"),
          Map.entry("add", "a set or a counter"),
          Map.entry("remove", "a set"),
          Map.entry("inc", "a counter"),
          Map.entry("dec", "a counter"),
          Map.entry("increment", "a counter"),
          Map.entry("decrement", "a counter"),
          Map.entry("transfer", "a bank"),
          Map.entry("txn", "transactions (list-append, rw-register, multi-register)"),
          Map.entry("insert", "a table"),
          Map.entry("generate", "unique IDs"));

  private static final List<String> TYPES = List.of("invoke", "ok", "fail", "info");

  private HistoryVocabulary() {}

  static OperationKind kind(@Nullable String word) throws HistoryException {
    String other = word == null ? null : OTHERS.get(word);
    if (other != null) {
      throw otherType(word, other);
    } else if (!KINDS.containsKey(word)) {
      throw unknown("f", word, List.copyOf(KINDS.keySet()));
    }
    return KINDS.get(word);
  }

  static OperationAssembler.LogLineType type(@Nullable String word) throws HistoryException {
    if (word == null || !TYPES.contains(word)) {
      throw unknown("type", word, TYPES);
    }
    return OperationAssembler.LogLineType.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Refuses an operation of another data type. */
  static HistoryException otherType(@Nullable String word, String type) {
    return HistoryException.expected(
        "operations of registers or of a key-value store: " + String.join(", ", KINDS.keySet()),
        "the operation " + word + ", which is of " + type + "; raftlab can't judge that");
  }

  private static HistoryException unknown(String field, @Nullable String word, List<String> known) {
    String nearest =
        word == null
            ? ""
            : NearestWord.of(word, known).map(w -> "; did you mean " + w + "?").orElse("");
    String found = word == null ? "no " + field : field + " " + PrintableText.of(word, 40);
    return HistoryException.expected("one of " + String.join(", ", known) + nearest, found);
  }
}
