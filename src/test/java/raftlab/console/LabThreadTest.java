package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lab's thread that fails doesn't leave a command waiting. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LabThreadTest {
  @Test
  void a_command_gets_its_own_exception_and_the_next_one_is_done() throws Exception {
    try (LabThread lab = new LabThread(() -> false)) {
      assertThatThrownBy(
              () ->
                  lab.call(
                      () -> {
                        throw new CommandException("no");
                      }))
          .isInstanceOf(CommandException.class);
      assertThat(lab.call(() -> 1)).isEqualTo(1);
    }
  }

  @Test
  void calls_after_an_error_between_commands_fail_at_once_and_name_it() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    try (LabThread lab =
        new LabThread(
            () -> {
              failed.countDown();
              throw new StackOverflowError("too deep");
            })) {
      assertThat(lab.call(() -> 1)).isEqualTo(1);
      assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> lab.call(() -> 2))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("too deep")
            .hasRootCauseInstanceOf(StackOverflowError.class);
      }
    }
  }

  @Test
  void a_call_that_waits_when_the_thread_fails_fails_too() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch waiting = new CountDownLatch(1);
    try (LabThread lab =
        new LabThread(
            () -> {
              begun.countDown();
              awaitQuietly(waiting);
              throw new IllegalStateException("view is broken");
            })) {
      lab.call(() -> 1);
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      FutureTask<Integer> waits = new FutureTask<>(() -> lab.call(() -> 2));
      Thread caller = new Thread(waits);
      caller.start();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      waiting.countDown();
      assertThatThrownBy(() -> waits.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasStackTraceContaining("view is broken");
    }
  }

  @Test
  void calls_after_the_end_fail_at_once() {
    LabThread lab = new LabThread(() -> false);
    lab.close();
    assertThatThrownBy(() -> lab.call(() -> 1)).isInstanceOf(IllegalStateException.class);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
