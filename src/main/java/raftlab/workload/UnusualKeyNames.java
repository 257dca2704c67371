package raftlab.workload;

import java.util.List;

/**
 * Names of keys that test whether a replica compares keys as plain text. All are different Unicode
 * texts and can be encoded in UTF-8; none contains the character NUL.
 */
public final class UnusualKeyNames {
  /** A text that no name contains, so that a suffix after it never makes another name. */
  static final String SEPARATOR = "~";

  private static final String LONG = "long-".repeat(200);

  /** All names, each once. */
  public static final List<String> ALL =
      List.of(
          // Empty and blank names.
          "",
          " ",
          " leading",
          "trailing ",
          "  both  ",
          // Special characters of JSON, shells, patterns and paths.
          "\"double\"",
          "'single'",
          "`back`",
          "back\\slash",
          "\\u0041",
          "{\"key\":\"value\"}",
          "[1, 2]",
          "a=b&c;d,e:f|g",
          "%s%n%00{}",
          "$HOME",
          "*",
          "../up",
          "--help",
          "#",
          // Words that are keywords, numbers or fields elsewhere.
          "null",
          "None",
          "true",
          "0",
          "00",
          "-1",
          "1e3",
          "NaN",
          "undefined",
          "__proto__",
          "constructor",
          "toString",
          "__class__",
          // Line ends and other control characters.
          "new\nline",
          "carriage\r\nreturn",
          "\n",
          "\ttab",
          "\u0001\u0002\u001b[31m",
          "\u007f\u0085",
          "line\u2028paragraph\u2029",
          // Letters of many scripts; those that look alike are different keys.
          "case",
          "Case",
          "\u00e9",
          "e\u0301",
          "\u00df",
          "\u0131\u0130",
          "\u043a\u043b\u044e\u0447",
          "\u9375",
          "\u200bno width",
          "\ufeffmark",
          "\ufffd",
          "\uffff",
          // Scripts from right to left.
          "\u05de\u05e4\u05ea\u05d7",
          "\u0645\u0641\u062a\u0627\u062d 7",
          "\u202eturned\u202c",
          // Outside the basic plane: two chars in UTF-16, four bytes in UTF-8.
          "\ud834\udd1e",
          "\ud83d\udd11",
          "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
          "\udbff\udfff",
          // Very long, and different only at the end.
          LONG + "1",
          LONG + "2");

  private UnusualKeyNames() {}
}
