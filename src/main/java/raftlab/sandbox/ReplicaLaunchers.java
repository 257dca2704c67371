package raftlab.sandbox;

import static raftlab.replica.ReplicaEnvironment.DATA_DIRECTORY;
import static raftlab.replica.ReplicaEnvironment.JOIN;
import static raftlab.replica.ReplicaEnvironment.TRACE_FILE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import raftlab.cluster.process.ReplicaSandbox;
import raftlab.cluster.process.UsageLimit;
import raftlab.cluster.process.UsageLimits;
import raftlab.trace.Event.EndReason;
import raftlab.wire.Id;

/**
 * Starts the replicas of a worker with limits; each in a sandbox of its own within the worker's, if
 * there is one. Then it shares the network with the worker and sees no other process and no file of
 * the worker or another replica.
 */
final class ReplicaLaunchers implements ReplicaSandbox {
  /** Where a replica sees the hand-in, its own data and the file for its reports. */
  private static final Path HAND_IN = Path.of("/handin");

  private static final Path DATA = Path.of("/data");
  private static final Path TRACE = Path.of("/trace");
  private static final Path TEMPORARY = Path.of("/tmp");

  /** The system's numbers of the signals at a process's limits. */
  static final int SIGXCPU = 24;

  private static final int SIGXFSZ = 25;

  /** The beginning of the names of the kit's variables for replicas. */
  private static final String KIT_VARIABLE = "RAFTLAB_";

  private static final long MEBIBYTE = 1 << 20;
  private static final String FILE_TOO_LARGE = "File too large";
  private static final String DISK_FULL = "No space left on device";

  private final WorkerRequest request;
  private final @Nullable RunControlGroup group;
  private final Path statusFolder;
  private final List<String> exceeded = new ArrayList<>();
  private final Map<Id, Path> statusFiles = new TreeMap<>();
  private final Map<Id, Long> memoryKills = new ConcurrentHashMap<>();
  private int starts;
  private String failure = "";

  /**
   * Creates launchers.
   *
   * @param statusFolder an empty folder that replicas don't see
   */
  ReplicaLaunchers(WorkerRequest request, @Nullable RunControlGroup group, Path statusFolder) {
    this.request = request;
    this.group = group;
    this.statusFolder = statusFolder;
  }

  @Override
  public UsageLimits limits() {
    return request.limits();
  }

  @Override
  public List<String> command(ReplicaStart start, Map<String, String> environment)
      throws IOException {
    String part = start.replica().toString();
    RunControlGroup own = groupOf(start.replica());
    if (own != null) {
      memoryKills.put(start.replica(), own.memoryKills(part));
    }
    Path status = statusFolder.resolve(part + "-" + ++starts);
    statusFiles.put(start.replica(), status);
    List<String> words = new ArrayList<>(List.of(status.toString()));
    if (own != null) {
      own.membersFiles(part).forEach(file -> words.add(file.toString()));
    }
    words.add("--");
    words.addAll(request.isolated() ? isolated(start, environment) : plain(start, environment));
    return ScriptResource.ENTER.command(words);
  }

  /** The control group, if this replica has a part of it. */
  private @Nullable RunControlGroup groupOf(Id replica) {
    return request.parts().contains(replica.toString()) ? group : null;
  }

  private List<String> isolated(ReplicaStart start, Map<String, String> environment)
      throws IOException {
    BubblewrapCommand bubblewrap =
        new BubblewrapCommand()
            .options("--json-status-fd", "3", "--unshare-user", "--disable-userns")
            .options("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try")
            .options("--clearenv")
            .system()
            .readOnly(Path.of("/etc"))
            .kernelFolders(64 * MEBIBYTE)
            .memoryFolder(TEMPORARY, limits().diskBytes());
    SandboxVariables.set(bubblewrap, limits(), request.readable());
    request.readable().forEach(folder -> bubblewrap.readOnly(Path.of(folder)));
    new HandInView(bubblewrap, limits().diskBytes())
        .show(Path.of(request.folder()), HAND_IN, Path.of(request.launcher()));
    bubblewrap.writable(start.trace(), TRACE).variable(TRACE_FILE, TRACE.toString());
    if (start.data() != null) {
      bubblewrap.writable(start.data(), DATA).variable(DATA_DIRECTORY, DATA.toString());
    }
    if (environment.containsKey(JOIN)) {
      bubblewrap.variable(JOIN, "1");
    }
    Path launcher = HAND_IN.resolve(request.launcher());
    bubblewrap.options("--chdir", folderOf(launcher));
    List<String> program = ResourceLimits.inNamespace(limits());
    program.add("./" + launcher.getFileName());
    program.addAll(arguments(start));
    return bubblewrap.of(program);
  }

  private List<String> plain(ReplicaStart start, Map<String, String> environment)
      throws IOException {
    HostUser user = new HostUser(request.user(), request.group());
    user.give(start.trace());
    user.openPathTo(start.trace());
    if (start.data() != null) {
      user.giveAll(start.data());
    }
    Map<String, String> variables = SandboxVariables.of(limits(), request.readable());
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(KIT_VARIABLE)) {
            variables.put(name, value);
          }
        });
    List<String> words = new ArrayList<>(user.prefix(variables));
    words.addAll(
        user.isOther()
            ? ResourceLimits.ofUser(limits(), request.userProcesses())
            : ResourceLimits.ofPlainProcess(limits()));
    Path launcher = Path.of(request.folder()).resolve(request.launcher());
    words.addAll(List.of("sh", "-c", "cd -- \"$0\" && exec \"$@\"", folderOf(launcher)));
    words.add("./" + launcher.getFileName());
    words.addAll(arguments(start));
    return words;
  }

  private static String folderOf(Path launcher) {
    return Objects.requireNonNull(launcher.getParent(), "it is absolute").toString();
  }

  /** The port and the IDs; the command's first word stands for the program. */
  private static List<String> arguments(ReplicaStart start) {
    return start.command().subList(1, start.command().size());
  }

  @Override
  public Optional<UsageLimit> enforced(Id replica, int exitCode, List<String> lastWords) {
    Optional<UsageLimit> memory = enforcedSoFar(replica);
    if (memory.isPresent()) {
      return memory;
    }
    if (exitCode == 128 + SIGXCPU) {
      return Optional.of(UsageLimit.PROCESSOR);
    }
    if (exitCode == 128 + SIGXFSZ || printed(exitCode, lastWords, FILE_TOO_LARGE)) {
      return Optional.of(UsageLimit.FILE_SIZE);
    }
    if (request.isolated() && exitCode == 1 && neverRan(replica)) {
      failure = "the sandbox of replica " + replica + " failed: " + String.join(" ", lastWords);
      return Optional.empty();
    }
    return printed(exitCode, lastWords, DISK_FULL)
        ? Optional.of(UsageLimit.DISK)
        : Optional.empty();
  }

  private static boolean printed(int exitCode, List<String> lastWords, String text) {
    return exitCode != 0 && lastWords.stream().anyMatch(line -> line.contains(text));
  }

  @Override
  public Optional<UsageLimit> enforcedSoFar(Id replica) {
    RunControlGroup own = groupOf(replica);
    return own != null
            && own.memoryKills(replica.toString()) > memoryKills.getOrDefault(replica, 0L)
        ? Optional.of(UsageLimit.MEMORY)
        : Optional.empty();
  }

  /** Bubblewrap reports the exit code of a program that it could start. */
  private boolean neverRan(Id replica) {
    Path status = statusFiles.get(replica);
    try {
      return status != null && !Files.readString(status).contains("exit-code");
    } catch (IOException lost) {
      return false;
    }
  }

  @Override
  public void exceeded(Id replica, UsageLimit limit) {
    exceeded.add(replica + "=" + limit);
    System.out.println(WorkerNotes.exceeded(replica, limit));
  }

  /** What happened, after the run. */
  WorkerReport report(EndReason end, List<String> exits) {
    return new WorkerReport(end, exits, exceeded, failure);
  }
}
