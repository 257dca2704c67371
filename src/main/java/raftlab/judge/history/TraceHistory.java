package raftlab.judge.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import raftlab.judge.linear.HistoryOperation;
import raftlab.judge.linear.HistoryOperation.OperationKind;
import raftlab.judge.linear.HistoryOperation.Outcome;
import raftlab.trace.Event;
import raftlab.trace.Trace;
import raftlab.wire.Message;

/**
 * The history of a run's client operations. Its clock is the index of an event in the trace.
 *
 * <p>Each request is a separate operation, but all requests with the same number in the same
 * client's session are one operation, which began when the first was sent (§8). Only the first
 * answer to a request counts. A write without an answer, or with fail or redirect, is open.
 * Requests of the operator are omitted.
 */
public final class TraceHistory implements OperationDescriber {
  /** An operation, while the trace is read. */
  private static final class OperationRecord {
    private final Event.Requested request;
    private final long call;
    private int timesSent = 1;
    private boolean redirected;
    private Event.@Nullable Answered answer;
    private long ret = HistoryOperation.NEVER;

    OperationRecord(Event.Requested request, long call) {
      this.request = request;
      this.call = call;
    }
  }

  private final List<OperationRecord> records = new ArrayList<>();
  private final List<HistoryOperation> operations = new ArrayList<>();
  private long beganMicros;

  /** Reads a trace. */
  public TraceHistory(Trace trace) {
    Map<String, OperationRecord> byMid = new HashMap<>();
    Map<String, OperationRecord> bySession = new LinkedHashMap<>();
    Set<String> unrecorded = new HashSet<>();
    long place = 0;
    for (Event event : trace.events()) {
      place++;
      if (event instanceof Event.Requested request && isComplete(request)) {
        byMid.put(request.mid(), recordFor(request, place, bySession));
      } else if (event instanceof Event.Sent sent && isUnrecorded(sent, trace, byMid)) {
        Event.Requested request = put(sent);
        if (unrecorded.add(request.key() + "/" + request.value()) && isComplete(request)) {
          recordFor(request, place, bySession);
        }
      } else if (event instanceof Event.Answered answer && !answer.again()) {
        OperationRecord operation = byMid.get(answer.mid());
        if (operation != null) {
          addAnswer(answer, operation, place);
        }
      } else if (event instanceof Event.Began began) {
        beganMicros = began.atMicros();
      }
    }
    for (int i = 0; i < records.size(); i++) {
      operations.add(operation(i, records.get(i)));
    }
  }

  /**
   * Whether this is a put of the background client: it isn't judged, but others may read its value.
   */
  private static boolean isUnrecorded(
      Event.Sent sent, Trace trace, Map<String, OperationRecord> byMid) {
    return sent.message().type().equals(Message.PUT)
        && !byMid.containsKey(sent.message().mid())
        && trace.header().clients().contains(sent.from());
  }

  private static Event.Requested put(Event.Sent sent) {
    Message put = sent.message();
    return Event.Requested.first(
        sent.atMicros(),
        sent.from(),
        Objects.requireNonNullElse(put.mid(), ""), // stored traces may contain anything
        Message.PUT,
        put.textOrNull("key"),
        put.textOrNull("value"),
        sent.to(),
        0);
  }

  /** Whether this client's request is complete; stored traces may contain anything. */
  private static boolean isComplete(Event.Requested request) {
    return request.key() != null
        && switch (request.type()) {
          case Message.GET -> true;
          case Message.PUT, Message.APPEND -> request.value() != null;
          case Message.CAS -> request.value() != null && request.expect() != null;
          default -> false;
        };
  }

  private OperationRecord recordFor(
      Event.Requested request, long place, Map<String, OperationRecord> bySession) {
    if (request.seq() > 0 && !request.type().equals(Message.GET)) {
      String session = request.client() + "/" + request.seq();
      OperationRecord before = bySession.get(session);
      if (before != null) {
        before.timesSent++;
        return before;
      }
      bySession.put(session, add(request, place));
      return bySession.get(session);
    }
    return add(request, place);
  }

  private OperationRecord add(Event.Requested request, long place) {
    OperationRecord operation = new OperationRecord(request, place);
    records.add(operation);
    return operation;
  }

  private static void addAnswer(Event.Answered answer, OperationRecord operation, long place) {
    operation.redirected |= answer.type().equals(Message.REDIRECT);
    boolean reads =
        operation.request.type().equals(Message.GET) || answer.type().equals(Message.MISMATCH);
    boolean done =
        (answer.type().equals(Message.OK) || answer.type().equals(Message.MISMATCH))
            && (answer.value() != null || !reads);
    if (done && operation.answer == null) {
      operation.answer = answer;
      operation.ret = place;
    }
  }

  private static HistoryOperation operation(int number, OperationRecord asked) {
    Event.Requested request = asked.request;
    boolean isMismatch = asked.answer != null && asked.answer.type().equals(Message.MISMATCH);
    Outcome outcome =
        asked.answer == null ? Outcome.OPEN : isMismatch ? Outcome.MISMATCH : Outcome.DONE;
    return new HistoryOperation(
        number,
        request.client().toString(),
        OperationKind.valueOf(request.type().toUpperCase(Locale.ROOT)),
        Objects.requireNonNull(request.key(), "isComplete() checks it"),
        request.value(),
        request.expect(),
        asked.answer == null ? null : asked.answer.value(),
        asked.call,
        asked.ret,
        outcome);
  }

  /** Returns the operations, in the order of their first requests. */
  public List<HistoryOperation> operations() {
    return List.copyOf(operations);
  }

  /** Returns the request, and the answer if there was one. */
  public List<Event> events(HistoryOperation operation) {
    OperationRecord record = records.get(operation.number());
    return record.answer == null ? List.of(record.request) : List.of(record.request, record.answer);
  }

  /** Whether a replica redirected it, and none acknowledged it. */
  public boolean wasOnlyRedirected(HistoryOperation operation) {
    OperationRecord record = records.get(operation.number());
    return record.redirected && record.answer == null;
  }

  @Override
  public String answered(HistoryOperation operation, String what) {
    Event.Answered answer =
        Objects.requireNonNull(
            records.get(operation.number()).answer, "an open operation has no answer to describe");
    return "replica " + answer.replica() + " answered " + what + " with";
  }

  @Override
  public String author(HistoryOperation operation) {
    double seconds = (records.get(operation.number()).request.atMicros() - beganMicros) / 1e6;
    return String.format(Locale.ROOT, "client %s at %.3f s", operation.process(), seconds);
  }

  @Override
  public Optional<String> answerer(HistoryOperation operation) {
    Event.Answered answer = records.get(operation.number()).answer;
    return answer == null ? Optional.empty() : Optional.of(answer.replica().toString());
  }

  @Override
  public int timesSent(HistoryOperation operation) {
    return records.get(operation.number()).timesSent;
  }
}
