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

  private static final List<String> TYPES = List.of("invoke", "ok", "fail", "info");

  private HistoryVocabulary() {}

  static OperationKind kind(@Nullable String word) throws HistoryException {
    if (!KINDS.containsKey(word)) {
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

  private static HistoryException unknown(String field, @Nullable String word, List<String> known) {
    String nearest =
        word == null
            ? ""
            : NearestWord.of(word, known).map(w -> "; did you mean " + w + "?").orElse("");
    String found = word == null ? "no " + field : field + " " + PrintableText.of(word, 40);
    return HistoryException.expected("one of " + String.join(", ", known) + nearest, found);
  }
}
