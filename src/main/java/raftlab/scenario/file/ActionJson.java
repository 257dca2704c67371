package raftlab.scenario.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Locale;
import raftlab.scenario.Action;
import raftlab.scenario.Delay;
import raftlab.scenario.LinkConditions;
import raftlab.scenario.TargetSelector;

/** Writes actions as JSON, in the form that {@link ActionReader} reads. */
public final class ActionJson {
  private final JsonObject json = new JsonObject();

  private ActionJson() {}

  /** The JSON object of an action, without its time. */
  public static JsonObject of(Action action) {
    ActionJson writer = new ActionJson();
    writer.write(action);
    return writer.json;
  }

  /** The keys of link conditions; default values are left out. */
  public static JsonObject of(LinkConditions conditions) {
    JsonObject json = new JsonObject();
    conditions(conditions, json);
    return json;
  }

  private void write(Action action) {
    json.addProperty("type", action.type().key());
    boolean ofLinks =
        action.detail() instanceof Action.Links || action.detail() instanceof Action.SingleMessage;
    addSelector(ofLinks ? ActionKeys.LINKS_FROM : ActionKeys.WHO, action.targets());
    if (action.chance() < 1) {
      json.addProperty(ActionKeys.CHANCE.name(), action.chance());
    }
    if (action.durationMillis() > 0) {
      json.add(ActionKeys.FOR.name(), seconds(action.durationMillis() * 1000));
    }
    if (!action.assignedName().isEmpty()) {
      json.addProperty(ActionKeys.AS.name(), action.assignedName());
    }
    detail(action.detail());
  }

  private void addSelector(KeySpec key, TargetSelector who) {
    if (!who.isEmpty()) {
      json.add(key.name(), of(who));
    }
  }

  private static JsonElement of(TargetSelector who) {
    if (who.parts().size() == 1) {
      return new JsonPrimitive(who.parts().get(0).toString());
    }
    JsonArray all = new JsonArray();
    who.parts().forEach(part -> all.add(part.toString()));
    return all;
  }

  private void detail(Action.Detail detail) {
    if (detail instanceof Action.Crash crash && crash.midway()) {
      json.addProperty(ActionKeys.MIDWAY.name(), true);
    } else if (detail instanceof Action.Cut cut) {
      addSelector(ActionKeys.FROM, cut.from());
      if (cut.direction() != Action.CutDirection.BOTH) {
        json.addProperty(ActionKeys.WAY.name(), lowerCase(cut.direction()));
      }
    } else if (detail instanceof Action.Groups groups) {
      JsonArray all = new JsonArray();
      groups.groups().forEach(group -> all.add(of(group)));
      json.add(ActionKeys.GROUPS.name(), all);
    } else if (detail instanceof Action.Links links) {
      addSelector(ActionKeys.TO, links.to());
      if (links.clients()) {
        json.addProperty(ActionKeys.OF_CLIENTS.name(), true);
      }
      conditions(links.conditions());
    } else if (detail instanceof Action.SingleMessage single) {
      addSelector(ActionKeys.TO, single.to());
      json.addProperty(ActionKeys.NTH.name(), single.nth());
      delay(NetworkKeys.BY, single.by());
    } else if (detail instanceof Action.Slow slow) {
      json.add(NetworkKeys.DELAY.name(), seconds(0));
      delay(NetworkKeys.DELAY, slow.by());
    } else if (detail instanceof Action.Clock clock) {
      json.addProperty(ActionKeys.RATE.name(), clock.rate());
    } else if (detail instanceof Action.Disk disk) {
      json.addProperty(ActionKeys.STATE.name(), lowerCase(disk.state()));
    } else if (detail instanceof Action.ClientRequest ask) {
      ask(ask);
    } else if (detail instanceof Action.ClusterChange change) {
      if (change.withinMillis() != Action.ClusterChange.DEFAULT_MILLIS) {
        json.add(ActionKeys.DONE_WITHIN.name(), seconds(change.withinMillis() * 1000));
      }
      if (change.once()) {
        json.addProperty(ActionKeys.ONCE.name(), true);
      }
    }
  }

  private void ask(Action.ClientRequest ask) {
    json.addProperty(ActionKeys.KEY.name(), ask.key());
    if (ask.expect() != null) {
      json.addProperty(ActionKeys.EXPECT.name(), ask.expect());
    }
    if (ask.value() != null) {
      json.addProperty(ActionKeys.VALUE.name(), ask.value());
    }
    if (ask.clientNumber() > 1) {
      json.addProperty(ActionKeys.ASKER.name(), ask.clientNumber());
    }
    if (ask.session() != null) {
      json.addProperty(ActionKeys.SESSION.name(), ask.session());
    }
    if (ask.seq() > 0) {
      json.addProperty(ActionKeys.SEQ.name(), ask.seq());
    }
    addSelector(ActionKeys.ASKED, ask.to());
    if (!ask.isRetried()) {
      json.addProperty(ActionKeys.FOLLOW.name(), false);
    }
  }

  /** Adds the keys of link conditions; default values are left out. */
  private void conditions(LinkConditions conditions) {
    conditions(conditions, json);
  }

  /** Adds the keys of link conditions to an object; default values are left out. */
  static void conditions(LinkConditions conditions, JsonObject json) {
    addShare(NetworkKeys.LOSS, conditions.loss(), json);
    delay(NetworkKeys.DELAY, conditions.delay(), json);
    addShare(NetworkKeys.DUPLICATE, conditions.duplicate(), json);
    addShare(NetworkKeys.REORDER, conditions.reorder(), json);
    delay(NetworkKeys.REORDER_BY, conditions.reorderBy(), json);
    if (conditions.bandwidth() > 0) {
      json.addProperty(NetworkKeys.BANDWIDTH.name(), conditions.bandwidth());
    }
    addShare(NetworkKeys.CORRUPT, conditions.corrupt(), json);
  }

  private static void addShare(KeySpec key, double share, JsonObject json) {
    if (share > 0) {
      json.addProperty(key.name(), share);
    }
  }

  private void delay(KeySpec key, Delay delay) {
    delay(key, delay, json);
  }

  private static void delay(KeySpec key, Delay delay, JsonObject json) {
    if (delay.equals(Delay.NONE)) {
      return;
    }
    JsonElement from = seconds(delay.fromMicros());
    JsonObject shape = new JsonObject();
    switch (delay.shape()) {
      case CONSTANT -> json.add(key.name(), from);
      case UNIFORM -> {
        JsonArray bounds = new JsonArray();
        bounds.add(from);
        bounds.add(seconds(delay.toMicros()));
        json.add(key.name(), bounds);
      }
      case EXPONENTIAL -> {
        shape.add(NetworkKeys.EXPONENTIAL.name(), from);
        json.add(key.name(), shape);
      }
      case LONG_TAIL -> {
        shape.add(NetworkKeys.LONG_TAIL.name(), from);
        json.add(key.name(), shape);
      }
    }
  }

  /** Microseconds as seconds, without trailing zeros. */
  public static JsonPrimitive seconds(long micros) {
    return new JsonPrimitive(plain(BigDecimal.valueOf(micros, 6)));
  }

  /** The number without trailing zeros or an exponent. */
  public static BigDecimal plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static String lowerCase(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
