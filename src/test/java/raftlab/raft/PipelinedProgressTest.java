package raftlab.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How many messages to one follower may be under way (dissertation §10.2.1). */
class PipelinedProgressTest {
  private static final List<LogEntry> ENTRY =
      List.of(LogEntry.of(1, new Command.Put("key", "value")));

  private final RaftSettings settings = RaftSettings.DEFAULT;
  private final PipelinedProgress follower =
      new PipelinedProgress(settings, new LossEstimate(), 10, 0);

  /** Sends messages of one entry as long as there is room; returns how many. */
  private int fill() {
    int sent = 0;
    while (follower.hasRoom() && sent < 1_000) {
      follower.onEntriesSent(ENTRY);
      sent++;
    }
    return sent;
  }

  @Test
  void one_message_is_under_way_until_the_logs_agree() {
    assertThat(fill()).isEqualTo(1);
  }

  @Test
  void several_are_under_way_once_they_agree() {
    follower.onMatch();
    assertThat(fill()).isEqualTo(settings.get(Setting.WINDOW));
  }

  @Test
  void one_message_is_under_way_after_a_rejection() {
    follower.onMatch();
    fill();
    follower.nextIndex = 5;
    follower.onRejection();
    assertThat(follower.nextToSend()).isEqualTo(5);
    assertThat(fill()).isEqualTo(1);
  }
}
