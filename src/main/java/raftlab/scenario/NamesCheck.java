package raftlab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import raftlab.wire.NearestWord;

/** Checks that whoever is named in a file exists: names that were given, and IDs of replicas. */
final class NamesCheck {
  private static final List<String> CHOICES =
      List.of(
          ActionKeys.WHO.name(),
          ActionKeys.FROM.name(),
          ActionKeys.TO.name(),
          ActionKeys.GROUPS.name());

  private final FileCheck check;
  private final TreeSet<String> names = new TreeSet<>();
  private final List<String> ids = new ArrayList<>();

  private NamesCheck(FileCheck check, int replicas) {
    this.check = check;
    for (int i = 0; i < replicas; i++) {
      ids.add(raftlab.wire.Id.of(i).toString());
    }
  }

  /**
   * Notes a problem for each name that isn't one; {@code replicas} may be those added later too.
   */
  static void check(Json.Obj scenario, int replicas, FileCheck check) {
    NamesCheck names = new NamesCheck(check, replicas);
    names.collect(scenario);
    names.walk(scenario, false);
  }

  private void collect(Json json) {
    if (json instanceof Json.Arr array) {
      array.elements().forEach(this::collect);
    } else if (json instanceof Json.Obj object) {
      for (Json.Member member : object.members()) {
        if (member.key().equals(ActionKeys.AS.name()) && member.value() instanceof Json.Str name) {
          names.add(name.text());
        }
        collect(member.value());
      }
    }
  }

  private void walk(Json json, boolean atMessage) {
    if (json instanceof Json.Arr array) {
      array.elements().forEach(each -> walk(each, atMessage));
    } else if (json instanceof Json.Obj object) {
      boolean waits =
          atMessage
              || object.members().stream().anyMatch(m -> m.key().equals(ScheduleKeys.ON.name()));
      for (Json.Member member : object.members()) {
        if (CHOICES.contains(member.key())) {
          choice(member.value(), waits);
        }
        walk(member.value(), waits && !member.key().equals(ScheduleKeys.STEPS.name()));
      }
    }
  }

  private void choice(Json json, boolean atMessage) {
    if (json instanceof Json.Arr array) {
      array.elements().forEach(each -> choice(each, atMessage));
    } else if (json instanceof Json.Str text) {
      Who.part(text.text()).ifPresent(part -> choice(text, part, atMessage));
    }
  }

  private void choice(Json.Str text, Who.Part part, boolean atMessage) {
    switch (part.kind()) {
      case NAME -> {
        if (!names.contains(part.name())) {
          Optional<String> near =
              NearestWord.of(part.name(), names).map(name -> FileCheck.didYouMean("@" + name));
          check.problem(
              text,
              text.inWords() + " names nobody: nothing has \"as\": " + Json.quoted(part.name()),
              names.isEmpty()
                  ? "an action with \"as\" before it"
                  : "one of @" + String.join(", @", names),
              near);
        }
      }
      case ID -> {
        if (!ids.contains(part.name())) {
          check.problem(
              text,
              "there is no replica " + part.name(),
              "an ID from " + ids.get(0) + " to " + ids.get(ids.size() - 1));
        }
      }
      case SENDER, RECEIVER -> {
        if (!atMessage) {
          check.problem(
              text, text.inWords() + " is given without \"on\"", "\"on\" beside it: the message");
        }
      }
      default -> {
        // It means somebody at its time, or nobody.
      }
    }
  }
}
