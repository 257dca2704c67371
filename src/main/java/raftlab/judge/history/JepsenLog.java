package raftlab.judge.history;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import raftlab.judge.linear.Operation.Kind;

/**
 * Jepsen's log of one register: lines such as {@code INFO jepsen.util - 3 :invoke :write 2}, with
 * tabs or blanks between the words. Other lines are passed over. A {@code :fail} did not happen,
 * but one that timed out may have.
 */
final class JepsenLog implements HistoryFormat {
  private static final Pattern LINE =
      Pattern.compile(
          "INFO\\s+jepsen\\.util\\s+-\\s+(\\d+)\\s+:(invoke|ok|fail|info)\\s+:(\\S+)\\s*(.*?)\\s*");
  private static final String REGISTER = "register";

  static boolean isLine(String text) {
    return LINE.matcher(text).matches();
  }

  @Override
  public Model model() {
    return Model.REGISTER;
  }

  @Override
  public void read(String text, int number, Processes processes) throws HistoryException {
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      return;
    }
    Kind kind = Words.kind(line.group(3));
    Processes.Type type = Words.type(line.group(2));
    Object value = new Edn(line.group(4)).only();
    if (type == Processes.Type.FAIL && value instanceof Edn.Keyword) {
      type = Processes.Type.INFO;
    }
    boolean tells = type == Processes.Type.INVOKE || type == Processes.Type.OK;
    String expect = null;
    if (kind == Kind.CAS && tells) {
      if (!(value instanceof List<?> pair) || pair.size() != 2) {
        throw HistoryException.expected("[EXPECTED NEW]", line.group(4));
      }
      expect = Edn.text(pair.get(0));
      value = pair.get(1);
    }
    if (kind == Kind.PUT && type == Processes.Type.INVOKE && value == null) {
      throw HistoryException.expected("a value to write", "none");
    }
    processes.take(
        new Processes.Line(
            number, line.group(1), type, kind, REGISTER, tells ? Edn.text(value) : null, expect));
  }
}
