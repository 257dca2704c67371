package raftlab.run.lab;

import com.google.gson.JsonElement;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Id;
import raftlab.wire.Message;
import raftlab.wire.PrintableText;

/** Checks the answers to clients and matches them with their requests. */
final class AnswerValidator {
  private static final Set<String> TYPES = Set.of(Message.OK, Message.FAIL, Message.REDIRECT);

  /** A request that was sent, without key and value, and whether it was answered. */
  private static final class OpenRequest {
    private final Id client;
    private final String type;
    private boolean answered;

    OpenRequest(Message request) {
      this.client = request.src();
      this.type = request.type();
    }

    boolean isGet() {
      return type.equals(Message.GET);
    }

    boolean isCas() {
      return type.equals(Message.CAS);
    }
  }

  private final Trace trace;
  private final LongSupplier nowMicros;
  private final Set<Id> clients;
  private final ClusterOperator operator;

  /** By message ID, in the order in which they were sent. */
  private final Map<String, OpenRequest> requests = new LinkedHashMap<>();

  /** Whether requests were discarded; then an unknown message ID may belong to one of them. */
  private boolean forgetful;

  private Consumer<Message> receiver = answer -> {};
  private @Nullable Id unjudgedClient;
  private Consumer<Message> unjudgedReceiver = answer -> {};

  AnswerValidator(Trace trace, LongSupplier nowMicros, ClusterOperator operator) {
    this.trace = trace;
    this.nowMicros = nowMicros;
    this.clients = new HashSet<>(trace.header().clients());
    this.operator = operator;
  }

  void receiver(Consumer<Message> receiver) {
    this.receiver = receiver;
  }

  void unjudgedClient(Id client, Consumer<Message> answersTo) {
    this.unjudgedClient = client;
    this.unjudgedReceiver = answersTo;
  }

  /** Whether this client's requests and answers are not recorded. */
  boolean isUnjudged(Id client) {
    return client.equals(unjudgedClient);
  }

  /** Whether this ID is a client or the operator. */
  boolean isClient(Id id) {
    return clients.contains(id) || id.equals(operator.id());
  }

  /** Discards all but the latest requests. Answers to discarded requests are ignored. */
  void keepLast(int count) {
    Iterator<OpenRequest> oldest = requests.values().iterator();
    for (int surplus = requests.size() - count; surplus > 0; surplus--) {
      oldest.next();
      oldest.remove();
      forgetful = true;
    }
  }

  /** Returns the number of requests that are kept. */
  int remembered() {
    return requests.size();
  }

  void expectAnswer(Message request, long operation, boolean retry) {
    String mid = Objects.requireNonNull(request.mid(), "a request has one");
    requests.put(mid, new OpenRequest(request));
    trace.add(
        new Event.Requested(
            nowMicros.getAsLong(),
            request.src(),
            mid,
            request.type(),
            Event.Requested.isAdministration(request.type())
                ? request.textOrNull(ClusterOperator.REPLICA_FIELD)
                : request.textOrNull("key"),
            request.textOrNull("value"),
            request.textOrNull("expect"),
            request.dst(),
            operation,
            seq(request),
            retry));
  }

  private static long seq(Message request) {
    JsonElement seq = request.fields().get("seq");
    return seq == null ? 0 : seq.getAsLong();
  }

  /** Returns what is wrong with an answer to a client, in words; null for a valid one. */
  @Nullable String complaint(Message answer) {
    if (isUnjudged(answer.dst())) {
      return null;
    }
    boolean mismatch = answer.type().equals(Message.MISMATCH);
    if (!TYPES.contains(answer.type()) && !mismatch) {
      return "type \""
          + PrintableText.of(answer.type(), 40)
          + "\" sent to a client, expected ok, fail or redirect";
    }
    if (answer.mid() == null) {
      return "an answer to a client without \"MID\"";
    }
    OpenRequest question = requests.get(answer.mid());
    if (question == null && forgetful) {
      return null;
    }
    if (question == null || !question.client.equals(answer.dst())) {
      return "an answer under a MID that client " + answer.dst() + " never used";
    }
    if (mismatch && !question.isCas()) {
      return "mismatch sent as the answer to " + question.type + ", expected only to cas";
    }
    boolean reads = mismatch || question.isGet() && answer.type().equals(Message.OK);
    if (reads && answer.textOrNull("value") == null) {
      return (mismatch ? "a mismatch" : "an ok to a get") + " without a \"value\" that is a string";
    }
    return null;
  }

  /** Handles a valid answer. */
  void receive(Id from, Message answer) {
    if (isUnjudged(answer.dst())) {
      unjudgedReceiver.accept(answer);
      return;
    }
    String mid = answer.mid();
    OpenRequest question = requests.get(mid);
    if (mid == null || question == null) {
      return;
    }
    trace.add(
        new Event.Answered(
            nowMicros.getAsLong(),
            answer.dst(),
            mid,
            answer.type(),
            question.isGet() || answer.type().equals(Message.MISMATCH)
                ? answer.textOrNull("value")
                : null,
            from,
            answer.leader(),
            question.answered));
    question.answered = true;
    if (answer.dst().equals(operator.id())) {
      operator.receive(from, answer);
    } else {
      receiver.accept(answer);
    }
  }
}
