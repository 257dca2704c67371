/**
 * What to say of a failure if no mistake was detected: what was seen, and the usual causes. {@link
 * raftlab.explain.tell.SymptomText} chooses by the check that failed.
 */
package raftlab.explain.tell;
