package raftlab.explain.tell;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import raftlab.explain.detect.ExitDetector;
import raftlab.explain.view.ClusterView;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/**
 * Why a replica exited unexpectedly or never sent hello, by its output and the last message it
 * received.
 */
final class ExitText {
  /** A line that a shell prints about a script whose commands it does not know. */
  private static final Pattern SHELL =
      Pattern.compile(
          "(?s).*: (line )?\\d+: (.*not found|.*[Ss]yntax error.*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern KEY_ERROR = Pattern.compile("KeyError: *['\"]?(.*?)['\"]?\\s*");

  private final Trace trace;
  private final Set<Id> starting = new HashSet<>();
  private final Map<Long, Event.Sent> underWay = new HashMap<>();
  private final Map<Id, Event.Sent> last = new HashMap<>();
  private final Map<Id, Long> lastMicros = new HashMap<>();
  private final Map<Id, Event.Sent> lastRequest = new HashMap<>();

  private ExitText(Trace trace) {
    this.trace = trace;
  }

  /** The text for the first event of a "died" verdict. */
  static String text(Trace trace, Event ending) {
    ExitText endings = new ExitText(trace);
    for (Event event : trace.events()) {
      if (event == ending) {
        break;
      }
      endings.take(event);
    }
    if (ending instanceof Event.NeverReady) {
      return "No hello was received: a replica must send a message of type \"hello\" when it starts, to the"
          + " UDP port of localhost in its first argument. "
          + endings.byHand();
    }
    return ending instanceof Event.Exited exited ? endings.text(exited) : "";
  }

  private void take(Event event) {
    if (event instanceof Event.Started started) {
      starting.add(started.replica());
      last.remove(started.replica());
      lastRequest.remove(started.replica());
    } else if (event instanceof Event.Ready ready) {
      starting.remove(ready.replica());
    } else if (event instanceof Event.Began) {
      starting.clear();
    } else if (event instanceof Event.Sent sent) {
      underWay.put(sent.number(), sent);
    } else if (event instanceof Event.Dropped dropped) {
      underWay.remove(dropped.number());
    } else if (event instanceof Event.Delivered delivered) {
      Event.Sent sent = underWay.get(delivered.number());
      if (sent != null) {
        last.put(sent.to(), sent);
        if (!isReplica(sent.from())) {
          lastRequest.put(sent.to(), sent);
        }
        lastMicros.put(sent.to(), delivered.atMicros());
      }
    }
  }

  private String text(Event.Exited exited) {
    if (starting.contains(exited.replica())) {
      return "Replica "
          + exited.replica()
          + " exited during startup. "
          + atStart(exited)
          + byHand();
    }
    Event.Sent sent = last.get(exited.replica());
    String before =
        sent == null
            ? "Replica " + exited.replica() + " had received no message in this life."
            : String.format(
                Locale.ROOT,
                "The last message that replica %s received, %s before its end, was %s from %s.",
                exited.replica(),
                ClusterView.duration(
                    exited.atMicros()
                        - Objects.requireNonNull(
                            lastMicros.get(exited.replica()), "set together with last")),
                PrintableText.of(sent.message().type(), 40),
                (isReplica(sent.from()) ? "replica " : "client ") + sent.from());
    Event.Sent request = lastRequest.get(exited.replica());
    String asked =
        request == null || request == sent
            ? ""
            : " The last request of a client was "
                + PrintableText.of(request.message().type(), 40)
                + (request.message().textOrNull("key") == null
                    ? ""
                    : " of " + PrintableText.of(request.message().textOrNull("key"), 40))
                + ".";
    return before + asked + reason(exited, sent);
  }

  private boolean isReplica(Id id) {
    return !trace.header().clients().contains(id);
  }

  private static String atStart(Event.Exited exited) {
    if (exited.lastWords().stream().anyMatch(line -> line.contains("\\r") || line.contains("\r"))
        && exited.exitCode() >= 126) {
      return "Its shebang line ends in a carriage return: save the file with Unix line ends. ";
    } else if (ExitDetector.printed(exited, "exec format error")) {
      return "The system can't execute the file: it has no shebang line (#!/usr/bin/env python3), or"
          + " was built for another kind of machine. ";
    } else if (ExitDetector.printed(exited, "permission denied") || exited.exitCode() == 126) {
      return "The file, or the interpreter in its shebang line, is not executable (chmod +x). ";
    } else if (exited.exitCode() == 127) {
      return "A program was not found: does the interpreter in the shebang line"
          + " (#!/usr/bin/env python3) exist on this machine? ";
    } else if (exited.lastWords().stream().anyMatch(line -> SHELL.matcher(line).matches())) {
      return "A shell ran the file: if it is no shell script, it has no shebang line"
          + " (#!/usr/bin/env python3) as its first line. ";
    } else if (ExitDetector.printed(exited, "syntaxerror", "indentationerror", "taberror")) {
      return "The program has a syntax error. ";
    } else if (ExitDetector.printed(
        exited, "modulenotfounderror", "importerror", "cannot find module")) {
      return "It imports a module that this machine does not have. ";
    }
    return exited.lastWords().isEmpty() ? "It printed nothing to stderr. " : "";
  }

  private String byHand() {
    List<String> command = trace.header().replicaCommand();
    String ids =
        trace.header().replicas().stream().map(Id::toString).collect(Collectors.joining(" "));
    return "Run it by hand: "
        + (command.isEmpty() ? "./4700kvstore" : String.join(" ", command))
        + " 40000 "
        + ids;
  }

  /** Only what the output shows; nothing is guessed. */
  private static String reason(Event.Exited exited, Event.@Nullable Sent sent) {
    if (ExitDetector.printed(
        exited, "indexerror", "out of range", "out of bounds", "outofbounds", "index -")) {
      return " It used an index that its list does not have.";
    }
    if (ExitDetector.printed(
        exited, "jsondecodeerror", "jsonsyntaxexception", "unexpected token")) {
      return " It could not read a message as JSON: is its receive buffer smaller than a datagram"
          + " (65,507 bytes)?";
    }
    if (ExitDetector.printed(exited, "recursionerror", "stackoverflow", "maximum call stack")) {
      return " A function called itself too deeply.";
    }
    for (String line : exited.lastWords()) {
      Matcher matcher = KEY_ERROR.matcher(line);
      if (matcher.matches()) {
        return keyError(matcher.group(1), sent);
      }
    }
    return "";
  }

  private static String keyError(String key, Event.@Nullable Sent sent) {
    String quoted = "\"" + PrintableText.of(key, 40) + "\"";
    if (sent != null && key.equals(sent.message().textOrNull("key"))) {
      return " It looked up the key " + quoted + ", which its store does not have.";
    }
    return sent != null && !has(sent.message(), key)
        ? " It read the field or key " + quoted + ", a field that the message does not have."
        : " It read " + quoted + " from a map that does not have it.";
  }

  private static boolean has(Message message, String key) {
    JsonObject fields = message.fields();
    return fields.has(key)
        || List.of("src", "dst", "leader", "type").contains(key)
        || "MID".equals(key) && message.mid() != null;
  }
}
