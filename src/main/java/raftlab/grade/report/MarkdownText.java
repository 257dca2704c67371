package raftlab.grade.report;

import raftlab.report.html.MarkupText;
import raftlab.wire.PrintableText;

/** Text without meaning for Markdown and HTML, on one line. */
final class MarkdownText {
  private static final int MAX_CHARS = 1_000;

  private MarkdownText() {}

  /** Returns the text, cut if it is very long. An address of a page or a person is no link. */
  static String of(String text) {
    return PrintableText.of(MarkupText.clean(text), MAX_CHARS)
        .stripTrailing()
        .replaceAll("([\\\\`*_\\[\\]<>|#&~!@])", "\\\\$1")
        .replace("://", ":\\//");
  }
}
