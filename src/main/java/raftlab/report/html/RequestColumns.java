package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import raftlab.trace.Event;

/** The requests of clients and of the operator with their first answers, as columns. */
final class RequestColumns {
  /** A request; the answer is null until it came. */
  private static final class Row {
    private final int position;
    private final Event.Requested request;
    private int answerPosition = -1;
    private Event.@Nullable Answered answer;

    Row(int position, Event.Requested request) {
      this.position = position;
      this.request = request;
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Row> byMid = new HashMap<>();

  /** Adds a request. */
  void requested(int position, Event.Requested request) {
    Row row = new Row(position, request);
    rows.add(row);
    byMid.put(request.mid(), row);
  }

  /** Adds an answer; only the first of a request counts. */
  void answered(int position, Event.Answered answer) {
    Row row = byMid.get(answer.mid());
    if (row != null && row.answer == null) {
      row.answerPosition = position;
      row.answer = answer;
    }
  }

  /** Writes the columns as fields of an object. */
  void write(JsonWriter json, Lanes lanes, TextTable texts) throws IOException {
    NumberColumn at = new NumberColumn();
    NumberColumn client = new NumberColumn();
    NumberColumn replica = new NumberColumn();
    NumberColumn operation = new NumberColumn();
    NumberColumn mid = new NumberColumn();
    NumberColumn type = new NumberColumn();
    NumberColumn key = new NumberColumn();
    NumberColumn value = new NumberColumn();
    NumberColumn end = new NumberColumn();
    NumberColumn answerType = new NumberColumn();
    NumberColumn answerValue = new NumberColumn();
    for (Row row : rows) {
      Event.Requested request = row.request;
      Event.Answered answer = row.answer;
      at.addAscending(row.position);
      client.add(lanes.number(request.client()));
      replica.add(lanes.number(request.replica()));
      operation.add(request.operation());
      mid.add(texts.number(request.mid()));
      type.add(texts.number(request.type()));
      key.add(texts.number(request.key()));
      String from = request.expect() == null ? "" : request.expect() + " → ";
      value.add(texts.number(request.value() == null ? null : from + request.value()));
      end.add(row.answerPosition);
      answerType.add(texts.number(answer == null ? null : answer.type()));
      answerValue.add(texts.number(answer == null ? null : answer.value()));
    }
    json.name("requests").beginObject();
    json.name("at").jsonValue(at.json());
    json.name("client").jsonValue(client.json());
    json.name("replica").jsonValue(replica.json());
    json.name("operation").jsonValue(operation.json());
    json.name("mid").jsonValue(mid.json());
    json.name("type").jsonValue(type.json());
    json.name("key").jsonValue(key.json());
    json.name("value").jsonValue(value.json());
    json.name("end").jsonValue(end.json());
    json.name("answer").jsonValue(answerType.json());
    json.name("answerValue").jsonValue(answerValue.json());
    json.endObject();
  }
}
