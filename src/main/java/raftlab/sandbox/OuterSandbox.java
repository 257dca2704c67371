package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import raftlab.cluster.process.UsageLimits;

/**
 * The sandbox of a whole build or worker: an own network, own processes, and a file system of which
 * only the parts are there that are added here.
 */
final class OuterSandbox {
  private static final long MEBIBYTE = 1 << 20;

  private final HostUser user;
  private final ScratchFolder scratch;
  private final BubblewrapCommand bubblewrap = new BubblewrapCommand();

  /**
   * Creates one.
   *
   * @param user the user of the processes inside
   * @param temporaryBytes the size of /tmp
   */
  OuterSandbox(
      HostUser user,
      ScratchFolder scratch,
      UsageLimits limits,
      List<String> readable,
      long temporaryBytes) {
    this.user = user;
    this.scratch = scratch;
    bubblewrap
        .options("--json-status-fd", "3", "--die-with-parent")
        .options("--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts")
        .options("--clearenv");
    if (user.isOther()) {
      bubblewrap.options("--cap-drop", "ALL");
      for (String right : List.of("SYS_ADMIN", "SETUID", "SETGID", "SETPCAP")) {
        bubblewrap.options("--cap-add", "CAP_" + right);
      }
    } else {
      bubblewrap.options("--unshare-user");
    }
    bubblewrap
        .system()
        .settings(scratch.settings())
        .kernelFolders(64 * MEBIBYTE)
        .memoryFolder(Path.of("/tmp"), temporaryBytes);
    readable.forEach(folder -> bubblewrap.readOnly(Path.of(folder)));
    SandboxVariables.set(bubblewrap, limits, readable);
  }

  /** For more parts of the file system. */
  BubblewrapCommand parts() {
    return bubblewrap;
  }

  /**
   * The command that runs another one inside.
   *
   * @param members the files of the control groups that it joins
   */
  List<String> command(List<Path> members, List<String> inner) {
    List<String> unprivileged = new ArrayList<>();
    if (user.isOther()) {
      List<String> arguments = new ArrayList<>(List.of(Integer.toString(user.id())));
      arguments.addAll(inner);
      unprivileged.addAll(ScriptResource.DROP_RIGHTS.command(arguments));
    } else {
      unprivileged.addAll(inner);
    }
    return entering(scratch, members, bubblewrap.of(unprivileged));
  }

  /** The command that joins control groups and then becomes another one. */
  static List<String> entering(ScratchFolder scratch, List<Path> members, List<String> inner) {
    List<String> arguments = new ArrayList<>(List.of(scratch.status().toString()));
    members.forEach(file -> arguments.add(file.toString()));
    arguments.add("--");
    arguments.addAll(inner);
    return ScriptResource.ENTER.command(arguments);
  }

  /**
   * A command within the sandbox that can make no namespaces, with processes that are counted apart
   * from all others.
   */
  static List<String> withoutNamespaces(List<String> inner) {
    List<String> words =
        new ArrayList<>(List.of(BubblewrapCommand.PROGRAM, "--unshare-user", "--disable-userns"));
    words.addAll(List.of("--dev-bind", "/", "/", "--"));
    words.addAll(inner);
    return words;
  }

  /** Whether bubblewrap could start the program; it reports its exit code then. */
  static boolean hasRun(ScratchFolder scratch) {
    try {
      return Files.readString(scratch.status()).contains("exit-code");
    } catch (IOException lost) {
      return false;
    }
  }
}
