package raftlab.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import raftlab.trace.Event;
import raftlab.trace.Event.DropReason;
import raftlab.wire.Id;
import raftlab.wire.Message;

class MessageCounterTest {
  private static final Id A = Id.of(0);
  private static final Id B = Id.of(1);

  private final MessageCounter tally = new MessageCounter();

  private void send(long number) {
    Message message = Message.of(A, B, A, "word", null, new JsonObject());
    tally.accept(new Event.Sent(0, number, A, B, message));
  }

  @Test
  void a_message_that_the_network_doubled_was_sent_once_and_received_twice() {
    send(1);
    tally.accept(new Event.Duplicated(0, 1));
    tally.accept(new Event.Delivered(0, 1));
    tally.accept(new Event.Delivered(0, 1));
    assertThat(tally.sent(A)).isEqualTo(1);
    assertThat(tally.received(B)).isEqualTo(2);
  }

  @Test
  void of_a_doubled_message_one_copy_may_be_lost() {
    send(1);
    tally.accept(new Event.Duplicated(0, 1));
    tally.accept(new Event.Delivered(0, 1));
    tally.accept(new Event.Dropped(0, 1, DropReason.NOBODY_THERE));
    assertThat(tally.received(B)).isEqualTo(1);
    assertThat(tally.lost()).isEqualTo(1);
  }
}
