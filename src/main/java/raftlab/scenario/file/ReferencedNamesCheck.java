package raftlab.scenario.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import raftlab.scenario.TargetSelector;
import raftlab.wire.Id;
import raftlab.wire.NearestWord;

/** Checks that every replica and name that a file refers to exists. */
final class ReferencedNamesCheck {
  /** The IDs of clients start after those of replicas that may be added. */
  private static final int MOST_ADDED = 16;

  private static final List<String> CHOICES =
      List.of(
          ActionKeys.WHO.name(),
          ActionKeys.FROM.name(),
          ActionKeys.TO.name(),
          ActionKeys.GROUPS.name());

  private final ScenarioFileChecker check;
  private final TreeSet<String> names = new TreeSet<>();
  private final List<String> ids = new ArrayList<>();

  private final int firstClient;

  private ReferencedNamesCheck(ScenarioFileChecker check, int replicas, int added) {
    this.check = check;
    this.firstClient = replicas + MOST_ADDED;
    for (int i = 0; i < replicas + added; i++) {
      ids.add(Id.of(i).toString());
    }
  }

  /**
   * Reports each reference that doesn't exist.
   *
   * @param added how many replicas may be added later
   */
  static void check(LocatedJson.Obj scenario, int replicas, int added, ScenarioFileChecker check) {
    ReferencedNamesCheck names =
        new ReferencedNamesCheck(check, replicas, Math.min(added, MOST_ADDED));
    names.collect(scenario);
    names.walk(scenario, false, false);
  }

  private void collect(LocatedJson json) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(this::collect);
    } else if (json instanceof LocatedJson.Obj object) {
      for (LocatedJson.Member member : object.members()) {
        if (member.key().equals(ActionKeys.AS.name())
            && member.value() instanceof LocatedJson.Str name) {
          names.add(name.text());
        }
        collect(member.value());
      }
    }
  }

  private void walk(LocatedJson json, boolean atMessage, boolean inPattern) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(each -> walk(each, atMessage, inPattern));
    } else if (json instanceof LocatedJson.Obj object) {
      boolean waits = atMessage || has(object, ScheduleKeys.ON);
      boolean ofLink = inPattern || has(object, ActionKeys.NTH);
      for (LocatedJson.Member member : object.members()) {
        if (CHOICES.contains(member.key())) {
          choice(member.value(), waits, ofLink);
        }
        walk(
            member.value(),
            waits && !member.key().equals(ScheduleKeys.STEPS.name()),
            member.key().equals(ScheduleKeys.ON.name()));
      }
    }
  }

  private static boolean has(LocatedJson.Obj object, KeySpec key) {
    return object.members().stream().anyMatch(member -> key.isNamed(member.key()));
  }

  private void choice(LocatedJson json, boolean atMessage, boolean ofLink) {
    if (json instanceof LocatedJson.Arr array) {
      array.elements().forEach(each -> choice(each, atMessage, ofLink));
    } else if (json instanceof LocatedJson.Str text) {
      TargetSelector.part(text.text()).ifPresent(part -> choice(text, part, atMessage, ofLink));
    }
  }

  private void choice(
      LocatedJson.Str text, TargetSelector.Part part, boolean atMessage, boolean ofLink) {
    switch (part.kind()) {
      case NAME -> {
        if (!names.contains(part.name())) {
          Optional<String> near =
              NearestWord.of(part.name(), names)
                  .map(name -> ScenarioFileChecker.didYouMean("@" + name));
          check.problem(
              text,
              text.inWords()
                  + " is an unknown name; nothing has \"as\": "
                  + LocatedJson.quoted(part.name()),
              names.isEmpty()
                  ? "an action with \"as\" before it"
                  : "one of @" + String.join(", @", names),
              near);
        }
      }
      case ID -> {
        if (!ids.contains(part.name()) && !(ofLink && isClient(part.name()))) {
          check.problem(
              text,
              "there is no replica " + part.name(),
              "an ID from " + ids.get(0) + " to " + ids.get(ids.size() - 1));
        }
      }
      case SENDER, RECEIVER -> {
        if (!atMessage) {
          check.problem(
              text, text.inWords() + " is used without \"on\"", "the key \"on\" beside it");
        }
      }
      default -> {
        // It is resolved when the action runs, and may then match no replica.
      }
    }
  }

  /** Whether this may be the ID of a client or of the operator. */
  private boolean isClient(String id) {
    return Id.parse(id).value() >= firstClient;
  }
}
