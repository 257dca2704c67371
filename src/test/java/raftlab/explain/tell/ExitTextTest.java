package raftlab.explain.tell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import raftlab.explain.ExplainTraceBuilder;
import raftlab.trace.Event;
import raftlab.trace.Event.EndReason;

/** What is said of a replica that exited unexpectedly is what it printed and received last. */
class ExitTextTest extends ExplainTraceBuilder {
  private String atStart(int exitCode, String... lastWords) {
    trace.add(new Event.Started(++now, A));
    return ended(exitCode, lastWords);
  }

  private String ended(int exitCode, String... lastWords) {
    trace.add(new Event.Exited(++now, A, exitCode, List.of(lastWords)));
    trace.add(new Event.Ended(++now, EndReason.REPLICA_DIED));
    return explained();
  }

  @Test
  void a_script_without_a_shebang_line_is_run_by_a_shell() {
    assertThat(atStart(2, "kv: 1: import: not found", "kv: 2: Syntax error: word unexpected"))
        .contains("Replica 0000", "shebang", "./4700kvstore 40000 0000 0001 0002");
    assertThat(why()).startsWith("died: replica 0000").contains("exit code 2");
  }

  @Test
  void the_last_words_and_the_exit_code_tell_why_it_did_not_start() {
    assertThat(atStart(1, "  File \"kv\", line 3", "SyntaxError: invalid syntax"))
        .contains("The program has a syntax error.")
        .doesNotContain("message");
  }

  @Test
  void an_interpreter_that_does_not_exist() {
    assertThat(atStart(127, "/usr/bin/env: ‘pythonX9’: No such file or directory"))
        .contains("A program was not found: does the interpreter in the shebang line");
  }

  @Test
  void a_shebang_line_with_a_carriage_return() {
    assertThat(atStart(127, "/usr/bin/env: ‘python3\\r’: No such file or directory"))
        .contains("Its shebang line ends in a carriage return");
  }

  @Test
  void a_file_that_is_not_executable() {
    assertThat(atStart(126, "setsid: failed to execute kv: Permission denied"))
        .contains("is not executable (chmod +x)");
  }

  @Test
  void a_format_that_the_system_does_not_execute() {
    assertThat(atStart(126, "kv: Exec format error")).contains("it has no shebang line");
  }

  @Test
  void a_replica_that_ends_later_had_received_a_message() {
    goodRun();
    tell(B, A, "appendReply", "'term': 1");
    assertThat(ended(1, "Traceback", "ZeroDivisionError: division by zero"))
        .contains("0000", "0 ms", "appendReply", "0001");
    assertThat(why()).contains("exit code 1");
  }

  @Test
  void a_field_that_the_message_does_not_have() {
    goodRun();
    tell(B, A, "appendReply", "'term': 1");
    assertThat(ended(1, "KeyError: 'matchIndex'"))
        .contains("\"matchIndex\"", "the message does not have");
  }

  @Test
  void a_key_that_the_store_does_not_have() {
    goodRun();
    ask(A, "get", null);
    assertThat(ended(1, "KeyError: 'k'"))
        .contains("get from client 0015", "\"k\"", "its store does not have");
  }

  @Test
  void a_map_that_does_not_have_what_the_message_has() {
    goodRun();
    tell(B, A, "appendReply", "'term': 1");
    assertThat(ended(1, "KeyError: 'term'"))
        .endsWith("It read \"term\" from a map that does not have it.");
  }

  @Test
  void an_index_that_a_list_does_not_have() {
    goodRun();
    tell(B, A, "appendReply", "'term': 1");
    assertThat(ended(1, "IndexError: list index out of range"))
        .endsWith("It used an index that its list does not have.");
  }

  @Test
  void a_message_that_is_too_long() {
    goodRun();
    assertThat(ended(1, "OSError: [Errno 90] Message too long")).contains("65507 bytes");
  }

  @Test
  void a_replica_that_never_sent_hello() {
    trace.add(new Event.Started(++now, A));
    trace.add(new Event.NeverReady(++now, A, 20_000));
    trace.add(new Event.Ended(++now, EndReason.NOT_STARTED));
    assertThat(explained()).startsWith("No hello was received:").contains("Run it by hand: ");
  }

  @Test
  void the_last_request_may_be_why_a_later_message_ended_it() {
    goodRun();
    ask(A, "get", null);
    tell(B, A, "appendReply", "'term': 1");
    assertThat(ended(1, "no such key")).contains("appendReply", "0001", "get of k");
  }
}
