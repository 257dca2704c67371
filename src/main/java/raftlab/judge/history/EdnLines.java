package raftlab.judge.history;

import java.util.List;
import java.util.Map;
import raftlab.judge.linear.Operation.Kind;
import raftlab.wire.Printable;

/**
 * EDN lines of a key-value store, such as {@code {:process 0, :type :invoke, :f :append, :key "0",
 * :value "x"}}. Further keys of the map are passed over.
 */
final class EdnLines implements HistoryFormat {
  @Override
  public Model model() {
    return Model.KV;
  }

  @Override
  public void read(String text, int number, Processes processes) throws HistoryException {
    if (!(new Edn(text).only() instanceof Map<?, ?> map)) {
      throw HistoryException.expected(
          "a map such as {:process 0, :type :invoke, :f :get, :key \"k\", :value nil}",
          "\"" + Printable.of(text, 40) + "\"");
    }
    Kind kind = Words.kind(keyword(map, "f"));
    Object value = map.get(new Edn.Keyword("value"));
    Processes.Type type = Words.type(keyword(map, "type"));
    String expect = null;
    if (kind == Kind.CAS && type == Processes.Type.INVOKE) {
      if (!(value instanceof List<?> pair) || pair.size() != 2) {
        throw HistoryException.expected("a :value [EXPECTED NEW]", Printable.of("" + value, 40));
      }
      expect = Edn.text(pair.get(0));
      value = pair.get(1);
    }
    if (kind != Kind.GET && value == null && type == Processes.Type.INVOKE) {
      throw HistoryException.expected("a :value to write", "none");
    }
    processes.take(
        new Processes.Line(
            number,
            scalar(map, "process"),
            type,
            kind,
            scalar(map, "key"),
            kind == Kind.CAS && expect == null && value instanceof List<?> ? null : Edn.text(value),
            expect));
  }

  private static String keyword(Map<?, ?> map, String name) throws HistoryException {
    Object value = map.get(new Edn.Keyword(name));
    if (value != null && !(value instanceof Edn.Keyword)) {
      throw HistoryException.expected(
          "a keyword for :" + name, "\"" + Printable.of(value.toString(), 40) + "\"");
    }
    return value == null ? null : ((Edn.Keyword) value).name();
  }

  private static String scalar(Map<?, ?> map, String name) throws HistoryException {
    Object value = map.get(new Edn.Keyword(name));
    if (value == null) {
      throw HistoryException.expected("a value for :" + name, "none");
    }
    return Edn.text(value);
  }
}
