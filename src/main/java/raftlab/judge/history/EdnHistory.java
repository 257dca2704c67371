package raftlab.judge.history;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import raftlab.judge.history.OperationAssembler.LogLineType;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.wire.NearestWord;

/**
 * Reads a history in EDN: maps, or a vector or list of maps, each with one event. With {@code :key}
 * it is of a key-value store, as in {@code {:process 0, :type :invoke, :f :append, :key "0", :value
 * "x"}}. Without, it is of Jepsen's registers, as in {@code {:process 0, :type :invoke, :f :cas,
 * :value [0 3]}}; see {@link JepsenOperations}. Ignores further keys of the maps.
 */
final class EdnHistory {
  private static final Pattern INDEX = Pattern.compile("\\d{1,18}");
  private static final String EXAMPLE =
      "an operation such as {:process 0, :type :invoke, :f :read, :value nil}";
  private static final List<String> KEYS = List.of("process", "type", "f", "key", "value", "index");

  private final EdnReader reader;
  private final InitialState model;
  private @Nullable OperationAssembler assembler;
  private @Nullable JepsenOperations jepsen;
  private int events;
  private long lastIndex = -1;

  private EdnHistory(String text, InitialState model) {
    this.reader = EdnReader.ofFile(text);
    this.model = model;
  }

  /**
   * Reads the text of a file.
   *
   * @throws HistoryException if it isn't a history of registers or of a key-value store
   */
  static History read(String text, InitialState model) throws HistoryException {
    return new EdnHistory(text, model).history();
  }

  private History history() throws HistoryException {
    while (reader.hasNext()) {
      int line = reader.line();
      if (reader.enterList()) {
        while (reader.hasNext()) {
          readEvent();
        }
        reader.leaveList(line);
      } else {
        readEvent();
      }
    }
    reader.requireEnd();
    if (assembler == null) {
      throw HistoryException.expected(EXAMPLE, "no operation of a client").at(1);
    }
    return assembler.history();
  }

  private void readEvent() throws HistoryException {
    int line = reader.line();
    try {
      Object value = reader.next();
      if (!(value instanceof Map<?, ?> map)) {
        throw HistoryException.expected(EXAMPLE, EdnReader.shown(value));
      }
      events++;
      requireAscendingIndex(map);
      if (!JepsenOperations.isNemesis(value(map, "process"))) {
        add(map, line);
      }
    } catch (HistoryException wrong) {
      throw wrong.at(line);
    }
  }

  private void add(Map<?, ?> map, int line) throws HistoryException {
    if (value(map, "f") == null && map.containsKey(new EdnReader.Keyword("valid?"))) {
      throw HistoryException.expected(EXAMPLE + "; they are in history.edn", "a checker's result");
    }
    String f = keyword(map, "f");
    Object value = value(map, "value");
    if ("txn".equals(f)) {
      throw HistoryVocabulary.otherType(f, transactionType(value));
    }
    OperationKind kind = HistoryVocabulary.kind(f);
    LogLineType type = HistoryVocabulary.type(keyword(map, "type"));
    String process = scalar(map, "process");
    boolean store = map.containsKey(new EdnReader.Keyword("key"));
    OperationAssembler operations = assembler;
    if (operations == null) {
      InitialState usual = store ? InitialState.KV : InitialState.REGISTER;
      operations = new OperationAssembler(model.initial(usual));
      assembler = operations;
      jepsen = store ? null : new JepsenOperations(operations);
    }
    if (jepsen != null) {
      if (store) {
        throw HistoryException.expected("no :key, as in the operations before", "a :key");
      }
      jepsen.add(events, line, process, type, kind, value);
    } else {
      operations.add(ofStore(map, line, process, type, kind, value));
    }
  }

  private OperationAssembler.LogLine ofStore(
      Map<?, ?> map,
      int line,
      String process,
      LogLineType type,
      OperationKind kind,
      @Nullable Object value)
      throws HistoryException {
    String expect = null;
    Object written = value;
    if (kind == OperationKind.CAS && type == LogLineType.INVOKE) {
      if (!(value instanceof List<?> pair) || pair.size() != 2) {
        throw HistoryException.expected("a :value [EXPECTED NEW]", EdnReader.shown(value));
      }
      expect = EdnReader.text(pair.get(0));
      written = pair.get(1);
    }
    if (kind != OperationKind.GET && written == null && type == LogLineType.INVOKE) {
      throw HistoryException.expected("a :value to write", "none");
    }
    return new OperationAssembler.LogLine(
        events,
        line,
        process,
        type,
        kind,
        scalar(map, "key"),
        kind == OperationKind.CAS && type != LogLineType.INVOKE ? null : EdnReader.text(written),
        expect);
  }

  /** The type of the data of a transaction, a list of [FUNCTION KEY VALUE]. */
  private static String transactionType(@Nullable Object value) {
    boolean appends =
        value instanceof List<?> list
            && list.stream()
                .anyMatch(
                    part ->
                        part instanceof List<?> operation
                            && !operation.isEmpty()
                            && new EdnReader.Keyword("append").equals(operation.get(0)));
    return appends ? "list-append" : "transactions (rw-register, multi-register)";
  }

  /** The order of the events is that of the file, so that :index must agree with it. */
  private void requireAscendingIndex(Map<?, ?> map) throws HistoryException {
    Object value = value(map, "index");
    if (value instanceof String text && INDEX.matcher(text).matches()) {
      long index = Long.parseLong(text);
      if (index <= lastIndex) {
        throw HistoryException.expected(
            "a greater :index than " + lastIndex + ", that of the event before", ":index " + index);
      }
      lastIndex = index;
    }
  }

  private static @Nullable Object value(Map<?, ?> map, String name) {
    return map.get(new EdnReader.Keyword(name));
  }

  private static @Nullable String keyword(Map<?, ?> map, String name) throws HistoryException {
    Object value = value(map, name);
    if (value == null) {
      throw missing(map, name);
    } else if (!(value instanceof EdnReader.Keyword keyword)) {
      throw HistoryException.expected(
          "a keyword for :" + name, "\"" + EdnReader.shown(value) + "\"");
    } else {
      return keyword.name();
    }
  }

  private static String scalar(Map<?, ?> map, String name) throws HistoryException {
    Object value = value(map, name);
    if (value == null) {
      throw missing(map, name);
    }
    return EdnReader.scalar(value);
  }

  private static HistoryException missing(Map<?, ?> map, String name) {
    List<String> others =
        map.keySet().stream()
            .map(key -> key instanceof EdnReader.Keyword word ? word.name() : "" + key)
            .filter(key -> !KEYS.contains(key))
            .toList();
    return HistoryException.expected(
        "a value for :" + name,
        "none"
            + NearestWord.of(name, others)
                .map(near -> "; is :" + near + " meant as that?")
                .orElse(""));
  }
}
