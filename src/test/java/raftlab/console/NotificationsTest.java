package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.node.StateChange.Role;
import raftlab.node.StateChange.RoleChanged;
import raftlab.report.TerminalStyle;
import raftlab.trace.Event;
import raftlab.wire.Id;

class NotificationsTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final Notifications news =
      new Notifications(new ConsoleOutput(out, out, new TerminalStyle(false)));

  private List<String> printedLines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void changes(Id replica, int times, long fromMicros) {
    for (int i = 0; i < times; i++) {
      Role role = i % 2 == 0 ? Role.LEADER : Role.CANDIDATE;
      news.accept(new Event.Reported(fromMicros + i, replica, new RoleChanged(role, i, replica)));
    }
  }

  @Test
  void notifications_about_a_replica_that_changes_all_the_time_are_limited() {
    changes(B, 1_000, 0);
    assertThat(printedLines())
        .hasSize(RateLimiter.MAX_PER_SPAN + 1)
        .last()
        .asString()
        .endsWith("replica 0001 changes too often: some changes are not shown");
    changes(B, 1, 20_000_000);
    assertThat(printedLines()).hasSize(RateLimiter.MAX_PER_SPAN + 2);
  }

  @Test
  void occasional_changes_are_always_shown() {
    changes(B, 1_000, 0);
    changes(A, 3, 0);
    assertThat(printedLines()).filteredOn(line -> line.contains("replica 0000 is")).hasSize(3);
  }
}
