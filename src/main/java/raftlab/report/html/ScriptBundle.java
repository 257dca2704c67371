package raftlab.report.html;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins ES modules into one script: each file once, after those that it imports. An import names a
 * file of the same folder, {@code import { a, b } from "./file.js";}, and an export stands before a
 * declaration, so all top-level names of the modules must be different.
 */
final class ScriptBundle {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:\\{[^}]*\\}\\s*from )?\"\\./([\\w-]+\\.js)\";\n");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (?=(?:async )?(?:function|class|const|let)\\b)");

  private final String folder;
  private final Map<String, String> scripts = new LinkedHashMap<>();

  private ScriptBundle(String folder) {
    this.folder = folder;
  }

  /** Joins a file of the folder {@code js} of this package with all that it imports. */
  static String of(String file) {
    ScriptBundle bundle = new ScriptBundle("js/");
    bundle.add(file);
    return String.join("\n", bundle.scripts.values());
  }

  private void add(String file) {
    if (scripts.containsKey(file)) {
      return;
    }
    scripts.put(file, "");
    String text = PageTemplate.resource(ScriptBundle.class, folder + file);
    Matcher imports = IMPORT.matcher(text);
    while (imports.find()) {
      add(imports.group(1));
    }
    scripts.remove(file);
    scripts.put(file, EXPORT.matcher(IMPORT.matcher(text).replaceAll("")).replaceAll(""));
  }
}
