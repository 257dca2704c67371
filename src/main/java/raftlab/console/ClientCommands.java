package raftlab.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import raftlab.console.Client.Reply;
import raftlab.run.Lab.State;
import raftlab.trace.Event;
import raftlab.wire.Id;
import raftlab.wire.Message;

/** Commands of a client: put and get. */
final class ClientCommands {
  private static final int MOST_CHARS = 2_000;

  private final Session session;
  private final Screen screen;

  ClientCommands(Session session) {
    this.session = session;
    this.screen = session.screen();
  }

  List<Command> all() {
    return List.of(
        Command.onLab(
            "put KEY VALUE [@ID]",
            "write",
            """
            put x 1                  asks the leader, follows redirects, tries again after a fail, gives up after 5 s
            put greeting "hi, you"   quotes keep spaces; "…" knows \\n, \\t, \\" and \\\\
            put x 1 @2               asks 0002 alone, and shows what it answers""",
            this::put),
        Command.onLab(
            "get KEY [@ID]",
            "read",
            """
            get x      asks the leader, follows redirects, tries again after a fail, gives up after 5 s
            get x @2   asks 0002 alone, and shows what it answers""",
            this::get));
  }

  private Result put(Arguments arguments) {
    return ask(arguments, true);
  }

  private Result get(Arguments arguments) {
    return ask(arguments, false);
  }

  private Result ask(Arguments arguments, boolean write) {
    LiveCluster cluster = session.cluster();
    Word target = arguments.target(write ? 2 : 1);
    String key = arguments.next("a key").text();
    String value = write ? arguments.next("a value").text() : null;
    arguments.atMost(target == null ? 0 : 1);
    Id only = target == null ? null : living(new Targets(cluster).replica(target.text()));
    if (cluster.lab().ready().isEmpty()) {
      throw new Mistake("no replica is up; `start` starts them again");
    }
    cluster.keys().add(key);
    return show(cluster.client().ask(key, value, only, session.stop()), only);
  }

  private Id living(Id id) {
    if (session.cluster().lab().state(id) != State.READY) {
      throw new Mistake("found @" + id + ", expected a replica that is up; `status` shows them");
    }
    return id;
  }

  private Result show(Reply reply, Id only) {
    if (reply.settled()) {
      screen.say(answer(reply.answer()) + "  " + screen.style().faint(how(reply)));
      return Result.DONE;
    }
    if (session.stop().asked()) {
      screen.say("stopped; the request may still take effect");
      return Result.FAILED;
    }
    String asked = reply.asked().stream().map(Id::toString).collect(Collectors.joining(", "));
    screen.complain(
        "no "
            + (only == null ? "ok" : "answer")
            + " within "
            + Numbers.time(reply.micros())
            + " from "
            + (asked.isEmpty() ? "anybody" : asked)
            + troubles(reply)
            + "; the request may still take effect");
    return Result.FAILED;
  }

  private String answer(Event.Answered answer) {
    return switch (answer.type()) {
      case Message.OK ->
          answer.value() == null
              ? screen.style().good("ok")
              : answer.value().isEmpty()
                  ? "\"\" " + screen.style().faint("(nothing was put there)")
                  : Words.quote(answer.value(), MOST_CHARS);
      case Message.FAIL -> screen.style().wary("fail");
      default ->
          screen.style().wary("redirect")
              + (answer.leader().isBroadcast()
                  ? ", but it knows no leader"
                  : " to " + answer.leader());
    };
  }

  private static String how(Reply reply) {
    return "from "
        + reply.answer().replica()
        + " after "
        + Numbers.time(reply.micros())
        + troubles(reply);
  }

  private static String troubles(Reply reply) {
    List<String> parts = new ArrayList<>();
    if (reply.redirects() > 0) {
      parts.add(Numbers.count(reply.redirects(), "redirect", "redirects"));
    }
    if (reply.fails() > 0) {
      parts.add(Numbers.count(reply.fails(), "fail", "fails"));
    }
    if (reply.silences() > 0) {
      parts.add(Numbers.count(reply.silences(), "request", "requests") + " not answered");
    }
    return parts.isEmpty() ? "" : ", " + String.join(", ", parts);
  }
}
