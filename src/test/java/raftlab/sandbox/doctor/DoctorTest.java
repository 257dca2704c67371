package raftlab.sandbox.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import raftlab.report.TerminalStyle;
import raftlab.sandbox.BubblewrapProbe;
import raftlab.sandbox.ControlGroups;
import raftlab.sandbox.doctor.Finding.Level;

/** The doctor, on machines that lack one thing each. */
class DoctorTest {
  private final FakeMachine machine = new FakeMachine();

  /** A machine on which all is well, until a test changes it. */
  private static final class FakeMachine implements Machine {
    private final Map<String, String> files =
        new TreeMap<>(
            Map.of(
                "/proc/sys/user/max_user_namespaces", "96365",
                "/proc/sys/net/core/rmem_max", "8388608",
                "/proc/meminfo", "MemTotal: 8000000 kB\nMemAvailable: 6000000 kB",
                "/proc/self/mountinfo", "21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw"));
    private final Set<String> programs =
        new TreeSet<>(
            Set.of("bwrap", "prlimit", "setpriv", "umount", "setsid", "du", "make", "python3"));
    private final Set<String> programsOfUser = new TreeSet<>();
    private BubblewrapProbe probe = new BubblewrapProbe(true, "");
    private boolean canSeparateUsers;
    private long free = 100L << 30;
    private int processors = 4;
    private Optional<String> virtualWorldProblem = Optional.empty();

    @Override
    public Optional<String> file(String path) {
      return Optional.ofNullable(files.get(path));
    }

    @Override
    public Optional<Path> systemProgram(String name) {
      return programs.contains(name) ? Optional.of(Path.of("/usr/bin", name)) : Optional.empty();
    }

    @Override
    public Optional<Path> userProgram(String name) {
      return programsOfUser.contains(name)
          ? Optional.of(Path.of("/home/me/bin", name))
          : systemProgram(name);
    }

    @Override
    public String firstLine(List<String> command) {
      return "version of " + Path.of(command.get(0)).getFileName();
    }

    @Override
    public BubblewrapProbe probe() {
      return probe;
    }

    @Override
    public boolean canSeparateUsers() {
      return canSeparateUsers;
    }

    @Override
    public ControlGroups controlGroups() {
      return ControlGroups.detect();
    }

    @Override
    public long freeBytes(Path folder) {
      return free;
    }

    @Override
    public int processors() {
      return processors;
    }

    @Override
    public Optional<String> virtualWorldProblem() {
      return virtualWorldProblem;
    }
  }

  private Doctor examine() throws InterruptedException {
    return Doctor.examine(machine, Path.of("/tmp"), Path.of("/work"));
  }

  private Finding finding(String name) throws InterruptedException {
    return examine().findings().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_machine_with_all_is_well() throws InterruptedException {
    assertThat(examine().isWell()).isTrue();
    assertThat(examine().findings())
        .filteredOn(each -> !each.name().equals("control groups"))
        .allMatch(each -> each.level() == Level.OK);
  }

  @Test
  void a_lack_has_a_meaning_and_a_remedy() throws InterruptedException {
    machine.programs.remove("bwrap");
    assertThat(finding("bubblewrap").level()).isEqualTo(Level.LACK);
    assertThat(finding("bubblewrap").remedy()).isEqualTo("apt-get install bubblewrap");
    assertThat(finding("bubblewrap").meaning()).isNotEmpty();
    assertThat(examine().isWell()).isFalse();
    machine.programs.removeAll(Set.of("make", "prlimit", "python3"));
    assertThat(finding("make").level()).isEqualTo(Level.LACK);
    assertThat(finding("system tools").found()).isEqualTo("no prlimit");
    assertThat(finding("languages").level()).isEqualTo(Level.LACK);
  }

  @Test
  void where_there_is_no_sandbox_it_says_whose_rights_hand_ins_have() throws InterruptedException {
    assertThat(examine().findings()).noneMatch(each -> each.name().equals("users"));
    machine.probe = new BubblewrapProbe(false, "bwrap: Creating new namespace failed");
    assertThat(finding("users").remedy()).contains("as root");
    assertThat(finding("bubblewrap").meaning()).contains("rights of this user");
    machine.canSeparateUsers = true;
    assertThat(finding("users").level()).isEqualTo(Level.WARNING);
    assertThat(finding("users").meaning()).contains("UNSAFE", "network");
    assertThat(finding("bubblewrap").meaning()).doesNotContain("rights of this user");
    assertThat(examine().isWell()).isFalse();
  }

  @Test
  void a_bubblewrap_that_apparmor_stops_gets_the_remedy_for_that() throws InterruptedException {
    machine.probe = new BubblewrapProbe(false, "bwrap: setting up uid map: Permission denied");
    machine.files.put("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1");
    assertThat(finding("AppArmor").level()).isEqualTo(Level.LACK);
    assertThat(finding("bubblewrap").remedy())
        .isEqualTo("sysctl -w kernel.apparmor_restrict_unprivileged_userns=0");
    assertThat(finding("bubblewrap").found()).contains("setting up uid map");
  }

  @Test
  void a_bubblewrap_in_a_container_gets_the_remedy_for_that() throws InterruptedException {
    machine.probe = new BubblewrapProbe(false, "bwrap: Creating new namespace failed");
    machine.files.put("/.dockerenv", "");
    assertThat(finding("bubblewrap").remedy()).contains("--cap-add SYS_ADMIN");
  }

  @Test
  void a_machine_without_the_virtual_world_can_grade() throws InterruptedException {
    machine.virtualWorldProblem = Optional.of("there is no gcc");
    assertThat(finding("virtual world").level()).isEqualTo(Level.WARNING);
    assertThat(finding("virtual world").found()).isEqualTo("there is no gcc");
    assertThat(examine().isWell()).isTrue();
  }

  @Test
  void namespaces_that_are_switched_off_are_a_lack() throws InterruptedException {
    machine.files.put("/proc/sys/user/max_user_namespaces", "0");
    assertThat(finding("user namespaces").level()).isEqualTo(Level.LACK);
    machine.files.put("/proc/sys/user/max_user_namespaces", "5");
    machine.files.put("/proc/sys/kernel/unprivileged_userns_clone", "0");
    assertThat(finding("user namespaces").remedy()).contains("unprivileged_userns_clone=1");
  }

  @Test
  void programs_that_hand_ins_do_not_see_and_a_small_machine_are_warnings()
      throws InterruptedException {
    machine.programsOfUser.add("cargo");
    machine.processors = 1;
    machine.free = 1L << 30;
    machine.files.put("/proc/sys/net/core/rmem_max", "212992");
    machine.files.put("/proc/meminfo", "MemAvailable: 500000 kB");
    assertThat(finding("other languages").found()).isEqualTo("/home/me/bin/cargo");
    assertThat(examine().findings())
        .filteredOn(each -> each.level() == Level.WARNING)
        .extracting(Finding::name)
        .contains("other languages", "processors", "disk", "UDP buffers", "memory");
    assertThat(examine().isWell()).isTrue();
  }

  @Test
  void a_temporary_folder_without_execution_is_a_lack() throws InterruptedException {
    machine.files.put(
        "/proc/self/mountinfo",
        """
        21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
        22 21 0:5 / /tmp rw,nosuid,noexec - tmpfs tmpfs rw
        """);
    assertThat(finding("temporary files").level()).isEqualTo(Level.LACK);
  }

  @Test
  void the_report_is_there_as_text_and_as_json() throws InterruptedException {
    machine.programs.remove("make");
    JsonObject json = JsonParser.parseString(examine().json()).getAsJsonObject();
    assertThat(json.get("well").getAsBoolean()).isFalse();
    assertThat(json.getAsJsonArray("findings").get(0).getAsJsonObject().keySet())
        .containsExactly("name", "level", "found", "meaning", "remedy");
    assertThat(examine().lines(new TerminalStyle(false)))
        .anyMatch(line -> line.startsWith("lack     make"))
        .anyMatch(line -> line.endsWith("to mend it: apt-get install make"));
  }
}
