package raftlab.sandbox.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import raftlab.sandbox.BubblewrapProbe;
import raftlab.sandbox.ControlGroups;

/** What isolates hand-ins. */
final class SandboxChecks {
  private static final String BUBBLEWRAP = "bubblewrap";
  private static final String UNSAFE_AS_KIT =
      "without it hand-ins run with the rights of this user: they can read and change its files,"
          + " and reach the network";
  private static final String UNSAFE_AS_OTHER =
      "without it hand-ins can read what all users may read, and reach the network";
  private static final String RESTRICTION =
      "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

  private final Machine machine;

  SandboxChecks(Machine machine) {
    this.machine = machine;
  }

  private String unsafe() {
    return machine.canSeparateUsers() ? UNSAFE_AS_OTHER : UNSAFE_AS_KIT;
  }

  /** What there is in place of a sandbox. */
  private Finding users() {
    String name = "users";
    return machine.canSeparateUsers()
        ? Finding.warning(
            name,
            "root runs the kit, so each hand-in and each run gets an unprivileged user of its own",
            "weaker than a sandbox, and marked UNSAFE: at the end all processes of that user are"
                + " killed and its temporary files deleted, but while it runs it can reach the"
                + " network and read what all users may read",
            "keep hand-ins and results where only root can enter: chmod 700 DIR")
        : Finding.warning(
            name,
            "hand-ins run as the user of the kit",
            "they can read and change its files, kill its processes, and reach the network",
            "run the kit as root in a container that holds nothing else: then each hand-in gets an"
                + " unprivileged user of its own");
  }

  List<Finding> all() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(tools());
    findings.add(namespaces());
    findings.add(appArmor());
    findings.add(bubblewrap());
    if (!machine.probe().works()) {
      findings.add(users());
    }
    findings.add(controlGroups());
    return findings;
  }

  private Finding tools() {
    List<String> missing =
        List.of("prlimit", "setpriv", "umount", "setsid", "du").stream()
            .filter(name -> machine.systemProgram(name).isEmpty())
            .toList();
    return missing.isEmpty()
        ? Finding.ok("system tools", "prlimit, setpriv, umount, setsid, du")
        : Finding.lack(
            "system tools",
            "no " + String.join(", ", missing),
            "limits and the sandbox need them",
            "apt-get install util-linux mount coreutils");
  }

  private Finding namespaces() {
    String name = "user namespaces";
    Optional<String> most = machine.file("/proc/sys/user/max_user_namespaces");
    if (most.isEmpty()) {
      return Finding.lack(name, "none", "the kernel has none, so there is no sandbox", "");
    }
    if (most.get().equals("0")) {
      return Finding.lack(
          name, "switched off", unsafe(), "sysctl -w user.max_user_namespaces=10000");
    }
    if (machine.file("/proc/sys/kernel/unprivileged_userns_clone").equals(Optional.of("0"))) {
      return Finding.lack(
          name,
          "only for root",
          "replicas get sandboxes of their own, which are made without root's rights",
          "sysctl -w kernel.unprivileged_userns_clone=1");
    }
    return Finding.ok(name, "at most " + most.get());
  }

  private Finding appArmor() {
    String name = "AppArmor";
    if (machine.file(RESTRICTION).equals(Optional.of("1"))) {
      return Finding.lack(
          name,
          "it keeps programs without a profile from making user namespaces",
          "bubblewrap can't make a sandbox within a sandbox; Ubuntu's profile for bubblewrap does"
              + " not allow that either",
          "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 (to keep it: a file in"
              + " /etc/sysctl.d)");
    }
    return Finding.ok(name, "no restriction of user namespaces");
  }

  private Finding bubblewrap() throws InterruptedException {
    if (machine.systemProgram("bwrap").isEmpty()) {
      return Finding.lack(BUBBLEWRAP, "not installed", unsafe(), "apt-get install bubblewrap");
    }
    String version = machine.firstLine(List.of("bwrap", "--version"));
    BubblewrapProbe probe = machine.probe();
    return probe.works()
        ? Finding.ok(BUBBLEWRAP, version + "; a sandbox within a sandbox works")
        : Finding.lack(
            BUBBLEWRAP, version + ", which fails: " + probe.problem(), unsafe(), remedy(probe));
  }

  private String remedy(BubblewrapProbe probe) {
    if (machine.file(RESTRICTION).equals(Optional.of("1"))) {
      return "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";
    }
    boolean isContainer =
        machine.file("/.dockerenv").isPresent() || machine.file("/run/.containerenv").isPresent();
    if (isContainer) {
      return "start the container with --cap-add SYS_ADMIN --security-opt seccomp=unconfined"
          + " --security-opt apparmor=unconfined --security-opt systempaths=unconfined";
    }
    return probe.problem().contains("is not installed")
        ? "apt-get install util-linux mount bubblewrap"
        : "";
  }

  private Finding controlGroups() {
    String name = "control groups";
    ControlGroups groups = machine.controlGroups();
    String controllers = String.join(", ", groups.controllers());
    if (!groups.isUsable()) {
      return Finding.warning(
          name,
          groups.problem(),
          "the kit looks at the memory of a hand-in four times a second and then kills it, and"
              + " processes are limited for each replica only on Linux 5.14 or newer",
          "systemd-run --user --scope -p Delegate=yes raftlab grade ..., or run the kit as root");
    }
    String found = "version " + groups.version() + ": " + controllers;
    return groups.controllers().contains("memory") && groups.controllers().contains("pids")
        ? Finding.ok(name, found)
        : Finding.warning(
            name,
            found,
            "memory or processes are limited in another way, which acts later",
            "mount the controllers memory and pids, or boot with version 2");
  }

  /** Whether programs can be executed in the folder of temporary files. */
  static Finding temporaryFolder(Machine machine, Path folder) {
    String name = "temporary files";
    boolean noExecution =
        machine
            .file("/proc/self/mountinfo")
            .map(
                text ->
                    text.lines()
                        .map(line -> line.split(" "))
                        .filter(words -> words.length > 5 && folder.startsWith(words[4]))
                        .reduce((a, b) -> b[4].length() >= a[4].length() ? b : a)
                        .map(words -> List.of(words[5].split(",")).contains("noexec"))
                        .orElse(false))
            .orElse(false);
    return noExecution
        ? Finding.lack(
            name,
            folder + ", from which no program can be executed (noexec)",
            "hand-ins are built and run there",
            "TMPDIR=/var/tmp raftlab grade ...")
        : Finding.ok(name, folder.toString());
  }
}
