package raftlab.judge.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.judge.linear.HistoryOperation.Kind;
import raftlab.wire.NearestWord;
import raftlab.wire.PrintableText;

/** The words for operations and their results, shared by all formats. */
final class HistoryVocabulary {
  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("get", Kind.GET);
    KINDS.put("put", Kind.PUT);
    KINDS.put("append", Kind.APPEND);
    KINDS.put("cas", Kind.CAS);
    KINDS.put("read", Kind.GET);
    KINDS.put("write", Kind.PUT);
  }

  private static final List<String> TYPES = List.of("invoke", "ok", "fail", "info");

  private HistoryVocabulary() {}

  static Kind kind(String word) throws HistoryException {
    if (!KINDS.containsKey(word)) {
      throw unknown("f", word, List.copyOf(KINDS.keySet()));
    }
    return KINDS.get(word);
  }

  static OperationAssembler.Type type(String word) throws HistoryException {
    if (word == null || !TYPES.contains(word)) {
      throw unknown("type", word, TYPES);
    }
    return OperationAssembler.Type.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static HistoryException unknown(String field, String word, List<String> known) {
    String nearest =
        word == null
            ? ""
            : NearestWord.of(word, known).map(w -> "; did you mean " + w + "?").orElse("");
    String found = word == null ? "no " + field : field + " " + PrintableText.of(word, 40);
    return HistoryException.expected("one of " + String.join(", ", known) + nearest, found);
  }
}
