package raftlab.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of the names of what the kit makes outside its own folders, by which a later kit
 * recognizes what a killed one left: the namespace of processes and the process ID. Another
 * namespace, such as that of a container, has other processes with the same IDs.
 */
final class KitMark {
  private KitMark() {}

  /** The mark of this process, such as {@code 4026531836-1234}. */
  static String ofThisProcess() {
    return of(ProcessHandle.current().pid());
  }

  /** The mark of a process in the same namespace. */
  static String of(long pid) {
    return namespace() + "-" + pid;
  }

  private static String namespace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return "0";
    }
  }

  /**
   * Whether the process that made something has ended; not if it is unknown.
   *
   * @param rest the name from the mark on
   */
  static boolean hasEnded(String rest) {
    String[] parts = rest.split("-");
    return parts.length >= 2
        && parts[0].equals(namespace())
        && parts[1].matches("\\d{1,9}")
        && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty();
  }
}
