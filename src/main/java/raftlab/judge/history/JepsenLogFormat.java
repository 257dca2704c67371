package raftlab.judge.history;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.judge.linear.HistoryOperation.OperationKind;

/**
 * Parses Jepsen's log of one register: lines such as {@code INFO jepsen.util - 3 :invoke :write 2},
 * with tabs or blanks between the words. Ignores other lines. An operation with {@code :fail} did
 * not happen, unless it timed out; then it may have happened.
 */
final class JepsenLogFormat implements HistoryFormat {
  private static final Pattern LINE =
      Pattern.compile(
          "INFO\\s+jepsen\\.util\\s+-\\s+(\\d+)\\s+:(invoke|ok|fail|info)\\s+:(\\S+)\\s*(.*?)\\s*");
  private static final String REGISTER = "register";

  static boolean isLine(String text) {
    return LINE.matcher(text).matches();
  }

  @Override
  public InitialState model() {
    return InitialState.REGISTER;
  }

  @Override
  public void read(String text, int number, OperationAssembler processes) throws HistoryException {
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return;
    }
    OperationKind kind = HistoryVocabulary.kind(line.group(3));
    OperationAssembler.LogLineType type = HistoryVocabulary.type(line.group(2));
    Object value = new EdnReader(line.group(4)).singleValue();
    if (type == OperationAssembler.LogLineType.FAIL && value instanceof EdnReader.Keyword) {
      type = OperationAssembler.LogLineType.INFO;
    }
    boolean hasValue =
        type == OperationAssembler.LogLineType.INVOKE || type == OperationAssembler.LogLineType.OK;
    String expect = null;
    if (kind == OperationKind.CAS && hasValue) {
      if (!(value instanceof List<?> pair) || pair.size() != 2) {
        throw HistoryException.expected("[EXPECTED NEW]", line.group(4));
      }
      expect = EdnReader.text(pair.get(0));
      value = pair.get(1);
    }
    if (kind == OperationKind.PUT
        && type == OperationAssembler.LogLineType.INVOKE
        && value == null) {
      throw HistoryException.expected("a value to write", "none");
    }
    processes.add(
        new OperationAssembler.LogLine(
            number,
            line.group(1),
            type,
            kind,
            REGISTER,
            hasValue ? EdnReader.text(value) : null,
            expect));
  }
}
