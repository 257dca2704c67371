package raftlab.report;

/** The width of the terminal that standard output is. */
public final class TerminalWidth {
  private static final int MIN = 40;
  private static final int MAX = 1000;

  private TerminalWidth() {}

  /** The width by {@code COLUMNS}, else by the program {@code stty}; 80 if it isn't known. */
  public static int ofStdout() {
    String given = System.getenv("COLUMNS");
    String text = given != null ? given : TerminalStyle.isTerminal(1) ? byProgram() : "";
    try {
      int width = Integer.parseInt(text.strip());
      return width >= MIN && width <= MAX ? width : EventColumns.DEFAULT_WIDTH;
    } catch (NumberFormatException unknown) {
      return EventColumns.DEFAULT_WIDTH;
    }
  }

  private static String byProgram() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size < /dev/tty | cut -d' ' -f2")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new String(
          stty.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
    } catch (java.io.IOException noShell) {
      return "";
    }
  }
}
