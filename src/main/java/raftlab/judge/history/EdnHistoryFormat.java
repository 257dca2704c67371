package raftlab.judge.history;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.wire.PrintableText;

/**
 * Parses EDN lines of a key-value store, such as {@code {:process 0, :type :invoke, :f :append,
 * :key "0", :value "x"}}. Ignores further keys of the map.
 */
final class EdnHistoryFormat implements HistoryFormat {
  @Override
  public InitialState model() {
    return InitialState.KV;
  }

  @Override
  public void read(String text, int number, OperationAssembler processes) throws HistoryException {
    if (!(new EdnReader(text).singleValue() instanceof Map<?, ?> map)) {
      throw HistoryException.expected(
          "a map such as {:process 0, :type :invoke, :f :get, :key \"k\", :value nil}",
          "\"" + PrintableText.of(text, 40) + "\"");
    }
    OperationKind kind = HistoryVocabulary.kind(keyword(map, "f"));
    Object value = map.get(new EdnReader.Keyword("value"));
    OperationAssembler.LogLineType type = HistoryVocabulary.type(keyword(map, "type"));
    String expect = null;
    if (kind == OperationKind.CAS && type == OperationAssembler.LogLineType.INVOKE) {
      if (!(value instanceof List<?> pair) || pair.size() != 2) {
        throw HistoryException.expected(
            "a :value [EXPECTED NEW]", PrintableText.of("" + value, 40));
      }
      expect = EdnReader.text(pair.get(0));
      value = pair.get(1);
    }
    if (kind != OperationKind.GET
        && value == null
        && type == OperationAssembler.LogLineType.INVOKE) {
      throw HistoryException.expected("a :value to write", "none");
    }
    processes.add(
        new OperationAssembler.LogLine(
            number,
            scalar(map, "process"),
            type,
            kind,
            scalar(map, "key"),
            kind == OperationKind.CAS && expect == null && value instanceof List<?>
                ? null
                : EdnReader.text(value),
            expect));
  }

  private static @Nullable String keyword(Map<?, ?> map, String name) throws HistoryException {
    Object value = map.get(new EdnReader.Keyword(name));
    if (value != null && !(value instanceof EdnReader.Keyword)) {
      throw HistoryException.expected(
          "a keyword for :" + name, "\"" + PrintableText.of(value.toString(), 40) + "\"");
    }
    return value == null ? null : ((EdnReader.Keyword) value).name();
  }

  private static String scalar(Map<?, ?> map, String name) throws HistoryException {
    Object value = map.get(new EdnReader.Keyword(name));
    if (value == null) {
      throw HistoryException.expected("a value for :" + name, "none");
    }
    return EdnReader.scalar(value);
  }
}
