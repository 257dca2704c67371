package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.console.ConsoleClient.Reply;
import raftlab.run.lab.ReplicaState;
import raftlab.trace.Event;
import raftlab.wire.AnswerType;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/** Commands that read and write keys. */
final class ClientCommands {
  private static final int MAX_CHARS = 2_000;

  private final ConsoleSession session;
  private final ConsoleOutput output;

  ClientCommands(ConsoleSession session) {
    this.session = session;
    this.output = session.output();
  }

  List<ConsoleCommand> all() {
    return List.of(
        ConsoleCommand.changing(
            "put KEY VALUE [via ID] [as client-N] [&]",
            "write",
            """
            put x 1                  sends to the leader, follows redirects, retries after a fail, times out after 5 s
            put greeting "hi, you"   quotes keep spaces; "…" accepts \\n, \\t, \\" and \\\\
            put x 1 @2               sends to 0002 only, and shows its answer\
            """,
            arguments -> ask(Message.PUT, arguments)),
        ConsoleCommand.changing(
            "get KEY [via ID] [as client-N] [&]",
            "read",
            """
            get x      sends to the leader, follows redirects, retries after a fail, times out after 5 s
            get x @2   sends to 0002 only, and shows its answer\
            """,
            arguments -> ask(Message.GET, arguments)),
        ConsoleCommand.changing(
            "append KEY VALUE [via ID] [as client-N] [&]",
            "append to the value of a key",
            """
            append x abc   sends like put; takes effect once, also after retries
            An unset key has the value "". An extension of the protocol: only some replicas support it.\
            """,
            arguments -> ask(Message.APPEND, arguments)),
        ConsoleCommand.changing(
            "cas KEY EXPECT VALUE [via ID] [as client-N] [&]",
            "write a key if its value is as expected",
            """
            cas x 1 2     puts 2 if the value of x is 1; else answers mismatch with the current value
            cas x '' 1    puts 1 if x is not set
            Sends like put; takes effect once, also after retries. An extension of the protocol: only some
            replicas support it.\
            """,
            arguments -> ask(Message.CAS, arguments)));
  }

  /**
   * The words of a request.
   *
   * @param to the replica that receives it; null for the usual way
   * @param client the number of the client, from 1
   * @param waits whether to wait for the answer
   */
  record RequestWords(
      String key,
      @Nullable String value,
      @Nullable String expect,
      @Nullable String to,
      int client,
      boolean waits) {
    private static final Pattern CLIENT = Pattern.compile("client-(\\d{1,2})");

    static RequestWords of(String type, List<CommandWord> all) {
      return of(type, new CommandArguments(usage(type), all));
    }

    private static ConsoleCommand usage(String type) {
      return ConsoleCommand.onLab(type + " KEY VALUE", "", "", words -> ConsoleCommandResult.DONE);
    }

    static RequestWords of(String type, CommandArguments arguments) {
      int words = type.equals(Message.GET) ? 1 : type.equals(Message.CAS) ? 3 : 2;
      boolean waits = !arguments.takeLast("&", words);
      String via = arguments.takeLastOption("via", "a replica's ID", words);
      String client = arguments.takeLastOption("as", "a client such as client-3", words);
      via = via != null ? via : arguments.takeLastOption("via", "a replica's ID", words);
      CommandWord target = arguments.target(words);
      String key = arguments.next("a key").text();
      String expect = words == 3 ? arguments.next("the value to compare with").text() : null;
      String value = words > 1 ? arguments.next("a value").text() : null;
      arguments.requireAtMost(target == null ? 0 : 1);
      String to = target != null ? target.text() : via;
      return new RequestWords(key, value, expect, to, client == null ? 1 : number(client), waits);
    }

    private static int number(String client) {
      Matcher matcher = CLIENT.matcher(client);
      int number = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
      if (number < 1 || number > LiveCluster.CLIENTS) {
        throw CommandArguments.invalidWord(
            client, "a client from client-1 to client-" + LiveCluster.CLIENTS, List.of());
      }
      return number;
    }
  }

  private ConsoleCommandResult ask(String type, CommandArguments arguments) {
    LiveCluster cluster = session.cluster();
    RequestWords words = RequestWords.of(type, arguments);
    String to = words.to();
    Id only = to == null ? null : living(new TargetParser(cluster).oneReplica(to));
    if (cluster.lab().ready().isEmpty()) {
      throw new CommandException("no replica is ready; `restart all` restarts them");
    }
    cluster.keys().add(words.key());
    ConsoleClient client = cluster.client(words.client());
    ConsoleRequest request = new ConsoleRequest(type, words.key(), words.value(), words.expect());
    if (!words.waits()) {
      Id asked = client.send(request, only);
      output.print("sent to " + asked + "; the answer is shown when it arrives");
      return ConsoleCommandResult.DONE;
    }
    return show(client.ask(request, only, session.interruptFlag()), only);
  }

  private Id living(Id id) {
    if (session.cluster().lab().state(id) != ReplicaState.READY) {
      throw new CommandException(
          "found @" + id + ", expected a replica that is ready; `status` shows them");
    }
    return id;
  }

  private ConsoleCommandResult show(Reply reply, @Nullable Id only) {
    if (reply.settled()) {
      Event.Answered answer =
          Objects.requireNonNull(reply.answer(), "a settled request was answered");
      String summary = requestSummary(answer, reply);
      output.print(text(answer, reply) + "  " + output.style().faint(summary));
      return ConsoleCommandResult.DONE;
    }
    if (session.interruptFlag().interrupted()) {
      output.print("stopped; the request may still take effect");
      return ConsoleCommandResult.FAILED;
    }
    String asked = reply.asked().stream().map(Id::toString).collect(Collectors.joining(", "));
    output.printError(
        "no "
            + (only == null ? "ok" : "answer")
            + " within "
            + QuantityParser.time(reply.micros())
            + " from "
            + (asked.isEmpty() ? "any replica" : asked)
            + retrySummary(reply)
            + reasonSuffix(reply)
            + "; the request may still take effect");
    return ConsoleCommandResult.FAILED;
  }

  private String text(Event.Answered answer, Reply reply) {
    AnswerType type =
        AnswerType.of(answer.type())
            .orElseThrow(() -> new IllegalStateException("no answer's type: " + answer.type()));
    return switch (type) {
      case OK ->
          answer.value() == null
              ? output.style().success("ok")
              : answer.value().isEmpty()
                  ? "\"\" " + output.style().faint("(empty, or never put)")
                  : ConsoleWords.quote(answer.value(), MAX_CHARS);
      case FAIL -> output.style().warning("fail") + reasonSuffix(reply);
      case MISMATCH ->
          output.style().warning("mismatch")
              + ": the value is "
              + ConsoleWords.quote(
                  Objects.requireNonNull(answer.value(), "a mismatch has a value"), MAX_CHARS);
      case REDIRECT ->
          output.style().warning("redirect")
              + (answer.leader().isBroadcast() ? ", no leader known" : " to " + answer.leader());
    };
  }

  private static String reasonSuffix(Reply reply) {
    return reply.reason() == null ? "" : " (" + PrintableText.of(reply.reason(), 200) + ")";
  }

  private static String requestSummary(Event.Answered answer, Reply reply) {
    return "from "
        + answer.replica()
        + " after "
        + QuantityParser.time(reply.micros())
        + retrySummary(reply);
  }

  private static String retrySummary(Reply reply) {
    List<String> parts = new ArrayList<>();
    if (reply.redirects() > 0) {
      parts.add(QuantityParser.count(reply.redirects(), "redirect", "redirects"));
    }
    if (reply.fails() > 0) {
      parts.add(QuantityParser.count(reply.fails(), "fail", "fails"));
    }
    if (reply.timeouts() > 0) {
      parts.add(QuantityParser.count(reply.timeouts(), "timeout", "timeouts"));
    }
    return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
  }
}
