package raftlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.process.HelperProcess;
import raftlab.cluster.process.HelperProcess.HelperCommand;
import raftlab.cluster.process.HelperProcess.HelperResult;
import raftlab.cluster.process.ProcessOwner;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;
import raftlab.run.ScenarioRunner;
import raftlab.scenario.Scenario;
import raftlab.wire.Id;

/** Plays one run in a worker. */
final class SandboxedRun {
  /** Where a worker sees its own files. */
  private static final Path REQUEST_PLACE = Path.of("/kit");

  private static final Path PROGRAM_PLACE = Path.of("/program");
  private static final Path RESULTS_PLACE = Path.of("/results");
  private static final Path GROUPS_PLACE = Path.of("/cgroup");
  private static final Path TEMPORARY_PLACE = Path.of("/tmp");

  private static final String REQUEST = "request.json";
  private static final String WORKER_PART = "worker";

  /** Replicas that join later have the numbers after those of the first ones. */
  private static final int MAX_JOINING = 8;

  /** What all reports of a replica may take. */
  private static final long REPORT_BYTES = 80L << 20;

  /** The time that a worker has besides what the scenario takes. */
  private static final Duration SLACK = Duration.ofSeconds(60);

  private final Isolation isolation;
  private final ReplicaProgram program;
  private final Scenario scenario;
  private final long seed;
  private final UsageLimits limits;
  private final Path results;
  private final HostUser user;

  /** The replicas, and those that may join. */
  private final List<String> parts;

  SandboxedRun(
      Isolation isolation,
      ReplicaProgram program,
      Scenario scenario,
      long seed,
      UsageLimits limits,
      Path results) {
    this.isolation = isolation;
    this.program = program;
    this.scenario = scenario;
    this.seed = seed;
    this.limits = limits;
    this.results = results;
    HostUser ofHandIn = HostUser.ofHandIn(program.folder());
    this.user = isolation.isSandboxed() ? ofHandIn : ofHandIn.ofRun();
    this.parts =
        ScenarioRunner.replicas(scenario.replicas() + MAX_JOINING).stream()
            .map(Id::toString)
            .toList();
  }

  RunEnd play(Runnable onBegan) throws InterruptedException {
    try (ScratchFolder scratch = ScratchFolder.beside(results, user)) {
      Optional<RunControlGroup> group = isolation.newGroup();
      if (group.isPresent()) {
        addParts(group.get());
      }
      Path file = scratch.path().resolve(scenario.name() + ".json");
      Files.writeString(file, scenario.json());
      user.give(file);
      List<String> words =
          isolation.isSandboxed()
              ? isolated(file, scratch, group.orElse(null))
              : plain(file, scratch, group.orElse(null));
      AtomicBoolean hasRun = new AtomicBoolean();
      WorkerNotes notes = new WorkerNotes();
      HelperResult result =
          HelperProcess.run(
              new HelperCommand(
                  words,
                  Path.of("/"),
                  Set.of(),
                  Map.of(),
                  bound(),
                  UsageLimits.WIDE,
                  null,
                  line -> {
                    notes.read(line);
                    if (line.equals(WorkerNotes.BEGAN)) {
                      onBegan.run();
                    }
                  },
                  () -> {
                    hasRun.set(OuterSandbox.hasRun(scratch));
                    group.ifPresent(own -> addMemoryKills(own, notes));
                    return Optional.empty();
                  },
                  isolation.isSandboxed() ? ProcessOwner.SHARED : new ProcessOwner(user.id(), null),
                  scratch.path(),
                  group.map(RunControlGroup::roots).orElse(List.of())));
      boolean neverRan = isolation.isSandboxed() && !hasRun.get();
      return WorkerEnd.of(result, results, limits, neverRan, notes);
    } catch (IOException cant) {
      throw new UncheckedIOException(cant);
    }
  }

  private void addMemoryKills(RunControlGroup group, WorkerNotes notes) {
    parts.stream()
        .filter(part -> group.memoryKills(part) > 0)
        .forEach(part -> notes.add(Id.parse(part), UsageLimit.MEMORY));
  }

  private Duration bound() {
    return Duration.ofMillis(scenario.totalMillis() + 2 * ScenarioRunner.START_BOUND_MILLIS)
        .plus(SLACK);
  }

  private void addParts(RunControlGroup group) throws IOException {
    group.addPart(WORKER_PART, UsageLimits.WIDE, user);
    for (String part : parts) {
      group.addPart(part, limits, user);
    }
    group.share(scenario.replicas() + 1);
  }

  private List<String> isolated(
      Path scenarioFile, ScratchFolder scratch, @Nullable RunControlGroup group)
      throws IOException {
    long temporaryBytes = scenario.replicas() * (limits.diskBytes() + REPORT_BYTES);
    OuterSandbox sandbox =
        new OuterSandbox(user, scratch, UsageLimits.WIDE, isolation.readable(), temporaryBytes);
    BubblewrapCommand view = sandbox.parts();
    WorkerCommand.files().stream().filter(path -> !path.startsWith("/usr")).forEach(view::readOnly);
    view.readOnly(scratch.path(), REQUEST_PLACE)
        .readOnly(program.folder(), PROGRAM_PLACE)
        .writable(results, RESULTS_PLACE);
    user.give(results);
    Map<String, Path> places = new TreeMap<>();
    if (group != null) {
      List<Path> roots = group.roots();
      for (int i = 0; i < roots.size(); i++) {
        view.writable(roots.get(i), GROUPS_PLACE.resolve(Integer.toString(i)));
      }
      group
          .folders()
          .forEach(
              (controller, folder) ->
                  places.put(
                      controller, GROUPS_PLACE.resolve(Integer.toString(roots.indexOf(folder)))));
    }
    writeRequest(
        scratch,
        new WorkerRequest(
            REQUEST_PLACE.resolve(scenarioFile.getFileName()).toString(),
            seed,
            PROGRAM_PLACE.toString(),
            program.launcher(),
            program.userWords(),
            true,
            HostUser.OF_KIT.id(),
            HostUser.OF_KIT.group(),
            0,
            limits,
            group == null ? 0 : group.version(),
            pairs(places),
            parts,
            isolation.readable(),
            RESULTS_PLACE.toString()));
    return sandbox.command(
        members(group), WorkerCommand.of(REQUEST_PLACE.resolve(REQUEST), TEMPORARY_PLACE));
  }

  private List<String> plain(
      Path scenarioFile, ScratchFolder scratch, @Nullable RunControlGroup group)
      throws IOException {
    user.openPathTo(program.folder().resolve(program.launcher()));
    user.openToRuns(program.folder());
    writeRequest(
        scratch,
        new WorkerRequest(
            scenarioFile.toString(),
            seed,
            program.folder().toString(),
            program.launcher(),
            program.userWords(),
            false,
            user.id(),
            user.group(),
            scenario.replicas() * limits.processes(),
            limits,
            group == null ? 0 : group.version(),
            pairs(group == null ? Map.of() : group.folders()),
            parts,
            isolation.readable(),
            results.toString()));
    // The worker stays the user of the kit, so that replicas of another user can't kill it.
    Path temporary = Files.createDirectory(scratch.path().resolve("tmp"));
    return OuterSandbox.entering(
        scratch, members(group), WorkerCommand.of(scratch.path().resolve(REQUEST), temporary));
  }

  private static List<Path> members(@Nullable RunControlGroup group) {
    return group == null ? List.of() : group.membersFiles(WORKER_PART);
  }

  private static List<String> pairs(Map<String, Path> folders) {
    List<String> pairs = new ArrayList<>();
    folders.forEach((controller, folder) -> pairs.add(controller + "=" + folder));
    return pairs;
  }

  private void writeRequest(ScratchFolder scratch, WorkerRequest request) throws IOException {
    Path file = scratch.path().resolve(REQUEST);
    RecordFile.write(request, file);
    user.give(file);
  }
}
