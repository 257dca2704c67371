/**
 * Writes a run as one HTML page with a time-space diagram. {@link raftlab.report.html.RunPage}
 * writes the page; its markup, style and scripts are resources of this package.
 */
package raftlab.report.html;
