package raftlab.report.html;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import raftlab.dialect.MessageReader;
import raftlab.dialect.RaftMessageView;
import raftlab.trace.Event;
import raftlab.wire.Message;

/** The messages of a run and what happened to each copy of them, as columns. */
final class MessageColumns {
  private static final int BODIES_IN_PACK = 1_000;
  private static final int MAX_BODY_CHARS = 6_000;

  private final Lanes lanes;
  private final TextTable texts;
  private final MessageReader reader;

  private final Map<Long, Integer> rows = new HashMap<>();
  private final NumberColumn sentAt = new NumberColumn();
  private final NumberColumn from = new NumberColumn();
  private final NumberColumn to = new NumberColumn();
  private final StringBuilder kinds = new StringBuilder();
  private final NumberColumn types = new NumberColumn();
  private final NumberColumn terms = new NumberColumn();
  private final NumberColumn leaders = new NumberColumn();
  private final NumberColumn mids = new NumberColumn();
  private final NumberColumn first = new NumberColumn();
  private final NumberColumn second = new NumberColumn();
  private final NumberColumn third = new NumberColumn();
  private final NumberColumn numbers = new NumberColumn();

  private final NumberColumn copyRows = new NumberColumn();
  private final NumberColumn copyAt = new NumberColumn();
  private final StringBuilder copyEnds = new StringBuilder();
  private final NumberColumn delayedRows = new NumberColumn();
  private final NumberColumn delays = new NumberColumn();
  private final NumberColumn duplicatedRows = new NumberColumn();
  private final NumberColumn corruptedRows = new NumberColumn();

  private final List<String> bodies = new ArrayList<>();
  private final List<String> packs = new ArrayList<>();

  MessageColumns(Lanes lanes, TextTable texts, MessageReader reader) {
    this.lanes = lanes;
    this.texts = texts;
    this.reader = reader;
  }

  /** Adds a message. */
  void sent(int position, Event.Sent sent) throws IOException {
    Message message = sent.message();
    rows.put(sent.number(), numbers.size());
    numbers.addAscending(sent.number());
    sentAt.addAscending(position);
    from.add(lanes.number(sent.from()));
    to.add(lanes.number(sent.to()));
    types.add(texts.number(message.type()));
    mids.add(texts.number(message.mid()));
    leaders.add(lanes.number(message.leader()));
    if (lanes.isReplica(sent.from()) && lanes.isReplica(sent.to())) {
      between(reader.read(sent));
    } else {
      kinds.append(lanes.isReplica(sent.from()) ? 'C' : 'c');
      addFigures(RaftMessageView.UNKNOWN, 0, 0, 0);
    }
    String body = message.toString();
    bodies.add(
        body.length() > MAX_BODY_CHARS
            ? body.substring(0, MAX_BODY_CHARS) + "… (" + body.length() + " characters)"
            : body);
    if (bodies.size() == BODIES_IN_PACK) {
      pack();
    }
  }

  private void addFigures(long term, long x, long y, long z) {
    terms.add(term < 0 ? -1 : term);
    first.add(Math.max(-1, x));
    second.add(Math.max(-1, y));
    third.add(Math.max(-1, z));
  }

  private void between(RaftMessageView content) {
    long term = content.term();
    if (content instanceof RaftMessageView.VoteRequest request) {
      kinds.append(request.preVote() ? 'p' : 'v');
      addFigures(term, request.lastLogIndex(), request.lastLogTerm(), 0);
    } else if (content instanceof RaftMessageView.VoteReply reply) {
      boolean granted = reply.granted();
      kinds.append(reply.preVote() ? granted ? 'P' : 'Q' : granted ? 'V' : 'W');
      addFigures(term, 0, 0, 0);
    } else if (content instanceof RaftMessageView.Append append) {
      kinds.append(append.isHeartbeat() ? 'h' : 'a');
      addFigures(term, append.prevIndex(), append.terms().size(), append.commit());
    } else if (content instanceof RaftMessageView.AppendReply reply) {
      kinds.append(reply.success() ? 'r' : 'f');
      addFigures(term, reply.matchIndex(), 0, 0);
    } else if (content instanceof RaftMessageView.Install install) {
      kinds.append('s');
      addFigures(term, install.index(), install.lastTerm(), 0);
    } else {
      kinds.append('o');
      addFigures(term, 0, 0, 0);
    }
  }

  /** Adds an event of the network's about a message; ignores a message that the trace lacks. */
  void network(int position, Event event) {
    if (event instanceof Event.Delivered delivered) {
      addCopy(position, delivered.number(), 'D');
    } else if (event instanceof Event.Dropped dropped) {
      addCopy(position, dropped.number(), end(dropped.why()));
    } else if (event instanceof Event.Delayed delayed && rows.containsKey(delayed.number())) {
      delayedRows.addAscending(rows.get(delayed.number()));
      delays.add(delayed.delayMicros());
    } else if (event instanceof Event.Duplicated copied && rows.containsKey(copied.number())) {
      duplicatedRows.addAscending(rows.get(copied.number()));
    } else if (event instanceof Event.Corrupted changed && rows.containsKey(changed.number())) {
      corruptedRows.addAscending(rows.get(changed.number()));
    }
  }

  private void addCopy(int position, long number, char end) {
    Integer row = rows.get(number);
    if (row != null) {
      copyRows.addAscending(row);
      copyAt.addAscending(position);
      copyEnds.append(end);
    }
  }

  private static char end(Event.DropReason why) {
    return switch (why) {
      case LOSS -> 'L';
      case PLANNED -> 'S';
      case QUEUE_FULL -> 'Q';
      case CORRUPTED -> 'C';
      case PARTITION -> 'P';
      case NOBODY_THERE -> 'N';
      case TOO_LARGE -> 'T';
    };
  }

  private void pack() throws IOException {
    packs.add(PackedText.ofJson(bodies));
    bodies.clear();
  }

  /** Returns the JSON texts of the messages, in packs of a thousand. */
  List<String> packs() throws IOException {
    if (!bodies.isEmpty()) {
      pack();
    }
    return packs;
  }

  /** Writes the columns as fields of an object. */
  void write(JsonWriter json) throws IOException {
    json.name("messages").beginObject();
    json.name("number").jsonValue(numbers.json());
    json.name("at").jsonValue(sentAt.json());
    json.name("from").jsonValue(from.json());
    json.name("to").jsonValue(to.json());
    json.name("kind").value(kinds.toString());
    json.name("type").jsonValue(types.json());
    json.name("term").jsonValue(terms.json());
    json.name("leader").jsonValue(leaders.json());
    json.name("mid").jsonValue(mids.json());
    json.name("x").jsonValue(first.json());
    json.name("y").jsonValue(second.json());
    json.name("z").jsonValue(third.json());
    json.name("pack").value(BODIES_IN_PACK);
    json.endObject();
    json.name("copies").beginObject();
    json.name("message").jsonValue(copyRows.json());
    json.name("at").jsonValue(copyAt.json());
    json.name("end").value(copyEnds.toString());
    json.name("delayed").jsonValue(delayedRows.json());
    json.name("delay").jsonValue(delays.json());
    json.name("duplicated").jsonValue(duplicatedRows.json());
    json.name("corrupted").jsonValue(corruptedRows.json());
    json.endObject();
  }
}
