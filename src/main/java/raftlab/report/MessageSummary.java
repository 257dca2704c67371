package raftlab.report;

import raftlab.trace.Event;

/** The content of a message in one short line. */
public final class MessageSummary {
  private MessageSummary() {}

  /** The type, made printable. */
  public static String type(Event.Sent sent) {
    return MessageText.type(sent.message().type());
  }

  /** The fields of the message, without those that every message has. */
  public static String fields(Event.Sent sent) {
    return MessageText.fields(new SentMessage(0, sent, false), MessageText.Verbosity.BRIEF);
  }
}
