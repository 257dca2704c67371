package raftlab.judge.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import raftlab.judge.history.OperationAssembler.LogLineType;

/**
 * Parses the operations in a log of Jepsen: lines such as {@code INFO jepsen.util - 3 :invoke
 * :write 2}, or such lines without what precedes the process, as in {@code history.txt}. Tabs or
 * blanks are between the words. Ignores other lines.
 */
final class JepsenLogFormat implements HistoryFormat {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:.*\\bjepsen\\.util(?:\\s+-|:)\\s+)?(:?\\w[\\w-]*)\\s+:(invoke|ok|fail|info)\\s+"
              + ":(\\S+)\\s*(.*?)\\s*");

  private @Nullable JepsenOperations operations;

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
    if (!line.matches() || line.group(1).equals(":nemesis")) {
      return;
    }
    JepsenOperations jepsen = operations;
    if (jepsen == null) {
      jepsen = new JepsenOperations(processes);
      operations = jepsen;
    }
    LogLineType type = HistoryVocabulary.type(line.group(2));
    jepsen.add(
        number,
        number,
        line.group(1),
        type,
        HistoryVocabulary.kind(line.group(3)),
        value(type, line.group(4)));
  }

  /** The value, which an error may follow. */
  private static @Nullable Object value(LogLineType type, String text) throws HistoryException {
    boolean matters = type == LogLineType.INVOKE || type == LogLineType.OK || text.startsWith(":");
    EdnReader reader = EdnReader.ofLine(matters ? text : "");
    return reader.hasNext() ? reader.next() : null;
  }
}
