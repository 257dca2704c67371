/**
 * Writes a trace in the formats of other tools: ShiViz, Perfetto, newline JSON for TLC and pandas,
 * CSV. {@link raftlab.report.export.ExportFormat} lists them.
 */
package raftlab.report.export;
