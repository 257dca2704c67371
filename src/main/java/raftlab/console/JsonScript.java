package raftlab.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import raftlab.console.ConsoleOutput.CapturedOutput;
import raftlab.run.lab.Lab;
import raftlab.run.lab.ReplicaState;
import raftlab.wire.Id;

/** Runs a script and prints one JSON object for each command, for programs. */
final class JsonScript {
  private final ConsoleSession session;
  private final CommandRegistry.LineExecutor executor;
  private final PrintStream out;

  JsonScript(ConsoleSession session, CommandRegistry.LineExecutor executor, PrintStream out) {
    this.session = session;
    this.executor = executor;
    this.out = out;
  }

  ConsoleCommandResult play(BufferedReader script, String name, boolean stopsOnError)
      throws IOException {
    session.output().capture();
    ConsoleCommandResult worst = ConsoleCommandResult.DONE;
    int number = 0;
    for (String line = script.readLine(); line != null; line = script.readLine()) {
      number++;
      if (line.isBlank() || line.strip().startsWith("#")) {
        continue;
      }
      long from = System.nanoTime();
      ConsoleCommandResult result = executor.execute(line, name + ":" + number + ":");
      print(line.strip(), number, result, (System.nanoTime() - from) / 1000);
      worst = worst.worse(result);
      if (session.isOver() || stopsOnError && result != ConsoleCommandResult.DONE) {
        break;
      }
    }
    return worst;
  }

  private void print(String line, int number, ConsoleCommandResult result, long micros) {
    CapturedOutput said = session.output().capture();
    JsonObject object = new JsonObject();
    object.addProperty("command", line);
    object.addProperty("line", number);
    object.addProperty("result", result.name().toLowerCase(Locale.ROOT));
    object.addProperty("micros", micros);
    object.add("output", texts(said.output()));
    object.add("errors", texts(said.errors()));
    object.add("notifications", texts(said.news()));
    JsonObject cluster = session.onLab(this::cluster);
    if (cluster != null) {
      object.add("cluster", cluster);
    }
    out.println(object);
    out.flush();
  }

  private static JsonArray texts(List<String> lines) {
    JsonArray array = new JsonArray();
    lines.forEach(array::add);
    return array;
  }

  private JsonObject cluster(LiveCluster cluster) {
    Lab lab = cluster.lab();
    JsonObject object = new JsonObject();
    object.addProperty("world", cluster.world().name());
    object.addProperty("seed", cluster.seed());
    object.addProperty("time_micros", lab.nowMicros());
    lab.leader().ifPresent(id -> object.addProperty("leader", id.toString()));
    JsonArray replicas = new JsonArray();
    Map<Id, ShownState> states = ShownState.of(cluster);
    for (Id id : lab.replicas()) {
      ShownState state = states.get(id);
      ReplicaState process = lab.state(id);
      JsonObject replica = new JsonObject();
      replica.addProperty("id", id.toString());
      if (process != null) {
        replica.addProperty("state", process.name().toLowerCase(Locale.ROOT));
      }
      if (state != null) {
        state.role().ifPresent(role -> replica.addProperty("role", state.roleText()));
        replica.addProperty("inferred", state.inferred());
        add(replica, "term", state.term());
        add(replica, "log", state.lastIndex());
        add(replica, "commit", state.commitIndex());
        add(replica, "applied", state.appliedIndex());
      }
      replicas.add(replica);
    }
    object.add("replicas", replicas);
    return object;
  }

  private static void add(JsonObject object, String name, long number) {
    if (number >= 0) {
      object.addProperty(name, number);
    }
  }
}
