package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.process.ProcessWorld;
import raftlab.cluster.process.ReplicaCommand;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.scenario.ScenarioException;
import raftlab.scenario.file.ScenarioReader;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.trace.TraceFile;

/**
 * Plays one scenario with one seed against one program, and writes the trace and a report. The kit
 * starts it as a process of its own, so that the run has its own network and can't reach the kit.
 */
public final class WorkerMain {
  /** The word for it on the command line. */
  public static final String COMMAND = "worker";

  /** The exit codes of sysexits.h for a bug and for a failed input or output. */
  static final int BUG = 70;

  static final int IO_ERROR = 74;

  private WorkerMain() {}

  /** Runs the worker; returns the exit code. */
  public static int run(List<String> arguments) {
    if (arguments.size() != 1) {
      System.err.println(
          "raftlab worker: found "
              + arguments.size()
              + " arguments, expected the file with a request; only `raftlab grade` starts workers");
      return 2;
    }
    try {
      play(RecordFile.read(WorkerRequest.class, Path.of(arguments.get(0))));
      return 0;
    } catch (IOException | ScenarioException failed) {
      System.err.println("raftlab worker: " + failed.getMessage());
      return IO_ERROR;
    } catch (RuntimeException | Error bug) {
      bug.printStackTrace();
      return BUG;
    }
  }

  private static void play(WorkerRequest request) throws IOException, ScenarioException {
    Scenario scenario = ScenarioReader.read(Path.of(request.scenarioFile()));
    Path status = Files.createTempDirectory("raftlab-status-");
    try {
      ReplicaLaunchers launchers = new ReplicaLaunchers(request, group(request), status);
      // The launchers put the real path of the program in place of its first word.
      ReplicaCommand command = new ReplicaCommand(List.of(request.launcher()), request.userWords());
      ScenarioRunner run =
          new ScenarioRunner(scenario, new ProcessWorld(command, launchers), request.seed());
      List<String> exits = new ArrayList<>();
      run.addListener(event -> watch(event, exits));
      Trace trace = run.play();
      Path results = Path.of(request.results());
      TraceFile.write(trace, results.resolve(WorkerReport.TRACE_FILE));
      Event last = trace.events().get(trace.events().size() - 1);
      RecordFile.write(
          launchers.report(((Event.Ended) last).why(), exits), results.resolve(WorkerReport.FILE));
    } finally {
      ScratchFolder.delete(status);
    }
  }

  private static void watch(Event event, List<String> exits) {
    if (event instanceof Event.Began) {
      System.out.println(WorkerNotes.BEGAN);
    } else if (event instanceof Event.Exited exited) {
      exits.add(exited.replica() + "=" + exited.exitCode());
    }
  }

  private static @Nullable RunControlGroup group(WorkerRequest request) {
    Map<String, Path> folders = new TreeMap<>();
    for (String each : request.controlGroups()) {
      int equals = each.indexOf('=');
      folders.put(each.substring(0, equals), Path.of(each.substring(equals + 1)));
    }
    return folders.isEmpty() ? null : new RunControlGroup(request.controlGroupVersion(), folders);
  }
}
