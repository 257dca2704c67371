package raftlab.sandbox.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Programs, processors, memory, disk and the network. */
final class ResourceChecks {
  /** Programs with the option that shows their version. */
  private static final Map<String, String> LANGUAGES = new LinkedHashMap<>();

  static {
    LANGUAGES.put("python3", "--version");
    LANGUAGES.put("node", "--version");
    LANGUAGES.put("java", "-version");
    LANGUAGES.put("javac", "-version");
    LANGUAGES.put("gcc", "--version");
    LANGUAGES.put("g++", "--version");
    LANGUAGES.put("go", "version");
    LANGUAGES.put("cargo", "--version");
    LANGUAGES.put("rustc", "--version");
    LANGUAGES.put("perl", "--version");
    LANGUAGES.put("ruby", "--version");
  }

  private static final long MEBIBYTE = 1 << 20;

  /** What a run with five JVMs needs. */
  private static final long MEMORY_MEBIBYTES = 2_048;

  private static final long FREE_MEBIBYTES = 4_096;

  /** What the kit asks for each of its sockets. */
  private static final long BUFFER_BYTES = 4 * MEBIBYTE;

  private final Machine machine;

  ResourceChecks(Machine machine) {
    this.machine = machine;
  }

  List<Finding> all(Path temporary, Path current) throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(make());
    findings.add(languages());
    elsewhere().ifPresent(findings::add);
    findings.add(processors());
    findings.add(memory());
    findings.add(buffers());
    findings.add(virtualWorld());
    findings.add(SandboxChecks.temporaryFolder(machine, temporary));
    findings.add(disk(temporary));
    if (!current.equals(temporary)) {
      findings.add(disk(current));
    }
    return findings;
  }

  private Finding make() throws InterruptedException {
    return machine.systemProgram("make").isPresent()
        ? Finding.ok("make", machine.firstLine(List.of("make", "--version")))
        : Finding.lack(
            "make",
            "not installed",
            "hand-ins with a Makefile can't be built",
            "apt-get install make");
  }

  private Finding languages() throws InterruptedException {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> language : LANGUAGES.entrySet()) {
      Optional<Path> program = machine.systemProgram(language.getKey());
      if (program.isPresent()) {
        String line = machine.firstLine(List.of(program.get().toString(), language.getValue()));
        found.add(language.getKey() + " (" + line + ")");
      }
    }
    return found.isEmpty()
        ? Finding.lack(
            "languages",
            "none of " + String.join(", ", LANGUAGES.keySet()),
            "hand-ins in these languages can't run",
            "apt-get install python3 nodejs default-jdk-headless gcc g++ golang")
        : Finding.ok("languages", String.join(", ", found));
  }

  /** Programs that this user has, but hand-ins have not. */
  private Optional<Finding> elsewhere() {
    List<String> found = new ArrayList<>();
    for (String name : LANGUAGES.keySet()) {
      Optional<Path> here = machine.userProgram(name);
      if (here.isPresent() && machine.systemProgram(name).isEmpty()) {
        found.add(here.get().toString());
      }
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "other languages",
                String.join(", ", found),
                "they are not in /usr, so hand-ins in a sandbox don't see them",
                "install them in /usr or /usr/local, or let hand-ins read their folder:"
                    + " --sandbox-read DIR"));
  }

  private Finding virtualWorld() {
    return machine
        .virtualWorldProblem()
        .map(
            problem ->
                Finding.warning(
                    "virtual world",
                    problem,
                    "Programs can't be played on virtual time. Grading doesn't need that.",
                    ""))
        .orElseGet(() -> Finding.ok("virtual world", "programs can be played on virtual time"));
  }

  private Finding processors() {
    int count = machine.processors();
    return count >= 2
        ? Finding.ok("processors", Integer.toString(count))
        : Finding.warning(
            "processors",
            Integer.toString(count),
            "more runs are disturbed by load and repeated",
            "");
  }

  private Finding memory() {
    long mebibytes =
        machine
            .file("/proc/meminfo")
            .flatMap(
                text -> text.lines().filter(line -> line.startsWith("MemAvailable:")).findFirst())
            .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .orElse(0L);
    String found = String.format(Locale.ROOT, "%,d MB available", mebibytes);
    return mebibytes >= MEMORY_MEBIBYTES
        ? Finding.ok("memory", found)
        : Finding.warning(
            "memory",
            found,
            "five replicas on a JVM or Node need about 1 GB, and the kit 0.5 GB for each run",
            "");
  }

  private Finding buffers() {
    long most = machine.file("/proc/sys/net/core/rmem_max").map(Long::parseLong).orElse(0L);
    String found = String.format(Locale.ROOT, "at most %,d bytes", most);
    // Root may exceed the bound with another option, which Java does not use.
    return most >= BUFFER_BYTES
        ? Finding.ok("UDP buffers", found)
        : Finding.warning(
            "UDP buffers",
            found,
            "the system may drop datagrams when replicas send many at once; reports say so",
            "sysctl -w net.core.rmem_max=" + BUFFER_BYTES + " net.core.wmem_max=" + BUFFER_BYTES);
  }

  private Finding disk(Path folder) {
    long mebibytes = machine.freeBytes(folder) / MEBIBYTE;
    String name = "disk";
    String found = String.format(Locale.ROOT, "%,d MB free in %s", mebibytes, folder);
    return mebibytes >= FREE_MEBIBYTES
        ? Finding.ok(name, found)
        : Finding.warning(
            name,
            found,
            "a build may take 2 GB, and results keep a trace of each run",
            "free some, or choose another disk with TMPDIR and --out");
  }
}
