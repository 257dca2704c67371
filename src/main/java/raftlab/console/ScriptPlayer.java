package raftlab.console;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * Runs the commands of a script, one per line, to its end or to {@code quit}.
 *
 * @param stopsOnError whether it stops at the first command that is wrong or fails
 */
record ScriptPlayer(
    ConsoleSession session, CommandRegistry.LineExecutor executor, boolean stopsOnError) {
  /**
   * Runs a script.
   *
   * @param name the name of the script in error messages
   * @return the worst result
   */
  ConsoleCommandResult play(BufferedReader script, String name) throws IOException {
    ConsoleCommandResult worst = ConsoleCommandResult.DONE;
    int number = 0;
    for (String line = script.readLine(); line != null; line = script.readLine()) {
      number++;
      if (!line.isBlank()) {
        boolean comment = line.strip().startsWith("#");
        session
            .output()
            .print(session.output().style().faint((comment ? "" : "> ") + line.strip()));
        ConsoleCommandResult result = executor.execute(line, name + ":" + number + ":");
        worst = worst.worse(result);
        if (stopsOnError && result != ConsoleCommandResult.DONE) {
          break;
        }
      }
      if (session.isOver()) {
        break;
      }
    }
    return worst;
  }
}
