package raftlab.run.lab;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.function.Consumer;
import raftlab.wire.Id;
import raftlab.wire.Message;

/**
 * Sends messages of the kit that are not requests of the run's clients: those of one unjudged
 * client, and messages of an unknown type.
 */
public final class UnjudgedMessages {
  private final Lab lab;
  private final MessageRouter router;
  private final AnswerValidator answerValidator;

  UnjudgedMessages(Lab lab, MessageRouter router, AnswerValidator answerValidator) {
    this.lab = lab;
    this.router = router;
    this.answerValidator = answerValidator;
  }

  /**
   * Sends a replica a message of an unknown type with unknown fields, in the name of another
   * replica. The trace names the operator as its sender.
   */
  public void sendUnknownType(Id to) {
    Id pretended = lab.replicas().stream().filter(id -> !id.equals(to)).findFirst().orElse(to);
    JsonObject fields = new JsonObject();
    fields.addProperty("note", "an unknown type");
    fields.add("list", new JsonArray());
    fields.add("nested", new JsonObject());
    Id leader = lab.leader().orElse(Id.BROADCAST);
    router.sendForged(
        lab.operator().id(), to, Message.of(pretended, to, leader, "strange", null, fields));
  }

  /**
   * Passes this client's answers to {@code receiver}; its messages are recorded, but not as
   * requests and answers.
   */
  public void setClient(Id client, Consumer<Message> receiver) {
    answerValidator.unjudgedClient(client, receiver);
  }

  /** Sends a request of that client. */
  public void ask(Message request) {
    router.sendForged(request.src(), request.dst(), request);
  }
}
