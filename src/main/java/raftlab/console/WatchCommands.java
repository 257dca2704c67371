package raftlab.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;

/** The full-screen view. */
final class WatchCommands {
  private static final long FRAME_MILLIS = 200;
  private static final int ESCAPE = 27;
  private static final int CTRL_C = 3;
  private static final int END_OF_INPUT = -1;

  /** The commands of keys. */
  private static final Map<Integer, String> KEYS =
      Map.of(
          (int) 'c', "crash leader",
          (int) 'r', "restart crashed",
          (int) 'i', "isolate leader",
          (int) 'h', "heal",
          (int) 'p', "put watched 1 &",
          (int) 's', "step");

  private final ConsoleSession session;
  private final ConsoleOutput output;
  private final CommandRegistry.LineExecutor executor;
  private boolean paused;

  WatchCommands(ConsoleSession session, CommandRegistry.LineExecutor executor) {
    this.session = session;
    this.output = session.output();
    this.executor = executor;
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.onReader(
            "watch",
            "show replicas, logs and messages on the whole screen, live",
            """
            watch   q quits, space stops time (simulated world) or the picture, c crashes the leader, h heals
            In the simulated world the cluster's time runs as fast as yours. Without a terminal: one picture.\
            """,
            this::watch));
  }

  private ConsoleCommandResult watch(CommandArguments arguments) throws IOException {
    arguments.requireAtMost(0);
    session.cluster();
    WatchView view = new WatchView(output.style());
    Terminal terminal = session.terminal();
    if (terminal == null) {
      List<String> lines = session.onLab(cluster -> view.lines(cluster, output.width(), 40, false));
      if (lines != null) {
        lines.stream().limit(lines.size() - 1).forEach(output::print);
      }
      return ConsoleCommandResult.DONE;
    }
    output.holdNews();
    Attributes before = terminal.enterRawMode();
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    try {
      show(terminal, view);
    } finally {
      terminal.puts(Capability.cursor_normal);
      terminal.puts(Capability.exit_ca_mode);
      terminal.flush();
      terminal.setAttributes(before);
      output.releaseNews();
    }
    return ConsoleCommandResult.DONE;
  }

  private void show(Terminal terminal, WatchView view) throws IOException {
    Display display = new Display(terminal, true);
    Size shownSize = Size.of(0, 0);
    paused = false;
    while (!session.interruptFlag().interrupted()) {
      Size size = Size.of(terminal.getSize());
      if (!size.equals(shownSize)) {
        display.clear();
        display.resize(size);
        shownSize = size;
      }
      List<String> lines =
          session.onLab(
              cluster -> view.lines(cluster, size.getColumns() - 1, size.getRows(), paused));
      if (lines == null) {
        return;
      }
      display.update(lines.stream().map(line -> fitted(line, size.getColumns())).toList(), 0);
      int key = terminal.reader().read(FRAME_MILLIS);
      if (session.interruptFlag().interrupted() || !handle(key)) {
        return;
      }
      if (!session.interruptFlag().interrupted()) {
        advance();
      }
    }
  }

  private static AttributedString fitted(String line, int width) {
    return AttributedString.fromAnsi(line).columnSubSequence(0, Math.max(1, width - 1));
  }

  /** Handles a key; returns whether to go on. A negative number means that there was none. */
  private boolean handle(int key) {
    if (key == 'q' || key == ESCAPE || key == CTRL_C || key == END_OF_INPUT) {
      return false;
    } else if (key == ' ') {
      paused = !paused;
      return true;
    }
    String line = KEYS.get(key);
    if (line != null) {
      run(line);
    }
    return true;
  }

  /** Lets the time of a simulated cluster pass while the user watches. */
  private void advance() {
    LiveCluster cluster = session.clusterOrNull();
    if (!paused && cluster != null && cluster.isSteppable()) {
      run("wait " + FRAME_MILLIS + "ms");
    }
  }

  /** Runs a command; what it says would destroy the picture. */
  private void run(String line) {
    output.mute(true);
    session.setNested(true);
    try {
      executor.execute(line, "");
    } finally {
      session.setNested(false);
      output.mute(false);
    }
  }
}
